/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "backstay-repository.h"

G_BEGIN_DECLS

/* Runs a request's transaction, and finds out what became of a commit whose answer was lost. The
 * task gives a BackstayRollbackOutcome. */
void backstay_repository_run_request (BackstayRepository      *self,
                                      BackstayRollbackRequest *request,
                                      gboolean                 rehearse,
                                      GCancellable            *cancellable,
                                      GAsyncReadyCallback      callback,
                                      gpointer                 user_data,
                                      gpointer                 source_tag);

G_END_DECLS
