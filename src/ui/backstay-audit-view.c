/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "backstay-audit-view"

#include "config.h"

#include "backstay-audit-view.h"

#include "backstay-audit-row.h"
#include "backstay-compat.h"
#include "backstay-display-text.h"
#include "backstay-focus.h"
#include "backstay-loading.h"
#include "backstay-page.h"
#include "backstay-repository-audit.h"
#include "backstay-row-factory.h"
#include "backstay-wrap-layout.h"

#include <glib/gi18n-lib.h>

/* How near to the end the next page is asked for, in pages of the window. */
#define PAGES_AHEAD 2

/**
 * BackstayAuditView:
 *
 * Who did what and when: the guards' audit trail, or without one what versions and their notes prove.
 */
struct _BackstayAuditView
{
  GtkWidget parent_instance;

  BackstayRepository *repository; /* %NULL while there is nothing to see. */
  BackstayTypeList   *types;
  BackstayVersion    *version; /* (nullable): the only one to show. */
  GListStore         *entries;
  BackstayAuditPage  *last;        /* (nullable): the page that came last. */
  GCancellable       *cancellable; /* Non-%NULL while a page is on its way. */
  gboolean            updating;    /* While the model types are listed anew. */

  /* Template children */
  BackstayPage      *page;
  GtkDropDown       *type_drop_down;
  GtkDropDown       *what_drop_down;
  GtkDropDown       *age_drop_down;
  GtkEditable       *who_entry;
  GtkButton         *version_button;
  GtkLabel          *turns_label;
  GtkStack          *list_stack;
  AdwStatusPage     *none_page;
  GtkScrolledWindow *scrolled_window;
  GtkListView       *list_view;
};

enum
{
  PROP_0,
  PROP_FOLDED,
  N_PROPS,
};

enum
{
  SIGNAL_VERSION_ACTIVATED,
  N_SIGNALS,
};

static GParamSpec *properties[N_PROPS];
static guint       signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (BackstayAuditView, backstay_audit_view, GTK_TYPE_WIDGET)

static void
stop (BackstayAuditView *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
}

static void
show_source (BackstayAuditView *self)
{
  BackstayNotice *notice = backstay_page_get_notice (self->page);

  if (self->last->has_trail)
    backstay_notice_hide (notice);
  else
    backstay_notice_show (notice, BACKSTAY_NOTICE_INFO,
                          _ ("There is no audit trail here, so this is only what versions and their notes prove: who made "
                             "one and when, and what Backstay rolled back. Who activated a version in another way, nobody "
                             "recorded. The guards do from now on."),
                          _ ("Database…"));
}

static gboolean
is_filtered (BackstayAuditView *self)
{
  return self->version != NULL ||
         gtk_drop_down_get_selected (self->type_drop_down) > 0 ||
         gtk_drop_down_get_selected (self->what_drop_down) > 0 ||
         gtk_drop_down_get_selected (self->age_drop_down) > 0 ||
         gtk_editable_get_text (self->who_entry)[0] != '\0';
}

static void
show_none (BackstayAuditView *self)
{
  if (is_filtered (self))
    {
      adw_status_page_set_title (self->none_page, _ ("Nothing of the Kind"));
      adw_status_page_set_description (self->none_page, _ ("Choose another time, another model type, or everybody."));
    }
  else
    {
      adw_status_page_set_title (self->none_page, _ ("Nothing Yet"));
      adw_status_page_set_description (self->none_page, _ ("What is done to the table is listed here from then on."));
    }

  gtk_stack_set_visible_child_name (self->list_stack, "none");
}

static void
show_page (BackstayAuditView *self)
{
  GPtrArray *entries = self->last->entries;

  g_list_store_splice (self->entries, g_list_model_get_n_items (G_LIST_MODEL (self->entries)), 0,
                       entries->pdata, entries->len);

  if (self->last->turns != NULL)
    {
      gtk_label_set_label (self->turns_label, self->last->turns);
      gtk_widget_set_visible (GTK_WIDGET (self->turns_label), TRUE);
    }

  show_source (self);
  if (g_list_model_get_n_items (G_LIST_MODEL (self->entries)) > 0)
    gtk_stack_set_visible_child_name (self->list_stack, "list");
  else if (!self->last->has_more)
    show_none (self);
  backstay_page_show_content (self->page);
}

static void load_page (BackstayAuditView *self);

static void
load_more (BackstayAuditView *self)
{
  GtkAdjustment *adjustment = gtk_scrolled_window_get_vadjustment (self->scrolled_window);
  double         left = gtk_adjustment_get_upper (adjustment) - gtk_adjustment_get_value (adjustment);

  if (self->cancellable == NULL && self->last != NULL && self->last->has_more &&
      left < (PAGES_AHEAD + 1) * gtk_adjustment_get_page_size (adjustment))
    load_page (self);
}

static void
listed_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  BackstayAuditView *self = user_data; /* Dangling if cancelled. */
  g_autoptr (GError) error = NULL;
  BackstayAuditPage *page;

  page = backstay_repository_list_audit_finish (BACKSTAY_REPOSITORY (object), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  g_clear_object (&self->cancellable);

  if (page == NULL)
    {
      gtk_stack_set_visible_child_name (self->list_stack, "list");
      backstay_page_show_failure (self->page, error);
      return;
    }

  g_clear_pointer (&self->last, backstay_audit_page_free);
  self->last = page;
  show_page (self);

  /* What notes prove can be few of many versions. */
  if (page->has_more && page->entries->len == 0)
    load_page (self);
}

static const char *
get_model_type (BackstayAuditView *self)
{
  guint selected = gtk_drop_down_get_selected (self->type_drop_down);
  g_autoptr (BackstayModelType) type = NULL;

  if (selected == 0 || selected == GTK_INVALID_LIST_POSITION || self->types == NULL)
    return NULL;

  type = g_list_model_get_item (G_LIST_MODEL (self->types), selected - 1);

  /* The list keeps it. */
  return type != NULL ? backstay_model_type_get_name (type) : NULL;
}

static void
load_page (BackstayAuditView *self)
{
  static const char *const actions[] = { NULL, "{activate,deactivate,observe,begin,end}", "{create}", "{annotate}" };
  static const char *const ages[] = { NULL, "24 hours", "7 days", "30 days", "90 days" };
  BackstayAuditFilter      filter = { NULL };

  filter.model_type = get_model_type (self);
  filter.version = self->version;
  filter.actions = actions[MIN (gtk_drop_down_get_selected (self->what_drop_down), G_N_ELEMENTS (actions) - 1)];
  filter.age = ages[MIN (gtk_drop_down_get_selected (self->age_drop_down), G_N_ELEMENTS (ages) - 1)];
  filter.who = gtk_editable_get_text (self->who_entry);

  self->cancellable = g_cancellable_new ();
  backstay_repository_list_audit_async (self->repository, &filter, self->last, self->cancellable, listed_cb, self);
}

static void
load (BackstayAuditView *self)
{
  stop (self);
  g_clear_pointer (&self->last, backstay_audit_page_free);
  g_list_store_remove_all (self->entries);
  gtk_widget_set_visible (GTK_WIDGET (self->turns_label), FALSE);
  gtk_stack_set_visible_child_name (self->list_stack, "loading");

  if (self->repository != NULL)
    load_page (self);
}

static void
filter_changed_cb (BackstayAuditView *self)
{
  /* Before somebody looked there is nothing to filter. */
  if (!self->updating && (self->last != NULL || self->cancellable != NULL))
    load (self);
}

static void
update_version_button (BackstayAuditView *self)
{
  gtk_widget_set_visible (GTK_WIDGET (self->version_button), self->version != NULL);

  if (self->version != NULL)
    {
      g_autofree char *name = backstay_display_text (backstay_version_get_name (self->version));
      /* Translators: a version's name; a click on it shows all versions again. */
      g_autofree char *label = g_strdup_printf (_ ("Only %s ✕"), name);

      gtk_button_set_label (self->version_button, label);
    }
}

static void
all_versions_cb (BackstayAuditView *self)
{
  g_clear_object (&self->version);
  update_version_button (self);
  load (self);
}

static void
notice_clicked_cb (BackstayAuditView *self)
{
  if (self->last != NULL && !self->last->has_trail)
    gtk_widget_activate_action (GTK_WIDGET (self), "win.show-database", NULL);
  else
    gtk_widget_activate_action (GTK_WIDGET (self), "win.reload", NULL);
}

static void
row_activated_cb (BackstayAuditView *self,
                  guint              position)
{
  g_autoptr (BackstayAuditEntry) entry = g_list_model_get_item (G_LIST_MODEL (self->entries), position);
  BackstayVersion *version = backstay_audit_entry_get_version (entry);

  if (version != NULL)
    g_signal_emit (self, signals[SIGNAL_VERSION_ACTIVATED], 0, version);
}

/* Keeps what is chosen, where it is still there. */
static void
types_changed_cb (BackstayAuditView *self)
{
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);
  GListModel      *old = gtk_drop_down_get_model (self->type_drop_down);
  guint            selected = gtk_drop_down_get_selected (self->type_drop_down);
  g_autofree char *chosen = NULL;

  if (old != NULL && selected > 0 && selected != GTK_INVALID_LIST_POSITION)
    chosen = g_strdup (gtk_string_list_get_string (GTK_STRING_LIST (old), selected));

  gtk_string_list_append (names, _ ("All model types"));
  selected = 0;

  for (guint i = 0; self->types != NULL && i < g_list_model_get_n_items (G_LIST_MODEL (self->types)); i++)
    {
      g_autoptr (BackstayModelType) type = g_list_model_get_item (G_LIST_MODEL (self->types), i);
      g_autofree char *name = backstay_display_text (backstay_model_type_get_name (type));

      gtk_string_list_append (names, name);
      if (g_strcmp0 (name, chosen) == 0)
        selected = i + 1;
    }

  self->updating = TRUE;
  gtk_drop_down_set_model (self->type_drop_down, G_LIST_MODEL (names));
  gtk_drop_down_set_selected (self->type_drop_down, selected);
  self->updating = FALSE;
}

static gboolean
backstay_audit_view_grab_focus (GtkWidget *widget)
{
  BackstayAuditView *self = BACKSTAY_AUDIT_VIEW (widget);

  /* While it is on its way, there is nothing but the page. */
  return (gtk_widget_get_mapped (GTK_WIDGET (self->list_view)) && gtk_widget_grab_focus (GTK_WIDGET (self->list_view))) ||
         backstay_focus_into (GTK_WIDGET (self->page));
}

static void
backstay_audit_view_set_property (GObject      *object,
                                  guint         prop_id,
                                  const GValue *value,
                                  GParamSpec   *pspec)
{
  switch (prop_id)
    {
    case PROP_FOLDED:
      g_object_set_property (G_OBJECT (BACKSTAY_AUDIT_VIEW (object)->page), "folded", value);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
backstay_audit_view_dispose (GObject *object)
{
  BackstayAuditView *self = BACKSTAY_AUDIT_VIEW (object);

  stop (self);
  g_clear_object (&self->repository);
  g_clear_object (&self->types);
  g_clear_object (&self->version);
  g_clear_object (&self->entries);
  g_clear_pointer (&self->last, backstay_audit_page_free);
  backstay_compat_dispose_template (GTK_WIDGET (self), BACKSTAY_TYPE_AUDIT_VIEW);

  G_OBJECT_CLASS (backstay_audit_view_parent_class)->dispose (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_set_template_from_resource (widget_class, BACKSTAY_RESOURCE_PATH "/ui/backstay-audit-view.ui");
  gtk_widget_class_bind_template_child (widget_class, BackstayAuditView, page);
  gtk_widget_class_bind_template_child (widget_class, BackstayAuditView, type_drop_down);
  gtk_widget_class_bind_template_child (widget_class, BackstayAuditView, what_drop_down);
  gtk_widget_class_bind_template_child (widget_class, BackstayAuditView, age_drop_down);
  gtk_widget_class_bind_template_child (widget_class, BackstayAuditView, who_entry);
  gtk_widget_class_bind_template_child (widget_class, BackstayAuditView, version_button);
  gtk_widget_class_bind_template_child (widget_class, BackstayAuditView, turns_label);
  gtk_widget_class_bind_template_child (widget_class, BackstayAuditView, list_stack);
  gtk_widget_class_bind_template_child (widget_class, BackstayAuditView, none_page);
  gtk_widget_class_bind_template_child (widget_class, BackstayAuditView, scrolled_window);
  gtk_widget_class_bind_template_child (widget_class, BackstayAuditView, list_view);
  gtk_widget_class_bind_template_callback (widget_class, filter_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, all_versions_cb);
  gtk_widget_class_bind_template_callback (widget_class, notice_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, row_activated_cb);
}

static void
backstay_audit_view_class_init (BackstayAuditViewClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = backstay_audit_view_dispose;
  object_class->set_property = backstay_audit_view_set_property;
  widget_class->grab_focus = backstay_audit_view_grab_focus;

  /**
   * BackstayAuditView:folded:
   *
   * Whether the view stands alone, so that it needs a way back.
   */
  properties[PROP_FOLDED] =
    g_param_spec_boolean ("folded", NULL, NULL,
                          FALSE,
                          G_PARAM_WRITABLE | G_PARAM_STATIC_STRINGS);

  g_object_class_install_properties (object_class, N_PROPS, properties);

  /**
   * BackstayAuditView::version-activated:
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

  g_type_ensure (BACKSTAY_TYPE_LOADING);
  g_type_ensure (BACKSTAY_TYPE_PAGE);
  g_type_ensure (BACKSTAY_TYPE_WRAP_LAYOUT);

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  bind_template (widget_class);
}

static void
backstay_audit_view_init (BackstayAuditView *self)
{
  g_autoptr (GtkListItemFactory) factory = backstay_row_factory_new (BACKSTAY_TYPE_AUDIT_ROW);
  g_autoptr (GtkNoSelection) selection = NULL;
  GtkAdjustment *adjustment;

  gtk_widget_init_template (GTK_WIDGET (self));
  self->entries = g_list_store_new (BACKSTAY_TYPE_AUDIT_ENTRY);
  selection = gtk_no_selection_new (G_LIST_MODEL (g_object_ref (self->entries)));
  gtk_list_view_set_factory (self->list_view, factory);
  backstay_focus_leaves_with_tab (self->list_view);
  gtk_list_view_set_model (self->list_view, GTK_SELECTION_MODEL (selection));
  backstay_compat_guard_scrolling (self->scrolled_window);

  adjustment = gtk_scrolled_window_get_vadjustment (self->scrolled_window);
  g_signal_connect_object (adjustment, "value-changed", G_CALLBACK (load_more), self, G_CONNECT_SWAPPED);
  types_changed_cb (self);
}

/**
 * backstay_audit_view_show:
 * @repository: (nullable): the server; %NULL for none
 * @types: (nullable): its model types
 *
 * Says whose trail it is. It is read when somebody looks: see backstay_audit_view_reload().
 */
void
backstay_audit_view_show (BackstayAuditView  *self,
                          BackstayRepository *repository,
                          BackstayTypeList   *types)
{
  g_return_if_fail (BACKSTAY_IS_AUDIT_VIEW (self));

  if (self->types != NULL)
    g_signal_handlers_disconnect_by_func (self->types, types_changed_cb, self);

  stop (self);
  g_set_object (&self->repository, repository);
  g_set_object (&self->types, types);
  g_clear_object (&self->version);
  g_clear_pointer (&self->last, backstay_audit_page_free);
  g_list_store_remove_all (self->entries);
  update_version_button (self);
  backstay_notice_hide (backstay_page_get_notice (self->page));
  backstay_page_show_loading (self->page);
  types_changed_cb (self);

  if (types != NULL)
    g_signal_connect_object (types, "items-changed", G_CALLBACK (types_changed_cb), self, G_CONNECT_SWAPPED);
}

/**
 * backstay_audit_view_show_version:
 * @version: a version
 *
 * Shows what was done to one version, and when it was live.
 */
void
backstay_audit_view_show_version (BackstayAuditView *self,
                                  BackstayVersion   *version)
{
  g_return_if_fail (BACKSTAY_IS_AUDIT_VIEW (self));
  g_return_if_fail (BACKSTAY_IS_VERSION (version));

  stop (self);
  g_clear_pointer (&self->last, backstay_audit_page_free);
  g_set_object (&self->version, version);
  update_version_button (self);
  gtk_drop_down_set_selected (self->type_drop_down, 0);
  gtk_drop_down_set_selected (self->what_drop_down, 0);
  gtk_drop_down_set_selected (self->age_drop_down, 0);
  gtk_editable_set_text (self->who_entry, "");
  load (self);
}

/**
 * backstay_audit_view_reload:
 *
 * Reads the newest entries.
 */
void
backstay_audit_view_reload (BackstayAuditView *self)
{
  g_return_if_fail (BACKSTAY_IS_AUDIT_VIEW (self));

  load (self);
}

/**
 * backstay_audit_view_get_loading:
 *
 * Returns: whether entries are on their way
 */
gboolean
backstay_audit_view_get_loading (BackstayAuditView *self)
{
  g_return_val_if_fail (BACKSTAY_IS_AUDIT_VIEW (self), FALSE);

  return self->cancellable != NULL;
}
