-- Opens a transaction that writes, unless a server or a login was made read-only on purpose. Each of
-- its statements sees what was committed before it began, and so, after waiting for the lock, what
-- the previous writer did.
BEGIN ISOLATION LEVEL READ COMMITTED;
