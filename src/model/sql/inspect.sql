-- What is there: the table, what protects it, and the guards of data/sql. From the catalogs only, so
-- that any login can read it. Four texts a row; which they are depends on the first.
--
-- The table is the one that the search path finds; where it finds none, those of other schemas are
-- named, as the login may not use theirs. Functions are told by the checksum of their text.
--   psql -f inspect.sql
WITH history AS (
  SELECT c.oid, c.relname, c.relnamespace, c.relowner, c.relkind, c.relrowsecurity, c.relacl
    FROM pg_catalog.pg_class c
   WHERE c.relname = 'model_config_history' AND c.relpersistence <> 't' AND pg_table_is_visible(c.oid)
), audit AS (
  SELECT c.oid, c.relname, c.relnamespace, c.relowner, c.relkind, c.relrowsecurity, c.relacl
    FROM pg_catalog.pg_class c
    JOIN history h ON h.relnamespace = c.relnamespace
   WHERE c.relname = 'model_config_audit'
), tables AS (
  TABLE history UNION ALL TABLE audit
), granted AS (
  SELECT t.relname, t.relowner, t.relacl
    FROM tables t
  UNION ALL
  -- The numbers of the trail's entries.
  SELECT a.relname, s.relowner, s.relacl
    FROM audit a
    JOIN pg_catalog.pg_depend d
      ON d.classid = 'pg_catalog.pg_class'::regclass AND d.refclassid = d.classid AND d.refobjid = a.oid
    JOIN pg_catalog.pg_class s ON s.oid = d.objid AND s.relkind = 'S'
)
SELECT 'table' AS kind, h.relname::text AS name, n.nspname::text AS value, h.relkind::text AS detail
  FROM tables h
  JOIN pg_catalog.pg_namespace n ON n.oid = h.relnamespace
UNION ALL
SELECT 'elsewhere', n.nspname::text, NULL, NULL
  FROM pg_catalog.pg_class c
  JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
 WHERE c.relname = 'model_config_history' AND c.relkind = 'r' AND c.relpersistence <> 't'
   AND NOT EXISTS (TABLE history)
UNION ALL
-- What this login may do about it.
SELECT 'right', 'alter-table', o.rolname::text,
       CASE WHEN pg_is_in_recovery() OR current_setting('default_transaction_read_only') = 'on'
            THEN 'read-only' ELSE pg_has_role(session_user, o.oid, 'USAGE')::text END
  FROM history h
  JOIN pg_catalog.pg_roles o ON o.oid = h.relowner
UNION ALL
SELECT 'column', a.attname::text, format_type(a.atttypid, a.atttypmod),
       CASE WHEN a.attnotnull THEN 'not null' ELSE '' END
  FROM history h
  JOIN pg_catalog.pg_attribute a ON a.attrelid = h.oid AND a.attnum > 0 AND NOT a.attisdropped
UNION ALL
SELECT 'default', a.attname::text, pg_get_expr(d.adbin, d.adrelid), ''
  FROM history h
  JOIN pg_catalog.pg_attrdef d ON d.adrelid = h.oid
  JOIN pg_catalog.pg_attribute a ON a.attrelid = h.oid AND a.attnum = d.adnum
UNION ALL
SELECT 'constraint', k.contype::text,
       (SELECT string_agg(a.attname, ', ' ORDER BY u.place)
          FROM unnest(k.conkey) WITH ORDINALITY u (attnum, place)
          JOIN pg_catalog.pg_attribute a ON a.attrelid = k.conrelid AND a.attnum = u.attnum),
       (SELECT f.relname FROM pg_catalog.pg_class f WHERE f.oid = k.confrelid)
  FROM history h
  JOIN pg_catalog.pg_constraint k ON k.conrelid = h.oid AND k.contype IN ('p', 'f')
UNION ALL
SELECT 'index', i.relname::text,
       concat(CASE WHEN x.indisunique THEN 'unique ' END,
              (SELECT string_agg(concat(pg_get_indexdef(x.indexrelid, u.place::int, true),
                                        CASE WHEN x.indoption[u.place - 1] & 1 = 1 THEN ' DESC' END),
                                 ', ' ORDER BY u.place)
                 FROM generate_series(1, x.indnkeyatts) u (place)),
              ' WHERE ' || pg_get_expr(x.indpred, x.indrelid)),
       CASE WHEN x.indisvalid THEN '' ELSE 'not valid' END
  FROM history h
  JOIN pg_catalog.pg_index x ON x.indrelid = h.oid
  JOIN pg_catalog.pg_class i ON i.oid = x.indexrelid
UNION ALL
SELECT 'security', t.relname::text, CASE WHEN t.relrowsecurity THEN 'on' ELSE 'off' END, NULL
  FROM tables t
UNION ALL
SELECT 'policy', p.polname::text,
       concat_ws(' ', t.relname, CASE WHEN p.polpermissive THEN 'permissive' ELSE 'restrictive' END, p.polcmd),
       concat_ws(' WITH CHECK ', pg_get_expr(p.polqual, p.polrelid), pg_get_expr(p.polwithcheck, p.polrelid))
  FROM tables t
  JOIN pg_catalog.pg_policy p ON p.polrelid = t.oid
UNION ALL
-- What row-level security does not cover, and what nobody should have on the audit trail.
SELECT 'grant', coalesce(r.rolname::text, 'PUBLIC'), t.relname::text, string_agg(DISTINCT a.privilege_type, ', ')
  FROM granted t
 CROSS JOIN LATERAL aclexplode(t.relacl) a
  LEFT JOIN pg_catalog.pg_roles r ON r.oid = a.grantee
 WHERE a.grantee <> t.relowner
   AND CASE t.relname WHEN 'model_config_audit' THEN a.privilege_type <> 'SELECT'
                      ELSE a.privilege_type IN ('TRUNCATE', 'TRIGGER') END
 GROUP BY t.relname, r.rolname
UNION ALL
SELECT 'trigger', g.tgname::text, f.proname::text, concat_ws(' ', g.tgenabled, g.tgtype)
  FROM tables t
  JOIN pg_catalog.pg_trigger g ON g.tgrelid = t.oid AND NOT g.tgisinternal
  JOIN pg_catalog.pg_proc f ON f.oid = g.tgfoid
UNION ALL
SELECT 'function', f.proname::text, md5(f.prosrc), array_to_string(f.proconfig, ' ')
  FROM history h
  JOIN pg_catalog.pg_proc f ON f.pronamespace = h.relnamespace AND f.proname LIKE 'model\_config\_guard\_%'
UNION ALL
-- Can a temporary table of the caller's be looked into instead of the right one? Not where the names
-- were looked up when the function was made, nor in another language's.
SELECT 'has_role',
       format('%I.%I(%s)', n.nspname, f.proname, pg_get_function_identity_arguments(f.oid)),
       CASE WHEN to_jsonb(f) ->> 'prosqlbody' IS NOT NULL OR l.lanname NOT IN ('sql', 'plpgsql') THEN 'bound'
            ELSE (SELECT substr(c, length('search_path=') + 1)
                    FROM unnest(f.proconfig) c
                   WHERE c LIKE 'search\_path=%') END,
       CASE WHEN pg_is_in_recovery() OR current_setting('default_transaction_read_only') = 'on'
            THEN 'read-only' ELSE pg_has_role(session_user, f.proowner, 'USAGE')::text END
  FROM pg_catalog.pg_proc f
  JOIN pg_catalog.pg_namespace n ON n.oid = f.pronamespace
  JOIN pg_catalog.pg_language l ON l.oid = f.prolang
 WHERE f.proname = 'has_role' AND f.pronargs = 2 AND pg_function_is_visible(f.oid)
UNION ALL
SELECT 'uid', 'auth.uid()', has_schema_privilege(s.oid, 'USAGE')::text, has_function_privilege(f.oid, 'EXECUTE')::text
  FROM pg_catalog.pg_proc f
  JOIN pg_catalog.pg_namespace s ON s.oid = f.pronamespace
 WHERE s.nspname = 'auth' AND f.proname = 'uid' AND f.pronargs = 0
UNION ALL
SELECT 'see-audit', t.relname::text,
       (has_schema_privilege(t.relnamespace, 'USAGE') AND has_table_privilege(t.oid, 'SELECT'))::text, NULL
  FROM audit t;
