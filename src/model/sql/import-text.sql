-- Brings a configuration's text to the server, for import-insert.sql and for the length of the
-- transaction. The table is not touched yet: a large text takes its time on a slow line, and a lock
-- that was held meanwhile would keep everybody from rolling back.
--   psql -v config='{}' -f import-text.sql
SELECT set_config('backstay.config_data', :'config', true) IS NULL;
