/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "backstay-look-alike"

#include "config.h"

#include "backstay-look-alike.h"

#include "backstay-display-text.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* To the database "sdxl", "SDXL" and "sdxl " are three model types, and a service that asks for one
 * never sees the others. Somebody who makes a fourth should mean it. */

/* Letters that most typefaces draw alike, without regard to case. */
static const struct
{
  gunichar letter;
  char     looks_like;
} homoglyphs[] = {
  { '0', 'o' },
  { '1', 'l' },
  { '|', 'l' },
  { 0x0131, 'i' }, /* Latin dotless i. */
  { 0x03B1, 'a' }, /* Greek. */
  { 0x03B2, 'b' },
  { 0x03B5, 'e' },
  { 0x03B6, 'z' },
  { 0x03B7, 'h' },
  { 0x03B9, 'i' },
  { 0x03BA, 'k' },
  { 0x03BC, 'm' },
  { 0x03BD, 'v' },
  { 0x03BF, 'o' },
  { 0x03C1, 'p' },
  { 0x03C4, 't' },
  { 0x03C5, 'y' },
  { 0x03C7, 'x' },
  { 0x0430, 'a' }, /* Cyrillic. */
  { 0x0432, 'b' },
  { 0x0435, 'e' },
  { 0x043A, 'k' },
  { 0x043C, 'm' },
  { 0x043D, 'h' },
  { 0x043E, 'o' },
  { 0x0440, 'p' },
  { 0x0441, 'c' },
  { 0x0442, 't' },
  { 0x0443, 'y' },
  { 0x0445, 'x' },
  { 0x0455, 's' },
  { 0x0456, 'i' },
  { 0x0458, 'j' },
  { 0x04BB, 'h' },
  { 0x0501, 'd' },
  { 0x051B, 'q' },
  { 0x051D, 'w' },
  { 0x2010, '-' }, /* Dashes. */
  { 0x2011, '-' },
  { 0x2012, '-' },
  { 0x2013, '-' },
  { 0x2014, '-' },
  { 0x2212, '-' },
};

/* Joiners have their uses, but none in a name that programs compare. */
static gboolean
is_hidden (gunichar c)
{
  return c == 0x200C || c == 0x200D || backstay_display_text_is_hidden (c);
}

static gboolean
has_hidden (const char *text)
{
  for (; *text != '\0'; text = g_utf8_next_char (text))
    {
      if (is_hidden (g_utf8_get_char (text)))
        return TRUE;
    }

  return FALSE;
}

static char *
remove_chars (const char *text,
              gboolean    spaces)
{
  g_autoptr (GString) out = g_string_new (NULL);

  for (; *text != '\0'; text = g_utf8_next_char (text))
    {
      gunichar c = g_utf8_get_char (text);

      if (spaces ? !g_unichar_isspace (c) : !is_hidden (c))
        g_string_append_unichar (out, c);
    }

  return g_string_free (g_steal_pointer (&out), FALSE);
}

static gunichar
draw (gunichar c)
{
  for (guint i = 0; i < G_N_ELEMENTS (homoglyphs); i++)
    {
      if (homoglyphs[i].letter == c)
        return (gunichar) homoglyphs[i].looks_like;
    }

  return c;
}

/* What is left of a name once everything is taken away that is easily overlooked. */
static char *
dup_skeleton (const char *name)
{
  g_autofree char *visible = remove_chars (name, FALSE);
  g_autofree char *dense = remove_chars (visible, TRUE);
  g_autofree char *normal = g_utf8_normalize (dense, -1, G_NORMALIZE_ALL_COMPOSE);
  g_autofree char *folded = g_utf8_casefold (normal, -1);
  g_autoptr (GString) out = g_string_new (NULL);

  for (const char *p = folded; *p != '\0'; p = g_utf8_next_char (p))
    g_string_append_unichar (out, draw (g_utf8_get_char (p)));

  return g_string_free (g_steal_pointer (&out), FALSE);
}

static gboolean
equal_without (const char *a,
               const char *b,
               gboolean    spaces)
{
  g_autofree char *a_rest = remove_chars (a, spaces);
  g_autofree char *b_rest = remove_chars (b, spaces);

  return strcmp (a_rest, b_rest) == 0;
}

static gboolean
equal_folded (const char *a,
              const char *b)
{
  g_autofree char *a_folded = g_utf8_casefold (a, -1);
  g_autofree char *b_folded = g_utf8_casefold (b, -1);

  return strcmp (a_folded, b_folded) == 0;
}

static char *
dup_likeness (const char *name,
              const char *other)
{
  g_autofree char *shown = backstay_display_text (other);

  /* Translators: in all of these %s is the name of a model type. */
  if (equal_without (name, other, TRUE))
    return g_strdup_printf (_ ("There is “%s” already, which differs only in spaces. To the "
                               "services these are two model types."),
                            shown);

  if (equal_folded (name, other))
    return g_strdup_printf (_ ("There is “%s” already, which differs only in upper and lower case. "
                               "To the services these are two model types."),
                            shown);

  if (equal_without (name, other, FALSE))
    return g_strdup_printf (_ ("There is “%s” already, which differs only in an invisible "
                               "character. To the services these are two model types."),
                            shown);

  return g_strdup_printf (_ ("There is “%s” already, which looks the same but is spelt with other "
                             "characters. To the services these are two model types."),
                          shown);
}

static char *
dup_own_warning (const char *name)
{
  const char *last = g_utf8_find_prev_char (name, name + strlen (name));

  if (last == NULL)
    return NULL;

  if (g_unichar_isspace (g_utf8_get_char (name)) || g_unichar_isspace (g_utf8_get_char (last)))
    return g_strdup (_ ("The model type begins or ends with a space."));

  if (has_hidden (name))
    return g_strdup (_ ("The model type has an invisible character in it."));

  return NULL;
}

/**
 * backstay_look_alike_dup_warning:
 * @name: a model type that somebody typed
 * @existing: (array zero-terminated=1): the model types that there are
 *
 * Finds out whether a new model type can be taken for another one, or holds what cannot be seen.
 *
 * Returns: (transfer full) (nullable): a sentence; %NULL where there is nothing to warn of, or the
 *   model type is there already
 */
char *
backstay_look_alike_dup_warning (const char        *name,
                                 const char *const *existing)
{
  g_autofree char *skeleton = NULL;

  g_return_val_if_fail (name != NULL && existing != NULL, NULL);

  if (g_strv_contains (existing, name))
    return NULL;

  skeleton = dup_skeleton (name);

  for (guint i = 0; skeleton[0] != '\0' && existing[i] != NULL; i++)
    {
      g_autofree char *other = dup_skeleton (existing[i]);

      if (strcmp (skeleton, other) == 0)
        return dup_likeness (name, existing[i]);
    }

  return dup_own_warning (name);
}

/**
 * backstay_look_alike_group:
 * @names: (element-type utf8): model types, each once
 *
 * Finds those that can be taken for one another.
 *
 * Returns: (transfer full) (element-type GStrv): groups of two or more, in the order of their first ones
 */
GPtrArray *
backstay_look_alike_group (GPtrArray *names)
{
  g_autoptr (GHashTable) by_skeleton = NULL;
  g_autoptr (GPtrArray) found = NULL;
  GPtrArray *groups;

  g_return_val_if_fail (names != NULL, NULL);

  by_skeleton = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  found = g_ptr_array_new_with_free_func ((GDestroyNotify) g_ptr_array_unref);
  groups = g_ptr_array_new_with_free_func ((GDestroyNotify) g_strfreev);

  for (guint i = 0; i < names->len; i++)
    {
      const char      *name = g_ptr_array_index (names, i);
      g_autofree char *skeleton = dup_skeleton (name);
      GPtrArray       *group = g_hash_table_lookup (by_skeleton, skeleton);

      /* Nothing of it is left to compare. */
      if (skeleton[0] == '\0')
        continue;

      if (group == NULL)
        {
          group = g_ptr_array_new ();
          g_ptr_array_add (found, group);
          g_hash_table_insert (by_skeleton, g_steal_pointer (&skeleton), group);
        }

      g_ptr_array_add (group, (gpointer) name);
    }

  for (guint i = 0; i < found->len; i++)
    {
      GPtrArray *group = g_ptr_array_index (found, i);

      if (group->len < 2)
        continue;

      g_ptr_array_add (group, NULL);
      g_ptr_array_add (groups, g_strdupv ((GStrv) group->pdata));
    }

  return groups;
}
