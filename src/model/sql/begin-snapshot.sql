-- Opens a transaction that reads the table as it is at one moment, however long that takes, so that
-- what is exported fits together.
BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY;
