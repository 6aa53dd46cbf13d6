/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "backstay-repository-jobs.h"
#include "backstay-repository.h"

G_BEGIN_DECLS

/* What the files of the repository share. */

BackstayReadJob      *backstay_repository_read_job_new (BackstayRepository *self,
                                                        GDestroyNotify      result_free) G_GNUC_WARN_UNUSED_RESULT;
void                  backstay_repository_read_async (BackstayRepository *self,
                                                      BackstayDbJobFunc   func,
                                                      BackstayReadJob    *job,
                                                      guint               milliseconds,
                                                      GCancellable       *cancellable,
                                                      GAsyncReadyCallback callback,
                                                      gpointer            user_data,
                                                      gpointer            source_tag);
BackstayDbConnection *backstay_repository_get_downloads (BackstayRepository *self);
void                  backstay_repository_set_background (BackstayRepository *self,
                                                          GCancellable       *cancellable);
void                  backstay_repository_give_way (BackstayRepository *self);

G_END_DECLS
