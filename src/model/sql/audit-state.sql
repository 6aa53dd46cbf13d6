-- Is there an audit trail that the signed-in user may read? As far as rights go: row-level security
-- hides it from who is no administrator. Only the history's owner makes one: whoever may create tables beside
-- it could make another one of that name, and write into it what they like.
SELECT EXISTS (SELECT FROM pg_catalog.pg_class c
                 JOIN pg_catalog.pg_class h
                   ON h.relname = 'model_config_history' AND h.relnamespace = c.relnamespace
                 JOIN pg_catalog.pg_roles o ON o.oid = c.relowner
                WHERE c.relname = 'model_config_audit' AND c.relkind = 'r'
                  AND (c.relowner = h.relowner OR o.rolsuper)
                  AND pg_table_is_visible(c.oid) AND pg_table_is_visible(h.oid)
                  AND has_table_privilege(c.oid, 'SELECT')) AS has_trail;
