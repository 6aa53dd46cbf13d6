-- One page of a model type's history, newest first; versions without a time come last.
--
-- Each branch walks idx_model_config_history_model_active for one value of is_active, already in
-- order, and stops at the page's end, so that a page in the middle of a million versions costs what
-- the first one does. The configurations themselves stay where they are. The page begins after the
-- version that "before_created_at" and "before_id" name; the first one begins after
-- 'infinity' and the greatest id. "nulls" is true from the first page that holds a version
-- without a time.
--   psql -v model_type=sdxl -v before_created_at=infinity \
--        -v before_id=ffffffff-ffff-ffff-ffff-ffffffffffff -v nulls=false -v limit=256 \
--        -f list-history.sql
WITH page AS (
  (SELECT * FROM model_config_history h
    WHERE h.model_type = :'model_type' AND h.is_active = true
      AND NOT :'nulls'::boolean
      AND (h.created_at, h.id) < (:'before_created_at'::timestamptz, :'before_id'::uuid)
    ORDER BY h.created_at DESC, h.id DESC
    LIMIT :'limit'::int)
  UNION ALL
  (SELECT * FROM model_config_history h
    WHERE h.model_type = :'model_type' AND h.is_active = false
      AND NOT :'nulls'::boolean
      AND (h.created_at, h.id) < (:'before_created_at'::timestamptz, :'before_id'::uuid)
    ORDER BY h.created_at DESC, h.id DESC
    LIMIT :'limit'::int)
  UNION ALL
  (SELECT * FROM model_config_history h
    WHERE h.model_type = :'model_type' AND h.is_active IS NULL
      AND NOT :'nulls'::boolean
      AND (h.created_at, h.id) < (:'before_created_at'::timestamptz, :'before_id'::uuid)
    ORDER BY h.created_at DESC, h.id DESC
    LIMIT :'limit'::int)
  UNION ALL
  (SELECT * FROM model_config_history h
    WHERE h.model_type = :'model_type' AND h.created_at IS NULL
      AND (NOT :'nulls'::boolean OR h.id < :'before_id'::uuid)
    ORDER BY h.id DESC
    LIMIT :'limit'::int)
)
SELECT h.id::text, h.config_name, h.is_active, h.created_by::text,
       p.username, h.created_at::text, left(h.notes, 500)
  FROM page h
  LEFT JOIN profiles p ON p.id = h.created_by
 ORDER BY h.created_at DESC NULLS LAST, h.id DESC
 LIMIT :'limit'::int;
