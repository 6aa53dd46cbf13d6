-- Turns off every active version of the type. Row-level security makes that 0 rows instead of an
-- error, so the count is compared with rollback-active.sql's.
--   psql -v model_type=sdxl -f rollback-deactivate.sql
UPDATE model_config_history
   SET is_active = false
 WHERE model_type = :'model_type' AND is_active = true;
