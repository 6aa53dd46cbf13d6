/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "backstay-inspection-security"

#include "config.h"

#include "backstay-inspection.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* Who may see and change the table. */

static void
add_row_security (BackstayFacts *facts,
                  GPtrArray     *findings)
{
  gboolean         is_on = backstay_facts_has_value (facts, "security", "model_config_history", "on");
  g_autofree char *table = backstay_inspection_dup_table (facts);
  BackstayFinding *finding;

  finding = backstay_inspection_add (findings, "row-security", BACKSTAY_FINDING_SECURITY, is_on ? BACKSTAY_FINDING_PRESENT : BACKSTAY_FINDING_MISSING,
                                     _ ("Row-level security"),
                                     is_on ? _ ("The table's policies decide who sees and changes its rows. They do not bind its owner and "
                                                "logins that may bypass them.")
                                           : _ ("It is off: everybody with rights on the table can see and change every version, whatever "
                                                "the policies say. Once it is on, nobody but those that a policy lets in, the owner and "
                                                "logins that may bypass it get to the rows; so look at the policy first."));

  if (is_on)
    return;

  backstay_finding_set_grave (finding);
  backstay_finding_take_fix (finding, g_strdup_printf ("ALTER TABLE %s ENABLE ROW LEVEL SECURITY;\n", table),
                             backstay_inspection_may_alter (facts));
}

/* Spelt with or without schemas, and with or without the sub-queries that ask only once. What asks for
 * anything else lets others in, or not all administrators. */
static gboolean
asks_for_admin (const char *condition)
{
  g_autoptr (GRegex) forms = g_regex_new ("\\s|[()]|\\bSELECT\\b|\\bAS \\w+|::([\\w.]|\"[^\"]*\")+|(\\w+|\"[^\"]*\")\\.(?=has_role\\()",
                                          0, 0, NULL);
  g_autofree char *text = g_regex_replace_literal (forms, condition, -1, 0, "", 0, NULL);

  return g_strcmp0 (text, "has_roleauth.uid,'admin'") == 0;
}

/* What may be seen, and what may be written where that is another condition. */
static gboolean
is_admins_policy (const BackstayFact *policy)
{
  g_auto (GStrv) conditions = NULL;

  if (!g_str_has_prefix (policy->value, "model_config_history permissive *") || policy->detail == NULL)
    return FALSE;

  conditions = g_strsplit (policy->detail, " WITH CHECK ", 2);

  return asks_for_admin (conditions[0]) && (conditions[1] == NULL || asks_for_admin (conditions[1]));
}

static void
add_policy (BackstayFacts      *facts,
            const BackstayFact *policy,
            GPtrArray          *findings)
{
  g_autofree char *table = backstay_inspection_dup_table (facts);
  const char      *title = "Admin access to model config history";
  gboolean         is_taken = backstay_facts_find (facts, "policy", title) != NULL;
  g_autofree char *drop = is_taken ? g_strdup_printf ("DROP POLICY \"%s\" ON %s;\n", title, table) : g_strdup ("");
  BackstayFinding *finding;

  if (policy != NULL)
    {
      finding = backstay_inspection_add (findings, "policy", BACKSTAY_FINDING_SECURITY, BACKSTAY_FINDING_PRESENT, policy->name,
                                         _ ("Lets administrators see and change everything, and nobody else."));
      backstay_finding_set_found (finding, policy->detail);
      return;
    }

  finding = backstay_inspection_add (findings, "policy", BACKSTAY_FINDING_SECURITY, BACKSTAY_FINDING_MISSING, title,
                                     _ ("No policy asks has_role() whether one is an administrator, and nothing else. Administrators that "
                                        "sign in as a profile see nothing then, unless another policy lets them."));

  if (backstay_facts_find (facts, "has_role", NULL) != NULL && backstay_facts_find (facts, "uid", NULL) != NULL)
    backstay_finding_take_fix (finding,
                               g_strdup_printf ("%sCREATE POLICY \"%s\" ON %s\n"
                                                "  FOR ALL TO public\n"
                                                "  USING (has_role(auth.uid(), 'admin'));\n",
                                                drop, title, table),
                               backstay_inspection_may_alter (facts));
}

/* Permissive policies add up: each lets somebody in. */
static void
add_policies (BackstayFacts *facts,
              GPtrArray     *findings)
{
  const BackstayFact *admins = NULL;
  g_autoptr (GPtrArray) others = g_ptr_array_new ();

  for (guint i = 0; i < backstay_facts_get_n (facts); i++)
    {
      const BackstayFact *fact = backstay_facts_get (facts, i);

      if (strcmp (fact->kind, "policy") != 0 || !g_str_has_prefix (fact->value, "model_config_history "))
        continue;

      if (admins == NULL && is_admins_policy (fact))
        admins = fact;
      else if (strstr (fact->value, "permissive") != NULL)
        g_ptr_array_add (others, (gpointer) fact);
    }

  add_policy (facts, admins, findings);

  for (guint i = 0; i < others->len; i++)
    {
      const BackstayFact *fact = g_ptr_array_index (others, i);
      g_autofree char    *id = g_strdup_printf ("policy-%s", fact->name);
      BackstayFinding    *finding;

      finding = backstay_inspection_add (findings, id, BACKSTAY_FINDING_SECURITY, BACKSTAY_FINDING_PRESENT, fact->name,
                                         _ ("A policy that the table's document does not have. Policies add up, so this one lets more people "
                                            "in. That may be as it should be: services that read what is live need one."));
      backstay_finding_set_found (finding, fact->detail);
    }
}

static gboolean
is_temporary (char *schema)
{
  g_strstrip (schema);

  return strcmp (schema, "pg_temp") == 0 || strcmp (schema, "\"pg_temp\"") == 0;
}

/* With pg_temp at the end, and nowhere before, a caller's temporary table is found last. Where the path is
 * empty, every name has to come with its schema, or nothing is found at all. */
static gboolean
is_safe_path (const char *path)
{
  g_auto (GStrv) schemas = NULL;
  guint n;

  if (path == NULL)
    return FALSE;

  if (strcmp (path, "bound") == 0 || strcmp (path, "") == 0 || strcmp (path, "\"\"") == 0)
    return TRUE;

  schemas = g_strsplit (path, ",", -1);
  n = g_strv_length (schemas);

  for (guint i = 0; i < n; i++)
    {
      if (is_temporary (schemas[i]) != (i == n - 1))
        return FALSE;
    }

  return n > 1;
}

static char *
dup_safe_path (const char *path,
               const char *schema)
{
  g_auto (GStrv) schemas = g_strsplit (path != NULL ? path : "", ",", -1);
  GString *safe = g_string_new (NULL);

  for (guint i = 0; schemas[i] != NULL; i++)
    {
      gboolean is_part = g_str_has_prefix (g_strstrip (schemas[i]), "\"") != g_str_has_suffix (schemas[i], "\"");

      /* Nobody has a schema with a comma in its name, but some quote the whole path. */
      if (!is_part && !is_temporary (schemas[i]))
        g_string_append_printf (safe, "%s, ", schemas[i]);
    }

  if (safe->len == 0)
    g_string_append_printf (safe, "%s, ", schema);

  g_string_append (safe, "pg_temp");

  return g_string_free (safe, FALSE);
}

static void
add_has_role (BackstayFacts *facts,
              GPtrArray     *findings)
{
  const BackstayFact *function = backstay_facts_find (facts, "has_role", NULL);
  BackstayFinding    *finding;
  g_autofree char    *schema = NULL;
  g_autofree char    *path = NULL;
  g_autofree char    *found = NULL;

  if (function == NULL)
    {
      finding = backstay_inspection_add (findings, "has-role", BACKSTAY_FINDING_SECURITY, BACKSTAY_FINDING_MISSING, "has_role()",
                                         _ ("The function that says who is an administrator is not there, or this login does not find it. "
                                            "Without it the rights of the logins and other policies decide."));
      return;
    }

  if (function->value != NULL)
    found = g_strdup_printf (_ ("search path: %s"), strcmp (function->value, "bound") == 0 ? "—" : function->value);

  if (is_safe_path (function->value))
    {
      finding = backstay_inspection_add (findings, "has-role", BACKSTAY_FINDING_SECURITY, BACKSTAY_FINDING_PRESENT, "has_role()",
                                         _ ("Says who is an administrator, and cannot be fooled by a temporary table."));
      backstay_finding_set_found (finding, found);
      return;
    }

  finding = backstay_inspection_add (findings, "has-role", BACKSTAY_FINDING_SECURITY, BACKSTAY_FINDING_DIFFERENT, "has_role()",
                                     _ ("It can be fooled: whoever can send SQL makes a temporary table user_roles, in which they are an "
                                        "administrator, and the function finds that one first. Its search path has to be fixed, with "
                                        "pg_temp at the end."));
  backstay_finding_set_found (finding, found != NULL ? found : _ ("no search path of its own"));
  backstay_finding_set_grave (finding);

  schema = g_strndup (function->name, strcspn (function->name, "."));
  path = dup_safe_path (function->value, schema);
  backstay_finding_take_fix (finding,
                             g_strdup_printf ("ALTER FUNCTION %s\n  SET search_path = %s;\n", function->name, path),
                             g_strcmp0 (function->detail, "true") == 0);
}

static void
add_uid (BackstayFacts *facts,
         GPtrArray     *findings)
{
  const BackstayFact  *function = backstay_facts_find (facts, "uid", NULL);
  BackstayFindingState state = BACKSTAY_FINDING_PRESENT;
  const char          *meaning = _ ("Says who is signed in.");

  if (function == NULL)
    {
      state = BACKSTAY_FINDING_MISSING;
      meaning = _ ("The function that says who is signed in is not there. Backstay then acts as its login, and profiles "
                   "cannot be signed in as.");
    }
  else if (g_strcmp0 (function->value, "true") != 0 || g_strcmp0 (function->detail, "true") != 0)
    {
      state = BACKSTAY_FINDING_HIDDEN;
      meaning = _ ("The function that says who is signed in is there, but this login may not call it as itself.");
    }

  backstay_inspection_add (findings, "uid", BACKSTAY_FINDING_SECURITY, state, "auth.uid()", meaning);
}

static void
add_truncate (BackstayFacts *facts,
              GPtrArray     *findings)
{
  g_autofree char *table = backstay_inspection_dup_table (facts);
  g_autoptr (GString) found = g_string_new (NULL);
  g_autoptr (GString) sql = g_string_new (NULL);
  BackstayFinding *finding;

  for (guint i = 0; i < backstay_facts_get_n (facts); i++)
    {
      const BackstayFact *fact = backstay_facts_get (facts, i);
      gboolean            is_public = strcmp (fact->name, "PUBLIC") == 0;
      g_autofree char    *role = is_public ? g_strdup ("PUBLIC") : backstay_inspection_quote (fact->name);

      if (strcmp (fact->kind, "grant") != 0 || g_strcmp0 (fact->value, "model_config_history") != 0)
        continue;

      g_string_append_printf (found, "%s%s: %s", found->len > 0 ? "; " : "", fact->name, fact->detail);
      g_string_append_printf (sql, "REVOKE TRUNCATE, REFERENCES, TRIGGER ON %s FROM %s;\n", table, role);
    }

  if (found->len == 0)
    {
      backstay_inspection_add (findings, "truncate", BACKSTAY_FINDING_SECURITY, BACKSTAY_FINDING_PRESENT, _ ("Nobody else may truncate it"),
                               _ ("Row-level security does not cover TRUNCATE, nor adding triggers; so it is good that only the owner may "
                                  "do so."));
      return;
    }

  finding = backstay_inspection_add (findings, "truncate", BACKSTAY_FINDING_SECURITY, BACKSTAY_FINDING_DIFFERENT, _ ("Others may truncate it"),
                                     _ ("Row-level security does not cover TRUNCATE, nor adding triggers: whoever gets these rights can empty "
                                        "the table, administrator or not. Clients that only read and write rows need neither."));
  backstay_finding_set_found (finding, found->str);
  backstay_finding_take_fix (finding, g_string_free (g_steal_pointer (&sql), FALSE),
                             backstay_inspection_may_alter (facts));
}

void
backstay_inspection_add_security (BackstayFacts *facts,
                                  GPtrArray     *findings)
{
  add_row_security (facts, findings);
  add_policies (facts, findings);
  add_has_role (facts, findings);
  add_uid (facts, findings);
  add_truncate (facts, findings);
}
