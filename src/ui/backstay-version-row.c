/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "backstay-version-row"

#include "config.h"

#include "backstay-version-row.h"

#include "backstay-compat.h"
#include "backstay-display-text.h"
#include "backstay-timestamp.h"
#include "backstay-version-text.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* So much of the notes is read out. */
#define READ_CHARS 100

/**
 * BackstayVersionRow:
 *
 * A version in the history: its name, whether it is active, who made it and when, what it changed
 * against the one before it, and the first line of its notes.
 */
struct _BackstayVersionRow
{
  GtkWidget parent_instance;

  BackstayVersion *item;
  char            *label;

  /* Template children */
  GtkLabel  *name_label;
  GtkLabel  *creator_label;
  GtkLabel  *time_label;
  GtkLabel  *changes_label;
  GtkLabel  *notes_label;
  GtkWidget *badge_label;
  GtkWidget *mark_label;
};

enum
{
  PROP_0,
  PROP_ITEM,
  PROP_LABEL,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (BackstayVersionRow, backstay_version_row, GTK_TYPE_WIDGET)

/* A screen reader should come to an end. */
static char *
dup_beginning (const char *text)
{
  if (g_utf8_strlen (text, -1) <= READ_CHARS)
    return g_strdup (text);

  return g_utf8_substring (text, 0, READ_CHARS);
}

static void
update_label (BackstayVersionRow *self)
{
  g_autofree char *changes = dup_beginning (gtk_label_get_label (self->changes_label));
  g_autofree char *notes = dup_beginning (gtk_label_get_label (self->notes_label));

  g_free (self->label);
  self->label = g_strdup_printf ("%s%s, %s, %s, %s%s%s%s%s",
                                 gtk_label_get_label (self->name_label),
                                 gtk_widget_get_visible (self->mark_label) ? _ (", marked to compare") : "",
                                 backstay_version_get_active (self->item) ? _ ("active")
                                                                          : _ ("not active"),
                                 gtk_label_get_label (self->creator_label),
                                 gtk_label_get_label (self->time_label),
                                 changes[0] != '\0' ? ", " : "",
                                 changes,
                                 notes[0] != '\0' ? ", " : "",
                                 notes);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LABEL]);
}

static void
update (BackstayVersionRow *self)
{
  g_autofree char *name = backstay_display_text (backstay_version_get_name (self->item));
  g_autofree char *creator = backstay_version_dup_creator_label (self->item);
  g_autofree char *exact = backstay_timestamp_dup_exact (backstay_version_get_created_at (self->item));
  g_autofree char *notes = backstay_version_text_dup_summary (self->item);

  gtk_label_set_label (self->name_label, name);
  gtk_label_set_label (self->creator_label, creator);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->time_label), exact);
  gtk_label_set_label (self->notes_label, notes != NULL ? notes : "");
  gtk_widget_set_visible (GTK_WIDGET (self->notes_label), notes != NULL);
  gtk_widget_set_visible (self->badge_label, backstay_version_get_active (self->item));
  backstay_version_row_update_time (self);
}

static void
set_item (BackstayVersionRow *self,
          BackstayVersion    *item)
{
  if (self->item == item)
    return;

  if (self->item != NULL)
    g_signal_handlers_disconnect_by_func (self->item, update, self);

  g_set_object (&self->item, item);

  if (item == NULL)
    return;

  g_signal_connect_object (item, "changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);
}

static void
backstay_version_row_dispose (GObject *object)
{
  BackstayVersionRow *self = BACKSTAY_VERSION_ROW (object);

  set_item (self, NULL);
  backstay_compat_dispose_template (GTK_WIDGET (self), BACKSTAY_TYPE_VERSION_ROW);

  G_OBJECT_CLASS (backstay_version_row_parent_class)->dispose (object);
}

static void
backstay_version_row_finalize (GObject *object)
{
  g_free (BACKSTAY_VERSION_ROW (object)->label);

  G_OBJECT_CLASS (backstay_version_row_parent_class)->finalize (object);
}

static void
backstay_version_row_get_property (GObject    *object,
                                   guint       prop_id,
                                   GValue     *value,
                                   GParamSpec *pspec)
{
  BackstayVersionRow *self = BACKSTAY_VERSION_ROW (object);

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
backstay_version_row_set_property (GObject      *object,
                                   guint         prop_id,
                                   const GValue *value,
                                   GParamSpec   *pspec)
{
  switch (prop_id)
    {
    case PROP_ITEM:
      set_item (BACKSTAY_VERSION_ROW (object), g_value_get_object (value));
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
backstay_version_row_class_init (BackstayVersionRowClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = backstay_version_row_dispose;
  object_class->finalize = backstay_version_row_finalize;
  object_class->get_property = backstay_version_row_get_property;
  object_class->set_property = backstay_version_row_set_property;

  properties[PROP_ITEM] =
    g_param_spec_object ("item", NULL, NULL,
                         BACKSTAY_TYPE_VERSION,
                         G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);

  properties[PROP_LABEL] =
    g_param_spec_string ("label", NULL, NULL,
                         NULL,
                         G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);

  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class, BACKSTAY_RESOURCE_PATH "/ui/backstay-version-row.ui");
  gtk_widget_class_bind_template_child (widget_class, BackstayVersionRow, name_label);
  gtk_widget_class_bind_template_child (widget_class, BackstayVersionRow, creator_label);
  gtk_widget_class_bind_template_child (widget_class, BackstayVersionRow, time_label);
  gtk_widget_class_bind_template_child (widget_class, BackstayVersionRow, changes_label);
  gtk_widget_class_bind_template_child (widget_class, BackstayVersionRow, notes_label);
  gtk_widget_class_bind_template_child (widget_class, BackstayVersionRow, badge_label);
  gtk_widget_class_bind_template_child (widget_class, BackstayVersionRow, mark_label);
}

static void
backstay_version_row_init (BackstayVersionRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * backstay_version_row_get_item:
 *
 * Returns: (transfer none) (nullable): the version
 */
BackstayVersion *
backstay_version_row_get_item (BackstayVersionRow *self)
{
  g_return_val_if_fail (BACKSTAY_IS_VERSION_ROW (self), NULL);

  return self->item;
}

/**
 * backstay_version_row_update_time:
 *
 * Says anew how long ago the version was made.
 */
void
backstay_version_row_update_time (BackstayVersionRow *self)
{
  g_autoptr (GDateTime) now = NULL;
  g_autofree char *time = NULL;

  g_return_if_fail (BACKSTAY_IS_VERSION_ROW (self));

  if (self->item == NULL)
    return;

  now = g_date_time_new_now_local ();
  time = backstay_timestamp_dup_relative (backstay_version_get_created_at (self->item), now);
  gtk_label_set_label (self->time_label, time);
  update_label (self);
}

/**
 * backstay_version_row_set_changes:
 * @text: (nullable): what the version changed; empty while that is not known, %NULL where it is not said
 *
 * Says what the version changed. From the first text on there is a line for it, so that the row
 * does not grow when the text comes.
 */
void
backstay_version_row_set_changes (BackstayVersionRow *self,
                                  const char         *text)
{
  g_return_if_fail (BACKSTAY_IS_VERSION_ROW (self));

  gtk_widget_set_visible (GTK_WIDGET (self->changes_label), text != NULL);
  if (text == NULL)
    text = "";

  if (strcmp (gtk_label_get_label (self->changes_label), text) == 0)
    return;

  gtk_label_set_label (self->changes_label, text);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->changes_label), text[0] != '\0' ? text : NULL);

  if (self->item != NULL)
    update_label (self);
}

/**
 * backstay_version_row_set_marked:
 * @marked: whether the version is marked to be compared with another one
 *
 * Says so on the row.
 */
void
backstay_version_row_set_marked (BackstayVersionRow *self,
                                 gboolean            marked)
{
  g_return_if_fail (BACKSTAY_IS_VERSION_ROW (self));

  if (marked == gtk_widget_get_visible (self->mark_label))
    return;

  gtk_widget_set_visible (self->mark_label, marked);

  if (self->item != NULL)
    update_label (self);
}

/**
 * backstay_version_row_find:
 * @list_view: a list of versions
 * @version: one of them
 *
 * Returns: (transfer none) (nullable): its [class@VersionRow], if the list has made one
 */
GtkWidget *
backstay_version_row_find (GtkListView     *list_view,
                           BackstayVersion *version)
{
  g_return_val_if_fail (GTK_IS_LIST_VIEW (list_view), NULL);
  g_return_val_if_fail (BACKSTAY_IS_VERSION (version), NULL);

  for (GtkWidget *row = gtk_widget_get_first_child (GTK_WIDGET (list_view));
       row != NULL;
       row = gtk_widget_get_next_sibling (row))
    {
      GtkWidget *child = gtk_widget_get_first_child (row);

      if (BACKSTAY_IS_VERSION_ROW (child) && BACKSTAY_VERSION_ROW (child)->item == version)
        return child;
    }

  return NULL;
}

/**
 * backstay_version_row_find_at:
 * @list_view: a list of versions
 * @x: a place in it
 * @y: a place in it
 *
 * Returns: (transfer none) (nullable): the [class@VersionRow] that is there
 */
GtkWidget *
backstay_version_row_find_at (GtkListView *list_view,
                              double       x,
                              double       y)
{
  GtkWidget *widget;

  g_return_val_if_fail (GTK_IS_LIST_VIEW (list_view), NULL);

  widget = gtk_widget_pick (GTK_WIDGET (list_view), x, y, GTK_PICK_DEFAULT);

  if (widget == NULL)
    return NULL;

  /* In the padding around a row's widget it is the row itself that is hit. */
  if (BACKSTAY_IS_VERSION_ROW (gtk_widget_get_first_child (widget)))
    return gtk_widget_get_first_child (widget);

  return gtk_widget_get_ancestor (widget, BACKSTAY_TYPE_VERSION_ROW);
}
