/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "backstay-audit-row"

#include "config.h"

#include "backstay-audit-row.h"

#include "backstay-audit-entry.h"
#include "backstay-display-text.h"
#include "backstay-timestamp.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/**
 * BackstayAuditRow:
 *
 * One thing that was done: what, when, by whom, and the notes that were written then.
 */
struct _BackstayAuditRow
{
  BackstayListRow parent_instance;

  /* Template children */
  GtkImage *action_image;
  GtkLabel *title_label;
  GtkLabel *who_label;
  GtkLabel *notes_label;
};

G_DEFINE_FINAL_TYPE (BackstayAuditRow, backstay_audit_row, BACKSTAY_TYPE_LIST_ROW)

static const char *
get_icon_name (BackstayAuditAction action)
{
  switch (action)
    {
    case BACKSTAY_AUDIT_CREATE:
      return "list-add-symbolic";
    case BACKSTAY_AUDIT_ACTIVATE:
    case BACKSTAY_AUDIT_OBSERVE:
      return "media-playback-start-symbolic";
    case BACKSTAY_AUDIT_DEACTIVATE:
      return "media-playback-stop-symbolic";
    case BACKSTAY_AUDIT_ROLL_BACK:
      return "edit-undo-symbolic";
    case BACKSTAY_AUDIT_BEGIN:
    case BACKSTAY_AUDIT_END:
      return "dialog-information-symbolic";
    case BACKSTAY_AUDIT_ANNOTATE:
    case BACKSTAY_AUDIT_ALTER:
    case BACKSTAY_AUDIT_UNKNOWN:
    default:
      return "document-edit-symbolic";
    }
}

static void
backstay_audit_row_update (BackstayListRow *row)
{
  BackstayAuditRow   *self = BACKSTAY_AUDIT_ROW (row);
  BackstayAuditEntry *entry = backstay_list_row_get_item (row);
  const char         *notes = backstay_audit_entry_get_notes (entry);
  g_autofree char    *title = backstay_audit_entry_dup_title (entry);
  g_autofree char    *who = backstay_audit_entry_dup_who (entry);
  g_autofree char    *exact = backstay_timestamp_dup_exact (backstay_audit_entry_get_at (entry));
  g_autofree char    *tooltip = g_strdup (exact);
  g_autofree char    *line = NULL;
  g_autofree char    *shown = notes != NULL ? backstay_display_text (notes) : NULL;

  exact[strcspn (exact, "\n")] = '\0';
  /* Translators: when something was done, and by whom. */
  line = g_strdup_printf (_ ("%s · %s"), exact, who);

  gtk_image_set_from_icon_name (self->action_image, get_icon_name (backstay_audit_entry_get_action (entry)));
  gtk_label_set_label (self->title_label, title);
  gtk_label_set_label (self->who_label, line);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->who_label), tooltip);
  gtk_label_set_label (self->notes_label, shown != NULL ? shown : "");
  gtk_widget_set_visible (GTK_WIDGET (self->notes_label), shown != NULL && shown[0] != '\0');

  backstay_list_row_take_label (row, g_strdup_printf ("%s, %s, %s", title, line, shown != NULL ? shown : ""));
}

static void
backstay_audit_row_class_init (BackstayAuditRowClass *klass)
{
  GtkWidgetClass       *widget_class = GTK_WIDGET_CLASS (klass);
  BackstayListRowClass *row_class = BACKSTAY_LIST_ROW_CLASS (klass);

  row_class->update = backstay_audit_row_update;

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class, BACKSTAY_RESOURCE_PATH "/ui/backstay-audit-row.ui");
  gtk_widget_class_bind_template_child (widget_class, BackstayAuditRow, action_image);
  gtk_widget_class_bind_template_child (widget_class, BackstayAuditRow, title_label);
  gtk_widget_class_bind_template_child (widget_class, BackstayAuditRow, who_label);
  gtk_widget_class_bind_template_child (widget_class, BackstayAuditRow, notes_label);
}

static void
backstay_audit_row_init (BackstayAuditRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
