/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "backstay-local-watch.h"

G_BEGIN_DECLS

/**
 * BackstayLocalPrograms:
 * @initdb: the path of the program that makes clusters
 * @postgres: the path of the server
 *
 * PostgreSQL's programs, both of the same version.
 */
typedef struct
{
  char *initdb;
  char *postgres;
} BackstayLocalPrograms;

gboolean backstay_local_programs_find (BackstayLocalPrograms *self,
                                       BackstayLocalWatch    *watch,
                                       const char            *folder,
                                       const char            *cluster_version);
void     backstay_local_programs_clear (BackstayLocalPrograms *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (BackstayLocalPrograms, backstay_local_programs_clear)

G_END_DECLS
