/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "backstay-db-config.h"
#include "support-sql.h"

G_BEGIN_DECLS

/**
 * SupportCluster:
 *
 * A real server with the sample that can have a standby, be killed, be stopped in its tracks, and be
 * promoted: for what happens to more than one server.
 */
typedef struct _SupportCluster SupportCluster;

gboolean          support_cluster_can_have_standby (void);
SupportCluster   *support_cluster_new_primary (void) G_GNUC_WARN_UNUSED_RESULT;
void              support_cluster_clear_template (void);
SupportCluster   *support_cluster_new_primary_on_disk (gsize n_bytes) G_GNUC_WARN_UNUSED_RESULT;
SupportCluster   *support_cluster_new_standby (SupportCluster *primary) G_GNUC_WARN_UNUSED_RESULT;
void              support_cluster_free (SupportCluster *self);
BackstayDbConfig *support_cluster_dup_config (SupportCluster *self) G_GNUC_WARN_UNUSED_RESULT;
BackstayDbConfig *support_cluster_dup_config_of_two (SupportCluster *first,
                                                     SupportCluster *second,
                                                     const char     *session_attrs) G_GNUC_WARN_UNUSED_RESULT;
SupportSql       *support_cluster_get_sql (SupportCluster *self);
void              support_cluster_kill (SupportCluster *self);
void              support_cluster_start (SupportCluster *self);
void              support_cluster_limit_files (SupportCluster *self,
                                               gsize           n_bytes);
void              support_cluster_fill_disk (SupportCluster *self,
                                             gsize           n_left);
void              support_cluster_clear_disk (SupportCluster *self);
void              support_cluster_promote (SupportCluster *self);
void              support_cluster_pause (SupportCluster *self);
void              support_cluster_resume (SupportCluster *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SupportCluster, support_cluster_free)

G_END_DECLS
