-- What every transaction runs on SQLite, and how SQLite runs it.

-- begin
begin immediate;

-- beginRead
begin;

-- commit
commit;

-- rollback
rollback;

-- claimWrite
delete from streams
where 1 = 0;
--   SCAN streams  -- allowed: never begun: the condition is false for any row

-- savepoint
savepoint daybook_1;

-- release
release savepoint daybook_1;

-- rollbackTo
rollback to savepoint daybook_1;
