/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "backstay-filter-popover"

#include "config.h"

#include "backstay-filter-popover.h"

#include "backstay-history-filter-text.h"
#include "backstay-repository-filter.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/**
 * BackstayFilterPopover:
 *
 * Asks which versions of a history to show.
 *
 * The creators among whom one can choose are loaded when it opens.
 */
struct _BackstayFilterPopover
{
  GtkPopover parent_instance;

  BackstayHistoryFilter *filter;
  BackstayRepository    *repository; /* (nullable) */
  char                  *model_type; /* (nullable) */
  GPtrArray             *creators;   /* Of BackstayIdentity; %NULL until they have come. */
  gboolean               has_nobody;
  GPtrArray             *creator_ids; /* For each item of the drop-down; its first one is %NULL. */
  GCancellable          *cancellable; /* Non-%NULL while it is loading. */
  gboolean               is_updating; /* What the widgets say is not from the user. */

  /* Template children */
  GtkEditable *words_entry;
  GtkDropDown *show_drop_down;
  GtkDropDown *period_drop_down;
  GtkWidget   *range_box;
  GtkEditable *first_day_entry;
  GtkEditable *last_day_entry;
  GtkDropDown *creator_drop_down;
  GtkLabel    *creators_label;
  GtkWidget   *distinct_button;
};

enum
{
  PROP_0,
  PROP_FILTER,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (BackstayFilterPopover, backstay_filter_popover, GTK_TYPE_POPOVER)

/* Creators */

static void
add_creator (BackstayFilterPopover *self,
             GtkStringList         *labels,
             const char            *id,
             const char            *label)
{
  g_ptr_array_add (self->creator_ids, g_strdup (id));
  gtk_string_list_append (labels, label);
}

static gboolean
has_creator (BackstayFilterPopover *self,
             const char            *id)
{
  for (guint i = 1; i < self->creator_ids->len; i++)
    {
      if (strcmp (g_ptr_array_index (self->creator_ids, i), id) == 0)
        return TRUE;
    }

  return FALSE;
}

/* The filter's own creator can be chosen whether there are versions of theirs or not. */
static void
list_creators (BackstayFilterPopover *self)
{
  g_autoptr (GtkStringList) labels = gtk_string_list_new (NULL);
  const char *current = backstay_history_filter_get_creator (self->filter);
  gboolean    has_unknown = FALSE;
  guint       selected = 0;

  g_ptr_array_set_size (self->creator_ids, 0);
  add_creator (self, labels, NULL, _ ("Anybody"));

  for (guint i = 0; self->creators != NULL && i < self->creators->len; i++)
    {
      BackstayIdentity *identity = g_ptr_array_index (self->creators, i);
      const char       *name = backstay_identity_get_name (identity);
      g_autofree char  *label = backstay_identity_dup_label (identity);

      has_unknown = has_unknown || name == NULL || name[0] == '\0';
      add_creator (self, labels, backstay_identity_get_id (identity), label);
    }

  if (self->has_nobody)
    add_creator (self, labels, BACKSTAY_HISTORY_FILTER_NOBODY, _ ("No creator recorded"));
  if (has_unknown)
    add_creator (self, labels, BACKSTAY_HISTORY_FILTER_UNKNOWN, _ ("Unknown user"));

  if (current != NULL && !has_creator (self, current))
    {
      g_autofree char *label = backstay_history_filter_text_dup_label (self->filter, BACKSTAY_HISTORY_CRITERION_CREATOR);

      add_creator (self, labels, current, label);
    }

  for (guint i = 1; current != NULL && i < self->creator_ids->len; i++)
    {
      if (strcmp (g_ptr_array_index (self->creator_ids, i), current) == 0)
        selected = i;
    }

  gtk_drop_down_set_model (self->creator_drop_down, G_LIST_MODEL (labels));
  gtk_drop_down_set_selected (self->creator_drop_down, selected);
}

/* Sets what the widgets say, without taking it for what the user chose. */
static void
update_creators (BackstayFilterPopover *self)
{
  self->is_updating = TRUE;
  list_creators (self);
  self->is_updating = FALSE;
}

static void
creators_cb (GObject      *object,
             GAsyncResult *result,
             gpointer      user_data)
{
  BackstayFilterPopover *self = user_data; /* Dangling if cancelled. */
  g_autoptr (GPtrArray) creators = NULL;
  g_autoptr (GError) error = NULL;
  gboolean has_nobody;

  creators = backstay_repository_list_creators_finish (BACKSTAY_REPOSITORY (object), result, &has_nobody, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  g_clear_object (&self->cancellable);
  gtk_widget_set_visible (GTK_WIDGET (self->creators_label), creators == NULL);

  if (creators == NULL)
    {
      gtk_label_set_label (self->creators_label, error->message);
      return;
    }

  g_clear_pointer (&self->creators, g_ptr_array_unref);
  self->creators = g_steal_pointer (&creators);
  self->has_nobody = has_nobody;
  update_creators (self);
}

static void
stop_loading (BackstayFilterPopover *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
}

static void
backstay_filter_popover_map (GtkWidget *widget)
{
  BackstayFilterPopover *self = BACKSTAY_FILTER_POPOVER (widget);

  GTK_WIDGET_CLASS (backstay_filter_popover_parent_class)->map (widget);

  if (self->model_type == NULL)
    return;

  stop_loading (self);
  self->cancellable = g_cancellable_new ();
  backstay_repository_list_creators_async (self->repository, self->model_type, self->cancellable,
                                           creators_cb, self);
}

/* The filter */

/* Whether the days can be read, and make a range, is said at the entries. */
static void
check_days (BackstayFilterPopover *self)
{
  const char *first_day = gtk_editable_get_text (self->first_day_entry);
  const char *last_day = gtk_editable_get_text (self->last_day_entry);
  gboolean    is_first_wrong = first_day[0] != '\0' && !backstay_history_filter_check_day (first_day);
  gboolean    is_last_wrong = last_day[0] != '\0' && !backstay_history_filter_check_day (last_day);

  if (!is_first_wrong && !is_last_wrong && first_day[0] != '\0' && last_day[0] != '\0')
    is_last_wrong = strcmp (first_day, last_day) > 0;

  for (guint i = 0; i < 2; i++)
    {
      GtkEditable *entry = i == 0 ? self->first_day_entry : self->last_day_entry;
      gboolean     is_wrong = i == 0 ? is_first_wrong : is_last_wrong;

      if (is_wrong)
        gtk_widget_add_css_class (GTK_WIDGET (entry), "error");
      else
        gtk_widget_remove_css_class (GTK_WIDGET (entry), "error");

      gtk_widget_set_tooltip_text (GTK_WIDGET (entry),
                                   is_wrong ? _ ("A day as in 2026-01-31, and not the last before the first") : NULL);
      gtk_accessible_update_state (GTK_ACCESSIBLE (entry),
                                   GTK_ACCESSIBLE_STATE_INVALID,
                                   is_wrong ? GTK_ACCESSIBLE_INVALID_TRUE : GTK_ACCESSIBLE_INVALID_FALSE,
                                   -1);
    }
}

static void
take_filter (BackstayFilterPopover *self,
             BackstayHistoryFilter *filter)
{
  g_autoptr (BackstayHistoryFilter) taken = filter;

  if (backstay_history_filter_equal (taken, self->filter))
    return;

  g_set_object (&self->filter, taken);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_FILTER]);
}

static void
words_changed_cb (BackstayFilterPopover *self)
{
  if (!self->is_updating)
    take_filter (self, backstay_history_filter_with_words (self->filter, gtk_editable_get_text (self->words_entry)));
}

static void
show_selected_cb (BackstayFilterPopover *self)
{
  if (!self->is_updating)
    take_filter (self, backstay_history_filter_with_show (self->filter,
                                                          gtk_drop_down_get_selected (self->show_drop_down)));
}

static void
period_changed_cb (BackstayFilterPopover *self)
{
  BackstayHistoryPeriod period = gtk_drop_down_get_selected (self->period_drop_down);

  gtk_widget_set_visible (self->range_box, period == BACKSTAY_HISTORY_PERIOD_RANGE);
  check_days (self);

  if (!self->is_updating)
    take_filter (self, backstay_history_filter_with_period (self->filter, period,
                                                            gtk_editable_get_text (self->first_day_entry),
                                                            gtk_editable_get_text (self->last_day_entry)));
}

static void
creator_selected_cb (BackstayFilterPopover *self)
{
  guint             position = gtk_drop_down_get_selected (self->creator_drop_down);
  GtkStringList    *labels = GTK_STRING_LIST (gtk_drop_down_get_model (self->creator_drop_down));
  const char       *id;
  const char       *label = NULL;
  BackstayIdentity *identity;

  if (self->is_updating || position >= self->creator_ids->len || labels == NULL)
    return;

  id = g_ptr_array_index (self->creator_ids, position);

  /* As it is in the database; it is made safe to show where it is shown. */
  if (position > 0 && self->creators != NULL && position <= self->creators->len)
    {
      identity = g_ptr_array_index (self->creators, position - 1);
      label = backstay_identity_get_name (identity);
    }

  if (g_strcmp0 (id, backstay_history_filter_get_creator (self->filter)) != 0)
    take_filter (self, backstay_history_filter_with_creator (self->filter, id, label));
}

static void
distinct_toggled_cb (BackstayFilterPopover *self)
{
  if (!self->is_updating)
    take_filter (self, backstay_history_filter_with_distinct (
                         self->filter, gtk_check_button_get_active (GTK_CHECK_BUTTON (self->distinct_button))));
}

static void
update (BackstayFilterPopover *self)
{
  const char *words = backstay_history_filter_get_words (self->filter);
  const char *first_day = backstay_history_filter_get_first_day (self->filter);
  const char *last_day = backstay_history_filter_get_last_day (self->filter);

  self->is_updating = TRUE;
  gtk_editable_set_text (self->words_entry, words != NULL ? words : "");
  gtk_drop_down_set_selected (self->show_drop_down, backstay_history_filter_get_show (self->filter));
  gtk_editable_set_text (self->first_day_entry, first_day != NULL ? first_day : "");
  gtk_editable_set_text (self->last_day_entry, last_day != NULL ? last_day : "");
  gtk_drop_down_set_selected (self->period_drop_down, backstay_history_filter_get_period (self->filter));
  gtk_check_button_set_active (GTK_CHECK_BUTTON (self->distinct_button),
                               backstay_history_filter_get_distinct (self->filter));
  list_creators (self);
  self->is_updating = FALSE;
  period_changed_cb (self);
}

static void
backstay_filter_popover_get_property (GObject    *object,
                                      guint       prop_id,
                                      GValue     *value,
                                      GParamSpec *pspec)
{
  BackstayFilterPopover *self = BACKSTAY_FILTER_POPOVER (object);

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
backstay_filter_popover_set_property (GObject      *object,
                                      guint         prop_id,
                                      const GValue *value,
                                      GParamSpec   *pspec)
{
  BackstayFilterPopover *self = BACKSTAY_FILTER_POPOVER (object);
  BackstayHistoryFilter *filter;

  switch (prop_id)
    {
    case PROP_FILTER:
      filter = g_value_get_object (value);

      /* What came from here stays as it was typed. */
      if (!backstay_history_filter_equal (filter, self->filter))
        {
          g_set_object (&self->filter, filter);
          update (self);
          g_object_notify_by_pspec (object, pspec);
        }
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
backstay_filter_popover_dispose (GObject *object)
{
  BackstayFilterPopover *self = BACKSTAY_FILTER_POPOVER (object);

  stop_loading (self);
  g_clear_object (&self->filter);
  g_clear_object (&self->repository);
  g_clear_pointer (&self->model_type, g_free);
  g_clear_pointer (&self->creators, g_ptr_array_unref);
  g_clear_pointer (&self->creator_ids, g_ptr_array_unref);

  G_OBJECT_CLASS (backstay_filter_popover_parent_class)->dispose (object);
}

static void
backstay_filter_popover_class_init (BackstayFilterPopoverClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = backstay_filter_popover_dispose;
  object_class->get_property = backstay_filter_popover_get_property;
  object_class->set_property = backstay_filter_popover_set_property;
  widget_class->map = backstay_filter_popover_map;

  /**
   * BackstayFilterPopover:filter:
   *
   * What is asked for.
   */
  properties[PROP_FILTER] =
    g_param_spec_object ("filter", NULL, NULL,
                         BACKSTAY_TYPE_HISTORY_FILTER,
                         G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);

  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_template_from_resource (widget_class, BACKSTAY_RESOURCE_PATH "/ui/backstay-filter-popover.ui");
  gtk_widget_class_bind_template_child (widget_class, BackstayFilterPopover, words_entry);
  gtk_widget_class_bind_template_child (widget_class, BackstayFilterPopover, show_drop_down);
  gtk_widget_class_bind_template_child (widget_class, BackstayFilterPopover, period_drop_down);
  gtk_widget_class_bind_template_child (widget_class, BackstayFilterPopover, range_box);
  gtk_widget_class_bind_template_child (widget_class, BackstayFilterPopover, first_day_entry);
  gtk_widget_class_bind_template_child (widget_class, BackstayFilterPopover, last_day_entry);
  gtk_widget_class_bind_template_child (widget_class, BackstayFilterPopover, creator_drop_down);
  gtk_widget_class_bind_template_child (widget_class, BackstayFilterPopover, creators_label);
  gtk_widget_class_bind_template_child (widget_class, BackstayFilterPopover, distinct_button);
  gtk_widget_class_bind_template_callback (widget_class, words_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, show_selected_cb);
  gtk_widget_class_bind_template_callback (widget_class, period_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, creator_selected_cb);
  gtk_widget_class_bind_template_callback (widget_class, distinct_toggled_cb);
  gtk_widget_class_bind_template_callback (widget_class, gtk_popover_popdown);
}

static void
backstay_filter_popover_init (BackstayFilterPopover *self)
{
  self->filter = backstay_history_filter_new ();
  self->creator_ids = g_ptr_array_new_with_free_func (g_free);

  /* Its signals come before all of it is there. */
  self->is_updating = TRUE;
  gtk_widget_init_template (GTK_WIDGET (self));
  update (self);
}

/**
 * backstay_filter_popover_set_place:
 * @repository: (nullable): where the history is
 * @list: (nullable): the history
 *
 * Sets among whose versions' creators one can choose.
 */
void
backstay_filter_popover_set_place (BackstayFilterPopover *self,
                                   BackstayRepository    *repository,
                                   BackstayHistoryList   *list)
{
  g_return_if_fail (BACKSTAY_IS_FILTER_POPOVER (self));
  g_return_if_fail (list == NULL || BACKSTAY_IS_REPOSITORY (repository));

  stop_loading (self);
  g_set_object (&self->repository, repository);
  g_free (self->model_type);
  self->model_type = list != NULL ? g_strdup (backstay_history_list_get_model_type (list)) : NULL;
  g_clear_pointer (&self->creators, g_ptr_array_unref);
  self->has_nobody = FALSE;
  gtk_widget_set_visible (GTK_WIDGET (self->creators_label), FALSE);
  update_creators (self);
}
