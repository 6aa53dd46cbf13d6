/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "backstay-version-line"

#include "config.h"

#include "backstay-version-line.h"

#include "backstay-json-duplicates.h"
#include "backstay-json-storable.h"
#include "backstay-json.h"

#include <gio/gio.h>
#include <glib/gi18n-lib.h>
#include <string.h>

/* What stands for a value that a line does not have. No uuid and no time is spelt so. */
#define UNKNOWN "unknown"

/* The longest time that PostgreSQL writes has some thirty characters. */
#define MAX_TIME_CHARS 48

/**
 * backstay_version_line_free:
 *
 * Frees a line.
 */
void
backstay_version_line_free (BackstayVersionLine *self)
{
  g_return_if_fail (self != NULL);

  g_free (self->id);
  g_free (self->model_type);
  g_free (self->config_name);
  g_free (self->is_active);
  g_free (self->created_by);
  g_free (self->creator_name);
  g_free (self->created_at);
  g_free (self->notes);
  g_clear_pointer (&self->config, g_bytes_unref);
  g_free (self->hash);
  g_free (self);
}

static void
print_string (GString    *out,
              const char *text)
{
  g_string_append_c (out, '"');

  for (const char *p = text; *p != '\0'; p++)
    {
      if (*p == '"' || *p == '\\')
        g_string_append_printf (out, "\\%c", *p);
      else if (*p == '\n')
        g_string_append (out, "\\n");
      else if ((guchar) *p < 0x20)
        g_string_append_printf (out, "\\u%04x", (guchar) *p);
      else
        g_string_append_c (out, *p);
    }

  g_string_append_c (out, '"');
}

static void
print_member (GString    *out,
              const char *key,
              const char *text)
{
  g_string_append_printf (out, "\"%s\":", key);

  if (text != NULL)
    print_string (out, text);
  else
    g_string_append (out, "null");

  g_string_append_c (out, ',');
}

/**
 * backstay_version_line_print_head:
 * @out: where to write it
 *
 * Writes a line up to the configuration. Its exact text and a brace have to follow.
 */
void
backstay_version_line_print_head (BackstayVersionLine *self,
                                  GString             *out)
{
  g_return_if_fail (self != NULL && out != NULL);

  g_string_append_c (out, '{');
  print_member (out, "id", self->id);
  print_member (out, "model_type", self->model_type);
  print_member (out, "config_name", self->config_name);
  g_string_append_printf (out, "\"is_active\":%s,", self->is_active != NULL ? self->is_active : "null");
  print_member (out, "created_by", self->created_by);
  print_member (out, "creator_name", self->creator_name);
  print_member (out, "created_at", self->created_at);
  print_member (out, "notes", self->notes);
  g_string_append (out, "\"config_data\":");
}

static void set_invalid (GError    **error,
                         const char *format,
                         ...) G_GNUC_PRINTF (2, 3);

static void
set_invalid (GError    **error,
             const char *format,
             ...)
{
  va_list args;

  va_start (args, format);
  *error = g_error_new_valist (G_IO_ERROR, G_IO_ERROR_INVALID_DATA, format, args);
  va_end (args);
}

/* The reader counts the lines of one text, and here that is always the first. */
static void
drop_line_number (GError **error)
{
  const char      *reason;
  g_autofree char *message = NULL;
  guint            column;

  if (!backstay_json_error_get_position (*error, NULL, NULL, &column))
    return;

  reason = strstr ((*error)->message, ": ");
  if (reason == NULL)
    return;

  /* Translators: the last word is a reason, such as "a colon is expected here". */
  message = g_strdup_printf (_ ("Column %u: %s"), column, reason + 2);
  g_free ((*error)->message);
  (*error)->message = g_steal_pointer (&message);
}

/* Finds a member that is a string, null or missing. */
static gboolean
read_string (BackstayJson *json,
             const char   *key,
             char        **text,
             GError      **error)
{
  BackstayJsonNode node = backstay_json_find_member (json, backstay_json_get_root (json), key);

  if (node == BACKSTAY_JSON_NODE_NONE ||
      backstay_json_get_kind (json, node) == BACKSTAY_JSON_KIND_NULL)
    return TRUE;

  if (backstay_json_get_kind (json, node) == BACKSTAY_JSON_KIND_STRING)
    {
      *text = backstay_json_dup_string (json, node, NULL);
      return TRUE;
    }

  /* Translators: %s is the name of a column. */
  set_invalid (error, _ ("“%s” is no string."), key);

  return FALSE;
}

/* Likewise, a string that has to be there. */
static gboolean
read_text (BackstayJson *json,
           const char   *key,
           glong         max_chars,
           char        **text,
           GError      **error)
{
  if (!read_string (json, key, text, error))
    return FALSE;

  if (*text == NULL)
    set_invalid (error, _ ("“%s” is missing."), key);
  else if (**text == '\0')
    set_invalid (error, _ ("“%s” is empty."), key);
  else if (g_utf8_strlen (*text, -1) > max_chars)
    set_invalid (error, _ ("“%s” has more than %ld characters."), key, max_chars);
  else
    return TRUE;

  return FALSE;
}

static gboolean
read_uuid (BackstayJson *json,
           const char   *key,
           char        **uuid,
           GError      **error)
{
  g_autofree char *text = NULL;

  if (!read_string (json, key, &text, error))
    return FALSE;

  if (text != NULL && !g_uuid_string_is_valid (text))
    {
      set_invalid (error, _ ("“%s” is no uuid."), key);
      return FALSE;
    }

  *uuid = text != NULL ? g_ascii_strdown (text, -1) : NULL;

  return TRUE;
}

/* A time is only told, and so nothing but its look is checked: one word of a sensible length. */
static gboolean
read_time (BackstayJson *json,
           char        **time,
           GError      **error)
{
  g_autofree char *text = NULL;

  if (!read_string (json, "created_at", &text, error))
    return FALSE;

  if (text == NULL)
    return TRUE;

  g_strdelimit (text, " ", 'T');

  if (*text == '\0' || strlen (text) > MAX_TIME_CHARS ||
      strspn (text, "0123456789:.+-abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ") != strlen (text))
    {
      set_invalid (error, _ ("“%s” is no time."), "created_at");
      return FALSE;
    }

  *time = g_steal_pointer (&text);

  return TRUE;
}

static gboolean
read_active (BackstayJson *json,
             char        **is_active,
             GError      **error)
{
  BackstayJsonNode node = backstay_json_find_member (json, backstay_json_get_root (json), "is_active");
  const char      *lexeme;
  gsize            length;

  if (node == BACKSTAY_JSON_NODE_NONE)
    return TRUE;

  if (backstay_json_get_kind (json, node) != BACKSTAY_JSON_KIND_BOOLEAN &&
      backstay_json_get_kind (json, node) != BACKSTAY_JSON_KIND_NULL)
    {
      set_invalid (error, _ ("“%s” is neither true nor false."), "is_active");
      return FALSE;
    }

  lexeme = backstay_json_get_lexeme (json, node, &length);
  *is_active = g_strndup (lexeme, length);

  return TRUE;
}

static gboolean
read_config (BackstayJson        *json,
             BackstayVersionLine *self,
             GError             **error)
{
  BackstayJsonNode node = backstay_json_find_member (json, backstay_json_get_root (json), "config_data");
  GBytes          *text = backstay_json_get_text (json);
  const char      *lexeme;
  gsize            length;

  if (node == BACKSTAY_JSON_NODE_NONE)
    {
      set_invalid (error, _ ("“%s” is missing."), "config_data");
      return FALSE;
    }

  lexeme = backstay_json_get_lexeme (json, node, &length);
  self->config = g_bytes_new_from_bytes (text, (gsize) (lexeme - (const char *) g_bytes_get_data (text, NULL)), length);
  self->hash = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, self->config);

  return TRUE;
}

static BackstayJson *
read_json (GBytes  *text,
           GError **error)
{
  g_autoptr (BackstayJson) json = backstay_json_new (text, NULL, NULL, error);

  if (json == NULL ||
      !backstay_json_check_duplicate_keys (json, error) ||
      !backstay_json_check_storable (json, NULL, NULL, error))
    {
      drop_line_number (error);
      return NULL;
    }

  if (backstay_json_get_kind (json, backstay_json_get_root (json)) != BACKSTAY_JSON_KIND_OBJECT)
    {
      set_invalid (error, _ ("The line is no object."));
      return NULL;
    }

  return g_steal_pointer (&json);
}

/**
 * backstay_version_line_parse:
 * @text: a line of a file, of any spelling that is JSON
 * @error: return location
 *
 * Reads a line. What it holds can be stored by the server, and no object in it has a key twice.
 * Members that are not known are left out.
 *
 * Returns: (transfer full): the line; %NULL with a sentence that says why it is none, and has no
 *   value in it
 */
BackstayVersionLine *
backstay_version_line_parse (GBytes  *text,
                             GError **error)
{
  g_autoptr (BackstayVersionLine) self = g_new0 (BackstayVersionLine, 1);
  g_autoptr (BackstayJson) json = NULL;

  g_return_val_if_fail (text != NULL, NULL);
  g_return_val_if_fail (error != NULL, NULL);

  if ((json = read_json (text, error)) == NULL ||
      !read_uuid (json, "id", &self->id, error) ||
      !read_text (json, "model_type", BACKSTAY_MODEL_TYPE_CHARS, &self->model_type, error) ||
      !read_text (json, "config_name", BACKSTAY_CONFIG_NAME_CHARS, &self->config_name, error) ||
      !read_active (json, &self->is_active, error) ||
      !read_uuid (json, "created_by", &self->created_by, error) ||
      !read_string (json, "creator_name", &self->creator_name, error) ||
      !read_time (json, &self->created_at, error) ||
      !read_string (json, "notes", &self->notes, error) ||
      !read_config (json, self, error))
    return NULL;

  return g_steal_pointer (&self);
}

static void
add_field (GChecksum  *checksum,
           const char *text)
{
  /* With its end, so that two fields cannot pass for two others. */
  if (text != NULL)
    g_checksum_update (checksum, (const guchar *) text, (gssize) strlen (text) + 1);
  else
    g_checksum_update (checksum, (const guchar *) "\1", 1);
}

/**
 * backstay_version_line_dup_import_id:
 *
 * Names the version that a line becomes when it is imported: a uuid of version 8 (RFC 9562) that
 * depends on where the line is from and on its configuration only, so that importing it again makes
 * no second version.
 *
 * Returns: (transfer full): the uuid
 */
char *
backstay_version_line_dup_import_id (BackstayVersionLine *self)
{
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  guint8 bytes[32];
  gsize  length = sizeof bytes;
  g_autoptr (GString) uuid = g_string_new (NULL);

  g_return_val_if_fail (self != NULL && self->hash != NULL, NULL);

  add_field (checksum, "backstay import");
  add_field (checksum, self->id);
  add_field (checksum, self->model_type);
  add_field (checksum, self->hash);

  /* Notes can be edited, but without an id there is nothing else. */
  if (self->id == NULL)
    {
      add_field (checksum, self->config_name);
      add_field (checksum, self->created_at);
      add_field (checksum, self->notes);
    }

  g_checksum_get_digest (checksum, bytes, &length);
  bytes[6] = (bytes[6] & 0x0f) | 0x80;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;

  for (guint i = 0; i < 16; i++)
    g_string_append_printf (uuid, "%s%02x", i == 4 || i == 6 || i == 8 || i == 10 ? "-" : "", bytes[i]);

  return g_string_free (g_steal_pointer (&uuid), FALSE);
}

/**
 * backstay_version_line_dup_import_notes:
 *
 * Writes the notes of an imported version: a fixed first line that says where it is from, in any
 * language of the user, and then the notes that it had.
 *
 * Returns: (transfer full): the notes, to be read by backstay_import_notes_parse()
 */
char *
backstay_version_line_dup_import_notes (BackstayVersionLine *self)
{
  const char      *creator = self->creator_name != NULL ? self->creator_name : self->created_by;
  g_autofree char *name = NULL;

  g_return_val_if_fail (self != NULL, NULL);

  /* A name on one line, whatever is in it. */
  name = g_strdup (creator != NULL ? creator : UNKNOWN);
  g_strdelimit (name, "\n\r", ' ');

  return g_strdup_printf ("Imported from %s of %s by %s.%s%s",
                          self->id != NULL ? self->id : UNKNOWN,
                          self->created_at != NULL ? self->created_at : UNKNOWN,
                          name,
                          self->notes != NULL ? "\n" : "",
                          self->notes != NULL ? self->notes : "");
}

/**
 * backstay_import_notes_parse:
 * @notes: (nullable): a version's notes
 * @id: (out) (optional) (transfer full): the uuid of the version that it was, or `unknown`
 * @created_at: (out) (optional) (transfer full): when that was made, or `unknown`
 * @creator: (out) (optional) (transfer full): by whom, or `unknown`
 * @rest: (out) (optional) (transfer none): the notes that it had
 *
 * Reads the first line of an imported version's notes.
 *
 * Returns: %FALSE if it is not an imported version's
 */
gboolean
backstay_import_notes_parse (const char  *notes,
                             char       **id,
                             char       **created_at,
                             char       **creator,
                             const char **rest)
{
  const char       prefix[] = "Imported from ";
  const char      *line_end;
  g_autofree char *line = NULL;
  g_auto (GStrv) words = NULL;

  if (notes == NULL || !g_str_has_prefix (notes, prefix))
    return FALSE;

  line_end = notes + strcspn (notes, "\n");
  line = g_strndup (notes + strlen (prefix), line_end - notes - strlen (prefix));

  if (!g_str_has_suffix (line, "."))
    return FALSE;

  line[strlen (line) - 1] = '\0';
  words = g_strsplit (line, " ", 5);

  if (g_strv_length (words) != 5 ||
      !(g_uuid_string_is_valid (words[0]) || g_str_equal (words[0], UNKNOWN)) ||
      !g_str_equal (words[1], "of") || !g_str_equal (words[3], "by"))
    return FALSE;

  if (id != NULL)
    *id = g_strdup (words[0]);
  if (created_at != NULL)
    *created_at = g_strdup (words[2]);
  if (creator != NULL)
    *creator = g_strdup (words[4]);
  if (rest != NULL)
    *rest = *line_end == '\n' ? line_end + 1 : line_end;

  return TRUE;
}
