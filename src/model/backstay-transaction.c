/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "backstay-transaction"

#include "config.h"

#include "backstay-transaction.h"

/* Nothing is kept in a session between two transactions: the role, the claims and the limits are
 * set anew in each, for its own length, so that it all works through a pooler too. */

static void
add_become (BackstayBatch    *batch,
            BackstayIdentity *identity,
            guint             statement_msec,
            guint             lock_msec)
{
  g_autofree char *claims = NULL;
  g_autofree char *statement_timeout = g_strdup_printf ("%ums", statement_msec);
  g_autofree char *lock_timeout = g_strdup_printf ("%ums", lock_msec);

  gboolean takes_role = identity != NULL && !backstay_identity_get_of_login (identity);

  claims = identity != NULL ? backstay_identity_dup_claims (identity) : g_strdup ("");

  backstay_batch_add (batch, "become",
                      "role", takes_role ? "authenticated" : "none",
                      "claims", claims,
                      "statement_timeout", statement_timeout,
                      "lock_timeout", lock_timeout,
                      NULL);
}

/**
 * backstay_transaction_begin_read:
 * @identity: (nullable): who to be; %NULL is the login itself
 * @statement_msec: how long the server may work on a statement
 *
 * Begins a batch that is a transaction which only reads.
 *
 * Returns: (transfer full): the batch, to which statements are added
 */
BackstayBatch *
backstay_transaction_begin_read (BackstayIdentity *identity,
                                 guint             statement_msec)
{
  BackstayBatch *batch = backstay_batch_new ();

  backstay_batch_add (batch, "begin-read", NULL);
  add_become (batch, identity, statement_msec, BACKSTAY_LOCK_MSEC);

  return batch;
}

/**
 * backstay_transaction_begin_snapshot:
 * @identity: (nullable): who to be; %NULL is the login itself
 * @statement_msec: how long the server may work on a statement
 *
 * Begins a batch that opens a transaction which only reads, and sees one moment for as long as it
 * lasts. It stays open after the batch was run.
 *
 * Returns: (transfer full): the batch, to which statements are added
 */
BackstayBatch *
backstay_transaction_begin_snapshot (BackstayIdentity *identity,
                                     guint             statement_msec)
{
  BackstayBatch *batch = backstay_batch_new ();

  backstay_batch_add (batch, "begin-snapshot", NULL);
  add_become (batch, identity, statement_msec, BACKSTAY_LOCK_MSEC);

  return batch;
}

/**
 * backstay_transaction_begin_write:
 * @identity: (nullable): who to be; %NULL is the login itself
 * @statement_msec: how long the server may work on a statement
 * @lock_msec: how long it may wait for a lock
 *
 * Begins a batch that opens a transaction which writes. It stays open after the batch was run.
 *
 * Returns: (transfer full): the batch, to which statements are added
 */
BackstayBatch *
backstay_transaction_begin_write (BackstayIdentity *identity,
                                  guint             statement_msec,
                                  guint             lock_msec)
{
  BackstayBatch *batch = backstay_batch_new ();

  backstay_batch_add (batch, "begin-write", NULL);
  add_become (batch, identity, statement_msec, lock_msec);

  return batch;
}

/**
 * backstay_transaction_end_read:
 * @batch: a batch that backstay_transaction_begin_read() began
 * @session: where to run it
 * @error: return location for an error
 *
 * Ends the transaction and runs all of it in one round trip.
 *
 * Returns: (transfer full) (element-type BackstayDbRows): the rows of each statement, the first
 *   added one at %BACKSTAY_TRANSACTION_FIRST; or %NULL with an error
 */
GPtrArray *
backstay_transaction_end_read (BackstayBatch     *batch,
                               BackstayDbSession *session,
                               GError           **error)
{
  backstay_batch_add (batch, "end-read", NULL);

  return backstay_batch_run (batch, session, error);
}
