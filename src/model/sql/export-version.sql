-- One version with its configuration's exact text, as export-page.sql gives it.
--   psql -v id=... -f export-version.sql
SELECT h.id::text, h.model_type, h.config_name, h.is_active::text, h.created_by::text, p.username,
       coalesce(to_char(h.created_at AT TIME ZONE 'UTC',
                        CASE WHEN extract(year FROM h.created_at AT TIME ZONE 'UTC') > 0
                             THEN 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'
                             ELSE 'YYYY-MM-DD"T"HH24:MI:SS.US"+00BC"' END),
                h.created_at::text) AS created_at_utc,
       h.notes, h.config_data::text, h.created_at::text
  FROM model_config_history h
  LEFT JOIN profiles p ON p.id = h.created_by
 WHERE h.id = :'id'::uuid;
