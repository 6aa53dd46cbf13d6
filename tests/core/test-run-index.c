/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Each place must be found in the run that has it, whatever the lengths of the runs. */

#define G_LOG_DOMAIN "test-run-index"

#include "config.h"

#include "backstay-run-index.h"

typedef struct
{
  guint32 begin;
  guint32 end;
} Run;

/* Makes runs of up to @max_length places each. */
static void
check (GRand *rand,
       guint  n_runs,
       guint  max_length)
{
  g_autofree Run  *runs = g_new0 (Run, n_runs + 1);
  BackstayRunIndex index;
  guint            n_places = 0;

  for (guint i = 0; i < n_runs; i++)
    {
      runs[i].begin = n_places;
      n_places += max_length > 1 ? (guint) g_rand_int_range (rand, 1, (gint32) max_length + 1) : 1;
      runs[i].end = n_places;
    }

  backstay_run_index_init (&index, runs, sizeof (Run), n_runs, n_places);

  for (guint place = 0; place < n_places; place++)
    {
      guint i = backstay_run_index_find (&index, runs, sizeof (Run), place);

      g_assert_cmpuint (i, <, n_runs);
      g_assert_cmpuint (runs[i].begin, <=, place);
      g_assert_cmpuint (runs[i].end, >, place);
    }

  backstay_run_index_clear (&index);
}

static void
test_find (void)
{
  static const guint counts[] = { 1, 2, 63, 64, 65, 66, 127, 128, 129, 200, 640, 5000 };
  static const guint lengths[] = { 1, 2, 3, 64, 65, 130, 1000 };
  g_autoptr (GRand) rand = g_rand_new_with_seed (64);

  for (guint i = 0; i < G_N_ELEMENTS (counts); i++)
    for (guint j = 0; j < G_N_ELEMENTS (lengths); j++)
      check (rand, counts[i], lengths[j]);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/run-index/find", test_find);

  return g_test_run ();
}
