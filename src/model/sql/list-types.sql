-- The model types, each with the version that a service reads and with its counts.
--
-- Finds the types by jumping through idx_model_config_history_model_active from one to the next,
-- which takes as many steps as there are types, not as there are versions. The counts stop at a
-- limit for the same reason: row-level security calls has_role() once a row.
--   psql -v limit=1000 -f list-types.sql
WITH RECURSIVE types (model_type) AS (
  (SELECT h.model_type
     FROM model_config_history h
    ORDER BY h.model_type
    LIMIT 1)
  UNION ALL
  SELECT (SELECT h.model_type
            FROM model_config_history h
           WHERE h.model_type > t.model_type
           ORDER BY h.model_type
           LIMIT 1)
    FROM types t
   WHERE t.model_type IS NOT NULL
)
SELECT t.model_type,
       (SELECT count(*)
          FROM (SELECT
                  FROM model_config_history h
                 WHERE h.model_type = t.model_type
                 LIMIT :'limit'::int) counted) AS n_versions,
       (SELECT count(*)
          FROM (SELECT
                  FROM model_config_history h
                 WHERE h.model_type = t.model_type AND h.is_active = true
                 LIMIT :'limit'::int) counted) AS n_active,
       live.id::text, live.config_name, live.is_active, live.created_by::text,
       p.username, live.created_at::text, left(live.notes, 500)
  FROM types t
  LEFT JOIN LATERAL (
         -- What a service reads: the table document's own query.
         SELECT *
           FROM model_config_history h
          WHERE h.model_type = t.model_type AND h.is_active = true
          ORDER BY h.created_at DESC
          LIMIT 1) live ON true
  LEFT JOIN profiles p ON p.id = live.created_by
 WHERE t.model_type IS NOT NULL
 ORDER BY t.model_type;
