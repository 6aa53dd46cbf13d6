/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "test-matrix"

#include "config.h"

#include <string.h>

#include "backstay-json-number.h"
#include "backstay-json-path.h"
#include "backstay-matrix-filter.h"
#include "backstay-matrix.h"
#include "json-edit.h"

#define N_ROUNDS 100

/* The checks take a time that grows with the square of the number of documents. */
#define FEW_DOCUMENTS 6

static BackstayMatrix *
make_matrix (BackstayJson **documents,
             guint          n_documents)
{
  g_autoptr (GError) error = NULL;
  BackstayMatrix *matrix = backstay_matrix_new (documents, n_documents, NULL, NULL, &error);

  g_assert_no_error (error);
  g_assert_nonnull (matrix);

  return matrix;
}

/* A matrix of texts, the last of which is NULL. */
static BackstayMatrix *
read_matrix (const char *const *texts)
{
  BackstayJson   *documents[BACKSTAY_MATRIX_MAX_DOCUMENTS];
  guint           n_documents = 0;
  BackstayMatrix *matrix;

  for (; texts[n_documents] != NULL; n_documents++)
    documents[n_documents] = json_random_read (texts[n_documents]);

  matrix = make_matrix (documents, n_documents);

  for (guint i = 0; i < n_documents; i++)
    backstay_json_unref (documents[i]);

  return matrix;
}

static void
append_cell (GString          *out,
             BackstayMatrix   *matrix,
             BackstayMatrixRow row,
             guint             document)
{
  static const char *const signs[] = {
    [BACKSTAY_MATRIX_ROLE_SAME] = "",
    [BACKSTAY_MATRIX_ROLE_SHARED] = "",
    [BACKSTAY_MATRIX_ROLE_OUTLIER] = "!",
    [BACKSTAY_MATRIX_ROLE_VARIED] = "?",
    [BACKSTAY_MATRIX_ROLE_MISSING] = "",
  };
  BackstayJson    *json = backstay_matrix_get_document (matrix, document);
  BackstayJsonNode node = backstay_matrix_get_node (matrix, row, document);
  const char      *lexeme;
  gsize            length;

  g_string_append_printf (out, " %s", signs[backstay_matrix_get_role (matrix, row, document)]);

  if (node == BACKSTAY_JSON_NODE_NONE)
    {
      g_string_append_c (out, '-');
      return;
    }

  lexeme = backstay_json_get_lexeme (json, node, &length);
  if (backstay_json_is_container (json, node))
    g_string_append_printf (out, "%c%u", *lexeme, backstay_json_get_n_children (json, node));
  else
    g_string_append_len (out, lexeme, (gssize) length);
}

/* A line for each row: its path, its cells with "!" for outliers and "?" where nothing is shared,
 * and "~" where equal values are spelt differently. */
static char *
print_matrix (BackstayMatrix *matrix)
{
  GString *out = g_string_new (NULL);

  for (BackstayMatrixRow row = 0; row < backstay_matrix_get_n_rows (matrix); row++)
    {
      g_autofree char *path = backstay_matrix_dup_path (matrix, row);

      g_string_append_printf (out, "%s:", path);
      for (guint i = 0; i < backstay_matrix_get_n_documents (matrix); i++)
        append_cell (out, matrix, row, i);
      if (backstay_matrix_get_respelt (matrix, row))
        g_string_append (out, " ~");
      g_string_append_c (out, '\n');
    }

  return g_string_free (out, FALSE);
}

static void
test_table (void)
{
  static const struct
  {
    const char *texts[5];
    const char *expected;
    guint       n_differing;
    guint       n_respelt;
  } cases[] = {
    { { "1", "1.0", "10e-1" }, ": 1 1.0 10e-1 ~\n", 0, 1 },
    { { "1", "2", "1" }, ": 1 !2 1\n", 1, 0 },
    { { "1", "1.0", "2" }, ": 1 1.0 !2 ~\n", 1, 0 },
    { { "1", "2" }, ": ?1 ?2\n", 1, 0 },
    { { "1", "2", "1", "2" }, ": ?1 ?2 ?1 ?2\n", 1, 0 },
    { { "7", "\"7\"", "7" }, ": 7 !\"7\" 7\n", 1, 0 },
    { { "9007199254740993", "9007199254740992", "9007199254740993" },
      ": 9007199254740993 !9007199254740992 9007199254740993\n",
      1,
      0 },
    { { "1e400", "1e400", "1e401" }, ": 1e400 1e400 !1e401\n", 1, 0 },
    { { "\"\\u0061\"", "\"a\"" }, ": \"\\u0061\" \"a\" ~\n", 0, 1 },
    { { "\"\u00e9\"", "\"e\u0301\"", "\"\u00e9\"" }, ": \"\u00e9\" !\"e\u0301\" \"\u00e9\"\n", 1, 0 },
    { { "null", "false", "null" }, ": null !false null\n", 1, 0 },
    /* What is missing sets a document apart, but no value; and it is not null. */
    { { "{\"a\": null}", "{}", "{}" }, ": !{1 {0 {0\na: null - -\n", 1, 0 },
    { { "{\"a\": 1}", "{\"a\": 1}", "{}" }, ": {1 {1 !{0\na: 1 1 -\n", 1, 0 },
    { { "{\"a\": 1}", "{}", "{\"a\": 2}", "{\"a\": 1}" }, ": {1 !{0 !{1 {1\na: 1 - !2 1\n", 1, 0 },
    { { "{\"a\": 1}", "{}", "{\"a\": 2}" }, ": ?{1 ?{0 ?{1\na: ?1 - ?2\n", 1, 0 },
    /* The order of keys does not matter, and new ones come at the end. */
    { { "{\"a\": 1, \"b\": 2}", "{\"b\": 2, \"c\": 3, \"a\": 1}" },
      ": ?{2 ?{3\na: 1 1\nb: 2 2\nc: - 3\n",
      1,
      0 },
    { { "{\"a\": 1}", "{\"\\u0061\": 1}" }, ": {1 {1\na: 1 1\n", 0, 0 },
    /* Elements go by their index. */
    { { "[1, 2]", "[1, 2, 3]", "[1, 2]" }, ": [2 ![3 [2\n[0]: 1 1 1\n[1]: 2 2 2\n[2]: - 3 -\n", 1, 0 },
    /* Or by what tells them apart in each array: then their order counts by itself. */
    { { "[{\"id\": 1, \"w\": 5}, {\"id\": 2, \"w\": 6}]", "[{\"id\": 2, \"w\": 6}, {\"id\": 3, \"w\": 7}]" },
      ": ?[2 ?[2\n[id=1]: {2 -\n[id=1].id: 1 -\n[id=1].w: 5 -\n[id=2]: {2 {2\n[id=2].id: 2 2\n[id=2].w: 6 6\n"
      "[id=3]: - {2\n[id=3].id: - 3\n[id=3].w: - 7\n",
      4,
      0 },
    { { "[{\"name\": \"a b\"}, {\"name\": \"c\"}]", "[{\"name\": \"c\"}, {\"name\": \"a b\"}]", "[{\"name\": \"a b\"}, {\"name\": \"c\"}]" },
      ": [2 ![2 [2\n[name=\"a b\"]: {1 {1 {1\n[name=\"a b\"].name: \"a b\" \"a b\" \"a b\"\n"
      "[name=c]: {1 {1 {1\n[name=c].name: \"c\" \"c\" \"c\"\n",
      1,
      0 },
    { { "[{\"id\": 1}, {\"id\": 2}]", "[{\"id\": 0}, {\"id\": 1}, {\"id\": 2}]" },
      ": ?[2 ?[3\n[id=1]: {1 {1\n[id=1].id: 1 1\n[id=2]: {1 {1\n[id=2].id: 2 2\n[id=0]: - {1\n[id=0].id: - 0\n",
      1,
      0 },
    /* Not where one of the arrays has it twice, or not at all. */
    { { "[{\"id\": 1}]", "[{\"id\": 1}, {\"id\": 1.0}]" },
      ": ?[1 ?[2\n[0]: {1 {1\n[0].id: 1 1\n[1]: - {1\n[1].id: - 1.0\n",
      1,
      0 },
    /* A number as a key is no index. */
    { { "{\"x\": {\"0\": 1}}", "{\"x\": [1]}" },
      ": ?{1 ?{1\nx: ?{1 ?[1\nx[\"0\"]: 1 -\nx[0]: - 1\n",
      2,
      0 },
    { { "[]", "{}", "[]" }, ": [0 !{0 [0\n", 1, 0 },
    /* A difference far below sets the containers above it apart. */
    { { "{\"a\": [{\"b\": 1}]}", "{\"a\": [{\"b\": 1.0}]}", "{\"a\": [{\"b\": 2}]}" },
      ": {1 {1 !{1\na: [1 [1 ![1\na[0]: {1 {1 !{1\na[0].b: 1 1.0 !2 ~\n",
      1,
      0 },
    /* Each element sets other documents apart. */
    { { "[1, 1]", "[1, 2]", "[2, 1]", "[1, 2]" },
      ": ![2 [2 ![2 [2\n[0]: 1 1 !2 1\n[1]: ?1 ?2 ?1 ?2\n",
      2,
      0 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (BackstayMatrix) matrix = read_matrix (cases[i].texts);
      g_autofree char *printed = print_matrix (matrix);

      g_test_message ("%s", cases[i].texts[0]);

      g_assert_cmpstr (printed, ==, cases[i].expected);
      g_assert_cmpuint (backstay_matrix_get_n_differing (matrix), ==, cases[i].n_differing);
      g_assert_cmpuint (backstay_matrix_get_n_respelt (matrix), ==, cases[i].n_respelt);
    }
}

static void
test_duplicate_key (void)
{
  BackstayJson *documents[] = {
    json_random_read ("{\"a\": 1}"),
    json_random_read ("{\"b\": {\"a\": 1, \"\\u0061\": 2}}"),
  };
  g_autoptr (GError) error = NULL;

  g_assert_null (backstay_matrix_new (documents, 2, NULL, NULL, &error));
  g_assert_error (error, BACKSTAY_JSON_ERROR, BACKSTAY_JSON_ERROR_DUPLICATE_KEY);

  backstay_json_unref (documents[0]);
  backstay_json_unref (documents[1]);
}

/* Random documents */

static void
make_documents (GRand         *rand,
                BackstayJson **documents,
                guint          n_documents)
{
  g_autoptr (JsonRandom) origin = json_random_new (rand);

  for (guint i = 0; i < n_documents; i++)
    {
      JsonRandom      *edited = json_edit (json_edit_copy (origin), rand,
                                           (guint) g_rand_int_range (rand, 0, 4));
      g_autofree char *text = json_random_print (edited, rand);

      documents[i] = json_random_read (text);
      json_random_free (edited);
    }
}

/* Another way to compare: without partitions, both values at a time, from the top. */
static gboolean
values_equal (BackstayJson    *a,
              BackstayJsonNode x,
              BackstayJson    *b,
              BackstayJsonNode y)
{
  BackstayJsonKind kind;

  if (x == BACKSTAY_JSON_NODE_NONE || y == BACKSTAY_JSON_NODE_NONE)
    return x == y;

  kind = backstay_json_get_kind (a, x);
  if (kind != backstay_json_get_kind (b, y) ||
      backstay_json_get_n_children (a, x) != backstay_json_get_n_children (b, y))
    return FALSE;

  if (!backstay_json_is_container (a, x))
    {
      gsize            length;
      gsize            other_length;
      const char      *lexeme = backstay_json_get_lexeme (a, x, &length);
      const char      *other = backstay_json_get_lexeme (b, y, &other_length);
      g_autofree char *string = NULL;
      g_autofree char *other_string = NULL;

      if (kind == BACKSTAY_JSON_KIND_NUMBER)
        return backstay_json_number_equal (lexeme, length, other, other_length);
      if (kind != BACKSTAY_JSON_KIND_STRING)
        return *lexeme == *other;

      string = backstay_json_dup_string (a, x, &length);
      other_string = backstay_json_dup_string (b, y, &other_length);

      return length == other_length && memcmp (string, other_string, length) == 0;
    }

  for (guint i = 0; i < backstay_json_get_n_children (a, x); i++)
    {
      BackstayJsonNode child = backstay_json_get_child (a, x, i);
      BackstayJsonNode other = backstay_json_get_child (b, y, i);

      if (kind == BACKSTAY_JSON_KIND_OBJECT)
        {
          gsize            length;
          g_autofree char *key = backstay_json_dup_key (a, child, &length);

          /* No key of random documents holds U+0000. */
          other = backstay_json_find_member (b, y, key);
        }

      if (!values_equal (a, child, b, other))
        return FALSE;
    }

  return TRUE;
}

/* Each cell is what the row's path finds in its document, and each node of a document is in a cell. */
static void
check_cells (BackstayMatrix *matrix,
             BackstayJson  **documents,
             guint           n_documents)
{
  for (guint i = 0; i < n_documents; i++)
    {
      guint n_cells = 0;

      for (BackstayMatrixRow row = 0; row < backstay_matrix_get_n_rows (matrix); row++)
        {
          guint            first = backstay_matrix_get_first_document (matrix, row);
          BackstayJsonNode origin = backstay_matrix_get_node (matrix, row, first);
          BackstayJsonNode node = backstay_matrix_get_node (matrix, row, i);
          g_autofree char *pointer = backstay_json_dup_pointer (documents[first], origin);
          BackstayJsonNode found = BACKSTAY_JSON_NODE_NONE;

          backstay_json_find_pointer (documents[i], pointer, &found);

          /* The path is the same whether it names a member or an element, but the row is not. */
          if (node == BACKSTAY_JSON_NODE_NONE && found != BACKSTAY_JSON_NODE_NONE)
            {
              BackstayMatrixRow above = row;
              gboolean          other_kind = FALSE;

              for (; above != 0; above = backstay_matrix_get_parent (matrix, above))
                {
                  BackstayJsonNode mine = backstay_matrix_get_node (matrix, above, first);

                  other_kind |= backstay_json_has_key (documents[first], mine) !=
                                backstay_json_has_key (documents[i], found);
                  found = backstay_json_get_parent (documents[i], found);
                }

              g_assert_true (other_kind);
              continue;
            }

          g_assert_cmpuint (node, ==, found);
          n_cells += node != BACKSTAY_JSON_NODE_NONE;
        }

      g_assert_cmpuint (n_cells, ==, backstay_json_get_n_nodes (documents[i]));
    }
}

/* Which documents have the same, and what most have, is found out anew for each row. */
static void
check_roles (BackstayMatrix *matrix,
             BackstayJson  **documents,
             guint           n_documents)
{
  for (BackstayMatrixRow row = 0; row < backstay_matrix_get_n_rows (matrix); row++)
    {
      guint counts[BACKSTAY_MATRIX_MAX_DOCUMENTS] = { 0 };
      guint n_present = n_documents - backstay_matrix_get_n_missing (matrix, row);
      guint best = 0;
      guint n_at_best = 0;

      for (guint i = 0; i < n_documents; i++)
        {
          if (backstay_matrix_get_node (matrix, row, i) == BACKSTAY_JSON_NODE_NONE)
            continue;

          for (guint j = 0; j < n_documents; j++)
            counts[i] += values_equal (documents[i], backstay_matrix_get_node (matrix, row, i),
                                       documents[j], backstay_matrix_get_node (matrix, row, j));
          best = MAX (best, counts[i]);
        }

      for (guint i = 0; i < n_documents; i++)
        n_at_best += counts[i] == best;

      g_assert_cmpint (backstay_matrix_get_differs (matrix, row), ==, best < n_documents);

      for (guint i = 0; i < n_documents; i++)
        {
          BackstayMatrixRole role = BACKSTAY_MATRIX_ROLE_SAME;

          if (counts[i] == 0)
            role = BACKSTAY_MATRIX_ROLE_MISSING;
          else if (best < n_present && n_at_best > best)
            role = BACKSTAY_MATRIX_ROLE_VARIED;
          else if (best < n_present)
            role = counts[i] == best ? BACKSTAY_MATRIX_ROLE_SHARED : BACKSTAY_MATRIX_ROLE_OUTLIER;

          g_assert_cmpint (backstay_matrix_get_role (matrix, row, i), ==, role);
        }
    }
}

static void
check_tree (BackstayMatrix *matrix)
{
  guint n_rows = backstay_matrix_get_n_rows (matrix);

  g_assert_cmpuint (backstay_matrix_get_parent (matrix, 0), ==, BACKSTAY_MATRIX_ROW_NONE);
  g_assert_cmpuint (backstay_matrix_get_end (matrix, 0), ==, n_rows);

  for (BackstayMatrixRow row = 1; row < n_rows; row++)
    {
      BackstayMatrixRow parent = backstay_matrix_get_parent (matrix, row);

      g_assert_cmpuint (parent, <, row);
      g_assert_cmpuint (backstay_matrix_get_end (matrix, row), >, row);
      g_assert_cmpuint (backstay_matrix_get_end (matrix, row), <=, backstay_matrix_get_end (matrix, parent));
      g_assert_cmpuint (backstay_matrix_get_depth (matrix, row), ==,
                        backstay_matrix_get_depth (matrix, parent) + 1);
    }
}

static guint8 *
filter_rows (BackstayMatrix    *matrix,
             gboolean           differences,
             const char        *needle,
             const char *const *pointers)
{
  BackstayMatrixFilter filter = { .differences = differences, .needle = needle, .pointers = pointers };
  g_autoptr (GError) error = NULL;
  guint8 *marks = backstay_matrix_filter (matrix, &filter, NULL, NULL, &error);

  g_assert_no_error (error);

  return marks;
}

/* Hidden are exactly the rows where all cells are equal. */
static void
check_differences (BackstayMatrix *matrix)
{
  g_autofree guint8 *marks = filter_rows (matrix, TRUE, NULL, NULL);

  for (BackstayMatrixRow row = 0; row < backstay_matrix_get_n_rows (matrix); row++)
    g_assert_cmpint ((marks[row] & BACKSTAY_MATRIX_MARK_SHOWN) != 0, ==,
                     backstay_matrix_get_differs (matrix, row));
}

static gboolean
path_has (BackstayMatrix   *matrix,
          BackstayMatrixRow row,
          const char       *needle)
{
  g_autofree char *path = backstay_matrix_dup_path (matrix, row);
  g_autofree char *folded = g_utf8_casefold (path, -1);
  g_autofree char *folded_needle = g_utf8_casefold (needle, -1);

  return strstr (folded, folded_needle) != NULL;
}

/* Shown is what has the needle in its path, what is above such a row, and nothing else. */
static void
check_needle (BackstayMatrix *matrix,
              const char     *needle)
{
  g_autofree guint8 *marks = filter_rows (matrix, FALSE, needle, NULL);

  for (BackstayMatrixRow row = 0; row < backstay_matrix_get_n_rows (matrix); row++)
    {
      gboolean expected = FALSE;

      for (BackstayMatrixRow below = row; below < backstay_matrix_get_end (matrix, row); below++)
        expected |= path_has (matrix, below, needle);

      g_assert_cmpint ((marks[row] & BACKSTAY_MATRIX_MARK_SHOWN) != 0, ==, expected);
    }
}

static void
test_random (void)
{
  for (guint32 seed = 0; seed < N_ROUNDS; seed++)
    {
      g_autoptr (GRand) rand = g_rand_new_with_seed (seed);
      BackstayJson *documents[BACKSTAY_MATRIX_MAX_DOCUMENTS];
      guint         n_documents = seed % 20 == 0 ? BACKSTAY_MATRIX_MAX_DOCUMENTS
                                                 : (guint) g_rand_int_range (rand, 1, FEW_DOCUMENTS);
      g_autoptr (BackstayMatrix) matrix = NULL;

      g_test_message ("seed %u", seed);
      make_documents (rand, documents, n_documents);
      matrix = make_matrix (documents, n_documents);

      check_tree (matrix);
      check_cells (matrix, documents, n_documents);
      check_roles (matrix, documents, n_documents);
      check_differences (matrix);
      check_needle (matrix, "A");
      check_needle (matrix, "0].");

      for (guint i = 0; i < n_documents; i++)
        backstay_json_unref (documents[i]);
    }
}

/* Some of a few elements, in any order. */
static char *
write_elements (GRand *rand)
{
  GString *text = g_string_new ("[");
  guint    n = (guint) g_rand_int_range (rand, 0, 5);
  guint    first = (guint) g_rand_int_range (rand, 0, 5);
  guint    step = (guint) g_rand_int_range (rand, 1, 5);

  for (guint i = 0; i < n; i++)
    g_string_append_printf (text, "%s{\"name\": \"e%u\", \"w\": %d}", i > 0 ? "," : "",
                            (first + i * step) % 5, g_rand_int_range (rand, 0, 8) / 7);

  g_string_append_c (text, ']');

  return g_string_free (text, FALSE);
}

/* Elements that go by a name: arrays are the same if they have the same in the same order. */
static void
test_elements (void)
{
  for (guint32 seed = 0; seed < N_ROUNDS; seed++)
    {
      g_autoptr (GRand) rand = g_rand_new_with_seed (seed);
      BackstayJson *documents[4];
      g_autoptr (BackstayMatrix) matrix = NULL;

      g_test_message ("seed %u", seed);

      for (guint i = 0; i < G_N_ELEMENTS (documents); i++)
        {
          g_autofree char *text = write_elements (rand);

          documents[i] = json_random_read (text);
        }

      matrix = make_matrix (documents, G_N_ELEMENTS (documents));
      check_tree (matrix);
      check_roles (matrix, documents, G_N_ELEMENTS (documents));
      check_differences (matrix);

      for (guint i = 0; i < G_N_ELEMENTS (documents); i++)
        backstay_json_unref (documents[i]);
    }
}

/* Filters */

static const char *const filtered[] = {
  "{\"default_settings\": {\"Guidance_Scale\": 7.5, \"steps\": 50, \"a/b\": {\"~\": 1}}, \"same\": [1, {\"x\": 2}],"
  " \"only\": {\"deep\": {\"er\": 1}}, \"\": 0}",
  "{\"default_settings\": {\"Guidance_Scale\": 99, \"steps\": 50, \"a/b\": {\"~\": 1}}, \"same\": [1, {\"x\": 2}],"
  " \"\": 0}",
  NULL,
};

/* The rows that a tree shows at first, parted by spaces. */
static char *
list_open_rows (BackstayMatrix *matrix,
                const guint8   *marks)
{
  GString          *out = g_string_new (NULL);
  BackstayMatrixRow row = 1;

  while (row < backstay_matrix_get_n_rows (matrix))
    {
      if ((marks[row] & BACKSTAY_MATRIX_MARK_SHOWN) != 0)
        {
          g_autofree char *path = backstay_matrix_dup_path (matrix, row);

          g_string_append_printf (out, "%s%s", out->len > 0 ? " " : "", path);
        }

      if ((marks[row] & BACKSTAY_MATRIX_MARK_EXPANDED) != 0)
        row++;
      else
        row = backstay_matrix_get_end (matrix, row);
    }

  return g_string_free (out, FALSE);
}

static void
test_filter (void)
{
  static const struct
  {
    gboolean    differences;
    const char *needle;
    const char *pointers[3];
    const char *expected;
  } cases[] = {
    { FALSE, NULL, { NULL }, "default_settings default_settings.Guidance_Scale default_settings.steps default_settings[\"a/b\"] same only [\"\"]" },
    { TRUE, NULL, { NULL }, "default_settings default_settings.Guidance_Scale only" },
    { FALSE, "guidance_scale", { NULL }, "default_settings default_settings.Guidance_Scale" },
    { FALSE, "settings.GUI", { NULL }, "default_settings default_settings.Guidance_Scale" },
    { FALSE, "same[1]", { NULL }, "same same[1]" },
    { FALSE, "er", { NULL }, "only only.deep only.deep.er" },
    { TRUE, "steps", { NULL }, "" },
    { FALSE, "nowhere", { NULL }, "" },
    { FALSE, NULL, { "/default_settings/steps" }, "default_settings default_settings.steps" },
    { TRUE, NULL, { "/default_settings/steps" }, "" },
    { FALSE, NULL, { "/default_settings/steps", "/same/1/x" }, "default_settings default_settings.steps same same[1] same[1].x" },
    { FALSE, NULL, { "/default_settings/a~1b/~0" }, "default_settings default_settings[\"a/b\"] default_settings[\"a/b\"][\"~\"]" },
    { FALSE, NULL, { "/same/01", "/nowhere" }, "" },
    { FALSE, NULL, { "/" }, "[\"\"]" },
    { FALSE, NULL, { "same" }, "" },
    { FALSE, "x", { "/default_settings", "/same" }, "same same[1] same[1].x" },
  };
  g_autoptr (BackstayMatrix) matrix = read_matrix (filtered);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree guint8 *marks = filter_rows (matrix, cases[i].differences, cases[i].needle,
                                              cases[i].pointers[0] != NULL ? cases[i].pointers : NULL);
      g_autofree char   *rows = list_open_rows (matrix, marks);

      g_test_message ("%u", i);
      g_assert_cmpstr (rows, ==, cases[i].expected);
    }
}

/* What some documents do not have is left out if asked, and only what is shown is counted. */
static void
test_complete (void)
{
  static const char *const texts[] = {
    "{\"a\": 1, \"b\": {\"x\": 1, \"y\": 2}, \"only\": 1}",
    "{\"a\": 2, \"b\": {\"x\": 3}, \"also\": 1}",
    NULL,
  };
  g_autoptr (BackstayMatrix) matrix = read_matrix (texts);

  for (guint complete = 0; complete < 2; complete++)
    {
      BackstayMatrixFilter filter = { .differences = TRUE, .complete = complete != 0 };
      g_autofree guint8   *marks = backstay_matrix_filter (matrix, &filter, NULL, NULL, NULL);
      g_autofree char     *rows = list_open_rows (matrix, marks);

      g_assert_cmpstr (rows, ==, complete ? "a b b.x" : "a b b.x b.y only also");
      g_assert_cmpuint (backstay_matrix_count_differing (matrix, marks), ==, complete ? 2 : 5);
    }

  g_assert_cmpuint (backstay_matrix_get_n_differing (matrix), ==, 5);
}

/* Size */

static gboolean
stop_at_once (gsize    n_done,
              gsize    n_total,
              gpointer user_data)
{
  guint *n_calls = user_data;

  g_assert_cmpuint (n_done, <=, n_total);
  *n_calls += 1;

  return FALSE;
}

static char *
make_long (guint n,
           guint first)
{
  GString *text = g_string_new ("[");

  for (guint i = 0; i < n; i++)
    g_string_append_printf (text, "%s{\"k%u\": %u}", i > 0 ? ", " : "", first + i, i);
  g_string_append_c (text, ']');

  return g_string_free (text, FALSE);
}

/* Nothing in common is no more work than everything. */
static void
test_cancel (void)
{
  g_autofree char *one = make_long (50000, 0);
  g_autofree char *other = make_long (50000, 50000);
  const char      *texts[] = { one, other, NULL };
  g_autoptr (BackstayMatrix) matrix = read_matrix (texts);
  BackstayJson        *documents[] = { backstay_matrix_get_document (matrix, 0),
                                       backstay_matrix_get_document (matrix, 1) };
  BackstayMatrixFilter filter = { FALSE };
  g_autoptr (GError) error = NULL;
  guint n_calls = 0;

  g_assert_cmpuint (backstay_matrix_get_n_rows (matrix), ==, 1 + 50000 + 100000);
  g_assert_cmpuint (backstay_matrix_get_n_differing (matrix), ==, 100000);

  g_assert_null (backstay_matrix_new (documents, 2, stop_at_once, &n_calls, &error));
  g_assert_error (error, BACKSTAY_JSON_ERROR, BACKSTAY_JSON_ERROR_CANCELLED);
  g_assert_cmpuint (n_calls, ==, 1);
  g_clear_error (&error);

  g_assert_null (backstay_matrix_filter (matrix, &filter, stop_at_once, &n_calls, &error));
  g_assert_error (error, BACKSTAY_JSON_ERROR, BACKSTAY_JSON_ERROR_CANCELLED);
  g_assert_cmpuint (n_calls, ==, 2);
}

static void
test_deep (void)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GString) other = g_string_new (NULL);

  for (guint i = 0; i < BACKSTAY_JSON_MAX_DEPTH; i++)
    g_string_append_c (text, '[');
  g_string_append (other, text->str);
  g_string_append_c (other, '1');
  for (guint i = 0; i < BACKSTAY_JSON_MAX_DEPTH; i++)
    {
      g_string_append_c (text, ']');
      g_string_append_c (other, ']');
    }

  {
    const char *texts[] = { text->str, other->str, text->str, NULL };
    g_autoptr (BackstayMatrix) matrix = read_matrix (texts);
    g_autofree guint8 *marks = filter_rows (matrix, TRUE, "0][0", NULL);

    g_assert_cmpuint (backstay_matrix_get_n_rows (matrix), ==, BACKSTAY_JSON_MAX_DEPTH + 1);
    g_assert_cmpuint (backstay_matrix_get_n_differing (matrix), ==, 1);
    g_assert_cmpint (backstay_matrix_get_role (matrix, 0, 1), ==, BACKSTAY_MATRIX_ROLE_OUTLIER);
    g_assert_cmpint (marks[BACKSTAY_JSON_MAX_DEPTH] & BACKSTAY_MATRIX_MARK_SHOWN, !=, 0);
  }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/matrix/table", test_table);
  g_test_add_func ("/matrix/duplicate-key", test_duplicate_key);
  g_test_add_func ("/matrix/random", test_random);
  g_test_add_func ("/matrix/elements", test_elements);
  g_test_add_func ("/matrix/filter", test_filter);
  g_test_add_func ("/matrix/complete", test_complete);
  g_test_add_func ("/matrix/cancel", test_cancel);
  g_test_add_func ("/matrix/deep", test_deep);

  return g_test_run ();
}
