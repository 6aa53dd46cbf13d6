-- Copies a version forward as the new active one. The configuration never leaves the server, so no
-- byte of it can change. The clock is read here, after the lock: now() would be the transaction's
-- start, before a writer that it waited for.
--   psql -v new_id=... -v created_by=... -v notes=... -v model_type=sdxl -v id=... \
--        -f rollback-insert.sql
INSERT INTO model_config_history
       (id, model_type, config_name, config_data, is_active, created_by, created_at, notes)
SELECT :'new_id'::uuid, h.model_type, h.config_name, h.config_data, true,
       nullif(:'created_by', '')::uuid, clock_timestamp(), :'notes'
  FROM model_config_history h
 WHERE h.model_type = :'model_type' AND h.id = :'id'::uuid;
