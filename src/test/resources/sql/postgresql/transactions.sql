-- What every transaction runs on PostgreSQL, and how PostgreSQL runs it.

-- begin
begin;

-- beginRead
set transaction isolation level repeatable read, read only;

-- commit
savepoint "daybook_commit";
commit;

-- rollback
rollback;

-- savepoint
savepoint "daybook_1";

-- release
release savepoint "daybook_1";

-- rollbackTo
rollback to savepoint "daybook_1";
