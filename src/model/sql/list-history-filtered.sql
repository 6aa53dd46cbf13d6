-- One page of those versions of a model type that pass a filter, and how many there are: in the order of
-- list-history.sql, with its branches, its columns and its way to say where the page begins.
--
-- What is not asked for is known when the statement is planned, and falls out of it; a time becomes a
-- condition on the index. A branch whose value of is_active is not wanted has a limit of 0: with a
-- condition it would not be run either, but be planned as if it were. A version without a time is in no
-- period.
--   show: all, active or inactive
--   days, since, until: made so many days ago at most (0: any), not before "since", and before "until"
--   creator_kind: all, none (not recorded), unknown (without a name that can be seen), or one: "created_by"
--   words: each of them is in the name or in the notes, whatever its case
--   distinct: of those with the same text of the configuration, only the newest one. For that all of
--     them are read, whatever the page.
-- Counting stops at "bound", which is the page's length or more.
--   psql -v model_type=sdxl -v show=inactive -v days=90 -v since=-infinity -v until=infinity \
--        -v creator_kind=all -v created_by=00000000-0000-0000-0000-000000000000 -v words='{compel}' \
--        -v distinct=false -v before_created_at=infinity \
--        -v before_id=ffffffff-ffff-ffff-ffff-ffffffffffff -v nulls=false -v limit=256 -v bound=1000 \
--        -f list-history-filtered.sql
WITH matching AS (
  (SELECT * FROM model_config_history h
    WHERE h.model_type = :'model_type' AND h.is_active = true
      AND (:'distinct'::boolean
           OR (h.created_at, h.id) < (:'before_created_at'::timestamptz, :'before_id'::uuid))
      AND h.created_at IS NOT NULL
      AND (:'days'::int = 0 OR h.created_at >= now() - make_interval(days => :'days'::int))
      AND (:'since'::timestamptz = '-infinity' OR h.created_at >= :'since'::timestamptz)
      AND (:'until'::timestamptz = 'infinity' OR h.created_at < :'until'::timestamptz)
      AND (:'creator_kind'::text <> 'one' OR h.created_by = :'created_by'::uuid)
      AND (:'creator_kind'::text <> 'none' OR h.created_by IS NULL)
      AND (:'creator_kind'::text <> 'unknown'
           OR h.created_by IS NOT NULL
              AND NOT EXISTS (SELECT FROM profiles p WHERE p.id = h.created_by AND p.username <> ''))
      AND (:'words'::text[] = '{}'
           OR NOT EXISTS (SELECT FROM unnest(:'words'::text[]) w
                           WHERE position(lower(w) IN lower(concat_ws(E'\n', h.config_name, h.notes))) = 0))
    ORDER BY h.created_at DESC, h.id DESC
    LIMIT CASE WHEN :'show'::text NOT IN ('all', 'active') THEN 0
               WHEN :'distinct'::boolean THEN NULL
               WHEN :'nulls'::boolean THEN 0
               ELSE :'bound'::int END)
  UNION ALL
  (SELECT * FROM model_config_history h
    WHERE h.model_type = :'model_type' AND h.is_active = false
      AND (:'distinct'::boolean
           OR (h.created_at, h.id) < (:'before_created_at'::timestamptz, :'before_id'::uuid))
      AND h.created_at IS NOT NULL
      AND (:'days'::int = 0 OR h.created_at >= now() - make_interval(days => :'days'::int))
      AND (:'since'::timestamptz = '-infinity' OR h.created_at >= :'since'::timestamptz)
      AND (:'until'::timestamptz = 'infinity' OR h.created_at < :'until'::timestamptz)
      AND (:'creator_kind'::text <> 'one' OR h.created_by = :'created_by'::uuid)
      AND (:'creator_kind'::text <> 'none' OR h.created_by IS NULL)
      AND (:'creator_kind'::text <> 'unknown'
           OR h.created_by IS NOT NULL
              AND NOT EXISTS (SELECT FROM profiles p WHERE p.id = h.created_by AND p.username <> ''))
      AND (:'words'::text[] = '{}'
           OR NOT EXISTS (SELECT FROM unnest(:'words'::text[]) w
                           WHERE position(lower(w) IN lower(concat_ws(E'\n', h.config_name, h.notes))) = 0))
    ORDER BY h.created_at DESC, h.id DESC
    LIMIT CASE WHEN :'show'::text NOT IN ('all', 'inactive') THEN 0
               WHEN :'distinct'::boolean THEN NULL
               WHEN :'nulls'::boolean THEN 0
               ELSE :'bound'::int END)
  UNION ALL
  (SELECT * FROM model_config_history h
    WHERE h.model_type = :'model_type' AND h.is_active IS NULL
      AND (:'distinct'::boolean
           OR (h.created_at, h.id) < (:'before_created_at'::timestamptz, :'before_id'::uuid))
      AND h.created_at IS NOT NULL
      AND (:'days'::int = 0 OR h.created_at >= now() - make_interval(days => :'days'::int))
      AND (:'since'::timestamptz = '-infinity' OR h.created_at >= :'since'::timestamptz)
      AND (:'until'::timestamptz = 'infinity' OR h.created_at < :'until'::timestamptz)
      AND (:'creator_kind'::text <> 'one' OR h.created_by = :'created_by'::uuid)
      AND (:'creator_kind'::text <> 'none' OR h.created_by IS NULL)
      AND (:'creator_kind'::text <> 'unknown'
           OR h.created_by IS NOT NULL
              AND NOT EXISTS (SELECT FROM profiles p WHERE p.id = h.created_by AND p.username <> ''))
      AND (:'words'::text[] = '{}'
           OR NOT EXISTS (SELECT FROM unnest(:'words'::text[]) w
                           WHERE position(lower(w) IN lower(concat_ws(E'\n', h.config_name, h.notes))) = 0))
    ORDER BY h.created_at DESC, h.id DESC
    LIMIT CASE WHEN :'show'::text NOT IN ('all', 'inactive') THEN 0
               WHEN :'distinct'::boolean THEN NULL
               WHEN :'nulls'::boolean THEN 0
               ELSE :'bound'::int END)
  UNION ALL
  (SELECT * FROM model_config_history h
    WHERE h.model_type = :'model_type' AND h.created_at IS NULL
      AND (:'show'::text = 'all' OR (h.is_active IS TRUE) = (:'show'::text = 'active'))
      AND (:'distinct'::boolean OR NOT :'nulls'::boolean OR h.id < :'before_id'::uuid)
      AND (:'creator_kind'::text <> 'one' OR h.created_by = :'created_by'::uuid)
      AND (:'creator_kind'::text <> 'none' OR h.created_by IS NULL)
      AND (:'creator_kind'::text <> 'unknown'
           OR h.created_by IS NOT NULL
              AND NOT EXISTS (SELECT FROM profiles p WHERE p.id = h.created_by AND p.username <> ''))
      AND (:'words'::text[] = '{}'
           OR NOT EXISTS (SELECT FROM unnest(:'words'::text[]) w
                           WHERE position(lower(w) IN lower(concat_ws(E'\n', h.config_name, h.notes))) = 0))
    ORDER BY h.id DESC
    LIMIT CASE WHEN :'days'::int > 0 OR :'since'::timestamptz > '-infinity'
                    OR :'until'::timestamptz < 'infinity' THEN 0
               WHEN :'distinct'::boolean THEN NULL
               ELSE :'bound'::int END)
), ranked AS (
  SELECT m.*,
         row_number() OVER (PARTITION BY CASE WHEN :'distinct'::boolean
                                              THEN sha256(convert_to(m.config_data::text, 'UTF8'))
                                              ELSE uuid_send(m.id) END
                            ORDER BY m.created_at DESC NULLS LAST, m.id DESC) AS place
    FROM matching m
), shown AS (
  SELECT r.id, r.config_name, r.is_active, r.created_by, r.created_at, r.notes
    FROM ranked r
   WHERE r.place = 1
     AND CASE WHEN NOT :'nulls'::boolean
              THEN r.created_at IS NULL
                   OR (r.created_at, r.id) < (:'before_created_at'::timestamptz, :'before_id'::uuid)
              ELSE r.created_at IS NULL AND r.id < :'before_id'::uuid END
   ORDER BY r.created_at DESC NULLS LAST, r.id DESC
   LIMIT :'bound'::int
)
SELECT h.id::text, h.config_name, h.is_active, h.created_by::text,
       p.username, h.created_at::text, left(h.notes, 500), (SELECT count(*) FROM shown) AS n_matches
  FROM shown h
  LEFT JOIN profiles p ON p.id = h.created_by
 ORDER BY h.created_at DESC NULLS LAST, h.id DESC
 LIMIT :'limit'::int;
