/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "backstay-repair.h"
#include "backstay-version.h"

G_BEGIN_DECLS

/**
 * BackstayIssueKind:
 * @BACKSTAY_ISSUE_SEVERAL_ACTIVE: several versions of a model type are active
 * @BACKSTAY_ISSUE_NONE_ACTIVE: none is
 * @BACKSTAY_ISSUE_NO_STATE: versions of a model type say neither that they are active nor that they are not
 * @BACKSTAY_ISSUE_NO_TIME: versions without a time
 * @BACKSTAY_ISSUE_ENDLESS_TIME: versions at infinity
 * @BACKSTAY_ISSUE_FUTURE_TIME: versions dated in the future
 * @BACKSTAY_ISSUE_LOOK_ALIKE: model types that can be taken for one another
 * @BACKSTAY_ISSUE_NO_CREATOR: versions without a creator
 * @BACKSTAY_ISSUE_UNKNOWN_CREATOR: versions whose creator has no profile
 * @BACKSTAY_N_ISSUE_KINDS: how many there are
 *
 * What is odd about versions, the worst first.
 */
typedef enum
{
  BACKSTAY_ISSUE_SEVERAL_ACTIVE,
  BACKSTAY_ISSUE_NONE_ACTIVE,
  BACKSTAY_ISSUE_NO_STATE,
  BACKSTAY_ISSUE_NO_TIME,
  BACKSTAY_ISSUE_ENDLESS_TIME,
  BACKSTAY_ISSUE_FUTURE_TIME,
  BACKSTAY_ISSUE_LOOK_ALIKE,
  BACKSTAY_ISSUE_NO_CREATOR,
  BACKSTAY_ISSUE_UNKNOWN_CREATOR,
  BACKSTAY_N_ISSUE_KINDS,
} BackstayIssueKind;

/* Of more than this many versions of a kind and a model type not all are named. */
#define BACKSTAY_ISSUE_MAX_VERSIONS 100

#define BACKSTAY_TYPE_ISSUE (backstay_issue_get_type ())

G_DECLARE_FINAL_TYPE (BackstayIssue, backstay_issue, BACKSTAY, ISSUE, GObject)

GPtrArray         *backstay_issue_new_list_from_rows (BackstayDbRows *rows,
                                                      gboolean        has_profiles) G_GNUC_WARN_UNUSED_RESULT;
BackstayIssueKind  backstay_issue_get_kind (BackstayIssue *self);
const char        *backstay_issue_get_model_type (BackstayIssue *self);
GPtrArray         *backstay_issue_get_versions (BackstayIssue *self);
const char *const *backstay_issue_get_names (BackstayIssue *self);
char              *backstay_issue_dup_title (BackstayIssue *self) G_GNUC_WARN_UNUSED_RESULT;
const char        *backstay_issue_get_meaning (BackstayIssue *self);
BackstayRepair    *backstay_issue_dup_repair (BackstayIssue *self) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
