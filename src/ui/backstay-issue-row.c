/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "backstay-issue-row"

#include "config.h"

#include "backstay-issue-row.h"

#include "backstay-display-text.h"
#include "backstay-timestamp.h"
#include "backstay-version-text.h"

#include <glib/gi18n-lib.h>

/* More versions than this are not listed one by one. */
#define MAX_ROWS 20

/**
 * BackstayIssueRow:
 *
 * Something that should not be in the table: what it means, which versions it is about, and what can be
 * done.
 */
struct _BackstayIssueRow
{
  AdwExpanderRow parent_instance;

  BackstayIssue *issue;

  /* Template children */
  GtkImage  *kind_image;
  GtkLabel  *meaning_label;
  GtkWidget *repair_button;
  GtkWidget *choose_button;
};

enum
{
  SIGNAL_REPAIR_REQUESTED,
  SIGNAL_VERSION_ACTIVATED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (BackstayIssueRow, backstay_issue_row, ADW_TYPE_EXPANDER_ROW)

static void
repair_clicked_cb (BackstayIssueRow *self)
{
  g_signal_emit (self, signals[SIGNAL_REPAIR_REQUESTED], 0);
}

static void
version_activated_cb (BackstayIssueRow *self,
                      GtkWidget        *row)
{
  g_signal_emit (self, signals[SIGNAL_VERSION_ACTIVATED], 0, g_object_get_data (G_OBJECT (row), "version"));
}

static void
type_activated_cb (GtkWidget *row,
                   gpointer   name)
{
  gtk_widget_activate_action (row, "win.open-type", "s", name);
}

static void
backstay_issue_row_dispose (GObject *object)
{
  g_clear_object (&BACKSTAY_ISSUE_ROW (object)->issue);

  G_OBJECT_CLASS (backstay_issue_row_parent_class)->dispose (object);
}

static void
backstay_issue_row_class_init (BackstayIssueRowClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = backstay_issue_row_dispose;

  /**
   * BackstayIssueRow::repair-requested:
   *
   * Emitted when the user wants to see what a repair would change.
   */
  signals[SIGNAL_REPAIR_REQUESTED] =
    g_signal_new ("repair-requested",
                  G_TYPE_FROM_CLASS (klass),
                  G_SIGNAL_RUN_LAST,
                  0, NULL, NULL, NULL,
                  G_TYPE_NONE, 0);

  /**
   * BackstayIssueRow::version-activated:
   * @version: a version
   *
   * Emitted when the user wants to see a version.
   */
  signals[SIGNAL_VERSION_ACTIVATED] =
    g_signal_new ("version-activated",
                  G_TYPE_FROM_CLASS (klass),
                  G_SIGNAL_RUN_LAST,
                  0, NULL, NULL, NULL,
                  G_TYPE_NONE, 1, BACKSTAY_TYPE_VERSION);

  gtk_widget_class_set_template_from_resource (widget_class, BACKSTAY_RESOURCE_PATH "/ui/backstay-issue-row.ui");
  gtk_widget_class_bind_template_child (widget_class, BackstayIssueRow, kind_image);
  gtk_widget_class_bind_template_child (widget_class, BackstayIssueRow, meaning_label);
  gtk_widget_class_bind_template_child (widget_class, BackstayIssueRow, repair_button);
  gtk_widget_class_bind_template_child (widget_class, BackstayIssueRow, choose_button);
  gtk_widget_class_bind_template_callback (widget_class, repair_clicked_cb);
}

static void
backstay_issue_row_init (BackstayIssueRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

static GtkWidget *
new_row (const char *title,
         const char *subtitle)
{
  GtkWidget *row = adw_action_row_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);

  return row;
}

static void
add_version (BackstayIssueRow *self,
             BackstayVersion  *version)
{
  g_autofree char *type = backstay_display_text (backstay_version_get_model_type (version));
  g_autofree char *name = backstay_display_text (backstay_version_get_name (version));
  g_autofree char *exact = backstay_timestamp_dup_exact (backstay_version_get_created_at (version));
  g_autofree char *byline = backstay_version_text_dup_byline (version);
  g_autofree char *id = backstay_version_dup_short_id (version);
  g_auto (GStrv) lines = g_strsplit (exact, "\n", 2);
  g_autofree char *subtitle = NULL;
  GtkWidget       *row;

  /* Translators: a model type, when a version was made, by whom, and the first digits of its id. */
  subtitle = g_strdup_printf (_ ("%s · %s · %s · id %s"), type, lines[0], byline, id);
  row = new_row (name, subtitle);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  gtk_widget_set_tooltip_text (row, _ ("Open This Version"));
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), gtk_image_new_from_icon_name ("go-next-symbolic"));
  g_object_set_data_full (G_OBJECT (row), "version", g_object_ref (version), g_object_unref);
  g_signal_connect_object (row, "activated", G_CALLBACK (version_activated_cb), self, G_CONNECT_SWAPPED);
  adw_expander_row_add_row (ADW_EXPANDER_ROW (self), row);
}

static void
add_type (BackstayIssueRow *self,
          const char       *name)
{
  g_autofree char *shown = backstay_display_text (name);
  GtkWidget       *row = new_row (shown, "");

  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  gtk_widget_set_tooltip_text (row, _ ("Open This Model Type"));
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), gtk_image_new_from_icon_name ("go-next-symbolic"));
  g_signal_connect_data (row, "activated", G_CALLBACK (type_activated_cb), g_strdup (name),
                         (GClosureNotify) (GCallback) g_free, 0);
  adw_expander_row_add_row (ADW_EXPANDER_ROW (self), row);
}

static void
add_rows (BackstayIssueRow *self)
{
  GPtrArray         *versions = backstay_issue_get_versions (self->issue);
  const char *const *names = backstay_issue_get_names (self->issue);
  guint              n_left;

  for (guint i = 0; i < MIN (versions->len, MAX_ROWS); i++)
    add_version (self, g_ptr_array_index (versions, i));

  if (versions->len > MAX_ROWS)
    {
      g_autofree char *title = NULL;

      n_left = versions->len - MAX_ROWS;
      title = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "and %u more", "and %u more", n_left), n_left);
      adw_expander_row_add_row (ADW_EXPANDER_ROW (self), new_row (title, ""));
    }

  for (guint i = 0; names != NULL && names[i] != NULL; i++)
    add_type (self, names[i]);
}

/* What a service notices is worse than what only people do. */
static gboolean
is_grave (BackstayIssue *issue)
{
  return backstay_issue_get_kind (issue) <= BACKSTAY_ISSUE_FUTURE_TIME &&
         backstay_issue_get_kind (issue) != BACKSTAY_ISSUE_NO_STATE;
}

static void
show (BackstayIssueRow *self,
      gboolean          can_write)
{
  g_autofree char *title = backstay_issue_dup_title (self->issue);
  g_autoptr (BackstayRepair) repair = backstay_issue_dup_repair (self->issue);
  gboolean is_none = backstay_issue_get_kind (self->issue) == BACKSTAY_ISSUE_NONE_ACTIVE;

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), title);
  gtk_image_set_from_icon_name (self->kind_image,
                                is_grave (self->issue) ? "dialog-warning-symbolic" : "dialog-information-symbolic");
  if (is_grave (self->issue))
    gtk_widget_add_css_class (GTK_WIDGET (self->kind_image), "warning");

  gtk_label_set_label (self->meaning_label, backstay_issue_get_meaning (self->issue));
  gtk_widget_set_visible (self->repair_button, repair != NULL && can_write);
  gtk_widget_set_visible (self->choose_button, is_none && can_write);
  if (is_none)
    {
      /* The target comes first: without it the action does not fit. */
      gtk_actionable_set_action_target (GTK_ACTIONABLE (self->choose_button), "s",
                                        backstay_issue_get_model_type (self->issue));
      gtk_actionable_set_action_name (GTK_ACTIONABLE (self->choose_button), "win.choose-rollback");
    }
  add_rows (self);
}

/**
 * backstay_issue_row_new:
 * @issue: what to show
 * @can_write: whether it can be repaired, as far as is known
 *
 * Returns: (transfer full) (floating): the row
 */
BackstayIssueRow *
backstay_issue_row_new (BackstayIssue *issue,
                        gboolean       can_write)
{
  BackstayIssueRow *self;

  g_return_val_if_fail (BACKSTAY_IS_ISSUE (issue), NULL);

  self = g_object_new (BACKSTAY_TYPE_ISSUE_ROW, NULL);
  self->issue = g_object_ref (issue);
  show (self, can_write);

  return self;
}

/**
 * backstay_issue_row_get_issue:
 *
 * Returns: (transfer none): what it shows
 */
BackstayIssue *
backstay_issue_row_get_issue (BackstayIssueRow *self)
{
  g_return_val_if_fail (BACKSTAY_IS_ISSUE_ROW (self), NULL);

  return self->issue;
}
