/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "backstay-version-document"

#include "config.h"

#include "backstay-version-document.h"

#include "backstay-display-text.h"
#include "backstay-timestamp.h"
#include "backstay-version-text.h"

#include <glib/gi18n-lib.h>

/**
 * BackstayVersionDocument:
 *
 * A version's configuration.
 */
struct _BackstayVersionDocument
{
  BackstayDocument parent_instance;

  BackstayRepository *repository;
  BackstayVersion    *next;    /* %NULL if it is not looked for by what came after it. */
  BackstayVersion    *version; /* As it was when it was loaded last; %NULL until it was found. */
  gboolean            is_live; /* By that time. */
  gboolean            loaded;
};

G_DEFINE_FINAL_TYPE (BackstayVersionDocument, backstay_version_document, BACKSTAY_TYPE_DOCUMENT)

static void
read_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  GError       *error = NULL;
  BackstayJson *json = backstay_configuration_read_finish (BACKSTAY_CONFIGURATION (object), result, &error);

  if (json != NULL)
    g_task_return_pointer (task, backstay_json_ref (json), (GDestroyNotify) backstay_json_unref);
  else
    g_task_return_error (task, error);
}

static void
configuration_cb (GObject      *object,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  BackstayVersionDocument *self = g_task_get_source_object (task);
  g_autoptr (BackstayConfiguration) configuration = NULL;
  GError *error = NULL;

  configuration = backstay_repository_get_configuration_finish (BACKSTAY_REPOSITORY (object), result, &error);

  if (configuration == NULL)
    {
      g_task_return_error (task, error);
      return;
    }

  g_set_object (&self->version, backstay_configuration_get_version (configuration));
  self->loaded = TRUE;
  backstay_configuration_read_async (configuration, g_task_get_cancellable (task), read_cb,
                                     g_object_ref (task));
}

static void
live_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  BackstayVersionDocument *self = g_task_get_source_object (task);
  g_autoptr (BackstayVersion) live = NULL;
  GError     *error = NULL;
  const char *id = backstay_version_get_id (self->version);

  live = backstay_repository_get_live_finish (BACKSTAY_REPOSITORY (object), result, &error);

  if (error != NULL)
    {
      g_task_return_error (task, error);
      return;
    }

  self->is_live = live != NULL && g_str_equal (backstay_version_get_id (live), id);
  backstay_repository_get_configuration_async (self->repository, id, g_task_get_cancellable (task),
                                               configuration_cb, g_object_ref (task));
}

static void
load_version (BackstayVersionDocument *self,
              GTask                   *task)
{
  backstay_repository_get_live_async (self->repository,
                                      backstay_version_get_model_type (self->version),
                                      g_task_get_cancellable (task),
                                      live_cb,
                                      task);
}

static void
previous_cb (GObject      *object,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  BackstayVersionDocument *self = g_task_get_source_object (task);
  g_autoptr (GPtrArray) versions = NULL;
  g_autofree char *name = NULL;
  GError          *error = NULL;

  versions = backstay_repository_list_history_finish (BACKSTAY_REPOSITORY (object), result, &error);

  if (versions == NULL)
    {
      g_task_return_error (task, error);
    }
  else if (versions->len == 0)
    {
      name = backstay_display_text (backstay_version_get_name (self->next));
      g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_NOT_FOUND,
                               _ ("“%s” is the first version: there is none before it."), name);
    }
  else
    {
      g_set_object (&self->version, g_ptr_array_index (versions, 0));
      load_version (self, g_steal_pointer (&task));
    }
}

static void
backstay_version_document_load (BackstayDocument *document,
                                GTask            *task)
{
  BackstayVersionDocument *self = BACKSTAY_VERSION_DOCUMENT (document);

  if (self->next == NULL)
    load_version (self, task);
  else
    backstay_repository_list_history_async (self->repository,
                                            backstay_version_get_model_type (self->next),
                                            self->next,
                                            1,
                                            g_task_get_cancellable (task),
                                            previous_cb,
                                            task);
}

static char *
backstay_version_document_dup_name (BackstayDocument *document)
{
  BackstayVersionDocument *self = BACKSTAY_VERSION_DOCUMENT (document);
  g_autofree char         *name = NULL;

  if (self->version == NULL)
    return g_strdup (_ ("the version before it"));

  name = backstay_display_text (backstay_version_get_name (self->version));

  if (!self->is_live)
    return g_steal_pointer (&name);

  /* Translators: a version's name. */
  return g_strdup_printf (_ ("%s (live)"), name);
}

static char *
backstay_version_document_dup_details (BackstayDocument *document)
{
  BackstayVersionDocument *self = BACKSTAY_VERSION_DOCUMENT (document);
  BackstayVersion         *known = self->version != NULL ? self->version : self->next;
  g_autofree char         *type = backstay_display_text (backstay_version_get_model_type (known));
  g_autofree char         *when = NULL;
  g_autofree char         *byline = NULL;

  if (self->version == NULL)
    return g_steal_pointer (&type);

  when = backstay_timestamp_dup_short (backstay_version_get_created_at (self->version));
  byline = backstay_version_text_dup_byline (self->version);

  /* Translators: a model type, when a version of it was made, and by whom. */
  return g_strdup_printf (_ ("%s · %s · %s"), type, when, byline);
}

static void
backstay_version_document_finalize (GObject *object)
{
  BackstayVersionDocument *self = BACKSTAY_VERSION_DOCUMENT (object);

  g_clear_object (&self->repository);
  g_clear_object (&self->next);
  g_clear_object (&self->version);

  G_OBJECT_CLASS (backstay_version_document_parent_class)->finalize (object);
}

static void
backstay_version_document_class_init (BackstayVersionDocumentClass *klass)
{
  GObjectClass          *object_class = G_OBJECT_CLASS (klass);
  BackstayDocumentClass *document_class = BACKSTAY_DOCUMENT_CLASS (klass);

  object_class->finalize = backstay_version_document_finalize;
  document_class->dup_name = backstay_version_document_dup_name;
  document_class->dup_details = backstay_version_document_dup_details;
  document_class->load = backstay_version_document_load;
}

static void
backstay_version_document_init (BackstayVersionDocument *self)
{
}

/**
 * backstay_version_document_new:
 * @repository: where to load from
 * @version: the version
 *
 * Returns: (transfer full): the document
 */
BackstayDocument *
backstay_version_document_new (BackstayRepository *repository,
                               BackstayVersion    *version)
{
  BackstayVersionDocument *self;

  g_return_val_if_fail (BACKSTAY_IS_REPOSITORY (repository), NULL);
  g_return_val_if_fail (BACKSTAY_IS_VERSION (version), NULL);

  self = g_object_new (BACKSTAY_TYPE_VERSION_DOCUMENT, NULL);
  self->repository = g_object_ref (repository);
  self->version = g_object_ref (version);

  return BACKSTAY_DOCUMENT (self);
}

/**
 * backstay_version_document_new_previous:
 * @repository: where to load from
 * @next: a version
 *
 * Returns: (transfer full): the version before it, which is found when it is loaded
 */
BackstayDocument *
backstay_version_document_new_previous (BackstayRepository *repository,
                                        BackstayVersion    *next)
{
  BackstayVersionDocument *self;

  g_return_val_if_fail (BACKSTAY_IS_REPOSITORY (repository), NULL);
  g_return_val_if_fail (BACKSTAY_IS_VERSION (next), NULL);

  self = g_object_new (BACKSTAY_TYPE_VERSION_DOCUMENT, NULL);
  self->repository = g_object_ref (repository);
  self->next = g_object_ref (next);

  return BACKSTAY_DOCUMENT (self);
}

/**
 * backstay_version_document_check:
 * @types: the model types, just loaded
 *
 * Looks whether it is still live, or still is not, and emits [signal@Document::changed] if not.
 */
void
backstay_version_document_check (BackstayVersionDocument *self,
                                 BackstayTypeList        *types)
{
  BackstayModelType *type;
  BackstayVersion   *live = NULL;
  gboolean           is_live;

  g_return_if_fail (BACKSTAY_IS_VERSION_DOCUMENT (self));
  g_return_if_fail (BACKSTAY_IS_TYPE_LIST (types));

  if (!self->loaded || backstay_type_list_get_loading (types) || backstay_type_list_get_error (types) != NULL)
    return;

  type = backstay_type_list_find (types, backstay_version_get_model_type (self->version), NULL);
  if (type != NULL)
    live = backstay_model_type_get_live (type);

  is_live = live != NULL &&
            g_str_equal (backstay_version_get_id (live), backstay_version_get_id (self->version));

  if (is_live != self->is_live)
    backstay_document_changed (BACKSTAY_DOCUMENT (self));
}
