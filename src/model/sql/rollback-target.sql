-- The version to go back to, under the lock, with the hash of its configuration's text: to be
-- compared with what was shown.
--   psql -v model_type=sdxl -v id=... -f rollback-target.sql
SELECT h.config_name,
       coalesce(to_char(h.created_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
                h.created_at::text, 'unknown') AS created_at_utc,
       encode(sha256(convert_to(h.config_data::text, 'UTF8')), 'hex') AS hash
  FROM public.model_config_history h
 WHERE h.model_type = :'model_type' AND h.id = :'id'::uuid;
