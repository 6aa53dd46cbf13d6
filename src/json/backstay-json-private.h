/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "backstay-json.h"

G_BEGIN_DECLS

/* One node. There are as many of them as values in the text, a million in a large configuration,
 * so that their size decides both the memory and the speed of the reader. Neither the kind is
 * stored, which the first byte of the value tells, nor the length of the key. */
typedef struct
{
  guint32 value;  /* Where the value begins in the text. */
  guint32 length; /* How many bytes it has there. */
  guint32 key;    /* Where the key's opening quote is; 0 for none, as no key comes first. */
  guint32 parent;
  guint32 first_child;
  guint32 n_children;
} BackstayJsonRecord;

G_STATIC_ASSERT (sizeof (BackstayJsonRecord) == 24);

/* Where only a part of a document's text was kept: how many children of a container are left out
 * before its first. */
typedef struct
{
  BackstayJsonNode container;
  guint32          n_before;
} BackstayJsonLeftOut;

struct _BackstayJson
{
  gatomicrefcount     ref_count;
  GBytes             *text;
  const char         *data; /* The bytes of the text. */
  BackstayJsonRecord *nodes;
  guint32             n_nodes;
  int                 keys_are_unique; /* Atomic: whether this was found out, and is so. */
  GArray             *left_out;        /* Of BackstayJsonLeftOut; NULL for a whole document. */
};

static inline BackstayJsonKind
backstay_json_kind_from_first_byte (char first)
{
  switch (first)
    {
    case '{':
      return BACKSTAY_JSON_KIND_OBJECT;
    case '[':
      return BACKSTAY_JSON_KIND_ARRAY;
    case '"':
      return BACKSTAY_JSON_KIND_STRING;
    case 't':
    case 'f':
      return BACKSTAY_JSON_KIND_BOOLEAN;
    case 'n':
      return BACKSTAY_JSON_KIND_NULL;
    default:
      return BACKSTAY_JSON_KIND_NUMBER;
    }
}

static inline BackstayJsonKind
backstay_json_kind_of (BackstayJson             *self,
                       const BackstayJsonRecord *record)
{
  return backstay_json_kind_from_first_byte (self->data[record->value]);
}

/* Gets what is left out of a container; NULL for one that is whole. */
static inline const BackstayJsonLeftOut *
backstay_json_get_left_out (BackstayJson    *self,
                            BackstayJsonNode container)
{
  for (guint i = 0; self->left_out != NULL && i < self->left_out->len; i++)
    {
      const BackstayJsonLeftOut *left_out = &g_array_index (self->left_out, BackstayJsonLeftOut, i);

      if (left_out->container == container)
        return left_out;
    }

  return NULL;
}

/* Only white space and a colon lie between a key and its value, so that the closing quote is found
 * by going back from the value. */
static inline gsize
backstay_json_key_length_of (BackstayJson             *self,
                             const BackstayJsonRecord *record)
{
  const char *p = self->data + record->value;

  while (*--p != '"')
    ;

  return (gsize) (p + 1 - (self->data + record->key));
}

/* Whether @node is the last of its siblings; the root is not asked about. */
static inline gboolean
backstay_json_is_last (BackstayJson    *self,
                       BackstayJsonNode node)
{
  const BackstayJsonRecord *parent = &self->nodes[self->nodes[node].parent];

  return node == parent->first_child + parent->n_children - 1;
}

G_END_DECLS
