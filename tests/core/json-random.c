/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "json-random"

#include "config.h"

#include <string.h>

#include "json-random.h"

#define MAX_DEPTH 8
#define MAX_CHILDREN 9

static const char *scalars[] = {
  "0",
  "-0",
  "7",
  "-12",
  "1.10",
  "0.1",
  "1e400",
  "1E-7",
  "2.5e+3",
  "true",
  "false",
  "null",
  "\"\"",
  "123456789012345678901234567890",
  "3.141592653589793238462643383279",
};

/* What a string is put together from. No piece has a "#", which sets keys apart. */
static const char *pieces[] = {
  "a",
  "Key",
  "soft focus",
  "_",
  "é",
  "ß",
  "日本",
  "😀",
  "'",
  "/",
  "~",
  ".",
  "[0]",
  "{",
  ",",
  ":",
  "\\\"",
  "\\\\",
  "\\/",
  "\\b",
  "\\f",
  "\\n",
  "\\r",
  "\\t",
  "\\u0041",
  "\\u00e9",
  "\\u20AC",
  "\\ud83d\\uDE00",
  "abcdefgh",
  "\x7f",
};

static const char *spaces[] = { " ", "\t", "\n", "\r\n", "    ", "\n  " };

static void
append_string (GString *string,
               GRand   *rand)
{
  for (int i = g_rand_int_range (rand, 0, 6); i > 0; i--)
    g_string_append (string, pieces[g_rand_int_range (rand, 0, G_N_ELEMENTS (pieces))]);
}

static char *
make_scalar (GRand *rand)
{
  GString *string;

  if (g_rand_boolean (rand))
    return g_strdup (scalars[g_rand_int_range (rand, 0, G_N_ELEMENTS (scalars))]);

  string = g_string_new ("\"");
  append_string (string, rand);
  g_string_append_c (string, '"');

  return g_string_free (string, FALSE);
}

/* Keys differ by their position, but for the first one, which may be empty. */
static char *
make_key (GRand *rand,
          int    position)
{
  GString *string = g_string_new ("\"");

  if (position > 0 || g_rand_boolean (rand))
    {
      append_string (string, rand);
      g_string_append_printf (string, "#%d", position);
    }

  g_string_append_c (string, '"');

  return g_string_free (string, FALSE);
}

static JsonRandom *
make_node (GRand      *rand,
           JsonRandom *parent,
           int         position,
           int         depth)
{
  JsonRandom *self = g_new0 (JsonRandom, 1);

  self->parent = parent;

  if (parent != NULL && parent->is_object)
    self->key = make_key (rand, position);

  if (g_rand_int_range (rand, 0, MAX_DEPTH) < depth)
    {
      self->scalar = make_scalar (rand);
      return self;
    }

  self->is_object = g_rand_boolean (rand);
  self->children = g_ptr_array_new_with_free_func ((GDestroyNotify) json_random_free);

  for (int i = 0, n = g_rand_int_range (rand, 0, MAX_CHILDREN); i < n; i++)
    g_ptr_array_add (self->children, make_node (rand, self, i, depth + 1));

  return self;
}

JsonRandom *
json_random_new (GRand *rand)
{
  return make_node (rand, NULL, 0, 0);
}

void
json_random_free (JsonRandom *self)
{
  g_clear_pointer (&self->children, g_ptr_array_unref);
  g_free (self->key);
  g_free (self->scalar);
  g_free (self);
}

static void
append_space (GString *text,
              GRand   *rand)
{
  while (rand != NULL && g_rand_int_range (rand, 0, 3) == 0)
    g_string_append (text, spaces[g_rand_int_range (rand, 0, G_N_ELEMENTS (spaces))]);
}

static void
append_node (GString          *text,
             const JsonRandom *node,
             GRand            *rand)
{
  if (node->scalar != NULL)
    {
      g_string_append (text, node->scalar);
      return;
    }

  g_string_append_c (text, node->is_object ? '{' : '[');
  append_space (text, rand);

  for (guint i = 0; i < node->children->len; i++)
    {
      const JsonRandom *child = g_ptr_array_index (node->children, i);

      if (i > 0)
        g_string_append_c (text, ',');

      append_space (text, rand);

      if (child->key != NULL)
        {
          g_string_append (text, child->key);
          append_space (text, rand);
          g_string_append_c (text, ':');
          append_space (text, rand);
        }

      append_node (text, child, rand);
      append_space (text, rand);
    }

  g_string_append_c (text, node->is_object ? '}' : ']');
}

/* Writes a document, with white space at random if @rand is given, and compact otherwise. */
char *
json_random_print (const JsonRandom *self,
                   GRand            *rand)
{
  GString *text = g_string_new (NULL);

  append_space (text, rand);
  append_node (text, self, rand);
  append_space (text, rand);

  return g_string_free (text, FALSE);
}

/* Reads a text that must be right. */
BackstayJson *
json_random_read (const char *text)
{
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));
  g_autoptr (GError) error = NULL;
  BackstayJson *json = backstay_json_new (bytes, NULL, NULL, &error);

  g_assert_no_error (error);
  g_assert_nonnull (json);

  return json;
}
