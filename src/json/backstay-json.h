/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "backstay-json-error.h"

G_BEGIN_DECLS

/**
 * BACKSTAY_JSON_MAX_DEPTH:
 *
 * How many containers may be open at once.
 */
#define BACKSTAY_JSON_MAX_DEPTH 100000

/**
 * BACKSTAY_JSON_MAX_SIZE:
 *
 * How many bytes a text may have: 1 GiB.
 */
#define BACKSTAY_JSON_MAX_SIZE ((gsize) 1 << 30)

/**
 * BACKSTAY_JSON_NODE_NONE:
 *
 * The node that is not there: the root's parent, or what a search did not find.
 */
#define BACKSTAY_JSON_NODE_NONE G_MAXUINT32

/**
 * BackstayJsonKind:
 *
 * The six types of JSON.
 */
typedef enum
{
  BACKSTAY_JSON_KIND_OBJECT,
  BACKSTAY_JSON_KIND_ARRAY,
  BACKSTAY_JSON_KIND_STRING,
  BACKSTAY_JSON_KIND_NUMBER,
  BACKSTAY_JSON_KIND_BOOLEAN,
  BACKSTAY_JSON_KIND_NULL,
} BackstayJsonKind;

/**
 * BackstayJsonNode:
 *
 * A value of a [struct@Json], by its place in the array of nodes.
 *
 * Siblings are neighbours, in the order of the text, and every node comes
 * after all the nodes below it, so that counting up from 0 visits the tree
 * from its leaves to its root without a stack.
 */
typedef guint32 BackstayJsonNode;

typedef struct _BackstayJson BackstayJson;

/**
 * BackstayJsonProgressFunc:
 * @n_done: how many bytes of the text are done
 * @n_total: how many bytes the text has
 * @user_data: data of the caller
 *
 * Called from time to time, about every MiB of text, in the calling thread.
 *
 * Returns: %FALSE to stop
 */
typedef gboolean (*BackstayJsonProgressFunc) (gsize    n_done,
                                              gsize    n_total,
                                              gpointer user_data);

BackstayJson *backstay_json_new (GBytes                  *text,
                                 BackstayJsonProgressFunc progress,
                                 gpointer                 user_data,
                                 GError                 **error) G_GNUC_WARN_UNUSED_RESULT;
BackstayJson *backstay_json_new_closed (GBytes *text) G_GNUC_WARN_UNUSED_RESULT;
BackstayJson *backstay_json_ref (BackstayJson *self);
void          backstay_json_unref (BackstayJson *self);

GBytes          *backstay_json_get_text (BackstayJson *self);
guint            backstay_json_get_n_nodes (BackstayJson *self);
BackstayJsonNode backstay_json_get_root (BackstayJson *self);

BackstayJsonKind backstay_json_get_kind (BackstayJson    *self,
                                         BackstayJsonNode node);
gboolean         backstay_json_is_container (BackstayJson    *self,
                                             BackstayJsonNode node);
BackstayJsonNode backstay_json_get_parent (BackstayJson    *self,
                                           BackstayJsonNode node);
guint            backstay_json_get_n_children (BackstayJson    *self,
                                               BackstayJsonNode node);
BackstayJsonNode backstay_json_get_child (BackstayJson    *self,
                                          BackstayJsonNode node,
                                          guint            position);
guint            backstay_json_get_index (BackstayJson    *self,
                                          BackstayJsonNode node);
guint            backstay_json_get_depth (BackstayJson    *self,
                                          BackstayJsonNode node);
BackstayJsonNode backstay_json_get_next (BackstayJson    *self,
                                         BackstayJsonNode node);
const char      *backstay_json_get_lexeme (BackstayJson    *self,
                                           BackstayJsonNode node,
                                           gsize           *length);
gboolean         backstay_json_has_key (BackstayJson    *self,
                                        BackstayJsonNode node);
const char      *backstay_json_get_key_lexeme (BackstayJson    *self,
                                               BackstayJsonNode node,
                                               gsize           *length);
char            *backstay_json_dup_key (BackstayJson    *self,
                                        BackstayJsonNode node,
                                        gsize           *length) G_GNUC_WARN_UNUSED_RESULT;
char            *backstay_json_dup_string (BackstayJson    *self,
                                           BackstayJsonNode node,
                                           gsize           *length) G_GNUC_WARN_UNUSED_RESULT;
BackstayJsonNode backstay_json_find_member (BackstayJson    *self,
                                            BackstayJsonNode node,
                                            const char      *key);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BackstayJson, backstay_json_unref)

G_END_DECLS
