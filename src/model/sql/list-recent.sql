-- One page of what was made lately, of every model type, newest first: the table document's own
-- queries for changes over time and for a creator's configurations, a page at a time.
--
-- It begins at the later of "since" and as long ago as "age" says by the server's clock; an empty
-- "age" means nothing. It ends before "until", where 'infinity' is no end, so that versions dated
-- in the future are there as in the document's queries. One branch is worked on: all creators, by
-- idx_model_config_history_created; one, or none recorded where "creator" is empty, by
-- idx_model_config_history_creator. The page begins after the version that "before_created_at"
-- and "before_id" name; versions without a time are in no span of time.
--   psql -v age='7 days' -v since=-infinity -v until=infinity -v any_creator=true -v creator= \
--        -v before_created_at=infinity -v before_id=ffffffff-ffff-ffff-ffff-ffffffffffff \
--        -v limit=256 -f list-recent.sql
WITH page AS (
  (SELECT * FROM model_config_history h
    WHERE :'any_creator'::boolean
      AND h.created_at >= greatest(:'since'::timestamptz, now() - nullif(:'age', '')::interval)
      AND (:'until'::timestamptz = 'infinity' OR h.created_at < :'until'::timestamptz)
      AND (h.created_at, h.id) < (:'before_created_at'::timestamptz, :'before_id'::uuid)
    ORDER BY h.created_at DESC, h.id DESC
    LIMIT :'limit'::int)
  UNION ALL
  (SELECT * FROM model_config_history h
    WHERE NOT :'any_creator'::boolean AND h.created_by = nullif(:'creator', '')::uuid
      AND h.created_at >= greatest(:'since'::timestamptz, now() - nullif(:'age', '')::interval)
      AND (:'until'::timestamptz = 'infinity' OR h.created_at < :'until'::timestamptz)
      AND (h.created_at, h.id) < (:'before_created_at'::timestamptz, :'before_id'::uuid)
    ORDER BY h.created_at DESC, h.id DESC
    LIMIT :'limit'::int)
  UNION ALL
  (SELECT * FROM model_config_history h
    WHERE NOT :'any_creator'::boolean AND :'creator' = '' AND h.created_by IS NULL
      AND h.created_at >= greatest(:'since'::timestamptz, now() - nullif(:'age', '')::interval)
      AND (:'until'::timestamptz = 'infinity' OR h.created_at < :'until'::timestamptz)
      AND (h.created_at, h.id) < (:'before_created_at'::timestamptz, :'before_id'::uuid)
    ORDER BY h.created_at DESC, h.id DESC
    LIMIT :'limit'::int)
)
SELECT h.id::text, h.config_name, h.is_active, h.created_by::text,
       p.username, h.created_at::text, left(h.notes, 500), h.model_type
  FROM page h
  LEFT JOIN profiles p ON p.id = h.created_by
 ORDER BY h.created_at DESC NULLS LAST, h.id DESC
 LIMIT :'limit'::int;
