/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "test-model-lru"

#include "config.h"

#include "backstay-lru.h"

static guint n_freed;

static void
count_free (gpointer value)
{
  n_freed++;
  g_free (value);
}

static void
test_forgets (void)
{
  g_autoptr (BackstayLru) lru = backstay_lru_new (10, count_free);

  n_freed = 0;
  backstay_lru_take (lru, "a", g_strdup ("1"), 4);
  backstay_lru_take (lru, "b", g_strdup ("2"), 4);
  g_assert_cmpstr (backstay_lru_lookup (lru, "a"), ==, "1");

  /* What was looked up last stays. */
  backstay_lru_take (lru, "c", g_strdup ("3"), 4);
  g_assert_cmpuint (n_freed, ==, 1);
  g_assert_null (backstay_lru_lookup (lru, "b"));
  g_assert_cmpstr (backstay_lru_lookup (lru, "a"), ==, "1");
  g_assert_cmpstr (backstay_lru_lookup (lru, "c"), ==, "3");

  /* Replaced, it costs what is new. */
  backstay_lru_take (lru, "a", g_strdup ("4"), 6);
  g_assert_cmpuint (n_freed, ==, 2);
  g_assert_cmpstr (backstay_lru_lookup (lru, "a"), ==, "4");
  g_assert_cmpuint (backstay_lru_get_n_values (lru), ==, 2);

  /* One that is too much by itself is alone. */
  backstay_lru_take (lru, "d", g_strdup ("5"), 100);
  g_assert_cmpuint (backstay_lru_get_n_values (lru), ==, 1);
  g_assert_cmpstr (backstay_lru_lookup (lru, "d"), ==, "5");
}

static void
test_frees (void)
{
  BackstayLru *lru = backstay_lru_new (G_MAXSIZE, count_free);

  n_freed = 0;
  for (guint i = 0; i < 100; i++)
    {
      g_autofree char *key = g_strdup_printf ("%u", i);

      backstay_lru_take (lru, key, g_strdup (key), 1);
    }

  g_assert_cmpuint (n_freed, ==, 0);
  backstay_lru_free (lru);
  g_assert_cmpuint (n_freed, ==, 100);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/model-lru/forgets", test_forgets);
  g_test_add_func ("/model-lru/frees", test_frees);

  return g_test_run ();
}
