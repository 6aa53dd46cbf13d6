-- Has anything changed? One short fingerprint a model type, and one for the whole table, to be
-- compared with what the same query gave before.
--
-- A type's fingerprint is made of its active versions (the newest 100 of them) and of its newest
-- version that is not active, which idx_model_config_history_model_active gives in a few steps,
-- however long the history is. That is all that one usually changes. What else can happen (an older
-- version that comes late or goes, notes that are edited) the server counts by itself: the row
-- without a type has those counters, a moment late at times and also raised by what was rolled
-- back. It also names the process that answers, which behind a pooler is not the one connected to.
--   psql -f watch.sql
WITH RECURSIVE types (model_type) AS (
  (SELECT h.model_type
     FROM model_config_history h
    ORDER BY h.model_type
    LIMIT 1)
  UNION ALL
  SELECT (SELECT h.model_type
            FROM model_config_history h
           WHERE h.model_type > t.model_type
           ORDER BY h.model_type
           LIMIT 1)
    FROM types t
   WHERE t.model_type IS NOT NULL
)
SELECT t.model_type,
       left(md5(concat_ws(' ',
         (SELECT string_agg(concat(a.id, a.created_at), ' ' ORDER BY a.created_at DESC, a.id)
            FROM (SELECT h.id, h.created_at
                    FROM model_config_history h
                   WHERE h.model_type = t.model_type AND h.is_active = true
                   ORDER BY h.created_at DESC
                   LIMIT 100) a),
         'inactive',
         (SELECT h.id
            FROM model_config_history h
           WHERE h.model_type = t.model_type AND h.is_active = false
             AND h.created_at IS NOT NULL
           ORDER BY h.created_at DESC, h.id DESC
           LIMIT 1),
         'unknown',
         (SELECT h.id
            FROM model_config_history h
           WHERE h.model_type = t.model_type AND h.is_active IS NULL
             AND h.created_at IS NOT NULL
           ORDER BY h.created_at DESC, h.id DESC
           LIMIT 1))), 16) AS fingerprint,
       NULL::int AS backend_pid
  FROM types t
 WHERE t.model_type IS NOT NULL
UNION ALL
SELECT NULL,
       concat_ws(' ', pg_stat_get_tuples_inserted(c.oid),
                 pg_stat_get_tuples_updated(c.oid),
                 pg_stat_get_tuples_deleted(c.oid)),
       pg_backend_pid()
  FROM pg_catalog.pg_class c
 WHERE c.oid = 'model_config_history'::regclass;
