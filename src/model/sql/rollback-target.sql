-- The version to go back to, under the lock, with the hash of its configuration's text: to be
-- compared with what was shown. Its time is one word that PostgreSQL can read back.
--   psql -v model_type=sdxl -v id=... -f rollback-target.sql
SELECT h.config_name,
       coalesce(to_char(h.created_at AT TIME ZONE 'UTC',
                        CASE WHEN extract(year FROM h.created_at AT TIME ZONE 'UTC') > 0
                             THEN 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'
                             ELSE 'YYYY-MM-DD"T"HH24:MI:SS.US"+00BC"' END),
                h.created_at::text, 'unknown') AS created_at_utc,
       encode(sha256(convert_to(h.config_data::text, 'UTF8')), 'hex') AS hash
  FROM model_config_history h
 WHERE h.model_type = :'model_type' AND h.id = :'id'::uuid;
