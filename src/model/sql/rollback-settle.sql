-- Lets triggers and constraints that were put off until the commit work now, so that
-- rollback-check.sql sees what they do, and what they refuse is refused before the commit.
SET CONSTRAINTS ALL IMMEDIATE;
