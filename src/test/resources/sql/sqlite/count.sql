-- What a count of what is stored runs on SQLite, and how SQLite runs it.

-- types
-- run by: Maintenance.typeCounts
select events.event_type, events.schema_version, count(*)
from events
group by events.event_type, events.schema_version
order by events.event_type, events.schema_version;
--   SCAN events  -- allowed: counts the events
--   USE TEMP B-TREE FOR GROUP BY  -- allowed: there are few types

-- tags
-- run by: Maintenance.tagCounts
select events_tags.tag, count(*)
from events_tags
group by events_tags.tag
order by events_tags.tag;
--   SCAN events_tags USING COVERING INDEX events_tags_by_tag  -- allowed: counts the tags

-- totals
-- run by: Maintenance.totals
select (select count(*) from events_tags), (select count(*) from snapshots), (select count(*) from doc_meta),
  (select count(*) from doc_records);
--   SCAN CONSTANT ROW
--   SCALAR SUBQUERY 1
--     SCAN events_tags  -- allowed: counts the tags
--   SCALAR SUBQUERY 2
--     SCAN snapshots USING COVERING INDEX sqlite_autoindex_snapshots_1  -- allowed: counts the snapshots
--   SCALAR SUBQUERY 3
--     SCAN doc_meta  -- allowed: counts the documents
--   SCALAR SUBQUERY 4
--     SCAN doc_records  -- allowed: counts the records

-- gaps
-- run by: Maintenance.positionGaps
-- always: :deleted_to = 0
select (select count(*) from events), (select count(*) from streams where streams.deleted_to > :deleted_to);
--   SCAN CONSTANT ROW
--   SCALAR SUBQUERY 1
--     SCAN events USING COVERING INDEX sqlite_autoindex_events_1  -- allowed: counts the events
--   SCALAR SUBQUERY 2
--     SCAN streams  -- allowed: counts the streams
