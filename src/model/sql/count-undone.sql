-- How many versions going back to an older one undoes: those of the type that are newer than it, in
-- the history's order, up to the live one. Nothing, where it is the newer one of the two.
--
-- The table records when versions were made, not when each was live. Each branch walks
-- idx_model_config_history_model_active for one value of is_active; versions without a time are the
-- oldest. Counting stops at the limit.
--   psql -v model_type=sdxl -v id=... -v live_id=... -v limit=1000 -f count-undone.sql
WITH bounds AS MATERIALIZED (
  SELECT coalesce(t.created_at, '-infinity') AS after_created_at,
         CASE WHEN t.created_at IS NULL THEN '00000000-0000-0000-0000-000000000000' ELSE t.id END AS after_id,
         l.created_at AS last_created_at, l.id AS last_id,
         t.created_at IS NULL AS from_nulls, t.id AS nulls_after_id
    FROM model_config_history t, model_config_history l
   WHERE t.id = :'id'::uuid AND t.model_type = :'model_type'
     AND l.id = :'live_id'::uuid AND l.model_type = :'model_type'
)
SELECT count(*)
  FROM (
    (SELECT h.id
       FROM bounds b, model_config_history h
      WHERE h.model_type = :'model_type' AND h.is_active = true
        AND (h.created_at, h.id) > (b.after_created_at, b.after_id)
        AND (h.created_at, h.id) <= (b.last_created_at, b.last_id)
      LIMIT :'limit'::int)
    UNION ALL
    (SELECT h.id
       FROM bounds b, model_config_history h
      WHERE h.model_type = :'model_type' AND h.is_active = false
        AND (h.created_at, h.id) > (b.after_created_at, b.after_id)
        AND (h.created_at, h.id) <= (b.last_created_at, b.last_id)
      LIMIT :'limit'::int)
    UNION ALL
    (SELECT h.id
       FROM bounds b, model_config_history h
      WHERE h.model_type = :'model_type' AND h.is_active IS NULL
        AND (h.created_at, h.id) > (b.after_created_at, b.after_id)
        AND (h.created_at, h.id) <= (b.last_created_at, b.last_id)
      LIMIT :'limit'::int)
    UNION ALL
    (SELECT h.id
       FROM bounds b, model_config_history h
      WHERE h.model_type = :'model_type' AND h.created_at IS NULL
        AND b.from_nulls AND h.id > b.nulls_after_id
        AND (b.last_created_at IS NOT NULL OR h.id <= b.last_id)
      LIMIT :'limit'::int)
    LIMIT :'limit'::int) undone;
