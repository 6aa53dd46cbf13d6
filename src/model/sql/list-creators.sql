-- Who made versions of a model type: each creator's id and name, nobody recorded first.
--
-- Finds the creators by jumping through idx_model_config_history_creator from one to the next, and looks
-- for one version of the type by each.
--   psql -v model_type=sdxl -v limit=1000 -f list-creators.sql
WITH RECURSIVE creators (id) AS (
  (SELECT h.created_by
     FROM model_config_history h
    WHERE h.created_by IS NOT NULL
    ORDER BY h.created_by
    LIMIT 1)
  UNION ALL
  SELECT (SELECT h.created_by
            FROM model_config_history h
           WHERE h.created_by > c.id
           ORDER BY h.created_by
           LIMIT 1)
    FROM creators c
   WHERE c.id IS NOT NULL
), found AS (
  (SELECT NULL::uuid AS id
     FROM model_config_history h
    WHERE h.created_by IS NULL AND h.model_type = :'model_type'
    ORDER BY h.created_at DESC
    LIMIT 1)
  UNION ALL
  SELECT c.id
    FROM creators c
   CROSS JOIN LATERAL (SELECT
                         FROM model_config_history h
                        WHERE h.created_by = c.id AND h.model_type = :'model_type'
                        ORDER BY h.created_at DESC
                        LIMIT 1) version
   WHERE c.id IS NOT NULL
)
SELECT f.id::text, p.username
  FROM found f
  LEFT JOIN profiles p ON p.id = f.id
 ORDER BY f.id IS NOT NULL, lower(p.username), f.id
 LIMIT :'limit'::int;
