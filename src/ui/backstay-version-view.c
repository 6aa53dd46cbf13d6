/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "backstay-version-view"

#include "config.h"

#include "backstay-version-view.h"

#include "backstay-changes-view.h"
#include "backstay-compat.h"
#include "backstay-display-text.h"
#include "backstay-json-view.h"
#include "backstay-loading.h"
#include "backstay-notes-dialog.h"
#include "backstay-notes-view.h"
#include "backstay-text-view.h"
#include "backstay-timestamp.h"
#include "backstay-version-menu.h"
#include "backstay-version-text.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>
#include <string.h>

/* Quicker than this nothing is said of it, which would only flicker; and so often how far it is. */
#define LOADING_MSEC 150

/* Of less than this many bytes nobody wants to know how many have come. */
#define RECEIVED_MIN 1000000

/**
 * BackstayVersionView:
 *
 * One version: what is known of it, and its configuration as a tree and as text.
 */
struct _BackstayVersionView
{
  GtkWidget parent_instance;

  BackstayRepository    *repository;
  BackstayVersion       *version;
  BackstayVersion       *live;          /* Of its model type; %NULL where none is. */
  BackstayConfiguration *configuration; /* %NULL until it has come. */
  GCancellable          *cancellable;   /* Non-%NULL while it is loading. */
  guint                  loading_id;

  /* Template children */
  AdwHeaderBar         *header_bar;
  AdwViewSwitcherTitle *switcher_title;
  GtkWidget            *back_button;
  GtkStack             *stack;
  GtkStack             *body_stack;
  AdwStatusPage        *failed_page;
  GtkLabel             *name_label;
  GtkWidget            *badge_label;
  GtkButton            *roll_back_button;
  GtkLabel             *facts_label;
  BackstayNotesView    *notes_view;
  BackstayLoading      *loading;
  AdwViewStack         *view_stack;
  BackstayJsonView     *json_view;
  BackstayChangesView  *changes_view;
  BackstayTextView     *text_view;
  GMenu                *version_menu;
};

enum
{
  PROP_0,
  PROP_FOLDED,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (BackstayVersionView, backstay_version_view, GTK_TYPE_WIDGET)

/* What a list has of a version is only the beginning of its notes, and nothing of its
 * configuration. */
static void
enable_copying (BackstayVersionView *self,
                gboolean             enabled)
{
  BackstayAccess *access = self->repository != NULL ? backstay_repository_get_access (self->repository) : NULL;

  gtk_widget_action_set_enabled (GTK_WIDGET (self), "version.edit-notes",
                                 enabled && access != NULL && backstay_access_can_write (access));
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "version.copy-notes", enabled);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "version.copy-configuration", enabled);
}

static void
stop_loading (BackstayVersionView *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_handle_id (&self->loading_id, g_source_remove);
}

static void
show_failure (BackstayVersionView *self,
              const GError        *error)
{
  g_autofree char *escaped = NULL;

  stop_loading (self);
  /* A status page's description is markup. */
  escaped = g_markup_escape_text (error->message, -1);
  adw_status_page_set_description (self->failed_page, escaped);
  gtk_stack_set_visible_child_name (self->stack, "failed");
}

static char *
dup_facts (BackstayVersion *version)
{
  const char      *created_at = backstay_version_get_created_at (version);
  g_autofree char *byline = backstay_version_text_dup_byline (version);
  g_autofree char *short_id = backstay_version_dup_short_id (version);
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autofree char *when = backstay_timestamp_dup_relative (created_at, now);

  /* Translators: when, by whom, and the first digits of an id. */
  return g_strdup_printf (_ ("%s · %s · id %s"), when, byline, short_id);
}

static void
show_times (BackstayVersionView *self)
{
  g_autofree char *facts = dup_facts (self->version);

  gtk_label_set_label (self->facts_label, facts);
}

/* Why not, if not. */
static const char *
get_roll_back_tooltip (BackstayVersionView *self)
{
  BackstayAccess *access = self->repository != NULL ? backstay_repository_get_access (self->repository) : NULL;

  if (gtk_widget_is_sensitive (GTK_WIDGET (self->roll_back_button)))
    return _ ("Make This Configuration Live Again");

  if (access == NULL || !backstay_access_can_write (access))
    return _ ("You May Not Change What Is Live");

  return _ ("This Version Is Live");
}

static void
update_roll_back_button (BackstayVersionView *self)
{
  gboolean is_forward = self->version != NULL && self->live != NULL &&
                        backstay_version_is_older (self->live, self->version);

  if (self->version != NULL)
    backstay_version_menu_name_rollback (self->version_menu, self->version, self->live);

  gtk_button_set_label (self->roll_back_button, is_forward ? _ ("Make Live…") : _ ("Roll Back…"));
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->roll_back_button), get_roll_back_tooltip (self));

  if (gtk_widget_is_sensitive (GTK_WIDGET (self->roll_back_button)))
    gtk_widget_add_css_class (GTK_WIDGET (self->roll_back_button), "suggested-action");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->roll_back_button), "suggested-action");
}

static void
show_facts (BackstayVersionView *self)
{
  BackstayVersion *version = self->version;
  g_autofree char *name = backstay_display_text (backstay_version_get_name (version));
  g_autofree char *type = backstay_display_text (backstay_version_get_model_type (version));
  g_autofree char *exact = backstay_timestamp_dup_exact (backstay_version_get_created_at (version));

  gtk_label_set_label (self->name_label, name);
  show_times (self);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->facts_label), exact);
  gtk_widget_set_visible (self->badge_label, backstay_version_get_active (version));
  backstay_notes_view_show (self->notes_view, version);
  adw_view_switcher_title_set_title (self->switcher_title, name);
  adw_view_switcher_title_set_subtitle (self->switcher_title, type);
  update_roll_back_button (self);
}

static void
read_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  BackstayVersionView *self = user_data; /* Dangling if cancelled. */
  BackstayJson        *json;
  g_autoptr (GError) error = NULL;

  json = backstay_configuration_read_finish (BACKSTAY_CONFIGURATION (object), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  if (json == NULL)
    {
      show_failure (self, error);
      return;
    }

  stop_loading (self);
  backstay_json_view_set_json (self->json_view, json);
  backstay_changes_view_show (self->changes_view, self->repository, self->configuration, self->live);
  backstay_text_view_set_json (self->text_view, json);
  gtk_stack_set_visible_child_name (self->body_stack, "body");
  enable_copying (self, TRUE);
}

static void
configuration_cb (GObject      *object,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  BackstayVersionView *self = user_data; /* Dangling if cancelled. */
  g_autoptr (BackstayConfiguration) configuration = NULL;
  g_autoptr (GError) error = NULL;

  configuration = backstay_repository_get_configuration_finish (BACKSTAY_REPOSITORY (object), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  if (configuration == NULL)
    {
      show_failure (self, error);
      return;
    }

  /* The list had only the beginning of the notes, and may be older. */
  g_set_object (&self->version, backstay_configuration_get_version (configuration));
  show_facts (self);

  g_set_object (&self->configuration, configuration);
  backstay_configuration_read_async (configuration, self->cancellable, read_cb, self);
}

static gboolean
loading_cb (gpointer user_data)
{
  BackstayVersionView *self = user_data;

  gsize            received = backstay_db_connection_get_received (backstay_repository_get_connection (self->repository));
  g_autofree char *size = NULL;
  g_autofree char *text = NULL;

  /* The server does not say how much there will be. */
  if (self->configuration != NULL)
    text = g_strdup (_ ("Reading the configuration…"));
  else if (received >= RECEIVED_MIN)
    text = g_strdup_printf (_ ("Loading the configuration… %s"), size = g_format_size (received));
  else
    text = g_strdup (_ ("Loading the configuration…"));

  g_object_set (self->loading, "text", text, NULL);
  gtk_stack_set_visible_child_name (self->body_stack, "loading");

  return G_SOURCE_CONTINUE;
}

static void
load (BackstayVersionView *self)
{
  stop_loading (self);
  g_clear_object (&self->configuration);
  enable_copying (self, FALSE);

  show_facts (self);
  gtk_stack_set_visible_child_name (self->stack, "version");

  self->loading_id = g_timeout_add (LOADING_MSEC, loading_cb, self);
  self->cancellable = g_cancellable_new ();
  backstay_repository_get_configuration_async (self->repository,
                                               backstay_version_get_id (self->version),
                                               self->cancellable,
                                               configuration_cb,
                                               self);
}

static void
retry_action (GtkWidget  *widget,
              const char *action_name,
              GVariant   *parameter)
{
  BackstayVersionView *self = BACKSTAY_VERSION_VIEW (widget);

  if (self->version != NULL)
    load (self);
}

static void
copy_id_action (GtkWidget  *widget,
                const char *action_name,
                GVariant   *parameter)
{
  BackstayVersionView *self = BACKSTAY_VERSION_VIEW (widget);

  gdk_clipboard_set_text (gtk_widget_get_clipboard (widget), backstay_version_get_id (self->version));
}

static void
copy_notes_action (GtkWidget  *widget,
                   const char *action_name,
                   GVariant   *parameter)
{
  const char *notes = backstay_version_get_notes (BACKSTAY_VERSION_VIEW (widget)->version);

  gdk_clipboard_set_text (gtk_widget_get_clipboard (widget), notes != NULL ? notes : "");
}

static void
notes_edited_cb (BackstayVersionView *self)
{
  if (self->version == NULL) /* Nothing is shown any more. */
    return;

  load (self);
  gtk_widget_activate_action (GTK_WIDGET (self), "win.reload", NULL);
}

static void
edit_notes_action (GtkWidget  *widget,
                   const char *action_name,
                   GVariant   *parameter)
{
  BackstayVersionView *self = BACKSTAY_VERSION_VIEW (widget);
  GtkWindow           *window = GTK_WINDOW (gtk_widget_get_root (widget));
  BackstayNotesDialog *dialog = backstay_notes_dialog_new (window, self->repository, self->version);

  g_signal_connect_object (dialog, "edited", G_CALLBACK (notes_edited_cb), self, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
copy_configuration_action (GtkWidget  *widget,
                           const char *action_name,
                           GVariant   *parameter)
{
  BackstayVersionView *self = BACKSTAY_VERSION_VIEW (widget);
  GBytes              *text = backstay_configuration_get_text (self->configuration);
  g_autoptr (GdkContentProvider) provider = NULL;

  /* As it came: no copy, and not a byte of it changed. */
  provider = gdk_content_provider_new_for_bytes ("text/plain;charset=utf-8", text);
  gdk_clipboard_set_content (gtk_widget_get_clipboard (widget), provider);
}

static void
backstay_version_view_set_property (GObject      *object,
                                    guint         prop_id,
                                    const GValue *value,
                                    GParamSpec   *pspec)
{
  BackstayVersionView *self = BACKSTAY_VERSION_VIEW (object);
  gboolean             folded;

  switch (prop_id)
    {
    case PROP_FOLDED:
      folded = g_value_get_boolean (value);
      gtk_widget_set_visible (self->back_button, folded);
      adw_header_bar_set_show_start_title_buttons (self->header_bar, folded);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static gboolean
backstay_version_view_grab_focus (GtkWidget *widget)
{
  BackstayVersionView *self = BACKSTAY_VERSION_VIEW (widget);

  return gtk_widget_child_focus (GTK_WIDGET (self->body_stack), GTK_DIR_TAB_FORWARD);
}

static void
backstay_version_view_dispose (GObject *object)
{
  BackstayVersionView *self = BACKSTAY_VERSION_VIEW (object);

  if (self->loading != NULL)
    stop_loading (self);
  g_clear_object (&self->repository);
  g_clear_object (&self->version);
  g_clear_object (&self->live);
  g_clear_object (&self->configuration);
  backstay_compat_dispose_template (GTK_WIDGET (self), BACKSTAY_TYPE_VERSION_VIEW);

  G_OBJECT_CLASS (backstay_version_view_parent_class)->dispose (object);
}

static void
backstay_version_view_class_init (BackstayVersionViewClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = backstay_version_view_dispose;
  widget_class->grab_focus = backstay_version_view_grab_focus;
  object_class->set_property = backstay_version_view_set_property;

  /**
   * BackstayVersionView:folded:
   *
   * Whether the history beside it is out of sight, so that a way back is needed.
   */
  properties[PROP_FOLDED] =
    g_param_spec_boolean ("folded", NULL, NULL,
                          FALSE,
                          G_PARAM_WRITABLE | G_PARAM_STATIC_STRINGS);

  g_object_class_install_properties (object_class, N_PROPS, properties);

  g_type_ensure (BACKSTAY_TYPE_CHANGES_VIEW);
  g_type_ensure (BACKSTAY_TYPE_JSON_VIEW);
  g_type_ensure (BACKSTAY_TYPE_LOADING);
  g_type_ensure (BACKSTAY_TYPE_NOTES_VIEW);
  g_type_ensure (BACKSTAY_TYPE_TEXT_VIEW);

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class, BACKSTAY_RESOURCE_PATH "/ui/backstay-version-view.ui");
  gtk_widget_class_bind_template_child (widget_class, BackstayVersionView, header_bar);
  gtk_widget_class_bind_template_child (widget_class, BackstayVersionView, switcher_title);
  gtk_widget_class_bind_template_child (widget_class, BackstayVersionView, back_button);
  gtk_widget_class_bind_template_child (widget_class, BackstayVersionView, stack);
  gtk_widget_class_bind_template_child (widget_class, BackstayVersionView, body_stack);
  gtk_widget_class_bind_template_child (widget_class, BackstayVersionView, failed_page);
  gtk_widget_class_bind_template_child (widget_class, BackstayVersionView, name_label);
  gtk_widget_class_bind_template_child (widget_class, BackstayVersionView, badge_label);
  gtk_widget_class_bind_template_child (widget_class, BackstayVersionView, roll_back_button);
  gtk_widget_class_bind_template_child (widget_class, BackstayVersionView, facts_label);
  gtk_widget_class_bind_template_child (widget_class, BackstayVersionView, notes_view);
  gtk_widget_class_bind_template_child (widget_class, BackstayVersionView, loading);
  gtk_widget_class_bind_template_child (widget_class, BackstayVersionView, view_stack);
  gtk_widget_class_bind_template_child (widget_class, BackstayVersionView, json_view);
  gtk_widget_class_bind_template_child (widget_class, BackstayVersionView, changes_view);
  gtk_widget_class_bind_template_child (widget_class, BackstayVersionView, text_view);
  gtk_widget_class_bind_template_child (widget_class, BackstayVersionView, version_menu);

  gtk_widget_class_install_action (widget_class, "version.retry", NULL, retry_action);
  gtk_widget_class_install_action (widget_class, "version.copy-id", NULL, copy_id_action);
  gtk_widget_class_install_action (widget_class, "version.edit-notes", NULL, edit_notes_action);
  gtk_widget_class_install_action (widget_class, "version.copy-notes", NULL, copy_notes_action);
  gtk_widget_class_install_action (widget_class, "version.copy-configuration", NULL, copy_configuration_action);
}

static void
backstay_version_view_init (BackstayVersionView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_widget_set_visible (self->back_button, FALSE);

  gtk_widget_action_set_enabled (GTK_WIDGET (self), "version.copy-id", FALSE);
  enable_copying (self, FALSE);
  g_signal_connect_object (self->roll_back_button, "state-flags-changed",
                           G_CALLBACK (update_roll_back_button), self, G_CONNECT_SWAPPED);
}

/**
 * backstay_version_view_show:
 * @repository: (nullable): where to load from
 * @version: (nullable): the version; %NULL to show none
 * @live: (nullable): the live version of its model type
 *
 * Shows a version and loads its configuration.
 */
void
backstay_version_view_show (BackstayVersionView *self,
                            BackstayRepository  *repository,
                            BackstayVersion     *version,
                            BackstayVersion     *live)
{
  g_return_if_fail (BACKSTAY_IS_VERSION_VIEW (self));
  g_return_if_fail (version == NULL || BACKSTAY_IS_REPOSITORY (repository));

  g_set_object (&self->repository, repository);
  g_set_object (&self->version, version);
  g_set_object (&self->live, live);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "version.copy-id", version != NULL);

  if (version != NULL)
    {
      load (self);
      return;
    }

  stop_loading (self);
  g_clear_object (&self->configuration);
  enable_copying (self, FALSE);
  backstay_notes_view_show (self->notes_view, NULL);
  backstay_json_view_set_json (self->json_view, NULL);
  backstay_changes_view_show (self->changes_view, NULL, NULL, NULL);
  backstay_text_view_set_json (self->text_view, NULL);
  gtk_stack_set_visible_child_name (self->stack, "none");
}

/**
 * backstay_version_view_update_active:
 * @active: (element-type BackstayVersion): what is active now, of the version's model type, the
 *   live one first
 *
 * Says whether the version is active now. All else stays as it is.
 */
void
backstay_version_view_update_active (BackstayVersionView *self,
                                     GPtrArray           *active)
{
  BackstayVersion *live;
  gboolean         is_active = FALSE;

  g_return_if_fail (BACKSTAY_IS_VERSION_VIEW (self));
  g_return_if_fail (self->version != NULL && active != NULL);

  live = active->len > 0 ? g_ptr_array_index (active, 0) : NULL;

  for (guint i = 0; i < active->len; i++)
    is_active = is_active || strcmp (backstay_version_get_id (g_ptr_array_index (active, i)),
                                     backstay_version_get_id (self->version)) == 0;

  backstay_version_set_active (self->version, is_active);
  gtk_widget_set_visible (self->badge_label, is_active);
  g_set_object (&self->live, live);
  update_roll_back_button (self);
  backstay_changes_view_update_live (self->changes_view, live);
}

/**
 * backstay_version_view_get_version:
 *
 * Returns: (transfer none) (nullable): the version that is shown
 */
BackstayVersion *
backstay_version_view_get_version (BackstayVersionView *self)
{
  g_return_val_if_fail (BACKSTAY_IS_VERSION_VIEW (self), NULL);

  return self->version;
}

/**
 * backstay_version_view_get_loading:
 *
 * Returns: whether its configuration is on its way
 */
gboolean
backstay_version_view_get_loading (BackstayVersionView *self)
{
  g_return_val_if_fail (BACKSTAY_IS_VERSION_VIEW (self), FALSE);

  return self->cancellable != NULL || backstay_changes_view_get_loading (self->changes_view);
}

/**
 * backstay_version_view_show_changes:
 *
 * Goes to the page with what differs.
 */
void
backstay_version_view_show_changes (BackstayVersionView *self)
{
  g_return_if_fail (BACKSTAY_IS_VERSION_VIEW (self));

  adw_view_stack_set_visible_child_name (self->view_stack, "changes");
}

/**
 * backstay_version_view_open_search:
 *
 * Opens the search in the tree.
 */
void
backstay_version_view_open_search (BackstayVersionView *self)
{
  g_return_if_fail (BACKSTAY_IS_VERSION_VIEW (self));

  adw_view_stack_set_visible_child_name (self->view_stack, "tree");
  backstay_json_view_set_search_mode (self->json_view, TRUE);
}

/**
 * backstay_version_view_run_on_changes:
 * @action_name: an action of the changes
 *
 * Goes to the changes, and runs an action there.
 */
void
backstay_version_view_run_on_changes (BackstayVersionView *self,
                                      const char          *action_name)
{
  g_return_if_fail (BACKSTAY_IS_VERSION_VIEW (self));
  g_return_if_fail (action_name != NULL);

  adw_view_stack_set_visible_child_name (self->view_stack, "changes");
  backstay_changes_view_run (self->changes_view, action_name);
}

/**
 * backstay_version_view_update_times:
 *
 * Says anew how long ago the version was made, if it can be seen.
 */
void
backstay_version_view_update_times (BackstayVersionView *self)
{
  g_return_if_fail (BACKSTAY_IS_VERSION_VIEW (self));

  if (self->version != NULL && gtk_widget_get_mapped (GTK_WIDGET (self)))
    show_times (self);
}
