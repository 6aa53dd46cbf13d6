-- What is in the table that should not be, or that makes a history hard to read. One version a row,
-- after a word for what is odd about it; or a model type alone, which comes with every check, as names
-- can look alike.
--
-- What was made since the transaction began is not taken for the future's.
--
-- Each kind is looked up in one of the four indexes, so that it takes as long as there are odd versions
-- and model types, not as there are versions; "limit" ends it where all of them are odd. Creators that
-- the signed-in user cannot see count as unknown.
--   psql -v limit=100 -f check-integrity.sql
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
), creators (id) AS (
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
), counted AS (
  SELECT t.model_type,
         (SELECT count(*)
            FROM (SELECT
                    FROM model_config_history h
                   WHERE h.model_type = t.model_type AND h.is_active = true
                   LIMIT 2) a) AS n_active
    FROM types t
   WHERE t.model_type IS NOT NULL
), odd AS (
  SELECT 'several-active' AS kind, v.*
    FROM counted c
   CROSS JOIN LATERAL (SELECT h.id, h.model_type
                         FROM model_config_history h
                        WHERE h.model_type = c.model_type AND h.is_active = true
                        ORDER BY h.created_at DESC
                        LIMIT :'limit'::int) v
   WHERE c.n_active > 1
  UNION ALL
  SELECT 'no-state', v.*
    FROM counted c
   CROSS JOIN LATERAL (SELECT h.id, h.model_type
                         FROM model_config_history h
                        WHERE h.model_type = c.model_type AND h.is_active IS NULL
                        ORDER BY h.created_at DESC
                        LIMIT :'limit'::int) v
  UNION ALL
  (SELECT 'no-time', h.id, h.model_type
     FROM model_config_history h
    WHERE h.created_at IS NULL
    ORDER BY h.created_at DESC
    LIMIT :'limit'::int)
  UNION ALL
  (SELECT CASE WHEN h.created_at = 'infinity' THEN 'endless-time' ELSE 'future-time' END, h.id, h.model_type
     FROM model_config_history h
    WHERE h.created_at > now() + interval '5 seconds'
    ORDER BY h.created_at DESC
    LIMIT :'limit'::int)
  UNION ALL
  (SELECT 'endless-time', h.id, h.model_type
     FROM model_config_history h
    WHERE h.created_at = '-infinity'
    LIMIT :'limit'::int)
  UNION ALL
  (SELECT 'no-creator', h.id, h.model_type
     FROM model_config_history h
    WHERE h.created_by IS NULL
    ORDER BY h.created_by, h.created_at DESC
    LIMIT :'limit'::int)
  UNION ALL
  (SELECT 'unknown-creator', v.*
     FROM creators c
    CROSS JOIN LATERAL (SELECT h.id, h.model_type
                          FROM model_config_history h
                         WHERE h.created_by = c.id
                         ORDER BY h.created_at DESC
                         LIMIT :'limit'::int) v
    WHERE NOT EXISTS (SELECT FROM profiles p WHERE p.id = c.id)
    LIMIT :'limit'::int)
  UNION ALL
  SELECT CASE WHEN c.n_active = 0 THEN 'none-active' ELSE 'type' END, NULL, c.model_type
    FROM counted c
)
SELECT o.kind, o.model_type, h.id::text, h.config_name, h.is_active, h.created_by::text,
       p.username, h.created_at::text, left(h.notes, 500)
  FROM odd o
  LEFT JOIN model_config_history h ON h.id = o.id
  LEFT JOIN profiles p ON p.id = h.created_by
 ORDER BY o.kind, o.model_type, h.created_at DESC, h.id DESC;
