-- The notes of a version as they are now.
--   psql -v id=... -f get-notes.sql
SELECT h.notes
  FROM model_config_history h
 WHERE h.id = :'id'::uuid;
