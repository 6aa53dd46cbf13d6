/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "backstay-history-filter-saved"

#include "config.h"

#include "backstay-history-filter.h"

#include <string.h>

/* A filter as it is saved. */

static const char *const show_names[] = { "all", "active", "inactive", "candidates" };
static const char *const period_names[] = { "any", "1", "7", "30", "90", "range" };

static void
add_value (GVariantBuilder *builder,
           const char      *key,
           const char      *value)
{
  if (value != NULL)
    g_variant_builder_add (builder, "{ss}", key, value);
}

/**
 * backstay_history_filter_to_string:
 *
 * Returns: (transfer full): the filter as backstay_history_filter_new_from_string() reads it
 */
char *
backstay_history_filter_to_string (BackstayHistoryFilter *self)
{
  g_autoptr (GVariant) variant = NULL;
  GVariantBuilder builder;

  g_return_val_if_fail (BACKSTAY_IS_HISTORY_FILTER (self), NULL);

  g_variant_builder_init (&builder, G_VARIANT_TYPE ("a{ss}"));
  if (backstay_history_filter_has (self, BACKSTAY_HISTORY_CRITERION_SHOW))
    add_value (&builder, "show", show_names[backstay_history_filter_get_show (self)]);
  if (backstay_history_filter_has (self, BACKSTAY_HISTORY_CRITERION_PERIOD))
    add_value (&builder, "period", period_names[backstay_history_filter_get_period (self)]);
  add_value (&builder, "first-day", backstay_history_filter_get_first_day (self));
  add_value (&builder, "last-day", backstay_history_filter_get_last_day (self));
  add_value (&builder, "creator", backstay_history_filter_get_creator (self));
  add_value (&builder, "creator-label", backstay_history_filter_get_creator_label (self));
  add_value (&builder, "words", backstay_history_filter_get_words (self));
  if (backstay_history_filter_get_distinct (self))
    add_value (&builder, "distinct", "true");
  variant = g_variant_ref_sink (g_variant_builder_end (&builder));

  return g_variant_print (variant, TRUE);
}

static guint
find_name (const char *const *names,
           guint              n_names,
           const char        *name)
{
  for (guint i = 0; name != NULL && i < n_names; i++)
    {
      if (strcmp (names[i], name) == 0)
        return i;
    }

  return 0;
}

#define FIND_NAME(names, name) (find_name ((names), G_N_ELEMENTS (names), (name)))

/* Only what can be a uuid may go to the server as one. */
static gboolean
is_creator (const char *creator)
{
  return creator != NULL && (strcmp (creator, BACKSTAY_HISTORY_FILTER_NOBODY) == 0 ||
                             strcmp (creator, BACKSTAY_HISTORY_FILTER_UNKNOWN) == 0 ||
                             g_uuid_string_is_valid (creator));
}

static const char *
get_value (GVariant   *variant,
           const char *key)
{
  const char *value = NULL;

  g_variant_lookup (variant, key, "&s", &value);

  return value;
}

static void
replace (BackstayHistoryFilter **self,
         BackstayHistoryFilter  *other)
{
  g_object_unref (*self);
  *self = other;
}

/**
 * backstay_history_filter_new_from_string:
 * @text: (nullable): what backstay_history_filter_to_string() gave, now or in another version
 *
 * What cannot be read is left out.
 *
 * Returns: (transfer full): the filter
 */
BackstayHistoryFilter *
backstay_history_filter_new_from_string (const char *text)
{
  g_autoptr (BackstayHistoryFilter) self = backstay_history_filter_new ();
  g_autoptr (GVariant) variant = NULL;
  const char *first_day;
  const char *last_day;
  const char *creator;

  if (text == NULL ||
      (variant = g_variant_parse (G_VARIANT_TYPE ("a{ss}"), text, NULL, NULL, NULL)) == NULL)
    return g_steal_pointer (&self);

  creator = get_value (variant, "creator");
  first_day = get_value (variant, "first-day");
  last_day = get_value (variant, "last-day");

  replace (&self, backstay_history_filter_with_show (self, FIND_NAME (show_names, get_value (variant, "show"))));
  replace (&self, backstay_history_filter_with_period (self, FIND_NAME (period_names, get_value (variant, "period")),
                                                       first_day, last_day));
  if (is_creator (creator))
    replace (&self, backstay_history_filter_with_creator (self, creator, get_value (variant, "creator-label")));
  replace (&self, backstay_history_filter_with_words (self, get_value (variant, "words")));
  replace (&self, backstay_history_filter_with_distinct (self, g_strcmp0 (get_value (variant, "distinct"), "true") == 0));

  return g_steal_pointer (&self);
}
