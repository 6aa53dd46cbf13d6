-- Signs in for the length of a transaction: the role, the claims that auth.uid() reads, the limits,
-- one spelling of timestamps whatever the server's settings are, and where the table is. Its schema
-- comes before what the login's own search path has, which functions and triggers may need; temporary
-- tables come last, so that none can pass for another one. An auth.uid() of the older kind takes a setting
-- of its own before the claims, which a login or a pooled connection may have from elsewhere.
--   psql -v role=authenticated -v claims='{"sub": "00000000-0000-4000-8000-0000000000a1"}' \
--        -v statement_timeout=8s -v lock_timeout=4s -v schema=public -f become.sql
SELECT set_config('role', :'role', true),
       set_config('request.jwt.claims', :'claims', true),
       set_config('request.jwt.claim.sub',
                  coalesce(nullif(:'claims', '')::json ->> 'sub', current_setting('request.jwt.claim.sub', true), ''),
                  true),
       set_config('statement_timeout', :'statement_timeout', true),
       set_config('lock_timeout', :'lock_timeout', true),
       set_config('idle_in_transaction_session_timeout', '5s', true),
       set_config('TimeZone', 'UTC', true),
       set_config('DateStyle', 'ISO, YMD', true),
       set_config('search_path',
                  concat_ws(', ', quote_ident(:'schema'), nullif(current_setting('search_path'), ''), 'pg_temp'),
                  true);
