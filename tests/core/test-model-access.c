/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "test-model-access"

#include "config.h"

#include "backstay-access-facts.h"

#include <json-glib/json-glib.h>
#include <string.h>

static void
assert_claims (const char *id)
{
  g_autoptr (BackstayIdentity) identity = backstay_identity_new (id, NULL);
  g_autofree char *claims = backstay_identity_dup_claims (identity);
  g_autoptr (JsonNode) root = NULL;
  g_autoptr (GError) error = NULL;
  JsonObject *object;

  root = json_from_string (claims, &error);
  g_assert_no_error (error);
  object = json_node_get_object (root);
  g_assert_cmpuint (json_object_get_size (object), ==, 2);
  g_assert_cmpstr (json_object_get_string_member (object, "sub"), ==, id);
  g_assert_cmpstr (json_object_get_string_member (object, "role"), ==, "authenticated");
}

static void
test_claims (void)
{
  assert_claims ("00000000-0000-4000-8000-0000000000a1");
  assert_claims ("");
  assert_claims ("x\", \"role\": \"service_role\", \"y\": \"");
  assert_claims ("\\");
  assert_claims ("\\\"}");
  assert_claims ("a\nb\tc");
  assert_claims ("zoë 🚀 \xe2\x80\xae");
  assert_claims ("' or true --");
}

static void
test_identity (void)
{
  g_autoptr (BackstayIdentity) named =
    backstay_identity_new ("ABCDEF01-0000-4000-8000-000000000000", "alice ");
  g_autoptr (BackstayIdentity) unnamed =
    backstay_identity_new ("abcdef01-0000-4000-8000-000000000000", NULL);
  g_autoptr (BackstayIdentity) empty =
    backstay_identity_new ("abcdef01-0000-4000-8000-000000000000", "");
  g_autofree char *named_label = backstay_identity_dup_label (named);
  g_autofree char *unnamed_label = backstay_identity_dup_label (unnamed);
  g_autofree char *empty_label = backstay_identity_dup_label (empty);

  g_assert_cmpstr (backstay_identity_get_id (named), ==, "abcdef01-0000-4000-8000-000000000000");
  g_assert_cmpstr (backstay_identity_get_name (named), ==, "alice ");
  g_assert_cmpstr (named_label, ==, "alice␣");
  g_assert_cmpstr (unnamed_label, ==, "unknown user abcdef01");
  g_assert_cmpstr (empty_label, ==, "unknown user abcdef01");
}

/* Of each kind one either can browse or is told why not; and every word is there. */
static void
test_kinds (void)
{
  for (int kind = BACKSTAY_ACCESS_ADMIN; kind <= BACKSTAY_ACCESS_NO_TABLE; kind++)
    {
      g_autoptr (BackstayAccess) access = backstay_access_new ();
      g_autofree char *refusal = NULL;
      g_autofree char *user = NULL;
      g_autofree char *warning = NULL;
      gboolean         can_browse;

      access->kind = (BackstayAccessKind) kind;
      access->login = g_strdup ("some%slogin");
      can_browse = backstay_access_can_browse (access);
      refusal = backstay_access_dup_refusal (access);
      user = backstay_access_dup_user (access);
      warning = backstay_access_dup_warning (access);

      g_assert_true (can_browse == (refusal == NULL));
      g_assert_cmpstr (user, ==, "some%slogin");
      g_assert_cmpuint (strlen (backstay_access_get_rank (access)), >, 0);

      /* Without the right to write one may look, and is told so. */
      g_assert_false (backstay_access_can_write (access));
      g_assert_true (can_browse == (warning != NULL));

      access->may_write = TRUE;
      g_assert_true (backstay_access_can_write (access) == can_browse);
      access->read_only = TRUE;
      g_assert_false (backstay_access_can_write (access));
    }
}

static void
test_sentences (void)
{
  g_autoptr (BackstayAccess) access = backstay_access_new ();
  g_autofree char *no_table = NULL;
  g_autofree char *not_admin = NULL;
  g_autofree char *all_well = NULL;
  g_autofree char *read_only = NULL;
  g_autofree char *bypass = NULL;

  access->database = g_strdup ("models");
  access->login = g_strdup ("dba");
  no_table = backstay_access_dup_refusal (access);
  g_assert_nonnull (strstr (no_table, "models"));

  access->kind = BACKSTAY_ACCESS_NOT_ADMIN;
  access->identity =
    backstay_identity_new ("00000000-0000-4000-8000-0000000000d4", "dave\xe2\x80\xae");
  not_admin = backstay_access_dup_refusal (access);
  g_assert_nonnull (strstr (not_admin, "dave⟨U+202E⟩"));

  access->kind = BACKSTAY_ACCESS_ADMIN;
  access->may_write = TRUE;
  all_well = backstay_access_dup_warning (access);
  g_assert_null (all_well);

  access->read_only = TRUE;
  read_only = backstay_access_dup_warning (access);
  g_assert_nonnull (read_only);

  access->read_only = FALSE;
  access->kind = BACKSTAY_ACCESS_BYPASS;
  bypass = backstay_access_dup_warning (access);
  g_assert_nonnull (strstr (bypass, "dba"));
}

static void
test_security (void)
{
  g_autoptr (BackstayAccess) access = backstay_access_new ();

  g_assert_cmpstr (backstay_access_get_security (access), ==, "not encrypted");
  access->security = BACKSTAY_DB_SECURITY_ENCRYPTED;
  g_assert_cmpstr (backstay_access_get_security (access), ==, "encrypted, server not verified");
  access->security = BACKSTAY_DB_SECURITY_SIGNER;
  g_assert_cmpstr (backstay_access_get_security (access), ==, "encrypted, host name not verified");
  access->security = BACKSTAY_DB_SECURITY_VERIFIED;
  g_assert_cmpstr (backstay_access_get_security (access), ==, "encrypted");
  access->security = BACKSTAY_DB_SECURITY_LOCAL;
  g_assert_cmpstr (backstay_access_get_security (access), ==, "this computer");
}

static BackstayAccessFact *
find_fact (GPtrArray  *facts,
           const char *title)
{
  for (guint i = 0; i < facts->len; i++)
    {
      BackstayAccessFact *fact = g_ptr_array_index (facts, i);

      if (strcmp (fact->title, title) == 0)
        return fact;
    }

  return NULL;
}

/* Every kind says something about everything, whatever else is so. */
static void
test_facts_of_kinds (void)
{
  for (guint bits = 0; bits < 64; bits++)
    for (int kind = BACKSTAY_ACCESS_ADMIN; kind <= BACKSTAY_ACCESS_NO_TABLE; kind++)
      {
        g_autoptr (BackstayAccess) access = backstay_access_new ();
        g_autoptr (GPtrArray) facts = NULL;

        access->kind = (BackstayAccessKind) kind;
        access->login = g_strdup ("some%slogin\xe2\x80\xae");
        access->may_write = bits & 1;
        access->may_sign_in = (bits >> 1) & 1;
        access->has_profiles = (bits >> 2) & 1;
        access->security_on = (bits >> 3) & 1;
        access->read_only = (bits >> 4) & 1;
        access->has_roles = access->has_uid = (bits >> 5) & 1;
        facts = backstay_access_list_facts (access);
        g_assert_cmpuint (facts->len, >=, 6);
        g_assert_nonnull (find_fact (facts, "What you may do"));

        for (guint i = 0; i < facts->len; i++)
          {
            BackstayAccessFact *fact = g_ptr_array_index (facts, i);

            g_assert_cmpuint (strlen (fact->text), >, 0);
            g_assert_null (strstr (fact->text, "\xe2\x80\xae"));
          }
      }
}

static void
test_facts (void)
{
  g_autoptr (BackstayAccess) access = backstay_access_new ();
  g_autoptr (GPtrArray) unprotected = NULL;
  g_autoptr (GPtrArray) bypass = NULL;
  g_autoptr (GPtrArray) admin = NULL;

  access->login = g_strdup ("dba");
  access->schema = g_strdup ("a \"b\"");
  access->kind = BACKSTAY_ACCESS_UNPROTECTED;
  access->security = BACKSTAY_DB_SECURITY_NONE;
  unprotected = backstay_access_list_facts (access);
  g_assert_cmpint (find_fact (unprotected, "Is row security on?")->kind, ==, BACKSTAY_ACCESS_FACT_BAD);
  g_assert_cmpstr (find_fact (unprotected, "Is row security on?")->sql, ==,
                   "ALTER TABLE \"a \"\"b\"\"\".model_config_history ENABLE ROW LEVEL SECURITY;");
  g_assert_null (find_fact (unprotected, "Does it bind you?"));
  g_assert_cmpint (find_fact (unprotected, "The way there")->kind, ==, BACKSTAY_ACCESS_FACT_BAD);

  access->security_on = TRUE;
  access->kind = BACKSTAY_ACCESS_BYPASS;
  access->security = BACKSTAY_DB_SECURITY_VERIFIED;
  bypass = backstay_access_list_facts (access);
  g_assert_cmpint (find_fact (bypass, "Is row security on?")->kind, ==, BACKSTAY_ACCESS_FACT_GOOD);
  g_assert_cmpint (find_fact (bypass, "Does it bind you?")->kind, ==, BACKSTAY_ACCESS_FACT_BAD);
  g_assert_nonnull (find_fact (bypass, "Does it bind you?")->sql);
  g_assert_cmpint (find_fact (bypass, "The way there")->kind, ==, BACKSTAY_ACCESS_FACT_GOOD);

  access->kind = BACKSTAY_ACCESS_ADMIN;
  access->may_write = TRUE;
  access->identity = backstay_identity_new ("00000000-0000-4000-8000-0000000000a1", "alice");
  admin = backstay_access_list_facts (access);
  g_assert_nonnull (strstr (find_fact (admin, "Who you are")->text, "alice"));
  g_assert_cmpint (find_fact (admin, "Are you an administrator?")->kind, ==, BACKSTAY_ACCESS_FACT_GOOD);
  g_assert_cmpint (find_fact (admin, "Does it bind you?")->kind, ==, BACKSTAY_ACCESS_FACT_GOOD);
}

/* A login that takes no role claims none. */
static void
test_claims_of_login (void)
{
  g_autoptr (BackstayIdentity) identity = backstay_identity_new_of_login ("00000000-0000-4000-8000-0000000000A1", NULL);
  g_autofree char *claims = backstay_identity_dup_claims (identity);

  g_assert_true (backstay_identity_get_of_login (identity));
  g_assert_cmpstr (claims, ==, "{\"sub\":\"00000000-0000-4000-8000-0000000000a1\"}");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/identity/claims", test_claims);
  g_test_add_func ("/identity/labels", test_identity);
  g_test_add_func ("/identity/claims-of-login", test_claims_of_login);
  g_test_add_func ("/access/kinds", test_kinds);
  g_test_add_func ("/access/facts", test_facts);
  g_test_add_func ("/access/facts-of-kinds", test_facts_of_kinds);
  g_test_add_func ("/access/sentences", test_sentences);
  g_test_add_func ("/access/security", test_security);

  return g_test_run ();
}
