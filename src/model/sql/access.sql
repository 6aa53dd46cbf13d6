-- What may this login do here, and do the policies bind it? One row, from the catalogs only: the
-- to_reg...() functions fail where a schema may not be used. Beside the table, what is needed is found
-- where the search path of become.sql finds it, and left alone where it is not what it should be.
--   psql -v schema=public -f access.sql
SELECT session_user::text AS login,
       current_user::text AS role,
       c.oid IS NOT NULL AS table_exists,
       coalesce(c.relrowsecurity, false) AS security_on,
       CASE WHEN c.oid IS NOT NULL AND has_schema_privilege(n.oid, 'USAGE')
            THEN row_security_active(c.oid) END AS security_binds,
       coalesce(has_schema_privilege(n.oid, 'USAGE')
                AND has_table_privilege(c.oid, 'SELECT'), false) AS may_read,
       coalesce(has_schema_privilege(n.oid, 'USAGE')
                AND has_table_privilege(c.oid, 'INSERT')
                AND has_table_privilege(c.oid, 'UPDATE'), false) AS may_write,
       EXISTS (SELECT FROM pg_catalog.pg_proc f
                 JOIN pg_catalog.pg_namespace s ON s.oid = f.pronamespace
                WHERE s.nspname = 'auth' AND f.proname = 'uid' AND f.pronargs = 0
                  AND has_schema_privilege(s.oid, 'USAGE')
                  AND has_function_privilege(f.oid, 'EXECUTE')) AS has_uid,
       EXISTS (SELECT FROM pg_catalog.pg_proc f
                WHERE f.proname = 'has_role' AND f.pronargs = 2
                  AND pg_function_is_visible(f.oid)
                  AND has_function_privilege(f.oid, 'EXECUTE')) AS has_roles,
       coalesce((SELECT count(*) = 2
                   FROM pg_catalog.pg_attribute a
                  WHERE a.attrelid = p.oid AND NOT a.attisdropped
                    AND (a.attname = 'username' OR a.attname = 'id' AND a.atttypid = 'uuid'::regtype)
                    AND has_column_privilege(p.oid, a.attnum, 'SELECT')), false) AS has_profiles,
       coalesce((SELECT pg_has_role(session_user, a.oid, 'MEMBER')
                        AND has_table_privilege(a.oid, c.oid, 'SELECT')
                   FROM pg_catalog.pg_roles a
                  WHERE a.rolname = 'authenticated'), false) AS may_sign_in,
       pg_is_in_recovery() AS standby,
       current_setting('default_transaction_read_only') = 'on' AS read_only
  FROM pg_catalog.pg_namespace n
  LEFT JOIN pg_catalog.pg_class c
    ON c.relnamespace = n.oid AND c.relname = 'model_config_history'
  LEFT JOIN pg_catalog.pg_class p
    ON p.relname = 'profiles' AND p.relpersistence <> 't' AND pg_table_is_visible(p.oid)
 WHERE n.nspname = :'schema';
