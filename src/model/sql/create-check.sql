-- The new version as the table has it now, to be compared with what was asked for: a trigger may
-- have changed it.
--   psql -v new_id=... -f create-check.sql
SELECT h.model_type, h.config_name, h.is_active, h.created_by::text, coalesce(h.notes, ''),
       h.config_data::text
  FROM model_config_history h
 WHERE h.id = :'new_id'::uuid;
