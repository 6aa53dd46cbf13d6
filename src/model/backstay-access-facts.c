/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "backstay-access-facts"

#include "config.h"

#include "backstay-access-facts.h"

#include "backstay-display-text.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* Am I an administrator, is the policy on, does it bind me; and what to do about it. */

static void
fact_free (gpointer data)
{
  BackstayAccessFact *fact = data;

  g_free (fact->text);
  g_free (fact->sql);
  g_free (fact);
}

static void
add (GPtrArray             *facts,
     BackstayAccessFactKind kind,
     const char            *title,
     const char            *text,
     const char            *sql)
{
  BackstayAccessFact *fact = g_new0 (BackstayAccessFact, 1);

  fact->kind = kind;
  fact->title = title;
  fact->text = g_strdup (text);
  fact->sql = g_strdup (sql);
  g_ptr_array_add (facts, fact);
}

/* As PostgreSQL reads it back. */
static char *
quote_identifier (const char *name)
{
  GString *quoted = g_string_new ("\"");

  for (; *name != '\0'; name++)
    {
      if (*name == '"')
        g_string_append_c (quoted, '"');
      g_string_append_c (quoted, *name);
    }

  return g_string_free (g_string_append_c (quoted, '"'), FALSE);
}

static void
add_identity (BackstayAccess *access,
              GPtrArray      *facts)
{
  g_autofree char *login = backstay_display_text (access->login != NULL ? access->login : "");
  g_autofree char *user = backstay_access_dup_user (access);
  g_autofree char *text = NULL;

  if (access->identity == NULL && access->may_sign_in)
    text = g_strdup_printf (_ ("You are the login %s, and no profile yet. Choose who you are."), login);
  else if (access->identity == NULL && access->has_profiles)
    text = g_strdup_printf (_ ("You are the login %s. What you do is recorded as no profile, until you choose one."), login);
  else if (access->identity == NULL)
    text = g_strdup_printf (_ ("You are the login %s. This server has no profiles, so versions that you make name no "
                               "creator."),
                            login);
  else if (backstay_identity_get_of_login (access->identity))
    text = g_strdup_printf (_ ("You are the login %s, which cannot take the role authenticated. What you do is "
                               "recorded as %s."),
                            login, user);
  else
    text = g_strdup_printf (_ ("You are signed in as %s: the login %s takes the role authenticated for each "
                               "transaction."),
                            user, login);

  add (facts,
       access->identity != NULL ? BACKSTAY_ACCESS_FACT_GOOD : BACKSTAY_ACCESS_FACT_NEUTRAL,
       _ ("Who you are"), text, NULL);
}

static void
add_rank (BackstayAccess *access,
          GPtrArray      *facts)
{
  const char *title = _ ("Are you an administrator?");

  if (access->kind == BACKSTAY_ACCESS_ADMIN)
    add (facts, BACKSTAY_ACCESS_FACT_GOOD, title, _ ("Yes: has_role() says so."), NULL);
  else if (access->kind == BACKSTAY_ACCESS_NOT_ADMIN)
    add (facts, BACKSTAY_ACCESS_FACT_BAD, title,
         _ ("No: has_role() says so, and the policies hide every configuration. Ask an administrator for the "
            "role, or sign in as somebody else."),
         NULL);
  else if (access->kind == BACKSTAY_ACCESS_NO_IDENTITY)
    add (facts, BACKSTAY_ACCESS_FACT_BAD, title,
         _ ("No: auth.uid() does not know you. Choose who you are."), NULL);
  else if (access->kind == BACKSTAY_ACCESS_BYPASS || access->kind == BACKSTAY_ACCESS_UNPROTECTED)
    add (facts, BACKSTAY_ACCESS_FACT_NEUTRAL, title, _ ("That does not matter here: nothing asks for it."), NULL);
  else if (!access->has_uid || !access->has_roles)
    add (facts, BACKSTAY_ACCESS_FACT_NEUTRAL, title,
         _ ("That cannot be asked: auth.uid() or has_role() is missing here, is another one, or may not be called. "
            "The table's own rights and policies decide."),
         NULL);
  else
    add (facts, BACKSTAY_ACCESS_FACT_NEUTRAL, title, _ ("That was not asked."), NULL);
}

static void
add_security (BackstayAccess *access,
              GPtrArray      *facts)
{
  g_autofree char *schema = quote_identifier (access->schema != NULL ? access->schema : BACKSTAY_DB_CONFIG_SCHEMA);
  g_autofree char *enable = NULL;

  if (access->kind == BACKSTAY_ACCESS_NO_TABLE)
    return;

  if (access->security_on)
    {
      add (facts, BACKSTAY_ACCESS_FACT_GOOD, _ ("Is row security on?"), _ ("Yes: the table's policies decide who sees and changes what."), NULL);
      return;
    }

  enable = g_strdup_printf ("ALTER TABLE %s.model_config_history ENABLE ROW LEVEL SECURITY;", schema);
  add (facts, BACKSTAY_ACCESS_FACT_BAD, _ ("Is row security on?"),
       _ ("No: whoever has rights on the table can change every configuration. Its owner can switch it on, once the "
          "policy for administrators is there."),
       enable);
}

static void
add_binding (BackstayAccess *access,
             GPtrArray      *facts)
{
  const char *title = _ ("Does it bind you?");

  if (!access->security_on)
    return;

  if (access->kind == BACKSTAY_ACCESS_BYPASS)
    add (facts, BACKSTAY_ACCESS_FACT_BAD, title,
         _ ("No: the server's policies do not bind this login. It owns the table, is a superuser, or has BYPASSRLS. "
            "A login for each administrator, which can do nothing but take the role authenticated, is safer."),
         "CREATE ROLE my_name LOGIN NOINHERIT;\nGRANT authenticated TO my_name;");
  else
    add (facts, BACKSTAY_ACCESS_FACT_GOOD, title, _ ("Yes: you see and change what the policies allow."), NULL);
}

static void
add_rights (BackstayAccess *access,
            GPtrArray      *facts)
{
  g_autofree char *refusal = backstay_access_dup_refusal (access);
  g_autofree char *warning = backstay_access_dup_warning (access);

  if (refusal != NULL)
    add (facts, BACKSTAY_ACCESS_FACT_BAD, _ ("What you may do"), refusal, NULL);
  else if (backstay_access_can_write (access))
    add (facts, BACKSTAY_ACCESS_FACT_GOOD, _ ("What you may do"), _ ("Look, roll back, and add versions."), NULL);
  else
    add (facts, BACKSTAY_ACCESS_FACT_NEUTRAL, _ ("What you may do"), warning, NULL);
}

static void
add_profiles (BackstayAccess *access,
              GPtrArray      *facts)
{
  if (access->has_profiles)
    add (facts, BACKSTAY_ACCESS_FACT_GOOD, _ ("Names"), _ ("The table profiles has the names of those who made versions."), NULL);
  else
    add (facts, BACKSTAY_ACCESS_FACT_NEUTRAL, _ ("Names"),
         _ ("There is no table profiles with the columns id and username that you may read, so who made a version is "
            "shown by the id alone."),
         NULL);
}

/**
 * backstay_access_describe_security:
 * @access: what was found out about a server
 *
 * Returns: (transfer none): a sentence or two for how the connection is protected, and what to do about it
 */
const char *
backstay_access_describe_security (BackstayAccess *access)
{
  g_return_val_if_fail (access != NULL, NULL);

  switch (access->security)
    {
    case BACKSTAY_DB_SECURITY_LOCAL:
      return _ ("The connection does not leave this computer.");

    case BACKSTAY_DB_SECURITY_VERIFIED:
      return _ ("The connection is encrypted, and the server was verified.");

    case BACKSTAY_DB_SECURITY_SIGNER:
      return _ ("The connection is encrypted, but the certificate may be another server's. Let the host's name be "
                "verified, too.");

    case BACKSTAY_DB_SECURITY_ENCRYPTED:
      return _ ("The connection is encrypted, but somebody on the way could pose as the server. Let it be verified, "
                "by its root certificate where the system does not have that.");

    case BACKSTAY_DB_SECURITY_NONE:
    default:
      return _ ("The connection is not encrypted: everybody on the way can read and change what is sent. Let the "
                "server use TLS, and be verified.");
    }
}

static void
add_connection (BackstayAccess *access,
                GPtrArray      *facts)
{
  gboolean is_good = access->security == BACKSTAY_DB_SECURITY_LOCAL || access->security == BACKSTAY_DB_SECURITY_VERIFIED;

  add (facts, is_good ? BACKSTAY_ACCESS_FACT_GOOD : BACKSTAY_ACCESS_FACT_BAD,
       _ ("The way there"), backstay_access_describe_security (access), NULL);
}

static void
add_server (BackstayAccess *access,
            GPtrArray      *facts)
{
  g_autofree char *database = backstay_display_text (access->database != NULL ? access->database : "");
  g_autofree char *schema = backstay_display_text (access->schema != NULL ? access->schema : BACKSTAY_DB_CONFIG_SCHEMA);
  g_autofree char *text = NULL;

  /* Translators: two parts of a version, a database, and a schema. */
  text = g_strdup_printf (_ ("PostgreSQL %d.%d, database %s, schema %s"),
                          access->server_version / 10000, access->server_version % 10000, database, schema);
  add (facts, BACKSTAY_ACCESS_FACT_NEUTRAL, _ ("The server"), text, NULL);
}

/**
 * backstay_access_list_facts:
 * @access: what was found out about a server
 *
 * Says all that decides what somebody sees there and may do, the most telling first.
 *
 * Returns: (transfer full) (element-type BackstayAccessFact): the facts
 */
GPtrArray *
backstay_access_list_facts (BackstayAccess *access)
{
  GPtrArray *facts;

  g_return_val_if_fail (access != NULL, NULL);

  facts = g_ptr_array_new_with_free_func (fact_free);
  add_identity (access, facts);
  add_rank (access, facts);
  add_security (access, facts);
  add_binding (access, facts);
  add_rights (access, facts);
  add_profiles (access, facts);
  add_connection (access, facts);
  add_server (access, facts);

  return facts;
}
