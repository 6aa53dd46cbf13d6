/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Takes the place of libFuzzer where there is no clang: runs a target over the files of some
 * folders, and then over what becomes of them by changes at random. Arguments are as for libFuzzer,
 * but only -max_total_time is known. */

#define G_LOG_DOMAIN "fuzz-driver"

#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "fuzz.h"

#define MAX_LENGTH 4096

static GPtrArray *
read_corpus (char **folders)
{
  GPtrArray *corpus = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);

  for (; *folders != NULL; folders++)
    {
      g_autoptr (GDir) folder = g_dir_open (*folders, 0, NULL);
      const char *name;

      while (folder != NULL && (name = g_dir_read_name (folder)) != NULL)
        {
          g_autofree char *path = g_build_filename (*folders, name, NULL);
          char            *contents;
          gsize            length;

          if (g_file_get_contents (path, &contents, &length, NULL))
            g_ptr_array_add (corpus, g_bytes_new_take (contents, length));
        }
    }

  return corpus;
}

static GBytes *
pick (GPtrArray *corpus,
      GRand     *rand)
{
  return g_ptr_array_index (corpus, g_rand_int_range (rand, 0, (gint32) corpus->len));
}

/* Copies a part of one input over a part of another. */
static void
splice (GByteArray *bytes,
        GBytes     *other,
        GRand      *rand)
{
  gsize         other_size;
  const guint8 *other_data = g_bytes_get_data (other, &other_size);
  guint         place = (guint) g_rand_int_range (rand, 0, (gint32) bytes->len + 1);
  guint         length = (guint) g_rand_int_range (rand, 0, (gint32) MIN (other_size, 32) + 1);
  guint         from = (guint) g_rand_int_range (rand, 0, (gint32) (other_size - length) + 1);
  g_autoptr (GByteArray) rest = g_byte_array_new ();

  g_byte_array_append (rest, bytes->data + place, bytes->len - place);
  g_byte_array_set_size (bytes, place);
  g_byte_array_append (bytes, other_data + from, length);
  g_byte_array_append (bytes, rest->data, rest->len);
}

static void
mutate (GByteArray *bytes,
        GPtrArray  *corpus,
        GRand      *rand)
{
  static const char interesting[] = "[]{},:\"0123456789.eE+-tfn\\u \n\x1e\x80\xff";
  guint             place;

  if (bytes->len == 0 || g_rand_int_range (rand, 0, 4) == 0)
    {
      splice (bytes, pick (corpus, rand), rand);
      return;
    }

  place = (guint) g_rand_int_range (rand, 0, (gint32) bytes->len);

  if (g_rand_boolean (rand))
    bytes->data[place] =
      (guint8) interesting[g_rand_int_range (rand, 0, (gint32) sizeof interesting)];
  else
    g_byte_array_remove_range (bytes, place, MIN (bytes->len - place, (guint) g_rand_int_range (rand, 1, 9)));
}

static void
run_mutated (GPtrArray *corpus,
             GRand     *rand)
{
  gsize         size;
  const guint8 *data = g_bytes_get_data (pick (corpus, rand), &size);
  g_autoptr (GByteArray) bytes = g_byte_array_new ();

  g_byte_array_append (bytes, data, (guint) MIN (size, MAX_LENGTH));

  for (gint32 i = g_rand_int_range (rand, 1, 5); i > 0; i--)
    mutate (bytes, corpus, rand);

  LLVMFuzzerTestOneInput (bytes->data, bytes->len);
}

int
main (int   argc,
      char *argv[])
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (1);
  g_autoptr (GPtrArray) corpus = read_corpus (argv + 1);
  gint64 end = g_get_monotonic_time ();
  guint  n_runs = 0;

  for (int i = 1; i < argc; i++)
    if (g_str_has_prefix (argv[i], "-max_total_time="))
      end += G_USEC_PER_SEC * g_ascii_strtoll (strchr (argv[i], '=') + 1, NULL, 10);

  g_assert_cmpuint (corpus->len, >, 0);

  for (guint i = 0; i < corpus->len; i++)
    {
      gsize         size;
      const guint8 *data = g_bytes_get_data (g_ptr_array_index (corpus, i), &size);

      LLVMFuzzerTestOneInput (data, size);
    }

  for (; g_get_monotonic_time () < end; n_runs++)
    run_mutated (corpus, rand);

  g_print ("%u inputs kept, %u made\n", corpus->len, n_runs);

  return EXIT_SUCCESS;
}
