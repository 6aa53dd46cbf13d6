/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "backstay-type-list"

#include "config.h"

#include "backstay-type-list.h"

#include <string.h>

/**
 * BackstayTypeList:
 *
 * A [iface@Gio.ListModel] of [class@ModelType], in the server's order.
 *
 * Loading it again keeps the objects of the types that are still there.
 */
struct _BackstayTypeList
{
  GObject parent_instance;

  BackstayRepository *repository;
  GPtrArray          *items;
  GCancellable       *cancellable; /* Non-%NULL while it is loading. */
  GError             *error;
  gboolean            loaded;
};

enum
{
  PROP_0,
  PROP_LOADING,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

static GType
backstay_type_list_get_item_type (GListModel *model)
{
  return BACKSTAY_TYPE_MODEL_TYPE;
}

static guint
backstay_type_list_get_n_items (GListModel *model)
{
  return BACKSTAY_TYPE_LIST (model)->items->len;
}

static gpointer
backstay_type_list_get_item (GListModel *model,
                             guint       position)
{
  BackstayTypeList *self = BACKSTAY_TYPE_LIST (model);

  if (position >= self->items->len)
    return NULL;

  return g_object_ref (g_ptr_array_index (self->items, position));
}

static void
list_model_iface_init (GListModelInterface *iface)
{
  iface->get_item_type = backstay_type_list_get_item_type;
  iface->get_n_items = backstay_type_list_get_n_items;
  iface->get_item = backstay_type_list_get_item;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (BackstayTypeList, backstay_type_list, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_iface_init))

static gboolean
has_same_name (BackstayTypeList *self,
               guint             position,
               GPtrArray        *types,
               guint             i)
{
  return position < self->items->len && i < types->len &&
         strcmp (backstay_model_type_get_name (g_ptr_array_index (self->items, position)),
                 backstay_model_type_get_name (g_ptr_array_index (types, i))) == 0;
}

/* Keeps what both lists begin and end with, and replaces the middle. A new model type is rare, and
 * then there is one. */
static void
merge (BackstayTypeList *self,
       GPtrArray        *types)
{
  guint n_head = 0;
  guint n_tail = 0;
  guint n_removed;
  guint n_added;

  while (has_same_name (self, n_head, types, n_head))
    n_head++;

  while (n_tail < self->items->len - n_head && n_tail < types->len - n_head &&
         has_same_name (self, self->items->len - 1 - n_tail, types, types->len - 1 - n_tail))
    n_tail++;

  n_removed = self->items->len - n_head - n_tail;
  n_added = types->len - n_head - n_tail;

  if (n_removed > 0)
    g_ptr_array_remove_range (self->items, n_head, n_removed);
  for (guint i = n_head; i < n_head + n_added; i++)
    g_ptr_array_insert (self->items, i, g_object_ref (g_ptr_array_index (types, i)));
  if (n_removed > 0 || n_added > 0)
    g_list_model_items_changed (G_LIST_MODEL (self), n_head, n_removed, n_added);

  for (guint i = 0; i < types->len; i++)
    backstay_model_type_update (g_ptr_array_index (self->items, i), g_ptr_array_index (types, i));
}

static void
types_listed_cb (GObject      *object,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  BackstayTypeList *self = user_data; /* Dangling if cancelled. */
  g_autoptr (GPtrArray) types = NULL;
  g_autoptr (GError) error = NULL;

  types = backstay_repository_list_types_finish (BACKSTAY_REPOSITORY (object), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  g_clear_object (&self->cancellable);
  g_clear_error (&self->error);

  if (types != NULL)
    {
      self->loaded = TRUE;
      merge (self, types);
    }
  else
    {
      self->error = g_steal_pointer (&error);
    }

  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LOADING]);
}

static void
backstay_type_list_dispose (GObject *object)
{
  BackstayTypeList *self = BACKSTAY_TYPE_LIST (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->repository);

  G_OBJECT_CLASS (backstay_type_list_parent_class)->dispose (object);
}

static void
backstay_type_list_finalize (GObject *object)
{
  BackstayTypeList *self = BACKSTAY_TYPE_LIST (object);

  g_ptr_array_unref (self->items);
  g_clear_error (&self->error);

  G_OBJECT_CLASS (backstay_type_list_parent_class)->finalize (object);
}

static void
backstay_type_list_get_property (GObject    *object,
                                 guint       prop_id,
                                 GValue     *value,
                                 GParamSpec *pspec)
{
  BackstayTypeList *self = BACKSTAY_TYPE_LIST (object);

  switch (prop_id)
    {
    case PROP_LOADING:
      g_value_set_boolean (value, backstay_type_list_get_loading (self));
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
backstay_type_list_class_init (BackstayTypeListClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = backstay_type_list_dispose;
  object_class->finalize = backstay_type_list_finalize;
  object_class->get_property = backstay_type_list_get_property;

  /**
   * BackstayTypeList:loading:
   *
   * Whether it is being loaded. When this changes to false, the list or its error is new.
   */
  properties[PROP_LOADING] =
    g_param_spec_boolean ("loading", NULL, NULL,
                          FALSE,
                          G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);

  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
backstay_type_list_init (BackstayTypeList *self)
{
  self->items = g_ptr_array_new_with_free_func (g_object_unref);
}

/**
 * backstay_type_list_new:
 * @repository: where to load from
 *
 * Returns: (transfer full): an empty list; see backstay_type_list_reload()
 */
BackstayTypeList *
backstay_type_list_new (BackstayRepository *repository)
{
  BackstayTypeList *self;

  g_return_val_if_fail (BACKSTAY_IS_REPOSITORY (repository), NULL);

  self = g_object_new (BACKSTAY_TYPE_TYPE_LIST, NULL);
  self->repository = g_object_ref (repository);

  return self;
}

/**
 * backstay_type_list_reload:
 *
 * Loads the list, or loads it again.
 */
void
backstay_type_list_reload (BackstayTypeList *self)
{
  g_return_if_fail (BACKSTAY_IS_TYPE_LIST (self));

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();

  backstay_repository_list_types_async (self->repository, self->cancellable, types_listed_cb, self);

  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LOADING]);
}

/**
 * backstay_type_list_get_loading:
 *
 * Returns: whether it is being loaded
 */
gboolean
backstay_type_list_get_loading (BackstayTypeList *self)
{
  g_return_val_if_fail (BACKSTAY_IS_TYPE_LIST (self), FALSE);

  return self->cancellable != NULL;
}

/**
 * backstay_type_list_get_loaded:
 *
 * Returns: whether it was loaded at least once; an empty list then is an empty table
 */
gboolean
backstay_type_list_get_loaded (BackstayTypeList *self)
{
  g_return_val_if_fail (BACKSTAY_IS_TYPE_LIST (self), FALSE);

  return self->loaded;
}

/**
 * backstay_type_list_get_error:
 *
 * Returns: (transfer none) (nullable): why it could not be loaded the last time
 */
const GError *
backstay_type_list_get_error (BackstayTypeList *self)
{
  g_return_val_if_fail (BACKSTAY_IS_TYPE_LIST (self), NULL);

  return self->error;
}

/**
 * backstay_type_list_find:
 * @name: a model type's name
 * @position: (out) (optional): its place
 *
 * Returns: (transfer none) (nullable): the model type
 */
BackstayModelType *
backstay_type_list_find (BackstayTypeList *self,
                         const char       *name,
                         guint            *position)
{
  g_return_val_if_fail (BACKSTAY_IS_TYPE_LIST (self), NULL);
  g_return_val_if_fail (name != NULL, NULL);

  for (guint i = 0; i < self->items->len; i++)
    {
      BackstayModelType *type = g_ptr_array_index (self->items, i);

      if (strcmp (backstay_model_type_get_name (type), name) == 0)
        {
          if (position != NULL)
            *position = i;
          return type;
        }
    }

  return NULL;
}
