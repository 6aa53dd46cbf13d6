/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "backstay-transfer-progress"

#include "config.h"

#include "backstay-transfer-progress.h"

struct _BackstayTransferProgress
{
  GMutex  mutex;
  guint   n_versions;
  guint64 n_bytes;
  double  fraction;
};

/**
 * backstay_transfer_progress_new:
 *
 * Returns: (transfer full): that nothing is done yet
 */
BackstayTransferProgress *
backstay_transfer_progress_new (void)
{
  BackstayTransferProgress *self = g_atomic_rc_box_new0 (BackstayTransferProgress);

  g_mutex_init (&self->mutex);
  self->fraction = -1;

  return self;
}

/**
 * backstay_transfer_progress_ref:
 *
 * Returns: (transfer full): the same
 */
BackstayTransferProgress *
backstay_transfer_progress_ref (BackstayTransferProgress *self)
{
  return g_atomic_rc_box_acquire (self);
}

static void
clear (gpointer data)
{
  BackstayTransferProgress *self = data;

  g_mutex_clear (&self->mutex);
}

/**
 * backstay_transfer_progress_unref:
 *
 * Gives up one reference.
 */
void
backstay_transfer_progress_unref (BackstayTransferProgress *self)
{
  g_atomic_rc_box_release_full (self, clear);
}

/**
 * backstay_transfer_progress_set:
 * @n_versions: how many versions are done
 * @n_bytes: how many bytes are done
 * @fraction: how much of all that is, from 0 to 1; a negative number if nobody knows
 *
 * Says how far it is.
 */
void
backstay_transfer_progress_set (BackstayTransferProgress *self,
                                guint                     n_versions,
                                guint64                   n_bytes,
                                double                    fraction)
{
  g_return_if_fail (self != NULL);

  g_mutex_lock (&self->mutex);
  self->n_versions = n_versions;
  self->n_bytes = n_bytes;
  self->fraction = fraction;
  g_mutex_unlock (&self->mutex);
}

/**
 * backstay_transfer_progress_get:
 * @n_versions: (out): how many versions are done
 * @n_bytes: (out): how many bytes are done
 *
 * Returns: how much of all that is, from 0 to 1; a negative number if nobody knows
 */
double
backstay_transfer_progress_get (BackstayTransferProgress *self,
                                guint                    *n_versions,
                                guint64                  *n_bytes)
{
  double fraction;

  g_return_val_if_fail (self != NULL && n_versions != NULL && n_bytes != NULL, -1);

  g_mutex_lock (&self->mutex);
  *n_versions = self->n_versions;
  *n_bytes = self->n_bytes;
  fraction = self->fraction;
  g_mutex_unlock (&self->mutex);

  return fraction;
}
