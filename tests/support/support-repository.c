/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "support-repository"

#include "config.h"

#include "support-repository.h"

#include "support-wait.h"

/* Somebody on a server, who does not know yet what they may do there. */
BackstayRepository *
support_repository_new (BackstayDbConfig *config,
                        const char       *profile)
{
  g_autoptr (BackstayDbConnection) connection = backstay_db_connection_new (config);
  g_autoptr (BackstayIdentity) identity = NULL;

  if (profile != NULL)
    identity = backstay_identity_new (profile, NULL);

  return backstay_repository_new (connection, identity);
}

/* Alice, an administrator, ready to work. */
BackstayRepository *
support_repository_new_alice_on (BackstayDbConfig *config)
{
  BackstayRepository *self = support_repository_new (config, SUPPORT_ALICE);
  g_autoptr (GError) error = NULL;
  g_autoptr (BackstayAccess) access = support_repository_find_access (self, &error);

  g_assert_no_error (error);
  g_assert_cmpint (access->kind, ==, BACKSTAY_ACCESS_ADMIN);

  return self;
}

BackstayRepository *
support_repository_new_alice (void)
{
  return support_repository_new_alice_on (support_server_get_config ());
}

BackstayAccess *
support_repository_find_access (BackstayRepository *self,
                                GError            **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  backstay_repository_find_access_async (self, NULL, support_keep_result_cb, &result);

  return backstay_repository_find_access_finish (self, support_wait_for_result (&result), error);
}

GPtrArray *
support_repository_list_profiles (BackstayRepository *self,
                                  const char         *search)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  GPtrArray *profiles;

  backstay_repository_list_profiles_async (self, search, NULL, support_keep_result_cb, &result);
  support_wait_for_result (&result);
  profiles = backstay_repository_list_profiles_finish (self, result, &error);
  g_assert_no_error (error);

  return profiles;
}

GPtrArray *
support_repository_list_types (BackstayRepository *self)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  GPtrArray *types;

  backstay_repository_list_types_async (self, NULL, support_keep_result_cb, &result);
  support_wait_for_result (&result);
  types = backstay_repository_list_types_finish (self, result, &error);
  g_assert_no_error (error);

  return types;
}

GPtrArray *
support_repository_list_history (BackstayRepository *self,
                                 const char         *model_type,
                                 BackstayVersion    *before,
                                 guint               limit)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  GPtrArray *page;

  backstay_repository_list_history_async (self, model_type, before, limit, NULL,
                                          support_keep_result_cb, &result);
  support_wait_for_result (&result);
  page = backstay_repository_list_history_finish (self, result, &error);
  g_assert_no_error (error);

  return page;
}

GPtrArray *
support_repository_list_active (BackstayRepository *self,
                                const char         *model_type)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  GPtrArray *active;

  backstay_repository_list_active_async (self, model_type, NULL, support_keep_result_cb, &result);
  support_wait_for_result (&result);
  active = backstay_repository_list_active_finish (self, result, &error);
  g_assert_no_error (error);

  return active;
}

BackstayVersion *
support_repository_get_live (BackstayRepository *self,
                             const char         *model_type)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  BackstayVersion *live;

  backstay_repository_get_live_async (self, model_type, NULL, support_keep_result_cb, &result);
  support_wait_for_result (&result);
  live = backstay_repository_get_live_finish (self, result, &error);
  g_assert_no_error (error);

  return live;
}

BackstayConfiguration *
support_repository_get_configuration (BackstayRepository *self,
                                      const char         *id,
                                      GError            **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  backstay_repository_get_configuration_async (self, id, NULL, support_keep_result_cb, &result);

  return backstay_repository_get_configuration_finish (self, support_wait_for_result (&result),
                                                       error);
}

/* Looks at the version to go back to and at what is active, as the dialog does. */
BackstayRollbackRequest *
support_repository_prepare (BackstayRepository *self,
                            const char         *target_id,
                            const char         *reason)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BackstayConfiguration) target = NULL;
  g_autoptr (GPtrArray) active = NULL;

  target = support_repository_get_configuration (self, target_id, &error);
  g_assert_no_error (error);
  active = support_repository_list_active (
    self, backstay_version_get_model_type (backstay_configuration_get_version (target)));

  return backstay_rollback_request_new (target, active, reason);
}

BackstayRollbackOutcome *
support_repository_roll_back (BackstayRepository      *self,
                              BackstayRollbackRequest *request,
                              gboolean                 rehearse,
                              GError                 **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  backstay_repository_roll_back_async (self, request, rehearse, NULL, support_keep_result_cb,
                                       &result);

  return backstay_repository_roll_back_finish (self, support_wait_for_result (&result), error);
}

BackstayRollbackOutcome *
support_repository_undo (BackstayRepository      *self,
                         BackstayRollbackOutcome *outcome,
                         GError                 **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  backstay_repository_undo_async (self, outcome, NULL, support_keep_result_cb, &result);

  return backstay_repository_undo_finish (self, support_wait_for_result (&result), error);
}

/* One text for all that is in the table. */
char *
support_repository_dup_checksum (void)
{
  return support_sql_query (support_server_get_sql (),
                            "SELECT md5(string_agg(h::text, ' ' ORDER BY id))"
                            "  FROM public.model_config_history h");
}

/* The id of the sample's version with that name, the newest one where there are more. */
char *
support_repository_dup_id (const char *config_name)
{
  char *id = support_sql_query (support_server_get_sql (),
                                "SELECT id FROM public.model_config_history"
                                " WHERE config_name = '%s' ORDER BY created_at DESC LIMIT 1",
                                config_name);

  g_assert_nonnull (id);

  return id;
}
