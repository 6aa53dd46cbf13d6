/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "backstay-overview"

#include "config.h"

#include "backstay-overview.h"

#include "backstay-compat.h"
#include "backstay-loading.h"
#include "backstay-notice.h"
#include "backstay-overview-row.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

/**
 * BackstayOverview:
 *
 * What is live, of all model types.
 *
 * What a service reads comes with the list of model types. Only where several versions of a type
 * are active, all of them are asked for.
 */
struct _BackstayOverview
{
  GtkWidget parent_instance;

  BackstayRepository *repository;
  BackstayTypeList   *types;
  GPtrArray          *active;      /* (nullable): of all model types. */
  GCancellable       *cancellable; /* Non-%NULL while those are on their way. */

  /* Template children */
  AdwHeaderBar   *header_bar;
  AdwWindowTitle *title;
  GtkWidget      *back_button;
  BackstayNotice *notice;
  GtkStack       *stack;
  AdwStatusPage  *failed_page;
  GtkListBox     *list_box;
};

enum
{
  PROP_0,
  PROP_FOLDED,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (BackstayOverview, backstay_overview, GTK_TYPE_WIDGET)

typedef void (*RowFunc) (BackstayOverview    *self,
                         BackstayOverviewRow *row);

static void
for_each_row (BackstayOverview *self,
              RowFunc           func)
{
  GtkListBoxRow *row;

  for (int i = 0; (row = gtk_list_box_get_row_at_index (self->list_box, i)) != NULL; i++)
    func (self, BACKSTAY_OVERVIEW_ROW (row));
}

static void
update_row (BackstayOverview    *self,
            BackstayOverviewRow *row)
{
  backstay_overview_row_set_active (row, self->active);
}

static void
update_row_time (BackstayOverview    *self,
                 BackstayOverviewRow *row)
{
  backstay_overview_row_update_time (row);
}

static GtkWidget *
create_row_cb (gpointer item,
               gpointer user_data)
{
  BackstayOverviewRow *row = backstay_overview_row_new (item);

  update_row (user_data, row);

  return GTK_WIDGET (row);
}

static gboolean
has_many_active (BackstayOverview *self)
{
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->types)); i++)
    {
      g_autoptr (BackstayModelType) type = g_list_model_get_item (G_LIST_MODEL (self->types), i);

      if (backstay_model_type_get_n_active (type) > 1)
        return TRUE;
    }

  return FALSE;
}

static void
update_title (BackstayOverview *self)
{
  guint n_types = g_list_model_get_n_items (G_LIST_MODEL (self->types));
  guint n_warnings = 0;
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autofree char *subtitle = NULL;

  for (guint i = 0; i < n_types; i++)
    {
      g_autoptr (BackstayModelType) type = g_list_model_get_item (G_LIST_MODEL (self->types), i);
      g_autofree char *count_warning = backstay_model_type_dup_warning (type);
      g_autofree char *time_warning = backstay_model_type_dup_time_warning (type, now);

      n_warnings += count_warning != NULL || time_warning != NULL;
    }

  if (n_warnings > 0)
    subtitle = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE,
                                             "%u model type needs attention",
                                             "%u model types need attention", n_warnings),
                                n_warnings);

  adw_window_title_set_subtitle (self->title, subtitle != NULL ? subtitle : "");
}

static void
show_error (BackstayOverview *self,
            const GError     *error)
{
  backstay_notice_show (self->notice, BACKSTAY_NOTICE_ERROR, error->message, _ ("Try Again"));
}

static void
active_listed_cb (GObject      *object,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  BackstayOverview *self = user_data; /* Dangling if cancelled. */
  g_autoptr (GPtrArray) active = NULL;
  g_autoptr (GError) error = NULL;

  active = backstay_repository_list_active_finish (BACKSTAY_REPOSITORY (object), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  g_clear_object (&self->cancellable);

  if (active == NULL)
    {
      show_error (self, error);
      return;
    }

  g_clear_pointer (&self->active, g_ptr_array_unref);
  self->active = g_steal_pointer (&active);
  for_each_row (self, update_row);
}

static void
stop_loading (BackstayOverview *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
}

static void
load_active (BackstayOverview *self)
{
  stop_loading (self);

  if (!has_many_active (self))
    {
      g_clear_pointer (&self->active, g_ptr_array_unref);
      for_each_row (self, update_row);
      return;
    }

  self->cancellable = g_cancellable_new ();
  backstay_repository_list_active_async (self->repository, NULL, self->cancellable,
                                         active_listed_cb, self);
}

static const char *
page_of (BackstayOverview *self)
{
  if (backstay_type_list_get_loaded (self->types))
    return g_list_model_get_n_items (G_LIST_MODEL (self->types)) > 0 ? "list" : "empty";

  return backstay_type_list_get_error (self->types) != NULL ? "failed" : "loading";
}

static void
loading_changed_cb (BackstayOverview *self)
{
  const GError *error = backstay_type_list_get_error (self->types);
  const char   *page = page_of (self);

  gtk_stack_set_visible_child_name (self->stack, page);
  backstay_notice_hide (self->notice);

  if (error != NULL && g_str_equal (page, "failed"))
    {
      /* A status page's description is markup. */
      g_autofree char *escaped = g_markup_escape_text (error->message, -1);

      adw_status_page_set_description (self->failed_page, escaped);
    }
  else if (error != NULL)
    {
      show_error (self, error);
    }

  if (backstay_type_list_get_loading (self->types) || error != NULL)
    return;

  update_title (self);
  load_active (self);
}

static void
try_again_cb (BackstayOverview *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "win.reload", NULL);
}

static void
row_activated_cb (BackstayOverview    *self,
                  BackstayOverviewRow *row)
{
  const char *name = backstay_model_type_get_name (backstay_overview_row_get_model_type (row));

  gtk_widget_activate_action (GTK_WIDGET (self), "win.open-type", "s", name);
}

static void
backstay_overview_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (backstay_overview_parent_class)->map (widget);

  backstay_overview_update_times (BACKSTAY_OVERVIEW (widget));
}

static gboolean
backstay_overview_grab_focus (GtkWidget *widget)
{
  BackstayOverview *self = BACKSTAY_OVERVIEW (widget);
  GtkListBoxRow    *row = gtk_list_box_get_row_at_index (self->list_box, 0);

  return row != NULL && gtk_widget_grab_focus (GTK_WIDGET (row));
}

static void
set_folded (BackstayOverview *self,
            gboolean          folded)
{
  gtk_widget_set_visible (self->back_button, folded);
  adw_header_bar_set_show_start_title_buttons (self->header_bar, folded);
}

static void
backstay_overview_set_property (GObject      *object,
                                guint         prop_id,
                                const GValue *value,
                                GParamSpec   *pspec)
{
  switch (prop_id)
    {
    case PROP_FOLDED:
      set_folded (BACKSTAY_OVERVIEW (object), g_value_get_boolean (value));
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
backstay_overview_dispose (GObject *object)
{
  BackstayOverview *self = BACKSTAY_OVERVIEW (object);

  if (self->list_box != NULL)
    backstay_overview_show (self, NULL, NULL);
  backstay_compat_dispose_template (GTK_WIDGET (self), BACKSTAY_TYPE_OVERVIEW);

  G_OBJECT_CLASS (backstay_overview_parent_class)->dispose (object);
}

static void
backstay_overview_class_init (BackstayOverviewClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = backstay_overview_dispose;
  object_class->set_property = backstay_overview_set_property;
  widget_class->grab_focus = backstay_overview_grab_focus;
  widget_class->map = backstay_overview_map;

  /**
   * BackstayOverview:folded:
   *
   * Whether the sidebar is out of sight, so that a way back is needed.
   */
  properties[PROP_FOLDED] =
    g_param_spec_boolean ("folded", NULL, NULL,
                          FALSE,
                          G_PARAM_WRITABLE | G_PARAM_STATIC_STRINGS);

  g_object_class_install_properties (object_class, N_PROPS, properties);

  g_type_ensure (BACKSTAY_TYPE_LOADING);
  g_type_ensure (BACKSTAY_TYPE_NOTICE);

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class, BACKSTAY_RESOURCE_PATH "/ui/backstay-overview.ui");
  gtk_widget_class_bind_template_child (widget_class, BackstayOverview, header_bar);
  gtk_widget_class_bind_template_child (widget_class, BackstayOverview, title);
  gtk_widget_class_bind_template_child (widget_class, BackstayOverview, back_button);
  gtk_widget_class_bind_template_child (widget_class, BackstayOverview, notice);
  gtk_widget_class_bind_template_child (widget_class, BackstayOverview, stack);
  gtk_widget_class_bind_template_child (widget_class, BackstayOverview, failed_page);
  gtk_widget_class_bind_template_child (widget_class, BackstayOverview, list_box);
  gtk_widget_class_bind_template_callback (widget_class, try_again_cb);
  gtk_widget_class_bind_template_callback (widget_class, row_activated_cb);
}

static void
backstay_overview_init (BackstayOverview *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  set_folded (self, FALSE);
}

/**
 * backstay_overview_show:
 * @repository: (nullable): where to load from
 * @types: (nullable): the model types; %NULL to show none
 *
 * Shows what is live. It follows @types, which somebody else loads.
 */
void
backstay_overview_show (BackstayOverview   *self,
                        BackstayRepository *repository,
                        BackstayTypeList   *types)
{
  g_return_if_fail (BACKSTAY_IS_OVERVIEW (self));
  g_return_if_fail (types == NULL || BACKSTAY_IS_REPOSITORY (repository));

  if (self->types != NULL)
    g_signal_handlers_disconnect_by_func (self->types, loading_changed_cb, self);

  stop_loading (self);
  g_clear_pointer (&self->active, g_ptr_array_unref);
  g_set_object (&self->repository, repository);
  g_set_object (&self->types, types);
  gtk_list_box_bind_model (self->list_box, G_LIST_MODEL (types), create_row_cb, self, NULL);

  if (types == NULL)
    return;

  g_signal_connect_object (types, "notify::loading", G_CALLBACK (loading_changed_cb), self, G_CONNECT_SWAPPED);
  loading_changed_cb (self);
}

/**
 * backstay_overview_get_loading:
 *
 * Returns: whether something beside the model types is on its way
 */
gboolean
backstay_overview_get_loading (BackstayOverview *self)
{
  g_return_val_if_fail (BACKSTAY_IS_OVERVIEW (self), FALSE);

  return self->cancellable != NULL;
}

/**
 * backstay_overview_update_times:
 *
 * Says anew since when everything is live, if it can be seen.
 */
void
backstay_overview_update_times (BackstayOverview *self)
{
  g_return_if_fail (BACKSTAY_IS_OVERVIEW (self));

  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    for_each_row (self, update_row_time);
}
