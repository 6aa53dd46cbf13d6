-- The newest version, and whether the one that was the newest before still is there. Nothing deletes
-- versions, so where it is not, the server may be an older copy.
--   psql -v seen_id=... -f server-newest.sql
SELECT h.id::text, h.config_name, h.created_at::text,
       EXISTS (SELECT FROM model_config_history s WHERE s.id = nullif(:'seen_id', '')::uuid) AS has_seen
  FROM model_config_history h
 WHERE h.created_at <= now()
 ORDER BY h.created_at DESC
 LIMIT 1;
