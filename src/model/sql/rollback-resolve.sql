-- After a commit whose answer was lost, under the lock, which the old transaction holds for as long
-- as it lives: is the version there that it was to make?
--   psql -v new_id=... -f rollback-resolve.sql
SELECT h.is_active
  FROM public.model_config_history h
 WHERE h.id = :'new_id'::uuid;
