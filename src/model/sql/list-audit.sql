-- One page of the audit trail that data/sql/guards.sql keeps, newest first, each with the version that it
-- is about as that is now. Filters that are empty do nothing; "who" is a part of a login's or a
-- profile's name, or a profile's whole uuid. The page begins before the entry "before_entry".
--   psql -v model_type= -v config_id= -v actions='{}' -v who= -v age= \
--        -v before_entry=9223372036854775807 -v limit=100 -f list-audit.sql
SELECT a.audit_id::text, a.at::text, a.action, a.claimed_by::text, u.username AS claimed_name,
       a.login::text, a.application, left(a.detail #>> '{notes,1}', 500) AS notes_after,
       a.config_id::text, a.config_name, a.model_type,
       h.id::text, h.config_name, h.is_active, h.created_by::text,
       p.username, h.created_at::text, left(h.notes, 500)
  FROM model_config_audit a
  LEFT JOIN LATERAL (SELECT p.username FROM profiles p WHERE p.id = a.claimed_by) u ON true
  LEFT JOIN model_config_history h ON h.id = a.config_id
  LEFT JOIN profiles p ON p.id = h.created_by
 WHERE a.audit_id < :'before_entry'::bigint
   AND (:'model_type' = '' OR a.model_type = :'model_type' OR a.config_id IS NULL)
   AND (:'config_id' = '' OR a.config_id = nullif(:'config_id', '')::uuid OR a.config_id IS NULL)
   AND (cardinality(:'actions'::text[]) = 0 OR a.action = ANY (:'actions'::text[]))
   AND (:'age' = '' OR a.at >= now() - nullif(:'age', '')::interval)
   AND (:'who' = '' OR strpos(lower(a.login::text), lower(:'who')) > 0
        OR strpos(lower(u.username), lower(:'who')) > 0 OR a.claimed_by::text = lower(:'who'))
 ORDER BY a.audit_id DESC
 LIMIT :'limit'::int;
