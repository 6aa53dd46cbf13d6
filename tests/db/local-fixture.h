/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "backstay-local-server.h"

G_BEGIN_DECLS

void                 local_fixture_init (void);
void                 local_fixture_clear (void);
const char          *local_fixture_get_shared (void);
char                *local_fixture_dup_path (const char *name) G_GNUC_WARN_UNUSED_RESULT;
gboolean             local_fixture_exists (const char *directory,
                                           const char *name);
guint                local_fixture_get_mode (const char *directory,
                                             const char *name);
void                 local_fixture_write_file (const char *directory,
                                               const char *name,
                                               const char *content,
                                               int         mode);
char                *local_fixture_make_folder (const char *name) G_GNUC_WARN_UNUSED_RESULT;
void                 local_fixture_assert_removed (const char *path);
void                 local_fixture_add_script (BackstayLocalServer *server,
                                               const char          *sql);
BackstayDbConfig    *local_fixture_start (BackstayLocalServer *server);
void                 local_fixture_stop (BackstayLocalServer *server,
                                         const char          *directory);
int                  local_fixture_count_kept (BackstayDbConfig *config);
int                  local_fixture_keep (BackstayDbConfig *config);
BackstayLocalServer *local_fixture_start_shared (BackstayDbConfig **config,
                                                 int               *n_kept) G_GNUC_WARN_UNUSED_RESULT;
void                 local_fixture_assert_shared_keeps (int n_kept);

G_END_DECLS
