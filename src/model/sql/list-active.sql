-- All active versions, of every model type: the table document's own query, with the creators'
-- names. A type that comes twice breaks the rule of one active version.
SELECT h.id::text, h.config_name, h.is_active, h.created_by::text,
       p.username, h.created_at::text, left(h.notes, 500), h.model_type
  FROM model_config_history h
  LEFT JOIN profiles p ON p.id = h.created_by
 WHERE h.is_active = true
 ORDER BY h.model_type, h.created_at DESC, h.id DESC;
