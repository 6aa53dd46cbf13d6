/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "test-model-inspection"

#include "config.h"

#include "backstay-inspection.h"

#include <string.h>

/* A database that is as its document says, without guards. */
static const char *const good[][4] = {
  { "table", "model_config_history", "public", "r" },
  { "right", "alter-table", "owner", "true" },
  { "column", "id", "uuid", "not null" },
  { "column", "model_type", "character varying(20)", "not null" },
  { "column", "config_name", "character varying(100)", "not null" },
  { "column", "config_data", "jsonb", "not null" },
  { "column", "is_active", "boolean", "" },
  { "column", "created_by", "uuid", "" },
  { "column", "created_at", "timestamp with time zone", "" },
  { "column", "notes", "text", "" },
  { "default", "id", "gen_random_uuid()", "" },
  { "default", "is_active", "false", "" },
  { "default", "created_at", "now()", "" },
  { "constraint", "p", "id", NULL },
  { "constraint", "f", "created_by", "profiles" },
  { "index", "model_config_history_pkey", "unique id", "" },
  { "index", "idx_model_config_history_model_active", "model_type, is_active, created_at DESC", "" },
  { "index", "idx_model_config_history_created", "created_at DESC", "" },
  { "index", "idx_model_config_history_creator", "created_by, created_at DESC", "" },
  { "index", "idx_model_config_history_type_name", "model_type, config_name", "" },
  { "security", "model_config_history", "on", NULL },
  { "policy", "Admin access to model config history", "model_config_history permissive *",
    "has_role(auth.uid(), 'admin'::app_role)" },
  { "has_role", "public.has_role(_user_id uuid, _role app_role)", "\"\"", "true" },
  { "uid", "auth.uid()", "true", "true" },
};

/* One fact that is otherwise; %NULL takes it away. And what is said then. */
typedef struct
{
  const char          *kind;
  const char          *name;
  const char          *value;
  const char          *detail;
  const char          *id;
  BackstayFindingState state;
  const char          *sql; /* A part of it; %NULL where there must be none. */
} Case;

static const Case cases[] = {
  { "column", "notes", NULL, NULL, "column-notes", BACKSTAY_FINDING_MISSING, "ADD COLUMN notes text" },
  { "column", "model_type", NULL, NULL, "column-model_type", BACKSTAY_FINDING_MISSING, NULL },
  { "column", "model_type", "text", "not null", "column-model_type", BACKSTAY_FINDING_DIFFERENT, NULL },
  { "column", "config_data", "json", "not null", "column-config_data", BACKSTAY_FINDING_DIFFERENT, NULL },
  { "column", "config_name", "character varying(100)", "", "column-config_name", BACKSTAY_FINDING_DIFFERENT,
    "ALTER COLUMN config_name SET NOT NULL" },
  { "column", "is_active", "boolean", "not null", "column-is_active", BACKSTAY_FINDING_PRESENT, NULL },
  { "default", "created_at", NULL, NULL, "column-created_at", BACKSTAY_FINDING_DIFFERENT, "SET DEFAULT now()" },
  { "default", "id", "extensions.uuid_generate_v4()", "", "column-id", BACKSTAY_FINDING_PRESENT, NULL },
  { "constraint", "p", NULL, NULL, "primary-key", BACKSTAY_FINDING_MISSING, "ADD PRIMARY KEY (id)" },
  { "constraint", "f", NULL, NULL, "foreign-key", BACKSTAY_FINDING_MISSING, "REFERENCES public.profiles (id)" },
  { "index", "idx_model_config_history_created", NULL, NULL, "idx_model_config_history_created",
    BACKSTAY_FINDING_MISSING, "CREATE INDEX idx_model_config_history_created ON public.model_config_history (created_at DESC)" },
  { "index", "idx_model_config_history_created", "created_at", "", "idx_model_config_history_created",
    BACKSTAY_FINDING_DIFFERENT, "idx_model_config_history_created_2" },
  { "index", "idx_model_config_history_created", "created_at DESC", "not valid", "idx_model_config_history_created",
    BACKSTAY_FINDING_DIFFERENT, "idx_model_config_history_created_2" },
  { "security", "model_config_history", "off", NULL, "row-security", BACKSTAY_FINDING_MISSING, "ENABLE ROW LEVEL SECURITY" },
  { "policy", "Admin access to model config history", NULL, NULL, "policy", BACKSTAY_FINDING_MISSING, "CREATE POLICY" },
  { "policy", "Admin access to model config history", "model_config_history permissive *",
    "( SELECT public.has_role(( SELECT auth.uid() AS uid), 'admin'::public.app_role) AS has_role)", "policy",
    BACKSTAY_FINDING_PRESENT, NULL },
  { "policy", "Admin access to model config history", "model_config_history permissive *",
    "\"My app\".has_role(auth.uid(), 'admin'::\"My app\".\"Role\") WITH CHECK has_role(auth.uid(), 'admin'::app_role)", "policy",
    BACKSTAY_FINDING_PRESENT, NULL },
  { "policy", "Admin access to model config history", "model_config_history permissive *", "true", "policy",
    BACKSTAY_FINDING_MISSING, "CREATE POLICY" },
  { "policy", "Admin access to model config history", "model_config_history permissive *",
    "(has_role(auth.uid(), 'admin'::app_role) OR true)", "policy", BACKSTAY_FINDING_MISSING, "DROP POLICY" },
  { "policy", "Admin access to model config history", "model_config_history permissive *",
    "has_role(auth.uid(), 'admin'::app_role) WITH CHECK true", "policy", BACKSTAY_FINDING_MISSING, "CREATE POLICY" },
  { "has_role", "public.has_role(_user_id uuid, _role app_role)", NULL, "true", "has-role", BACKSTAY_FINDING_DIFFERENT,
    "SET search_path = public, pg_temp" },
  { "has_role", "public.has_role(_user_id uuid, _role app_role)", "public", "false", "has-role",
    BACKSTAY_FINDING_DIFFERENT, "SET search_path = public, pg_temp" },
  { "has_role", "public.has_role(_user_id uuid, _role app_role)", "pg_temp, public", "true", "has-role",
    BACKSTAY_FINDING_DIFFERENT, "SET search_path = public, pg_temp" },
  { "has_role", "public.has_role(_user_id uuid, _role app_role)", "pg_temp, public, pg_temp", "true", "has-role",
    BACKSTAY_FINDING_DIFFERENT, "SET search_path = public, pg_temp" },
  { "has_role", "public.has_role(_user_id uuid, _role app_role)", "\"public, pg_temp\"", "true", "has-role",
    BACKSTAY_FINDING_DIFFERENT, "SET search_path = public, pg_temp" },
  { "has_role", "public.has_role(_user_id uuid, _role app_role)", "pg_temp", "true", "has-role",
    BACKSTAY_FINDING_DIFFERENT, "SET search_path = public, pg_temp" },
  { "has_role", "public.has_role(_user_id uuid, _role app_role)", "app, \"pg_temp\"", "true", "has-role",
    BACKSTAY_FINDING_PRESENT, NULL },
  { "has_role", "public.has_role(_user_id uuid, _role app_role)", "public, pg_temp", "true", "has-role",
    BACKSTAY_FINDING_PRESENT, NULL },
  { "has_role", "public.has_role(_user_id uuid, _role app_role)", "bound", "true", "has-role", BACKSTAY_FINDING_PRESENT, NULL },
  { "uid", "auth.uid()", "false", "true", "uid", BACKSTAY_FINDING_HIDDEN, NULL },
  { "grant", "authenticated", "model_config_history", "TRUNCATE", "truncate", BACKSTAY_FINDING_DIFFERENT,
    "REVOKE TRUNCATE, REFERENCES, TRIGGER ON public.model_config_history FROM authenticated" },
  { "grant", "Odd \"role\"", "model_config_history", "TRIGGER", "truncate", BACKSTAY_FINDING_DIFFERENT,
    "FROM \"Odd \"\"role\"\"\"" },
  { "grant", "PUBLIC", "model_config_history", "TRUNCATE", "truncate", BACKSTAY_FINDING_DIFFERENT, "FROM PUBLIC;" },
  { "table", "model_config_history", "Odd schema", "r", "foreign-key", BACKSTAY_FINDING_PRESENT, NULL },
  { "table", "model_config_history", "public", "v", "table", BACKSTAY_FINDING_DIFFERENT, NULL },
  { "table", "model_config_history", NULL, NULL, "table", BACKSTAY_FINDING_MISSING, NULL },

  /* Guards */
  { "index", "of_another_name", "unique model_type WHERE (is_active = true)", "", "one-active", BACKSTAY_FINDING_PRESENT, NULL },
  { "index", "model_config_history_one_active", "unique model_type WHERE is_active", "not valid", "one-active",
    BACKSTAY_FINDING_DIFFERENT, "LOCK TABLE" },
  { "index", "model_config_history_one_active", "model_type", "", "one-active", BACKSTAY_FINDING_DIFFERENT, "LOCK TABLE" },
  { "trigger", "zz_model_config_guard_keep", "model_config_guard_keep", "O 31", "keep", BACKSTAY_FINDING_DIFFERENT, "LOCK TABLE" },
  { "trigger", "zz_model_config_guard_keep", "model_config_guard_keep", "D 31", "keep", BACKSTAY_FINDING_DIFFERENT, "LOCK TABLE" },
  { "trigger", "aa_model_config_guard_serialize", "other", "O 30", "serialize", BACKSTAY_FINDING_DIFFERENT, "LOCK TABLE" },
  { "policy", "A login is who it is", "model_config_history permissive *", "true", "bind-identity",
    BACKSTAY_FINDING_DIFFERENT, "AS RESTRICTIVE" },
};

static BackstayFacts *
make_facts (const Case *odd)
{
  BackstayFacts *facts = backstay_facts_new ();

  for (guint i = 0; i < G_N_ELEMENTS (good); i++)
    {
      if (odd == NULL || strcmp (good[i][0], odd->kind) != 0 || strcmp (good[i][1], odd->name) != 0)
        backstay_facts_add (facts, good[i][0], good[i][1], good[i][2], good[i][3]);
    }

  if (odd != NULL && (odd->value != NULL || odd->detail != NULL))
    backstay_facts_add (facts, odd->kind, odd->name, odd->value, odd->detail);

  return facts;
}

static BackstayFinding *
find (GPtrArray  *findings,
      const char *id)
{
  for (guint i = 0; i < findings->len; i++)
    {
      if (strcmp (backstay_finding_get_id (g_ptr_array_index (findings, i)), id) == 0)
        return g_ptr_array_index (findings, i);
    }

  g_error ("Nothing is said of %s", id);
}

static void
test_good (void)
{
  g_autoptr (BackstayFacts) facts = make_facts (NULL);
  g_autoptr (GPtrArray) findings = backstay_inspection_judge (facts);

  g_assert_cmpuint (backstay_inspection_count_problems (findings), ==, 0);

  for (guint i = 0; i < findings->len; i++)
    {
      BackstayFinding *finding = g_ptr_array_index (findings, i);

      g_test_message ("%s: %s", backstay_finding_get_id (finding), backstay_finding_get_state_label (finding));
      g_assert_cmpint (backstay_finding_get_state (finding), ==,
                       backstay_finding_get_optional (finding) ? BACKSTAY_FINDING_MISSING : BACKSTAY_FINDING_PRESENT);
      g_assert_cmpint (backstay_finding_get_sql (finding) != NULL, ==, backstay_finding_get_optional (finding));
      g_assert_cmpint (backstay_finding_get_can_apply (finding), ==, backstay_finding_get_optional (finding));
    }
}

static void
test_one_thing (gconstpointer data)
{
  const Case *odd = data;
  g_autoptr (BackstayFacts) facts = make_facts (odd);
  g_autoptr (GPtrArray) findings = backstay_inspection_judge (facts);
  BackstayFinding *finding = find (findings, odd->id);
  const char      *sql = backstay_finding_get_sql (finding);

  g_assert_cmpint (backstay_finding_get_state (finding), ==, odd->state);
  g_assert_cmpint (sql != NULL, ==, odd->sql != NULL);
  if (sql != NULL)
    g_test_message ("%s", sql);
  g_assert_true (sql == NULL || strstr (sql, odd->sql) != NULL);

  /* Nothing else is wrong because of it. */
  g_assert_cmpuint (backstay_inspection_count_problems (findings), ==, backstay_finding_is_problem (finding));
}

/* Each statement's right is asked for: the function's owner need not be the table's. */
static void
test_rights (void)
{
  static const Case foreign_function = { "has_role", "public.has_role(uuid)", "public", "false", NULL, 0, NULL };
  static const Case not_owner = { "right", "alter-table", "owner", "false", NULL, 0, NULL };
  static const Case standby = { "right", "alter-table", "owner", "read-only", NULL, 0, NULL };
  const Case *const all[] = { &foreign_function, &not_owner, &standby };

  for (guint i = 0; i < G_N_ELEMENTS (all); i++)
    {
      g_autoptr (BackstayFacts) facts = make_facts (all[i]);
      g_autoptr (GPtrArray) findings = backstay_inspection_judge (facts);

      g_assert_false (backstay_finding_get_can_apply (find (findings, "has-role")));
      g_assert_cmpint (backstay_finding_get_can_apply (find (findings, "keep")), ==, i == 0);
    }
}

static void
test_elsewhere (void)
{
  g_autoptr (BackstayFacts) facts = backstay_facts_new ();
  g_autoptr (GPtrArray) findings = NULL;

  backstay_facts_add (facts, "elsewhere", "secret", NULL, NULL);
  findings = backstay_inspection_judge (facts);
  g_assert_cmpuint (findings->len, ==, 1);
  g_assert_cmpint (backstay_finding_get_state (g_ptr_array_index (findings, 0)), ==, BACKSTAY_FINDING_HIDDEN);
  g_assert_nonnull (strstr (backstay_finding_get_found (g_ptr_array_index (findings, 0)), "secret"));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/inspection/good", test_good);
  g_test_add_func ("/inspection/rights", test_rights);
  g_test_add_func ("/inspection/elsewhere", test_elsewhere);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strdup_printf ("/inspection/one-thing/%u-%s", i, cases[i].id);

      g_test_add_data_func (path, &cases[i], test_one_thing);
    }

  return g_test_run ();
}
