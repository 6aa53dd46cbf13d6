/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "json-patcher"

#include "config.h"

#include <string.h>

#include "json-patcher.h"

typedef struct _Value Value;

struct _Value
{
  BackstayJsonKind kind;
  char            *lexeme;  /* Of a scalar. */
  GTree           *members; /* Of an object: values by key. */
  GPtrArray       *elements;
};

struct _JsonPatcher
{
  Value *root;
};

/* Values */

static void
value_free (gpointer data)
{
  Value *self = data;

  g_free (self->lexeme);
  g_clear_pointer (&self->members, g_tree_unref);
  g_clear_pointer (&self->elements, g_ptr_array_unref);
  g_free (self);
}

static int
compare_keys (gconstpointer a,
              gconstpointer b,
              gpointer      user_data)
{
  return strcmp (a, b);
}

static Value *
value_new (BackstayJsonKind kind)
{
  Value *self = g_new0 (Value, 1);

  self->kind = kind;

  if (kind == BACKSTAY_JSON_KIND_OBJECT)
    self->members = g_tree_new_full (compare_keys, NULL, g_free, value_free);
  else if (kind == BACKSTAY_JSON_KIND_ARRAY)
    self->elements = g_ptr_array_new_with_free_func (value_free);

  return self;
}

/* Makes text that may hold U+0000 a string of C, with bytes that UTF-8 cannot have. */
static char *
encode_nul (char *text,
            gsize length)
{
  GString *encoded = g_string_new (NULL);

  for (gsize i = 0; i < length; i++)
    g_string_append (encoded, text[i] != '\0' ? (char[]){ text[i], '\0' } : "\xc0\x80");

  g_free (text);

  return g_string_free (encoded, FALSE);
}

static char *
dup_key (BackstayJson    *json,
         BackstayJsonNode node)
{
  gsize length;
  char *key = backstay_json_dup_key (json, node, &length);

  return encode_nul (key, length);
}

static char *
dup_string (BackstayJson    *json,
            BackstayJsonNode node)
{
  gsize length;
  char *string = backstay_json_dup_string (json, node, &length);

  return encode_nul (string, length);
}

static Value *
read_value (BackstayJson    *json,
            BackstayJsonNode node)
{
  Value *value = value_new (backstay_json_get_kind (json, node));

  for (guint i = 0; i < backstay_json_get_n_children (json, node); i++)
    {
      BackstayJsonNode child = backstay_json_get_child (json, node, i);

      if (value->kind == BACKSTAY_JSON_KIND_ARRAY)
        g_ptr_array_add (value->elements, read_value (json, child));
      else
        g_tree_insert (value->members, dup_key (json, child), read_value (json, child));
    }

  if (value->elements == NULL && value->members == NULL)
    {
      gsize       length;
      const char *lexeme = backstay_json_get_lexeme (json, node, &length);

      value->lexeme = g_strndup (lexeme, length);
    }

  return value;
}

static void print_value (GString *out,
                         Value   *value);

static gboolean
print_member (gpointer key,
              gpointer value,
              gpointer user_data)
{
  g_string_append_printf (user_data, "%" G_GSIZE_FORMAT ":%s=", strlen (key), (char *) key);
  print_value (user_data, value);
  g_string_append_c (user_data, ';');

  return FALSE;
}

static void
print_value (GString *out,
             Value   *value)
{
  if (value->lexeme != NULL)
    {
      g_string_append (out, value->lexeme);
    }
  else if (value->members != NULL)
    {
      g_string_append_c (out, '{');
      g_tree_foreach (value->members, print_member, out);
      g_string_append_c (out, '}');
    }
  else
    {
      g_string_append_c (out, '[');

      for (guint i = 0; i < value->elements->len; i++)
        {
          print_value (out, g_ptr_array_index (value->elements, i));
          g_string_append_c (out, ',');
        }

      g_string_append_c (out, ']');
    }
}

/* Pointers */

static void
decode_token (char *token)
{
  char *out = token;

  for (const char *p = token; *p != '\0'; p++)
    {
      if (*p == '~')
        {
          p++;
          g_assert_true (*p == '0' || *p == '1');
          *out++ = *p == '0' ? '~' : '/';
        }
      else
        {
          *out++ = *p;
        }
    }

  *out = '\0';
}

static guint
read_index (const char *token,
            guint       end)
{
  guint64 index;

  g_assert_true (token[0] != '0' || token[1] == '\0');
  g_assert_true (g_ascii_string_to_unsigned (token, 10, 0, G_MAXUINT32, &index, NULL));
  g_assert_cmpuint (index, <, end);

  return (guint) index;
}

/* Finds the container that a pointer goes into, and the last step. NULL is for the root. */
static Value *
find_container (JsonPatcher *self,
                const char  *pointer,
                char       **last)
{
  Value *value = self->root;
  g_auto (GStrv) tokens = g_strsplit (pointer, "/", -1);

  *last = NULL;

  if (*pointer == '\0')
    return NULL;

  g_assert_cmpint (*pointer, ==, '/');

  for (guint i = 1; tokens[i] != NULL; i++)
    {
      decode_token (tokens[i]);

      if (tokens[i + 1] == NULL)
        {
          *last = g_strdup (tokens[i]);
          break;
        }

      if (value->elements != NULL)
        value = g_ptr_array_index (value->elements, read_index (tokens[i], value->elements->len));
      else
        value = g_tree_lookup (value->members, tokens[i]);

      g_assert_nonnull (value);
    }

  return value;
}

/* Operations */

static void
add (JsonPatcher *self,
     const char  *pointer,
     Value       *value)
{
  g_autofree char *last = NULL;
  Value           *container = find_container (self, pointer, &last);

  if (container == NULL)
    {
      g_clear_pointer (&self->root, value_free);
      self->root = value;
    }
  else if (container->elements != NULL)
    {
      g_ptr_array_insert (container->elements,
                          (int) read_index (last, container->elements->len + 1), value);
    }
  else
    {
      /* Allowed, but never needed: what is there is replaced. */
      g_assert_null (g_tree_lookup (container->members, last));
      g_tree_insert (container->members, g_steal_pointer (&last), value);
    }
}

static Value *
steal (JsonPatcher *self,
       const char  *pointer)
{
  g_autofree char *last = NULL;
  Value           *container = find_container (self, pointer, &last);
  gpointer         key;
  gpointer         value;

  if (container == NULL)
    return g_steal_pointer (&self->root);

  if (container->elements != NULL)
    return g_ptr_array_steal_index (container->elements, read_index (last, container->elements->len));

  g_assert_true (g_tree_lookup_extended (container->members, last, &key, &value));
  g_tree_steal (container->members, last);
  g_free (key);

  return value;
}

static void
apply_one (JsonPatcher     *self,
           BackstayJson    *patch,
           BackstayJsonNode operation)
{
  BackstayJsonNode op_node = backstay_json_find_member (patch, operation, "op");
  BackstayJsonNode path_node = backstay_json_find_member (patch, operation, "path");
  BackstayJsonNode value_node = backstay_json_find_member (patch, operation, "value");
  BackstayJsonNode from_node = backstay_json_find_member (patch, operation, "from");
  g_autofree char *op = dup_string (patch, op_node);
  g_autofree char *path = dup_string (patch, path_node);
  g_autofree char *from = from_node != BACKSTAY_JSON_NODE_NONE ? dup_string (patch, from_node) : NULL;
  gboolean         has_value = value_node != BACKSTAY_JSON_NODE_NONE;

  g_assert_cmpuint (backstay_json_get_n_children (patch, operation), ==,
                    2 + (guint) has_value + (guint) (from != NULL));

  if (g_str_equal (op, "move"))
    {
      g_assert_nonnull (from);
      g_assert_cmpstr (from, !=, path);
      add (self, path, steal (self, from));
      return;
    }

  g_assert_null (from);
  g_assert_cmpint (has_value, ==, !g_str_equal (op, "remove"));

  if (g_str_equal (op, "remove") || g_str_equal (op, "replace"))
    value_free (steal (self, path));
  else
    g_assert_cmpstr (op, ==, "add");

  if (has_value)
    add (self, path, read_value (patch, value_node));
}

/* RFC 7396's own words: MergePatch (Target, Patch). */
static Value *
merge (Value           *target,
       BackstayJson    *json,
       BackstayJsonNode patch)
{
  if (backstay_json_get_kind (json, patch) != BACKSTAY_JSON_KIND_OBJECT)
    {
      g_clear_pointer (&target, value_free);
      return read_value (json, patch);
    }

  if (target == NULL || target->members == NULL)
    {
      g_clear_pointer (&target, value_free);
      target = value_new (BACKSTAY_JSON_KIND_OBJECT);
    }

  for (guint i = 0; i < backstay_json_get_n_children (json, patch); i++)
    {
      BackstayJsonNode child = backstay_json_get_child (json, patch, i);
      g_autofree char *name = dup_key (json, child);
      gpointer         key = NULL;
      gpointer         value = NULL;

      if (g_tree_lookup_extended (target->members, name, &key, &value))
        g_tree_steal (target->members, name);

      g_free (key);

      if (backstay_json_get_kind (json, child) != BACKSTAY_JSON_KIND_NULL)
        g_tree_insert (target->members, g_steal_pointer (&name), merge (value, json, child));
      else
        g_clear_pointer (&value, value_free);
    }

  return target;
}

static BackstayJson *
read_patch (GBytes *patch)
{
  g_autoptr (GError) error = NULL;
  BackstayJson *json = backstay_json_new (patch, NULL, NULL, &error);

  g_assert_no_error (error);

  return json;
}

JsonPatcher *
json_patcher_new (BackstayJson *json)
{
  JsonPatcher *self = g_new0 (JsonPatcher, 1);

  self->root = read_value (json, backstay_json_get_root (json));

  return self;
}

void
json_patcher_free (JsonPatcher *self)
{
  g_clear_pointer (&self->root, value_free);
  g_free (self);
}

/* Applies a JSON Patch, and returns how many operations it has. */
guint
json_patcher_apply (JsonPatcher *self,
                    GBytes      *patch)
{
  g_autoptr (BackstayJson) json = read_patch (patch);
  BackstayJsonNode root = backstay_json_get_root (json);
  guint            n_operations = backstay_json_get_n_children (json, root);

  g_assert_cmpint (backstay_json_get_kind (json, root), ==, BACKSTAY_JSON_KIND_ARRAY);

  for (guint i = 0; i < n_operations; i++)
    apply_one (self, json, backstay_json_get_child (json, root, i));

  return n_operations;
}

void
json_patcher_merge (JsonPatcher *self,
                    GBytes      *patch)
{
  g_autoptr (BackstayJson) json = read_patch (patch);

  self->root = merge (g_steal_pointer (&self->root), json, backstay_json_get_root (json));
}

/* Writes the document so that documents can be compared: keys are sorted, and scalars are as they
 * were written. It is not JSON. */
char *
json_patcher_print (JsonPatcher *self)
{
  GString *out = g_string_new (NULL);

  print_value (out, self->root);

  return g_string_free (out, FALSE);
}
