/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "backstay-matrix-export"

#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "backstay-json-fault.h"
#include "backstay-json-path.h"
#include "backstay-matrix-export.h"
#include "backstay-matrix-filter.h"
#include "backstay-matrix-private.h"

/* A value is written as the server spells it: so a string keeps its quotes, "7" and 7 stay apart,
 * and so do an empty string, null and what is missing. */

typedef struct
{
  const BackstayMatrixTable *table;
  GString                   *out;
} Writer;

/* Writes one field as RFC 4180 does. A spreadsheet takes what begins with one of these signs for a
 * formula. No value begins so but a negative number, as strings keep their quotes, and no path;
 * for a heading, an apostrophe says that it is text. */
static void
append_csv (GString    *out,
            const char *text,
            gsize       length,
            gboolean    is_foreign)
{
  gboolean is_formula = is_foreign && length > 0 && strchr ("=+-@\t\r\n", text[0]) != NULL;

  g_string_append_c (out, '"');
  if (is_formula)
    g_string_append_c (out, '\'');

  for (gsize i = 0; i < length; i++)
    {
      if (text[i] == '"')
        g_string_append_c (out, '"');
      g_string_append_c (out, text[i]);
    }

  g_string_append_c (out, '"');
}

/* Whatever could mean something in Markdown is escaped; a cell cannot have more than one line. */
static void
append_markdown (GString    *out,
                 const char *text,
                 gsize       length)
{
  for (gsize i = 0; i < length; i++)
    {
      if (g_ascii_iscntrl (text[i]))
        {
          g_string_append_c (out, ' ');
          continue;
        }

      if (strchr ("\\`*_{}[]()<>#+!|~&$^=:@", text[i]) != NULL)
        g_string_append_c (out, '\\');
      g_string_append_c (out, text[i]);
    }
}

static void
append_html (GString    *out,
             const char *text,
             gsize       length)
{
  g_autofree char *escaped = g_markup_escape_text (text, (gssize) length);

  g_string_append (out, escaped);
}

static void
append_escaped (Writer              *writer,
                BackstayMatrixFormat format,
                const char          *text,
                gsize                length)
{
  if (format == BACKSTAY_MATRIX_FORMAT_CSV)
    append_csv (writer->out, text, length, FALSE);
  else if (format == BACKSTAY_MATRIX_FORMAT_MARKDOWN)
    append_markdown (writer->out, text, length);
  else
    append_html (writer->out, text, length);
}

static const char *
get_value (const Writer     *writer,
           BackstayMatrixRow row,
           guint             document,
           gsize            *length)
{
  BackstayJsonNode node = backstay_matrix_get_node (writer->table->matrix, row, document);

  if (node == BACKSTAY_JSON_NODE_NONE)
    return NULL;

  return backstay_json_get_lexeme (backstay_matrix_get_document (writer->table->matrix, document),
                                   node, length);
}

static gboolean
is_outlier (const Writer     *writer,
            BackstayMatrixRow row,
            guint             document)
{
  return backstay_matrix_get_role (writer->table->matrix, row, document) == BACKSTAY_MATRIX_ROLE_OUTLIER;
}

static void
append_heading (Writer              *writer,
                BackstayMatrixFormat format)
{
  const BackstayMatrixTable *table = writer->table;

  if (format == BACKSTAY_MATRIX_FORMAT_CSV)
    {
      append_csv (writer->out, _ ("Path"), strlen (_ ("Path")), TRUE);
      for (guint i = 0; i < table->n_columns; i++)
        {
          g_string_append_c (writer->out, ',');
          append_csv (writer->out, table->headings[i], strlen (table->headings[i]), TRUE);
        }
      g_string_append_c (writer->out, ',');
      append_csv (writer->out, _ ("Differs"), strlen (_ ("Differs")), TRUE);
      g_string_append (writer->out, "\r\n");
      return;
    }

  if (format == BACKSTAY_MATRIX_FORMAT_MARKDOWN)
    g_string_append_printf (writer->out, "| %s |", _ ("Path"));
  else
    g_string_append_printf (writer->out, "<thead><tr><th scope=\"col\">%s</th>", _ ("Path"));

  for (guint i = 0; i < table->n_columns; i++)
    {
      g_string_append (writer->out, format == BACKSTAY_MATRIX_FORMAT_HTML ? "<th scope=\"col\">" : " ");
      append_escaped (writer, format, table->headings[i], strlen (table->headings[i]));
      g_string_append (writer->out, format == BACKSTAY_MATRIX_FORMAT_HTML ? "</th>" : " |");
    }

  if (format == BACKSTAY_MATRIX_FORMAT_HTML)
    {
      g_string_append (writer->out, "</tr></thead>\n<tbody>\n");
      return;
    }

  g_string_append (writer->out, "\n| --- |");
  for (guint i = 0; i < table->n_columns; i++)
    g_string_append (writer->out, " --- |");
  g_string_append_c (writer->out, '\n');
}

static void
append_csv_row (Writer           *writer,
                BackstayMatrixRow row,
                const char       *path)
{
  const BackstayMatrixTable *table = writer->table;

  append_csv (writer->out, path, strlen (path), TRUE);

  for (guint i = 0; i < table->n_columns; i++)
    {
      gsize       length;
      const char *value = get_value (writer, row, table->columns[i], &length);

      g_string_append_c (writer->out, ',');
      if (value != NULL)
        append_csv (writer->out, value, length, FALSE);
    }

  g_string_append_printf (writer->out, ",%s\r\n",
                          backstay_matrix_get_differs (table->matrix, row) ? "yes" : "no");
}

static void
append_markdown_row (Writer           *writer,
                     BackstayMatrixRow row,
                     const char       *path)
{
  const BackstayMatrixTable *table = writer->table;

  g_string_append (writer->out, "| ");
  append_markdown (writer->out, path, strlen (path));
  g_string_append (writer->out, " |");

  for (guint i = 0; i < table->n_columns; i++)
    {
      gsize       length;
      const char *value = get_value (writer, row, table->columns[i], &length);
      gboolean    differs = is_outlier (writer, row, table->columns[i]);

      g_string_append (writer->out, differs ? " ≠ " : " ");
      if (value != NULL)
        append_markdown (writer->out, value, length);
      else
        g_string_append_printf (writer->out, "*%s*", _ ("missing"));
      g_string_append (writer->out, " |");
    }

  g_string_append_c (writer->out, '\n');
}

static void
append_html_row (Writer           *writer,
                 BackstayMatrixRow row,
                 const char       *path)
{
  const BackstayMatrixTable *table = writer->table;

  g_string_append (writer->out, "<tr><th scope=\"row\">");
  append_html (writer->out, path, strlen (path));
  g_string_append (writer->out, "</th>");

  for (guint i = 0; i < table->n_columns; i++)
    {
      gsize       length;
      const char *value = get_value (writer, row, table->columns[i], &length);
      gboolean    differs = is_outlier (writer, row, table->columns[i]);

      g_string_append (writer->out, differs ? "<td class=\"outlier\">≠ " : "<td>");
      if (value == NULL)
        {
          g_string_append_printf (writer->out, "<em>%s</em></td>", _ ("missing"));
          continue;
        }

      g_string_append (writer->out, "<code>");
      append_html (writer->out, value, length);
      g_string_append (writer->out, "</code></td>");
    }

  g_string_append (writer->out, "</tr>\n");
}

static void
append_begin (Writer              *writer,
              BackstayMatrixFormat format)
{
  if (format == BACKSTAY_MATRIX_FORMAT_HTML)
    {
      g_string_append (writer->out, "<!DOCTYPE html>\n<html><head><meta charset=\"utf-8\"><title>");
      append_html (writer->out, writer->table->title, strlen (writer->table->title));
      g_string_append (writer->out,
                       "</title>\n<style>"
                       "body{font-family:sans-serif}"
                       "table{border-collapse:collapse}"
                       "th,td{border:1px solid #999;padding:3px 8px;text-align:left;vertical-align:top}"
                       ".outlier{font-weight:bold;background:#fdf0d5;color:#000}"
                       "</style></head>\n<body><table>\n<caption>");
      append_html (writer->out, writer->table->title, strlen (writer->table->title));
      g_string_append (writer->out, "</caption>\n");
    }

  append_heading (writer, format);
}

/* A row of which all is told by the rows below it says nothing more. */
static gboolean
is_written (const Writer     *writer,
            BackstayMatrixRow row)
{
  BackstayMatrix *matrix = writer->table->matrix;

  if ((writer->table->marks[row] & BACKSTAY_MATRIX_MARK_SHOWN) == 0)
    return FALSE;

  if (backstay_matrix_get_end (matrix, row) == row + 1)
    return TRUE;

  for (guint i = 0; i < matrix->n_documents; i++)
    {
      BackstayJsonNode node = backstay_matrix_get_node (matrix, row, i);

      if (node != BACKSTAY_JSON_NODE_NONE &&
          backstay_json_get_n_children (matrix->documents[i], node) == 0)
        return TRUE;
    }

  return FALSE;
}

static void
append_row (Writer              *writer,
            BackstayMatrixFormat format,
            BackstayMatrixRow    row)
{
  g_autofree char *path = backstay_matrix_dup_path (writer->table->matrix, row);

  if (format == BACKSTAY_MATRIX_FORMAT_CSV)
    append_csv_row (writer, row, path);
  else if (format == BACKSTAY_MATRIX_FORMAT_MARKDOWN)
    append_markdown_row (writer, row, path);
  else
    append_html_row (writer, row, path);
}

/**
 * backstay_matrix_export:
 * @table: what to write
 * @format: how to write it
 * @progress: (nullable) (scope call): called from time to time, with numbers of rows
 * @user_data: data for @progress
 * @error: return location of a %BACKSTAY_JSON_ERROR
 *
 * Writes a matrix for others to read: one line for each path with a value, whether it is folded
 * or not. Every value is spelt as it is in its document. In CSV what is missing is an empty field; in
 * the others it is a word.
 *
 * Returns: (transfer full) (nullable): UTF-8; %NULL if stopped
 */
GBytes *
backstay_matrix_export (const BackstayMatrixTable *table,
                        BackstayMatrixFormat       format,
                        BackstayJsonProgressFunc   progress,
                        gpointer                   user_data,
                        GError                   **error)
{
  BackstayMatrixProgress steps = { .func = progress, .user_data = user_data };
  Writer                 writer = { .table = table };
  gboolean               go_on = TRUE;

  g_return_val_if_fail (table != NULL, NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  steps.n_total = table->matrix->rows->len;
  writer.out = g_string_new (NULL);
  append_begin (&writer, format);

  for (BackstayMatrixRow row = 0; row < table->matrix->rows->len && go_on; row++)
    {
      if (is_written (&writer, row))
        append_row (&writer, format, row);
      go_on = backstay_matrix_progress_step (&steps, 1);
    }

  if (!go_on)
    {
      g_string_free (writer.out, TRUE);
      backstay_json_fault_set_error (BACKSTAY_JSON_FAULT_CANCELLED, "", 0, 0, error);
      return NULL;
    }

  if (format == BACKSTAY_MATRIX_FORMAT_HTML)
    g_string_append (writer.out, "</tbody>\n</table></body></html>\n");

  return g_string_free_to_bytes (writer.out);
}
