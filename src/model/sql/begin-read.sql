-- Opens a transaction that reads. It becomes the signed-in profile for its own length only, so that
-- the server's policies decide and a pooled connection keeps nothing of it.
BEGIN ISOLATION LEVEL READ COMMITTED READ ONLY;
