-- What a count of what is stored runs on PostgreSQL, and how PostgreSQL runs it.

-- types
-- run by: Maintenance.typeCounts
select "events"."event_type", "events"."schema_version", count(*)
from "events"
where ((select case when pg_is_in_recovery() then pg_current_xact_id() is not null else true end))
group by "events"."event_type", "events"."schema_version"
order by "events"."event_type", "events"."schema_version";
--   Sort  -- allowed: of the names
--     Sort Key: events.event_type COLLATE "C", events.schema_version
--     InitPlan 1
--       Result
--     HashAggregate  -- allowed: has a row for each name
--       Group Key: events.event_type, events.schema_version
--       Result
--         One-Time Filter: (InitPlan 1).col1
--         Seq Scan on events  -- allowed: counts all

-- tags
-- run by: Maintenance.tagCounts
select "events_tags"."tag", count(*)
from "events_tags"
where ((select case when pg_is_in_recovery() then pg_current_xact_id() is not null else true end))
group by "events_tags"."tag"
order by "events_tags"."tag";
--   Sort  -- allowed: of the names
--     Sort Key: events_tags.tag COLLATE "C"
--     InitPlan 1
--       Result
--     HashAggregate  -- allowed: has a row for each name
--       Group Key: events_tags.tag
--       Result
--         One-Time Filter: (InitPlan 1).col1
--         Seq Scan on events_tags  -- allowed: counts all

-- totals
-- run by: Maintenance.totals
select (select count(*) from "events_tags"), (select count(*) from "snapshots"),
  (select count(*) from "doc_meta"), (select count(*) from "doc_records")
where ((select case when pg_is_in_recovery() then pg_current_xact_id() is not null else true end));
--   Result
--     One-Time Filter: (InitPlan 5).col1
--     InitPlan 1
--       Aggregate
--         Seq Scan on events_tags  -- allowed: counts the tags
--     InitPlan 2
--       Aggregate
--         Seq Scan on snapshots  -- allowed: counts the snapshots
--     InitPlan 3
--       Aggregate
--         Seq Scan on doc_meta  -- allowed: counts the documents
--     InitPlan 4
--       Aggregate
--         Seq Scan on doc_records  -- allowed: counts the records
--     InitPlan 5
--       Result

-- gaps
-- run by: Maintenance.positionGaps
-- always: :deleted_to = 0
select (select count(*) from "events"),
  (select count(*) from "streams" where "streams"."deleted_to" > :deleted_to)
where ((select case when pg_is_in_recovery() then pg_current_xact_id() is not null else true end));
--   Result
--     One-Time Filter: (InitPlan 3).col1
--     InitPlan 1
--       Aggregate
--         Seq Scan on events  -- allowed: counts the events
--     InitPlan 2
--       Aggregate
--         Seq Scan on streams  -- allowed: counts the streams
--           Filter: (deleted_to > ?)
--     InitPlan 3
--       Result
