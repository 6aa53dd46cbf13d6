/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* How fast a large configuration is read, and in how much memory, beside json-glib in the same
 * process. Nothing is asserted about time: only that both readers saw the same values. */

#define G_LOG_DOMAIN "bench-json"

#include "config.h"

#include <json-glib/json-glib.h>
#include <malloc.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "backstay-json.h"

#define TARGET_SIZE (10 * 1000 * 1000)
#define N_ROUNDS 9

static const char *words[] = {
  "portrait",
  "detailed",
  "cinematic",
  "lighting",
  "soft",
  "focus",
  "quality",
  "render",
  "skin",
  "texture",
  "volumetric",
  "fog",
  "neon",
  "city",
  "street",
  "masterpiece",
  "sharp",
  "bokeh",
};

static const char *
pick_word (GRand *rand)
{
  return words[g_rand_int_range (rand, 0, G_N_ELEMENTS (words))];
}

static double
pick_fraction (GRand *rand)
{
  return g_rand_int_range (rand, 0, 20000) / 10000.0;
}

static void
append_numbers (GString *text,
                GRand   *rand,
                guint    n)
{
  g_string_append_c (text, '[');

  for (guint i = 0; i < n; i++)
    g_string_append_printf (text, "%s%.4g", i > 0 ? "," : "", pick_fraction (rand));

  g_string_append_c (text, ']');
}

static void
append_words (GString *text,
              GRand   *rand)
{
  guint n = g_rand_int_range (rand, 1, 5);

  g_string_append_c (text, '[');

  for (guint i = 0; i < n; i++)
    g_string_append_printf (text, "%s\"%s\"", i > 0 ? "," : "", pick_word (rand));

  g_string_append_c (text, ']');
}

static void
append_adapter (GString *text,
                GRand   *rand,
                guint    i)
{
  g_string_append_printf (text,
                          "{\"id\":\"lora-%06u\",\"name\":\"%08x\",\"weight\":%.4g,"
                          "\"enabled\":%s,\"trigger_words\":",
                          i, g_rand_int (rand), pick_fraction (rand),
                          i % 2 == 0 ? "true" : "false");
  append_words (text, rand);
  g_string_append (text, ",\"sha256\":\"");

  for (guint word = 0; word < 8; word++)
    g_string_append_printf (text, "%08x", g_rand_int (rand));

  g_string_append (text, "\",\"blocks\":{\"in\":");
  append_numbers (text, rand, 6);
  g_string_append_printf (text, ",\"mid\":%.4g,\"out\":", pick_fraction (rand));
  append_numbers (text, rand, 6);
  g_string_append (text, "},\"notes\":null}");
}

static void
append_layer (GString *text,
              GRand   *rand,
              guint    i)
{
  g_string_append_printf (text,
                          "{\"id\":%u,\"type\":\"ResBlock\",\"channels\":[320,%u],\"heads\":8,"
                          "\"dropout\":%.3g,\"init\":{\"mean\":0.0,\"std\":%.4g},"
                          "\"dtype\":\"float16\"}",
                          i, 320 * (i % 4 + 1), pick_fraction (rand), pick_fraction (rand));
}

static void
append_preset (GString *text,
               GRand   *rand,
               guint    i)
{
  g_string_append_printf (text,
                          "{\"name\":\"%s_%u\",\"guidance_scale\":%.3g,\"num_inference_steps\":%u,"
                          "\"width\":1024,\"scheduler\":\"EulerAncestralDiscreteScheduler\","
                          "\"compel_weights\":{\"%s\":%.3g,\"%s\":%.3g},\"enable_compel\":true,"
                          "\"upscaler\":null,\"negative_prompt\":\"",
                          pick_word (rand), i, pick_fraction (rand), i % 80,
                          words[0], pick_fraction (rand), words[1], pick_fraction (rand));

  for (guint word = 0; word < 14; word++)
    g_string_append_printf (text, "%s ", pick_word (rand));

  g_string_append (text, "\"}");
}

static void
append_list (GString    *text,
             GRand      *rand,
             const char *key,
             gsize       size,
             void (*append) (GString *, GRand *, guint))
{
  gsize begin = text->len;

  g_string_append_printf (text, "\"%s\":[", key);

  for (guint i = 0; text->len - begin < size; i++)
    {
      if (i > 0)
        g_string_append_c (text, ',');

      append (text, rand, i);
    }

  g_string_append_c (text, ']');
}

static void
append_vocabulary (GString *text,
                   GRand   *rand,
                   gsize    size)
{
  gsize begin = text->len;

  g_string_append (text, "\"vocabulary\":{\"\":0");

  for (guint i = 1; text->len - begin < size; i++)
    g_string_append_printf (text, ",\"%06x%u\":%u", g_rand_int (rand) & 0xffffff, i, i);

  g_string_append_c (text, '}');
}

static void
append_sigma (GString *text,
              GRand   *rand,
              guint    i)
{
  g_string_append_printf (text, "%.8g", pick_fraction (rand) * 7.31);
}

/* Objects, short strings and numbers in the shares that large configurations have. */
static GBytes *
make_configuration (void)
{
  GString *text = g_string_new ("{");
  GRand   *rand = g_rand_new_with_seed (20260101);

  append_list (text, rand, "loras", TARGET_SIZE / 20 * 8, append_adapter);
  g_string_append_c (text, ',');
  append_list (text, rand, "presets", TARGET_SIZE / 20 * 3, append_preset);
  g_string_append_c (text, ',');
  append_list (text, rand, "layers", TARGET_SIZE / 20 * 4, append_layer);
  g_string_append_c (text, ',');
  append_vocabulary (text, rand, TARGET_SIZE / 20 * 3);
  g_string_append_c (text, ',');
  append_list (text, rand, "sigmas", TARGET_SIZE / 20 * 2, append_sigma);
  g_string_append_c (text, '}');

  g_rand_free (rand);

  return g_string_free_to_bytes (text);
}

static double
get_cpu_seconds (void)
{
  struct timespec now;

  clock_gettime (CLOCK_PROCESS_CPUTIME_ID, &now);

  return (double) now.tv_sec + (double) now.tv_nsec / 1e9;
}

/* Reads a line of /proc/self/status, in bytes; "VmHWM" is the most that "VmRSS" ever was. */
static gsize
get_memory (const char *field)
{
  g_autofree char *status = NULL;
  const char      *line = NULL;

  if (g_file_get_contents ("/proc/self/status", &status, NULL, NULL))
    line = strstr (status, field);

  return line != NULL ? (gsize) g_ascii_strtoull (line + strlen (field) + 1, NULL, 10) * 1024 : 0;
}

static guint
count_json_glib_nodes (JsonNode *node)
{
  g_autoptr (GList) children = NULL;
  guint n_nodes = 1;

  if (JSON_NODE_HOLDS_OBJECT (node))
    children = json_object_get_values (json_node_get_object (node));
  else if (JSON_NODE_HOLDS_ARRAY (node))
    children = json_array_get_elements (json_node_get_array (node));

  for (GList *child = children; child != NULL; child = child->next)
    n_nodes += count_json_glib_nodes (child->data);

  return n_nodes;
}

static BackstayJson *
read_ours (GBytes *text,
           double *seconds)
{
  g_autoptr (GError) error = NULL;
  BackstayJson *json;
  double        begin = get_cpu_seconds ();

  json = backstay_json_new (text, NULL, NULL, &error);
  *seconds = get_cpu_seconds () - begin;
  g_assert_no_error (error);

  return json;
}

static JsonParser *
read_json_glib (GBytes *text,
                double *seconds)
{
  g_autoptr (GError) error = NULL;
  JsonParser *parser = json_parser_new_immutable ();
  gsize       length;
  const char *data = g_bytes_get_data (text, &length);
  double      begin = get_cpu_seconds ();

  json_parser_load_from_data (parser, data, (gssize) length, &error);
  *seconds = get_cpu_seconds () - begin;
  g_assert_no_error (error);

  return parser;
}

static void
print_memory (const char *name,
              gsize       before,
              gsize       text_size)
{
  g_print ("# %-9s: %.2f bytes a byte of text while reading, %.2f after, the text included\n", name,
           (double) (get_memory ("VmHWM:") - before) / (double) text_size,
           (double) (get_memory ("VmRSS:") - before) / (double) text_size);
}

/* The text is copied here, so that it counts among what is resident. */
static void
measure_memory (GBytes *text)
{
  gsize  size = g_bytes_get_size (text);
  gsize  before;
  double seconds;

  malloc_trim (0);
  before = get_memory ("VmRSS:");
  {
    g_autoptr (GBytes) copy = g_bytes_new (g_bytes_get_data (text, NULL), size);
    g_autoptr (BackstayJson) json = read_ours (copy, &seconds);

    print_memory ("backstay", before, size);
    g_print ("# %u nodes, %.1f bytes each\n", backstay_json_get_n_nodes (json),
             (double) size / backstay_json_get_n_nodes (json));
  }

  malloc_trim (0);
  before = get_memory ("VmRSS:");
  {
    g_autoptr (GBytes) copy = g_bytes_new (g_bytes_get_data (text, NULL), size);
    g_autoptr (BackstayJson) json = read_ours (text, &seconds);
    g_autoptr (JsonParser) parser = read_json_glib (copy, &seconds);

    g_assert_cmpuint (backstay_json_get_n_nodes (json), ==,
                      count_json_glib_nodes (json_parser_get_root (parser)));
    g_clear_pointer (&json, backstay_json_unref);
    malloc_trim (0);
    print_memory ("json-glib", before, size);
  }
}

static int
compare_doubles (const void *a,
                 const void *b)
{
  double x = *(const double *) a;
  double y = *(const double *) b;

  return (x > y) - (x < y);
}

static void
print_time (const char *name,
            double      seconds,
            double      megabytes)
{
  g_print ("# %-9s: %.1f ms, %.0f MB/s\n", name, seconds * 1e3, megabytes / seconds);
}

static void
measure_time (GBytes *text)
{
  double megabytes = (double) g_bytes_get_size (text) / 1e6;
  double ours[N_ROUNDS];
  double theirs[N_ROUNDS];
  double ratios[N_ROUNDS];

  for (guint round = 0; round < N_ROUNDS; round++)
    {
      backstay_json_unref (read_ours (text, &ours[round]));
      g_object_unref (read_json_glib (text, &theirs[round]));
      ratios[round] = theirs[round] / ours[round];
    }

  qsort (ours, N_ROUNDS, sizeof *ours, compare_doubles);
  qsort (theirs, N_ROUNDS, sizeof *theirs, compare_doubles);
  qsort (ratios, N_ROUNDS, sizeof *ratios, compare_doubles);

  print_time ("backstay", ours[N_ROUNDS / 2], megabytes);
  print_time ("json-glib", theirs[N_ROUNDS / 2], megabytes);
  g_print ("# backstay is %.1f times as fast (%.1f to %.1f in %d rounds)\n",
           ratios[N_ROUNDS / 2], ratios[0], ratios[N_ROUNDS - 1], N_ROUNDS);
}

int
main (int   argc,
      char *argv[])
{
  g_autoptr (GBytes) text = make_configuration ();

  g_print ("# a configuration of %.1f MB, CPU time, medians\n",
           (double) g_bytes_get_size (text) / 1e6);
  measure_memory (text);
  measure_time (text);

  return EXIT_SUCCESS;
}
