-- What bulk loads runs on PostgreSQL, and how PostgreSQL runs it.

-- progress
-- run by: Journal.bulkLoad
select "loads"."source_offset", "loads"."events", "loads"."note"
from "loads"
where ("loads"."load_name" = :name
  and ((select case when pg_is_in_recovery() then pg_current_xact_id() is not null else true end)));
--   Result
--     One-Time Filter: (InitPlan 1).col1
--     InitPlan 1
--       Result
--     Index Scan using loads_pkey on loads: (load_name = ?)

-- begin
-- run by: BulkLoad.append
insert into "loads" ("load_name", "source_offset", "events", "note", "updated_at")
values (:name, :offset, :events, :note, :time)
on conflict do nothing;
--   Insert on loads
--     Conflict Resolution: NOTHING
--     Result

-- move
-- run by: BulkLoad.appendRecorded
update "loads"
set "source_offset" = :offset, "events" = :events, "note" = :note, "updated_at" = :time
where ("loads"."load_name" = :name
  and "loads"."source_offset" = :before);
--   Update on loads
--     Index Scan using loads_pkey on loads: (load_name = ?)
--       Filter: (source_offset = ?)

-- forget
-- run by: BulkLoad.forget
delete from "loads"
where ("loads"."load_name" = :name
  and "loads"."source_offset" = :before);
--   Delete on loads
--     Index Scan using loads_pkey on loads: (load_name = ?)
--       Filter: (source_offset = ?)
