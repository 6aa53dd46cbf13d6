/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "backstay-draft"

#include "config.h"

#include "backstay-draft.h"

#include <gio/gio.h>
#include <glib/gi18n-lib.h>
#include <json-glib/json-glib.h>
#include <string.h>

/* A draft's file: one line of JSON that says whose it is, and then the text as it was typed, to the
 * end. Whoever has lost everything else can still read the text with any program. */

#define FORMAT "backstay-draft"
#define FORMAT_VERSION 1

G_DEFINE_BOXED_TYPE (BackstayDraft, backstay_draft, backstay_draft_ref, backstay_draft_unref)

static const struct
{
  const char *name;
  gsize       offset;
} fields[] = {
  { "id", G_STRUCT_OFFSET (BackstayDraft, id) },
  { "server-key", G_STRUCT_OFFSET (BackstayDraft, server_key) },
  { "server", G_STRUCT_OFFSET (BackstayDraft, server) },
  { "identity", G_STRUCT_OFFSET (BackstayDraft, identity) },
  { "base", G_STRUCT_OFFSET (BackstayDraft, base_id) },
  { "model-type", G_STRUCT_OFFSET (BackstayDraft, model_type) },
  { "config-name", G_STRUCT_OFFSET (BackstayDraft, config_name) },
  { "notes", G_STRUCT_OFFSET (BackstayDraft, notes) },
};

#define FIELD(draft, i) G_STRUCT_MEMBER (char *, (draft), fields[i].offset)

/**
 * backstay_draft_new:
 *
 * Returns: (transfer full): a draft with an id and nothing else, to be filled in before it is shared
 */
BackstayDraft *
backstay_draft_new (void)
{
  BackstayDraft *self = g_new0 (BackstayDraft, 1);

  g_atomic_ref_count_init (&self->ref_count);
  self->id = g_uuid_string_random ();
  self->saved_at = g_get_real_time ();

  return self;
}

/**
 * backstay_draft_ref:
 *
 * Returns: (transfer full): the same draft
 */
BackstayDraft *
backstay_draft_ref (BackstayDraft *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->ref_count);

  return self;
}

/**
 * backstay_draft_unref:
 *
 * Gives up one reference.
 */
void
backstay_draft_unref (BackstayDraft *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;

  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    g_free (FIELD (self, i));
  g_free (self->text);
  g_free (self);
}

/**
 * backstay_draft_to_bytes:
 *
 * Writes a draft for its file.
 *
 * Returns: (transfer full): the file's content
 */
GBytes *
backstay_draft_to_bytes (BackstayDraft *self)
{
  g_autoptr (JsonObject) head = json_object_new ();
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);
  g_autofree char *line = NULL;
  g_autofree char *content = NULL;

  g_return_val_if_fail (self != NULL, NULL);

  json_object_set_int_member (head, FORMAT, FORMAT_VERSION);
  json_object_set_int_member (head, "saved-at", self->saved_at);
  json_object_set_boolean_member (head, "activate", self->activate);

  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    json_object_set_string_member (head, fields[i].name, FIELD (self, i) != NULL ? FIELD (self, i) : "");

  json_node_set_object (node, head);
  line = json_to_string (node, FALSE);
  content = g_strconcat (line, "\n", self->text != NULL ? self->text : "", NULL);

  return g_bytes_new_take (g_steal_pointer (&content), strlen (content));
}

static JsonObject *
parse_head (JsonParser *parser,
            const char *line,
            gsize       length)
{
  JsonNode   *root;
  JsonObject *head;

  if (!json_parser_load_from_data (parser, line, (gssize) length, NULL))
    return NULL;

  root = json_parser_get_root (parser);
  if (root == NULL || !JSON_NODE_HOLDS_OBJECT (root))
    return NULL;

  head = json_node_get_object (root);

  return json_object_get_int_member_with_default (head, FORMAT, 0) == FORMAT_VERSION ? head : NULL;
}

/**
 * backstay_draft_new_from_bytes:
 * @bytes: a file's content
 * @error: return location
 *
 * Reads what backstay_draft_to_bytes() wrote.
 *
 * Returns: (transfer full): the draft; %NULL with %G_IO_ERROR_INVALID_DATA where it is none
 */
BackstayDraft *
backstay_draft_new_from_bytes (GBytes  *bytes,
                               GError **error)
{
  gsize       size;
  const char *data;
  const char *line_end;
  JsonObject *head = NULL;
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_autoptr (BackstayDraft) self = NULL;

  g_return_val_if_fail (bytes != NULL, NULL);

  data = g_bytes_get_data (bytes, &size);

  if (size > 0 && (line_end = memchr (data, '\n', size)) != NULL &&
      g_utf8_validate_len (data, size, NULL))
    head = parse_head (parser, data, line_end - data);

  if (head == NULL)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA,
                           _ ("This file is no draft that this version of Backstay can read."));
      return NULL;
    }

  self = backstay_draft_new ();
  self->saved_at = json_object_get_int_member_with_default (head, "saved-at", 0);
  self->activate = json_object_get_boolean_member_with_default (head, "activate", FALSE);
  self->text = g_strndup (line_end + 1, data + size - (line_end + 1));

  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    {
      g_free (FIELD (self, i));
      FIELD (self, i) = g_strdup (json_object_get_string_member_with_default (head, fields[i].name, ""));
    }

  return g_steal_pointer (&self);
}
