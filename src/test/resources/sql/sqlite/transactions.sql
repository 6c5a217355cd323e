-- What every transaction runs on SQLite, and how SQLite runs it.

-- begin
-- run by: every method that writes
begin immediate;

-- beginRead
-- run by: Maintenance.verify
begin;

-- commit
-- run by: every method that writes, Daybook.transaction
commit;

-- rollback
-- run by: every method that writes, Maintenance.verify
rollback;

-- claimWrite
-- run by: Repositories within a caller's transaction
delete from streams
where 1 = 0;
--   SCAN streams  -- allowed: never begun: the condition is false for any row

-- savepoint
-- run by: Daybook.transaction, Repositories within a caller's transaction
savepoint daybook_1;

-- release
-- run by: Daybook.transaction, Repositories within a caller's transaction
release savepoint daybook_1;

-- rollbackTo
-- run by: Daybook.transaction, Repositories within a caller's transaction
rollback to savepoint daybook_1;
