/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "backstay-rollback-report"

#include "config.h"

#include "backstay-rollback-report.h"

#include "backstay-diff-sentences.h"
#include "backstay-display-text.h"
#include "backstay-model-resources.h"
#include "backstay-rollback.h"

#include <json-glib/json-glib.h>
#include <string.h>

/* A report of a rollback: one Markdown file to attach to what is written about an incident. It is in
 * English, as it is read by others and by programs, and holds no secret: neither a password nor how the
 * connection was made. */

/* What is longer is told by its size and hash only. */
#define MAX_CONFIG_BYTES (1024 * 1024)
#define MAX_SENTENCES 1000

/**
 * backstay_rollback_report_free:
 *
 * Frees what a report is made of.
 */
void
backstay_rollback_report_free (BackstayRollbackReport *self)
{
  g_return_if_fail (self != NULL);

  g_clear_object (&self->after);
  g_clear_object (&self->source);
  g_clear_object (&self->before);
  g_strfreev (self->before_ids);
  g_clear_pointer (&self->access, backstay_access_unref);
  g_free (self);
}

/**
 * backstay_rollback_report_parse_notes:
 * @notes: (nullable): a version's notes
 * @source_id: (out) (optional) (transfer full): the version that was copied
 * @before_ids: (out) (optional) (transfer full): the versions that were active
 *
 * Reads the first line of a rollback's notes.
 *
 * Returns: whether these are a rollback's notes
 */
gboolean
backstay_rollback_report_parse_notes (const char *notes,
                                      char      **source_id,
                                      GStrv      *before_ids)
{
  const char      *was;
  g_autofree char *list = NULL;

  if (!backstay_rollback_notes_parse (notes, NULL, source_id, NULL))
    return FALSE;

  was = strstr (notes, "(was ") + strlen ("(was ");
  list = g_strndup (was, strcspn (was, ")"));

  if (before_ids != NULL)
    {
      g_auto (GStrv) ids = g_strsplit (list, ", ", -1);
      gboolean are_valid = TRUE;

      for (guint i = 0; ids[i] != NULL; i++)
        are_valid &= g_uuid_string_is_valid (ids[i]);

      *before_ids = are_valid ? g_steal_pointer (&ids) : g_new0 (char *, 1);
    }

  return TRUE;
}

/* What is in the table means nothing to Markdown. */
static char *
dup_escaped (const char *text)
{
  g_autofree char *shown = backstay_display_text (text != NULL ? text : "");
  GString         *escaped = g_string_new (NULL);

  for (const char *p = shown; *p != '\0'; p++)
    {
      if (strchr ("\\`*_{}[]<>()#+-!|~&", *p) != NULL)
        g_string_append_c (escaped, '\\');
      g_string_append_c (escaped, *p);
    }

  return g_string_free (escaped, FALSE);
}

/* A fence that is longer than any in the text. */
static void
append_block (GString    *report,
              const char *language,
              const char *text,
              gsize       length)
{
  gsize            longest = 2;
  gsize            run = 0;
  g_autofree char *fence = NULL;

  for (gsize i = 0; i < length; i++)
    {
      run = text[i] == '`' ? run + 1 : 0;
      longest = MAX (longest, run);
    }

  fence = g_strnfill (longest + 1, '`');
  g_string_append_printf (report, "%s%s\n", fence, language);
  g_string_append_len (report, text, (gssize) length);
  if (length == 0 || text[length - 1] != '\n')
    g_string_append_c (report, '\n');
  g_string_append_printf (report, "%s\n\n", fence);
}

static void
append_fact (GString    *report,
             const char *name,
             const char *value)
{
  g_autofree char *escaped = dup_escaped (value);

  g_string_append_printf (report, "* **%s:** %s\n", name, escaped);
}

static void
append_version (GString               *report,
                const char            *name,
                BackstayConfiguration *configuration)
{
  BackstayVersion *version;
  g_autofree char *creator = NULL;
  g_autofree char *value = NULL;

  if (configuration == NULL)
    {
      append_fact (report, name, "none, or not in the table any more");
      return;
    }

  version = backstay_configuration_get_version (configuration);
  creator = backstay_version_dup_creator_label (version);
  value = g_strdup_printf ("%s, id %s, made %s by %s, SHA-256 %s",
                           backstay_version_get_name (version),
                           backstay_version_get_id (version),
                           backstay_version_get_created_at (version) != NULL ? backstay_version_get_created_at (version)
                                                                             : "at an unknown time",
                           creator,
                           backstay_configuration_get_hash (configuration));
  append_fact (report, name, value);
}

/* Where several versions were active, a service read one of them. */
static void
append_before (GString                *report,
               BackstayRollbackReport *self)
{
  g_autofree char *ids = NULL;

  if (self->before_ids == NULL || g_strv_length (self->before_ids) < 2)
    {
      append_version (report, "Live before", self->before);
      return;
    }

  ids = g_strjoinv (", ", self->before_ids);
  append_fact (report, "Active before", ids);

  if (self->before != NULL)
    append_version (report, "Live before, the newest of them", self->before);
  else
    append_fact (report, "Live before", "not known, as not all of them are in the table any more");
}

static const char *
get_reason (BackstayRollbackReport *self)
{
  const char *reason = "";

  backstay_rollback_notes_parse (backstay_version_get_notes (backstay_configuration_get_version (self->after)),
                                 NULL, NULL, &reason);

  return reason;
}

static char *
dup_server (BackstayAccess *access)
{
  return g_strdup_printf ("database %s on %s, PostgreSQL %d.%d, %s",
                          access->database != NULL ? access->database : "?",
                          access->host != NULL && access->host[0] != '/' ? access->host : "this computer",
                          access->server_version / 10000, access->server_version % 10000,
                          backstay_access_get_security (access));
}

static void
append_facts (GString                *report,
              BackstayRollbackReport *self)
{
  BackstayVersion *after = backstay_configuration_get_version (self->after);
  g_autofree char *type = dup_escaped (backstay_version_get_model_type (after));
  g_autofree char *creator = backstay_version_dup_creator_label (after);
  g_autofree char *user = backstay_access_dup_user (self->access);
  g_autofree char *server = dup_server (self->access);

  g_string_append_printf (report, "# Rollback of %s\n\n", type);
  append_fact (report, "When", backstay_version_get_created_at (after));
  append_fact (report, "By", creator);
  append_fact (report, "Reason", get_reason (self));
  append_version (report, "New version", self->after);
  append_version (report, "Copied from", self->source);
  append_before (report, self);
  append_fact (report, "Server", server);
  append_fact (report, "Reported by", user);
  append_fact (report, "Login", self->access->login);
  g_string_append_c (report, '\n');
}

static void
append_changes (GString                *report,
                BackstayRollbackReport *self)
{
  g_autoptr (BackstayJson) before = NULL;
  g_autoptr (BackstayJson) after = NULL;
  g_autoptr (BackstayDiff) diff = NULL;
  g_autoptr (GString) sentences = g_string_new (NULL);
  g_auto (BackstayDiffSentences) next = { NULL };
  BackstayDiffRow row;
  guint           n = 0;

  g_string_append (report, "## What changed, from what was live to what is\n\n");

  if (self->before != NULL)
    {
      before = backstay_json_new (backstay_configuration_get_text (self->before), NULL, NULL, NULL);
      after = backstay_json_new (backstay_configuration_get_text (self->after), NULL, NULL, NULL);
    }

  if (before != NULL && after != NULL)
    diff = backstay_diff_new (before, after, NULL, NULL, NULL, NULL);

  if (diff == NULL)
    {
      g_string_append (report, "There is nothing to compare with.\n\n");
      return;
    }

  backstay_diff_sentences_init (&next, diff);

  while (n < MAX_SENTENCES)
    {
      const char *sentence = backstay_diff_sentences_next (&next, &row);

      if (sentence == NULL)
        break;

      g_string_append_printf (sentences, "%s\n", sentence);
      n++;
    }

  if (n == 0)
    g_string_append (report, "Nothing: the configurations are the same.\n\n");
  else
    append_block (report, "", sentences->str, sentences->len);

  if (n == MAX_SENTENCES)
    g_string_append (report, "These are the first changes of more.\n\n");
}

static void
append_configuration (GString               *report,
                      const char            *heading,
                      BackstayConfiguration *configuration)
{
  gsize       length;
  const char *text;

  g_string_append_printf (report, "## %s\n\n", heading);

  if (configuration == NULL)
    {
      g_string_append (report, "There is none, or it is not in the table any more.\n\n");
      return;
    }

  text = g_bytes_get_data (backstay_configuration_get_text (configuration), &length);

  if (length > MAX_CONFIG_BYTES)
    g_string_append_printf (report, "%" G_GSIZE_FORMAT " bytes, left out here; SHA-256 %s.\n\n", length,
                            backstay_configuration_get_hash (configuration));
  else
    append_block (report, "json", text, length);
}

/* As a rollback sends them, with psql's spelling of the values. */
static void
append_sql (GString *report)
{
  static const char *const names[] = {
    "begin-write",
    "become",
    "rollback-lock",
    "access-role",
    "rollback-active",
    "rollback-target",
    "rollback-deactivate",
    "rollback-insert",
    "rollback-settle",
    "rollback-check",
  };
  g_autoptr (GString) sql = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *path = g_strdup_printf (BACKSTAY_RESOURCE_PATH "/queries/%s.sql", names[i]);
      g_autoptr (GBytes) text = g_resource_lookup_data (backstay_model_get_resource (), path,
                                                        G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);

      g_assert (text != NULL);
      g_string_append_printf (sql, "%.*s\n", (int) g_bytes_get_size (text), (const char *) g_bytes_get_data (text, NULL));
    }

  g_string_append (sql, "COMMIT;\n");
  g_string_append (report, "## The SQL of a rollback\n\n"
                           "In this order and in one transaction; a name such as `:'model_type'` is a parameter.\n\n");
  append_block (report, "sql", sql->str, sql->len);
}

static void
add_version (JsonBuilder           *builder,
             const char            *name,
             BackstayConfiguration *configuration)
{
  json_builder_set_member_name (builder, name);

  if (configuration == NULL)
    {
      json_builder_add_null_value (builder);
      return;
    }

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "id");
  json_builder_add_string_value (builder, backstay_version_get_id (backstay_configuration_get_version (configuration)));
  json_builder_set_member_name (builder, "created_at");
  json_builder_add_string_value (builder, backstay_version_get_created_at (backstay_configuration_get_version (configuration)));
  json_builder_set_member_name (builder, "created_by");
  json_builder_add_string_value (builder, backstay_version_get_creator_id (backstay_configuration_get_version (configuration)));
  json_builder_set_member_name (builder, "sha256");
  json_builder_add_string_value (builder, backstay_configuration_get_hash (configuration));
  json_builder_end_object (builder);
}

/* The same for programs. */
static void
append_data (GString                *report,
             BackstayRollbackReport *self)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonNode) root = NULL;
  g_autofree char *server = dup_server (self->access);
  g_autofree char *text = NULL;

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "format");
  json_builder_add_string_value (builder, "backstay-rollback-report");
  json_builder_set_member_name (builder, "version");
  json_builder_add_int_value (builder, 1);
  json_builder_set_member_name (builder, "model_type");
  json_builder_add_string_value (builder, backstay_version_get_model_type (backstay_configuration_get_version (self->after)));
  json_builder_set_member_name (builder, "reason");
  json_builder_add_string_value (builder, get_reason (self));
  add_version (builder, "after", self->after);
  add_version (builder, "source", self->source);
  add_version (builder, "before", self->before);
  json_builder_set_member_name (builder, "server");
  json_builder_add_string_value (builder, server);
  json_builder_set_member_name (builder, "login");
  json_builder_add_string_value (builder, self->access->login);
  json_builder_end_object (builder);

  root = json_builder_get_root (builder);
  text = json_to_string (root, TRUE);
  g_string_append (report, "## Data\n\n");
  append_block (report, "json", text, strlen (text));
}

/**
 * backstay_rollback_report_dup_text:
 *
 * Writes the report. It takes its time where configurations are large: for a thread.
 *
 * Returns: (transfer full): Markdown
 */
char *
backstay_rollback_report_dup_text (BackstayRollbackReport *self)
{
  g_autoptr (GString) report = g_string_new (NULL);

  g_return_val_if_fail (self != NULL && self->after != NULL && self->access != NULL, NULL);

  append_facts (report, self);
  append_changes (report, self);
  append_configuration (report, "Before: what was live", self->before);
  append_configuration (report, "After: what is live since then", self->after);
  append_sql (report);
  append_data (report, self);

  return g_string_free (g_steal_pointer (&report), FALSE);
}
