/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "backstay-inspection-guards"

#include "config.h"

#include "backstay-inspection.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* Are the guards of data/sql there, do they work, and are they what they were? */

/* A trigger: how it should be enabled (O, or A for always), and the bits of pg_trigger.tgtype for when
 * it works. */
typedef struct
{
  const char *name;
  const char *function;
  const char *detail;
} Trigger;

static const Trigger serialize = { "aa_model_config_guard_serialize", "model_config_guard_serialize", "O 30" };
static const Trigger keep = { "zz_model_config_guard_keep", "model_config_guard_keep", "O 31" };
static const Trigger truncate_trigger = { "zz_model_config_guard_truncate", "model_config_guard_truncate", "A 34" };
static const Trigger audit = { "zz_model_config_guard_audit", "model_config_guard_audit", "A 21" };
static const Trigger append_only = { "model_config_guard_append_only", "model_config_guard_append_only", "A 58" };
static const Trigger demote_insert = { "mm_model_config_guard_demote_insert", "model_config_guard_demote", "O 7" };
static const Trigger demote_update = { "mm_model_config_guard_demote_update", "model_config_guard_demote", "O 19" };

static BackstayFinding *
add_optional (GPtrArray           *findings,
              const char          *id,
              BackstayFindingGroup group,
              BackstayFindingState state,
              const char          *title,
              const char          *meaning)
{
  BackstayFinding *finding = backstay_inspection_add (findings, id, group, state, title, meaning);

  backstay_finding_set_optional (finding);

  return finding;
}

/* What the script gives a function to do, as the server keeps it. */
static char *
dup_checksum (const char *script,
              const char *function)
{
  g_autofree char *heading = g_strdup_printf ("FUNCTION %s()\n", function);
  const char      *start = strstr (script, heading);
  const char      *end;

  if (start == NULL || (start = strstr (start, "$guard$")) == NULL)
    return NULL;

  start += strlen ("$guard$");
  end = strstr (start, "$guard$");

  return g_compute_checksum_for_string (G_CHECKSUM_MD5, start, end != NULL ? end - start : -1);
}

/* Adds what is wrong with a trigger; gives whether it is there. */
static gboolean
look_at_trigger (BackstayFacts *facts,
                 const char    *script,
                 const Trigger *trigger,
                 GString       *wrong)
{
  const BackstayFact *fact = backstay_facts_find (facts, "trigger", trigger->name);
  const BackstayFact *function = backstay_facts_find (facts, "function", trigger->function);
  g_autofree char    *checksum = dup_checksum (script, trigger->function);

  if (fact == NULL)
    return FALSE;

  if (g_str_has_prefix (fact->detail, "D"))
    g_string_append_printf (wrong, _ ("The trigger %s is turned off. "), trigger->name);
  else if (g_strcmp0 (fact->value, trigger->function) != 0 || g_strcmp0 (fact->detail, trigger->detail) != 0)
    g_string_append_printf (wrong, _ ("The trigger %s is not the one that the script makes. "), trigger->name);
  else if (function == NULL || g_strcmp0 (function->value, checksum) != 0)
    g_string_append_printf (wrong, _ ("The function %s() was changed, or is of another version of the script. "),
                            trigger->function);

  return TRUE;
}

static void
add_triggers (BackstayFacts        *facts,
              GPtrArray            *findings,
              const char           *script_name,
              BackstayFindingGroup  group,
              const char           *id,
              const char           *title,
              const char           *meaning,
              const Trigger *const *triggers)
{
  g_autofree char *script = backstay_inspection_dup_script (script_name);
  g_autoptr (GString) wrong = g_string_new (NULL);
  BackstayFindingState state = BACKSTAY_FINDING_PRESENT;
  BackstayFinding     *finding;
  guint                n_there = 0;
  guint                n = 0;

  for (; triggers[n] != NULL; n++)
    n_there += look_at_trigger (facts, script, triggers[n], wrong);

  if (n_there > 0 && n_there < n)
    g_string_append (wrong, _ ("A part of it is missing. "));

  if (n_there == 0)
    state = BACKSTAY_FINDING_MISSING;
  else if (wrong->len > 0)
    state = BACKSTAY_FINDING_DIFFERENT;

  finding = add_optional (findings, id, group, state, title, meaning);

  if (wrong->len > 0)
    backstay_finding_set_found (finding, g_strchomp (wrong->str));
  if (state != BACKSTAY_FINDING_PRESENT)
    backstay_finding_take_fix (finding, g_steal_pointer (&script), backstay_inspection_may_alter (facts));
}

static void
add_one_active (BackstayFacts *facts,
                GPtrArray     *findings)
{
  const BackstayFact  *namesake = backstay_facts_find (facts, "index", "model_config_history_one_active");
  const BackstayFact  *there = NULL;
  BackstayFindingState state = BACKSTAY_FINDING_PRESENT;
  BackstayFinding     *finding;

  for (guint i = 0; i < backstay_facts_get_n (facts); i++)
    {
      const BackstayFact *fact = backstay_facts_get (facts, i);

      /* Whatever its name, and however the condition is spelt. */
      if (strcmp (fact->kind, "index") == 0 && g_strcmp0 (fact->detail, "not valid") != 0 &&
          (g_strcmp0 (fact->value, "unique model_type WHERE is_active") == 0 ||
           g_strcmp0 (fact->value, "unique model_type WHERE (is_active = true)") == 0 ||
           g_strcmp0 (fact->value, "unique model_type WHERE (is_active IS TRUE)") == 0))
        there = fact;
    }

  if (there == NULL)
    state = namesake != NULL ? BACKSTAY_FINDING_DIFFERENT : BACKSTAY_FINDING_MISSING;

  finding = add_optional (findings, "one-active", BACKSTAY_FINDING_GUARDS, state, _ ("One active version a model type"),
                          _ ("Without it two clients that activate at the same time leave two active versions, and a service "
                             "reads the newer one, whichever was meant. The script leaves it out while a model type has "
                             "several active versions: repair that first, under Integrity."));
  if (there != NULL)
    backstay_finding_set_found (finding, there->name);
  else if (namesake != NULL)
    backstay_finding_set_found (finding, _ ("An index of that name is there, but it is another one or not valid. Drop "
                                            "it first."));

  if (state != BACKSTAY_FINDING_PRESENT)
    backstay_finding_take_fix (finding, backstay_inspection_dup_script ("guards"), backstay_inspection_may_alter (facts));
}

/* Does anybody but the owner have rights that an append-only table is not for? */
static void
add_audit_rights (BackstayFacts *facts,
                  GPtrArray     *findings)
{
  const BackstayFact  *table = backstay_facts_find (facts, "table", "model_config_audit");
  const BackstayFact  *see = backstay_facts_find (facts, "see-audit", NULL);
  gboolean             is_bound = backstay_facts_has_value (facts, "security", "model_config_audit", "on");
  BackstayFindingState state = BACKSTAY_FINDING_PRESENT;
  g_autoptr (GString) found = g_string_new (NULL);
  BackstayFinding *finding;

  if (table == NULL)
    return;

  for (guint i = 0; i < backstay_facts_get_n (facts); i++)
    {
      const BackstayFact *fact = backstay_facts_get (facts, i);

      if (strcmp (fact->kind, "grant") == 0 && g_strcmp0 (fact->value, "model_config_audit") == 0)
        g_string_append_printf (found, "%s%s: %s", found->len > 0 ? "; " : "", fact->name, fact->detail);
    }

  if (!is_bound)
    g_string_append_printf (found, "%s%s", found->len > 0 ? "; " : "", _ ("row-level security is off"));

  if (found->len > 0)
    state = BACKSTAY_FINDING_DIFFERENT;
  else if (see != NULL && g_strcmp0 (see->value, "true") != 0)
    state = BACKSTAY_FINDING_HIDDEN;

  finding = add_optional (findings, "audit-rights", BACKSTAY_FINDING_GUARDS, state, _ ("The audit trail is read only"),
                          state == BACKSTAY_FINDING_HIDDEN
                            ? _ ("This login may not read the audit trail as itself. A profile that is signed in as an "
                                 "administrator may.")
                            : _ ("Administrators read the trail, and nobody but the guards' own trigger writes it."));
  if (found->len > 0)
    backstay_finding_set_found (finding, found->str);
  if (state == BACKSTAY_FINDING_DIFFERENT)
    backstay_finding_take_fix (finding, backstay_inspection_dup_script ("guards"), backstay_inspection_may_alter (facts));
}

static gboolean
is_bound (BackstayFacts *facts,
          const char    *table)
{
  g_autofree char *kind = g_strdup_printf ("%s restrictive ", table);

  for (guint i = 0; i < backstay_facts_get_n (facts); i++)
    {
      const BackstayFact *fact = backstay_facts_get (facts, i);

      if (strcmp (fact->kind, "policy") == 0 && strcmp (fact->name, "A login is who it is") == 0 &&
          g_str_has_prefix (fact->value, kind) && fact->detail != NULL &&
          strstr (fact->detail, "model_config_guard_may_be(") != NULL)
        return TRUE;
    }

  return FALSE;
}

static void
add_bind_identity (BackstayFacts *facts,
                   GPtrArray     *findings)
{
  /* It may have been made afterwards. */
  gboolean             has_trail = backstay_facts_find (facts, "table", "model_config_audit") != NULL;
  BackstayFindingState state = BACKSTAY_FINDING_PRESENT;
  BackstayFinding     *finding;

  if (backstay_facts_find (facts, "policy", "A login is who it is") == NULL)
    state = BACKSTAY_FINDING_MISSING;
  else if (!is_bound (facts, "model_config_history") || (has_trail && !is_bound (facts, "model_config_audit")) ||
           backstay_facts_find (facts, "function", "model_config_guard_may_be") == NULL)
    state = BACKSTAY_FINDING_DIFFERENT;

  finding = add_optional (findings, "bind-identity", BACKSTAY_FINDING_ADDITIONS, state, _ ("A login is who it is"),
                          _ ("Who a client says it is, is only said: without this, a login that may become “authenticated” can say "
                             "that it is an administrator. Put the logins of all who have to get in into "
                             "model_config_guard_login, before they need to."));

  if (state != BACKSTAY_FINDING_PRESENT)
    backstay_finding_take_fix (finding, backstay_inspection_dup_script ("bind-identity"),
                               backstay_inspection_may_alter (facts));
}

void
backstay_inspection_add_guards (BackstayFacts *facts,
                                GPtrArray     *findings)
{
  add_one_active (facts, findings);
  add_triggers (facts, findings, "guards", BACKSTAY_FINDING_GUARDS, "keep", _ ("Versions do not change"),
                _ ("Without it whoever may write can change an old configuration, its time or its creator, and going "
                   "back brings something that never was. Only being active and the notes can change then."),
                (const Trigger *const[]){ &keep, &truncate_trigger, NULL });
  add_triggers (facts, findings, "guards", BACKSTAY_FINDING_GUARDS, "audit", _ ("What is done is recorded"),
                _ ("The table does not say who activated a version, nor when. With it model_config_audit does: the user "
                   "that was claimed, and the login that the server let in. It also tells other programs at once."),
                (const Trigger *const[]){ &audit, &append_only, NULL });
  add_audit_rights (facts, findings);
  add_triggers (facts, findings, "guards", BACKSTAY_FINDING_GUARDS, "serialize", _ ("Writers come one after another"),
                _ ("Without it clients that look before they write can both act on what they saw, and one of them undoes "
                   "the other. Backstay locks the table itself, and is not in danger either way."),
                (const Trigger *const[]){ &serialize, NULL });
  add_triggers (facts, findings, "auto-demote", BACKSTAY_FINDING_ADDITIONS, "auto-demote",
                _ ("Activating one deactivates the other"),
                _ ("For clients that turn a version on before they turn the other one off, which the unique index "
                   "refuses. It needs the guards."),
                (const Trigger *const[]){ &demote_insert, &demote_update, NULL });
  add_bind_identity (facts, findings);
}
