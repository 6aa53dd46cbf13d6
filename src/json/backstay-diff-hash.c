/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "backstay-diff-hash"

#include "config.h"

#include "backstay-diff-hash.h"
#include "backstay-diff-mix.h"
#include "backstay-json-number.h"
#include "backstay-json-string.h"

/* Values of different kinds begin with different seeds. */
#define SEED_STRING G_GUINT64_CONSTANT (0x2545f4914f6cdd1d)
#define SEED_NUMBER G_GUINT64_CONSTANT (0x9fb21c651e98df25)
#define SEED_ARRAY G_GUINT64_CONSTANT (0xa0761d6478bd642f)
#define SEED_OBJECT G_GUINT64_CONSTANT (0xe7037ed1a0b428db)

static inline guint64
load_word (const char *p)
{
  guint64 word;

  memcpy (&word, p, sizeof word);

  return GUINT64_FROM_LE (word);
}

/* Loads less than eight bytes. */
static inline guint64
load_rest (const char *p,
           gsize       length)
{
  guint64 word = 0;

  for (gsize i = 0; i < length; i++)
    word = word << 8 | (guint8) p[i];

  return word;
}

/* Whether one of the eight bytes is a backslash. */
static inline gboolean
has_backslash (guint64 word)
{
  const guint64 ones = G_GUINT64_CONSTANT (0x0101010101010101);
  guint64       zeros = word ^ (ones * '\\');

  return ((zeros - ones) & ~zeros & (ones * 0x80)) != 0;
}

/* Hashes the bytes of a text. Returns FALSE if it has an escape and @raw is not set. */
static inline gboolean
hash_text (const char *p,
           gsize       length,
           gboolean    raw,
           guint64    *hash)
{
  guint64 state = SEED_STRING ^ length;
  guint64 word;

  for (; length >= 8; p += 8, length -= 8)
    {
      word = load_word (p);

      if (!raw && has_backslash (word))
        return FALSE;

      state = backstay_diff_mix (state, word);
    }

  word = load_rest (p, length);

  if (!raw && has_backslash (word))
    return FALSE;

  *hash = backstay_diff_mix (state, word);

  return TRUE;
}

static guint64
hash_escaped_string (const char *lexeme,
                     gsize       length)
{
  gsize            decoded_length;
  g_autofree char *decoded = backstay_json_string_decode (lexeme, length, &decoded_length);
  guint64          hash = 0;

  hash_text (decoded, decoded_length, TRUE, &hash);

  return hash;
}

/*
 * backstay_diff_hash_string:
 * @lexeme: a valid string with its quotes
 * @length: its length in bytes
 *
 * Hashes the characters that are meant, so that escapes do not matter.
 *
 * Returns: the hash
 */
guint64
backstay_diff_hash_string (const char *lexeme,
                           gsize       length)
{
  guint64 hash;

  if (G_LIKELY (hash_text (lexeme + 1, length - 2, FALSE, &hash)))
    return hash;

  return hash_escaped_string (lexeme, length);
}

static guint64
hash_array (const BackstayJsonRecord *array,
            const guint64            *hashes)
{
  guint64 hash = SEED_ARRAY ^ array->n_children;

  for (guint32 i = 0; i < array->n_children; i++)
    hash = backstay_diff_mix (hash, hashes[array->first_child + i]);

  return hash;
}

/* The sum does not depend on the order of the members. */
static guint64
hash_object (BackstayJson             *json,
             const BackstayJsonRecord *object,
             const guint64            *hashes)
{
  guint64 sum = object->n_children;

  for (guint32 i = 0; i < object->n_children; i++)
    {
      const BackstayJsonRecord *member = &json->nodes[object->first_child + i];
      guint64                   key;

      key = backstay_diff_hash_string (json->data + member->key,
                                       backstay_json_key_length_of (json, member));
      sum += backstay_diff_mix (key, hashes[object->first_child + i]);
    }

  return backstay_diff_mix (SEED_OBJECT, sum);
}

static inline guint64
hash_node (BackstayJson             *json,
           const BackstayJsonRecord *record,
           const guint64            *hashes)
{
  const char *value = json->data + record->value;

  switch (backstay_json_kind_from_first_byte (*value))
    {
    case BACKSTAY_JSON_KIND_OBJECT:
      return hash_object (json, record, hashes);
    case BACKSTAY_JSON_KIND_ARRAY:
      return hash_array (record, hashes);
    case BACKSTAY_JSON_KIND_STRING:
      return backstay_diff_hash_string (value, record->length);
    case BACKSTAY_JSON_KIND_NUMBER:
      return SEED_NUMBER ^ backstay_json_number_hash (value, record->length);
    case BACKSTAY_JSON_KIND_BOOLEAN:
    case BACKSTAY_JSON_KIND_NULL:
    default:
      return backstay_diff_mix (SEED_NUMBER, (guint8) *value);
    }
}

/*
 * backstay_diff_hash_nodes:
 * @json: a document
 * @first: the first node
 * @end: the node behind the last
 * @hashes: an array with room for all nodes of the document
 *
 * Hashes nodes with all that is below them; no hash is 0. As children come before their parents,
 * one run does; those of the given nodes must be among them, or have been hashed before.
 */
void
backstay_diff_hash_nodes (BackstayJson    *json,
                          BackstayJsonNode first,
                          BackstayJsonNode end,
                          guint64         *hashes)
{
  for (BackstayJsonNode node = first; node < end; node++)
    {
      guint64 hash = hash_node (json, &json->nodes[node], hashes);

      hashes[node] = hash != 0 ? hash : 1;
    }
}

/*
 * backstay_diff_strings_equal:
 * @a: a valid string with its quotes
 * @a_length: its length in bytes
 * @b: another one
 * @b_length: its length in bytes
 *
 * Compares two strings by their characters, whatever escapes they are written with.
 *
 * Returns: %TRUE if they are equal
 */
gboolean
backstay_diff_strings_equal (const char *a,
                             gsize       a_length,
                             const char *b,
                             gsize       b_length)
{
  gsize            x_length;
  gsize            y_length;
  g_autofree char *x = NULL;
  g_autofree char *y = NULL;

  if (a_length == b_length && memcmp (a, b, a_length) == 0)
    return TRUE;

  if (memchr (a, '\\', a_length) == NULL && memchr (b, '\\', b_length) == NULL)
    return FALSE;

  x = backstay_json_string_decode (a, a_length, &x_length);
  y = backstay_json_string_decode (b, b_length, &y_length);

  return x_length == y_length && memcmp (x, y, x_length) == 0;
}

gboolean
backstay_diff_keys_equal (BackstayJson             *a_json,
                          const BackstayJsonRecord *a,
                          BackstayJson             *b_json,
                          const BackstayJsonRecord *b)
{
  return backstay_diff_keys_look_same (a_json, a, b_json, b) ||
         backstay_diff_strings_equal (a_json->data + a->key,
                                      backstay_json_key_length_of (a_json, a),
                                      b_json->data + b->key,
                                      backstay_json_key_length_of (b_json, b));
}

/* Compares two scalars of the same kind by value. */
gboolean
backstay_diff_scalars_equal (BackstayJson             *a_json,
                             const BackstayJsonRecord *a,
                             BackstayJson             *b_json,
                             const BackstayJsonRecord *b)
{
  const char *x = a_json->data + a->value;
  const char *y = b_json->data + b->value;

  if (*x == '"')
    return backstay_diff_strings_equal (x, a->length, y, b->length);

  if (backstay_json_kind_from_first_byte (*x) == BACKSTAY_JSON_KIND_NUMBER)
    return backstay_json_number_equal (x, a->length, y, b->length);

  return *x == *y;
}
