/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "backstay-undone-row"

#include "config.h"

#include "backstay-undone-row.h"

#include "backstay-history-list.h"
#include "backstay-row-factory.h"
#include "backstay-version-row.h"

#include <glib/gi18n-lib.h>

/* So high is a row of the list, about, and so many are in sight: a list view knows no height of its
 * own. */
#define ROW_HEIGHT 76
#define MAX_ROWS 3

/**
 * BackstayUndoneRow:
 *
 * Which versions a rollback undoes: what was made after the version to go back to, up to the live
 * one. It says how many, and unfolds to a list of them. It is not there where there are none.
 */
struct _BackstayUndoneRow
{
  AdwExpanderRow parent_instance;

  BackstayRepository *repository;
  BackstayVersion    *target;
  BackstayVersion    *live; /* %NULL where nothing is. */
  GCancellable       *cancellable;

  /* Template children */
  GtkWidget         *again_button;
  GtkScrolledWindow *scrolled_window;
  GtkListView       *list_view;
};

G_DEFINE_FINAL_TYPE (BackstayUndoneRow, backstay_undone_row, ADW_TYPE_EXPANDER_ROW)

static void
set_list (BackstayUndoneRow   *self,
          BackstayHistoryList *list)
{
  g_autoptr (GtkNoSelection) model = NULL;

  if (list != NULL)
    model = gtk_no_selection_new (G_LIST_MODEL (g_object_ref (list)));

  gtk_list_view_set_model (self->list_view, GTK_SELECTION_MODEL (model));
  adw_expander_row_set_enable_expansion (ADW_EXPANDER_ROW (self), list != NULL);
  adw_expander_row_set_expanded (ADW_EXPANDER_ROW (self), FALSE); /* It was unfolded by that. */
}

static void
say (BackstayUndoneRow *self,
     const char        *title,
     const char        *subtitle)
{
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), title);
  adw_expander_row_set_subtitle (ADW_EXPANDER_ROW (self), subtitle);
}

static void
show_count (BackstayUndoneRow *self,
            guint              n_versions)
{
  g_autoptr (BackstayHistoryList) list = NULL;
  g_autofree char *title = NULL;

  /* They went meanwhile. */
  gtk_widget_set_visible (GTK_WIDGET (self), n_versions > 0);
  if (n_versions == 0)
    return;

  if (n_versions < BACKSTAY_UNDONE_LIMIT)
    title = g_strdup_printf (ngettext ("Undoes %u version", "Undoes %u versions", n_versions), n_versions);
  else
    title = g_strdup_printf (ngettext ("Undoes %u version or more", "Undoes %u versions or more", n_versions),
                             n_versions);

  /* The first page comes when somebody looks. */
  list = backstay_history_list_new_part (self->repository, self->live, n_versions);
  set_list (self, list);
  gtk_scrolled_window_set_min_content_height (self->scrolled_window, (int) MIN (n_versions, MAX_ROWS) * ROW_HEIGHT);
  say (self, title,
       _ ("All that were made after it, up to the live one. The table does not record which of them "
          "were live."));
}

static void
counted_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  BackstayUndoneRow *self = user_data; /* Dangling if cancelled. */
  g_autoptr (GError) error = NULL;
  guint n_versions;

  if (backstay_repository_count_undone_finish (BACKSTAY_REPOSITORY (object), result, &n_versions, &error))
    {
      g_clear_object (&self->cancellable);
      show_count (self, n_versions);
    }
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      g_clear_object (&self->cancellable);
      say (self, _ ("What it undoes could not be counted"), error->message);
      gtk_widget_set_visible (self->again_button, TRUE);
    }
}

static void
load (BackstayUndoneRow *self)
{
  gboolean undoes;

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  gtk_widget_set_visible (self->again_button, FALSE);
  set_list (self, NULL);

  /* Where nothing is live, or something older is, there is nothing to undo. */
  undoes = self->live != NULL && backstay_version_is_older (self->target, self->live);
  gtk_widget_set_visible (GTK_WIDGET (self), undoes);
  if (!undoes)
    return;

  say (self, _ ("Undoes…"), _ ("Counting…"));
  self->cancellable = g_cancellable_new ();
  backstay_repository_count_undone_async (self->repository, self->target, self->live, self->cancellable,
                                          counted_cb, self);
}

static void
backstay_undone_row_dispose (GObject *object)
{
  BackstayUndoneRow *self = BACKSTAY_UNDONE_ROW (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->repository);
  g_clear_object (&self->target);
  g_clear_object (&self->live);

  G_OBJECT_CLASS (backstay_undone_row_parent_class)->dispose (object);
}

static void
backstay_undone_row_class_init (BackstayUndoneRowClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = backstay_undone_row_dispose;

  gtk_widget_class_set_template_from_resource (widget_class, BACKSTAY_RESOURCE_PATH "/ui/backstay-undone-row.ui");
  gtk_widget_class_bind_template_child (widget_class, BackstayUndoneRow, again_button);
  gtk_widget_class_bind_template_child (widget_class, BackstayUndoneRow, scrolled_window);
  gtk_widget_class_bind_template_child (widget_class, BackstayUndoneRow, list_view);
  gtk_widget_class_bind_template_callback (widget_class, load);
}

static void
backstay_undone_row_init (BackstayUndoneRow *self)
{
  g_autoptr (GtkListItemFactory) factory = backstay_row_factory_new (BACKSTAY_TYPE_VERSION_ROW);

  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_list_view_set_factory (self->list_view, factory);
}

/**
 * backstay_undone_row_show:
 * @repository: where to load from
 * @target: the version to go back to
 * @live: (nullable): what is live now
 *
 * Shows what going back undoes.
 */
void
backstay_undone_row_show (BackstayUndoneRow  *self,
                          BackstayRepository *repository,
                          BackstayVersion    *target,
                          BackstayVersion    *live)
{
  g_return_if_fail (BACKSTAY_IS_UNDONE_ROW (self));
  g_return_if_fail (BACKSTAY_IS_REPOSITORY (repository));
  g_return_if_fail (BACKSTAY_IS_VERSION (target));
  g_return_if_fail (live == NULL || BACKSTAY_IS_VERSION (live));

  g_set_object (&self->repository, repository);
  g_set_object (&self->target, target);
  g_set_object (&self->live, live);
  load (self);
}
