/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * BackstayJsonError:
 * @BACKSTAY_JSON_ERROR_EMPTY: there is nothing but white space
 * @BACKSTAY_JSON_ERROR_SYNTAX: something else is expected, or the text ends too early
 * @BACKSTAY_JSON_ERROR_ENCODING: the text is not UTF-8, or begins with a byte order mark
 * @BACKSTAY_JSON_ERROR_NUMBER: a number is not written as JSON asks
 * @BACKSTAY_JSON_ERROR_STRING: a string is not written as JSON asks, or is never closed
 * @BACKSTAY_JSON_ERROR_DEPTH: the nesting goes beyond %BACKSTAY_JSON_MAX_DEPTH
 * @BACKSTAY_JSON_ERROR_SIZE: the text goes beyond %BACKSTAY_JSON_MAX_SIZE
 * @BACKSTAY_JSON_ERROR_MEMORY: there is not enough memory
 * @BACKSTAY_JSON_ERROR_CANCELLED: the progress function asked to stop
 * @BACKSTAY_JSON_ERROR_DUPLICATE_KEY: an object that is to be compared has a key twice
 *
 * Why a text could not be read or written.
 */
typedef enum
{
  BACKSTAY_JSON_ERROR_EMPTY,
  BACKSTAY_JSON_ERROR_SYNTAX,
  BACKSTAY_JSON_ERROR_ENCODING,
  BACKSTAY_JSON_ERROR_NUMBER,
  BACKSTAY_JSON_ERROR_STRING,
  BACKSTAY_JSON_ERROR_DEPTH,
  BACKSTAY_JSON_ERROR_SIZE,
  BACKSTAY_JSON_ERROR_MEMORY,
  BACKSTAY_JSON_ERROR_CANCELLED,
  BACKSTAY_JSON_ERROR_DUPLICATE_KEY,
} BackstayJsonError;

#define BACKSTAY_JSON_ERROR (backstay_json_error_quark ())

GQuark   backstay_json_error_quark (void);
gboolean backstay_json_error_get_position (const GError *error,
                                           gsize        *offset,
                                           guint        *line,
                                           guint        *column);

void backstay_json_locate (const char *text,
                           gsize       length,
                           gsize       offset,
                           guint      *line,
                           guint      *column);

G_END_DECLS
