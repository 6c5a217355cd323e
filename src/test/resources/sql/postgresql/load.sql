-- What bulk loads runs on PostgreSQL, and how PostgreSQL runs it.

-- progress
select "loads"."source_offset", "loads"."events", "loads"."note"
from "loads"
where ("loads"."load_name" = ?
  and ((
      select case when pg_is_in_recovery() then pg_current_xact_id() is not null else true end)));
--   Result
--     One-Time Filter: (InitPlan 1).col1
--     InitPlan 1
--       Result
--     Index Scan using loads_pkey on loads: (load_name = ?)

-- begin
insert into "loads" ("load_name", "source_offset", "events", "note", "updated_at")
values (?, ?, ?, ?, ?)
on conflict do nothing;
--   Insert on loads
--     Conflict Resolution: NOTHING
--     Result

-- move
update "loads"
set "source_offset" = ?, "events" = ?, "note" = ?, "updated_at" = ?
where ("loads"."load_name" = ?
  and "loads"."source_offset" = ?);
--   Update on loads
--     Index Scan using loads_pkey on loads: (load_name = ?)
--       Filter: (source_offset = ?)

-- forget
delete from "loads"
where ("loads"."load_name" = ?
  and "loads"."source_offset" = ?);
--   Delete on loads
--     Index Scan using loads_pkey on loads: (load_name = ?)
--       Filter: (source_offset = ?)
