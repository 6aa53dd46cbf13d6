-- Signs in for the length of a transaction: the role, the claims that auth.uid() reads, the limits,
-- and one spelling of timestamps whatever the server's settings are.
--   psql -v role=authenticated -v claims='{"sub": "00000000-0000-4000-8000-0000000000a1"}' \
--        -v statement_timeout=8s -v lock_timeout=4s -f become.sql
SELECT set_config('role', :'role', true),
       set_config('request.jwt.claims', :'claims', true),
       set_config('statement_timeout', :'statement_timeout', true),
       set_config('lock_timeout', :'lock_timeout', true),
       set_config('idle_in_transaction_session_timeout', '5s', true),
       set_config('TimeZone', 'UTC', true),
       set_config('DateStyle', 'ISO, YMD', true);
