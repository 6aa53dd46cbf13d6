/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "json-edit"

#include "config.h"

#include <string.h>

#include "json-edit.h"

/* What comes into a document. It is written as it is, so that it need not be a scalar. */
static const char *values[] = {
  "null",
  "0",
  "false",
  "\"\"",
  "\"new\"",
  "[]",
  "{}",
  "12345678901234567890.5",
  "[1, [2, null], {\"id\": 3}]",
  "{\"id\": 4, \"\": {\"a/b\": [true]}}",
  "{\"x\": {\"y\": null}}",
};

static JsonRandom *
copy_node (const JsonRandom *node,
           JsonRandom       *parent)
{
  JsonRandom *copy = g_new0 (JsonRandom, 1);

  copy->parent = parent;
  copy->key = g_strdup (node->key);
  copy->scalar = g_strdup (node->scalar);
  copy->is_object = node->is_object;

  if (node->children == NULL)
    return copy;

  copy->children = g_ptr_array_new_with_free_func ((GDestroyNotify) json_random_free);

  for (guint i = 0; i < node->children->len; i++)
    g_ptr_array_add (copy->children, copy_node (g_ptr_array_index (node->children, i), copy));

  return copy;
}

JsonRandom *
json_edit_copy (const JsonRandom *document)
{
  return copy_node (document, NULL);
}

static void
list_nodes (const JsonRandom *node,
            GPtrArray        *nodes)
{
  g_ptr_array_add (nodes, (gpointer) node);

  for (guint i = 0; node->children != NULL && i < node->children->len; i++)
    list_nodes (g_ptr_array_index (node->children, i), nodes);
}

/* Copies one of the values, as most documents are too large to make many of them. */
JsonRandom *
json_edit_copy_part (const JsonRandom *document,
                     GRand            *rand)
{
  g_autoptr (GPtrArray) nodes = g_ptr_array_new ();

  list_nodes (document, nodes);

  for (guint i = 0; i < 20; i++)
    {
      const JsonRandom *node = g_ptr_array_index (nodes, g_rand_int_range (rand, 0, (gint32) nodes->len));

      if (node->children != NULL && node->children->len > 1)
        return copy_node (node, NULL);
    }

  return copy_node (document, NULL);
}

static guint
find_index (JsonRandom *node)
{
  guint index;

  if (!g_ptr_array_find (node->parent->children, node, &index))
    g_assert_not_reached ();

  return index;
}

static JsonRandom *
make_value (GRand *rand)
{
  JsonRandom *made = g_new0 (JsonRandom, 1);

  made->scalar = g_strdup (values[g_rand_int_range (rand, 0, G_N_ELEMENTS (values))]);

  return made;
}

static JsonRandom *
replace (JsonRandom *document,
         JsonRandom *node,
         GRand      *rand)
{
  JsonRandom *made = make_value (rand);

  made->parent = node->parent;
  made->key = g_strdup (node->key);

  if (node != document)
    made->parent->children->pdata[find_index (node)] = made;

  json_random_free (node);

  return node == document ? made : document;
}

static void
insert (JsonRandom *container,
        GRand      *rand)
{
  JsonRandom *made = make_value (rand);

  made->parent = container;

  /* Random keys end with their position, which is never so high. */
  if (container->is_object)
    made->key = g_strdup_printf ("\"/~#%u\"", g_rand_int (rand) | 0x80000000u);

  g_ptr_array_insert (container->children,
                      g_rand_int_range (rand, 0, (gint32) container->children->len + 1), made);
}

/* Takes a run of elements or members out, and puts it in elsewhere. */
static void
move_block (JsonRandom *container,
            GRand      *rand)
{
  gint32     n_children = (gint32) container->children->len;
  gint32     from = g_rand_int_range (rand, 0, n_children);
  gint32     length = g_rand_int_range (rand, 1, n_children - from + 1);
  gint32     to = g_rand_int_range (rand, 0, n_children - length + 1);
  GPtrArray *block = g_ptr_array_new ();

  for (gint32 i = 0; i < length; i++)
    g_ptr_array_add (block, g_ptr_array_steal_index (container->children, (guint) from));

  for (gint32 i = 0; i < length; i++)
    g_ptr_array_insert (container->children, to + i, g_ptr_array_index (block, i));

  g_ptr_array_unref (block);
}

/* Writes an equal number otherwise, or makes a number or string another one of its kind. */
static void
change_scalar (JsonRandom *node,
               gboolean    keep_value)
{
  const char *scalar = node->scalar;
  char       *changed = NULL;

  if (*scalar == '"' && !keep_value)
    changed = g_strconcat ("\"changed ", scalar + 1, NULL);
  else if (*scalar == '"' && g_str_has_prefix (scalar, "\"a"))
    changed = g_strconcat ("\"\\u0061", scalar + 2, NULL);
  else if (g_ascii_isdigit (scalar[strlen (scalar) - 1]) && strpbrk (scalar, "eE\"") == NULL)
    changed = g_strconcat (scalar, strchr (scalar, '.') != NULL ? "" : ".0", keep_value ? "0" : "5", NULL);

  if (changed != NULL)
    {
      g_free (node->scalar);
      node->scalar = changed;
    }
}

static JsonRandom *
edit_once (JsonRandom *document,
           GRand      *rand)
{
  g_autoptr (GPtrArray) nodes = g_ptr_array_new ();
  JsonRandom *node;
  int         choice = g_rand_int_range (rand, 0, 6);

  list_nodes (document, nodes);
  node = g_ptr_array_index (nodes, g_rand_int_range (rand, 0, (gint32) nodes->len));

  if (choice == 0 && (node != document || nodes->len < 3))
    return replace (document, node, rand);

  if (choice == 1 && node != document)
    g_ptr_array_remove_index (node->parent->children, find_index (node));
  else if (choice == 2 && node->children != NULL)
    insert (node, rand);
  else if (choice == 3 && node->children != NULL && node->children->len > 1)
    move_block (node, rand);
  else if (choice >= 4 && node->scalar != NULL)
    change_scalar (node, choice == 4);

  return document;
}

/* Makes edits at random, some of which change nothing. Takes @document, and returns what it became. */
JsonRandom *
json_edit (JsonRandom *document,
           GRand      *rand,
           guint       n_edits)
{
  for (guint i = 0; i < n_edits; i++)
    document = edit_once (document, rand);

  return document;
}
