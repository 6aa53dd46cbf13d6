-- What a service reads for one model type: the table document's own query.
--   psql -v model_type=sdxl -f get-live.sql
SELECT live.id::text, live.config_name, live.is_active, live.created_by::text,
       p.username, live.created_at::text, left(live.notes, 500)
  FROM (SELECT *
          FROM model_config_history h
         WHERE h.model_type = :'model_type' AND h.is_active = true
         ORDER BY h.created_at DESC
         LIMIT 1) live
  LEFT JOIN profiles p ON p.id = live.created_by;
