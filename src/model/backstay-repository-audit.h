/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "backstay-audit-entry.h"
#include "backstay-repository.h"

G_BEGIN_DECLS

/**
 * BackstayAuditFilter:
 * @model_type: (nullable): only this model type
 * @version: (nullable): only this version
 * @actions: (nullable): only these words of the trail, as PostgreSQL reads an array
 * @who: (nullable): only whose login or profile has this in its name
 * @age: (nullable): only what is not older, such as "7 days"
 *
 * What is wanted of an audit trail.
 */
typedef struct
{
  const char      *model_type;
  BackstayVersion *version;
  const char      *actions;
  const char      *who;
  const char      *age;
} BackstayAuditFilter;

/**
 * BackstayAuditPage:
 * @has_trail: whether there is an audit trail; without one there is only what versions and their notes
 *   prove
 * @entries: (element-type BackstayAuditEntry): the page, newest first
 * @has_more: whether there may be another page
 * @last: (nullable): where that one begins, without a trail
 * @turns: (nullable): when the wanted version was live, on the first page
 *
 * A page of an audit trail.
 */
typedef struct
{
  gboolean         has_trail;
  GPtrArray       *entries;
  gboolean         has_more;
  BackstayVersion *last;
  char            *turns;
} BackstayAuditPage;

void backstay_audit_page_free (BackstayAuditPage *self);

void               backstay_repository_list_audit_async (BackstayRepository        *self,
                                                         const BackstayAuditFilter *filter,
                                                         BackstayAuditPage         *before,
                                                         GCancellable              *cancellable,
                                                         GAsyncReadyCallback        callback,
                                                         gpointer                   user_data);
BackstayAuditPage *backstay_repository_list_audit_finish (BackstayRepository *self,
                                                          GAsyncResult       *result,
                                                          GError            **error) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BackstayAuditPage, backstay_audit_page_free)

G_END_DECLS
