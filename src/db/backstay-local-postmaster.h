/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "backstay-local-folder.h"
#include "backstay-local-programs.h"

#include <sys/types.h>

G_BEGIN_DECLS

pid_t    backstay_local_postmaster_start (BackstayLocalFolder         *folder,
                                          BackstayLocalWatch          *watch,
                                          const BackstayLocalPrograms *programs);
gboolean backstay_local_postmaster_wait_until_lost (BackstayLocalFolder *folder,
                                                    BackstayLocalWatch  *watch,
                                                    pid_t                pid);
void     backstay_local_postmaster_stop (BackstayLocalFolder *folder,
                                         BackstayLocalWatch  *watch,
                                         pid_t                pid);

G_END_DECLS
