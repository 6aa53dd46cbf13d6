/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "backstay-version-line.h"

#include <glib-object.h>

G_BEGIN_DECLS

/**
 * BackstayImportState:
 * @BACKSTAY_IMPORT_STATE_NEW: it would be added
 * @BACKSTAY_IMPORT_STATE_THERE: the table has it already
 * @BACKSTAY_IMPORT_STATE_REPEATED: an earlier line of the file is the same
 * @BACKSTAY_IMPORT_STATE_BAD: it cannot be imported
 * @BACKSTAY_IMPORT_STATE_IMPORTED: it was added
 * @BACKSTAY_IMPORT_STATE_RESPELT: it was added, and the server spells some of its values otherwise
 *
 * What becomes of a line of a file.
 */
typedef enum
{
  BACKSTAY_IMPORT_STATE_NEW,
  BACKSTAY_IMPORT_STATE_THERE,
  BACKSTAY_IMPORT_STATE_REPEATED,
  BACKSTAY_IMPORT_STATE_BAD,
  BACKSTAY_IMPORT_STATE_IMPORTED,
  BACKSTAY_IMPORT_STATE_RESPELT,
} BackstayImportState;

#define BACKSTAY_IMPORT_N_STATES (BACKSTAY_IMPORT_STATE_RESPELT + 1)

#define BACKSTAY_TYPE_IMPORT_ITEM (backstay_import_item_get_type ())

G_DECLARE_FINAL_TYPE (BackstayImportItem, backstay_import_item, BACKSTAY, IMPORT_ITEM, GObject)

BackstayImportItem *backstay_import_item_new (guint                line_number,
                                              goffset              offset,
                                              GBytes              *text,
                                              BackstayVersionLine *line) G_GNUC_WARN_UNUSED_RESULT;
guint               backstay_import_item_get_line_number (BackstayImportItem *self);
goffset             backstay_import_item_get_offset (BackstayImportItem *self);
gsize               backstay_import_item_get_length (BackstayImportItem *self);
gboolean            backstay_import_item_is_text (BackstayImportItem *self,
                                                  GBytes             *text);
const char         *backstay_import_item_get_model_type (BackstayImportItem *self);
const char         *backstay_import_item_get_config_name (BackstayImportItem *self);
const char         *backstay_import_item_get_new_id (BackstayImportItem *self);
BackstayImportState backstay_import_item_get_state (BackstayImportItem *self);
void                backstay_import_item_set_state (BackstayImportItem *self,
                                                    BackstayImportState state,
                                                    const char         *reason);
void                backstay_import_item_set_warning (BackstayImportItem *self,
                                                      const char         *warning);
const char         *backstay_import_item_get_reason (BackstayImportItem *self);
const char         *backstay_import_item_get_warning (BackstayImportItem *self);

G_END_DECLS
