-- Is there an audit trail that the signed-in user may read? As far as rights go: row-level security
-- hides it from who is no administrator.
SELECT EXISTS (SELECT FROM pg_catalog.pg_class c
                WHERE c.relname = 'model_config_audit' AND c.relkind = 'r'
                  AND pg_table_is_visible(c.oid) AND has_table_privilege(c.oid, 'SELECT')) AS has_trail;
