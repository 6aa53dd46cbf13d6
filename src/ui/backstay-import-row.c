/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "backstay-import-row"

#include "config.h"

#include "backstay-import-row.h"

#include "backstay-display-text.h"

#include <glib/gi18n-lib.h>

/**
 * BackstayImportRow:
 *
 * A line of a file that is imported: which version it is, and what becomes of it.
 */
struct _BackstayImportRow
{
  BackstayListRow parent_instance;

  /* Template children */
  GtkImage *image;
  GtkLabel *name_label;
  GtkLabel *state_label;
  GtkLabel *reason_label;
};

G_DEFINE_FINAL_TYPE (BackstayImportRow, backstay_import_row, BACKSTAY_TYPE_LIST_ROW)

static const struct
{
  const char *icon_name;
  const char *word;
} states[BACKSTAY_IMPORT_N_STATES] = {
  [BACKSTAY_IMPORT_STATE_NEW] = { "list-add-symbolic", N_ ("new") },
  [BACKSTAY_IMPORT_STATE_THERE] = { "emblem-ok-symbolic", N_ ("already there") },
  [BACKSTAY_IMPORT_STATE_REPEATED] = { "edit-copy-symbolic", N_ ("repeated") },
  [BACKSTAY_IMPORT_STATE_BAD] = { "dialog-error-symbolic", N_ ("cannot be imported") },
  [BACKSTAY_IMPORT_STATE_IMPORTED] = { "object-select-symbolic", N_ ("imported") },
  [BACKSTAY_IMPORT_STATE_RESPELT] = { "object-select-symbolic", N_ ("imported") },
};

static char *
dup_name (BackstayImportItem *item)
{
  g_autofree char *model_type = NULL;
  g_autofree char *config_name = NULL;

  if (backstay_import_item_get_model_type (item) == NULL)
    return g_strdup (_ ("No version"));

  model_type = backstay_display_text (backstay_import_item_get_model_type (item));
  config_name = backstay_display_text (backstay_import_item_get_config_name (item));

  /* Translators: a model type and the name of one of its versions. */
  return g_strdup_printf (_ ("%s: %s"), model_type, config_name);
}

/* A reason can name what a file has in it. */
static char *
dup_reason (BackstayImportItem *item)
{
  const char *reason = backstay_import_item_get_reason (item);

  if (reason == NULL)
    reason = backstay_import_item_get_warning (item);

  return reason != NULL ? backstay_display_text (reason) : NULL;
}

static void
backstay_import_row_update (BackstayListRow *row)
{
  BackstayImportRow  *self = BACKSTAY_IMPORT_ROW (row);
  BackstayImportItem *item = backstay_list_row_get_item (row);
  BackstayImportState state = backstay_import_item_get_state (item);
  g_autofree char    *name = dup_name (item);
  g_autofree char    *reason = dup_reason (item);
  g_autofree char    *state_text = NULL;
  gboolean            warns = state == BACKSTAY_IMPORT_STATE_NEW && reason != NULL;

  /* Translators: the number of a line in a file, and what becomes of it, such as "new". */
  state_text = g_strdup_printf (_ ("Line %u, %s"), backstay_import_item_get_line_number (item),
                                _ (states[state].word));

  gtk_image_set_from_icon_name (self->image, warns ? "dialog-warning-symbolic" : states[state].icon_name);
  gtk_label_set_label (self->name_label, name);
  gtk_label_set_label (self->state_label, state_text);
  gtk_label_set_label (self->reason_label, reason);
  gtk_widget_set_visible (GTK_WIDGET (self->reason_label), reason != NULL);

  backstay_list_row_take_label (row, g_strdup_printf ("%s, %s", name, state_text));
  backstay_list_row_take_description (row, g_steal_pointer (&reason));
}

static void
backstay_import_row_class_init (BackstayImportRowClass *klass)
{
  GtkWidgetClass       *widget_class = GTK_WIDGET_CLASS (klass);
  BackstayListRowClass *row_class = BACKSTAY_LIST_ROW_CLASS (klass);

  row_class->item_signal = "notify::state";
  row_class->update = backstay_import_row_update;

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class, BACKSTAY_RESOURCE_PATH "/ui/backstay-import-row.ui");
  gtk_widget_class_bind_template_child (widget_class, BackstayImportRow, image);
  gtk_widget_class_bind_template_child (widget_class, BackstayImportRow, name_label);
  gtk_widget_class_bind_template_child (widget_class, BackstayImportRow, state_label);
  gtk_widget_class_bind_template_child (widget_class, BackstayImportRow, reason_label);
}

static void
backstay_import_row_init (BackstayImportRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
