/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "test-watcher"

#include "config.h"

#include "backstay-watcher.h"
#include "support-black-hole.h"
#include "support-job.h"
#include "support-proxy.h"
#include "support-repository.h"
#include "support-wait.h"

#include <string.h>

/* Stands for a change of which it is not known where. */
#define ANYWHERE "(anywhere)"

/* As a trigger on the table may do it. */
static const char trigger_sql[] =
  "CREATE FUNCTION tell () RETURNS trigger LANGUAGE plpgsql AS $$"
  " BEGIN"
  "   PERFORM pg_notify('model_config_history',"
  "     json_build_object('op', 'create', 'id', NEW.id, 'model_type', NEW.model_type)::text);"
  "   RETURN NULL;"
  " END $$;"
  "CREATE TRIGGER tell AFTER INSERT OR UPDATE ON public.model_config_history"
  "  FOR EACH ROW EXECUTE FUNCTION tell ()";

typedef struct
{
  BackstayWatcher *watcher;
  GPtrArray       *changed; /* What it told, in this order. */
} Fixture;

typedef struct
{
  Fixture    *fixture;
  const char *model_type;
} Question;

static void
changed_cb (Fixture    *fixture,
            const char *model_type)
{
  g_ptr_array_add (fixture->changed, g_strdup (model_type != NULL ? model_type : ANYWHERE));
}

static gboolean
is_watching (gpointer user_data)
{
  return backstay_watcher_get_watching (user_data);
}

static gboolean
has_changed (gpointer user_data)
{
  Question *question = user_data;

  return g_ptr_array_find_with_equal_func (question->fixture->changed, question->model_type,
                                           g_str_equal, NULL);
}

static void
wait_for_change (Fixture    *fixture,
                 const char *model_type)
{
  support_wait_until (has_changed, &(Question){ fixture, model_type });
}

static void
open_on (Fixture          *fixture,
         BackstayDbConfig *config)
{
  g_autoptr (BackstayIdentity) alice = backstay_identity_new (SUPPORT_ALICE, NULL);

  fixture->changed = g_ptr_array_new_with_free_func (g_free);
  fixture->watcher = backstay_watcher_new (config, alice, NULL);
  g_signal_connect_swapped (fixture->watcher, "changed", G_CALLBACK (changed_cb), fixture);
  support_wait_until (is_watching, fixture->watcher);

  /* What was read before the first look may be old. */
  g_assert_cmpuint (fixture->changed->len, ==, 1);
  g_assert_cmpstr (g_ptr_array_index (fixture->changed, 0), ==, ANYWHERE);
  g_ptr_array_set_size (fixture->changed, 0);
}

static void
set_up (Fixture      *fixture,
        gconstpointer data)
{
  open_on (fixture, support_server_get_config ());
}

static void
tear_down (Fixture      *fixture,
           gconstpointer data)
{
  g_assert_finalize_object (fixture->watcher);
  g_ptr_array_unref (fixture->changed);
  support_server_restore ();
}

static void
insert (const char *model_type,
        const char *active,
        const char *created_at)
{
  support_sql_run (support_server_get_sql (),
                   "INSERT INTO model_config_history (model_type, config_name, config_data, is_active, created_at)"
                   " VALUES ('%s', 'new', '{}', %s, %s)",
                   model_type, active, created_at);
}

/* Checks that a change is noticed, and of the right type only. */
static void
assert_noticed (Fixture    *fixture,
                const char *model_type)
{
  backstay_watcher_look (fixture->watcher);
  wait_for_change (fixture, model_type);

  for (guint i = 0; i < fixture->changed->len; i++)
    {
      const char *told = g_ptr_array_index (fixture->changed, i);

      if (strcmp (told, ANYWHERE) != 0)
        g_assert_cmpstr (told, ==, model_type);
    }

  g_ptr_array_set_size (fixture->changed, 0);
}

static void
test_insert (Fixture      *fixture,
             gconstpointer data)
{
  insert ("sdxl", "false", "now()");
  assert_noticed (fixture, "sdxl");

  insert ("flux", "true", "now()");
  assert_noticed (fixture, "flux");

  insert ("wan", "NULL", "now()");
  assert_noticed (fixture, "wan");

  insert ("a new type", "false", "now()");
  assert_noticed (fixture, "a new type");

  /* Its time is no later than another's. */
  insert ("llama", "true", "NULL");
  assert_noticed (fixture, "llama");
}

static void
test_flip (Fixture      *fixture,
           gconstpointer data)
{
  static const char oldest[] = "(SELECT id FROM model_config_history WHERE model_type = 'sdxl'"
                               " ORDER BY created_at LIMIT 1)";
  SupportSql       *sql = support_server_get_sql ();

  support_sql_run (sql, "UPDATE model_config_history SET is_active = true WHERE id = %s", oldest);
  assert_noticed (fixture, "sdxl");

  support_sql_run (sql, "UPDATE model_config_history SET is_active = NULL WHERE id = %s", oldest);
  assert_noticed (fixture, "sdxl");

  support_sql_run (sql, "UPDATE model_config_history SET is_active = false WHERE model_type = 'flux'");
  assert_noticed (fixture, "flux");
}

static void
test_delete (Fixture      *fixture,
             gconstpointer data)
{
  SupportSql *sql = support_server_get_sql ();

  support_sql_run (sql, "DELETE FROM model_config_history WHERE model_type = 'SDXL'");
  assert_noticed (fixture, "SDXL");

  support_sql_run (sql, "DELETE FROM model_config_history WHERE model_type = 'wan' AND is_active");
  assert_noticed (fixture, "wan");
}

/* What is no type's fingerprint: the server counts it, a moment later. */
static void
test_counted (Fixture      *fixture,
              gconstpointer data)
{
  SupportSql *sql = support_server_get_sql ();

  support_sql_run (sql, "UPDATE model_config_history SET notes = 'x' WHERE id ="
                        " (SELECT id FROM model_config_history WHERE model_type = 'sdxl'"
                        "   ORDER BY created_at OFFSET 3 LIMIT 1)");
  wait_for_change (fixture, ANYWHERE);
  g_assert_cmpuint (fixture->changed->len, ==, 1);
}

static void
test_told (Fixture      *fixture,
           gconstpointer data)
{
  SupportSql *sql = support_server_get_sql ();

  g_assert_true (backstay_watcher_get_listening (fixture->watcher));
  support_sql_run (sql, "%s", trigger_sql);
  backstay_watcher_set_background (fixture->watcher, TRUE);

  for (guint i = 0; i < 3; i++)
    {
      insert ("sdxl", "false", "clock_timestamp()");
      wait_for_change (fixture, "sdxl");
      g_ptr_array_set_size (fixture->changed, 0);
    }

  support_sql_run (sql, "DROP TRIGGER tell ON model_config_history; DROP FUNCTION tell");

  /* And what is not told is seen all the same. */
  insert ("flux", "false", "now()");
  assert_noticed (fixture, "flux");
}

static gboolean
is_not_watching (gpointer user_data)
{
  return !backstay_watcher_get_watching (user_data);
}

static void
test_terminated (Fixture      *fixture,
                 gconstpointer data)
{
  support_sql_terminate (support_server_get_sql (), "backend_type = 'client backend'");
  insert ("sdxl", "true", "now()");

  /* By itself. */
  wait_for_change (fixture, "sdxl");
  g_assert_true (backstay_watcher_get_listening (fixture->watcher));
}

/* A pooler's connection does not hear anything, and is not asked to. */
static void
test_pooler (void)
{
  SupportProxy *proxy = support_proxy_new ();
  g_autoptr (BackstayDbConfig) config = support_proxy_dup_config (proxy);
  Fixture fixture;

  support_proxy_pretend_to_pool (proxy);
  open_on (&fixture, config);
  g_assert_false (backstay_watcher_get_listening (fixture.watcher));

  insert ("sdxl", "true", "now()");
  assert_noticed (&fixture, "sdxl");
  g_assert_false (backstay_watcher_get_listening (fixture.watcher));

  tear_down (&fixture, NULL);
  support_proxy_free (proxy);
}

/* The answer to a look never comes. */
static void
test_hanging (void)
{
  SupportProxy *proxy = support_proxy_new ();
  g_autoptr (BackstayDbConfig) config = support_proxy_dup_config (proxy);
  Fixture fixture;

  open_on (&fixture, config);
  support_proxy_arm (proxy, 1, SUPPORT_FAULT_HANG_AFTER);
  backstay_watcher_look (fixture.watcher);
  insert ("sdxl", "true", "now()");
  support_wait_until (is_not_watching, fixture.watcher);

  /* The next one is on a new line. */
  wait_for_change (&fixture, "sdxl");
  g_assert_true (backstay_watcher_get_watching (fixture.watcher));

  tear_down (&fixture, NULL);
  support_proxy_free (proxy);
}

/* What is read later on the same connection cannot have missed anything. */
static void
test_reader (void)
{
  Fixture fixture = { NULL };
  g_autoptr (BackstayDbConnection) connection = backstay_db_connection_new (support_server_get_config ());
  g_autoptr (BackstayIdentity) alice = backstay_identity_new (SUPPORT_ALICE, NULL);
  g_autoptr (BackstayRepository) reader = backstay_repository_new (connection, alice);

  fixture.changed = g_ptr_array_new_with_free_func (g_free);
  fixture.watcher = backstay_watcher_new (support_server_get_config (), alice, reader);
  g_signal_connect_swapped (fixture.watcher, "changed", G_CALLBACK (changed_cb), &fixture);
  support_wait_until (is_watching, fixture.watcher);
  g_assert_cmpuint (fixture.changed->len, ==, 0);
  g_assert_true (backstay_watcher_get_listening (fixture.watcher));

  insert ("sdxl", "true", "now()");
  assert_noticed (&fixture, "sdxl");

  backstay_watcher_look_anew (fixture.watcher);
  wait_for_change (&fixture, ANYWHERE);

  tear_down (&fixture, NULL);
}

/* Its connection fails, so something may have been missed. */
static void
test_reader_fails (void)
{
  Fixture       fixture = { NULL };
  SupportProxy *proxy = support_proxy_new ();
  g_autoptr (BackstayDbConfig) config = support_proxy_dup_config (proxy);
  g_autoptr (BackstayDbConnection) connection = backstay_db_connection_new (config);
  g_autoptr (BackstayIdentity) alice = backstay_identity_new (SUPPORT_ALICE, NULL);
  g_autoptr (BackstayRepository) reader = backstay_repository_new (connection, alice);

  support_proxy_arm (proxy, 1, SUPPORT_FAULT_CUT_BEFORE);
  fixture.changed = g_ptr_array_new_with_free_func (g_free);
  fixture.watcher = backstay_watcher_new (support_server_get_config (), alice, reader);
  g_signal_connect_swapped (fixture.watcher, "changed", G_CALLBACK (changed_cb), &fixture);
  wait_for_change (&fixture, ANYWHERE);

  tear_down (&fixture, NULL);
  support_proxy_free (proxy);
}

/* Whoever goes does not wait for a server that says nothing. */
static void
test_black_hole (void)
{
  SupportBlackHole *hole = support_black_hole_new ();
  g_autoptr (BackstayDbConfig) config = support_black_hole_dup_config (hole);
  BackstayWatcher *watcher = backstay_watcher_new (config, NULL, NULL);

  support_run_pending ();
  g_assert_false (backstay_watcher_get_watching (watcher));
  g_assert_finalize_object (watcher);
  support_run_pending ();
  support_black_hole_free (hole);
}

/* The connection's own signal */

static void
notified_cb (GString    *channels,
             const char *channel)
{
  g_string_append_printf (channels, "%s ", channel);
}

static gboolean
has_text (gpointer user_data)
{
  return ((GString *) user_data)->len > 0;
}

static void
test_notified (void)
{
  g_autoptr (BackstayDbConnection) connection = backstay_db_connection_new (support_server_get_config ());
  g_autoptr (GString) channels = g_string_new (NULL);
  g_autoptr (GError) error = NULL;
  g_autofree char *answer = NULL;

  answer = support_job_run_sql (connection, "LISTEN backstay_test", &error);
  g_assert_no_error (error);
  g_signal_connect_swapped (connection, "notified", G_CALLBACK (notified_cb), channels);

  /* While it waits for work. */
  support_sql_run (support_server_get_sql (), "NOTIFY backstay_test, 'x'; NOTIFY backstay_other");
  support_wait_until (has_text, channels);
  g_assert_cmpstr (channels->str, ==, "backstay_test ");

  /* During a job. */
  g_string_truncate (channels, 0);
  g_clear_pointer (&answer, g_free);
  answer = support_job_run_sql (connection, "SELECT pg_notify('backstay_test', 'y')", &error);
  g_assert_no_error (error);
  support_wait_until (has_text, channels);
  g_assert_cmpstr (channels->str, ==, "backstay_test ");
}

/* However many come, the main loop hears of a few. */
static void
test_flood (void)
{
  g_autoptr (BackstayDbConnection) connection = backstay_db_connection_new (support_server_get_config ());
  g_autoptr (GString) channels = g_string_new (NULL);
  g_autoptr (GError) error = NULL;
  g_autofree char *answer = NULL;

  answer = support_job_run_sql (connection, "LISTEN backstay_test", &error);
  g_assert_no_error (error);
  g_signal_connect_swapped (connection, "notified", G_CALLBACK (notified_cb), channels);
  support_sql_run (support_server_get_sql (),
                   "SELECT count(pg_notify('backstay_test', n::text)) FROM generate_series(1, 10000) n");
  support_wait_until (has_text, channels);
  support_job_assert_works (connection);
  support_run_pending ();
  g_assert_cmpuint (channels->len, <, 1000 * strlen ("backstay_test "));
}

static void
add (const char *path,
     void (*func) (Fixture *, gconstpointer))
{
  g_test_add (path, Fixture, NULL, set_up, func, tear_down);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  add ("/watcher/insert", test_insert);
  add ("/watcher/flip", test_flip);
  add ("/watcher/delete", test_delete);
  add ("/watcher/counted", test_counted);
  add ("/watcher/told", test_told);
  add ("/watcher/terminated", test_terminated);
  g_test_add_func ("/watcher/pooler", test_pooler);
  g_test_add_func ("/watcher/hanging", test_hanging);
  g_test_add_func ("/watcher/reader", test_reader);
  g_test_add_func ("/watcher/reader-fails", test_reader_fails);
  g_test_add_func ("/watcher/black-hole", test_black_hole);
  g_test_add_func ("/watcher/notified", test_notified);
  g_test_add_func ("/watcher/flood", test_flood);

  return support_server_run_tests (SUPPORT_CONTENT_SAMPLE);
}
