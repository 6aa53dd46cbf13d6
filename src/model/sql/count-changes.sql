-- How many versions were made in each hour, day or month, by model type and creator: what the chart
-- of list-recent.sql's span shows, and who can be chosen there.
--
-- "edges" are where the hours, days or months begin in the user's own time zone, and where the last
-- one ends: the server need not know that zone, and a day of 23 or 25 hours is one. A bucket has its
-- first edge's number; the one after the last holds what is dated later.
--   psql -v age='7 days' -v since=-infinity -v until=infinity \
--        -v edges='{2026-11-20 00:00+01,2026-11-21 00:00+01,2026-11-22 00:00+01}' \
--        -f count-changes.sql
SELECT counted.bucket, counted.model_type, counted.created_by::text, p.username, counted.n
  FROM (SELECT width_bucket(h.created_at, :'edges'::timestamptz[]) AS bucket,
               h.model_type, h.created_by, count(*) AS n
          FROM model_config_history h
         WHERE h.created_at >= greatest(:'since'::timestamptz, now() - nullif(:'age', '')::interval)
           AND (:'until'::timestamptz = 'infinity' OR h.created_at < :'until'::timestamptz)
         GROUP BY 1, 2, 3) counted
  LEFT JOIN profiles p ON p.id = counted.created_by
 ORDER BY counted.model_type, counted.bucket, p.username, counted.created_by;
