-- The name of one profile.
--   psql -v id=00000000-0000-4000-8000-0000000000a1 -f profile.sql
SELECT id::text, username
  FROM profiles
 WHERE id = :'id'::uuid;
