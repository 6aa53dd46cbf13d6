/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "backstay-diff-sentences"

#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "backstay-diff-excerpt.h"
#include "backstay-diff-private.h"
#include "backstay-diff-sentences.h"
#include "backstay-diff-spelling.h"
#include "backstay-json-append.h"
#include "backstay-json-path.h"

typedef enum
{
  FORMAT_ADDED,
  FORMAT_REMOVED,
  FORMAT_CHANGED,
  FORMAT_TYPE_CHANGED,
  FORMAT_SPELT_OTHERWISE,
  FORMAT_RESPELT,
  FORMAT_KEY_RESPELT,
  FORMAT_MOVED,
  FORMAT_MOVED_AND,
  N_FORMATS,
} Format;

static const char *const formats[] = {
  N_ ("%s was added: %s"),
  N_ ("%s was removed (was %s)"),
  N_ ("%s changed from %s to %s"),
  N_ ("%s changed its type from %s to %s"),
  N_ ("%s is spelt otherwise: %s"),
  /* TRANSLATORS: the value is the same, as in "`strength` is spelt 1.0 instead of 1". */
  N_ ("%s is spelt %s instead of %s"),
  N_ ("The key of %s is spelt with other escapes"),
  N_ ("%s was moved from index %u to %u"),
  /* TRANSLATORS: two sentences on the same element: it was moved, and it changed. */
  N_ ("%s, and %s"),
};

G_STATIC_ASSERT (G_N_ELEMENTS (formats) == N_FORMATS);
G_STATIC_ASSERT (N_FORMATS <= BACKSTAY_DIFF_SENTENCES_MAX_FORMATS);

/* What stands for the conversions of a format, in the order of the untranslated one. */
enum
{
  WORD_SUBJECT,
  WORD_FIRST,
  WORD_SECOND,
  WORD_THIRD,
};

/* Writes a format with words for its conversions, whatever these are: "%s", "%u" or "%2$s". There can
 * be a hundred thousand sentences, of which printf() would be the larger part. */
static void
append_filled (GString    *out,
               const char *format,
               GString   **words)
{
  guint       next = 0;
  const char *percent;

  for (; (percent = strchr (format, '%')) != NULL; format = percent + 1)
    {
      guint word = next++;

      backstay_json_append (out, format, (gsize) (percent - format));
      percent++;

      if (g_ascii_isdigit (*percent) && percent[1] == '$')
        {
          word = (guint) g_ascii_digit_value (*percent) - 1;
          percent += 2;
        }

      if (word < BACKSTAY_DIFF_SENTENCES_N_WORDS)
        backstay_json_append (out, words[word]->str, words[word]->len);
    }

  backstay_json_append (out, format, strlen (format));
}

/* Translates each format once. */
static void
append_sentence (BackstayDiffSentences *self,
                 Format                 format)
{
  if (self->formats[format] == NULL)
    self->formats[format] = _ (formats[format]);

  append_filled (self->sentence, self->formats[format], self->words);
}

/* Begins with a word. */
static GString *
clear_word (BackstayDiffSentences *self,
            guint                  word)
{
  return g_string_truncate (self->words[word], 0);
}

static void
set_number (BackstayDiffSentences *self,
            guint                  word,
            guint                  number)
{
  char  digits[10];
  char *p = digits + sizeof digits;

  do
    *--p = (char) ('0' + number % 10);
  while ((number /= 10) > 0);

  g_string_append_len (clear_word (self, word), p, digits + sizeof digits - p);
}

/* Puts the path together. What comes next mostly has the same parent. */
static void
set_path (BackstayDiffSentences *self,
          BackstayJson          *json,
          BackstayJsonNode       node)
{
  BackstayJsonNode parent = backstay_json_get_parent (json, node);

  if (parent == BACKSTAY_JSON_NODE_NONE)
    {
      g_string_truncate (self->path, 0);
      self->path_json = NULL;
      return;
    }

  if (self->path_json != json || self->path_parent != parent)
    {
      g_autofree char *path = backstay_json_dup_display_path (json, parent);

      g_string_assign (self->path, path);
      self->path_json = json;
      self->path_parent = parent;
      self->path_length = self->path->len;
    }

  g_string_truncate (self->path, self->path_length);
  backstay_json_append_display_step (self->path, json, node);
}

/* What a sentence is about. */
static void
set_subject (BackstayDiffSentences *self,
             BackstayJson          *json,
             BackstayJsonNode       node)
{
  GString *subject = clear_word (self, WORD_SUBJECT);

  set_path (self, json, node);

  if (self->path->len == 0)
    {
      /* TRANSLATORS: what a sentence such as "%s changed from %s to %s" is about. */
      g_string_append (subject, _ ("The document"));
      return;
    }

  backstay_json_append (subject, "`", 1);
  backstay_diff_excerpt_append_path (subject, self->path->str, self->path->len);
  backstay_json_append (subject, "`", 1);
}

static void
set_value_with_type (BackstayDiffSentences *self,
                     guint                  word,
                     BackstayJson          *json,
                     BackstayJsonNode       node)
{
  GString         *out = clear_word (self, word);
  g_autofree char *value = backstay_diff_excerpt_value (json, node);

  switch (backstay_json_get_kind (json, node))
    {
    case BACKSTAY_JSON_KIND_STRING:
      /* TRANSLATORS: a value with its type, as in 'changed its type from number 7 to string "7"'. */
      g_string_append_printf (out, _ ("string %s"), value);
      break;

    case BACKSTAY_JSON_KIND_NUMBER:
      g_string_append_printf (out, _ ("number %s"), value);
      break;

    case BACKSTAY_JSON_KIND_BOOLEAN:
      g_string_append_printf (out, _ ("boolean %s"), value);
      break;

    case BACKSTAY_JSON_KIND_OBJECT:
    case BACKSTAY_JSON_KIND_ARRAY:
    case BACKSTAY_JSON_KIND_NULL:
    default:
      g_string_append (out, value);
      break;
    }
}

/* A value that is only on one side. */
static void
tell_one_sided (BackstayDiffSentences *self,
                Format                 format,
                BackstayJson          *json,
                BackstayJsonNode       node)
{
  set_subject (self, json, node);
  backstay_diff_excerpt_append_value (clear_word (self, WORD_FIRST), json, node);
  append_sentence (self, format);
}

static void
tell_type_changed (BackstayDiffSentences    *self,
                   const BackstayDiffRecord *row)
{
  set_subject (self, self->diff->after, row->after);
  set_value_with_type (self, WORD_FIRST, self->diff->before, row->before);
  set_value_with_type (self, WORD_SECOND, self->diff->after, row->after);
  append_sentence (self, FORMAT_TYPE_CHANGED);
}

static void
tell_changed (BackstayDiffSentences    *self,
              const BackstayDiffRecord *row)
{
  set_subject (self, self->diff->after, row->after);
  backstay_diff_excerpt_append_values (clear_word (self, WORD_FIRST), clear_word (self, WORD_SECOND),
                                       self->diff->before, row->before, self->diff->after, row->after);
  append_sentence (self, FORMAT_CHANGED);
}

/* Where the spelling of the value is the same, it is that of the key that differs. */
static void
tell_respelt (BackstayDiffSentences    *self,
              const BackstayDiffRecord *row)
{
  GString *after_value = clear_word (self, WORD_FIRST);
  GString *before_value = clear_word (self, WORD_SECOND);

  set_subject (self, self->diff->after, row->after);

  if (backstay_diff_values_spelt_same (self->diff->before, row->before, self->diff->after, row->after))
    {
      append_sentence (self, FORMAT_KEY_RESPELT);
      return;
    }

  backstay_diff_excerpt_append_values (before_value, after_value, self->diff->before, row->before,
                                       self->diff->after, row->after);

  /* A sentence writes some characters as escapes, and then cannot show which of them were. */
  append_sentence (self, g_string_equal (before_value, after_value) ? FORMAT_SPELT_OTHERWISE
                                                                    : FORMAT_RESPELT);
}

/* Tells what happened to the value at a row, but for a move. */
static void
tell_change (BackstayDiffSentences    *self,
             const BackstayDiffRecord *row)
{
  switch ((BackstayDiffKind) row->kind)
    {
    case BACKSTAY_DIFF_KIND_ADDED:
      tell_one_sided (self, FORMAT_ADDED, self->diff->after, row->after);
      break;

    case BACKSTAY_DIFF_KIND_REMOVED:
      tell_one_sided (self, FORMAT_REMOVED, self->diff->before, row->before);
      break;

    case BACKSTAY_DIFF_KIND_TYPE_CHANGED:
      tell_type_changed (self, row);
      break;

    case BACKSTAY_DIFF_KIND_CHANGED:
      tell_changed (self, row);
      break;

    case BACKSTAY_DIFF_KIND_RESPELT:
      tell_respelt (self, row);
      break;

    case BACKSTAY_DIFF_KIND_UNCHANGED:
    case BACKSTAY_DIFF_KIND_MODIFIED:
    default:
      break;
    }
}

/* Moves */

/* How many elements were moved along with the first of a block. A removed element may have its row
 * among them. */
static guint
count_followers (BackstayDiff   *diff,
                 BackstayDiffRow row)
{
  BackstayDiffRow end = backstay_diff_get_end (diff, backstay_diff_get_parent (diff, row));
  guint           n_followers = 0;

  for (row = backstay_diff_get_end (diff, row); row < end; row = backstay_diff_get_end (diff, row))
    {
      if (backstay_diff_get_kind (diff, row) == BACKSTAY_DIFF_KIND_REMOVED)
        continue;

      if (!backstay_diff_get_moved (diff, row) || backstay_diff_get_move_begins (diff, row))
        break;

      n_followers++;
    }

  return n_followers;
}

static void
tell_move (BackstayDiffSentences    *self,
           const BackstayDiffRecord *row)
{
  guint n_followers = row->moved_first ? count_followers (self->diff, row->row) : 0;

  set_subject (self, self->diff->after, row->after);
  set_number (self, WORD_FIRST, backstay_json_get_index (self->diff->before, row->before));
  set_number (self, WORD_SECOND, backstay_json_get_index (self->diff->after, row->after));

  if (n_followers == 0)
    {
      append_sentence (self, FORMAT_MOVED);
      return;
    }

  set_number (self, WORD_THIRD, n_followers);
  append_filled (self->sentence,
                 ngettext ("%1$s and the element after it were moved from index "
                           "%2$u to %3$u",
                           "%1$s and the %4$u elements after it were moved from index "
                           "%2$u to %3$u",
                           n_followers),
                 self->words);
}

/* A move and a change are two sentences in one. */
static void
tell_move_and_change (BackstayDiffSentences    *self,
                      const BackstayDiffRecord *row)
{
  g_autofree char *move = NULL;
  g_autofree char *change = NULL;

  tell_move (self, row);
  move = g_strdup (self->sentence->str);

  g_string_truncate (self->sentence, 0);
  tell_change (self, row);

  if (self->sentence->len == 0)
    {
      g_string_assign (self->sentence, move);
      return;
    }

  change = g_strdup (self->sentence->str);
  g_string_assign (self->words[WORD_SUBJECT], move);
  g_string_assign (self->words[WORD_FIRST], change);
  g_string_truncate (self->sentence, 0);
  append_sentence (self, FORMAT_MOVED_AND);
}

/**
 * backstay_diff_dup_sentence:
 * @diff: a diff
 * @row: one of its rows
 *
 * Says in plain words what happened at a row: "`steps` changed from 20 to 30".
 *
 * The sentence has no full stop. Scalars stand in it as in the text, but long ones
 * are shortened around the first difference; objects and arrays are only counted.
 * There are no line breaks in it, nor control, bidirectional or other characters of
 * format: these are written as escapes of JSON.
 *
 * The first of elements that were moved together speaks for all of them, and the
 * others for themselves.
 *
 * Returns: (transfer full) (nullable): the sentence; %NULL if nothing happened at
 *   the row itself
 */
char *
backstay_diff_dup_sentence (BackstayDiff   *diff,
                            BackstayDiffRow row)
{
  g_auto (BackstayDiffSentences) sentences = { NULL };
  BackstayDiffRecord record;

  g_return_val_if_fail (diff != NULL, NULL);
  g_return_val_if_fail (row < backstay_diff_get_n_rows (diff), NULL);

  backstay_diff_sentences_init (&sentences, diff);
  record = backstay_diff_look_up (diff, row);

  if (record.moved)
    tell_move_and_change (&sentences, &record);
  else
    tell_change (&sentences, &record);

  return sentences.sentence->len > 0 ? g_string_free (g_steal_pointer (&sentences.sentence), FALSE) : NULL;
}

/**
 * backstay_diff_sentences_init:
 * @self: (out caller-allocates): an iterator
 * @diff: a diff
 *
 * Begins a walk through the changes of a diff.
 */
void
backstay_diff_sentences_init (BackstayDiffSentences *self,
                              BackstayDiff          *diff)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (diff != NULL);

  *self = (BackstayDiffSentences){
    .diff = diff,
    .sentence = g_string_new (NULL),
    .path = g_string_new (NULL),
  };

  for (guint i = 0; i < BACKSTAY_DIFF_SENTENCES_N_WORDS; i++)
    self->words[i] = g_string_new (NULL);
}

static void
free_string (GString *string)
{
  if (string != NULL)
    g_string_free (string, TRUE);
}

/**
 * backstay_diff_sentences_clear:
 * @self: an iterator
 *
 * Ends a walk.
 */
void
backstay_diff_sentences_clear (BackstayDiffSentences *self)
{
  g_return_if_fail (self != NULL);

  free_string (g_steal_pointer (&self->sentence));
  free_string (g_steal_pointer (&self->path));

  for (guint i = 0; i < BACKSTAY_DIFF_SENTENCES_N_WORDS; i++)
    free_string (g_steal_pointer (&self->words[i]));
}

/* Elements that were moved with the one before, and are as they were, are left out. */
static void
tell_listed (BackstayDiffSentences    *self,
             const BackstayDiffRecord *row)
{
  if (!row->moved || !row->moved_first)
    tell_change (self, row);
  else if (row->kind == BACKSTAY_DIFF_KIND_UNCHANGED)
    tell_move (self, row);
  else
    tell_move_and_change (self, row);
}

/**
 * backstay_diff_sentences_next:
 * @self: an iterator
 * @row: (out) (optional): the row that the sentence is about
 *
 * Gives one change after the other, in document order.
 *
 * Elements that were moved together have one sentence.
 *
 * Returns: (transfer none) (nullable): the sentence of the next change, see
 *   backstay_diff_dup_sentence(), until the next call; %NULL at the end
 */
const char *
backstay_diff_sentences_next (BackstayDiffSentences *self,
                              BackstayDiffRow       *row)
{
  BackstayDiffRow current;

  g_return_val_if_fail (self != NULL, NULL);

  while ((current = backstay_diff_skip_unchanged (self->diff, self->next_row)) <
         backstay_diff_get_n_rows (self->diff))
    {
      BackstayDiffRecord record = backstay_diff_look_up (self->diff, current);

      self->next_row = current + 1;
      g_string_truncate (self->sentence, 0);
      tell_listed (self, &record);

      if (self->sentence->len == 0)
        continue;

      if (row != NULL)
        *row = current;

      return self->sentence->str;
    }

  return NULL;
}

/**
 * backstay_diff_counts_dup_summary:
 * @counts: how many changes there are, see backstay_diff_get_counts()
 *
 * Says in a few words how much differs: "2 changed, 1 added, 1 removed",
 * "spelling only: 3", "no difference".
 *
 * Returns: (transfer full): the summary
 */
char *
backstay_diff_counts_dup_summary (const BackstayDiffCounts *counts)
{
  g_autoptr (GPtrArray) parts = NULL;

  g_return_val_if_fail (counts != NULL, NULL);

  parts = g_ptr_array_new_with_free_func (g_free);

  if (counts->n_changed > 0)
    g_ptr_array_add (parts, g_strdup_printf (ngettext ("%u changed", "%u changed", counts->n_changed),
                                             counts->n_changed));
  if (counts->n_added > 0)
    g_ptr_array_add (parts, g_strdup_printf (ngettext ("%u added", "%u added", counts->n_added),
                                             counts->n_added));
  if (counts->n_removed > 0)
    g_ptr_array_add (parts, g_strdup_printf (ngettext ("%u removed", "%u removed", counts->n_removed),
                                             counts->n_removed));
  if (counts->n_moved > 0)
    g_ptr_array_add (parts, g_strdup_printf (ngettext ("%u moved", "%u moved", counts->n_moved),
                                             counts->n_moved));
  /* TRANSLATORS: so many values are the same, but spelt otherwise, such as 1 and 1.0. */
  if (counts->n_respelt > 0)
    g_ptr_array_add (parts, g_strdup_printf (ngettext ("spelling only: %u", "spelling only: %u",
                                                       counts->n_respelt),
                                             counts->n_respelt));

  if (parts->len == 0)
    return g_strdup (_ ("no difference"));

  g_ptr_array_add (parts, NULL);

  /* TRANSLATORS: between the parts of "2 changed, 1 added". */
  return g_strjoinv (_ (", "), (char **) parts->pdata);
}
