/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "backstay-json.h"

G_BEGIN_DECLS

/* A document as a plain tree, made at random and then written: what a reader must find in it. */
typedef struct _JsonRandom JsonRandom;

struct _JsonRandom
{
  JsonRandom *parent;
  GPtrArray  *children; /* NULL for a scalar. */
  char       *key;      /* As it is written, with quotes; NULL if there is none. */
  char       *scalar;   /* As it is written; NULL for a container. */
  gboolean    is_object;
};

JsonRandom   *json_random_new (GRand *rand);
void          json_random_free (JsonRandom *self);
char         *json_random_print (const JsonRandom *self,
                                 GRand            *rand);
BackstayJson *json_random_read (const char *text);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JsonRandom, json_random_free)

G_END_DECLS
