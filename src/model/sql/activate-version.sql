-- Turns a version on as it is, after rollback-deactivate.sql has turned all others of its type off.
-- The table does not record who did that, nor when.
--   psql -v model_type=sdxl -v id=... -f activate-version.sql
UPDATE model_config_history
   SET is_active = true
 WHERE model_type = :'model_type' AND id = :'id'::uuid;
