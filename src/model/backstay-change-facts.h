/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "backstay-brief-task.h"
#include "backstay-fingerprint.h"

G_BEGIN_DECLS

/**
 * BackstayChangeState:
 * @BACKSTAY_CHANGE_UNKNOWN: a text is needed
 * @BACKSTAY_CHANGE_NOT_COMPARED: both texts are there
 * @BACKSTAY_CHANGE_COMPARED: what differs is known
 * @BACKSTAY_CHANGE_SAME: nothing differs
 * @BACKSTAY_CHANGE_LARGE: a text is too large to be read unasked
 * @BACKSTAY_CHANGE_MISSING: a version is not there any more
 *
 * What is known of the difference between two versions.
 */
typedef enum
{
  BACKSTAY_CHANGE_UNKNOWN,
  BACKSTAY_CHANGE_NOT_COMPARED,
  BACKSTAY_CHANGE_COMPARED,
  BACKSTAY_CHANGE_SAME,
  BACKSTAY_CHANGE_LARGE,
  BACKSTAY_CHANGE_MISSING,
} BackstayChangeState;

/**
 * BackstayChangeFacts:
 *
 * What is known of versions' configurations and of the differences between them. As versions are
 * immutable it stays true for as long as it is kept.
 */
typedef struct _BackstayChangeFacts BackstayChangeFacts;

BackstayChangeFacts       *backstay_change_facts_new (void) G_GNUC_WARN_UNUSED_RESULT;
void                       backstay_change_facts_free (BackstayChangeFacts *self);
BackstayChangeState        backstay_change_facts_get_state (BackstayChangeFacts *self,
                                                            const char          *before_id,
                                                            const char          *after_id);
const BackstayFingerprint *backstay_change_facts_find (BackstayChangeFacts *self,
                                                       const char          *id);
gboolean                   backstay_change_facts_is_same (BackstayChangeFacts *self,
                                                          const char          *id,
                                                          const char          *other_id);
const char                *backstay_change_facts_get_brief (BackstayChangeFacts *self,
                                                            const char          *before_id,
                                                            const char          *after_id);
BackstayBriefPair         *backstay_change_facts_new_pair (BackstayChangeFacts *self,
                                                           const char          *before_id,
                                                           const char          *after_id) G_GNUC_WARN_UNUSED_RESULT;
void                       backstay_change_facts_take_briefs (BackstayChangeFacts *self,
                                                              GPtrArray           *pairs);
void                       backstay_change_facts_add_wanted (BackstayChangeFacts *self,
                                                             GPtrArray           *ids,
                                                             const char          *id);
void                       backstay_change_facts_take_fingerprints (BackstayChangeFacts *self,
                                                                    GPtrArray           *asked,
                                                                    GPtrArray           *fingerprints);
void                       backstay_change_facts_add_missing (BackstayChangeFacts *self,
                                                              const char          *id);
gboolean                   backstay_change_facts_is_missing (BackstayChangeFacts *self,
                                                             const char          *id);
void                       backstay_change_facts_forget_missing (BackstayChangeFacts *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BackstayChangeFacts, backstay_change_facts_free)

G_END_DECLS
