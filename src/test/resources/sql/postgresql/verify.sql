-- What a check of the database runs on PostgreSQL, and how PostgreSQL runs it.

-- streams
-- run by: Maintenance.verify
select "streams"."stream_id", "streams"."last_seq", "streams"."deleted_to", "streams"."state",
  "streams"."reason", "streams"."changed_at", "streams"."content_checksum"
from "streams"
where ((select case when pg_is_in_recovery() then pg_current_xact_id() is not null else true end))
order by "streams"."stream_id"
fetch next (select cast(9223372036854775807 as bigint)) rows only;
--   Limit
--     InitPlan 1
--       Result
--     InitPlan 2
--       Result
--     Result
--       One-Time Filter: (InitPlan 1).col1
--       Index Scan using streams_pkey on streams  -- allowed: reads all, in the order of the key

-- numbers
-- run by: Maintenance.verify
select "events"."stream_id", "events"."seq", "events"."global_position"
from "events"
where ((select case when pg_is_in_recovery() then pg_current_xact_id() is not null else true end))
order by "events"."stream_id", "events"."seq"
fetch next (select cast(9223372036854775807 as bigint)) rows only;
--   Limit
--     InitPlan 1
--       Result
--     InitPlan 2
--       Result
--     Result
--       One-Time Filter: (InitPlan 1).col1
--       Index Scan using events_pkey on events  -- allowed: reads all, in the order of the key

-- taggedEvents
-- run by: Maintenance.verify
select "events"."stream_id", "events"."seq", "events"."global_position", "events"."tags"
from "events"
where ("events"."tags" is not null
  and ((select case when pg_is_in_recovery() then pg_current_xact_id() is not null else true end)))
order by "events"."stream_id", "events"."seq"
fetch next (select cast(9223372036854775807 as bigint)) rows only;
--   Limit
--     InitPlan 1
--       Result
--     InitPlan 2
--       Result
--     Result
--       One-Time Filter: (InitPlan 1).col1
--       Index Scan using events_pkey on events  -- allowed: reads all, in the order of the key
--         Filter: (tags IS NOT NULL)

-- tags
-- run by: Maintenance.verify
select "events_tags"."stream_id", "events_tags"."seq", "events_tags"."global_position", "events_tags"."tag"
from "events_tags"
where ((select case when pg_is_in_recovery() then pg_current_xact_id() is not null else true end))
order by "events_tags"."stream_id", "events_tags"."seq", "events_tags"."tag"
fetch next (select cast(9223372036854775807 as bigint)) rows only;
--   Limit
--     InitPlan 1
--       Result
--     InitPlan 2
--       Result
--     Result
--       One-Time Filter: (InitPlan 1).col1
--       Index Scan using events_tags_pkey on events_tags  -- allowed: reads all, in the order of the key

-- events
-- run by: Maintenance.verify
select "events"."global_position", "events"."seq", "events"."event_type", "events"."ts", "events"."tags",
  "events"."payload",
  case
    when ("events"."schema_version" = 1
      and "events"."codec" = 'json'
      and
        coalesce("events"."compression", "events"."key_id", "events"."metadata", "events"."idempotency_key")
        is null) then 1
    else 0 end,
  "events"."schema_version", "events"."codec", "events"."compression", "events"."key_id",
  "events"."metadata", "events"."idempotency_key", "events"."stream_id", "events"."content_checksum"
from "events"
where ((select case when pg_is_in_recovery() then pg_current_xact_id() is not null else true end))
order by "events"."global_position"
fetch next (select cast(9223372036854775807 as bigint)) rows only;
--   Limit
--     InitPlan 1
--       Result
--     InitPlan 2
--       Result
--     Result
--       One-Time Filter: (InitPlan 1).col1
--       Index Scan using events_by_position on events  -- allowed: reads all, in the order of the key

-- snapshots
-- run by: Maintenance.verify
select "snapshots"."stream_id", "snapshots"."seq", "snapshots"."schema_version", "snapshots"."codec",
  "snapshots"."compression", "snapshots"."key_id", "snapshots"."ts", "snapshots"."state",
  "snapshots"."content_checksum", "snapshots"."state_type", "snapshots"."shape", "streams"."last_seq"
from "snapshots"
left outer join "streams" on "streams"."stream_id" = "snapshots"."stream_id"
where ((select case when pg_is_in_recovery() then pg_current_xact_id() is not null else true end))
order by "snapshots"."stream_id", "snapshots"."seq"
fetch next (select cast(9223372036854775807 as bigint)) rows only;
--   Limit
--     InitPlan 1
--       Result
--     InitPlan 2
--       Result
--     Result
--       One-Time Filter: (InitPlan 1).col1
--       Merge Left Join
--         Merge Cond: (snapshots.stream_id = streams.stream_id)
--         Index Scan using snapshots_pkey on snapshots  -- allowed: reads all, in the order of the key
--         Materialize  -- allowed: keeps the stream's row for its next snapshot
--           Index Scan using streams_pkey on streams  -- allowed: walks along, in its order

-- highestPosition
-- run by: Maintenance.verify
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

-- checkpoints
-- run by: Maintenance.verify
select "checkpoints"."consumer", "checkpoints"."global_position", "checkpoints"."updated_at",
  "checkpoints"."fence", "checkpoints"."owner", "checkpoints"."lease_millis", "checkpoints"."asked",
  "checkpoints"."paused_at", "checkpoints"."stopped_at", "checkpoints"."stop_position",
  "checkpoints"."stop_reason"
from "checkpoints"
where ((select case when pg_is_in_recovery() then pg_current_xact_id() is not null else true end))
order by "checkpoints"."consumer"
fetch next (select cast(9223372036854775807 as bigint)) rows only;
--   Limit
--     InitPlan 1
--       Result
--     InitPlan 2
--       Result
--     Result
--       One-Time Filter: (InitPlan 1).col1
--       Index Scan using checkpoints_pkey on checkpoints  -- allowed: reads all, in the order of the key

-- deadLetters
-- run by: Maintenance.verify
select "dead_letters"."consumer", "dead_letters"."global_position", "dead_letters"."stream_id",
  "dead_letters"."seq",
  (
    select "events"."global_position"
    from "events"
    where ("events"."stream_id" = "dead_letters"."stream_id"
      and "events"."seq" = "dead_letters"."seq")),
  "streams"."deleted_to", "streams"."state", "dead_letters"."event_type", "dead_letters"."attempts",
  "dead_letters"."error", "dead_letters"."parked_at", "dead_letters"."retry_asked_at",
  "dead_letters"."holds_stream"
from "dead_letters"
left outer join "streams" on "streams"."stream_id" = "dead_letters"."stream_id"
where ((select case when pg_is_in_recovery() then pg_current_xact_id() is not null else true end))
order by "dead_letters"."consumer", "dead_letters"."global_position"
fetch next (select cast(9223372036854775807 as bigint)) rows only;
--   Limit
--     InitPlan 2
--       Result
--     InitPlan 3
--       Result
--     Result
--       One-Time Filter: (InitPlan 2).col1
--       Nested Loop Left Join
--         Index Scan using dead_letters_pkey on dead_letters  -- allowed: reads all, in the order of the key
--         Index Scan using streams_pkey on streams: (stream_id = dead_letters.stream_id)
--       SubPlan 1
--         Index Scan using events_pkey on events: ((stream_id = dead_letters.stream_id) AND (seq = dead_letters.seq))

-- metas
-- run by: Maintenance.verify
select "doc_meta"."doc_id", "doc_meta"."data", "doc_meta"."content_checksum"
from "doc_meta"
where ((select case when pg_is_in_recovery() then pg_current_xact_id() is not null else true end))
order by "doc_meta"."doc_id"
fetch next (select cast(9223372036854775807 as bigint)) rows only;
--   Limit
--     InitPlan 1
--       Result
--     InitPlan 2
--       Result
--     Result
--       One-Time Filter: (InitPlan 1).col1
--       Index Scan using doc_meta_pkey on doc_meta  -- allowed: reads all, in the order of the key

-- records
-- run by: Maintenance.verify
select "doc_records"."kind", "doc_records"."payload", "doc_records"."blob", "doc_records"."doc_id",
  "doc_records"."seq", "doc_records"."content_checksum"
from "doc_records"
where ((select case when pg_is_in_recovery() then pg_current_xact_id() is not null else true end))
order by "doc_records"."doc_id", "doc_records"."seq"
fetch next (select cast(9223372036854775807 as bigint)) rows only;
--   Limit
--     InitPlan 1
--       Result
--     InitPlan 2
--       Result
--     Result
--       One-Time Filter: (InitPlan 1).col1
--       Index Scan using doc_records_pkey on doc_records  -- allowed: reads all, in the order of the key

-- countEvents
-- run by: Maintenance.verify
select count(*)
from "events"
where ((select case when pg_is_in_recovery() then pg_current_xact_id() is not null else true end));
--   Aggregate
--     InitPlan 1
--       Result
--     Result
--       One-Time Filter: (InitPlan 1).col1
--       Seq Scan on events  -- allowed: counts all, for the progress

-- countTags
-- run by: Maintenance.verify
select count(*)
from "events_tags"
where ((select case when pg_is_in_recovery() then pg_current_xact_id() is not null else true end));
--   Aggregate
--     InitPlan 1
--       Result
--     Result
--       One-Time Filter: (InitPlan 1).col1
--       Seq Scan on events_tags  -- allowed: counts all, for the progress

-- countSnapshots
-- run by: Maintenance.verify
select count(*)
from "snapshots"
where ((select case when pg_is_in_recovery() then pg_current_xact_id() is not null else true end));
--   Aggregate
--     InitPlan 1
--       Result
--     Result
--       One-Time Filter: (InitPlan 1).col1
--       Seq Scan on snapshots  -- allowed: counts all, for the progress

-- countCheckpoints
-- run by: Maintenance.verify
select count(*)
from "checkpoints"
where ((select case when pg_is_in_recovery() then pg_current_xact_id() is not null else true end));
--   Aggregate
--     InitPlan 1
--       Result
--     Result
--       One-Time Filter: (InitPlan 1).col1
--       Seq Scan on checkpoints  -- allowed: counts all, for the progress

-- countDeadLetters
-- run by: Maintenance.verify
select count(*)
from "dead_letters"
where ((select case when pg_is_in_recovery() then pg_current_xact_id() is not null else true end));
--   Aggregate
--     InitPlan 1
--       Result
--     Result
--       One-Time Filter: (InitPlan 1).col1
--       Seq Scan on dead_letters  -- allowed: counts all, for the progress

-- countRecords
-- run by: Maintenance.verify
select count(*)
from "doc_records"
where ((select case when pg_is_in_recovery() then pg_current_xact_id() is not null else true end));
--   Aggregate
--     InitPlan 1
--       Result
--     Result
--       One-Time Filter: (InitPlan 1).col1
--       Seq Scan on doc_records  -- allowed: counts all, for the progress
