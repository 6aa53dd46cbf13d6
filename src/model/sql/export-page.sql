-- Some versions of a model type with their configurations' exact texts, oldest first; those without a
-- time come before all others.
--
-- Walks idx_model_config_history_model_active as list-history.sql does, in the other direction. No
-- more rows than "limit" come, and of those only the first ones whose configurations are stored in
-- "budget" bytes together, but always one: nothing else bounds the memory that a page takes. The page
-- begins after the version that "after_created_at" and "after_id" name. "nulls" is true for
-- the pages with the versions without a time, which begin after the smallest id; when there are no
-- more of them the others begin, after '-infinity' and the smallest id.
--   psql -v model_type=sdxl -v nulls=false -v after_created_at=-infinity \
--        -v after_id=00000000-0000-0000-0000-000000000000 -v limit=200 -v budget=262144 \
--        -f export-page.sql
WITH page AS (
  (SELECT * FROM model_config_history h
    WHERE h.model_type = :'model_type' AND h.is_active = true
      AND NOT :'nulls'::boolean
      AND (h.created_at, h.id) > (:'after_created_at'::timestamptz, :'after_id'::uuid)
    ORDER BY h.created_at, h.id
    LIMIT :'limit'::int)
  UNION ALL
  (SELECT * FROM model_config_history h
    WHERE h.model_type = :'model_type' AND h.is_active = false
      AND NOT :'nulls'::boolean
      AND (h.created_at, h.id) > (:'after_created_at'::timestamptz, :'after_id'::uuid)
    ORDER BY h.created_at, h.id
    LIMIT :'limit'::int)
  UNION ALL
  (SELECT * FROM model_config_history h
    WHERE h.model_type = :'model_type' AND h.is_active IS NULL
      AND NOT :'nulls'::boolean
      AND (h.created_at, h.id) > (:'after_created_at'::timestamptz, :'after_id'::uuid)
    ORDER BY h.created_at, h.id
    LIMIT :'limit'::int)
  UNION ALL
  (SELECT * FROM model_config_history h
    WHERE h.model_type = :'model_type' AND h.created_at IS NULL
      AND :'nulls'::boolean AND h.id > :'after_id'::uuid
    ORDER BY h.id
    LIMIT :'limit'::int)
),
sized AS (
  SELECT p.*, row_number() OVER before AS place,
         sum(pg_column_size(p.config_data)) OVER before AS n_stored
    FROM (SELECT * FROM page ORDER BY created_at, id LIMIT :'limit'::int) p
  WINDOW before AS (ORDER BY p.created_at, p.id)
)
SELECT h.id::text, h.model_type, h.config_name, h.is_active::text, h.created_by::text, p.username,
       coalesce(to_char(h.created_at AT TIME ZONE 'UTC',
                        CASE WHEN extract(year FROM h.created_at AT TIME ZONE 'UTC') > 0
                             THEN 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'
                             ELSE 'YYYY-MM-DD"T"HH24:MI:SS.US"+00BC"' END),
                h.created_at::text) AS created_at_utc,
       h.notes, h.config_data::text, h.created_at::text
  FROM sized h
  LEFT JOIN profiles p ON p.id = h.created_by
 WHERE h.place = 1 OR h.n_stored <= :'budget'::int
 ORDER BY h.place;
