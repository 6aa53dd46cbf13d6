-- Turns versions on or off, or says of versions that have no state that they are off; each only where
-- it is as it was shown, so that the count tells whether it was. An empty word is null.
--   psql -v model_type=wan -v ids='{...}' -v before=true -v after=false -f repair-state.sql
UPDATE model_config_history
   SET is_active = nullif(:'after', '')::boolean
 WHERE model_type = :'model_type' AND id = ANY (:'ids'::uuid[])
   AND is_active IS NOT DISTINCT FROM nullif(:'before', '')::boolean;
