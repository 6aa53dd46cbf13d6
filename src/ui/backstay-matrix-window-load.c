/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "backstay-matrix-window-load"

#include "config.h"

#include "backstay-matrix-window-private.h"

#include "backstay-display-text.h"

#include "backstay-matrix.h"
#include "backstay-model-type.h"
#include "backstay-repository-compare.h"

#include <glib/gi18n-lib.h>

/* What the window loads: which versions are live, which of them to compare, and these. */

static gboolean
is_live (BackstayMatrixWindow  *self,
         BackstayConfiguration *configuration)
{
  BackstayVersion *version = backstay_configuration_get_version (configuration);

  return g_hash_table_contains (self->live_ids, backstay_version_get_id (version));
}

static void
progress_cb (guint    n_done,
             guint    n_total,
             gpointer user_data)
{
  BackstayMatrixWindow *self = user_data;
  g_autofree char      *text = NULL;

  /* Translators: how many of how many versions are there. */
  text = g_strdup_printf (_ ("Loading %u of %u…"), MIN (n_done + 1, n_total), n_total);
  backstay_matrix_window_show_progress (self, n_total > 0 ? (double) n_done / n_total : 0, text);
}

static void
fail (BackstayMatrixWindow *self,
      const GError         *error)
{
  backstay_matrix_window_show_message (self, _ ("Not Loaded"), error->message, _ ("_Try Again"));
}

static void
tell_missing (BackstayMatrixWindow *self,
              guint                 n_missing)
{
  g_autofree char *text = NULL;

  text = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE,
                                       "%u version is not in the table any more, or may not be seen. "
                                       "The others are compared.",
                                       "%u versions are not in the table any more, or may not be seen. "
                                       "The others are compared.",
                                       n_missing),
                          n_missing);
  backstay_notice_show (self->notice, BACKSTAY_NOTICE_WARNING, text, _ ("Reload"));
}

static void
configurations_cb (GObject      *object,
                   GAsyncResult *result,
                   gpointer      user_data)
{
  BackstayMatrixWindow *self = user_data; /* Dangling if cancelled. */
  g_autoptr (GPtrArray) configurations = NULL;
  g_autoptr (GPtrArray) missing = NULL;
  g_autoptr (BackstayMatrixColumns) columns = NULL;
  g_autoptr (GError) error = NULL;

  configurations = backstay_repository_get_configurations_finish (BACKSTAY_REPOSITORY (object), result,
                                                                  &missing, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  g_clear_object (&self->cancellable);

  if (configurations == NULL)
    {
      fail (self, error);
      return;
    }

  if (missing->len > 0)
    tell_missing (self, missing->len);

  /* What was added comes behind what is there already. */
  columns = self->columns != NULL ? backstay_matrix_columns_copy (self->columns)
                                  : backstay_matrix_columns_new ();

  for (guint i = 0; i < configurations->len; i++)
    {
      BackstayConfiguration *configuration = g_ptr_array_index (configurations, i);

      backstay_matrix_columns_append (columns, configuration, is_live (self, configuration));
    }

  if (backstay_matrix_columns_get_n (columns) == 0)
    backstay_matrix_window_show_message (self, _ ("Nothing to Compare"),
                                         _ ("None of these versions is in the table any more, or may be seen."), _ ("_Try Again"));
  else
    backstay_matrix_window_compare (self, columns);
}

static void
load_configurations (BackstayMatrixWindow *self,
                     GPtrArray            *ids)
{
  progress_cb (0, ids->len, self);
  backstay_repository_get_configurations_async (self->repository, ids, progress_cb, self, self->cancellable,
                                                configurations_cb, self);
}

/* Names the model types of which several versions are active. */
static char *
dup_crowded_types (GPtrArray *versions)
{
  g_autoptr (GHashTable) counts = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GString) names = g_string_new (NULL);

  for (guint i = 0; i < versions->len; i++)
    {
      const char      *type = backstay_version_get_model_type (g_ptr_array_index (versions, i));
      guint            n = GPOINTER_TO_UINT (g_hash_table_lookup (counts, type)) + 1;
      g_autofree char *name = NULL;

      g_hash_table_insert (counts, (gpointer) type, GUINT_TO_POINTER (n));
      if (n != 2)
        continue;

      name = backstay_display_text (type);
      g_string_append_printf (names, "%s%s", names->len > 0 ? ", " : "", name);
    }

  return g_string_free (g_steal_pointer (&names), FALSE);
}

/* Says what is not as the rule of one active version wants it. */
static void
tell_active (BackstayMatrixWindow *self,
             GPtrArray            *versions)
{
  g_autofree char *crowded = dup_crowded_types (versions);
  g_autofree char *text = NULL;

  if (versions->len > BACKSTAY_MATRIX_MAX_DOCUMENTS)
    text = g_strdup_printf (_ ("%u versions are active, and only the first %u of them are compared. "
                               "Others can be added once some are removed."),
                            versions->len, (guint) BACKSTAY_MATRIX_MAX_DOCUMENTS);
  else if (*crowded != '\0')
    /* Translators: the names of model types. */
    text = g_strdup_printf (_ ("There is more than one active version of %s. A service reads the one that is "
                               "marked as live."),
                            crowded);
  else if (versions->len == 1)
    text = g_strdup (_ ("Only one version is live. Add another one to compare it with."));
  else
    return;

  backstay_notice_show (self->notice, versions->len == 1 ? BACKSTAY_NOTICE_INFO : BACKSTAY_NOTICE_WARNING, text, NULL);
}

static void
active_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  BackstayMatrixWindow *self = user_data; /* Dangling if cancelled. */
  g_autoptr (GPtrArray) versions = NULL;
  g_autoptr (GPtrArray) ids = g_ptr_array_new ();
  g_autoptr (GError) error = NULL;

  versions = backstay_repository_list_active_finish (BACKSTAY_REPOSITORY (object), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  if (versions == NULL)
    {
      fail (self, error);
      return;
    }

  if (versions->len == 0)
    {
      backstay_matrix_window_show_message (self, _ ("Nothing Is Live"),
                                           _ ("No version of any model type is active, so services read nothing."), _ ("_Reload"));
      return;
    }

  tell_active (self, versions);

  for (guint i = 0; i < MIN (versions->len, BACKSTAY_MATRIX_MAX_DOCUMENTS); i++)
    g_ptr_array_add (ids, (gpointer) backstay_version_get_id (g_ptr_array_index (versions, i)));
  load_configurations (self, ids);
}

static void
types_cb (GObject      *object,
          GAsyncResult *result,
          gpointer      user_data)
{
  BackstayMatrixWindow *self = user_data; /* Dangling if cancelled. */
  g_autoptr (GPtrArray) types = NULL;
  g_autoptr (GError) error = NULL;

  types = backstay_repository_list_types_finish (BACKSTAY_REPOSITORY (object), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  if (types == NULL)
    {
      fail (self, error);
      return;
    }

  g_hash_table_remove_all (self->live_ids);

  for (guint i = 0; i < types->len; i++)
    {
      BackstayVersion *live = backstay_model_type_get_live (g_ptr_array_index (types, i));

      if (live != NULL)
        g_hash_table_add (self->live_ids, g_strdup (backstay_version_get_id (live)));
    }

  if (self->ids != NULL)
    load_configurations (self, self->ids);
  else
    backstay_repository_list_active_async (self->repository, NULL, self->cancellable, active_cb, self);
}

void
backstay_matrix_window_load (BackstayMatrixWindow *self)
{
  backstay_matrix_window_stop (self);
  backstay_notice_hide (self->notice);
  backstay_matrix_grid_show (self->grid, NULL, NULL);
  g_clear_object (&self->columns);
  g_clear_pointer (&self->matrix, backstay_matrix_unref);
  backstay_matrix_window_show_progress (self, 0, _ ("Loading…"));
  gtk_stack_set_visible_child_name (self->stack, "loading");

  self->cancellable = g_cancellable_new ();
  backstay_repository_list_types_async (self->repository, self->cancellable, types_cb, self);
  backstay_matrix_window_update_actions (self);
}

void
backstay_matrix_window_add_version (BackstayMatrixWindow *self,
                                    BackstayVersion      *version)
{
  g_autoptr (GPtrArray) ids = g_ptr_array_new ();

  g_ptr_array_add (ids, (gpointer) backstay_version_get_id (version));
  backstay_matrix_window_stop (self);
  backstay_notice_hide (self->notice);
  gtk_stack_set_visible_child_name (self->stack, "loading");
  self->cancellable = g_cancellable_new ();
  load_configurations (self, ids);
  backstay_matrix_window_update_actions (self);
}
