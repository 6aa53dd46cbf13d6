-- The configurations of those of some versions whose texts are not what they were in a file, by their hashes:
-- most files were exported from such a table, and nothing has to be sent.
--   psql -v ids='{00000000-0000-4000-8000-000000000001}' -v hashes='{}' -f import-texts.sql
SELECT h.id::text, h.config_data::text
  FROM model_config_history h
 WHERE h.id = ANY (:'ids'::uuid[])
   AND encode(sha256(convert_to(h.config_data::text, 'UTF8')), 'hex') <> ALL (:'hashes'::text[]);
