/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "backstay-json-number"

#include "config.h"

#include "backstay-diff-mix.h"
#include "backstay-json-number.h"

/* So many decimal digits always fit in 64 bits. */
#define DIGITS_A_WORD 19

/* With fewer digits an exponent and the places of the mantissa add up within 64 bits. */
#define MAX_SMALL_EXPONENT 18

/* A number as a product: the integer made of all its digits from the first to the last that is not
 * zero, times ten to the power of an exponent and the place of that last digit. Nothing is ever
 * multiplied out, so that neither a long mantissa nor a huge exponent costs more than reading it. */
typedef struct
{
  const char *first;    /* The first digit that is not zero; NULL if there is none. */
  const char *last;     /* The last one; the decimal point can stand between them. */
  gint64      place;    /* The power of ten of the last digit, if there were no exponent. */
  const char *exponent; /* Without its sign. */
  gsize       exponent_length;
  guint64     power; /* Exponent and place together, modulo 2^64. */
  gboolean    is_negative;
  gboolean    has_negative_exponent;
} Number;

static void
read_exponent (Number     *number,
               const char *p,
               const char *end)
{
  guint64 exponent = 0;

  number->has_negative_exponent = *p == '-';

  if (*p == '-' || *p == '+')
    p++;

  while (p < end && *p == '0')
    p++;

  number->exponent = p;
  number->exponent_length = (gsize) (end - p);

  for (; p < end; p++)
    exponent = exponent * 10 + (guint64) (*p - '0');

  number->power += number->has_negative_exponent ? -exponent : exponent;
}

static void
read_number (Number     *number,
             const char *p,
             gsize       length)
{
  const char *end = p + length;
  const char *point = NULL;

  *number = (Number){ .is_negative = *p == '-' };
  p += number->is_negative;

  for (; p < end && (*p | 0x20) != 'e'; p++)
    {
      if (*p == '.')
        point = p;
      else if (*p != '0')
        {
          number->last = p;

          if (number->first == NULL)
            number->first = p;
        }
    }

  if (number->first == NULL)
    return;

  if (point == NULL)
    number->place = p - 1 - number->last;
  else if (number->last < point)
    number->place = point - 1 - number->last;
  else
    number->place = point - number->last;

  number->power = (guint64) number->place;

  if (p < end)
    read_exponent (number, p + 1, end);
}

static gboolean
digits_equal (const Number *a,
              const Number *b)
{
  const char *p = a->first;
  const char *q = b->first;

  while (p <= a->last && q <= b->last)
    {
      if (*p == '.')
        p++;
      else if (*q == '.')
        q++;
      else if (*p++ != *q++)
        return FALSE;
    }

  return p > a->last && q > b->last;
}

static int
digit_from_end (const Number *number,
                gsize         position)
{
  if (position >= number->exponent_length)
    return 0;

  return number->exponent[number->exponent_length - 1 - position] - '0';
}

/* Compares the powers of two numbers where a word could overflow. As both are equal modulo 2^64,
 * and the places are small beside the exponents, what remains is that the longer exponents are
 * equal but for the difference of the places. */
static gboolean
long_powers_equal (const Number *a,
                   const Number *b)
{
  gint64 carry = b->place - a->place;

  if (a->has_negative_exponent != b->has_negative_exponent)
    return FALSE;

  if (a->has_negative_exponent)
    carry = -carry;

  for (gsize i = 0; i < MAX (a->exponent_length, b->exponent_length); i++)
    {
      gint64 digit;

      carry += digit_from_end (b, i);
      digit = (carry % 10 + 10) % 10;

      if (digit != digit_from_end (a, i))
        return FALSE;

      carry = (carry - digit) / 10;
    }

  return carry == 0;
}

static gboolean
powers_equal (const Number *a,
              const Number *b)
{
  if (a->power != b->power)
    return FALSE;

  return MAX (a->exponent_length, b->exponent_length) <= MAX_SMALL_EXPONENT ||
         long_powers_equal (a, b);
}

/*
 * backstay_json_number_equal:
 * @a: a valid number
 * @a_length: its length in bytes
 * @b: another one
 * @b_length: its length in bytes
 *
 * Compares two numbers by their exact decimal value, whatever their lengths and exponents. So 1.0
 * is equal to 10e-1, and -0 to 0.
 *
 * Returns: %TRUE if they are equal
 */
gboolean
backstay_json_number_equal (const char *a,
                            gsize       a_length,
                            const char *b,
                            gsize       b_length)
{
  Number x;
  Number y;

  read_number (&x, a, a_length);
  read_number (&y, b, b_length);

  if (x.first == NULL || y.first == NULL)
    return x.first == y.first;

  return x.is_negative == y.is_negative && powers_equal (&x, &y) && digits_equal (&x, &y);
}

/* Hashes a number of few digits without an exponent, as most are. Returns FALSE for others. */
static gboolean
hash_plain (const char *p,
            gsize       length,
            guint64    *hash)
{
  const char *end = p + length;
  const char *point = end - 1;
  gboolean    is_negative = *p == '-';
  guint64     word = 0;
  guint64     power;

  if (length > DIGITS_A_WORD)
    return FALSE;

  for (p += is_negative; p < end; p++)
    {
      guint digit = (guint) (*p - '0');

      if (digit < 10)
        word = word * 10 + digit;
      else if (*p == '.')
        point = p;
      else
        return FALSE;
    }

  if (word == 0)
    {
      *hash = 0;
      return TRUE;
    }

  power = -(guint64) (end - 1 - point);

  for (; word % 10 == 0; word /= 10)
    power++;

  *hash = backstay_diff_mix (backstay_diff_mix (is_negative ? 1 : 2, power), word);

  return TRUE;
}

/*
 * backstay_json_number_hash:
 * @lexeme: a valid number
 * @length: its length in bytes
 *
 * Hashes a number so that equal ones have equal hashes, however they are written.
 *
 * Returns: the hash
 */
guint64
backstay_json_number_hash (const char *lexeme,
                           gsize       length)
{
  Number  number;
  guint64 hash;
  guint64 word = 0;
  guint   n_digits = 0;

  if (hash_plain (lexeme, length, &hash))
    return hash;

  read_number (&number, lexeme, length);

  if (number.first == NULL)
    return 0;

  hash = backstay_diff_mix (number.is_negative ? 1 : 2, number.power);

  for (const char *p = number.first; p <= number.last; p++)
    {
      if (*p == '.')
        continue;

      if (n_digits++ % DIGITS_A_WORD == 0 && n_digits > 1)
        {
          hash = backstay_diff_mix (hash, word);
          word = 0;
        }

      word = word * 10 + (guint64) (*p - '0');
    }

  return backstay_diff_mix (hash, word);
}
