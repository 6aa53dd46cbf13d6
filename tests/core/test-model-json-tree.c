/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "test-model-json-tree"

#include "config.h"

#include "json-random.h"

#include "backstay-json-tree.h"

#include <string.h>

#define N_DOCUMENTS 25
#define N_STEPS 80

/* A tree beside what it should be: which nodes are expanded, told in the plainest way, and what a
 * view knows that has heard of every change. */
typedef struct
{
  BackstayJson     *json;
  BackstayJsonTree *tree;
  gboolean         *expanded; /* For each node. */
  GArray           *view;     /* Of BackstayJsonNode. */
} Oracle;

static BackstayJsonNode
get_node_at (GListModel *model,
             guint       position)
{
  g_autoptr (BackstayJsonItem) item = g_list_model_get_item (model, position);

  return backstay_json_item_get_node (item);
}

static void
items_changed_cb (GListModel *model,
                  guint       position,
                  guint       n_removed,
                  guint       n_added,
                  gpointer    user_data)
{
  Oracle *oracle = user_data;

  g_assert_cmpuint (position + n_removed, <=, oracle->view->len);

  if (n_removed > 0)
    g_array_remove_range (oracle->view, position, n_removed);

  for (guint i = 0; i < n_added; i++)
    {
      BackstayJsonNode node = get_node_at (model, position + i);

      g_array_insert_val (oracle->view, position + i, node);
    }
}

static void
append_rows (Oracle          *oracle,
             BackstayJsonNode node,
             GArray          *rows)
{
  for (guint i = 0; i < backstay_json_get_n_children (oracle->json, node); i++)
    {
      BackstayJsonNode child = backstay_json_get_child (oracle->json, node, i);

      g_array_append_val (rows, child);
      if (oracle->expanded[child])
        append_rows (oracle, child, rows);
    }
}

static void
assert_same (Oracle *oracle)
{
  GListModel      *model = G_LIST_MODEL (oracle->tree);
  BackstayJsonNode root = backstay_json_get_root (oracle->json);
  g_autoptr (GArray) rows = g_array_new (FALSE, FALSE, sizeof (BackstayJsonNode));

  append_rows (oracle, root, rows);
  if (rows->len == 0)
    g_array_append_val (rows, root);

  g_assert_cmpuint (g_list_model_get_n_items (model), ==, rows->len);
  g_assert_cmpuint (oracle->view->len, ==, rows->len);

  for (guint i = 0; i < rows->len; i++)
    {
      g_autoptr (BackstayJsonItem) item = g_list_model_get_item (model, i);
      BackstayJsonNode node = g_array_index (rows, BackstayJsonNode, i);
      guint            position;

      g_assert_cmpuint (backstay_json_item_get_node (item), ==, node);
      g_assert_cmpuint (g_array_index (oracle->view, BackstayJsonNode, i), ==, node);
      g_assert_cmpint (backstay_json_item_get_expanded (item), ==, oracle->expanded[node]);
      g_assert_true (backstay_json_tree_find (oracle->tree, node, &position));
      g_assert_cmpuint (position, ==, i);
    }

  g_assert_null (g_list_model_get_item (model, rows->len));
  g_assert_null (g_list_model_get_item (model, G_MAXUINT));
}

/* Takes over what is expanded at first, which is the tree's own choice. */
static void
oracle_init (Oracle       *oracle,
             BackstayJson *json)
{
  GListModel *model;

  oracle->json = json;
  oracle->tree = backstay_json_tree_new (json);
  oracle->expanded = g_new0 (gboolean, backstay_json_get_n_nodes (json));
  oracle->view = g_array_new (FALSE, FALSE, sizeof (BackstayJsonNode));

  model = G_LIST_MODEL (oracle->tree);

  for (guint i = 0; i < g_list_model_get_n_items (model); i++)
    {
      g_autoptr (BackstayJsonItem) item = g_list_model_get_item (model, i);

      oracle->expanded[backstay_json_item_get_node (item)] = backstay_json_item_get_expanded (item);
    }

  items_changed_cb (model, 0, 0, g_list_model_get_n_items (model), oracle);
  g_signal_connect (model, "items-changed", G_CALLBACK (items_changed_cb), oracle);
}

static void
oracle_clear (Oracle *oracle)
{
  g_assert_finalize_object (oracle->tree);
  g_free (oracle->expanded);
  g_array_unref (oracle->view);
}

static void
set_expanded (Oracle  *oracle,
              guint    position,
              gboolean expanded)
{
  BackstayJsonNode node = g_array_index (oracle->view, BackstayJsonNode, position);

  if (backstay_json_get_n_children (oracle->json, node) > 0)
    oracle->expanded[node] = expanded;

  backstay_json_tree_set_expanded (oracle->tree, position, expanded);
}

static void
set_all_expanded (Oracle  *oracle,
                  gboolean expanded)
{
  for (BackstayJsonNode node = 0; node < backstay_json_get_n_nodes (oracle->json); node++)
    {
      if (node != backstay_json_get_root (oracle->json) &&
          backstay_json_get_n_children (oracle->json, node) > 0)
        oracle->expanded[node] = expanded;
    }

  if (expanded)
    backstay_json_tree_expand_all (oracle->tree);
  else
    backstay_json_tree_collapse_all (oracle->tree);
}

static void
reveal (Oracle          *oracle,
        BackstayJsonNode node)
{
  BackstayJsonNode root = backstay_json_get_root (oracle->json);
  guint            position;

  for (BackstayJsonNode above = backstay_json_get_parent (oracle->json, node);
       above != BACKSTAY_JSON_NODE_NONE && above != root;
       above = backstay_json_get_parent (oracle->json, above))
    oracle->expanded[above] = TRUE;

  position = backstay_json_tree_reveal (oracle->tree, node);

  if (node != root || backstay_json_get_n_children (oracle->json, root) == 0)
    g_assert_cmpuint (g_array_index (oracle->view, BackstayJsonNode, position), ==, node);
}

static void
take_step (Oracle *oracle,
           GRand  *rand)
{
  guint n_rows = oracle->view->len;
  guint n_nodes = backstay_json_get_n_nodes (oracle->json);
  guint position = (guint) g_rand_int_range (rand, 0, (gint32) n_rows);

  switch (g_rand_int_range (rand, 0, 20))
    {
    case 0:
      set_all_expanded (oracle, TRUE);
      break;

    case 1:
      set_all_expanded (oracle, FALSE);
      break;

    case 2:
    case 3:
    case 4:
    case 5:
      reveal (oracle, (BackstayJsonNode) g_rand_int_range (rand, 0, (gint32) n_nodes));
      break;

    default:
      set_expanded (oracle, position, g_rand_boolean (rand));
      break;
    }
}

static void
test_random (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed ((guint32) g_test_rand_int ());

  for (guint i = 0; i < N_DOCUMENTS; i++)
    {
      g_autoptr (JsonRandom) document = json_random_new (rand);
      g_autofree char *text = json_random_print (document, NULL);
      g_autoptr (BackstayJson) json = json_random_read (text);
      g_autoptr (GPtrArray) held = g_ptr_array_new_with_free_func (g_object_unref);
      Oracle oracle = { NULL };

      oracle_init (&oracle, json);
      assert_same (&oracle);

      for (guint step = 0; step < N_STEPS; step++)
        {
          guint position = (guint) g_rand_int_range (rand, 0, (gint32) oracle.view->len);

          /* Somebody keeps a few rows, which are told of what happens to them. */
          g_ptr_array_add (held, g_list_model_get_item (G_LIST_MODEL (oracle.tree), position));
          if (held->len > 10)
            g_ptr_array_remove_index (held, 0);

          take_step (&oracle, rand);
          assert_same (&oracle);

          for (guint j = 0; j < held->len; j++)
            {
              BackstayJsonItem *item = g_ptr_array_index (held, j);

              g_assert_cmpint (backstay_json_item_get_expanded (item), ==,
                               oracle.expanded[backstay_json_item_get_node (item)]);
            }
        }

      oracle_clear (&oracle);
    }
}

static void
test_roots (void)
{
  static const struct
  {
    const char *text;
    guint       n_rows;
  } cases[] = {
    { "1", 1 },
    { "\"text\"", 1 },
    { "null", 1 },
    { "{}", 1 },
    { "[]", 1 },
    { "[1]", 1 },
    { "[[1]]", 2 },
    { "{\"a\": {\"b\": {}}, \"c\": []}", 3 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (BackstayJson) json = json_random_read (cases[i].text);
      g_autoptr (BackstayJsonTree) tree = backstay_json_tree_new (json);

      g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (tree)), ==, cases[i].n_rows);
      g_assert_true (backstay_json_tree_get_json (tree) == json);
    }
}

/* A small document opens whole, a large one as its outline. */
static void
test_first_rows (void)
{
  g_autoptr (GString) text = g_string_new ("{\"small\": [1, 2, [3]], \"large\": [0");
  g_autoptr (BackstayJson) json = NULL;
  g_autoptr (BackstayJsonTree) tree = NULL;

  for (guint i = 1; i < 1000; i++)
    g_string_append_printf (text, ", %u", i);
  g_string_append (text, "]}");

  json = json_random_read (text->str);
  tree = backstay_json_tree_new (json);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (tree)), ==, 6);

  backstay_json_tree_expand_all (tree);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (tree)), ==, 1006);
  backstay_json_tree_collapse_all (tree);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (tree)), ==, 2);
}

/* An item that outlives the tree, and one that is there twice. */
static void
test_items (void)
{
  g_autoptr (BackstayJson) json =
    json_random_read ("{\"\": \"a\\u0000\\n\", \"k\\u202e\": 1.10, \"o\": {\"x\": [1, 2]}}");
  BackstayJsonTree *tree = backstay_json_tree_new (json);
  g_autoptr (BackstayJsonItem) first = g_list_model_get_item (G_LIST_MODEL (tree), 0);
  g_autoptr (BackstayJsonItem) again = g_list_model_get_item (G_LIST_MODEL (tree), 0);
  g_autoptr (BackstayJsonItem) number = g_list_model_get_item (G_LIST_MODEL (tree), 1);
  g_autoptr (BackstayJsonItem) object = g_list_model_get_item (G_LIST_MODEL (tree), 2);
  g_autoptr (BackstayJsonItem) array = g_list_model_get_item (G_LIST_MODEL (tree), 3);
  g_autoptr (BackstayJsonItem) element = g_list_model_get_item (G_LIST_MODEL (tree), 5);
  g_autofree char *first_key = backstay_json_item_dup_key (first);
  g_autofree char *first_value = backstay_json_item_dup_value (first);
  g_autofree char *first_plain = backstay_json_item_dup_plain_value (first);
  g_autofree char *number_key = backstay_json_item_dup_key (number);
  g_autofree char *number_value = backstay_json_item_dup_value (number);
  g_autofree char *object_value = backstay_json_item_dup_value (object);
  g_autofree char *array_value = backstay_json_item_dup_value (array);
  g_autofree char *element_key = backstay_json_item_dup_key (element);

  g_assert_true (first == again);
  g_assert_finalize_object (tree);

  g_assert_cmpstr (first_key, ==, "\"\"");
  g_assert_cmpstr (first_value, ==, "\"a⟨00⟩↵\"");
  g_assert_cmpstr (first_plain, ==, "\"a\\u0000\\n\"");
  g_assert_cmpstr (number_key, ==, "k⟨U+202E⟩");
  g_assert_cmpstr (number_value, ==, "1.10");
  g_assert_cmpstr (object_value, ==, "{ 1 }");
  g_assert_cmpstr (array_value, ==, "[ 2 ]");
  g_assert_cmpstr (element_key, ==, "1");
  g_assert_cmpuint (backstay_json_item_get_depth (object), ==, 0);
  g_assert_cmpuint (backstay_json_item_get_depth (element), ==, 2);
  g_assert_true (backstay_json_item_get_expandable (array));
  g_assert_false (backstay_json_item_get_expandable (element));
}

static void
test_long_string (void)
{
  g_autofree char *filling = g_strnfill (200000, 'x');
  g_autofree char *text = g_strdup_printf ("[\"%s\"]", filling);
  g_autoptr (BackstayJson) json = json_random_read (text);
  g_autoptr (BackstayJsonTree) tree = backstay_json_tree_new (json);
  g_autoptr (BackstayJsonItem) item = g_list_model_get_item (G_LIST_MODEL (tree), 0);
  g_autofree char *value = backstay_json_item_dup_value (item);
  g_autofree char *plain = backstay_json_item_dup_plain_value (item);

  g_assert_cmpuint (strlen (value), <, 2000);
  g_assert_nonnull (strstr (value, "…"));
  g_assert_cmpstr (plain, ==, filling);
}

#define N_OBJECTS 1000
#define HELD_ROW 500

static void
held_cb (GListModel *model,
         guint       position,
         guint       n_removed,
         guint       n_added,
         gpointer    user_data)
{
  guint *held = user_data;

  g_assert_true (*held < position || *held >= position + n_removed || n_added <= 1);

  if (*held >= position + n_removed)
    *held = *held - n_removed + n_added;
}

/* A row that somebody holds is not taken away and put back among many others, as a view would look for
 * it among all of them. */
static void
test_held (void)
{
  g_autoptr (GString) text = g_string_new ("[{\"a\": 1, \"b\": 2}");
  g_autoptr (BackstayJson) json = NULL;
  g_autoptr (BackstayJsonTree) tree = NULL;
  g_autoptr (BackstayJsonItem) item = NULL;
  g_autoptr (BackstayJsonItem) found = NULL;
  guint held = HELD_ROW;

  for (guint i = 1; i < N_OBJECTS; i++)
    g_string_append (text, ", {\"a\": 1, \"b\": 2}");
  g_string_append (text, "]");

  json = json_random_read (text->str);
  tree = backstay_json_tree_new (json);
  item = g_list_model_get_item (G_LIST_MODEL (tree), held);
  g_signal_connect (tree, "items-changed", G_CALLBACK (held_cb), &held);

  backstay_json_tree_expand_all (tree);
  g_assert_cmpuint (held, ==, 3 * HELD_ROW);
  backstay_json_tree_collapse_all (tree);
  g_assert_cmpuint (held, ==, HELD_ROW);

  found = g_list_model_get_item (G_LIST_MODEL (tree), held);
  g_assert_true (found == item);
}

static void
wait_for_rows (BackstayJsonTree *tree)
{
  while (backstay_json_tree_get_loading (tree))
    g_main_context_iteration (NULL, TRUE);
}

/* Of a large document rows come later, and whatever is done meanwhile counts. */
static void
test_large (void)
{
  g_autoptr (GString) text = g_string_new ("[");
  g_autoptr (BackstayJson) json = NULL;
  g_autoptr (BackstayJsonTree) tree = NULL;
  guint n_nodes;

  for (guint i = 0; i < 100000; i++)
    g_string_append_printf (text, "%s{\"a\": [1, %u]}", i > 0 ? "," : "", i);
  g_string_append_c (text, ']');

  json = json_random_read (text->str);
  n_nodes = backstay_json_get_n_nodes (json);
  tree = backstay_json_tree_new (json);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (tree)), ==, 100000);

  backstay_json_tree_expand_all (tree);
  g_assert_true (backstay_json_tree_get_loading (tree));
  backstay_json_tree_set_expanded (tree, 1, FALSE);
  wait_for_rows (tree);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (tree)), ==, n_nodes - 1 - 3);

  backstay_json_tree_collapse_all (tree);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (tree)), ==, 100000);

  /* Whoever looks for a node cannot wait. */
  backstay_json_tree_expand_all (tree);
  g_assert_cmpuint (backstay_json_tree_reveal (tree, backstay_json_get_child (json, backstay_json_get_root (json), 1)), ==, 4);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (tree)), ==, n_nodes - 1);

  backstay_json_tree_collapse_all (tree);
  backstay_json_tree_expand_all (tree);
  g_clear_object (&tree);
  g_main_context_iteration (NULL, FALSE);
}

/* Rows can come little by little, until somebody needs all of them. */
static void
test_limit (void)
{
  g_autoptr (BackstayJson) json = json_random_read ("[1, 2, 3, 4, [5], 6]");
  Oracle oracle;

  oracle.json = json;
  oracle.tree = backstay_json_tree_new (json);
  oracle.expanded = g_new0 (gboolean, backstay_json_get_n_nodes (json));
  oracle.view = g_array_new (FALSE, FALSE, sizeof (BackstayJsonNode));
  backstay_json_tree_set_limit (oracle.tree, 2);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (oracle.tree)), ==, 2);
  g_assert_null (g_list_model_get_item (G_LIST_MODEL (oracle.tree), 2));
  items_changed_cb (G_LIST_MODEL (oracle.tree), 0, 0, 2, &oracle);
  g_signal_connect (oracle.tree, "items-changed", G_CALLBACK (items_changed_cb), &oracle);

  backstay_json_tree_set_limit (oracle.tree, 3);
  g_assert_cmpuint (oracle.view->len, ==, 3);
  backstay_json_tree_collapse_all (oracle.tree);
  g_assert_cmpuint (oracle.view->len, ==, 6);
  backstay_json_tree_set_limit (oracle.tree, 4);
  assert_same (&oracle);

  oracle_clear (&oracle);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/json-tree/random", test_random);
  g_test_add_func ("/json-tree/roots", test_roots);
  g_test_add_func ("/json-tree/first-rows", test_first_rows);
  g_test_add_func ("/json-tree/items", test_items);
  g_test_add_func ("/json-tree/held", test_held);
  g_test_add_func ("/json-tree/long-string", test_long_string);
  g_test_add_func ("/json-tree/large", test_large);
  g_test_add_func ("/json-tree/limit", test_limit);

  return g_test_run ();
}
