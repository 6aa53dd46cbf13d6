/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "backstay-matrix-window-sets"

#include "config.h"

#include "backstay-matrix-window-private.h"

#include "backstay-matrix-filter.h"
#include "backstay-path-set-dialog.h"

#include <glib/gi18n-lib.h>

/* The window's sets of paths. In the drop-down all paths come first, so that a set is one further
 * down. */

/* A new set begins with what is shown, unless that is much. */
#define MAX_SUGGESTED 50

static void
set_saved_cb (BackstayMatrixWindow *self,
              const char           *name,
              const char *const    *pointers)
{
  guint set = backstay_path_sets_save (self->sets, name, pointers);

  backstay_matrix_window_list_sets (self, set + 1);
  backstay_matrix_window_filter (self);
}

static void
edit_set (BackstayMatrixWindow *self,
          const char           *name,
          const char *const    *pointers)
{
  BackstayPathSetDialog *dialog = backstay_path_set_dialog_new (GTK_WINDOW (self), name, pointers);

  g_signal_connect_object (dialog, "saved", G_CALLBACK (set_saved_cb), self, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
}

/* The paths of the row that is selected, or of those without rows below that are shown. */
static char **
list_suggestions (BackstayMatrixWindow *self)
{
  BackstayMatrixItem *selected = backstay_matrix_grid_get_selected (self->grid);
  BackstayMatrixTree *tree = backstay_matrix_grid_get_tree (self->grid);
  g_autoptr (GPtrArray) pointers = g_ptr_array_new_with_free_func (g_free);

  if (selected != NULL)
    {
      char *pointer = backstay_matrix_item_dup_pointer (selected);

      if (pointer != NULL)
        g_ptr_array_add (pointers, pointer);
    }
  else if (tree != NULL && g_list_model_get_n_items (G_LIST_MODEL (tree)) <= MAX_SUGGESTED)
    {
      for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (tree)); i++)
        {
          g_autoptr (BackstayMatrixItem) item = g_list_model_get_item (G_LIST_MODEL (tree), i);
          char *pointer = NULL;

          if (!backstay_matrix_item_get_expandable (item))
            pointer = backstay_matrix_item_dup_pointer (item);
          if (pointer != NULL)
            g_ptr_array_add (pointers, pointer);
        }
    }

  g_ptr_array_add (pointers, NULL);

  return (char **) g_ptr_array_free (g_steal_pointer (&pointers), FALSE);
}

static void
new_set_action (GtkWidget  *widget,
                const char *action_name,
                GVariant   *parameter)
{
  BackstayMatrixWindow *self = BACKSTAY_MATRIX_WINDOW (widget);
  g_auto (GStrv) pointers = list_suggestions (self);

  edit_set (self, "", (const char *const *) pointers);
}

static void
edit_set_action (GtkWidget  *widget,
                 const char *action_name,
                 GVariant   *parameter)
{
  BackstayMatrixWindow *self = BACKSTAY_MATRIX_WINDOW (widget);
  guint                 set = gtk_drop_down_get_selected (self->set_drop_down) - 1;

  edit_set (self, backstay_path_sets_get_name (self->sets, set),
            backstay_path_sets_get_pointers (self->sets, set));
}

static void
forget_set_action (GtkWidget  *widget,
                   const char *action_name,
                   GVariant   *parameter)
{
  BackstayMatrixWindow *self = BACKSTAY_MATRIX_WINDOW (widget);

  backstay_path_sets_remove (self->sets, gtk_drop_down_get_selected (self->set_drop_down) - 1);
  backstay_matrix_window_list_sets (self, 0);
  backstay_matrix_window_filter (self);
}

void
backstay_matrix_window_install_set_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "matrix-window.new-set", NULL, new_set_action);
  gtk_widget_class_install_action (widget_class, "matrix-window.edit-set", NULL, edit_set_action);
  gtk_widget_class_install_action (widget_class, "matrix-window.forget-set", NULL, forget_set_action);
}

void
backstay_matrix_window_update_set_actions (BackstayMatrixWindow *self)
{
  guint    selected = gtk_drop_down_get_selected (self->set_drop_down);
  gboolean editable = self->sets != NULL && selected > 0 && selected <= backstay_path_sets_get_n (self->sets) &&
                      backstay_path_sets_get_editable (self->sets, selected - 1);

  gtk_widget_action_set_enabled (GTK_WIDGET (self), "matrix-window.edit-set", editable);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "matrix-window.forget-set", editable);
}

/* Lists the sets anew. That they are other ones does not filter. */
void
backstay_matrix_window_list_sets (BackstayMatrixWindow *self,
                                  guint                 selected)
{
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);

  gtk_string_list_append (names, _ ("All Paths"));
  for (guint i = 0; i < backstay_path_sets_get_n (self->sets); i++)
    gtk_string_list_append (names, backstay_path_sets_get_name (self->sets, i));

  g_signal_handlers_block_matched (self->set_drop_down, G_SIGNAL_MATCH_DATA, 0, 0, NULL, NULL, self);
  gtk_drop_down_set_model (self->set_drop_down, G_LIST_MODEL (names));
  gtk_drop_down_set_selected (self->set_drop_down, selected);
  g_signal_handlers_unblock_matched (self->set_drop_down, G_SIGNAL_MATCH_DATA, 0, 0, NULL, NULL, self);
  backstay_matrix_window_update_set_actions (self);
}
