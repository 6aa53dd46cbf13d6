/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "backstay-gradual-rows"

#include "config.h"

#include "backstay-gradual-rows.h"

/* A list view makes about two hundred rows at once, however few of them are seen, which takes longer
 * than a frame. */
#define ROWS_A_STEP 48
#define ROWS_OF_A_VIEW 240

typedef struct
{
  GWeakRef             model;
  BackstaySetLimitFunc set_limit;
  guint                limit;
} Growth;

static void
growth_free (Growth *self)
{
  g_weak_ref_clear (&self->model);
  g_free (self);
}

static gboolean
grow_cb (gpointer user_data)
{
  Growth *self = user_data;
  g_autoptr (GListModel) model = g_weak_ref_get (&self->model);

  if (model == NULL)
    return G_SOURCE_REMOVE;

  self->limit = self->limit < ROWS_OF_A_VIEW ? self->limit + ROWS_A_STEP : G_MAXUINT;
  self->set_limit (model, self->limit);

  return self->limit < G_MAXUINT ? G_SOURCE_CONTINUE : G_SOURCE_REMOVE;
}

/**
 * backstay_gradual_rows_begin:
 * @model: a model that is to be shown in a list view
 * @set_limit: lets it have more rows
 *
 * Lets the first rows be there now, and the others within the next iterations of the main loop.
 */
void
backstay_gradual_rows_begin (GListModel          *model,
                             BackstaySetLimitFunc set_limit)
{
  Growth *growth = g_new0 (Growth, 1);

  g_return_if_fail (G_IS_LIST_MODEL (model));
  g_return_if_fail (set_limit != NULL);

  g_weak_ref_init (&growth->model, model);
  growth->set_limit = set_limit;
  growth->limit = ROWS_A_STEP;
  set_limit (model, growth->limit);

  g_idle_add_full (G_PRIORITY_DEFAULT_IDLE, grow_cb, growth, (GDestroyNotify) growth_free);
}
