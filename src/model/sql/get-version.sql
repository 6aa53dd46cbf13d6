-- One version with its configuration, exactly as the server spells it, and its notes in full.
--   psql -v id=... -f get-version.sql
SELECT h.id::text, h.config_name, h.is_active, h.created_by::text,
       p.username, h.created_at::text, h.notes, h.model_type, h.config_data::text
  FROM model_config_history h
  LEFT JOIN profiles p ON p.id = h.created_by
 WHERE h.id = :'id'::uuid;
