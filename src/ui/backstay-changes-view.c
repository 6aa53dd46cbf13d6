/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "backstay-changes-view"

#include "config.h"

#include "backstay-changes-view.h"

#include "backstay-compat.h"
#include "backstay-diff-view.h"
#include "backstay-display-text.h"
#include "backstay-notice.h"
#include "backstay-row-factory.h"
#include "backstay-version-chooser.h"
#include "backstay-version-text.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* What a version can be compared with, in the drop-down's order. The last item there asks for the
 * chosen one. */
enum
{
  BASE_LIVE,
  BASE_PREVIOUS,
  BASE_REPLACED, /* There only for a version that a rollback made. */
  BASE_CHOSEN,   /* There only once it was chosen. */
};

/**
 * BackstayChangesView:
 *
 * What differs between a version and the live one, the one before it, what was live before a rollback
 * made it, or any other.
 */
struct _BackstayChangesView
{
  GtkWidget parent_instance;

  BackstayRepository    *repository;
  BackstayConfiguration *configuration; /* The version; read. */
  BackstayVersion       *live;          /* %NULL where none is. */
  char                  *replaced_id;   /* What was live before it; %NULL where that is not known. */
  BackstayVersion       *chosen;        /* What the user wants to compare it with; can be %NULL. */
  guint                  kind;          /* Which of those it is compared with. */
  BackstayConfiguration *base;          /* What it is compared with; %NULL until it has come. */
  GCancellable          *cancellable;   /* Non-%NULL while @base is on its way. */
  gboolean               shown;         /* Whether the comparison is shown, or on its way. */
  gboolean               swapped;

  /* Template children */
  GtkDropDown      *base_drop_down;
  BackstayNotice   *notice;
  BackstayDiffView *diff_view;
};

G_DEFINE_FINAL_TYPE (BackstayChangesView, backstay_changes_view, GTK_TYPE_WIDGET)

/* A version's name, and whether it is live. */
static char *
dup_name (BackstayChangesView   *self,
          BackstayConfiguration *configuration)
{
  BackstayVersion *version = backstay_configuration_get_version (configuration);
  g_autofree char *name = backstay_display_text (backstay_version_get_name (version));

  if (self->live == NULL ||
      strcmp (backstay_version_get_id (self->live), backstay_version_get_id (version)) != 0)
    return g_steal_pointer (&name);

  /* Translators: a version's name. */
  return g_strdup_printf (_ ("%s (live)"), name);
}

static void
compare (BackstayChangesView *self)
{
  BackstayConfiguration *before = self->swapped ? self->configuration : self->base;
  BackstayConfiguration *after = self->swapped ? self->base : self->configuration;
  g_autofree char       *before_name = dup_name (self, before);
  g_autofree char       *after_name = dup_name (self, after);
  /* Translators: a version's name. */
  g_autofree char *before_title = g_strdup_printf (_ ("Before: %s"), before_name);
  g_autofree char *after_title = g_strdup_printf (_ ("After: %s"), after_name);

  backstay_diff_view_compare (self->diff_view,
                              backstay_configuration_get_json (before),
                              backstay_configuration_get_json (after),
                              before_title,
                              after_title);
}

static void
fail (BackstayChangesView *self,
      const GError        *error)
{
  g_clear_object (&self->cancellable);
  backstay_notice_show (self->notice, BACKSTAY_NOTICE_ERROR, error->message, _ ("Try Again"));
  backstay_diff_view_show_message (self->diff_view, _ ("Nothing to Show"),
                                   _ ("What it is to be compared with could not be loaded."));
}

static void
read_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  BackstayChangesView *self = user_data; /* Dangling if cancelled. */
  g_autoptr (GError) error = NULL;

  if (backstay_configuration_read_finish (BACKSTAY_CONFIGURATION (object), result, &error) != NULL)
    {
      g_clear_object (&self->cancellable);
      compare (self);
    }
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      fail (self, error);
    }
}

static void
base_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  BackstayChangesView *self = user_data; /* Dangling if cancelled. */
  g_autoptr (BackstayConfiguration) base = NULL;
  g_autoptr (GError) error = NULL;

  base = backstay_repository_get_configuration_finish (BACKSTAY_REPOSITORY (object), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  if (base == NULL)
    {
      fail (self, error);
      return;
    }

  g_set_object (&self->base, base);
  backstay_configuration_read_async (base, self->cancellable, read_cb, self);
}

static void
load_base (BackstayChangesView *self,
           const char          *id)
{
  backstay_repository_get_configuration_async (self->repository,
                                               id,
                                               self->cancellable,
                                               base_cb,
                                               self);
}

static void
previous_cb (GObject      *object,
             GAsyncResult *result,
             gpointer      user_data)
{
  BackstayChangesView *self = user_data; /* Dangling if cancelled. */
  g_autoptr (GPtrArray) versions = NULL;
  g_autoptr (GError) error = NULL;

  versions = backstay_repository_list_history_finish (BACKSTAY_REPOSITORY (object), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  if (versions == NULL)
    {
      fail (self, error);
    }
  else if (versions->len == 0)
    {
      g_clear_object (&self->cancellable);
      backstay_diff_view_show_message (self->diff_view, _ ("The First Version"),
                                       _ ("There is no version before this one."));
    }
  else
    {
      load_base (self, backstay_version_get_id (g_ptr_array_index (versions, 0)));
    }
}

static void
load_live (BackstayChangesView *self)
{
  BackstayVersion *version = backstay_configuration_get_version (self->configuration);

  if (self->live == NULL)
    {
      backstay_diff_view_show_message (self->diff_view, _ ("Nothing Is Live"),
                                       _ ("No version of this model type is active."));
      return;
    }

  if (strcmp (backstay_version_get_id (self->live), backstay_version_get_id (version)) == 0)
    {
      backstay_diff_view_show_message (self->diff_view, _ ("This Is the Live Version"),
                                       _ ("Compare it with the version before it to see what "
                                          "it changed."));
      return;
    }

  self->cancellable = g_cancellable_new ();
  load_base (self, backstay_version_get_id (self->live));
}

static void
load_previous (BackstayChangesView *self)
{
  BackstayVersion *version = backstay_configuration_get_version (self->configuration);

  self->cancellable = g_cancellable_new ();
  backstay_repository_list_history_async (self->repository,
                                          backstay_version_get_model_type (version),
                                          version,
                                          1,
                                          self->cancellable,
                                          previous_cb,
                                          self);
}

static void
load_replaced (BackstayChangesView *self)
{
  self->cancellable = g_cancellable_new ();
  load_base (self, self->replaced_id);
}

static void
load_chosen (BackstayChangesView *self)
{
  self->cancellable = g_cancellable_new ();
  load_base (self, backstay_version_get_id (self->chosen));
}

/* Only once somebody looks: most versions are never compared. */
static void
load (BackstayChangesView *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->base);
  backstay_notice_hide (self->notice);
  backstay_diff_view_show_loading (self->diff_view);

  self->shown = self->configuration != NULL && gtk_widget_get_mapped (GTK_WIDGET (self));
  if (!self->shown)
    return;

  if (self->kind == BASE_LIVE)
    load_live (self);
  else if (self->kind == BASE_REPLACED)
    load_replaced (self);
  else if (self->kind == BASE_CHOSEN)
    load_chosen (self);
  else
    load_previous (self);
}

/* The base */

static void base_selected_cb (BackstayChangesView *self);

/* Where in the drop-down a kind is; some of them need not be there. */
static guint
get_position (BackstayChangesView *self,
              guint                kind)
{
  return kind > BASE_REPLACED && self->replaced_id == NULL ? kind - 1 : kind;
}

static guint
get_kind (BackstayChangesView *self,
          guint                position)
{
  return position >= BASE_REPLACED && self->replaced_id == NULL ? position + 1 : position;
}

static void
set_kind (BackstayChangesView *self,
          guint                kind)
{
  self->kind = kind;

  g_signal_handlers_block_by_func (self->base_drop_down, base_selected_cb, self);
  gtk_drop_down_set_selected (self->base_drop_down, get_position (self, kind));
  g_signal_handlers_unblock_by_func (self->base_drop_down, base_selected_cb, self);
}

static void
set_chosen (BackstayChangesView *self,
            BackstayVersion     *chosen)
{
  GtkStringList   *items = GTK_STRING_LIST (gtk_drop_down_get_model (self->base_drop_down));
  guint            n_old = self->chosen != NULL ? 1 : 0;
  g_autofree char *label = NULL;

  g_set_object (&self->chosen, chosen);
  if (chosen != NULL)
    label = backstay_version_text_dup_name_beside (chosen, backstay_configuration_get_version (self->configuration));

  /* Without a label the list of what comes instead is empty. */
  g_signal_handlers_block_by_func (self->base_drop_down, base_selected_cb, self);
  gtk_string_list_splice (items, get_position (self, BASE_CHOSEN), n_old, (const char *[]){ label, NULL });
  g_signal_handlers_unblock_by_func (self->base_drop_down, base_selected_cb, self);
}

/* Before anything is chosen. */
static void
set_replaced (BackstayChangesView *self,
              const char          *id)
{
  GtkStringList *items = GTK_STRING_LIST (gtk_drop_down_get_model (self->base_drop_down));
  guint          n_old = self->replaced_id != NULL ? 1 : 0;
  const char    *label = id != NULL ? _ ("what was live before it") : NULL;

  g_free (self->replaced_id);
  self->replaced_id = g_strdup (id);

  g_signal_handlers_block_by_func (self->base_drop_down, base_selected_cb, self);
  gtk_string_list_splice (items, BASE_REPLACED, n_old, (const char *[]){ label, NULL });
  g_signal_handlers_unblock_by_func (self->base_drop_down, base_selected_cb, self);
}

static void
version_chosen_cb (BackstayChangesView *self,
                   BackstayVersion     *chosen)
{
  set_chosen (self, chosen);
  set_kind (self, BASE_CHOSEN);
  load (self);
}

static void
choose_base (BackstayChangesView *self)
{
  GtkWindow              *window = GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self)));
  BackstayVersionChooser *chooser;

  /* Until another one is chosen it stays what it was. */
  set_kind (self, self->kind);

  if (self->configuration == NULL)
    return;

  chooser = backstay_version_chooser_new (window, self->repository,
                                          backstay_configuration_get_version (self->configuration));
  g_signal_connect_object (chooser, "version-chosen", G_CALLBACK (version_chosen_cb), self, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (chooser));
}

static void
base_selected_cb (BackstayChangesView *self)
{
  guint position = gtk_drop_down_get_selected (self->base_drop_down);
  guint n_items = g_list_model_get_n_items (gtk_drop_down_get_model (self->base_drop_down));

  if (position == n_items - 1)
    {
      choose_base (self);
      return;
    }

  self->kind = get_kind (self, position);
  load (self);
}

/* Not what is compared with, if it is not here yet. */
static void
cancelled_cb (BackstayChangesView *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->base);
}

static char *
dup_base_label (gpointer item)
{
  return g_strdup (gtk_string_object_get_string (item));
}

static void
swap_action (GtkWidget  *widget,
             const char *action_name,
             GVariant   *parameter)
{
  BackstayChangesView *self = BACKSTAY_CHANGES_VIEW (widget);

  self->swapped = !self->swapped;

  if (self->base != NULL && self->cancellable == NULL)
    compare (self);
}

static void
backstay_changes_view_map (GtkWidget *widget)
{
  BackstayChangesView *self = BACKSTAY_CHANGES_VIEW (widget);

  GTK_WIDGET_CLASS (backstay_changes_view_parent_class)->map (widget);

  if (!self->shown)
    load (self);
}

static void
backstay_changes_view_dispose (GObject *object)
{
  BackstayChangesView *self = BACKSTAY_CHANGES_VIEW (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->repository);
  g_clear_object (&self->configuration);
  g_clear_object (&self->live);
  g_clear_object (&self->chosen);
  g_clear_pointer (&self->replaced_id, g_free);
  g_clear_object (&self->base);
  backstay_compat_dispose_template (GTK_WIDGET (self), BACKSTAY_TYPE_CHANGES_VIEW);

  G_OBJECT_CLASS (backstay_changes_view_parent_class)->dispose (object);
}

static void
backstay_changes_view_class_init (BackstayChangesViewClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = backstay_changes_view_dispose;
  widget_class->map = backstay_changes_view_map;

  g_type_ensure (BACKSTAY_TYPE_DIFF_VIEW);
  g_type_ensure (BACKSTAY_TYPE_NOTICE);

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class, BACKSTAY_RESOURCE_PATH "/ui/backstay-changes-view.ui");
  gtk_widget_class_bind_template_child (widget_class, BackstayChangesView, base_drop_down);
  gtk_widget_class_bind_template_child (widget_class, BackstayChangesView, notice);
  gtk_widget_class_bind_template_child (widget_class, BackstayChangesView, diff_view);
  gtk_widget_class_bind_template_callback (widget_class, load);
  gtk_widget_class_bind_template_callback (widget_class, base_selected_cb);
  gtk_widget_class_bind_template_callback (widget_class, cancelled_cb);

  gtk_widget_class_install_action (widget_class, "changes.swap", NULL, swap_action);
}

static void
backstay_changes_view_init (BackstayChangesView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  backstay_row_factory_shrink_drop_down (self->base_drop_down, dup_base_label);
}

/**
 * backstay_changes_view_show:
 * @repository: (nullable): where to load from
 * @configuration: (nullable): the version, read
 * @live: (nullable): the live version of its model type
 *
 * Shows what differs, once somebody looks. The live version itself is compared with what was live
 * before, where its notes say that, else with the one before it; another one with the live one. If it is the version that was shown before, what it was compared
 * with stays.
 */
void
backstay_changes_view_show (BackstayChangesView   *self,
                            BackstayRepository    *repository,
                            BackstayConfiguration *configuration,
                            BackstayVersion       *live)
{
  gboolean         is_live = FALSE;
  gboolean         is_same;
  g_autofree char *replaced_id = NULL;

  g_return_if_fail (BACKSTAY_IS_CHANGES_VIEW (self));

  is_same = configuration != NULL && self->configuration != NULL &&
            strcmp (backstay_version_get_id (backstay_configuration_get_version (self->configuration)),
                    backstay_version_get_id (backstay_configuration_get_version (configuration))) == 0;

  g_set_object (&self->repository, repository);
  g_set_object (&self->configuration, configuration);
  g_set_object (&self->live, live);
  self->swapped = FALSE;

  if (configuration != NULL)
    replaced_id = backstay_rollback_notes_dup_replaced_id (backstay_version_get_notes (backstay_configuration_get_version (configuration)));

  if (configuration != NULL && live != NULL)
    is_live = strcmp (backstay_version_get_id (live),
                      backstay_version_get_id (backstay_configuration_get_version (configuration))) == 0;

  if (!is_same || self->kind != BASE_CHOSEN)
    {
      set_chosen (self, NULL);
      set_replaced (self, replaced_id);
      set_kind (self, !is_live && live != NULL ? BASE_LIVE
                      : replaced_id != NULL    ? BASE_REPLACED
                                               : BASE_PREVIOUS);
    }

  load (self);
}

/**
 * backstay_changes_view_update_live:
 * @live: (nullable): the version that is live now, of the version's model type
 *
 * Says so, where the comparison is with what was live before. It stays as it is until the user
 * wants another one.
 */
void
backstay_changes_view_update_live (BackstayChangesView *self,
                                   BackstayVersion     *live)
{
  const char      *id = live != NULL ? backstay_version_get_id (live) : NULL;
  const char      *id_before;
  g_autofree char *name = NULL;
  g_autofree char *text = NULL;

  g_return_if_fail (BACKSTAY_IS_CHANGES_VIEW (self));

  id_before = self->live != NULL ? backstay_version_get_id (self->live) : NULL;
  if (g_strcmp0 (id, id_before) == 0)
    return;

  g_set_object (&self->live, live);

  if (!self->shown || gtk_drop_down_get_selected (self->base_drop_down) != BASE_LIVE)
    return;

  name = live != NULL ? backstay_display_text (backstay_version_get_name (live)) : NULL;
  text = name != NULL
           /* Translators: a version's name. */
           ? g_strdup_printf (_ ("What is live has changed since. It is %s now."), name)
           : g_strdup (_ ("What is live has changed since. No version is active now."));
  backstay_notice_show (self->notice, BACKSTAY_NOTICE_INFO, text, _ ("Compare Again"));
}

/**
 * backstay_changes_view_get_loading:
 *
 * Returns: whether a comparison that will be shown is on its way
 */
gboolean
backstay_changes_view_get_loading (BackstayChangesView *self)
{
  g_return_val_if_fail (BACKSTAY_IS_CHANGES_VIEW (self), FALSE);

  return self->cancellable != NULL || backstay_diff_view_get_loading (self->diff_view);
}

/**
 * backstay_changes_view_run:
 * @action_name: an action of this view, or of the diff in it
 *
 * Runs an action wherever the focus is. One that is disabled does nothing.
 */
void
backstay_changes_view_run (BackstayChangesView *self,
                           const char          *action_name)
{
  g_return_if_fail (BACKSTAY_IS_CHANGES_VIEW (self));
  g_return_if_fail (action_name != NULL);

  gtk_widget_activate_action (GTK_WIDGET (self->diff_view), action_name, NULL);
}
