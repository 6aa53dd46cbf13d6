/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "backstay-filter-bar"

#include "config.h"

#include "backstay-filter-bar.h"

#include "backstay-compat.h"
#include "backstay-history-filter-text.h"
#include "backstay-notice.h"
#include "backstay-settings.h"
#include "backstay-wrap-layout.h"

#include <glib/gi18n-lib.h>

#define CRITERION_KEY "backstay-criterion"

/**
 * BackstayFilterBar:
 *
 * Says which filters a history has, each on a button that removes it, and how many versions pass. It is
 * not there while there are none. It remembers the filter of each server's model types.
 */
struct _BackstayFilterBar
{
  GtkWidget parent_instance;

  BackstayHistoryFilter *filter;
  BackstayHistoryFilter *put_off; /* What the user may want to have again; can be %NULL. */
  BackstayHistoryList   *list;    /* What it filters; %NULL while there is none. */
  char                  *server;  /* Where that is. */

  /* Template children */
  GtkWidget      *box;
  GtkBox         *chips;
  GtkLabel       *count_label;
  BackstayNotice *notice;
};

enum
{
  PROP_0,
  PROP_FILTER,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (BackstayFilterBar, backstay_filter_bar, GTK_TYPE_WIDGET)

static void
chip_clicked_cb (BackstayFilterBar *self,
                 GtkButton         *chip)
{
  guint criterion = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (chip), CRITERION_KEY));
  g_autoptr (BackstayHistoryFilter) filter = backstay_history_filter_without (self->filter, criterion);

  backstay_filter_bar_set_filter (self, filter);
}

static GtkWidget *
create_chip (BackstayFilterBar       *self,
             BackstayHistoryCriterion criterion)
{
  g_autofree char *text = backstay_history_filter_text_dup_label (self->filter, criterion);
  g_autofree char *name = NULL;
  GtkWidget       *chip = gtk_button_new ();
  GtkWidget       *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget       *label = gtk_label_new (text);

  /* Translators: a filter, as "Last 7 days"; the button removes it. */
  name = g_strdup_printf (_ ("Filter: %s, remove"), text);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 28);
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (box), gtk_image_new_from_icon_name ("window-close-symbolic"));
  gtk_button_set_child (GTK_BUTTON (chip), box);
  gtk_widget_add_css_class (chip, "filter-chip");
  gtk_widget_set_tooltip_text (chip, name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (chip), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  g_object_set_data (G_OBJECT (chip), CRITERION_KEY, GUINT_TO_POINTER (criterion));
  g_signal_connect_object (chip, "clicked", G_CALLBACK (chip_clicked_cb), self, G_CONNECT_SWAPPED);

  return chip;
}

static void
update (BackstayFilterBar *self)
{
  GtkRoot   *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;
  gboolean   had_focus = focus != NULL && gtk_widget_is_ancestor (focus, GTK_WIDGET (self->chips));
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->chips))) != NULL)
    gtk_box_remove (self->chips, child);

  for (guint i = 0; i < BACKSTAY_HISTORY_N_CRITERIA; i++)
    {
      if (backstay_history_filter_has (self->filter, i))
        gtk_box_append (self->chips, create_chip (self, i));
    }

  gtk_widget_set_visible (self->box, !backstay_history_filter_is_empty (self->filter));
  gtk_widget_set_visible (GTK_WIDGET (self), !backstay_history_filter_is_empty (self->filter) || self->put_off != NULL);

  /* To the first one that is left, or else to the history's first widget. */
  if (had_focus && !gtk_widget_child_focus (GTK_WIDGET (self->chips), GTK_DIR_TAB_FORWARD))
    gtk_widget_child_focus (gtk_widget_get_parent (GTK_WIDGET (self)), GTK_DIR_TAB_FORWARD);
}

static void
show_count (BackstayFilterBar *self)
{
  g_autofree char *text = NULL;
  guint            n_matches = backstay_history_list_get_n_matches (self->list);

  if (n_matches == 0 && backstay_history_list_get_error (self->list) != NULL)
    text = g_strdup (_ ("The matches could not be counted"));
  else if (n_matches >= BACKSTAY_HISTORY_FILTER_COUNT_LIMIT)
    /* Translators: so many or more; the number is 1000. */
    text = g_strdup_printf (_ ("%u+ versions match"), BACKSTAY_HISTORY_FILTER_COUNT_LIMIT);
  else if (n_matches == 0)
    text = g_strdup (_ ("No version matches"));
  else
    text = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u version matches", "%u versions match", n_matches),
                            n_matches);

  gtk_label_set_label (self->count_label, text);
}

static void
loading_cb (BackstayFilterBar *self)
{
  if (!backstay_history_list_get_loading (self->list))
    show_count (self);
}

/* Remembers the filter, and lets the list be loaded with it from now on. */
static void
apply (BackstayFilterBar *self)
{
  g_autofree char *text = NULL;

  if (!backstay_history_filter_is_empty (self->filter))
    text = backstay_history_filter_to_string (self->filter);

  backstay_settings_save_filter (self->server, backstay_history_list_get_model_type (self->list), text);
  backstay_history_list_set_filter (self->list, self->filter);
  gtk_label_set_label (self->count_label, _ ("Searching…"));
}

static void
forget_put_off (BackstayFilterBar *self)
{
  g_clear_object (&self->put_off);
  backstay_notice_hide (self->notice);
}

static void
filter_again_cb (BackstayFilterBar *self)
{
  g_autoptr (BackstayHistoryFilter) filter = g_object_ref (self->put_off);

  backstay_filter_bar_set_filter (self, filter);
}

static void
leave_list (BackstayFilterBar *self)
{
  if (self->list != NULL)
    g_signal_handlers_disconnect_by_func (self->list, loading_cb, self);

  g_clear_object (&self->list);
  g_clear_pointer (&self->server, g_free);
}

static void
backstay_filter_bar_get_property (GObject    *object,
                                  guint       prop_id,
                                  GValue     *value,
                                  GParamSpec *pspec)
{
  BackstayFilterBar *self = BACKSTAY_FILTER_BAR (object);

  switch (prop_id)
    {
    case PROP_FILTER:
      g_value_set_object (value, self->filter);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
backstay_filter_bar_set_property (GObject      *object,
                                  guint         prop_id,
                                  const GValue *value,
                                  GParamSpec   *pspec)
{
  switch (prop_id)
    {
    case PROP_FILTER:
      backstay_filter_bar_set_filter (BACKSTAY_FILTER_BAR (object), g_value_get_object (value));
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
backstay_filter_bar_dispose (GObject *object)
{
  BackstayFilterBar *self = BACKSTAY_FILTER_BAR (object);

  leave_list (self);
  g_clear_object (&self->filter);
  g_clear_object (&self->put_off);
  backstay_compat_dispose_template (GTK_WIDGET (self), BACKSTAY_TYPE_FILTER_BAR);

  G_OBJECT_CLASS (backstay_filter_bar_parent_class)->dispose (object);
}

static void
backstay_filter_bar_class_init (BackstayFilterBarClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = backstay_filter_bar_dispose;
  object_class->get_property = backstay_filter_bar_get_property;
  object_class->set_property = backstay_filter_bar_set_property;

  /**
   * BackstayFilterBar:filter:
   *
   * What it says; a removed filter is not in it any more.
   */
  properties[PROP_FILTER] =
    g_param_spec_object ("filter", NULL, NULL,
                         BACKSTAY_TYPE_HISTORY_FILTER,
                         G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);

  g_object_class_install_properties (object_class, N_PROPS, properties);

  g_type_ensure (BACKSTAY_TYPE_NOTICE);

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class, BACKSTAY_RESOURCE_PATH "/ui/backstay-filter-bar.ui");
  gtk_widget_class_bind_template_child (widget_class, BackstayFilterBar, box);
  gtk_widget_class_bind_template_child (widget_class, BackstayFilterBar, chips);
  gtk_widget_class_bind_template_child (widget_class, BackstayFilterBar, count_label);
  gtk_widget_class_bind_template_child (widget_class, BackstayFilterBar, notice);
  gtk_widget_class_bind_template_callback (widget_class, filter_again_cb);
}

static void
backstay_filter_bar_init (BackstayFilterBar *self)
{
  self->filter = backstay_history_filter_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_widget_set_layout_manager (GTK_WIDGET (self->chips), g_object_new (BACKSTAY_TYPE_WRAP_LAYOUT, NULL));
  update (self);
}

/**
 * backstay_filter_bar_show:
 * @repository: (nullable): where the history is
 * @list: (nullable): a history that is not loaded yet
 *
 * Gives a history the filter that it had the last time. When the filter changes after that, the list has to
 * be loaded again.
 */
void
backstay_filter_bar_show (BackstayFilterBar   *self,
                          BackstayRepository  *repository,
                          BackstayHistoryList *list)
{
  g_autofree char *text = NULL;
  g_autoptr (BackstayHistoryFilter) filter = NULL;
  BackstayDbConnection *connection;

  g_return_if_fail (BACKSTAY_IS_FILTER_BAR (self));
  g_return_if_fail (list == NULL || BACKSTAY_IS_REPOSITORY (repository));

  leave_list (self);
  forget_put_off (self);

  if (list != NULL)
    {
      connection = backstay_repository_get_connection (repository);
      self->server = g_strdup (backstay_db_config_get_key (backstay_db_connection_get_config (connection)));
      text = backstay_settings_dup_filter (self->server, backstay_history_list_get_model_type (list));
    }

  filter = backstay_history_filter_new_from_string (text);
  backstay_filter_bar_set_filter (self, filter);

  if (list == NULL)
    return;

  self->list = g_object_ref (list);
  backstay_history_list_set_filter (list, self->filter);
  gtk_label_set_label (self->count_label, _ ("Searching…"));
  g_signal_connect_object (list, "notify::loading", G_CALLBACK (loading_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (list, "notify::outdated", G_CALLBACK (loading_cb), self, G_CONNECT_SWAPPED);
}

/**
 * backstay_filter_bar_get_filter:
 *
 * Returns: (transfer none): the filter, which can be empty
 */
BackstayHistoryFilter *
backstay_filter_bar_get_filter (BackstayFilterBar *self)
{
  g_return_val_if_fail (BACKSTAY_IS_FILTER_BAR (self), NULL);

  return self->filter;
}

/**
 * backstay_filter_bar_set_filter:
 * @filter: a filter, which can be empty
 *
 * Sets what it says.
 */
void
backstay_filter_bar_set_filter (BackstayFilterBar     *self,
                                BackstayHistoryFilter *filter)
{
  g_return_if_fail (BACKSTAY_IS_FILTER_BAR (self));
  g_return_if_fail (BACKSTAY_IS_HISTORY_FILTER (filter));

  if (backstay_history_filter_equal (self->filter, filter))
    return;

  g_set_object (&self->filter, filter);
  forget_put_off (self);
  update (self);
  if (self->list != NULL)
    apply (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_FILTER]);
}

/**
 * backstay_filter_bar_put_off:
 * @reason: a sentence
 *
 * Takes the filter off, says why, and offers to put it on again.
 */
void
backstay_filter_bar_put_off (BackstayFilterBar *self,
                             const char        *reason)
{
  g_autoptr (BackstayHistoryFilter) put_off = NULL;
  g_autoptr (BackstayHistoryFilter) none = backstay_history_filter_new ();

  g_return_if_fail (BACKSTAY_IS_FILTER_BAR (self));
  g_return_if_fail (reason != NULL);

  put_off = g_object_ref (self->filter);
  backstay_filter_bar_set_filter (self, none);
  self->put_off = g_steal_pointer (&put_off);
  backstay_notice_show (self->notice, BACKSTAY_NOTICE_INFO, reason, _ ("Filter Again"));
  update (self);
}
