/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "support-guards"

#include "config.h"

#include "support-guards.h"

#include "support-server.h"

#include <gio/gio.h>

/* Makes the sample's table, and what it stands on, a hosted database's: somebody owns it who is no
 * superuser, but whom row-level security does not bind. Gives that one's connection. */
SupportSql *
support_guards_new_keeper (void)
{
  g_autoptr (BackstayDbConfig) config = support_server_dup_config_for (SUPPORT_KEEPER, "backstay");

  support_sql_run (support_server_get_sql (),
                   "DO $$ BEGIN"
                   "  IF to_regrole('" SUPPORT_KEEPER "') IS NULL THEN"
                   "    CREATE ROLE " SUPPORT_KEEPER " LOGIN BYPASSRLS IN ROLE authenticated;"
                   "    GRANT USAGE ON SCHEMA auth TO " SUPPORT_KEEPER ";"
                   "    GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA auth, public TO " SUPPORT_KEEPER ";"
                   "    GRANT CREATE ON SCHEMA public TO " SUPPORT_KEEPER ";"
                   "    GRANT SELECT ON public.profiles TO " SUPPORT_KEEPER ";"
                   "    ALTER TABLE public.model_config_history OWNER TO " SUPPORT_KEEPER ";"
                   "  END IF;"
                   "END $$");

  return support_sql_new (config);
}

/* Runs one of the scripts of data/sql. */
void
support_guards_run (SupportSql *sql,
                    const char *name)
{
  g_autofree char *path = g_strdup_printf (BACKSTAY_RESOURCE_PATH "/sql/%s.sql", name);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) script = g_resources_lookup_data (path, G_RESOURCE_LOOKUP_FLAGS_NONE, &error);

  g_assert_no_error (error);
  support_sql_run (sql, "%.*s", (int) g_bytes_get_size (script),
                   (const char *) g_bytes_get_data (script, NULL));
}

/* Takes the guards away, and makes the table what the sample made it. */
void
support_guards_restore (void)
{
  SupportSql *sql = support_server_get_sql ();

  support_guards_run (sql, "guards-uninstall");
  support_sql_run (sql, "DROP TABLE IF EXISTS public.model_config_audit;"
                        "DROP FUNCTION IF EXISTS public.model_config_guard_append_only();"
                        "GRANT ALL ON public.model_config_history TO anon, authenticated, service_role");
  support_server_restore ();
}
