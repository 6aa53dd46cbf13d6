-- After a commit whose answer was lost, under the lock, which the old transaction holds for as long
-- as it lives: is the version there that it was to make? And is it on, and no other of its type? That
-- it is on says nothing alone: it may have been before, beside another one.
--   psql -v new_id=... -f rollback-resolve.sql
SELECT h.is_active AND NOT EXISTS (SELECT 1
                                     FROM model_config_history o
                                    WHERE o.model_type = h.model_type AND o.is_active = true
                                      AND o.id <> h.id) AS is_live_alone
  FROM model_config_history h
 WHERE h.id = :'new_id'::uuid;
