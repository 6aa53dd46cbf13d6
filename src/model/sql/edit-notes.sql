-- Replaces the notes of a version, if they still are what was shown; no notes are the same as empty
-- ones. Row-level security makes a refusal 0 rows instead of an error, and so does somebody else's edit:
-- get-notes.sql tells which it was.
--   psql -v id=... -v old_notes=why -v new_notes='why not' -f edit-notes.sql
UPDATE model_config_history h
   SET notes = nullif(:'new_notes', '')
 WHERE h.id = :'id'::uuid AND coalesce(h.notes, '') = :'old_notes'
RETURNING coalesce(h.notes, '') = :'new_notes' AS is_kept;
