-- The active versions of a type: shown before a rollback, and compared with that under its lock.
--   psql -v model_type=sdxl -f rollback-active.sql
SELECT h.id::text, h.config_name, h.is_active, h.created_by::text,
       p.username, h.created_at::text, left(h.notes, 500)
  FROM model_config_history h
  LEFT JOIN profiles p ON p.id = h.created_by
 WHERE h.model_type = :'model_type' AND h.is_active = true
 ORDER BY h.created_at DESC, h.id DESC;
