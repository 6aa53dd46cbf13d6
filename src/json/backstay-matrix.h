/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "backstay-json.h"

G_BEGIN_DECLS

/**
 * BACKSTAY_MATRIX_MAX_DOCUMENTS:
 *
 * How many documents can be compared at once.
 */
#define BACKSTAY_MATRIX_MAX_DOCUMENTS 20

/**
 * BACKSTAY_MATRIX_ROW_NONE:
 *
 * The row that is not there: the root's parent, or what was not found.
 */
#define BACKSTAY_MATRIX_ROW_NONE G_MAXUINT32

/**
 * BackstayMatrixRow:
 *
 * A path that at least one of the documents has. A row comes before all the rows below it, which
 * come right behind it, so that row 0 is the root.
 */
typedef guint32 BackstayMatrixRow;

/**
 * BackstayMatrixRole:
 * @BACKSTAY_MATRIX_ROLE_SAME: all documents that have the path have the same there
 * @BACKSTAY_MATRIX_ROLE_SHARED: has what most of those documents have
 * @BACKSTAY_MATRIX_ROLE_OUTLIER: has something else than most of those documents
 * @BACKSTAY_MATRIX_ROLE_VARIED: differs, and there is nothing that most have
 * @BACKSTAY_MATRIX_ROLE_MISSING: does not have the path
 *
 * How a document's value goes with those of the others.
 */
typedef enum
{
  BACKSTAY_MATRIX_ROLE_SAME,
  BACKSTAY_MATRIX_ROLE_SHARED,
  BACKSTAY_MATRIX_ROLE_OUTLIER,
  BACKSTAY_MATRIX_ROLE_VARIED,
  BACKSTAY_MATRIX_ROLE_MISSING,
} BackstayMatrixRole;

typedef struct _BackstayMatrix BackstayMatrix;

BackstayMatrix *backstay_matrix_new (BackstayJson *const     *documents,
                                     guint                    n_documents,
                                     BackstayJsonProgressFunc progress,
                                     gpointer                 user_data,
                                     GError                 **error) G_GNUC_WARN_UNUSED_RESULT;
BackstayMatrix *backstay_matrix_ref (BackstayMatrix *self);
void            backstay_matrix_unref (BackstayMatrix *self);

guint         backstay_matrix_get_n_documents (BackstayMatrix *self);
BackstayJson *backstay_matrix_get_document (BackstayMatrix *self,
                                            guint           document);
guint         backstay_matrix_get_n_rows (BackstayMatrix *self);
guint         backstay_matrix_get_n_differing (BackstayMatrix *self);
guint         backstay_matrix_get_n_respelt (BackstayMatrix *self);

BackstayMatrixRow  backstay_matrix_get_parent (BackstayMatrix   *self,
                                               BackstayMatrixRow row);
BackstayMatrixRow  backstay_matrix_get_end (BackstayMatrix   *self,
                                            BackstayMatrixRow row);
guint              backstay_matrix_get_depth (BackstayMatrix   *self,
                                              BackstayMatrixRow row);
BackstayJsonNode   backstay_matrix_get_node (BackstayMatrix   *self,
                                             BackstayMatrixRow row,
                                             guint             document);
guint              backstay_matrix_get_first_document (BackstayMatrix   *self,
                                                       BackstayMatrixRow row);
gboolean           backstay_matrix_get_differs (BackstayMatrix   *self,
                                                BackstayMatrixRow row);
gboolean           backstay_matrix_get_respelt (BackstayMatrix   *self,
                                                BackstayMatrixRow row);
guint              backstay_matrix_get_n_missing (BackstayMatrix   *self,
                                                  BackstayMatrixRow row);
guint              backstay_matrix_get_n_values (BackstayMatrix   *self,
                                                 BackstayMatrixRow row);
BackstayMatrixRole backstay_matrix_get_role (BackstayMatrix   *self,
                                             BackstayMatrixRow row,
                                             guint             document);

gboolean backstay_matrix_get_reordered (BackstayMatrix   *self,
                                        BackstayMatrixRow row,
                                        guint             document);
char    *backstay_matrix_dup_identity (BackstayMatrix   *self,
                                       BackstayMatrixRow row) G_GNUC_WARN_UNUSED_RESULT;
char    *backstay_matrix_dup_path (BackstayMatrix   *self,
                                   BackstayMatrixRow row) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BackstayMatrix, backstay_matrix_unref)

G_END_DECLS
