/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "backstay-sidebar"

#include "config.h"

#include "backstay-sidebar.h"

#include "backstay-compat.h"
#include "backstay-focus.h"
#include "backstay-loading.h"
#include "backstay-main-menu.h"
#include "backstay-notice.h"
#include "backstay-row-factory.h"
#include "backstay-type-row.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

/**
 * BackstaySidebar:
 *
 * What concerns all model types, and the model types; and below them, always in sight, who one is
 * and on which server. One thing of all of this is selected.
 */
struct _BackstaySidebar
{
  GtkWidget parent_instance;

  BackstayTypeList  *types;
  BackstayModelType *selected; /* What was told last. */
  BackstayAccess    *access;
  char              *warning; /* About the database. */
  gboolean           lost;
  guint              click_id; /* Tells of a click once it selected something. */

  /* Template children */
  AdwHeaderBar   *header_bar;
  BackstayNotice *notice;
  GtkListBox     *entries;
  GtkWidget      *integrity_row;
  GtkLabel       *integrity_count;
  GtkWidget      *database_row;
  GtkLabel       *database_count;
  GtkStack       *stack;
  GtkListView    *list_view;
  GtkWidget      *identity_button;
  GtkImage       *identity_image;
  GtkLabel       *user_label;
  GtkLabel       *server_label;
};

enum
{
  PROP_0,
  PROP_FOLDED,
  PROP_SELECTED,
  N_PROPS,
};

enum
{
  SIGNAL_TYPE_ACTIVATED,
  N_SIGNALS,
};

static GParamSpec *properties[N_PROPS];
static guint       signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (BackstaySidebar, backstay_sidebar, GTK_TYPE_WIDGET)

static GtkSingleSelection *
get_selection (BackstaySidebar *self)
{
  return GTK_SINGLE_SELECTION (gtk_list_view_get_model (self->list_view));
}

static void
update_notice (BackstaySidebar *self)
{
  const GError    *error = self->types != NULL ? backstay_type_list_get_error (self->types) : NULL;
  g_autofree char *warning = self->access != NULL ? backstay_access_dup_warning (self->access) : NULL;

  if (error != NULL)
    backstay_notice_show (self->notice, BACKSTAY_NOTICE_ERROR, error->message, _ ("Try Again"));
  else if (self->lost)
    backstay_notice_show (self->notice, BACKSTAY_NOTICE_ERROR,
                          _ ("The connection was lost. What you see may be out of date."),
                          _ ("Reconnect"));
  else if (warning != NULL)
    backstay_notice_show (self->notice, BACKSTAY_NOTICE_WARNING, warning, _ ("Details"));
  else if (self->warning != NULL)
    backstay_notice_show (self->notice, BACKSTAY_NOTICE_WARNING, self->warning, _ ("Look…"));
  else
    backstay_notice_hide (self->notice);
}

static void
update_page (BackstaySidebar *self)
{
  const char *page = "list";

  if (self->types == NULL || !backstay_type_list_get_loaded (self->types))
    page = "loading";
  else if (g_list_model_get_n_items (G_LIST_MODEL (self->types)) == 0)
    page = "empty";

  gtk_stack_set_visible_child_name (self->stack, page);
  update_notice (self);
}

/* What is neither wanted nor worth a look is not in the way. */
static void
update_entries (BackstaySidebar *self)
{
  GtkWidget *selected = GTK_WIDGET (gtk_list_box_get_selected_row (self->entries));

  gtk_widget_set_visible (self->integrity_row,
                          selected == self->integrity_row ||
                            gtk_widget_get_visible (GTK_WIDGET (self->integrity_count)));
  gtk_widget_set_visible (self->database_row,
                          selected == self->database_row ||
                            gtk_widget_get_visible (GTK_WIDGET (self->database_count)));
}

static void
selection_changed_cb (BackstaySidebar *self)
{
  /* It is told, too, when the others only moved it. */
  if (!g_set_object (&self->selected, backstay_sidebar_get_selected (self)))
    return;

  if (self->selected != NULL)
    gtk_list_box_unselect_all (self->entries);

  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SELECTED]);
}

static void
entry_selected_cb (BackstaySidebar *self,
                   GtkListBoxRow   *row)
{
  update_entries (self);

  if (row == NULL)
    return;

  /* Either tells that the selection is another one. */
  if (backstay_sidebar_get_selected (self) != NULL)
    gtk_single_selection_set_selected (get_selection (self), GTK_INVALID_LIST_POSITION);
  else
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SELECTED]);
}

static void
entry_activated_cb (BackstaySidebar *self)
{
  g_signal_emit (self, signals[SIGNAL_TYPE_ACTIVATED], 0);
}

/* The arrow keys go through the entries and the model types as if they were one list. */
static gboolean
entries_left_cb (BackstaySidebar *self,
                 GtkDirectionType direction)
{
  if (direction != GTK_DIR_DOWN || self->types == NULL ||
      g_list_model_get_n_items (G_LIST_MODEL (self->types)) == 0)
    return FALSE;

  backstay_sidebar_select (self, 0);
  backstay_compat_scroll_to (self->list_view, 0);
  gtk_widget_grab_focus (GTK_WIDGET (self->list_view));

  return TRUE;
}

static void
select_last_entry (BackstaySidebar *self)
{
  int position = BACKSTAY_SIDEBAR_TYPE - 1;

  while (!gtk_widget_get_visible (GTK_WIDGET (gtk_list_box_get_row_at_index (self->entries, position))))
    position--;

  backstay_sidebar_select_place (self, (BackstaySidebarPlace) position);
}

static gboolean
key_pressed_cb (BackstaySidebar *self,
                guint            keyval,
                guint            keycode,
                GdkModifierType  state)
{
  if ((keyval != GDK_KEY_Up && keyval != GDK_KEY_KP_Up) ||
      (state & gtk_accelerator_get_default_mod_mask ()) != 0 ||
      get_selection (self) == NULL ||
      gtk_single_selection_get_selected (get_selection (self)) != 0)
    return GDK_EVENT_PROPAGATE;

  select_last_entry (self);
  gtk_widget_grab_focus (GTK_WIDGET (self));

  return GDK_EVENT_STOP;
}

static void
row_activated_cb (BackstaySidebar *self,
                  guint            position)
{
  /* The focus may be where nothing is selected. */
  backstay_sidebar_select (self, position);
  g_signal_emit (self, signals[SIGNAL_TYPE_ACTIVATED], 0);
}

static gboolean
clicked_cb (gpointer user_data)
{
  BackstaySidebar *self = BACKSTAY_SIDEBAR (user_data);

  self->click_id = 0;
  g_signal_emit (self, signals[SIGNAL_TYPE_ACTIVATED], 0);

  return G_SOURCE_REMOVE;
}

/* A click goes to the type, also where it is selected already: on a narrow window the selection
 * stays when one comes back. Not before the row selected it, which hears of the click later, and not at
 * all once the list is out of sight. */
static void
released_cb (BackstaySidebar *self,
             int              n_press,
             double           x,
             double           y)
{
  if (gtk_widget_pick (GTK_WIDGET (self->list_view), x, y, GTK_PICK_DEFAULT) != GTK_WIDGET (self->list_view) &&
      self->click_id == 0)
    self->click_id = g_idle_add_full (G_PRIORITY_HIGH, clicked_cb, self, NULL);
}

static void
notice_clicked_cb (BackstaySidebar *self)
{
  gboolean         is_failure = self->lost || (self->types != NULL && backstay_type_list_get_error (self->types) != NULL);
  g_autofree char *warning = self->access != NULL ? backstay_access_dup_warning (self->access) : NULL;
  const char      *action = "win.show-access";

  if (is_failure)
    action = "win.reload";
  else if (warning == NULL)
    action = "win.show-database";

  gtk_widget_activate_action (GTK_WIDGET (self), action, NULL);
}

static void
backstay_sidebar_get_property (GObject    *object,
                               guint       prop_id,
                               GValue     *value,
                               GParamSpec *pspec)
{
  switch (prop_id)
    {
    case PROP_SELECTED:
      g_value_set_object (value, backstay_sidebar_get_selected (BACKSTAY_SIDEBAR (object)));
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
backstay_sidebar_set_property (GObject      *object,
                               guint         prop_id,
                               const GValue *value,
                               GParamSpec   *pspec)
{
  BackstaySidebar *self = BACKSTAY_SIDEBAR (object);

  switch (prop_id)
    {
    case PROP_FOLDED:
      adw_header_bar_set_show_end_title_buttons (self->header_bar, g_value_get_boolean (value));
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static gboolean
backstay_sidebar_grab_focus (GtkWidget *widget)
{
  BackstaySidebar *self = BACKSTAY_SIDEBAR (widget);
  GtkListBoxRow   *entry = gtk_list_box_get_selected_row (self->entries);

  return gtk_widget_grab_focus (entry != NULL ? GTK_WIDGET (entry) : GTK_WIDGET (self->list_view));
}

static void
backstay_sidebar_dispose (GObject *object)
{
  BackstaySidebar *self = BACKSTAY_SIDEBAR (object);

  g_clear_handle_id (&self->click_id, g_source_remove);
  if (self->types != NULL)
    backstay_sidebar_set_types (self, NULL);
  g_clear_pointer (&self->access, backstay_access_unref);
  g_clear_pointer (&self->warning, g_free);
  backstay_compat_dispose_template (GTK_WIDGET (self), BACKSTAY_TYPE_SIDEBAR);

  G_OBJECT_CLASS (backstay_sidebar_parent_class)->dispose (object);
}

static void
backstay_sidebar_class_init (BackstaySidebarClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = backstay_sidebar_dispose;
  widget_class->grab_focus = backstay_sidebar_grab_focus;
  object_class->get_property = backstay_sidebar_get_property;
  object_class->set_property = backstay_sidebar_set_property;

  /**
   * BackstaySidebar:folded:
   *
   * Whether the sidebar stands alone, so that it has the window's buttons.
   */
  properties[PROP_FOLDED] =
    g_param_spec_boolean ("folded", NULL, NULL,
                          FALSE,
                          G_PARAM_WRITABLE | G_PARAM_STATIC_STRINGS);

  /**
   * BackstaySidebar:selected:
   *
   * The selected model type. It is told, too, when another entry is selected above them.
   */
  properties[PROP_SELECTED] =
    g_param_spec_object ("selected", NULL, NULL,
                         BACKSTAY_TYPE_MODEL_TYPE,
                         G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);

  g_object_class_install_properties (object_class, N_PROPS, properties);

  /**
   * BackstaySidebar::type-activated:
   *
   * Emitted when the user wants to go to what is selected.
   */
  signals[SIGNAL_TYPE_ACTIVATED] =
    g_signal_new ("type-activated",
                  G_TYPE_FROM_CLASS (klass),
                  G_SIGNAL_RUN_LAST,
                  0, NULL, NULL, NULL,
                  G_TYPE_NONE, 0);

  g_type_ensure (BACKSTAY_TYPE_LOADING);
  g_type_ensure (BACKSTAY_TYPE_MAIN_MENU);
  g_type_ensure (BACKSTAY_TYPE_NOTICE);

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class, BACKSTAY_RESOURCE_PATH "/ui/backstay-sidebar.ui");
  gtk_widget_class_bind_template_child (widget_class, BackstaySidebar, header_bar);
  gtk_widget_class_bind_template_child (widget_class, BackstaySidebar, notice);
  gtk_widget_class_bind_template_child (widget_class, BackstaySidebar, entries);
  gtk_widget_class_bind_template_child (widget_class, BackstaySidebar, integrity_row);
  gtk_widget_class_bind_template_child (widget_class, BackstaySidebar, integrity_count);
  gtk_widget_class_bind_template_child (widget_class, BackstaySidebar, database_row);
  gtk_widget_class_bind_template_child (widget_class, BackstaySidebar, database_count);
  gtk_widget_class_bind_template_child (widget_class, BackstaySidebar, stack);
  gtk_widget_class_bind_template_child (widget_class, BackstaySidebar, list_view);
  gtk_widget_class_bind_template_child (widget_class, BackstaySidebar, identity_button);
  gtk_widget_class_bind_template_child (widget_class, BackstaySidebar, identity_image);
  gtk_widget_class_bind_template_child (widget_class, BackstaySidebar, user_label);
  gtk_widget_class_bind_template_child (widget_class, BackstaySidebar, server_label);
  gtk_widget_class_bind_template_callback (widget_class, entry_selected_cb);
  gtk_widget_class_bind_template_callback (widget_class, entry_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, entries_left_cb);
  gtk_widget_class_bind_template_callback (widget_class, key_pressed_cb);
  gtk_widget_class_bind_template_callback (widget_class, row_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, released_cb);
  gtk_widget_class_bind_template_callback (widget_class, notice_clicked_cb);
}

static void
backstay_sidebar_init (BackstaySidebar *self)
{
  GtkListItemFactory *factory;

  gtk_widget_init_template (GTK_WIDGET (self));
  backstay_sidebar_set_count (self, BACKSTAY_SIDEBAR_INTEGRITY, 0);
  backstay_sidebar_set_count (self, BACKSTAY_SIDEBAR_DATABASE, 0);

  factory = backstay_row_factory_new (BACKSTAY_TYPE_TYPE_ROW);
  gtk_list_view_set_factory (self->list_view, factory);
  backstay_focus_leaves_with_tab (self->list_view);
  g_object_unref (factory);
}

/**
 * backstay_sidebar_set_types:
 * @types: (nullable): the model types
 *
 * Shows model types. Nothing is selected.
 */
void
backstay_sidebar_set_types (BackstaySidebar  *self,
                            BackstayTypeList *types)
{
  g_autoptr (GtkSingleSelection) selection = NULL;

  g_return_if_fail (BACKSTAY_IS_SIDEBAR (self));

  if (self->types != NULL)
    g_signal_handlers_disconnect_by_func (self->types, update_page, self);

  gtk_list_view_set_model (self->list_view, NULL);
  g_clear_object (&self->selected);
  gtk_list_box_unselect_all (self->entries);
  g_set_object (&self->types, types);

  if (types == NULL)
    return;

  /* In this order, or the first row would be selected. */
  selection = gtk_single_selection_new (NULL);
  gtk_single_selection_set_autoselect (selection, FALSE);
  gtk_single_selection_set_can_unselect (selection, TRUE);
  gtk_single_selection_set_model (selection, G_LIST_MODEL (types));
  g_signal_connect_object (selection, "notify::selected-item", G_CALLBACK (selection_changed_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_list_view_set_model (self->list_view, GTK_SELECTION_MODEL (selection));

  g_signal_connect_object (types, "notify::loading", G_CALLBACK (update_page), self, G_CONNECT_SWAPPED);
  update_page (self);
}

/**
 * backstay_sidebar_set_access:
 * @access: who one is, and what one may do
 * @server: what to call the server
 *
 * Shows who one is and where.
 */
void
backstay_sidebar_set_access (BackstaySidebar *self,
                             BackstayAccess  *access,
                             const char      *server)
{
  g_autofree char *user = NULL;
  g_autofree char *who = NULL;
  g_autofree char *where = NULL;
  g_autofree char *label = NULL;

  g_return_if_fail (BACKSTAY_IS_SIDEBAR (self));
  g_return_if_fail (access != NULL);

  g_clear_pointer (&self->access, backstay_access_unref);
  self->access = backstay_access_ref (access);

  user = backstay_access_dup_user (access);
  /* Translators: a user's name, and what the user is on the server. */
  who = g_strdup_printf (_ ("%s · %s"), user, backstay_access_get_rank (access));
  /* Translators: a server's name, and how the connection to it is protected. */
  where = access->security == BACKSTAY_DB_SECURITY_LOCAL
            ? g_strdup (server)
            : g_strdup_printf (_ ("%s · %s"), server, backstay_access_get_security (access));
  label = g_strdup_printf (_ ("Signed in as %s, on %s"), who, where);

  gtk_label_set_label (self->user_label, who);
  gtk_label_set_label (self->server_label, where);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->server_label), where);
  gtk_image_set_from_icon_name (self->identity_image,
                                access->kind == BACKSTAY_ACCESS_ADMIN ? "avatar-default-symbolic"
                                                                      : "dialog-warning-symbolic");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->identity_button),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, label,
                                  -1);
  update_notice (self);
}

/**
 * backstay_sidebar_set_lost:
 * @lost: whether the connection to the server is broken
 *
 * Says that what is shown may be old.
 */
void
backstay_sidebar_set_lost (BackstaySidebar *self,
                           gboolean         lost)
{
  g_return_if_fail (BACKSTAY_IS_SIDEBAR (self));

  self->lost = lost;
  update_notice (self);
}

/**
 * backstay_sidebar_set_count:
 * @place: one that has a count
 * @count: how many things there need attention
 *
 * Says how many things need attention. Where none do, the entry is hidden unless it is selected.
 */
void
backstay_sidebar_set_count (BackstaySidebar     *self,
                            BackstaySidebarPlace place,
                            guint                count)
{
  gboolean         is_database = place == BACKSTAY_SIDEBAR_DATABASE;
  GtkWidget       *row = is_database ? self->database_row : self->integrity_row;
  GtkLabel        *label = is_database ? self->database_count : self->integrity_count;
  const char      *title = is_database ? _ ("Database") : _ ("Integrity");
  g_autofree char *text = g_strdup_printf ("%u", count);
  g_autofree char *name = NULL;

  g_return_if_fail (BACKSTAY_IS_SIDEBAR (self));
  g_return_if_fail (is_database || place == BACKSTAY_SIDEBAR_INTEGRITY);

  /* Translators: an entry of the sidebar, such as "Database", and a number. */
  name = count == 0 ? g_strdup (title)
                    : g_strdup_printf (g_dngettext (GETTEXT_PACKAGE,
                                                    "%s, %u thing needs attention",
                                                    "%s, %u things need attention", count),
                                       title, count);
  gtk_label_set_label (label, text);
  gtk_widget_set_visible (GTK_WIDGET (label), count > 0);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  gtk_widget_set_tooltip_text (row, name);
  update_entries (self);
}

/**
 * backstay_sidebar_set_warning:
 * @warning: (nullable): what is wrong with the database, in a sentence
 *
 * Says that somebody should look at the database.
 */
void
backstay_sidebar_set_warning (BackstaySidebar *self,
                              const char      *warning)
{
  g_return_if_fail (BACKSTAY_IS_SIDEBAR (self));

  g_free (self->warning);
  self->warning = g_strdup (warning);
  update_notice (self);
}

/**
 * backstay_sidebar_select:
 * @position: a model type's place
 *
 * Selects a model type.
 */
void
backstay_sidebar_select (BackstaySidebar *self,
                         guint            position)
{
  g_return_if_fail (BACKSTAY_IS_SIDEBAR (self));

  gtk_single_selection_set_selected (get_selection (self), position);
}

/**
 * backstay_sidebar_get_selected:
 *
 * Returns: (transfer none) (nullable): the selected model type
 */
BackstayModelType *
backstay_sidebar_get_selected (BackstaySidebar *self)
{
  GtkSingleSelection *selection;

  g_return_val_if_fail (BACKSTAY_IS_SIDEBAR (self), NULL);

  selection = get_selection (self);

  return selection != NULL ? gtk_single_selection_get_selected_item (selection) : NULL;
}

/**
 * backstay_sidebar_select_place:
 * @place: one of the entries
 *
 * Selects one of the entries above the model types.
 */
void
backstay_sidebar_select_place (BackstaySidebar     *self,
                               BackstaySidebarPlace place)
{
  g_return_if_fail (BACKSTAY_IS_SIDEBAR (self));
  g_return_if_fail (place != BACKSTAY_SIDEBAR_TYPE);

  /* A hidden row would not get the selection. */
  gtk_widget_set_visible (GTK_WIDGET (gtk_list_box_get_row_at_index (self->entries, (int) place)), TRUE);
  gtk_list_box_select_row (self->entries, gtk_list_box_get_row_at_index (self->entries, (int) place));
}

/**
 * backstay_sidebar_get_place:
 *
 * Returns: what is selected; a model type, or nothing, where it is none of the entries above them
 */
BackstaySidebarPlace
backstay_sidebar_get_place (BackstaySidebar *self)
{
  GtkListBoxRow *entry;

  g_return_val_if_fail (BACKSTAY_IS_SIDEBAR (self), BACKSTAY_SIDEBAR_TYPE);

  entry = gtk_list_box_get_selected_row (self->entries);

  return entry != NULL ? (BackstaySidebarPlace) gtk_list_box_row_get_index (entry) : BACKSTAY_SIDEBAR_TYPE;
}
