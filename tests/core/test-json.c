/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "test-json"

#include "config.h"

#include <string.h>

#include "backstay-json.h"

static BackstayJson *
read_text (const char *text)
{
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));
  g_autoptr (GError) error = NULL;
  BackstayJson *json = backstay_json_new (bytes, NULL, NULL, &error);

  g_assert_no_error (error);
  g_assert_nonnull (json);

  return json;
}

static char *
dup_lexeme (BackstayJson    *json,
            BackstayJsonNode node)
{
  gsize       length;
  const char *lexeme = backstay_json_get_lexeme (json, node, &length);

  return g_strndup (lexeme, length);
}

static void
test_valid (void)
{
  static const struct
  {
    const char      *text;
    BackstayJsonKind kind;
    guint            n_nodes;
  } cases[] = {
    { "{}", BACKSTAY_JSON_KIND_OBJECT, 1 },
    { "[]", BACKSTAY_JSON_KIND_ARRAY, 1 },
    { "\"\"", BACKSTAY_JSON_KIND_STRING, 1 },
    { "0", BACKSTAY_JSON_KIND_NUMBER, 1 },
    { "-1", BACKSTAY_JSON_KIND_NUMBER, 1 },
    { "true", BACKSTAY_JSON_KIND_BOOLEAN, 1 },
    { "false", BACKSTAY_JSON_KIND_BOOLEAN, 1 },
    { "null", BACKSTAY_JSON_KIND_NULL, 1 },
    { " \t\r\n[\t1 ,\r\n2 ]\n", BACKSTAY_JSON_KIND_ARRAY, 3 },
    { "[[],{},[[]],[{}]]", BACKSTAY_JSON_KIND_ARRAY, 7 },
    { "{\"a\":1,\"b\":{\"c\":[true,null]}}", BACKSTAY_JSON_KIND_OBJECT, 6 },
    { "{\"\":0}", BACKSTAY_JSON_KIND_OBJECT, 2 },
    { "{\"a\":1,\"a\":2,\"a\":1}", BACKSTAY_JSON_KIND_OBJECT, 4 },
    { "{\"a\" : \t1}", BACKSTAY_JSON_KIND_OBJECT, 2 },
    { "{\"__proto__\":{\"constructor\":1}}", BACKSTAY_JSON_KIND_OBJECT, 3 },
    { "[\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u0000\\uFFFF\"]", BACKSTAY_JSON_KIND_ARRAY, 2 },
    { "[\"\\ud83d\\uDe00\",\"\\u0060\\u012a\\u12AB\"]", BACKSTAY_JSON_KIND_ARRAY, 3 },
    { "[\"\x7f\", \"\xc2\x80\", \"\xdf\xbf\", \"\xe0\xa0\x80\"]", BACKSTAY_JSON_KIND_ARRAY, 5 },
    { "[\"\xed\x9f\xbf\", \"\xee\x80\x80\", \"\xef\xbf\xbf\"]", BACKSTAY_JSON_KIND_ARRAY, 4 },
    { "[\"\xf0\x90\x80\x80\", \"\xf4\x8f\xbf\xbf\"]", BACKSTAY_JSON_KIND_ARRAY, 3 },
    { "\"\xef\xbb\xbf a byte order mark within a string\"", BACKSTAY_JSON_KIND_STRING, 1 },
    { "\"\xe2\x80\xa8\xe2\x80\xa9 line separators\"", BACKSTAY_JSON_KIND_STRING, 1 },
    { "[ 1, \"[2]\" , \"a,b:c{d}\" ]", BACKSTAY_JSON_KIND_ARRAY, 4 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (BackstayJson) json = read_text (cases[i].text);
      BackstayJsonNode root = backstay_json_get_root (json);
      g_autofree char *escaped = g_strescape (cases[i].text, NULL);

      g_test_message ("%s", escaped);
      g_assert_cmpint (backstay_json_get_kind (json, root), ==, cases[i].kind);
      g_assert_cmpuint (backstay_json_get_n_nodes (json), ==, cases[i].n_nodes);
      g_assert_cmpuint (backstay_json_get_parent (json, root), ==, BACKSTAY_JSON_NODE_NONE);
      g_assert_cmpuint (backstay_json_get_depth (json, root), ==, 0);
      g_assert_false (backstay_json_has_key (json, root));
    }
}

static void
test_numbers (void)
{
  static const char *numbers[] = {
    "0",
    "-0",
    "-0.0",
    "1",
    "10",
    "1.0",
    "1.10",
    "0.1",
    "0.10",
    "1e400",
    "1e-400",
    "1E+2",
    "1e00",
    "0e1",
    "9007199254740993",
    "18446744073709551616",
    "123456789012345678901234567890",
    "-1e131071",
    "0.1000000000000000055511151231257827",
    "3.141592653589793238462643383279",
    "1.7976931348623157e309",
  };

  for (guint i = 0; i < G_N_ELEMENTS (numbers); i++)
    {
      g_autofree char *text = g_strdup_printf ("[%s,{\"n\": %s }]", numbers[i], numbers[i]);
      g_autoptr (BackstayJson) scalar = read_text (numbers[i]);
      g_autoptr (BackstayJson) json = read_text (text);
      BackstayJsonNode root = backstay_json_get_root (json);
      BackstayJsonNode object = backstay_json_get_child (json, root, 1);
      BackstayJsonNode member = backstay_json_find_member (json, object, "n");
      g_autofree char *root_lexeme = dup_lexeme (scalar, backstay_json_get_root (scalar));
      g_autofree char *element_lexeme = dup_lexeme (json, backstay_json_get_child (json, root, 0));
      g_autofree char *member_lexeme = dup_lexeme (json, member);

      g_assert_cmpstr (root_lexeme, ==, numbers[i]);
      g_assert_cmpstr (element_lexeme, ==, numbers[i]);
      g_assert_cmpstr (member_lexeme, ==, numbers[i]);
      g_assert_cmpint (backstay_json_get_kind (json, member), ==, BACKSTAY_JSON_KIND_NUMBER);
    }
}

/* Lengths around eight, as so many bytes are looked at together. */
static void
test_long_tokens (void)
{
  for (guint length = 0; length < 70; length++)
    {
      g_autofree char *letters = g_strnfill (length, 'x');
      g_autofree char *digits = g_strnfill (length + 1, '7');
      g_autofree char *text = g_strdup_printf ("{\"%s\":\"%sé%s\",\"d\":%s}",
                                               letters, letters, letters, digits);
      g_autofree char *expected = g_strconcat (letters, "é", letters, NULL);
      g_autoptr (BackstayJson) json = read_text (text);
      BackstayJsonNode root = backstay_json_get_root (json);
      BackstayJsonNode value = backstay_json_find_member (json, root, letters);
      g_autofree char *string = backstay_json_dup_string (json, value, NULL);
      g_autofree char *number = dup_lexeme (json, backstay_json_find_member (json, root, "d"));

      g_assert_cmpstr (string, ==, expected);
      g_assert_cmpstr (number, ==, digits);
    }
}

static void
test_decoding (void)
{
  g_autoptr (BackstayJson) json =
    read_text ("{\"k\\u0065y \\\"\":\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u00e9\\u20AC\\ud83d\\uDE00é\","
               "\"n\\u0000l\":\"a\\u0000b\"}");
  BackstayJsonNode root = backstay_json_get_root (json);
  BackstayJsonNode first = backstay_json_get_child (json, root, 0);
  BackstayJsonNode second = backstay_json_get_child (json, root, 1);
  gsize            length;
  gsize            key_length;
  g_autofree char *key = backstay_json_dup_key (json, first, NULL);
  g_autofree char *string = backstay_json_dup_string (json, first, &length);
  g_autofree char *nul_key = backstay_json_dup_key (json, second, &key_length);
  g_autofree char *nul_string = NULL;

  g_assert_cmpstr (key, ==, "key \"");
  g_assert_cmpstr (string, ==, "\"\\/\b\f\n\r\té€😀é");
  g_assert_cmpuint (length, ==, strlen (string));
  g_assert_cmpmem (nul_key, key_length, "n\0l", 3);

  nul_string = backstay_json_dup_string (json, second, &length);
  g_assert_cmpmem (nul_string, length, "a\0b", 3);

  g_assert_null (backstay_json_dup_key (json, root, NULL));
  g_assert_null (backstay_json_get_key_lexeme (json, root, &length));
  g_assert_nonnull (backstay_json_get_key_lexeme (json, first, &length));
  g_assert_cmpuint (length, ==, strlen ("\"k\\u0065y \\\"\""));
}

static guint
find_index (BackstayJson *json,
            const char   *key)
{
  BackstayJsonNode member = backstay_json_find_member (json, backstay_json_get_root (json), key);

  g_assert_cmpuint (member, !=, BACKSTAY_JSON_NODE_NONE);

  return backstay_json_get_index (json, member);
}

static void
test_find_member (void)
{
  g_autoptr (BackstayJson) json =
    read_text ("{\"a\":0,\"\":1,\"a\" \n : 2,\"\\u00e9\":3,\"ab\":4,\"x\\\\\" :5,\"list\":[6]}");
  BackstayJsonNode root = backstay_json_get_root (json);
  BackstayJsonNode list = backstay_json_find_member (json, root, "list");

  /* Of two members with the same key the last one counts. */
  g_assert_cmpuint (find_index (json, "a"), ==, 2);
  g_assert_cmpuint (find_index (json, ""), ==, 1);
  g_assert_cmpuint (find_index (json, "é"), ==, 3);
  g_assert_cmpuint (find_index (json, "ab"), ==, 4);
  g_assert_cmpuint (find_index (json, "x\\"), ==, 5);
  g_assert_cmpuint (backstay_json_find_member (json, root, "A"), ==, BACKSTAY_JSON_NODE_NONE);
  g_assert_cmpuint (backstay_json_find_member (json, root, "\\u00e9"), ==, BACKSTAY_JSON_NODE_NONE);
  g_assert_cmpuint (backstay_json_find_member (json, list, "0"), ==, BACKSTAY_JSON_NODE_NONE);
  g_assert_cmpuint (backstay_json_get_child (json, list, 1), ==, BACKSTAY_JSON_NODE_NONE);
}

static void
test_depth (void)
{
  for (guint depth = BACKSTAY_JSON_MAX_DEPTH; depth <= BACKSTAY_JSON_MAX_DEPTH + 1; depth++)
    {
      g_autoptr (GString) text = g_string_new (NULL);
      g_autoptr (GBytes) bytes = NULL;
      g_autoptr (GError) error = NULL;
      g_autoptr (BackstayJson) json = NULL;
      gsize offset;

      for (guint i = 0; i < depth; i++)
        g_string_append (text, i % 2 == 0 ? "{\"k\":" : "[");
      g_string_append (text, "1");
      for (guint i = depth; i > 0; i--)
        g_string_append_c (text, i % 2 == 1 ? '}' : ']');

      bytes = g_bytes_new (text->str, text->len);
      json = backstay_json_new (bytes, NULL, NULL, &error);

      if (depth == BACKSTAY_JSON_MAX_DEPTH)
        {
          g_assert_no_error (error);
          g_assert_cmpuint (backstay_json_get_n_nodes (json), ==, depth + 1);
          g_assert_cmpuint (backstay_json_get_depth (json, 0), ==, depth);
        }
      else
        {
          g_assert_error (error, BACKSTAY_JSON_ERROR, BACKSTAY_JSON_ERROR_DEPTH);
          g_assert_true (backstay_json_error_get_position (error, &offset, NULL, NULL));
          g_assert_cmpuint (offset, ==, BACKSTAY_JSON_MAX_DEPTH / 2 * 6);
        }
    }
}

static void
test_size (void)
{
  /* The limit is looked at before the text, of which there is nothing here. */
  g_autoptr (GBytes) bytes = g_bytes_new_static ("", BACKSTAY_JSON_MAX_SIZE + 1);
  g_autoptr (GError) error = NULL;
  g_autoptr (BackstayJson) json = backstay_json_new (bytes, NULL, NULL, &error);

  g_assert_error (error, BACKSTAY_JSON_ERROR, BACKSTAY_JSON_ERROR_SIZE);
  g_assert_null (json);
}

static void
test_references (void)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static ("[1]", 3);
  g_autoptr (BackstayJson) json = backstay_json_new (bytes, NULL, NULL, NULL);
  BackstayJson *same = backstay_json_ref (json);

  g_assert_true (same == json);
  g_assert_true (backstay_json_get_text (json) == bytes);
  backstay_json_unref (same);
  g_assert_cmpuint (backstay_json_get_n_nodes (json), ==, 2);
}

typedef struct
{
  guint n_calls;
  guint n_allowed;
  gsize last;
} Progress;

static gboolean
progress_cb (gsize    n_done,
             gsize    n_total,
             gpointer user_data)
{
  Progress *progress = user_data;

  g_assert_cmpuint (n_done, >, progress->last);
  g_assert_cmpuint (n_done, <=, n_total);
  progress->last = n_done;

  return ++progress->n_calls <= progress->n_allowed;
}

static void
test_progress (void)
{
  g_autoptr (GString) text = g_string_new ("[0");
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (BackstayJson) json = NULL;
  g_autoptr (BackstayJson) stopped = NULL;
  Progress progress = { .n_allowed = G_MAXUINT };
  gsize    offset;

  while (text->len < 5 * 1024 * 1024 + 1000)
    g_string_append (text, ",\"0123456789\"");

  g_string_append_c (text, ']');
  bytes = g_bytes_new (text->str, text->len);

  json = backstay_json_new (bytes, progress_cb, &progress, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (progress.n_calls, ==, 5);

  progress = (Progress){ .n_allowed = 1 };
  stopped = backstay_json_new (bytes, progress_cb, &progress, &error);
  g_assert_error (error, BACKSTAY_JSON_ERROR, BACKSTAY_JSON_ERROR_CANCELLED);
  g_assert_null (stopped);
  g_assert_cmpuint (progress.n_calls, ==, 2);
  g_assert_true (backstay_json_error_get_position (error, &offset, NULL, NULL));
  g_assert_cmpuint (offset, ==, progress.last);
}

/* Only the root is there, and only if all of the text is right. */
static void
test_closed (void)
{
  static const struct
  {
    const char *text;
    gboolean    is_right;
  } cases[] = {
    { " {\"a\":[1,{\"b\":2}],\"b\":{}} ", TRUE },
    { "[{\"a\":1,\"b\":2},{\"b\":1,\"a\":2},{\"a\":1,\"b\":2}]", TRUE },
    { "[]", TRUE },
    { "1e400", TRUE },
    { "[{\"a\":1,\"b\":2},{\"a\":1,\"a\":2}]", FALSE },
    { "{\"A\":1,\"b\":[],\"\\u0041\":2}", FALSE },
    { "[1,]", FALSE },
    { "[1] 2", FALSE },
    { "[1", FALSE },
    { "", FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GBytes) text = g_bytes_new_static (cases[i].text, strlen (cases[i].text));
      g_autoptr (BackstayJson) json = backstay_json_new_closed (text);

      g_assert_true ((json != NULL) == cases[i].is_right);

      if (json == NULL)
        continue;

      g_assert_cmpuint (backstay_json_get_n_nodes (json), ==, 1);
      g_assert_cmpuint (backstay_json_get_n_children (json, 0), ==, 0);
      g_assert_cmpuint (backstay_json_get_parent (json, 0), ==, BACKSTAY_JSON_NODE_NONE);
      g_assert_true (backstay_json_get_text (json) == text);
    }
}

typedef struct
{
  GMutex   mutex;
  GCond    cond;
  GThread *thread; /* The one that freed the text. */
} Freed;

static void
text_freed_cb (gpointer data)
{
  Freed *freed = data;

  g_mutex_lock (&freed->mutex);
  freed->thread = g_thread_self ();
  g_cond_signal (&freed->cond);
  g_mutex_unlock (&freed->mutex);
}

/* Who drops the last reference to a large document does not wait until its memory is given back. */
static void
test_free (void)
{
  static const gsize sizes[] = { 100, 2 * 1024 * 1024 };

  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      Freed            freed = { .thread = NULL };
      g_autofree char *text = g_strnfill (sizes[i], ' ');
      GBytes          *bytes = g_bytes_new_with_free_func (text, sizes[i], text_freed_cb, &freed);
      BackstayJson    *json;

      text[0] = '1';
      json = backstay_json_new (bytes, NULL, NULL, NULL);
      g_bytes_unref (bytes);
      backstay_json_unref (json);

      g_mutex_lock (&freed.mutex);
      while (freed.thread == NULL)
        g_cond_wait (&freed.cond, &freed.mutex);
      g_assert_cmpint (freed.thread == g_thread_self (), ==, i == 0);
      g_mutex_unlock (&freed.mutex);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/json/valid", test_valid);
  g_test_add_func ("/json/numbers", test_numbers);
  g_test_add_func ("/json/long-tokens", test_long_tokens);
  g_test_add_func ("/json/decoding", test_decoding);
  g_test_add_func ("/json/find-member", test_find_member);
  g_test_add_func ("/json/depth", test_depth);
  g_test_add_func ("/json/size", test_size);
  g_test_add_func ("/json/references", test_references);
  g_test_add_func ("/json/progress", test_progress);
  g_test_add_func ("/json/closed", test_closed);
  g_test_add_func ("/json/free", test_free);

  return g_test_run ();
}
