-- What the table says after the change: how many versions are active, which one a service would
-- read, and the hash of what it would get.
--   psql -v model_type=sdxl -f rollback-check.sql
SELECT (SELECT count(*)
          FROM model_config_history h
         WHERE h.model_type = :'model_type' AND h.is_active = true) AS n_active,
       live.id::text,
       encode(sha256(convert_to(live.config_data::text, 'UTF8')), 'hex') AS hash,
       live.created_by::text
  FROM (SELECT *
          FROM model_config_history h
         WHERE h.model_type = :'model_type' AND h.is_active = true
         ORDER BY h.created_at DESC
         LIMIT 1) live;
