/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What happens to a server as a whole, and what is in its table. */

#define G_LOG_DOMAIN "test-faults"

#include "config.h"

#include "backstay-model-type.h"
#include "support-cluster.h"
#include "support-repository.h"
#include "support-wait.h"

#include <signal.h>
#include <string.h>

#define GOOD "SDXL Production Config v2.0.5"

#define HUNDRED_MEGABYTES "100000000"

/* More than a segment of the log, which has its full size from the start. */
#define FILE_LIMIT (20 * 1024 * 1024)

/* Room for what the test begins with, and then for less than it goes on to write. */
#define DISK_SIZE (256 * 1024 * 1024)
#define DISK_LEFT (2 * 1024 * 1024)

typedef struct
{
  SupportCluster     *cluster;
  BackstayDbConfig   *config;
  BackstayRepository *alice;
} Fixture;

static void
set_up_alice (Fixture *fixture)
{
  fixture->config = support_cluster_dup_config (fixture->cluster);
  fixture->alice = support_repository_new_alice_on (fixture->config);
}

static void
set_up (Fixture      *fixture,
        gconstpointer data)
{
  fixture->cluster = support_cluster_new_primary ();
  set_up_alice (fixture);
}

static void
set_up_disk (Fixture      *fixture,
             gconstpointer data)
{
  fixture->cluster = support_cluster_new_primary_on_disk (DISK_SIZE);
  if (fixture->cluster != NULL)
    set_up_alice (fixture);
}

static void
tear_down (Fixture      *fixture,
           gconstpointer data)
{
  if (fixture->cluster == NULL)
    return;

  g_assert_finalize_object (fixture->alice);
  g_object_unref (fixture->config);
  support_cluster_free (fixture->cluster);
}

static BackstayRollbackRequest *
prepare (Fixture    *fixture,
         const char *config_name)
{
  g_autofree char *id = NULL;

  id = support_sql_query (support_cluster_get_sql (fixture->cluster),
                          "SELECT id FROM model_config_history WHERE config_name = '%s'"
                          " ORDER BY created_at DESC LIMIT 1",
                          config_name);

  return support_repository_prepare (fixture->alice, id, "Faults");
}

static gint64
count_made (Fixture                 *fixture,
            BackstayRollbackRequest *request)
{
  return support_sql_query_int (support_cluster_get_sql (fixture->cluster),
                                "SELECT count(*) FROM model_config_history WHERE id = '%s' AND is_active",
                                backstay_rollback_request_get_new_id (request));
}

static char *
dup_checksum (Fixture *fixture)
{
  return support_sql_query (support_cluster_get_sql (fixture->cluster),
                            "SELECT md5(string_agg(md5(v::text), '' ORDER BY id)) FROM model_config_history v");
}

/* Never two active versions, whatever happened. */
static void
assert_one_active (Fixture    *fixture,
                   const char *model_type)
{
  g_assert_cmpint (support_sql_query_int (support_cluster_get_sql (fixture->cluster),
                                          "SELECT count(*) FROM model_config_history"
                                          " WHERE model_type = '%s' AND is_active",
                                          model_type),
                   ==, 1);
}

/* The whole server is killed in the middle of rollbacks, again and again. What was told to be done is
 * there when it is back, and what was told to have failed is not. */
static void
test_server_killed (Fixture      *fixture,
                    gconstpointer data)
{
  static const guint delays_msec[] = { 0, 2, 5, 9 };

  for (guint i = 0; i < G_N_ELEMENTS (delays_msec); i++)
    {
      g_autoptr (BackstayRollbackRequest) request = prepare (fixture, GOOD);
      g_autoptr (BackstayRollbackOutcome) outcome = NULL;
      g_autoptr (GAsyncResult) result = NULL;
      g_autoptr (GError) error = NULL;

      backstay_repository_roll_back_async (fixture->alice, request, FALSE, NULL, support_keep_result_cb, &result);
      g_usleep (delays_msec[i] * 1000);
      support_cluster_kill (fixture->cluster);
      support_cluster_start (fixture->cluster);

      outcome = backstay_repository_roll_back_finish (fixture->alice, support_wait_for_result (&result), &error);
      if (outcome != NULL)
        g_assert_cmpint (count_made (fixture, request), ==, 1);
      else if (!g_error_matches (error, BACKSTAY_DB_ERROR, BACKSTAY_DB_ERROR_UNKNOWN))
        g_assert_cmpint (count_made (fixture, request), ==, 0);
      assert_one_active (fixture, "sdxl");
    }
}

/* One backend is killed where it waits for its turn, and takes the others with it. */
static void
test_backend_killed (Fixture      *fixture,
                     gconstpointer data)
{
  SupportSql *sql = support_cluster_get_sql (fixture->cluster);
  g_autoptr (BackstayRollbackRequest) request = prepare (fixture, GOOD);
  g_autoptr (BackstayRollbackOutcome) outcome = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *before = dup_checksum (fixture);
  g_autofree char *after = NULL;
  gint64           pid;

  support_sql_run (sql, "BEGIN; LOCK TABLE model_config_history IN ROW EXCLUSIVE MODE");
  backstay_repository_roll_back_async (fixture->alice, request, FALSE, NULL, support_keep_result_cb, &result);
  support_sql_wait (sql, "SELECT count(*) = 1 FROM pg_locks WHERE NOT granted");
  pid = support_sql_query_int (sql, "SELECT pid FROM pg_locks WHERE NOT granted");
  g_assert_no_errno (kill ((pid_t) pid, SIGKILL));

  outcome = backstay_repository_roll_back_finish (fixture->alice, support_wait_for_result (&result), &error);
  g_assert_null (outcome);
  g_assert_error (error, BACKSTAY_DB_ERROR, BACKSTAY_DB_ERROR_LOST);
  g_clear_error (&error);

  support_cluster_kill (fixture->cluster);
  support_cluster_start (fixture->cluster);
  after = dup_checksum (fixture);
  g_assert_cmpstr (after, ==, before);

  outcome = support_repository_roll_back (fixture->alice, request, FALSE, &error);
  g_assert_no_error (error);
  assert_one_active (fixture, "sdxl");
}

/* What does not get smaller by packing. */
static void
insert_big (SupportSql *sql)
{
  support_sql_run (sql, "INSERT INTO model_config_history (model_type, config_name, config_data, is_active)"
                        " SELECT 'sdxl', 'big', jsonb_agg(md5(n::text)), false FROM generate_series(1, 500000) n");
}

/* The server can write no more, half way through a configuration. */
static void
test_disk_full (Fixture      *fixture,
                gconstpointer data)
{
  SupportSql *sql = support_cluster_get_sql (fixture->cluster);
  g_autoptr (BackstayRollbackRequest) request = NULL;
  g_autoptr (BackstayRollbackOutcome) outcome = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;

  insert_big (sql);
  request = prepare (fixture, "big");
  before = dup_checksum (fixture);

  support_sql_run (sql, "CHECKPOINT");
  support_cluster_kill (fixture->cluster);
  support_cluster_limit_files (fixture->cluster, FILE_LIMIT);
  support_cluster_start (fixture->cluster);

  outcome = support_repository_roll_back (fixture->alice, request, FALSE, &error);
  g_assert_null (outcome);
  g_assert_nonnull (error);
  after = dup_checksum (fixture);
  g_assert_cmpstr (after, ==, before);
  assert_one_active (fixture, "sdxl");
}

/* The disk itself is full, and the server may end over it. Once there is room again, all goes on. */
static void
test_disk_really_full (Fixture      *fixture,
                       gconstpointer data)
{
  SupportSql *sql;
  g_autoptr (BackstayRollbackRequest) request = NULL;
  g_autoptr (BackstayRollbackOutcome) outcome = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;

  if (fixture->cluster == NULL)
    {
      g_test_skip ("Nothing can be mounted here");
      return;
    }

  sql = support_cluster_get_sql (fixture->cluster);
  insert_big (sql);
  request = prepare (fixture, "big");
  before = dup_checksum (fixture);
  support_cluster_fill_disk (fixture->cluster, DISK_LEFT);

  outcome = support_repository_roll_back (fixture->alice, request, FALSE, &error);
  g_assert_null (outcome);
  g_assert_nonnull (error);
  g_assert_false (g_error_matches (error, BACKSTAY_DB_ERROR, BACKSTAY_DB_ERROR_UNKNOWN));
  g_clear_error (&error);

  support_cluster_clear_disk (fixture->cluster);
  support_cluster_kill (fixture->cluster);
  support_cluster_start (fixture->cluster);
  after = dup_checksum (fixture);
  g_assert_cmpstr (after, ==, before);
  assert_one_active (fixture, "sdxl");

  outcome = support_repository_roll_back (fixture->alice, request, FALSE, &error);
  g_assert_no_error (error);
  g_assert_cmpint (count_made (fixture, request), ==, 1);
  assert_one_active (fixture, "sdxl");
}

/* The server stores the very same, however long it is. */
static void
test_hundred_megabytes (Fixture      *fixture,
                        gconstpointer data)
{
  SupportSql *sql = support_cluster_get_sql (fixture->cluster);
  g_autoptr (BackstayRollbackRequest) request = NULL;
  g_autoptr (BackstayRollbackOutcome) outcome = NULL;
  g_autoptr (GError) error = NULL;

  support_sql_run (sql, "INSERT INTO model_config_history (model_type, config_name, config_data, is_active)"
                        " SELECT 'sdxl', 'huge', jsonb_build_array(1.50, repeat('x', " HUNDRED_MEGABYTES ")), false");
  request = prepare (fixture, "huge");
  outcome = support_repository_roll_back (fixture->alice, request, FALSE, &error);
  g_assert_no_error (error);

  g_assert_cmpint (support_sql_query_int (sql, "SELECT count(*) FROM model_config_history n"
                                               "  JOIN model_config_history h ON h.config_name = 'huge'"
                                               "   AND h.config_data::text = n.config_data::text AND h.id <> n.id"
                                               " WHERE n.id = '%s' AND n.is_active",
                                          backstay_rollback_request_get_new_id (request)),
                   ==, 1);
}

static void
test_many_types (Fixture      *fixture,
                 gconstpointer data)
{
  g_autoptr (GPtrArray) types = NULL;
  g_autoptr (GPtrArray) names = NULL;

  support_sql_run (support_cluster_get_sql (fixture->cluster),
                   "TRUNCATE model_config_history;"
                   "INSERT INTO model_config_history (model_type, config_name, config_data, is_active, created_at)"
                   " SELECT 'type ' || n %% 1000, 'v' || n, jsonb_build_object('n', n), n <= 1000,"
                   "        timestamptz '2026-01-01' - n * interval '1 hour'"
                   "   FROM generate_series(1, 5000) n");
  support_sql_run (support_cluster_get_sql (fixture->cluster), "ANALYZE model_config_history");

  types = support_repository_list_types (fixture->alice);
  g_assert_cmpuint (types->len, ==, 1000);

  names = g_ptr_array_new ();
  for (guint i = 0; i < types->len; i++)
    {
      BackstayModelType *type = g_ptr_array_index (types, i);
      const char        *name = backstay_model_type_get_name (type);

      g_assert_false (g_ptr_array_find_with_equal_func (names, name, g_str_equal, NULL));
      g_assert_cmpuint (backstay_model_type_get_n_active (type), ==, 1);
      g_ptr_array_add (names, (gpointer) name);
    }
}

/* Text that would like to be something else goes through all that is done with a version. */
static void
test_hostile_text (Fixture      *fixture,
                   gconstpointer data)
{
  static const char *const texts[] = {
    "'); DROP TABLE x;--",
    "$1 :'id' %s %n",
    "\\x00 \\' E'\\''",
    "<b>&amp;</b>",
    "${HOME} `id`",
    "\xe2\x80\xae"
    "evil",
    "a\nb\tc\rd",
    "\xf0\x9f\x92\xa9\xcc\x81",
    "\x01\x7f",
    " ",
  };
  SupportSql *sql = support_cluster_get_sql (fixture->cluster);

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autofree char *hex = NULL;
      g_autofree char *id = NULL;
      g_autoptr (GString) digits = g_string_new (NULL);
      g_autoptr (GPtrArray) versions = NULL;
      g_autoptr (BackstayRollbackRequest) request = NULL;
      g_autoptr (BackstayRollbackOutcome) outcome = NULL;
      g_autoptr (GError) error = NULL;
      g_autofree char *checksum = NULL;
      BackstayVersion *version;

      for (const char *c = texts[i]; *c != '\0'; c++)
        g_string_append_printf (digits, "%02x", (guchar) *c);
      hex = g_strdup_printf ("convert_from('\\x%s', 'UTF8')", digits->str);

      id = support_sql_query (sql, "INSERT INTO model_config_history (model_type, config_name, config_data, notes)"
                                   " VALUES (left(%1$s, 20), %1$s, jsonb_build_object(%1$s, %1$s), %1$s)"
                                   " RETURNING id",
                              hex);
      versions = support_repository_list_history (fixture->alice, texts[i], NULL, 10);
      g_assert_cmpuint (versions->len, ==, 1);
      version = g_ptr_array_index (versions, 0);
      g_assert_cmpstr (backstay_version_get_name (version), ==, texts[i]);

      request = support_repository_prepare (fixture->alice, id, texts[i]);
      outcome = support_repository_roll_back (fixture->alice, request, FALSE, &error);
      g_assert_no_error (error);
      checksum = support_sql_query (sql, "SELECT count(*) FROM model_config_history n, model_config_history t"
                                         " WHERE n.id = '%s' AND t.id = '%s' AND n.model_type = t.model_type"
                                         "   AND n.config_name = t.config_name"
                                         "   AND n.config_data::text = t.config_data::text",
                                    backstay_rollback_request_get_new_id (request), id);
      g_assert_cmpstr (checksum, ==, "1");
    }
}

/* The server is stopped, or it ends on its own account, and is started again, perhaps after a while. */
static void
test_comes_back (Fixture      *fixture,
                 gconstpointer data)
{
  g_autoptr (BackstayRollbackRequest) request = prepare (fixture, GOOD);
  g_autoptr (BackstayRollbackOutcome) outcome = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GPtrArray) types = NULL;
  g_autoptr (GError) error = NULL;

  support_cluster_kill (fixture->cluster);
  backstay_repository_list_types_async (fixture->alice, NULL, support_keep_result_cb, &result);
  types = backstay_repository_list_types_finish (fixture->alice, support_wait_for_result (&result), &error);
  g_assert_null (types);
  g_assert_nonnull (error);
  g_clear_error (&error);

  support_cluster_start (fixture->cluster);
  types = support_repository_list_types (fixture->alice);
  g_assert_cmpuint (types->len, >, 1);
  outcome = support_repository_roll_back (fixture->alice, request, FALSE, &error);
  g_assert_no_error (error);
  g_assert_cmpint (count_made (fixture, request), ==, 1);
}

int
main (int   argc,
      char *argv[])
{
  static const struct
  {
    const char *name;
    void (*test) (Fixture *, gconstpointer);
  } tests[] = {
    { "/faults/server-killed", test_server_killed },
    { "/faults/backend-killed", test_backend_killed },
    { "/faults/comes-back", test_comes_back },
    { "/faults/disk-full", test_disk_full },
    { "/faults/hundred-megabytes", test_hundred_megabytes },
    { "/faults/many-types", test_many_types },
    { "/faults/hostile-text", test_hostile_text },
  };
  int status;

  g_test_init (&argc, &argv, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].name, Fixture, NULL, set_up, tests[i].test, tear_down);
  g_test_add ("/faults/disk-really-full", Fixture, NULL, set_up_disk, test_disk_really_full, tear_down);

  status = g_test_run ();
  support_cluster_clear_template ();

  return status;
}
