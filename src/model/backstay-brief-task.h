/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * BackstayBriefPair:
 * @key: what the pair is called
 * @before: the older configuration's text
 * @after: the newer configuration's text
 * @brief: (nullable): what changed, once it is known
 *
 * Two configurations to compare.
 */
typedef struct
{
  char   *key;
  GBytes *before;
  GBytes *after;
  char   *brief;
} BackstayBriefPair;

BackstayBriefPair *backstay_brief_pair_new (const char *key,
                                            GBytes     *before,
                                            GBytes     *after) G_GNUC_WARN_UNUSED_RESULT;
void               backstay_brief_pair_free (BackstayBriefPair *self);
void               backstay_brief_task_run_async (GPtrArray          *pairs,
                                                  GCancellable       *cancellable,
                                                  GAsyncReadyCallback callback,
                                                  gpointer            user_data);
GPtrArray         *backstay_brief_task_run_finish (GAsyncResult *result,
                                                   GError      **error) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BackstayBriefPair, backstay_brief_pair_free)

G_END_DECLS
