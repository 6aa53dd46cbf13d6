-- Puts a version from a file into the table, never as an active one, and made now by the one who
-- imports it. It does nothing where the version is there already: its id depends on where it is from
-- and on what is in it. The configuration is what import-text.sql brought in the same transaction.
--   psql -v new_id=... -v model_type=sdxl -v config_name=... -v created_by=... -v notes=... \
--        -f import-insert.sql
INSERT INTO model_config_history
       (id, model_type, config_name, config_data, is_active, created_by, created_at, notes)
VALUES (:'new_id'::uuid, :'model_type', :'config_name',
        current_setting('backstay.config_data')::jsonb, false,
        nullif(:'created_by', '')::uuid, clock_timestamp(), :'notes')
ON CONFLICT (id) DO NOTHING;
