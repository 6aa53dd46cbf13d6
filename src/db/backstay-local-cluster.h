/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "backstay-local-folder.h"
#include "backstay-local-programs.h"

G_BEGIN_DECLS

gboolean backstay_local_cluster_read_version (BackstayLocalFolder *folder,
                                              char               **version);
gboolean backstay_local_cluster_create (BackstayLocalFolder         *folder,
                                        BackstayLocalWatch          *watch,
                                        const BackstayLocalPrograms *programs);

G_END_DECLS
