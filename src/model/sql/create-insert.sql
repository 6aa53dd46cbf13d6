-- Puts a version that somebody wrote into the table. The configuration is the text as it was typed:
-- only the server reads it. Gives the hash of what it read, whatever a trigger made of that. The
-- clock is read here, after the lock where there is one.
--   psql -v new_id=... -v model_type=sdxl -v config_name=... -v config='{}' -v active=false \
--        -v created_by=... -v notes=... -f create-insert.sql
INSERT INTO model_config_history
       (id, model_type, config_name, config_data, is_active, created_by, created_at, notes)
VALUES (:'new_id'::uuid, :'model_type', :'config_name', :'config'::jsonb, :'active'::boolean,
        nullif(:'created_by', '')::uuid, clock_timestamp(), nullif(:'notes', ''))
RETURNING encode(sha256(convert_to(:'config'::jsonb::text, 'UTF8')), 'hex') AS hash;
