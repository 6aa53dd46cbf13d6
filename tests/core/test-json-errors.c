/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "test-json-errors"

#include "config.h"

#include <string.h>

#include "backstay-json.h"

typedef struct
{
  const char       *text;
  BackstayJsonError code;
  guint             line;
  guint             column;
  const char       *reason; /* The end of the message; NULL to leave it open. */
} Case;

static const char byte_order_mark[] = "the text must not begin with a byte order mark";
static const char comma_in_array[] = "a comma or “]” is expected here";
static const char comma_in_object[] = "a comma or “}” is expected here";
static const char four_digits[] = "“\\u” must have four hexadecimal digits";
static const char half_pair[] = "half of a surrogate pair stands alone here";
static const char never_closed[] = "the string that begins here is never closed";
static const char not_utf8[] = "this is not valid UTF-8";

static void
check_bytes (const char       *text,
             gsize             length,
             BackstayJsonError code,
             guint             line,
             guint             column,
             const char       *reason)
{
  g_autoptr (GBytes) bytes = g_bytes_new (text, length);
  g_autoptr (GError) error = NULL;
  g_autoptr (BackstayJson) json = backstay_json_new (bytes, NULL, NULL, &error);
  g_autofree char *where = g_strdup_printf ("Line %u, column %u: ", line, column);
  g_autofree char *escaped = g_strescape (text, NULL);
  gsize            offset;
  guint            error_line;
  guint            error_column;

  g_test_message ("%s: %s", escaped, error != NULL ? error->message : "no error");
  g_assert_null (json);
  g_assert_error (error, BACKSTAY_JSON_ERROR, (int) code);
  g_assert_true (g_str_has_prefix (error->message, where));
  g_assert_true (reason == NULL || g_str_equal (error->message + strlen (where), reason));

  g_assert_true (backstay_json_error_get_position (error, &offset, &error_line, &error_column));
  g_assert_cmpuint (error_line, ==, line);
  g_assert_cmpuint (error_column, ==, column);
  g_assert_cmpuint (offset, <=, length);

  backstay_json_locate (text, length, offset, &error_line, &error_column);
  g_assert_cmpuint (error_line, ==, line);
  g_assert_cmpuint (error_column, ==, column);
}

static void
check_cases (const Case *cases,
             gsize       n_cases)
{
  for (gsize i = 0; i < n_cases; i++)
    check_bytes (cases[i].text, strlen (cases[i].text), cases[i].code,
                 cases[i].line, cases[i].column, cases[i].reason);
}

static void
test_structure (void)
{
  static const Case cases[] = {
    { "", BACKSTAY_JSON_ERROR_EMPTY, 1, 1, "the text is empty" },
    { " \n\t ", BACKSTAY_JSON_ERROR_EMPTY, 2, 3, "the text is empty" },
    { "[", BACKSTAY_JSON_ERROR_SYNTAX, 1, 2, "the text ends too early" },
    { "{", BACKSTAY_JSON_ERROR_SYNTAX, 1, 2, "the text ends too early" },
    { "[1", BACKSTAY_JSON_ERROR_SYNTAX, 1, 3, "the text ends too early" },
    { "[1,", BACKSTAY_JSON_ERROR_SYNTAX, 1, 4, "the text ends too early" },
    { "[[[", BACKSTAY_JSON_ERROR_SYNTAX, 1, 4, "the text ends too early" },
    { "{\"a\"", BACKSTAY_JSON_ERROR_SYNTAX, 1, 5, "the text ends too early" },
    { "{\"a\":", BACKSTAY_JSON_ERROR_SYNTAX, 1, 6, "the text ends too early" },
    { "{\"a\":1", BACKSTAY_JSON_ERROR_SYNTAX, 1, 7, "the text ends too early" },
    { "{\"a\":1,", BACKSTAY_JSON_ERROR_SYNTAX, 1, 8, "the text ends too early" },
    { "[1,]", BACKSTAY_JSON_ERROR_SYNTAX, 1, 4, "something must follow the comma" },
    { "[1,\n]", BACKSTAY_JSON_ERROR_SYNTAX, 2, 1, "something must follow the comma" },
    { "{\"a\":1,}", BACKSTAY_JSON_ERROR_SYNTAX, 1, 8, "something must follow the comma" },
    { "[,1]", BACKSTAY_JSON_ERROR_SYNTAX, 1, 2, "a value is expected here" },
    { "[1,,2]", BACKSTAY_JSON_ERROR_SYNTAX, 1, 4, "a value is expected here" },
    { "[1 2]", BACKSTAY_JSON_ERROR_SYNTAX, 1, 4, comma_in_array },
    { "[1}", BACKSTAY_JSON_ERROR_SYNTAX, 1, 3, comma_in_array },
    { "[1:2]", BACKSTAY_JSON_ERROR_SYNTAX, 1, 3, comma_in_array },
    { "[\"a\" \"b\"]", BACKSTAY_JSON_ERROR_SYNTAX, 1, 6, comma_in_array },
    { "{\"a\":1 \"b\":2}", BACKSTAY_JSON_ERROR_SYNTAX, 1, 8, comma_in_object },
    { "{\"a\":1]", BACKSTAY_JSON_ERROR_SYNTAX, 1, 7, comma_in_object },
    { "{\"a\":[1],\n \"b\":{\"c\":2]}", BACKSTAY_JSON_ERROR_SYNTAX, 2, 12, comma_in_object },
    { "{\"a\" 1}", BACKSTAY_JSON_ERROR_SYNTAX, 1, 6, "a colon is expected here" },
    { "{\"a\",1}", BACKSTAY_JSON_ERROR_SYNTAX, 1, 5, "a colon is expected here" },
    { "{\"a\"}", BACKSTAY_JSON_ERROR_SYNTAX, 1, 5, "a colon is expected here" },
    { "{\"a\":}", BACKSTAY_JSON_ERROR_SYNTAX, 1, 6, "a value is expected here" },
    { "{\"a\"::1}", BACKSTAY_JSON_ERROR_SYNTAX, 1, 6, "a value is expected here" },
    { "{\"a\":]", BACKSTAY_JSON_ERROR_SYNTAX, 1, 6, "a value is expected here" },
    { "{a:1}", BACKSTAY_JSON_ERROR_SYNTAX, 1, 2, "a key in double quotes is expected here" },
    { "{'a':1}", BACKSTAY_JSON_ERROR_SYNTAX, 1, 2, "a key in double quotes is expected here" },
    { "{1:1}", BACKSTAY_JSON_ERROR_SYNTAX, 1, 2, "a key in double quotes is expected here" },
    { "{,}", BACKSTAY_JSON_ERROR_SYNTAX, 1, 2, "a key in double quotes is expected here" },
    { "{\"a\":1,,}", BACKSTAY_JSON_ERROR_SYNTAX, 1, 8, "a key in double quotes is expected here" },
    { "{[1]:2}", BACKSTAY_JSON_ERROR_SYNTAX, 1, 2, "a key in double quotes is expected here" },
    { "[1]]", BACKSTAY_JSON_ERROR_SYNTAX, 1, 4, "nothing may follow the value" },
    { "{}{}", BACKSTAY_JSON_ERROR_SYNTAX, 1, 3, "nothing may follow the value" },
    { "1 2", BACKSTAY_JSON_ERROR_SYNTAX, 1, 3, "nothing may follow the value" },
    { "[1],", BACKSTAY_JSON_ERROR_SYNTAX, 1, 4, "nothing may follow the value" },
    { "\"a\"b", BACKSTAY_JSON_ERROR_SYNTAX, 1, 4, "nothing may follow the value" },
    { "nulll", BACKSTAY_JSON_ERROR_SYNTAX, 1, 5, "nothing may follow the value" },
    { "]", BACKSTAY_JSON_ERROR_SYNTAX, 1, 1, "a value is expected here" },
    { "}", BACKSTAY_JSON_ERROR_SYNTAX, 1, 1, "a value is expected here" },
    { "*", BACKSTAY_JSON_ERROR_SYNTAX, 1, 1, "a value is expected here" },
    { "tru", BACKSTAY_JSON_ERROR_SYNTAX, 1, 1, "a value is expected here" },
    { "[True]", BACKSTAY_JSON_ERROR_SYNTAX, 1, 2, "a value is expected here" },
    { "[nul]", BACKSTAY_JSON_ERROR_SYNTAX, 1, 2, "a value is expected here" },
    { "[falsy]", BACKSTAY_JSON_ERROR_SYNTAX, 1, 2, "a value is expected here" },
    { "[undefined]", BACKSTAY_JSON_ERROR_SYNTAX, 1, 2, "a value is expected here" },
    { "['a']", BACKSTAY_JSON_ERROR_SYNTAX, 1, 2, "a value is expected here" },
    { "[1] // comment", BACKSTAY_JSON_ERROR_SYNTAX, 1, 5, "nothing may follow the value" },
    { "/* comment */ 1", BACKSTAY_JSON_ERROR_SYNTAX, 1, 1, "a value is expected here" },
    { "[1\f]", BACKSTAY_JSON_ERROR_SYNTAX, 1, 3, comma_in_array },
    { "[\v1]", BACKSTAY_JSON_ERROR_SYNTAX, 1, 2, "a value is expected here" },
    { "[1,\u00a02]", BACKSTAY_JSON_ERROR_SYNTAX, 1, 4, "a value is expected here" },
    { "[é]", BACKSTAY_JSON_ERROR_SYNTAX, 1, 2, "a value is expected here" },
    { "\xef\xbb\xbf{}", BACKSTAY_JSON_ERROR_ENCODING, 1, 1, byte_order_mark },
    { "\xef\xbb\xbf", BACKSTAY_JSON_ERROR_ENCODING, 1, 1, byte_order_mark },
    { "\xff\xfe[", BACKSTAY_JSON_ERROR_SYNTAX, 1, 1, "a value is expected here" },
  };

  check_cases (cases, G_N_ELEMENTS (cases));
}

static void
test_numbers (void)
{
  static const Case cases[] = {
    { "-", BACKSTAY_JSON_ERROR_NUMBER, 1, 2, "a digit must follow the minus sign" },
    { "[-a]", BACKSTAY_JSON_ERROR_NUMBER, 1, 3, "a digit must follow the minus sign" },
    { "[--1]", BACKSTAY_JSON_ERROR_NUMBER, 1, 3, "a digit must follow the minus sign" },
    { "[-.5]", BACKSTAY_JSON_ERROR_NUMBER, 1, 3, "a digit must follow the minus sign" },
    { "[-Infinity]", BACKSTAY_JSON_ERROR_NUMBER, 1, 3, "a digit must follow the minus sign" },
    { "012", BACKSTAY_JSON_ERROR_NUMBER, 1, 1, "a number must not begin with a needless zero" },
    { "[-012]", BACKSTAY_JSON_ERROR_NUMBER, 1, 3, "a number must not begin with a needless zero" },
    { "[00]", BACKSTAY_JSON_ERROR_NUMBER, 1, 2, "a number must not begin with a needless zero" },
    { "[-00.1]", BACKSTAY_JSON_ERROR_NUMBER, 1, 3, "a number must not begin with a needless zero" },
    { "5.", BACKSTAY_JSON_ERROR_NUMBER, 1, 3, "a digit must follow the decimal point" },
    { "[5.e1]", BACKSTAY_JSON_ERROR_NUMBER, 1, 4, "a digit must follow the decimal point" },
    { "[1..2]", BACKSTAY_JSON_ERROR_NUMBER, 1, 4, "a digit must follow the decimal point" },
    { "1e", BACKSTAY_JSON_ERROR_NUMBER, 1, 3, "an exponent must have a digit" },
    { "[1e+]", BACKSTAY_JSON_ERROR_NUMBER, 1, 5, "an exponent must have a digit" },
    { "[1E-]", BACKSTAY_JSON_ERROR_NUMBER, 1, 5, "an exponent must have a digit" },
    { "[1ee2]", BACKSTAY_JSON_ERROR_NUMBER, 1, 4, "an exponent must have a digit" },
    { "[0e+-1]", BACKSTAY_JSON_ERROR_NUMBER, 1, 5, "an exponent must have a digit" },
    { "[1.2e]", BACKSTAY_JSON_ERROR_NUMBER, 1, 6, "an exponent must have a digit" },
    { "[+1]", BACKSTAY_JSON_ERROR_SYNTAX, 1, 2, "a value is expected here" },
    { "[.5]", BACKSTAY_JSON_ERROR_SYNTAX, 1, 2, "a value is expected here" },
    { "[NaN]", BACKSTAY_JSON_ERROR_SYNTAX, 1, 2, "a value is expected here" },
    { "[Infinity]", BACKSTAY_JSON_ERROR_SYNTAX, 1, 2, "a value is expected here" },
    { "[0x1F]", BACKSTAY_JSON_ERROR_SYNTAX, 1, 3, comma_in_array },
    { "[1_000]", BACKSTAY_JSON_ERROR_SYNTAX, 1, 3, comma_in_array },
    { "[1.2.3]", BACKSTAY_JSON_ERROR_SYNTAX, 1, 5, comma_in_array },
    { "[1e2.3]", BACKSTAY_JSON_ERROR_SYNTAX, 1, 5, comma_in_array },
    { "[1-2]", BACKSTAY_JSON_ERROR_SYNTAX, 1, 3, comma_in_array },
    { "[\uff11]", BACKSTAY_JSON_ERROR_SYNTAX, 1, 2, "a value is expected here" },
  };

  check_cases (cases, G_N_ELEMENTS (cases));
}

static void
test_strings (void)
{
  static const Case cases[] = {
    { "\"", BACKSTAY_JSON_ERROR_STRING, 1, 1, never_closed },
    { "[\"abc", BACKSTAY_JSON_ERROR_STRING, 1, 2, never_closed },
    { "[\"abcdefghijklmnop", BACKSTAY_JSON_ERROR_STRING, 1, 2, never_closed },
    { "{\"é\\\"", BACKSTAY_JSON_ERROR_STRING, 1, 2, never_closed },
    { "[\"a\nb\"]", BACKSTAY_JSON_ERROR_STRING, 1, 4, NULL },
    { "[\"a\tb\"]", BACKSTAY_JSON_ERROR_STRING, 1, 4, NULL },
    { "[\"abcdefghi\x1f\"]", BACKSTAY_JSON_ERROR_STRING, 1, 12, NULL },
    { "[\"\x01\"]", BACKSTAY_JSON_ERROR_STRING, 1, 3, NULL },
    { "[\"\\x41\"]", BACKSTAY_JSON_ERROR_STRING, 1, 3, "there is no such escape sequence" },
    { "[\"\\a\"]", BACKSTAY_JSON_ERROR_STRING, 1, 3, "there is no such escape sequence" },
    { "[\"\\'\"]", BACKSTAY_JSON_ERROR_STRING, 1, 3, "there is no such escape sequence" },
    { "[\"\\é\"]", BACKSTAY_JSON_ERROR_STRING, 1, 3, "there is no such escape sequence" },
    { "[\"\\\n\"]", BACKSTAY_JSON_ERROR_STRING, 1, 3, "there is no such escape sequence" },
    { "[\"\\U0041\"]", BACKSTAY_JSON_ERROR_STRING, 1, 3, "there is no such escape sequence" },
    { "\"\\", BACKSTAY_JSON_ERROR_STRING, 1, 2, "there is no such escape sequence" },
    { "[\"\\u\"]", BACKSTAY_JSON_ERROR_STRING, 1, 3, four_digits },
    { "[\"\\u12\"]", BACKSTAY_JSON_ERROR_STRING, 1, 3, four_digits },
    { "[\"\\u12g4\"]", BACKSTAY_JSON_ERROR_STRING, 1, 3, four_digits },
    { "[\"\\u+123\"]", BACKSTAY_JSON_ERROR_STRING, 1, 3, four_digits },
    { "\"\\u00", BACKSTAY_JSON_ERROR_STRING, 1, 2, four_digits },
    { "[\"a\\ud800\"]", BACKSTAY_JSON_ERROR_STRING, 1, 4, half_pair },
    { "[\"\\udc00\"]", BACKSTAY_JSON_ERROR_STRING, 1, 3, half_pair },
    { "[\"\\ud800x\"]", BACKSTAY_JSON_ERROR_STRING, 1, 3, half_pair },
    { "[\"\\ud800\\n\"]", BACKSTAY_JSON_ERROR_STRING, 1, 3, half_pair },
    { "[\"\\ud800\\u0041\"]", BACKSTAY_JSON_ERROR_STRING, 1, 3, half_pair },
    { "[\"\\ud800\\ud800\"]", BACKSTAY_JSON_ERROR_STRING, 1, 3, half_pair },
    { "[\"\\udc00\\ud800\"]", BACKSTAY_JSON_ERROR_STRING, 1, 3, half_pair },
    { "[\"\\ud83d\\u12\"]", BACKSTAY_JSON_ERROR_STRING, 1, 9, four_digits },
    { "{\"\\ud800\":1}", BACKSTAY_JSON_ERROR_STRING, 1, 3, half_pair },
  };

  check_cases (cases, G_N_ELEMENTS (cases));
}

static void
test_encoding (void)
{
  static const char *sequences[] = {
    "\x80",             /* A continuation alone. */
    "\xbf",             /* */
    "\xc3",             /* Cut short. */
    "\xe2\x82",         /* */
    "\xf0\x9f\x98",     /* */
    "\xc3(",            /* No continuation. */
    "\xe2(\xac",        /* */
    "\xe2\x82(",        /* */
    "\xf0\x9f\x98(",    /* */
    "\xc0\xaf",         /* Overlong. */
    "\xc1\xbf",         /* */
    "\xe0\x80\xaf",     /* */
    "\xe0\x9f\xbf",     /* */
    "\xf0\x80\x80\xaf", /* */
    "\xf0\x8f\xbf\xbf", /* */
    "\xed\xa0\x80",     /* Surrogates. */
    "\xed\xbf\xbf",     /* */
    "\xf4\x90\x80\x80", /* Beyond U+10FFFF. */
    "\xf5\x80\x80\x80", /* */
    "\xf8\x88\x80\x80\x80",
    "\xfe",
    "\xff",
  };

  for (guint i = 0; i < G_N_ELEMENTS (sequences); i++)
    {
      g_autofree char *text = g_strdup_printf ("[\"é%s\"]", sequences[i]);
      g_autofree char *key = g_strdup_printf ("{\n\"abcdefghijk%s\":1}", sequences[i]);
      g_autofree char *end = g_strdup_printf ("\"%s", sequences[i]);

      check_bytes (text, strlen (text), BACKSTAY_JSON_ERROR_ENCODING, 1, 4, not_utf8);
      check_bytes (key, strlen (key), BACKSTAY_JSON_ERROR_ENCODING, 2, 13, not_utf8);
      check_bytes (end, strlen (end), BACKSTAY_JSON_ERROR_ENCODING, 1, 2, not_utf8);
    }
}

static void
test_nul (void)
{
  check_bytes ("[1]\0", 4, BACKSTAY_JSON_ERROR_SYNTAX, 1, 4, "nothing may follow the value");
  check_bytes ("[\0]", 3, BACKSTAY_JSON_ERROR_SYNTAX, 1, 2, "a value is expected here");
  check_bytes ("[1\0,2]", 6, BACKSTAY_JSON_ERROR_SYNTAX, 1, 3, comma_in_array);
  check_bytes ("[\"a\0b\"]", 7, BACKSTAY_JSON_ERROR_STRING, 1, 4, NULL);
  check_bytes ("\0", 1, BACKSTAY_JSON_ERROR_SYNTAX, 1, 1, "a value is expected here");
}

static void
test_positions (void)
{
  static const Case cases[] = {
    { "{\r\n  \"é\": 1,\r\n  \"日本😀\" 2\r\n}", BACKSTAY_JSON_ERROR_SYNTAX, 3, 9, NULL },
    { "[\r\n\r\n1 x]", BACKSTAY_JSON_ERROR_SYNTAX, 3, 3, NULL },
    { "[\r\r1 x]", BACKSTAY_JSON_ERROR_SYNTAX, 3, 3, NULL },
    { "[\n\n\n", BACKSTAY_JSON_ERROR_SYNTAX, 4, 1, NULL },
    { "[\"e\xcc\x81\" x]", BACKSTAY_JSON_ERROR_SYNTAX, 1, 7, NULL },
  };
  guint line;
  guint column;

  check_cases (cases, G_N_ELEMENTS (cases));

  /* Between the two bytes of a line's end, and beyond the text. */
  backstay_json_locate ("ab\r\ncd", 6, 3, &line, &column);
  g_assert_cmpuint (line, ==, 1);
  g_assert_cmpuint (column, ==, 4);
  backstay_json_locate ("ab\r\ncd", 6, 99, &line, &column);
  g_assert_cmpuint (line, ==, 2);
  g_assert_cmpuint (column, ==, 3);
  backstay_json_locate (NULL, 0, 0, &line, &column);
  g_assert_cmpuint (line, ==, 1);
  g_assert_cmpuint (column, ==, 1);
}

/* Nothing of the text may come into a message, and an error of another domain has no place. */
static void
test_secrets (void)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static ("{\"password\" swordfish}", 22);
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) copy = NULL;
  g_autoptr (GError) other = g_error_new_literal (G_FILE_ERROR, G_FILE_ERROR_IO, "other");
  g_autoptr (BackstayJson) json = backstay_json_new (bytes, NULL, NULL, &error);
  gsize offset = 0;

  g_assert_null (json);
  g_assert_null (strstr (error->message, "password"));
  g_assert_null (strstr (error->message, "swordfish"));

  copy = g_error_copy (error);
  g_assert_true (backstay_json_error_get_position (copy, &offset, NULL, NULL));
  g_assert_cmpuint (offset, ==, 12);
  g_assert_false (backstay_json_error_get_position (other, &offset, NULL, NULL));

  /* No one need ask why. */
  g_assert_null (backstay_json_new (bytes, NULL, NULL, NULL));
}

/* Each text is in a block of its own size, so that a byte read too much is seen by a sanitizer. */
static void
test_truncated (void)
{
  static const char sample[] =
    " {\"default\\u00e9\\ud83d\\ude00\": {\"scale\": -7.50e+1,"
    " \"on\": [true, false, null, \"é日😀\\n\", []]},\r\n"
    "\t\"long\": \"abcdefghijklmnopqrstuvwxyz\", \"empty\": {}}";

  for (gsize length = 0; length < strlen (sample); length++)
    {
      g_autoptr (GBytes) bytes = g_bytes_new_take (g_memdup2 (sample, length), length);
      g_autoptr (GError) error = NULL;
      g_autoptr (BackstayJson) json = backstay_json_new (bytes, NULL, NULL, &error);
      gsize offset;

      g_assert_null (json);
      g_assert_nonnull (error);
      g_assert_true (backstay_json_error_get_position (error, &offset, NULL, NULL));
      g_assert_cmpuint (offset, <=, length);
    }
}

/* Whatever stands in a text, reading ends and says where. */
static void
test_mutated (void)
{
  static const char sample[] = "{\"a\":[1.5e3,\"\\u00e9\\ud83d\\ude00é\",true,null,"
                               "{\"b\":{}},[]],\"c\":-0}";
  g_autoptr (GRand) rand = g_rand_new_with_seed (7);

  for (guint i = 0; i < 20000; i++)
    {
      gsize   length = strlen (sample);
      guint8 *text = g_memdup2 (sample, length);
      g_autoptr (GBytes) bytes = NULL;
      g_autoptr (GError) error = NULL;
      g_autoptr (BackstayJson) json = NULL;

      for (int n = g_rand_int_range (rand, 1, 4); n > 0; n--)
        text[g_rand_int_range (rand, 0, (int) length)] = (guint8) g_rand_int (rand);

      bytes = g_bytes_new_take (text, length);
      json = backstay_json_new (bytes, NULL, NULL, &error);
      g_assert_true ((json == NULL) == (error != NULL));
      g_assert_true (json == NULL || g_utf8_validate ((const char *) text, (gssize) length, NULL));
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/json-errors/structure", test_structure);
  g_test_add_func ("/json-errors/numbers", test_numbers);
  g_test_add_func ("/json-errors/strings", test_strings);
  g_test_add_func ("/json-errors/encoding", test_encoding);
  g_test_add_func ("/json-errors/nul", test_nul);
  g_test_add_func ("/json-errors/positions", test_positions);
  g_test_add_func ("/json-errors/secrets", test_secrets);
  g_test_add_func ("/json-errors/truncated", test_truncated);
  g_test_add_func ("/json-errors/mutated", test_mutated);

  return g_test_run ();
}
