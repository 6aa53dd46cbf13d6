/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "backstay-new-version"

#include "config.h"

#include "backstay-new-version.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/**
 * backstay_new_version_new:
 * @model_type: the model type
 * @config_name: the configuration's name
 * @text: the configuration, which goes to the server as it is
 * @notes: the notes; empty for none
 * @activate: whether it goes live at once
 *
 * Returns: (transfer full): the version
 */
BackstayNewVersion *
backstay_new_version_new (const char *model_type,
                          const char *config_name,
                          const char *text,
                          const char *notes,
                          gboolean    activate)
{
  BackstayNewVersion *self;

  g_return_val_if_fail (model_type != NULL && config_name != NULL, NULL);
  g_return_val_if_fail (text != NULL && notes != NULL, NULL);

  self = g_new0 (BackstayNewVersion, 1);
  g_atomic_ref_count_init (&self->ref_count);
  self->model_type = g_strdup (model_type);
  self->config_name = g_strdup (config_name);
  self->text = g_strdup (text);
  self->notes = g_strdup (notes);
  self->activate = activate;

  return self;
}

/**
 * backstay_new_version_ref:
 *
 * Returns: (transfer full): the same version
 */
BackstayNewVersion *
backstay_new_version_ref (BackstayNewVersion *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->ref_count);

  return self;
}

/**
 * backstay_new_version_unref:
 *
 * Gives up one reference.
 */
void
backstay_new_version_unref (BackstayNewVersion *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;

  g_free (self->model_type);
  g_free (self->config_name);
  g_free (self->text);
  g_free (self->notes);
  g_free (self);
}

static gboolean
is_blank (const char *text)
{
  for (; *text != '\0'; text = g_utf8_next_char (text))
    {
      if (!g_unichar_isspace (g_utf8_get_char (text)))
        return FALSE;
    }

  return TRUE;
}

/* Where a number begins that a name counts with: the last one of "v2.1", or the one in " (2)". */
static gsize
find_number (const char  *name,
             const char **suffix)
{
  gsize end = strlen (name);
  gsize begin;
  gsize version;

  *suffix = "";
  if (end > 0 && name[end - 1] == ')')
    {
      *suffix = ")";
      end--;
    }

  for (begin = end; begin > 0 && g_ascii_isdigit (name[begin - 1]); begin--)
    ;

  /* More digits are no count. */
  if (begin == end || end - begin > 6)
    return 0;

  if (**suffix != '\0')
    return begin >= 2 && strncmp (name + begin - 2, " (", 2) == 0 ? begin : 0;

  for (version = begin; version > 0 && (g_ascii_isdigit (name[version - 1]) || name[version - 1] == '.'); version--)
    ;

  return version > 0 && g_ascii_tolower (name[version - 1]) == 'v' ? begin : 0;
}

/**
 * backstay_new_version_dup_name:
 * @name: the name of the version that it begins with
 * @taken: (array zero-terminated=1): the names that there are
 *
 * Proposes a name that tells a version from the one that it begins with: "v2.1" becomes "v2.2", or the
 * next one that is free; what does not count becomes "name (2)".
 *
 * Returns: (transfer full): a name; the same one where there is no room
 */
char *
backstay_new_version_dup_name (const char        *name,
                               const char *const *taken)
{
  const char      *suffix;
  gsize            begin;
  guint64          number = 1;
  g_autofree char *prefix = NULL;

  g_return_val_if_fail (name != NULL && taken != NULL, NULL);

  begin = find_number (name, &suffix);

  if (begin > 0)
    {
      number = g_ascii_strtoull (name + begin, NULL, 10);
      prefix = g_strndup (name, begin);
    }
  else
    {
      prefix = g_strconcat (name, " (", NULL);
      suffix = ")";
    }

  for (;;)
    {
      g_autofree char *next = g_strdup_printf ("%s%" G_GUINT64_FORMAT "%s", prefix, ++number, suffix);

      if (g_utf8_strlen (next, -1) > BACKSTAY_CONFIG_NAME_MAX_CHARS)
        return g_strdup (name);

      if (!g_strv_contains (taken, next))
        return g_steal_pointer (&next);
    }
}

/**
 * backstay_new_version_dup_problem:
 * @model_type: the model type
 * @config_name: the configuration's name
 * @notes: the notes
 * @needs_notes: whether there have to be notes
 *
 * Finds what would keep a version from being saved, its configuration aside. The server counts
 * characters as this does, and would cut trailing spaces off without a word.
 *
 * Returns: (transfer full) (nullable): a sentence, %NULL where nothing does
 */
char *
backstay_new_version_dup_problem (const char *model_type,
                                  const char *config_name,
                                  const char *notes,
                                  gboolean    needs_notes)
{
  glong type_length;
  glong name_length;

  g_return_val_if_fail (model_type != NULL && config_name != NULL && notes != NULL, NULL);

  type_length = g_utf8_strlen (model_type, -1);
  name_length = g_utf8_strlen (config_name, -1);

  if (is_blank (model_type))
    return g_strdup (_ ("Give it a model type, such as sdxl."));

  if (type_length > BACKSTAY_MODEL_TYPE_MAX_CHARS)
    return g_strdup_printf (_ ("The model type has %ld characters; it may have %d."),
                            type_length, BACKSTAY_MODEL_TYPE_MAX_CHARS);

  if (is_blank (config_name))
    return g_strdup (_ ("Give it a name."));

  if (name_length > BACKSTAY_CONFIG_NAME_MAX_CHARS)
    return g_strdup_printf (_ ("The name has %ld characters; it may have %d."),
                            name_length, BACKSTAY_CONFIG_NAME_MAX_CHARS);

  if (needs_notes && is_blank (notes))
    return g_strdup (_ ("Say in the notes why."));

  return NULL;
}
