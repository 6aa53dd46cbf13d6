/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "backstay-json-error"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "backstay-json-error.h"
#include "backstay-json-fault.h"

typedef struct
{
  gsize offset;
  guint line;
  guint column;
} BackstayJsonErrorPrivate;

static void
backstay_json_error_private_init (BackstayJsonErrorPrivate *priv)
{
}

static void
backstay_json_error_private_copy (const BackstayJsonErrorPrivate *src,
                                  BackstayJsonErrorPrivate       *dest)
{
  *dest = *src;
}

static void
backstay_json_error_private_clear (BackstayJsonErrorPrivate *priv)
{
}

/* The macro finds the data by its distance in bytes from the error; GLib has aligned it. */
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wcast-align"
G_DEFINE_EXTENDED_ERROR (BackstayJsonError, backstay_json_error)
#pragma GCC diagnostic pop

/* No sentence quotes the text: what stands in a configuration may be secret, and errors are
 * logged and sent in reports. */
static const struct
{
  BackstayJsonError code;
  const char       *reason;
} faults[] = {
  [BACKSTAY_JSON_FAULT_EMPTY] = { BACKSTAY_JSON_ERROR_EMPTY,
                                  N_ ("the text is empty") },
  [BACKSTAY_JSON_FAULT_BYTE_ORDER_MARK] = { BACKSTAY_JSON_ERROR_ENCODING,
                                            N_ ("the text must not begin with a byte order mark") },
  [BACKSTAY_JSON_FAULT_END] = { BACKSTAY_JSON_ERROR_SYNTAX,
                                N_ ("the text ends too early") },
  [BACKSTAY_JSON_FAULT_VALUE] = { BACKSTAY_JSON_ERROR_SYNTAX,
                                  N_ ("a value is expected here") },
  [BACKSTAY_JSON_FAULT_KEY] = { BACKSTAY_JSON_ERROR_SYNTAX,
                                N_ ("a key in double quotes is expected here") },
  [BACKSTAY_JSON_FAULT_COLON] = { BACKSTAY_JSON_ERROR_SYNTAX,
                                  N_ ("a colon is expected here") },
  [BACKSTAY_JSON_FAULT_COMMA_IN_ARRAY] = { BACKSTAY_JSON_ERROR_SYNTAX,
                                           N_ ("a comma or “]” is expected here") },
  [BACKSTAY_JSON_FAULT_COMMA_IN_OBJECT] = { BACKSTAY_JSON_ERROR_SYNTAX,
                                            N_ ("a comma or “}” is expected here") },
  [BACKSTAY_JSON_FAULT_TRAILING_COMMA] = { BACKSTAY_JSON_ERROR_SYNTAX,
                                           N_ ("something must follow the comma") },
  [BACKSTAY_JSON_FAULT_TRAILING_TEXT] = { BACKSTAY_JSON_ERROR_SYNTAX,
                                          N_ ("nothing may follow the value") },
  [BACKSTAY_JSON_FAULT_ENCODING] = { BACKSTAY_JSON_ERROR_ENCODING,
                                     N_ ("this is not valid UTF-8") },
  [BACKSTAY_JSON_FAULT_DIGIT] = { BACKSTAY_JSON_ERROR_NUMBER,
                                  N_ ("a digit must follow the minus sign") },
  [BACKSTAY_JSON_FAULT_LEADING_ZERO] = { BACKSTAY_JSON_ERROR_NUMBER,
                                         N_ ("a number must not begin with a needless zero") },
  [BACKSTAY_JSON_FAULT_FRACTION] = { BACKSTAY_JSON_ERROR_NUMBER,
                                     N_ ("a digit must follow the decimal point") },
  [BACKSTAY_JSON_FAULT_EXPONENT] = { BACKSTAY_JSON_ERROR_NUMBER,
                                     N_ ("an exponent must have a digit") },
  [BACKSTAY_JSON_FAULT_CONTROL_CHARACTER] = { BACKSTAY_JSON_ERROR_STRING,
                                              N_ ("line breaks and the like must be escaped") },
  [BACKSTAY_JSON_FAULT_ESCAPE] = { BACKSTAY_JSON_ERROR_STRING,
                                   N_ ("there is no such escape sequence") },
  [BACKSTAY_JSON_FAULT_HEXADECIMAL] = { BACKSTAY_JSON_ERROR_STRING,
                                        N_ ("“\\u” must have four hexadecimal digits") },
  [BACKSTAY_JSON_FAULT_SURROGATE] = { BACKSTAY_JSON_ERROR_STRING,
                                      N_ ("half of a surrogate pair stands alone here") },
  [BACKSTAY_JSON_FAULT_OPEN_STRING] = { BACKSTAY_JSON_ERROR_STRING,
                                        N_ ("the string that begins here is never closed") },
  [BACKSTAY_JSON_FAULT_DEPTH] = { BACKSTAY_JSON_ERROR_DEPTH,
                                  N_ ("more than 100,000 objects and arrays are nested here") },
  [BACKSTAY_JSON_FAULT_SIZE] = { BACKSTAY_JSON_ERROR_SIZE,
                                 N_ ("the text is larger than 1 GiB") },
  [BACKSTAY_JSON_FAULT_MEMORY] = { BACKSTAY_JSON_ERROR_MEMORY,
                                   N_ ("there is not enough memory to go on") },
  [BACKSTAY_JSON_FAULT_CANCELLED] = { BACKSTAY_JSON_ERROR_CANCELLED,
                                      N_ ("the work was stopped here") },
  [BACKSTAY_JSON_FAULT_NUL] = { BACKSTAY_JSON_ERROR_STRING,
                                N_ ("PostgreSQL cannot store the character “\\u0000”") },
  [BACKSTAY_JSON_FAULT_RANGE] = { BACKSTAY_JSON_ERROR_NUMBER,
                                  N_ ("PostgreSQL cannot store a number of so many digits") },
  [BACKSTAY_JSON_FAULT_NESTING] = { BACKSTAY_JSON_ERROR_DEPTH,
                                    N_ ("objects and arrays are nested most deeply here") },
};

static void
set_place (GError           *error,
           BackstayJsonFault fault,
           gsize             offset,
           guint             line,
           guint             column)
{
  BackstayJsonErrorPrivate *priv = backstay_json_error_get_private (error);

  priv->offset = offset;
  priv->line = line;
  priv->column = column;
}

/*
 * backstay_json_fault_set_error:
 * @fault: what is wrong
 * @text: the text being read
 * @length: its length in bytes
 * @offset: where in it the fault lies, @length for its end
 * @error: (nullable): return location
 *
 * Makes the sentence that says where and why reading stopped.
 */
void
backstay_json_fault_set_error (BackstayJsonFault fault,
                               const char       *text,
                               gsize             length,
                               gsize             offset,
                               GError          **error)
{
  g_autoptr (GError) local_error = NULL;
  guint line;
  guint column;

  g_assert (fault > BACKSTAY_JSON_FAULT_NONE && fault < G_N_ELEMENTS (faults));

  if (error == NULL)
    return;

  backstay_json_locate (text, length, offset, &line, &column);

  /* TRANSLATORS: the last word is one of the reasons, such as "a colon is expected here". */
  local_error = g_error_new (BACKSTAY_JSON_ERROR, faults[fault].code,
                             _ ("Line %u, column %u: %s"),
                             line, column, _ (faults[fault].reason));

  set_place (local_error, fault, offset, line, column);
  g_propagate_error (error, g_steal_pointer (&local_error));
}

/*
 * backstay_json_fault_set_duplicate_key:
 * @path: where the key stands in the document
 * @text: the text
 * @length: its length in bytes
 * @offset: where in it the key stands again
 * @error: (nullable): return location
 *
 * Makes the sentence that refuses a key. It does name the key, as no one could find it otherwise,
 * but no value.
 */
void
backstay_json_fault_set_duplicate_key (const char *path,
                                       const char *text,
                                       gsize       length,
                                       gsize       offset,
                                       GError    **error)
{
  g_autoptr (GError) local_error = NULL;
  guint line;
  guint column;

  backstay_json_locate (text, length, offset, &line, &column);

  /* TRANSLATORS: the last word is the path of a value, such as "items[3].name". */
  local_error = g_error_new (BACKSTAY_JSON_ERROR, BACKSTAY_JSON_ERROR_DUPLICATE_KEY,
                             _ ("Line %u, column %u: the key “%s” is there twice"),
                             line, column, path);

  set_place (local_error, BACKSTAY_JSON_FAULT_NONE, offset, line, column);
  g_propagate_error (error, g_steal_pointer (&local_error));
}

/**
 * backstay_json_error_get_position:
 * @error: any error
 * @offset: (out) (optional): the place in bytes, from 0
 * @line: (out) (optional): the line, from 1
 * @column: (out) (optional): the column in characters, from 1
 *
 * Tells where in the text an error lies, for an editor to put its cursor there.
 *
 * Returns: %FALSE if @error is not of %BACKSTAY_JSON_ERROR
 */
gboolean
backstay_json_error_get_position (const GError *error,
                                  gsize        *offset,
                                  guint        *line,
                                  guint        *column)
{
  const BackstayJsonErrorPrivate *priv;

  g_return_val_if_fail (error != NULL, FALSE);

  if (error->domain != BACKSTAY_JSON_ERROR)
    return FALSE;

  priv = backstay_json_error_get_private (error);

  if (offset != NULL)
    *offset = priv->offset;
  if (line != NULL)
    *line = priv->line;
  if (column != NULL)
    *column = priv->column;

  return TRUE;
}

/**
 * backstay_json_locate:
 * @text: (array length=length): any text, not necessarily JSON nor UTF-8
 * @length: its length in bytes
 * @offset: a place in it, in bytes
 * @line: (out): the line, from 1
 * @column: (out): the column in characters, from 1
 *
 * Finds the line and the column of a place in a text.
 *
 * A line ends with a line feed, a carriage return, or the pair of CR and LF,
 * as text views count them.
 */
void
backstay_json_locate (const char *text,
                      gsize       length,
                      gsize       offset,
                      guint      *line,
                      guint      *column)
{
  guint n_lines = 1;
  guint n_characters = 0;

  g_return_if_fail (text != NULL || length == 0);
  g_return_if_fail (line != NULL && column != NULL);

  for (gsize i = 0; i < MIN (offset, length); i++)
    {
      if (text[i] == '\n' || (text[i] == '\r' && (i + 1 == length || text[i + 1] != '\n')))
        {
          n_lines++;
          n_characters = 0;
        }
      else if (((guint8) text[i] & 0xc0) != 0x80) /* Only the first byte of a character counts. */
        {
          n_characters++;
        }
    }

  *line = n_lines;
  *column = n_characters + 1;
}
