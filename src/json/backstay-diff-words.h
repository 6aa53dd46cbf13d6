/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define BACKSTAY_DIFF_NO_WORD G_MAXUINT32

/* A piece of a text that is compared as a whole. Texts come out of documents, so that 32 bits hold
 * every offset. */
typedef struct
{
  guint32  offset;
  guint32  length;
  gboolean is_blank; /* Spaces or tabs, but no line break. */
} BackstayDiffWord;

GArray *backstay_diff_words_split (const char *text,
                                   gsize       length) G_GNUC_WARN_UNUSED_RESULT;

guint32 *backstay_diff_words_match (const guint32 *before,
                                    guint32        n_before,
                                    const guint32 *after,
                                    guint32        n_after,
                                    guint32        n_numbers) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
