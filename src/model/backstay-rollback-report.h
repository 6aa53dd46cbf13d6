/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "backstay-access.h"
#include "backstay-configuration.h"

G_BEGIN_DECLS

/**
 * BackstayRollbackReport:
 * @after: the version that a rollback made
 * @source: (nullable): the version that it was copied from; %NULL where that is gone
 * @before: (nullable): the version that was live before; %NULL where none was, or it is not known
 * @before_ids: (nullable): the versions that were active before
 * @access: who asks for the report, and where
 *
 * What a report of a rollback is made of.
 */
typedef struct
{
  BackstayConfiguration *after;
  BackstayConfiguration *source;
  BackstayConfiguration *before;
  GStrv                  before_ids;
  BackstayAccess        *access;
} BackstayRollbackReport;

void     backstay_rollback_report_free (BackstayRollbackReport *self);
char    *backstay_rollback_report_dup_text (BackstayRollbackReport *self) G_GNUC_WARN_UNUSED_RESULT;
gboolean backstay_rollback_report_parse_notes (const char *notes,
                                               char      **source_id,
                                               GStrv      *before_ids);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BackstayRollbackReport, backstay_rollback_report_free)

G_END_DECLS
