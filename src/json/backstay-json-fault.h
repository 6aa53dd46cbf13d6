/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What is wrong with a text: finer than the error's code, as each has a sentence of its own. The
 * reader notes only this and a place; the sentence is made once reading has ended. */
typedef enum
{
  BACKSTAY_JSON_FAULT_NONE,
  BACKSTAY_JSON_FAULT_EMPTY,
  BACKSTAY_JSON_FAULT_BYTE_ORDER_MARK,
  BACKSTAY_JSON_FAULT_END,
  BACKSTAY_JSON_FAULT_VALUE,
  BACKSTAY_JSON_FAULT_KEY,
  BACKSTAY_JSON_FAULT_COLON,
  BACKSTAY_JSON_FAULT_COMMA_IN_ARRAY,
  BACKSTAY_JSON_FAULT_COMMA_IN_OBJECT,
  BACKSTAY_JSON_FAULT_TRAILING_COMMA,
  BACKSTAY_JSON_FAULT_TRAILING_TEXT,
  BACKSTAY_JSON_FAULT_ENCODING,
  BACKSTAY_JSON_FAULT_DIGIT,
  BACKSTAY_JSON_FAULT_LEADING_ZERO,
  BACKSTAY_JSON_FAULT_FRACTION,
  BACKSTAY_JSON_FAULT_EXPONENT,
  BACKSTAY_JSON_FAULT_CONTROL_CHARACTER,
  BACKSTAY_JSON_FAULT_ESCAPE,
  BACKSTAY_JSON_FAULT_HEXADECIMAL,
  BACKSTAY_JSON_FAULT_SURROGATE,
  BACKSTAY_JSON_FAULT_OPEN_STRING,
  BACKSTAY_JSON_FAULT_DEPTH,
  BACKSTAY_JSON_FAULT_SIZE,
  BACKSTAY_JSON_FAULT_MEMORY,
  BACKSTAY_JSON_FAULT_CANCELLED,
  BACKSTAY_JSON_FAULT_NUL,
  BACKSTAY_JSON_FAULT_RANGE,
  BACKSTAY_JSON_FAULT_NESTING,
} BackstayJsonFault;

void backstay_json_fault_set_error (BackstayJsonFault fault,
                                    const char       *text,
                                    gsize             length,
                                    gsize             offset,
                                    GError          **error);
void backstay_json_fault_set_duplicate_key (const char *path,
                                            const char *text,
                                            gsize       length,
                                            gsize       offset,
                                            GError    **error);

G_END_DECLS
