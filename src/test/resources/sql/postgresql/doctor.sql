-- What a look at how far readers come runs on PostgreSQL, and how PostgreSQL runs it.

-- database
-- run by: Maintenance.doctor
select 'PostgreSQL ' || current_setting('server_version');
--   Result

-- lastEvent
-- run by: Maintenance.doctor
select max("events"."global_position")
from "events"
where ((select case when pg_is_in_recovery() then pg_current_xact_id() is not null else true end));
--   Result
--     InitPlan 1
--       Result
--     InitPlan 2
--       Limit
--         Result
--           One-Time Filter: (InitPlan 1).col1
--           Index Only Scan Backward using events_by_position on events  -- allowed: takes the last entry

-- eventsBehind
-- run by: Maintenance.doctor
select count(*)
from "events"
where ("events"."global_position" > :position
  and ((select case when pg_is_in_recovery() then pg_current_xact_id() is not null else true end)));
--   Aggregate
--     InitPlan 1
--       Result
--     Result
--       One-Time Filter: (InitPlan 1).col1
--       Index Only Scan using events_by_position on events: (global_position > ?)
