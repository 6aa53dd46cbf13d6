/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "backstay-version-row"

#include "config.h"

#include "backstay-version-row.h"

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
  BackstayListRow parent_instance;

  /* Template children */
  GtkLabel  *name_label;
  GtkLabel  *creator_label;
  GtkLabel  *time_label;
  GtkLabel  *changes_label;
  GtkLabel  *notes_label;
  GtkWidget *badge_label;
  GtkWidget *mark_label;
};

G_DEFINE_FINAL_TYPE (BackstayVersionRow, backstay_version_row, BACKSTAY_TYPE_LIST_ROW)

static BackstayVersion *
get_item (BackstayVersionRow *self)
{
  return backstay_list_row_get_item (BACKSTAY_LIST_ROW (self));
}

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
  g_autofree char *label = NULL;

  label = g_strdup_printf ("%s%s, %s, %s, %s%s%s%s%s",
                           gtk_label_get_label (self->name_label),
                           gtk_widget_get_visible (self->mark_label) ? _ (", marked to compare") : "",
                           backstay_version_get_active (get_item (self)) ? _ ("active")
                                                                         : _ ("not active"),
                           gtk_label_get_label (self->creator_label),
                           gtk_label_get_label (self->time_label),
                           changes[0] != '\0' ? ", " : "",
                           changes,
                           notes[0] != '\0' ? ", " : "",
                           notes);
  backstay_list_row_take_label (BACKSTAY_LIST_ROW (self), g_steal_pointer (&label));
}

static void
backstay_version_row_update (BackstayListRow *row)
{
  BackstayVersionRow *self = BACKSTAY_VERSION_ROW (row);
  BackstayVersion    *version = backstay_list_row_get_item (row);
  g_autofree char    *name = backstay_display_text (backstay_version_get_name (version));
  g_autofree char    *creator = backstay_version_dup_creator_label (version);
  g_autofree char    *exact = backstay_timestamp_dup_exact (backstay_version_get_created_at (version));
  g_autofree char    *notes = backstay_version_text_dup_summary (version);

  gtk_label_set_label (self->name_label, name);
  gtk_label_set_label (self->creator_label, creator);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->time_label), exact);
  gtk_label_set_label (self->notes_label, notes != NULL ? notes : "");
  gtk_widget_set_visible (GTK_WIDGET (self->notes_label), notes != NULL);
  gtk_widget_set_visible (self->badge_label, backstay_version_get_active (version));
  backstay_version_row_update_time (self);
}

static void
backstay_version_row_class_init (BackstayVersionRowClass *klass)
{
  GtkWidgetClass       *widget_class = GTK_WIDGET_CLASS (klass);
  BackstayListRowClass *row_class = BACKSTAY_LIST_ROW_CLASS (klass);

  row_class->item_signal = "changed";
  row_class->update = backstay_version_row_update;

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

  if (get_item (self) == NULL)
    return;

  now = g_date_time_new_now_local ();
  time = backstay_timestamp_dup_relative (backstay_version_get_created_at (get_item (self)), now);
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

  if (get_item (self) != NULL)
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

  if (get_item (self) != NULL)
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

      if (BACKSTAY_IS_VERSION_ROW (child) && get_item (BACKSTAY_VERSION_ROW (child)) == version)
        return child;
    }

  return NULL;
}
