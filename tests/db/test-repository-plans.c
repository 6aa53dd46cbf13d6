/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "test-repository-plans"

#include "config.h"

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

/* A query with its variables, by name and value. */
typedef struct
{
  const char *name;
  const char *variables[11];
} Query;

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
            const char  *variable)
{
  for (guint i = 0; query->variables[i] != NULL; i += 2)
    {
      if (strcmp (query->variables[i], variable) == 0)
        return query->variables[i + 1];
    }

  g_error ("No value for %s in %s", variable, query->name);
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
  g_autoptr (BackstayDbConnection) connection = backstay_db_connection_new (support_server_get_config ());
  g_autoptr (GError) error = NULL;
  g_autofree char *plan = support_job_run (connection, explain_job, (gpointer) query, &error);

  g_assert_no_error (error);
  g_test_message ("%s\n%s", query->name, plan);
  g_assert_false (scans_table (plan));
}

static void
test_indexes (void)
{
  g_autofree char *id = NULL;
  g_autofree char *time = NULL;

  fill ();
  id = support_sql_query (support_server_get_sql (), "SELECT %s", MIDDLE_ID);
  time = support_sql_query (support_server_get_sql (),
                            "SELECT created_at FROM model_config_history WHERE id = '%s'", id);

  {
    const char *const type = "type 2";
    const Query       queries[] = {
            { "list-types", { "limit", "1000" } },
            { "list-history", { "model_type", type, "limit", "256", "nulls", "false", "before_created_at", "infinity", "before_id", LAST_ID } },
            { "list-history", { "model_type", type, "limit", "256", "nulls", "false", "before_created_at", time, "before_id", id } },
            { "list-history", { "model_type", type, "limit", "256", "nulls", "true", "before_created_at", "infinity", "before_id", id } },
            { "list-active", { NULL } },
            { "get-live", { "model_type", type } },
            { "get-version", { "id", id } },
            { "rollback-active", { "model_type", type } },
            { "rollback-target", { "model_type", type, "id", id } },
            { "rollback-deactivate", { "model_type", type } },
            { "rollback-insert", { "model_type", type, "id", id, "new_id", NEW_ID, "created_by", SUPPORT_ALICE, "notes", "n" } },
            { "rollback-check", { "model_type", type } },
            { "rollback-resolve", { "new_id", id } },
    };

    for (guint i = 0; i < G_N_ELEMENTS (queries); i++)
      assert_uses_indexes (&queries[i]);
  }
}

static void
run_in_psql (const char *psql,
             const char *name,
             const char *folder)
{
  g_autofree char  *path = g_strdup_printf ("%s/%s", folder, name);
  const char *const argv[] = {
    psql, "--no-psqlrc", "--quiet", "--host", support_server_get_directory (),
    "--username", "backstay", "--dbname", "backstay",
    "-v", "ON_ERROR_STOP=1", "-v", "role=none", "-v", "claims=", "-v", "statement_timeout=8s",
    "-v", "lock_timeout=4s", "-v", "model_type=type 2", "-v", "limit=5", "-v", "nulls=false",
    "-v", "before_created_at=infinity", "-v", "before_id=" LAST_ID, "-v", "id=" NEW_ID,
    "-v", "new_id=" NEW_ID, "-v", "created_by=" SUPPORT_ALICE, "-v", "notes=it's", "-v", "search=al",
    "-c", "BEGIN", "-f", path, "-c", "ROLLBACK", NULL
  };
  g_autofree char *output = NULL;
  g_autofree char *messages = NULL;
  g_autoptr (GError) error = NULL;
  int status;

  g_test_message ("%s", name);
  g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_DEFAULT, NULL, NULL,
                &output, &messages, &status, &error);
  g_assert_no_error (error);
  g_test_message ("%s", messages);
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
  names = g_resources_enumerate_children (BACKSTAY_RESOURCE_PATH "/queries", G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);
  g_assert_cmpuint (g_strv_length (names), >=, 20);

  for (guint i = 0; names[i] != NULL; i++)
    run_in_psql (psql, names[i], folder);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/repository-plans/indexes", test_indexes);
  g_test_add_func ("/repository-plans/psql", test_psql);

  return support_server_run_tests (SUPPORT_CONTENT_SAMPLE);
}
