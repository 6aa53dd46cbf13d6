/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "test-repository-plans"

#include "config.h"

#include "support-guards.h"
#include "support-job.h"
#include "support-repository.h"

#include "backstay-batch.h"
#include "backstay-transaction.h"

#include <string.h>

#define N_VERSIONS "100000"

/* Of one type, in the middle of its history. */
#define MIDDLE_ID "(SELECT id FROM model_config_history WHERE config_name = 'n50002')"

/* Comes after every other id. */
#define LAST_ID "ffffffff-ffff-ffff-ffff-ffffffffffff"

/* Nobody's. */
#define NEW_ID "00000000-0000-4000-8000-00000000000f"

static const char fill_sql[] =
  "INSERT INTO public.model_config_history"
  "       (model_type, config_name, config_data, is_active, created_by, created_at)"
  "SELECT 'type ' || n % 4, 'n' || n, '{\"guidance_scale\": 7.5}', n > " N_VERSIONS " - 4,"
  "       '" SUPPORT_ALICE "', timestamptz '2020-01-01' + n * interval '1 minute'"
  "  FROM generate_series(1, " N_VERSIONS ") n";

/* A query, with what is special about its variables. */
typedef struct
{
  const char *name;
  const char *id; /* Of a version in the middle of its type's history. */
  const char *before_created_at;
  const char *before_id;
  const char *nulls;
  const char *ids; /* Of several. */
  const char *live_id;
  const char *since;
  const char *any_creator;
  const char *filter[4]; /* Pairs of a variable and what it is, where it filters. */
} Query;

/* The variables that are the same everywhere. */
static const struct
{
  const char *name;
  const char *value;
} variables[] = {
  { "model_type", "type 2" },
  { "limit", "256" },
  { "new_id", NEW_ID },
  { "created_by", SUPPORT_ALICE },
  { "notes", "it's" },
  { "search", "al" },
  { "others", "{" NEW_ID "}" },
  { "stored", "1000" },
  { "other_stored", "1000" },
  { "text", "1000" },
  { "budget", "2000" },
  { "age", "" },
  { "until", "infinity" },
  { "creator", SUPPORT_ALICE },
  { "edges", "{2020-03-01 00:00+00,2020-03-02 00:00+00,2020-03-11 00:00+00}" },
  { "config_name", "name" },
  { "config", "{\"a\": 1.0}" },
  { "active", "false" },
  { "after_created_at", "2020-02-01" },
  { "after_id", NEW_ID },
  { "hashes", "{}" },
  { "bound", "1000" },
  { "show", "all" },
  { "days", "0" },
  { "creator_kind", "all" },
  { "words", "{}" },
  { "distinct", "false" },
  { "old_notes", "" },
  { "new_notes", "it's" },
  { "config_id", NEW_ID },
  { "actions", "{create}" },
  { "who", "al" },
  { "before_entry", "9223372036854775807" },
  { "before", "true" },
  { "after", "false" },
};

static char *
load_sql (const char *name)
{
  g_autofree char *path = g_strdup_printf (BACKSTAY_RESOURCE_PATH "/queries/%s.sql", name);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = g_resources_lookup_data (path, G_RESOURCE_LOOKUP_FLAGS_NONE, &error);

  g_assert_no_error (error);

  return g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
}

static const char *
find_value (const Query *query,
            const char  *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (query->filter); i += 2)
    {
      if (g_strcmp0 (query->filter[i], name) == 0)
        return query->filter[i + 1];
    }

  if (strcmp (name, "id") == 0)
    return query->id;
  if (strcmp (name, "before_created_at") == 0)
    return query->before_created_at;
  if (strcmp (name, "before_id") == 0)
    return query->before_id;
  if (strcmp (name, "nulls") == 0)
    return query->nulls;
  if (strcmp (name, "ids") == 0)
    return query->ids;
  if (strcmp (name, "live_id") == 0)
    return query->live_id;
  if (strcmp (name, "since") == 0)
    return query->since;
  if (strcmp (name, "any_creator") == 0)
    return query->any_creator;

  for (guint i = 0; i < G_N_ELEMENTS (variables); i++)
    {
      if (strcmp (variables[i].name, name) == 0)
        return variables[i].value;
    }

  g_error ("No value for %s in %s", name, query->name);
}

static char *
join_rows (BackstayDbRows *rows)
{
  GString *text = g_string_new (NULL);

  for (guint row = 0; row < backstay_db_rows_get_n_rows (rows); row++)
    g_string_append_printf (text, "%s\n", backstay_db_rows_get_text (rows, row, 0));

  return g_string_free (text, FALSE);
}

/* As the repository does it: as alice, in her transaction, with parameters. */
static gboolean
explain_job (BackstayDbSession *session,
             gpointer           data,
             gpointer          *result,
             GError           **error)
{
  const Query *query = data;
  g_autoptr (BackstayIdentity) alice = backstay_identity_new (SUPPORT_ALICE, NULL);
  g_autoptr (BackstayBatch) batch = backstay_transaction_begin_write (alice, 30000, 1000);
  g_autofree char *file = load_sql (query->name);
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *translated = backstay_batch_translate (file, names);
  g_autofree char *sql = g_strconcat ("EXPLAIN (ANALYZE, COSTS OFF)\n", translated, NULL);
  g_autoptr (GPtrArray) values = g_ptr_array_new ();
  BackstayDbStatement statement;
  g_autoptr (GPtrArray) began = NULL;
  g_autoptr (GPtrArray) plan = NULL;

  for (guint i = 0; i < names->len; i++)
    g_ptr_array_add (values, (gpointer) find_value (query, g_ptr_array_index (names, i)));

  statement.sql = sql;
  statement.params = (const char *const *) values->pdata;
  statement.n_params = values->len;

  if ((began = backstay_batch_run (batch, session, error)) == NULL ||
      (plan = backstay_db_session_run (session, &statement, 1, error)) == NULL)
    return FALSE;

  *result = join_rows (g_ptr_array_index (plan, 0));

  return TRUE;
}

static void
fill (void)
{
  SupportSql *sql = support_server_get_sql ();

  if (support_sql_query_int (sql, "SELECT count(*) FROM model_config_history") > 1000)
    return;

  support_sql_run (sql, "TRUNCATE public.model_config_history");
  support_sql_run (sql, "%s", fill_sql);
  support_sql_run (sql, "ANALYZE public.model_config_history");
}

/* A scan of all versions that is really done; where it can be seen beforehand that a branch gives
 * nothing, one is planned and not done. */
static gboolean
scans_table (const char *plan)
{
  g_auto (GStrv) lines = g_strsplit (plan, "\n", -1);

  for (guint i = 0; lines[i] != NULL; i++)
    {
      if (strstr (lines[i], "Seq Scan on model_config_history") != NULL &&
          strstr (lines[i], "(never executed)") == NULL)
        return TRUE;
    }

  return FALSE;
}

static void
assert_uses_indexes (const Query *query)
{
  g_autoptr (BackstayDbConnection) connection =
    backstay_db_connection_new (support_server_get_config ());
  g_autoptr (GError) error = NULL;
  g_autofree char *plan = support_job_run (connection, explain_job, (gpointer) query, &error);

  g_assert_no_error (error);
  g_test_message ("%s\n%s", query->name, plan);
  g_assert_false (scans_table (plan));
}

static void
test_indexes (void)
{
  static const char *const names[] = {
    "edit-notes",
    "get-notes",
    "list-types",
    "list-active",
    "list-creators",
    "get-live",
    "get-version",
    "rollback-active",
    "rollback-target",
    "rollback-deactivate",
    "rollback-insert",
    "rollback-check",
    "rollback-resolve",
    "create-check",
    "activate-version",
    "watch",
    "check-integrity",
    "repair-state",
  };
  SupportSql      *sql = support_server_get_sql ();
  g_autofree char *id = NULL;
  g_autofree char *time = NULL;
  g_autofree char *ids = NULL;
  g_autofree char *live_id = NULL;

  fill ();
  id = support_sql_query (sql, "SELECT %s", MIDDLE_ID);
  time = support_sql_query (sql, "SELECT created_at FROM model_config_history WHERE id = '%s'", id);

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    assert_uses_indexes (&(Query){ .name = names[i], .id = id });

  /* The first page, one in the middle, and one of versions without a time. */
  assert_uses_indexes (&(Query){ "list-history", NULL, "infinity", LAST_ID, "false", NULL, NULL });
  assert_uses_indexes (&(Query){ "list-history", NULL, time, id, "false", NULL, NULL });
  assert_uses_indexes (&(Query){ "list-history", NULL, "infinity", id, "true", NULL, NULL });

  assert_uses_indexes (&(Query){ .name = "export-page", .nulls = "false" });
  assert_uses_indexes (&(Query){ .name = "export-page", .nulls = "true" });
  assert_uses_indexes (&(Query){ .name = "export-version", .id = id });

  /* As many as can be in sight. */
  ids = support_sql_query (sql, "SELECT array_agg(id) FROM (SELECT id FROM model_config_history"
                                " WHERE model_type = 'type 2' ORDER BY created_at LIMIT 100) h");
  assert_uses_indexes (&(Query){ .name = "list-texts", .ids = ids });
  assert_uses_indexes (&(Query){ .name = "list-predecessors", .ids = ids });
  assert_uses_indexes (&(Query){ .name = "import-check", .ids = ids });
  assert_uses_indexes (&(Query){ .name = "import-texts", .ids = ids });

  live_id = support_sql_query (sql, "SELECT id FROM model_config_history WHERE model_type = 'type 2' AND is_active");
  assert_uses_indexes (&(Query){ .name = "count-undone", .id = id, .live_id = live_id });
}

/* The last week of ten. */
#define SINCE "2020-03-03 00:00+00"

static void
test_recent (void)
{
  SupportSql      *sql = support_server_get_sql ();
  g_autofree char *id = NULL;
  g_autofree char *time = NULL;

  fill ();
  id = support_sql_query (sql, "SELECT id FROM model_config_history WHERE config_name = 'n95000'");
  time = support_sql_query (sql, "SELECT created_at FROM model_config_history WHERE id = '%s'", id);

  assert_uses_indexes (&(Query){ .name = "list-recent", .before_created_at = "infinity", .before_id = LAST_ID, .since = SINCE, .any_creator = "true" });
  assert_uses_indexes (&(Query){ .name = "list-recent", .before_created_at = time, .before_id = id, .since = SINCE, .any_creator = "true" });
  assert_uses_indexes (&(Query){ .name = "list-recent", .before_created_at = "infinity", .before_id = LAST_ID, .since = SINCE, .any_creator = "false" });
  assert_uses_indexes (&(Query){ .name = "list-recent", .before_created_at = time, .before_id = id, .since = SINCE, .any_creator = "false" });

  /* A page of a span that holds everything costs no more. */
  assert_uses_indexes (&(Query){ .name = "list-recent", .before_created_at = "infinity", .before_id = LAST_ID, .since = "-infinity", .any_creator = "true" });

  assert_uses_indexes (&(Query){ .name = "count-changes", .since = SINCE });
}

/* Each filter by itself, on the first page and on one in the middle. */
static void
test_filters (void)
{
  static const char *const filters[][4] = {
    { NULL },
    { "show", "active" },
    { "show", "inactive", "days", "90" },
    { "days", "1" },
    { "since", "2020-02-01" },
    { "until", "2020-02-01" },
    { "since", "2020-02-01", "until", "2020-02-02" },
    { "creator_kind", "one" },
    { "creator_kind", "one", "created_by", SUPPORT_BOB },
    { "creator_kind", "none" },
    { "creator_kind", "unknown" },
    { "words", "{n50002}" },
    { "words", "{n,5}", "show", "inactive" },
    { "distinct", "true" },
    { "distinct", "true", "show", "inactive" },
    { "distinct", "true", "since", "2020-03-01" },
  };
  SupportSql      *sql = support_server_get_sql ();
  g_autofree char *id = NULL;
  g_autofree char *time = NULL;

  fill ();
  id = support_sql_query (sql, "SELECT %s", MIDDLE_ID);
  time = support_sql_query (sql, "SELECT created_at FROM model_config_history WHERE id = '%s'", id);

  for (guint i = 0; i < G_N_ELEMENTS (filters); i++)
    {
      Query query = {
        .name = "list-history-filtered",
        .before_created_at = "infinity",
        .before_id = LAST_ID,
        .nulls = "false",
        .since = "-infinity",
      };

      memcpy (query.filter, filters[i], sizeof query.filter);
      assert_uses_indexes (&query);
      query.before_created_at = time;
      query.before_id = id;
      assert_uses_indexes (&query);
      query.before_created_at = "infinity";
      query.nulls = "true";
      assert_uses_indexes (&query);
    }
}

static void
add_variable (GPtrArray  *argv,
              const char *name,
              const char *value)
{
  g_ptr_array_add (argv, g_strdup ("-v"));
  g_ptr_array_add (argv, g_strdup_printf ("%s=%s", name, value));
}

static void
run_in_psql (const char *psql,
             const char *name,
             const char *folder)
{
  g_autoptr (GPtrArray) argv = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *output = NULL;
  g_autofree char *messages = NULL;
  g_autoptr (GError) error = NULL;
  int status;

  g_ptr_array_add (argv, g_strdup (psql));
  g_ptr_array_add (argv, g_strdup_printf ("--host=%s", support_server_get_directory ()));
  g_ptr_array_add (argv, g_strdup ("--username=backstay"));
  g_ptr_array_add (argv, g_strdup ("--dbname=backstay"));
  g_ptr_array_add (argv, g_strdup ("--no-psqlrc"));
  g_ptr_array_add (argv, g_strdup ("--quiet"));

  for (guint i = 0; i < G_N_ELEMENTS (variables); i++)
    add_variable (argv, variables[i].name, variables[i].value);

  add_variable (argv, "ON_ERROR_STOP", "1");
  add_variable (argv, "role", "none");
  add_variable (argv, "claims", "");
  add_variable (argv, "schema", "public");
  add_variable (argv, "statement_timeout", "8s");
  add_variable (argv, "lock_timeout", "4s");
  add_variable (argv, "id", NEW_ID);
  add_variable (argv, "nulls", "false");
  add_variable (argv, "before_created_at", "infinity");
  add_variable (argv, "before_id", LAST_ID);
  add_variable (argv, "ids", "{" NEW_ID "}");
  add_variable (argv, "live_id", NEW_ID);
  add_variable (argv, "since", "-infinity");
  add_variable (argv, "any_creator", "true");
  add_variable (argv, "seen_id", NEW_ID);

  g_ptr_array_add (argv, g_strdup ("--command=BEGIN"));
  /* What import-text.sql leaves for import-insert.sql. */
  g_ptr_array_add (argv, g_strdup ("--command=SET LOCAL backstay.config_data = '{}'"));
  g_ptr_array_add (argv, g_strdup_printf ("--file=%s/%s", folder, name));
  g_ptr_array_add (argv, g_strdup ("--command=ROLLBACK"));
  g_ptr_array_add (argv, NULL);

  g_spawn_sync (NULL, (char **) argv->pdata, NULL, G_SPAWN_DEFAULT, NULL, NULL,
                &output, &messages, &status, &error);
  g_assert_no_error (error);
  g_test_message ("%s: %s", name, messages);
  g_assert_true (g_spawn_check_wait_status (status, NULL));
}

/* Each query is a file that one can run by hand, with the same variables. */
static void
test_psql (void)
{
  g_autofree char *psql = g_find_program_in_path ("psql");
  g_autofree char *folder = g_test_build_filename (G_TEST_DIST, "..", "src", "model", "sql", NULL);
  g_auto (GStrv) names = NULL;

  g_assert_nonnull (psql);
  names = g_resources_enumerate_children (BACKSTAY_RESOURCE_PATH "/queries",
                                          G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);
  g_assert_cmpuint (g_strv_length (names), >=, 20);

  /* Some are about the trail that they keep. */
  support_guards_run (support_server_get_sql (), "guards");

  for (guint i = 0; names[i] != NULL; i++)
    run_in_psql (psql, names[i], folder);
}

/* The table may be in any schema: become.sql says in which. */
static void
test_no_schema (void)
{
  g_auto (GStrv) names = g_resources_enumerate_children (BACKSTAY_RESOURCE_PATH "/queries",
                                                         G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);

  for (guint i = 0; names[i] != NULL; i++)
    {
      g_autofree char *path = g_strconcat (BACKSTAY_RESOURCE_PATH "/queries/", names[i], NULL);
      g_autoptr (GBytes) sql = g_resources_lookup_data (path, G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);

      g_test_message ("%s", names[i]);
      g_assert_null (g_strstr_len (g_bytes_get_data (sql, NULL), (gssize) g_bytes_get_size (sql), "public."));
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/repository-plans/indexes", test_indexes);
  g_test_add_func ("/repository-plans/recent", test_recent);
  g_test_add_func ("/repository-plans/filters", test_filters);
  g_test_add_func ("/repository-plans/psql", test_psql);
  g_test_add_func ("/repository-plans/no-schema", test_no_schema);

  return support_server_run_tests (SUPPORT_CONTENT_SAMPLE);
}
