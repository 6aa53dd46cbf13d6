-- Who can be signed in as. The limit keeps a platform with a million users from flooding the list;
-- it is searched by name.
--   psql -v search=al -f list-profiles.sql
SELECT id::text, username
  FROM profiles
 WHERE :'search' = '' OR strpos(lower(username), lower(:'search')) > 0 OR id::text = lower(:'search')
 ORDER BY username, id
 LIMIT 200;
