-- What every transaction runs on PostgreSQL, and how PostgreSQL runs it.

-- beginRead
-- run by: Maintenance.verify
set transaction isolation level repeatable read, read only;

-- commit
-- run by: every method that writes, Daybook.transaction
savepoint "daybook_commit";
commit;

-- savepoint
-- run by: Daybook.transaction, Repositories within a caller's transaction
savepoint "daybook_1";

-- release
-- run by: Daybook.transaction, Repositories within a caller's transaction
release savepoint "daybook_1";

-- rollbackTo
-- run by: Daybook.transaction, Repositories within a caller's transaction
rollback to savepoint "daybook_1";
