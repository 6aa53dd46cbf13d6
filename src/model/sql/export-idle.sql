-- Between two pages they are written to a disk, which can be a slow one.
SELECT set_config('idle_in_transaction_session_timeout', '60s', true);
