/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "backstay-inspection"

#include "config.h"

#include "backstay-inspection.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* What the catalogs say is compared with what the table's document says, and what that means is put in
 * words. Nothing here asks a server. */

typedef struct
{
  const char *name;
  const char *type;
  gboolean    not_null;
  const char *default_value; /* Any is as good, where there is one. */
  const char *meaning;
} Column;

static const Column columns[] = {
  { "id", "uuid", TRUE, "gen_random_uuid()",
    N_ ("Names a version for good. Backstay makes it itself for what it writes.") },
  { "model_type", "character varying(20)", TRUE, NULL,
    N_ ("What a version is for. Names that differ in case or in a blank are different model types.") },
  { "config_name", "character varying(100)", TRUE, NULL,
    N_ ("What people call a version. It need not be the only one of its name.") },
  { "config_data", "jsonb", TRUE, NULL,
    N_ ("The configuration itself.") },
  { "is_active", "boolean", FALSE, "false",
    N_ ("Whether a service reads it. Where it is null, the version counts as not active.") },
  { "created_by", "uuid", FALSE, NULL,
    N_ ("Who made it. Without it nobody can be asked why.") },
  { "created_at", "timestamp with time zone", FALSE, "now()",
    N_ ("When it was made. A service reads the newest active version, so the order depends on it.") },
  { "notes", "text", FALSE, NULL,
    N_ ("Why it was made. Backstay writes there what was rolled back, and the reason.") },
};

typedef struct
{
  const char *name;
  const char *keys;
  const char *meaning;
} Index;

static const Index indexes[] = {
  { "idx_model_config_history_model_active", "model_type, is_active, created_at DESC",
    N_ ("Finds what is live, and gives a history in order: without it each look reads the whole table.") },
  { "idx_model_config_history_created", "created_at DESC",
    N_ ("Finds what was made lately.") },
  { "idx_model_config_history_creator", "created_by, created_at DESC",
    N_ ("Finds what somebody made.") },
  { "idx_model_config_history_type_name", "model_type, config_name",
    N_ ("Finds a version by its name.") },
};

/* An identifier as SQL writes it. */
char *
backstay_inspection_quote (const char *name)
{
  const char *letters = "abcdefghijklmnopqrstuvwxyz_0123456789";
  GString    *quoted;

  if (name[0] != '\0' && !g_ascii_isdigit (name[0]) && strspn (name, letters) == strlen (name))
    return g_strdup (name);

  quoted = g_string_new (name);
  g_string_replace (quoted, "\"", "\"\"", 0);
  g_string_prepend_c (quoted, '"');
  g_string_append_c (quoted, '"');

  return g_string_free (quoted, FALSE);
}

/* The table with its schema. */
char *
backstay_inspection_dup_table (BackstayFacts *facts)
{
  const BackstayFact *table = backstay_facts_find (facts, "table", "model_config_history");
  g_autofree char    *schema = NULL;

  if (table == NULL)
    return g_strdup ("model_config_history");

  schema = backstay_inspection_quote (table->value);

  return g_strdup_printf ("%s.model_config_history", schema);
}

gboolean
backstay_inspection_may_alter (BackstayFacts *facts)
{
  const BackstayFact *right = backstay_facts_find (facts, "right", "alter-table");

  return right != NULL && g_strcmp0 (right->detail, "true") == 0;
}

/* Gives the finding that was added. */
BackstayFinding *
backstay_inspection_add (GPtrArray           *findings,
                         const char          *id,
                         BackstayFindingGroup group,
                         BackstayFindingState state,
                         const char          *title,
                         const char          *meaning)
{
  BackstayFinding *finding = backstay_finding_new (id, group, state, title, meaning);

  g_ptr_array_add (findings, finding);

  return finding;
}

/* The table */

static void
add_table (BackstayFacts *facts,
           GPtrArray     *findings)
{
  const BackstayFact  *table = backstay_facts_find (facts, "table", "model_config_history");
  const BackstayFact  *elsewhere = backstay_facts_find (facts, "elsewhere", NULL);
  BackstayFindingState state = BACKSTAY_FINDING_PRESENT;
  BackstayFinding     *finding;
  g_autofree char     *found = NULL;
  const char          *meaning = _ ("All versions of all model types are in this table.");

  if (table != NULL && g_strcmp0 (table->detail, "r") != 0)
    {
      state = BACKSTAY_FINDING_DIFFERENT;
      meaning = _ ("It is no ordinary table but a view, a partitioned or a foreign table. Backstay reads it, but "
                   "whether a rollback can lock it depends on the server.");
    }
  else if (table == NULL && elsewhere != NULL)
    {
      state = BACKSTAY_FINDING_HIDDEN;
      found = g_strdup_printf (_ ("There is one in the schema %s"), elsewhere->name);
      meaning = _ ("The table is in a schema that this login may not use or that is not the configured one. Ask its "
                   "owner for the right, or set the schema of the server.");
    }
  else if (table == NULL)
    {
      state = BACKSTAY_FINDING_MISSING;
      meaning = _ ("This database has no such table. Look whether it is the right one.");
    }
  else
    {
      found = g_strdup_printf (_ ("In the schema %s"), table->value);
    }

  finding = backstay_inspection_add (findings, "table", BACKSTAY_FINDING_TABLE, state, "model_config_history", meaning);
  backstay_finding_set_found (finding, found);
}

static char *
dup_column_spelling (const char *type,
                     gboolean    not_null,
                     const char *default_value)
{
  return g_strdup_printf ("%s%s%s%s", type, not_null ? " NOT NULL" : "",
                          default_value != NULL ? " DEFAULT " : "", default_value != NULL ? default_value : "");
}

/* Only what changes no row that is there. */
static char *
dup_column_fix (BackstayFacts      *facts,
                const Column       *column,
                const BackstayFact *there,
                gboolean            lacks_not_null,
                gboolean            lacks_default)
{
  g_autofree char *table = backstay_inspection_dup_table (facts);
  g_autofree char *spelling = dup_column_spelling (column->type, FALSE, column->default_value);
  GString         *sql;

  /* It would have to be filled. */
  if (there == NULL && column->not_null)
    return NULL;

  if (there == NULL)
    return g_strdup_printf ("ALTER TABLE %s ADD COLUMN %s %s;\n", table, column->name, spelling);

  sql = g_string_new (NULL);
  if (lacks_not_null)
    g_string_append_printf (sql, "ALTER TABLE %s ALTER COLUMN %s SET NOT NULL;\n", table, column->name);
  if (lacks_default)
    g_string_append_printf (sql, "ALTER TABLE %s ALTER COLUMN %s SET DEFAULT %s;\n", table, column->name,
                            column->default_value);

  if (sql->len == 0)
    {
      g_string_free (sql, TRUE);
      return NULL;
    }

  return g_string_free (sql, FALSE);
}

static void
add_column (BackstayFacts *facts,
            const Column  *column,
            GPtrArray     *findings)
{
  const BackstayFact  *there = backstay_facts_find (facts, "column", column->name);
  const BackstayFact  *value = backstay_facts_find (facts, "default", column->name);
  gboolean             is_not_null = there != NULL && g_strcmp0 (there->detail, "not null") == 0;
  gboolean             is_same_type = there != NULL && g_strcmp0 (there->value, column->type) == 0;
  gboolean             lacks_not_null = column->not_null && !is_not_null;
  gboolean             lacks_default = column->default_value != NULL && value == NULL;
  BackstayFindingState state = BACKSTAY_FINDING_PRESENT;
  g_autofree char     *id = g_strdup_printf ("column-%s", column->name);
  g_autofree char     *expected = dup_column_spelling (column->type, column->not_null, column->default_value);
  g_autofree char     *found = NULL;
  g_autofree char     *meaning = NULL;
  BackstayFinding     *finding;

  if (there == NULL)
    state = BACKSTAY_FINDING_MISSING;
  else if (!is_same_type || lacks_not_null || lacks_default)
    state = BACKSTAY_FINDING_DIFFERENT;

  if (there != NULL)
    found = dup_column_spelling (there->value, is_not_null, value != NULL ? value->value : NULL);

  if (state == BACKSTAY_FINDING_PRESENT)
    meaning = g_strdup (_ (column->meaning));
  else if (there != NULL && !is_same_type)
    /* Translators: what a column is for, and how it should be declared. */
    meaning = g_strdup_printf (_ ("%s It should be %s. Backstay offers no statement for another type: that rewrites "
                                  "every row."),
                               _ (column->meaning), expected);
  else
    meaning = g_strdup_printf (_ ("%s It should be %s."), _ (column->meaning), expected);

  finding = backstay_inspection_add (findings, id, BACKSTAY_FINDING_TABLE, state, column->name, meaning);
  backstay_finding_set_found (finding, found);

  if (state != BACKSTAY_FINDING_PRESENT)
    backstay_finding_take_fix (finding, dup_column_fix (facts, column, there, lacks_not_null, lacks_default),
                               backstay_inspection_may_alter (facts));
}

static void
add_primary_key (BackstayFacts *facts,
                 GPtrArray     *findings)
{
  const BackstayFact  *key = backstay_facts_find (facts, "constraint", "p");
  g_autofree char     *table = backstay_inspection_dup_table (facts);
  BackstayFindingState state = BACKSTAY_FINDING_PRESENT;
  BackstayFinding     *finding;

  if (key == NULL)
    state = BACKSTAY_FINDING_MISSING;
  else if (g_strcmp0 (key->value, "id") != 0)
    state = BACKSTAY_FINDING_DIFFERENT;

  finding = backstay_inspection_add (findings, "primary-key", BACKSTAY_FINDING_TABLE, state, _ ("Primary key"),
                                     _ ("No two versions may have one id: after a lost answer Backstay finds out by the id what became of "
                                        "a rollback."));
  backstay_finding_set_found (finding, key != NULL ? key->value : NULL);

  if (state == BACKSTAY_FINDING_MISSING)
    backstay_finding_take_fix (finding, g_strdup_printf ("ALTER TABLE %s ADD PRIMARY KEY (id);\n", table),
                               backstay_inspection_may_alter (facts));
}

static void
add_foreign_key (BackstayFacts *facts,
                 GPtrArray     *findings)
{
  BackstayFinding *finding;
  g_autofree char *found = NULL;

  for (guint i = 0; i < backstay_facts_get_n (facts); i++)
    {
      const BackstayFact *fact = backstay_facts_get (facts, i);

      if (strcmp (fact->kind, "constraint") == 0 && strcmp (fact->name, "f") == 0 &&
          g_strcmp0 (fact->value, "created_by") == 0)
        found = g_strdup_printf ("created_by → %s", fact->detail);
    }

  finding = backstay_inspection_add (findings, "foreign-key", BACKSTAY_FINDING_TABLE,
                                     found != NULL ? BACKSTAY_FINDING_PRESENT : BACKSTAY_FINDING_MISSING,
                                     _ ("Reference to the profiles"),
                                     _ ("Keeps a profile that made a version from being deleted. Versions whose creator has no profile may "
                                        "be in the way of adding it; look for them under Integrity."));
  backstay_finding_set_found (finding, found);

  if (found == NULL)
    {
      g_autofree char *table = backstay_inspection_dup_table (facts);
      g_autofree char *schema = g_strndup (table, strlen (table) - strlen (".model_config_history"));

      backstay_finding_take_fix (finding,
                                 g_strdup_printf ("ALTER TABLE %s ADD FOREIGN KEY (created_by) REFERENCES %s.profiles (id);\n",
                                                  table, schema),
                                 backstay_inspection_may_alter (facts));
    }
}

/* The indexes */

/* An index counts by what it is, whatever its name. */
static const BackstayFact *
find_index (BackstayFacts *facts,
            const Index   *index)
{
  for (guint i = 0; i < backstay_facts_get_n (facts); i++)
    {
      const BackstayFact *fact = backstay_facts_get (facts, i);

      if (strcmp (fact->kind, "index") == 0 && g_strcmp0 (fact->value, index->keys) == 0 &&
          g_strcmp0 (fact->detail, "not valid") != 0)
        return fact;
    }

  return NULL;
}

static void
add_index (BackstayFacts *facts,
           const Index   *index,
           GPtrArray     *findings)
{
  const BackstayFact  *there = find_index (facts, index);
  const BackstayFact  *namesake = backstay_facts_find (facts, "index", index->name);
  BackstayFindingState state = BACKSTAY_FINDING_PRESENT;
  g_autofree char     *table = backstay_inspection_dup_table (facts);
  g_autofree char     *found = NULL;
  BackstayFinding     *finding;

  if (there != NULL)
    found = g_strdup_printf ("%s (%s)", there->name, there->value);
  else if (namesake != NULL)
    /* Translators: an index's columns, and perhaps that the index is not valid. */
    found = g_strdup_printf (_ ("It is (%s) %s"), namesake->value, namesake->detail);

  if (there == NULL)
    state = namesake != NULL ? BACKSTAY_FINDING_DIFFERENT : BACKSTAY_FINDING_MISSING;

  finding = backstay_inspection_add (findings, index->name, BACKSTAY_FINDING_INDEXES, state, index->keys, _ (index->meaning));
  backstay_finding_set_found (finding, found);

  /* Another index of that name stays: somebody may need it. */
  if (state != BACKSTAY_FINDING_PRESENT)
    backstay_finding_take_fix (finding,
                               g_strdup_printf ("CREATE INDEX %s%s ON %s (%s);\n", index->name,
                                                namesake != NULL ? "_2" : "", table, index->keys),
                               backstay_inspection_may_alter (facts));
}

/**
 * backstay_inspection_judge:
 * @facts: what the catalogs say
 *
 * Compares what is there with what the table's document says and with the guards.
 *
 * Returns: (transfer full) (element-type BackstayFinding): the findings, group by group
 */
GPtrArray *
backstay_inspection_judge (BackstayFacts *facts)
{
  GPtrArray *findings;

  g_return_val_if_fail (facts != NULL, NULL);

  findings = g_ptr_array_new_with_free_func (g_object_unref);
  add_table (facts, findings);

  /* Of what is not there nothing can be said. */
  if (backstay_facts_find (facts, "table", "model_config_history") == NULL)
    return findings;

  for (guint i = 0; i < G_N_ELEMENTS (columns); i++)
    add_column (facts, &columns[i], findings);
  add_primary_key (facts, findings);
  add_foreign_key (facts, findings);
  for (guint i = 0; i < G_N_ELEMENTS (indexes); i++)
    add_index (facts, &indexes[i], findings);

  backstay_inspection_add_security (facts, findings);
  backstay_inspection_add_guards (facts, findings);

  return findings;
}

/**
 * backstay_inspection_count_problems:
 * @findings: (element-type BackstayFinding): the findings
 *
 * Returns: how many of them somebody should do something about
 */
guint
backstay_inspection_count_problems (GPtrArray *findings)
{
  guint n = 0;

  g_return_val_if_fail (findings != NULL, 0);

  for (guint i = 0; i < findings->len; i++)
    n += backstay_finding_is_problem (g_ptr_array_index (findings, i));

  return n;
}

/**
 * backstay_inspection_dup_script:
 * @name: the name of a script of data/sql, without its ending
 *
 * Returns: (transfer full): the script
 */
char *
backstay_inspection_dup_script (const char *name)
{
  g_autofree char *path = g_strdup_printf (BACKSTAY_RESOURCE_PATH "/sql/%s.sql", name);
  g_autoptr (GBytes) script = g_resources_lookup_data (path, G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);

  /* It is linked into the program. */
  g_assert (script != NULL);

  return g_strndup (g_bytes_get_data (script, NULL), g_bytes_get_size (script));
}
