-- Of some versions of one model type, the version before each in the history's order; null for the
-- first one. A version that is not there has no row.
--
-- For each of them one step in idx_model_config_history_model_active for each value of is_active.
-- Versions without a time are the oldest, and are looked at only where there is no other one.
--   psql -v model_type=sdxl -v ids='{00000000-0000-4000-8000-000000000001}' -f list-predecessors.sql
SELECT v.id::text,
       coalesce(
         (SELECT p.id
            FROM (
              (SELECT h.id, h.created_at
                 FROM model_config_history h
                WHERE h.model_type = :'model_type' AND h.is_active = true
                  AND (h.created_at, h.id) < (v.created_at, v.id)
                ORDER BY h.created_at DESC, h.id DESC
                LIMIT 1)
              UNION ALL
              (SELECT h.id, h.created_at
                 FROM model_config_history h
                WHERE h.model_type = :'model_type' AND h.is_active = false
                  AND (h.created_at, h.id) < (v.created_at, v.id)
                ORDER BY h.created_at DESC, h.id DESC
                LIMIT 1)
              UNION ALL
              (SELECT h.id, h.created_at
                 FROM model_config_history h
                WHERE h.model_type = :'model_type' AND h.is_active IS NULL
                  AND (h.created_at, h.id) < (v.created_at, v.id)
                ORDER BY h.created_at DESC, h.id DESC
                LIMIT 1)) p
           ORDER BY p.created_at DESC, p.id DESC
           LIMIT 1),
         (SELECT h.id
            FROM model_config_history h
           WHERE h.model_type = :'model_type' AND h.created_at IS NULL
             AND (v.created_at IS NOT NULL OR h.id < v.id)
           ORDER BY h.id DESC
           LIMIT 1))::text
  FROM unnest(:'ids'::uuid[]) i (id)
  JOIN model_config_history v ON v.id = i.id AND v.model_type = :'model_type';
