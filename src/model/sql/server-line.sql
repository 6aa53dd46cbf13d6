-- Which copy of the database answers: its cluster, and the timeline, which is counted up each time
-- that a server takes over. A standby's own count comes late, so it is not asked. Some servers tell
-- neither to everybody.
--   psql -f server-line.sql
SELECT s.system_identifier::text,
       CASE WHEN NOT pg_is_in_recovery()
            THEN ('x' || left(pg_walfile_name(pg_current_wal_lsn()), 8))::bit(32)::bigint
       END AS timeline
  FROM pg_control_system() s;
