/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "backstay-source-style"

#include "config.h"

#include "backstay-source-style.h"

#include <adwaita.h>
#include <string.h>

/* What the text views that show JSON have in common. */

static void
update_scheme (GtkSourceBuffer *buffer)
{
  GtkSourceStyleSchemeManager *manager = gtk_source_style_scheme_manager_get_default ();
  gboolean                     dark = adw_style_manager_get_dark (adw_style_manager_get_default ());

  gtk_source_buffer_set_style_scheme (
    buffer,
    gtk_source_style_scheme_manager_get_scheme (manager, dark ? "Adwaita-dark" : "Adwaita"));
}

/**
 * backstay_source_style_set_up:
 * @buffer: a text that is JSON
 *
 * Gives a text the colours of JSON, light or dark as the rest of the window.
 */
void
backstay_source_style_set_up (GtkSourceBuffer *buffer)
{
  g_return_if_fail (GTK_SOURCE_IS_BUFFER (buffer));

  backstay_source_style_set_coloured (buffer, TRUE);
  g_signal_connect_object (adw_style_manager_get_default (), "notify::dark",
                           G_CALLBACK (update_scheme), buffer, G_CONNECT_SWAPPED);
  update_scheme (buffer);
}

/**
 * backstay_source_style_set_coloured:
 * @buffer: a text
 * @coloured: whether it is coloured as JSON
 *
 * Turns the colours off where they take too long. Without a language nothing is looked at; turning
 * the highlighting off only keeps what was found from being shown.
 */
void
backstay_source_style_set_coloured (GtkSourceBuffer *buffer,
                                    gboolean         coloured)
{
  GtkSourceLanguageManager *languages = gtk_source_language_manager_get_default ();
  GtkSourceLanguage        *language = NULL;

  g_return_if_fail (GTK_SOURCE_IS_BUFFER (buffer));

  if (coloured)
    language = gtk_source_language_manager_get_language (languages, "json");

  if (gtk_source_buffer_get_language (buffer) != language)
    gtk_source_buffer_set_language (buffer, language);
}

/**
 * backstay_source_style_release:
 * @view: (nullable): a text view that is about to go
 *
 * Takes its text away. GtkSourceView 5.6 keeps the text of a view with line numbers for ever, and goes
 * on colouring it.
 */
void
backstay_source_style_release (GtkSourceView *view)
{
  g_return_if_fail (view == NULL || GTK_SOURCE_IS_VIEW (view));

  if (view != NULL)
    gtk_text_view_set_buffer (GTK_TEXT_VIEW (view), NULL);
}

/**
 * backstay_source_style_has_long_line:
 * @text: (array length=length): a text
 * @length: its length in bytes
 * @limit: how many bytes a line may have
 *
 * Returns: whether any line has more
 */
gboolean
backstay_source_style_has_long_line (const char *text,
                                     gsize       length,
                                     gsize       limit)
{
  const char *end = text + length;

  while (text < end)
    {
      const char *next = memchr (text, '\n', end - text);

      if (next == NULL)
        next = end;

      if ((gsize) (next - text) > limit)
        return TRUE;

      text = next + 1;
    }

  return FALSE;
}

/* GtkSourceView goes as deep as the text does, and runs out of stack. */
static gboolean
is_deep (const char *text,
         gsize       length)
{
  gsize    depth = 0;
  gboolean in_string = FALSE;

  for (gsize i = 0; i < length; i++)
    {
      if (text[i] == '"')
        in_string = !in_string;
      else if (in_string && text[i] == '\\')
        i++;
      else if (!in_string && (text[i] == '{' || text[i] == '[') && ++depth > BACKSTAY_SOURCE_DEEP)
        return TRUE;
      else if (!in_string && (text[i] == '}' || text[i] == ']') && depth > 0)
        depth--;
    }

  return FALSE;
}

/**
 * backstay_source_style_is_too_much:
 * @text: (array length=length): a text
 * @length: its length in bytes
 *
 * Returns: whether a text is too large, has too long a line, or is nested too deeply for colours
 */
gboolean
backstay_source_style_is_too_much (const char *text,
                                   gsize       length)
{
  return length > BACKSTAY_SOURCE_LARGE_TEXT ||
         backstay_source_style_has_long_line (text, length, BACKSTAY_SOURCE_LONG_LINE) ||
         is_deep (text, length);
}
