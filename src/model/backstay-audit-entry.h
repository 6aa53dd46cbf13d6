/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "backstay-version.h"

G_BEGIN_DECLS

/**
 * BackstayAuditAction:
 * @BACKSTAY_AUDIT_CREATE: a version was made
 * @BACKSTAY_AUDIT_ACTIVATE: it went live
 * @BACKSTAY_AUDIT_DEACTIVATE: it did not any more
 * @BACKSTAY_AUDIT_ANNOTATE: its notes were changed
 * @BACKSTAY_AUDIT_ALTER: something else of it was
 * @BACKSTAY_AUDIT_OBSERVE: it was live when the trail began
 * @BACKSTAY_AUDIT_BEGIN: the trail began
 * @BACKSTAY_AUDIT_END: the trail ended
 * @BACKSTAY_AUDIT_ROLL_BACK: notes prove that a version was made by a rollback, and went live with it
 * @BACKSTAY_AUDIT_UNKNOWN: a newer script's
 *
 * What was done.
 */
typedef enum
{
  BACKSTAY_AUDIT_CREATE,
  BACKSTAY_AUDIT_ACTIVATE,
  BACKSTAY_AUDIT_DEACTIVATE,
  BACKSTAY_AUDIT_ANNOTATE,
  BACKSTAY_AUDIT_ALTER,
  BACKSTAY_AUDIT_OBSERVE,
  BACKSTAY_AUDIT_BEGIN,
  BACKSTAY_AUDIT_END,
  BACKSTAY_AUDIT_ROLL_BACK,
  BACKSTAY_AUDIT_UNKNOWN,
} BackstayAuditAction;

#define BACKSTAY_TYPE_AUDIT_ENTRY (backstay_audit_entry_get_type ())

G_DECLARE_FINAL_TYPE (BackstayAuditEntry, backstay_audit_entry, BACKSTAY, AUDIT_ENTRY, GObject)

BackstayAuditEntry *backstay_audit_entry_new_from_rows (BackstayDbRows *rows,
                                                        guint           row) G_GNUC_WARN_UNUSED_RESULT;
BackstayAuditEntry *backstay_audit_entry_new_from_notes (BackstayVersion *version) G_GNUC_WARN_UNUSED_RESULT;
const char         *backstay_audit_entry_get_id (BackstayAuditEntry *self);
BackstayAuditAction backstay_audit_entry_get_action (BackstayAuditEntry *self);
const char         *backstay_audit_entry_get_at (BackstayAuditEntry *self);
BackstayVersion    *backstay_audit_entry_get_version (BackstayAuditEntry *self);
char               *backstay_audit_entry_dup_title (BackstayAuditEntry *self) G_GNUC_WARN_UNUSED_RESULT;
char               *backstay_audit_entry_dup_who (BackstayAuditEntry *self) G_GNUC_WARN_UNUSED_RESULT;
const char         *backstay_audit_entry_get_notes (BackstayAuditEntry *self);

BackstayAuditAction backstay_audit_action_from_word (const char *word);

char *backstay_audit_dup_turns (const char *const *times,
                                const char *const *actions,
                                gboolean           is_live,
                                GDateTime         *now) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
