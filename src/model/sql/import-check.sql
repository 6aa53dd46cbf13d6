-- Which versions are there, and what they hold: asked before an import about those of a file, and in
-- its transaction about those that it made, as a trigger may have changed them.
--   psql -v ids='{00000000-0000-4000-8000-000000000001}' -f import-check.sql
SELECT h.id::text, h.model_type, h.config_name, h.is_active, h.created_by::text, h.notes,
       encode(sha256(convert_to(h.config_data::text, 'UTF8')), 'hex')
  FROM model_config_history h
 WHERE h.id = ANY (:'ids'::uuid[]);
