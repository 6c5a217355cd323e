-- What a look at how far readers come runs on PostgreSQL, and how PostgreSQL runs it.

-- database
select 'PostgreSQL ' || current_setting('server_version');
--   Result

-- lastEvent
select max("events"."global_position")
from "events";
--   Result
--     InitPlan 1
--       Limit
--         Index Only Scan Backward using events_by_position on events  -- allowed: takes the last entry

-- eventsBehind
select count(*)
from "events"
where "events"."global_position" > ?;
--   Aggregate
--     Index Only Scan using events_by_position on events: (global_position > ?)
