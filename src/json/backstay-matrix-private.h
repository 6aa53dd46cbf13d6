/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "backstay-json-private.h"
#include "backstay-matrix.h"

G_BEGIN_DECLS

/* One path. Only documents that have it take up room, so that all cells together are as many as all
 * documents have nodes, however little they have in common. */
typedef struct
{
  guint32 first_cell; /* Where the nodes of the documents in @present begin, in their order. */
  guint32 present;    /* A bit for each document that has the path. */
  guint32 parent;
  guint32 end; /* The row behind all that is below. */
  guint32 depth;
  guint32 majority : 20; /* A bit for each document that has what most have; none for a tie. */
  guint32 n_values : 5;  /* How many different ones; to have none counts as one. */
  guint32 respelt : 1;   /* Whether equal values are spelt differently. */
  guint32 identity : 2;  /* Of an element: what it goes by; 0 for its index. */
} BackstayMatrixRecord;

/* Which documents have the same elements in the same order: those with the same number. */
typedef struct
{
  guint8 classes[BACKSTAY_MATRIX_MAX_DOCUMENTS];
  guint8 n_classes;
} BackstayMatrixOrder;

/* The keys of objects that tell the elements of an array apart, by a record's identity. */
extern const char *const backstay_matrix_identity_keys[4];

G_STATIC_ASSERT (BACKSTAY_MATRIX_MAX_DOCUMENTS <= 20);
G_STATIC_ASSERT (sizeof (BackstayMatrixRecord) == 24);

struct _BackstayMatrix
{
  gatomicrefcount ref_count;
  BackstayJson   *documents[BACKSTAY_MATRIX_MAX_DOCUMENTS];
  guint           n_documents;
  GArray         *rows;   /* Of BackstayMatrixRecord. */
  GArray         *cells;  /* Of BackstayJsonNode. */
  GHashTable     *orders; /* A row of arrays to a BackstayMatrixOrder, where they are not all in one order. */
  guint           n_differing;
  guint           n_respelt;
};

/* Counts what is done in nodes; what is below is half of the work. */
typedef struct
{
  BackstayJsonProgressFunc func;
  gpointer                 user_data;
  gsize                    n_done;
  gsize                    n_total;
  gsize                    next;
} BackstayMatrixProgress;

gboolean backstay_matrix_progress_step (BackstayMatrixProgress *self,
                                        gsize                   n_more);
void     backstay_matrix_append_step (BackstayMatrix   *self,
                                      BackstayMatrixRow row,
                                      GString          *path);
gboolean backstay_matrix_compare (BackstayMatrix         *self,
                                  BackstayMatrixProgress *progress);

static inline BackstayMatrixRecord *
backstay_matrix_get_record (BackstayMatrix   *self,
                            BackstayMatrixRow row)
{
  return &g_array_index (self->rows, BackstayMatrixRecord, row);
}

static inline BackstayJsonNode
backstay_matrix_node_of (BackstayMatrix             *self,
                         const BackstayMatrixRecord *record,
                         guint                       document)
{
  guint32 before = record->present & ((1u << document) - 1);

  if ((record->present & (1u << document)) == 0)
    return BACKSTAY_JSON_NODE_NONE;

  return g_array_index (self->cells, BackstayJsonNode,
                        record->first_cell + (guint) __builtin_popcount (before));
}

G_END_DECLS
