/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "backstay-json.h"

G_BEGIN_DECLS

/* How many bytes of text lie between two calls of a progress function. */
#define BACKSTAY_JSON_PROGRESS_STEP ((gsize) 1024 * 1024)

typedef struct
{
  BackstayJsonProgressFunc func;
  gpointer                 user_data;
  gsize                    n_total;
  gsize                    next; /* When to call next. */
} BackstayJsonProgress;

static inline void
backstay_json_progress_init (BackstayJsonProgress    *self,
                             BackstayJsonProgressFunc func,
                             gpointer                 user_data,
                             gsize                    n_total)
{
  self->func = func;
  self->user_data = user_data;
  self->n_total = n_total;
  self->next = func != NULL ? BACKSTAY_JSON_PROGRESS_STEP : G_MAXSIZE;
}

/* Returns FALSE if the work is to stop. */
static inline gboolean
backstay_json_progress_report (BackstayJsonProgress *self,
                               gsize                 n_done)
{
  if (G_LIKELY (n_done < self->next))
    return TRUE;

  self->next = n_done + BACKSTAY_JSON_PROGRESS_STEP;

  return self->func (n_done, self->n_total, self->user_data);
}

G_END_DECLS
