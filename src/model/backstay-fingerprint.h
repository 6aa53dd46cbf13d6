/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * BackstayFingerprint:
 * @id: the version's uuid
 * @hash: (nullable): SHA-256 of the configuration's text, in hexadecimal digits; %NULL where the
 *   configuration is too large to be looked at
 * @text: (nullable): the text, where it was asked for and sent
 * @is_large: whether the text is too large to be sent unasked
 *
 * What is known of a version's configuration without opening it. Configurations are immutable, so
 * this stays true.
 */
typedef struct
{
  char    *id;
  char    *hash;
  GBytes  *text;
  gboolean is_large;
} BackstayFingerprint;

BackstayFingerprint *backstay_fingerprint_new (const char *id,
                                               const char *hash,
                                               GBytes     *text,
                                               gboolean    is_large) G_GNUC_WARN_UNUSED_RESULT;
void                 backstay_fingerprint_free (BackstayFingerprint *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BackstayFingerprint, backstay_fingerprint_free)

G_END_DECLS
