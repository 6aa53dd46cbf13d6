/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "backstay-audit-row"

#include "config.h"

#include "backstay-audit-row.h"

#include "backstay-audit-entry.h"
#include "backstay-compat.h"
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
  GtkWidget parent_instance;

  BackstayAuditEntry *item;
  char               *label;

  /* Template children */
  GtkImage *action_image;
  GtkLabel *title_label;
  GtkLabel *who_label;
  GtkLabel *notes_label;
};

enum
{
  PROP_0,
  PROP_ITEM,
  PROP_LABEL,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (BackstayAuditRow, backstay_audit_row, GTK_TYPE_WIDGET)

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
update (BackstayAuditRow *self)
{
  const char      *notes = backstay_audit_entry_get_notes (self->item);
  g_autofree char *title = backstay_audit_entry_dup_title (self->item);
  g_autofree char *who = backstay_audit_entry_dup_who (self->item);
  g_autofree char *exact = backstay_timestamp_dup_exact (backstay_audit_entry_get_at (self->item));
  g_autofree char *tooltip = g_strdup (exact);
  g_autofree char *line = NULL;
  g_autofree char *shown = notes != NULL ? backstay_display_text (notes) : NULL;

  exact[strcspn (exact, "\n")] = '\0';
  /* Translators: when something was done, and by whom. */
  line = g_strdup_printf (_ ("%s · %s"), exact, who);

  gtk_image_set_from_icon_name (self->action_image, get_icon_name (backstay_audit_entry_get_action (self->item)));
  gtk_label_set_label (self->title_label, title);
  gtk_label_set_label (self->who_label, line);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->who_label), tooltip);
  gtk_label_set_label (self->notes_label, shown != NULL ? shown : "");
  gtk_widget_set_visible (GTK_WIDGET (self->notes_label), shown != NULL && shown[0] != '\0');

  g_free (self->label);
  self->label = g_strdup_printf ("%s, %s, %s", title, line, shown != NULL ? shown : "");
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LABEL]);
}

static void
backstay_audit_row_get_property (GObject    *object,
                                 guint       prop_id,
                                 GValue     *value,
                                 GParamSpec *pspec)
{
  BackstayAuditRow *self = BACKSTAY_AUDIT_ROW (object);

  switch (prop_id)
    {
    case PROP_ITEM:
      g_value_set_object (value, self->item);
      break;

    case PROP_LABEL:
      g_value_set_string (value, self->label);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
backstay_audit_row_set_property (GObject      *object,
                                 guint         prop_id,
                                 const GValue *value,
                                 GParamSpec   *pspec)
{
  BackstayAuditRow *self = BACKSTAY_AUDIT_ROW (object);

  switch (prop_id)
    {
    case PROP_ITEM:
      if (g_set_object (&self->item, g_value_get_object (value)) && self->item != NULL)
        update (self);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
backstay_audit_row_dispose (GObject *object)
{
  BackstayAuditRow *self = BACKSTAY_AUDIT_ROW (object);

  g_clear_object (&self->item);
  g_clear_pointer (&self->label, g_free);
  backstay_compat_dispose_template (GTK_WIDGET (self), BACKSTAY_TYPE_AUDIT_ROW);

  G_OBJECT_CLASS (backstay_audit_row_parent_class)->dispose (object);
}

static void
backstay_audit_row_class_init (BackstayAuditRowClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = backstay_audit_row_dispose;
  object_class->get_property = backstay_audit_row_get_property;
  object_class->set_property = backstay_audit_row_set_property;

  /**
   * BackstayAuditRow:item:
   *
   * The entry that is shown.
   */
  properties[PROP_ITEM] =
    g_param_spec_object ("item", NULL, NULL,
                         BACKSTAY_TYPE_AUDIT_ENTRY,
                         G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);

  /**
   * BackstayAuditRow:label:
   *
   * The whole row in words.
   */
  properties[PROP_LABEL] =
    g_param_spec_string ("label", NULL, NULL,
                         NULL,
                         G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);

  g_object_class_install_properties (object_class, N_PROPS, properties);

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
