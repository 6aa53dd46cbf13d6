/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "backstay-finding-row"

#include "config.h"

#include "backstay-finding-row.h"

#include "backstay-display-text.h"

#include <glib/gi18n-lib.h>

/**
 * BackstayFindingRow:
 *
 * A finding: what was found, what it means, and the SQL that mends it.
 */
struct _BackstayFindingRow
{
  AdwExpanderRow parent_instance;

  BackstayFinding *finding;

  /* Template children */
  GtkImage    *state_image;
  GtkLabel    *meaning_label;
  GtkWidget   *fix_box;
  GtkTextView *sql_view;
  GtkWidget   *copy_button;
  GtkWidget   *save_button;
  GtkWidget   *apply_button;
  GtkWidget   *right_label;
};

enum
{
  SIGNAL_SAVE_REQUESTED,
  SIGNAL_APPLY_REQUESTED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (BackstayFindingRow, backstay_finding_row, ADW_TYPE_EXPANDER_ROW)

static void
copy_clicked_cb (BackstayFindingRow *self)
{
  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), backstay_finding_get_sql (self->finding));
}

static void
save_clicked_cb (BackstayFindingRow *self)
{
  g_signal_emit (self, signals[SIGNAL_SAVE_REQUESTED], 0);
}

static void
apply_clicked_cb (BackstayFindingRow *self)
{
  g_signal_emit (self, signals[SIGNAL_APPLY_REQUESTED], 0);
}

static void
backstay_finding_row_dispose (GObject *object)
{
  g_clear_object (&BACKSTAY_FINDING_ROW (object)->finding);

  G_OBJECT_CLASS (backstay_finding_row_parent_class)->dispose (object);
}

static void
backstay_finding_row_class_init (BackstayFindingRowClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = backstay_finding_row_dispose;

  /**
   * BackstayFindingRow::save-requested:
   *
   * Emitted when the user wants the SQL in a file.
   */
  signals[SIGNAL_SAVE_REQUESTED] =
    g_signal_new ("save-requested",
                  G_TYPE_FROM_CLASS (klass),
                  G_SIGNAL_RUN_LAST,
                  0, NULL, NULL, NULL,
                  G_TYPE_NONE, 0);

  /**
   * BackstayFindingRow::apply-requested:
   *
   * Emitted when the user wants the SQL to be run, and has not been asked yet whether it is meant.
   */
  signals[SIGNAL_APPLY_REQUESTED] =
    g_signal_new ("apply-requested",
                  G_TYPE_FROM_CLASS (klass),
                  G_SIGNAL_RUN_LAST,
                  0, NULL, NULL, NULL,
                  G_TYPE_NONE, 0);

  gtk_widget_class_set_template_from_resource (widget_class, BACKSTAY_RESOURCE_PATH "/ui/backstay-finding-row.ui");
  gtk_widget_class_bind_template_child (widget_class, BackstayFindingRow, state_image);
  gtk_widget_class_bind_template_child (widget_class, BackstayFindingRow, meaning_label);
  gtk_widget_class_bind_template_child (widget_class, BackstayFindingRow, fix_box);
  gtk_widget_class_bind_template_child (widget_class, BackstayFindingRow, sql_view);
  gtk_widget_class_bind_template_child (widget_class, BackstayFindingRow, copy_button);
  gtk_widget_class_bind_template_child (widget_class, BackstayFindingRow, save_button);
  gtk_widget_class_bind_template_child (widget_class, BackstayFindingRow, apply_button);
  gtk_widget_class_bind_template_child (widget_class, BackstayFindingRow, right_label);
  gtk_widget_class_bind_template_callback (widget_class, copy_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, save_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, apply_clicked_cb);
}

static void
backstay_finding_row_init (BackstayFindingRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

static const char *
get_icon_name (BackstayFinding *finding)
{
  if (backstay_finding_is_problem (finding))
    return "dialog-warning-symbolic";

  switch (backstay_finding_get_state (finding))
    {
    case BACKSTAY_FINDING_PRESENT:
      return "emblem-ok-symbolic";
    case BACKSTAY_FINDING_HIDDEN:
      return "dialog-question-symbolic";
    case BACKSTAY_FINDING_MISSING:
    case BACKSTAY_FINDING_DIFFERENT:
    default:
      return "list-add-symbolic";
    }
}

static void
show (BackstayFindingRow *self)
{
  BackstayFinding *finding = self->finding;
  const char      *sql = backstay_finding_get_sql (finding);
  g_autofree char *title = backstay_display_text (backstay_finding_get_title (finding));
  g_autofree char *subtitle = g_strdup (backstay_finding_get_state_label (finding));

  if (backstay_finding_get_found (finding) != NULL)
    {
      g_autofree char *found = backstay_display_text (backstay_finding_get_found (finding));
      g_autofree char *state = g_steal_pointer (&subtitle);

      /* Translators: what was found: a state such as "Different", and what is there. */
      subtitle = g_strdup_printf (_ ("%s · %s"), state, found);
    }

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), title);
  adw_expander_row_set_subtitle (ADW_EXPANDER_ROW (self), subtitle);
  gtk_image_set_from_icon_name (self->state_image, get_icon_name (finding));
  if (backstay_finding_is_problem (finding))
    gtk_widget_add_css_class (GTK_WIDGET (self->state_image), "warning");

  gtk_label_set_label (self->meaning_label, backstay_finding_get_meaning (finding));
  gtk_widget_set_visible (self->fix_box, sql != NULL);
  if (sql != NULL)
    gtk_text_buffer_set_text (gtk_text_view_get_buffer (self->sql_view), sql, -1);
  gtk_widget_set_visible (self->apply_button, backstay_finding_get_can_apply (finding));
  gtk_widget_set_visible (self->right_label, !backstay_finding_get_can_apply (finding));
}

/**
 * backstay_finding_row_new:
 * @finding: what to show
 *
 * Returns: (transfer full) (floating): the row
 */
BackstayFindingRow *
backstay_finding_row_new (BackstayFinding *finding)
{
  BackstayFindingRow *self;

  g_return_val_if_fail (BACKSTAY_IS_FINDING (finding), NULL);

  self = g_object_new (BACKSTAY_TYPE_FINDING_ROW, NULL);
  self->finding = g_object_ref (finding);
  show (self);

  return self;
}

/**
 * backstay_finding_row_get_finding:
 *
 * Returns: (transfer none): what it shows
 */
BackstayFinding *
backstay_finding_row_get_finding (BackstayFindingRow *self)
{
  g_return_val_if_fail (BACKSTAY_IS_FINDING_ROW (self), NULL);

  return self->finding;
}
