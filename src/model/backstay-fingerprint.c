/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "backstay-fingerprint"

#include "config.h"

#include "backstay-fingerprint.h"

/**
 * backstay_fingerprint_new:
 * @id: the version's uuid
 * @hash: (nullable): the hash of the configuration's text
 * @text: (nullable): the text
 * @is_large: whether the text is too large to be sent unasked
 *
 * Returns: (transfer full): the fingerprint
 */
BackstayFingerprint *
backstay_fingerprint_new (const char *id,
                          const char *hash,
                          GBytes     *text,
                          gboolean    is_large)
{
  BackstayFingerprint *self;

  g_return_val_if_fail (id != NULL, NULL);

  self = g_new0 (BackstayFingerprint, 1);
  self->id = g_strdup (id);
  self->hash = g_strdup (hash);
  self->text = text != NULL ? g_bytes_ref (text) : NULL;
  self->is_large = is_large;

  return self;
}

/**
 * backstay_fingerprint_free:
 *
 * Frees the fingerprint.
 */
void
backstay_fingerprint_free (BackstayFingerprint *self)
{
  g_return_if_fail (self != NULL);

  g_free (self->id);
  g_free (self->hash);
  g_clear_pointer (&self->text, g_bytes_unref);
  g_free (self);
}
