-- When a version went live and when it did not any more, oldest first, and when the trail itself began
-- and ended: between an end and a beginning nothing is known.
--   psql -v config_id=... -v limit=1000 -f list-audit-turns.sql
SELECT a.at::text, a.action
  FROM model_config_audit a
 WHERE (a.config_id = :'config_id'::uuid AND a.action IN ('activate', 'deactivate', 'observe'))
    OR (a.config_id IS NULL AND a.action IN ('begin', 'end'))
 ORDER BY a.audit_id
 LIMIT :'limit'::int;
