-- What the journal runs on PostgreSQL, and how PostgreSQL runs it.

-- head
-- run by: Journal.highestSeq, Journal.append
select "streams"."last_seq",
  case
    when ("streams"."state" = 'ACTIVE'
      and "streams"."deleted_to" = 0
      and "streams"."reason" is null
      and "streams"."changed_at" is null) then 1
    else 0 end
from "streams"
where ("streams"."stream_id" = :stream_id
  and ((select case when pg_is_in_recovery() then pg_current_xact_id() is not null else true end)));
--   Result
--     One-Time Filter: (InitPlan 1).col1
--     InitPlan 1
--       Result
--     Index Scan using streams_pkey on streams: (stream_id = ?)

-- streamRow
-- run by: Journal.count, Journal.exists, Journal.read, Journal.stream, Journal.findByKey
select "streams"."stream_id", "streams"."last_seq", "streams"."deleted_to", "streams"."state",
  "streams"."reason", "streams"."changed_at"
from "streams"
where ("streams"."stream_id" = :stream_id
  and ((select case when pg_is_in_recovery() then pg_current_xact_id() is not null else true end)));
--   Result
--     One-Time Filter: (InitPlan 1).col1
--     InitPlan 1
--       Result
--     Index Scan using streams_pkey on streams: (stream_id = ?)

-- claimStream
-- run by: Journal.delete, Journal.raiseHighWaterMark
select "streams"."stream_id", "streams"."last_seq", "streams"."deleted_to", "streams"."state",
  "streams"."reason", "streams"."changed_at"
from "streams"
where ("streams"."stream_id" = :stream_id
  and ((select case when pg_is_in_recovery() then pg_current_xact_id() is not null else true end)))
for update;
--   LockRows
--     InitPlan 1
--       Result
--     Result
--       One-Time Filter: (InitPlan 1).col1
--       Index Scan using streams_pkey on streams: (stream_id = ?)

-- forwards
-- run by: Journal.exists, Journal.read, Journal.stream, Queries.currentEvents, Queries.liveEvents,
--     Subscriptions.start, Recovery.load
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
  "events"."metadata", "events"."idempotency_key",
  (
    select case
      when ("streams"."state" = 'ACTIVE'
        or ("streams"."state" = 'ARCHIVED'
          and ("streams"."reason" is null
            or not ("streams"."reason" = 'moved' or left("streams"."reason", 6) = 'moved ')))) then 1
      else 0 end
    from "streams"
    where "streams"."stream_id" = :stream_id)
from "events"
where ("events"."stream_id" = :stream_id
  and "events"."seq" between :seq and :to_seq
  and ((select case when pg_is_in_recovery() then pg_current_xact_id() is not null else true end)))
order by "events"."seq" asc
fetch next (select cast(:limit as bigint)) rows only;
--   Limit
--     InitPlan 1
--       Index Scan using streams_pkey on streams: (stream_id = ?)
--     InitPlan 2
--       Result
--     InitPlan 3
--       Result
--     Result
--       One-Time Filter: (InitPlan 2).col1
--       Index Scan using events_pkey on events: ((stream_id = ?) AND (seq >= ?) AND (seq <= ?))

-- backwards
-- run by: Journal.exists, Journal.read, Journal.stream
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
  "events"."metadata", "events"."idempotency_key",
  (
    select case
      when ("streams"."state" = 'ACTIVE'
        or ("streams"."state" = 'ARCHIVED'
          and ("streams"."reason" is null
            or not ("streams"."reason" = 'moved' or left("streams"."reason", 6) = 'moved ')))) then 1
      else 0 end
    from "streams"
    where "streams"."stream_id" = :stream_id)
from "events"
where ("events"."stream_id" = :stream_id
  and "events"."seq" between :seq and :to_seq
  and ((select case when pg_is_in_recovery() then pg_current_xact_id() is not null else true end)))
order by "events"."seq" desc
fetch next (select cast(:limit as bigint)) rows only;
--   Limit
--     InitPlan 1
--       Index Scan using streams_pkey on streams: (stream_id = ?)
--     InitPlan 2
--       Result
--     InitPlan 3
--       Result
--     Result
--       One-Time Filter: (InitPlan 2).col1
--       Index Scan Backward using events_pkey on events: ((stream_id = ?) AND (seq >= ?) AND (seq <= ?))

-- after
-- run by: Journal.exists, Journal.read, Journal.stream, Queries.currentEvents, Queries.liveEvents,
--     Subscriptions.start, Queries.liveStreamIds
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
  "events"."metadata", "events"."idempotency_key", "events"."stream_id"
from "events"
where ("events"."global_position" > :position
  and "events"."global_position" <= :to_position
  and ((select case when pg_is_in_recovery() then pg_current_xact_id() is not null else true end)))
order by "events"."global_position"
fetch next (select cast(:limit as bigint)) rows only;
--   Limit
--     InitPlan 1
--       Result
--     InitPlan 2
--       Result
--     Result
--       One-Time Filter: (InitPlan 1).col1
--       Index Scan using events_by_position on events: ((global_position > ?) AND (global_position <= ?))

-- newestFirst
-- run by: Journal.exists, Journal.read, Journal.stream
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
  "events"."metadata", "events"."idempotency_key", "events"."stream_id"
from "events"
where ("events"."global_position" > :position
  and "events"."global_position" <= :to_position
  and ((select case when pg_is_in_recovery() then pg_current_xact_id() is not null else true end)))
order by "events"."global_position" desc
fetch next (select cast(:limit as bigint)) rows only;
--   Limit
--     InitPlan 1
--       Result
--     InitPlan 2
--       Result
--     Result
--       One-Time Filter: (InitPlan 1).col1
--       Index Scan Backward using events_by_position on events: ((global_position > ?) AND (global_position <= ?))

-- places
-- run by: Journal.onAppend
select "events"."stream_id", "events"."seq", "events"."global_position"
from "events"
where ("events"."global_position" > :position
  and "events"."global_position" <= :to_position
  and ((select case when pg_is_in_recovery() then pg_current_xact_id() is not null else true end)))
order by "events"."global_position"
fetch next (select cast(:limit as bigint)) rows only;
--   Limit
--     InitPlan 1
--       Result
--     InitPlan 2
--       Result
--     Result
--       One-Time Filter: (InitPlan 1).col1
--       Index Scan using events_by_position on events: ((global_position > ?) AND (global_position <= ?))

-- at
-- run by: Subscriptions.start
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
  "events"."metadata", "events"."idempotency_key", "events"."stream_id"
from "events"
where ("events"."global_position" = :position
  and ((select case when pg_is_in_recovery() then pg_current_xact_id() is not null else true end)));
--   Result
--     One-Time Filter: (InitPlan 1).col1
--     InitPlan 1
--       Result
--     Index Scan using events_by_position on events: (global_position = ?)

-- whatIsAt
-- run by: Queries.liveEvents, Subscriptions.start
select "events"."stream_id", "events"."seq", "events"."ts"
from "events"
where ("events"."global_position" = :position
  and ((select case when pg_is_in_recovery() then pg_current_xact_id() is not null else true end)));
--   Result
--     One-Time Filter: (InitPlan 1).col1
--     InitPlan 1
--       Result
--     Index Scan using events_by_position on events: (global_position = ?)

-- seqAt
-- run by: Queries.liveEvents, Subscriptions.start
-- always: :limit = 1
select "events"."seq"
from "events"
where ("events"."stream_id" = :stream_id
  and "events"."global_position" <= :position
  and ((select case when pg_is_in_recovery() then pg_current_xact_id() is not null else true end)))
order by "events"."seq" desc
fetch next :limit rows only;
--   Limit
--     InitPlan 1
--       Result
--     Result
--       One-Time Filter: (InitPlan 1).col1
--       Index Scan Backward using events_pkey on events: (stream_id = ?)
--         Filter: (global_position <= ?)

-- latestPosition
-- run by: Queries.currentEvents, Queries.liveEvents, Subscriptions.start, Journal.latestPosition
-- always: :limit = 1
select "events"."global_position"
from "events"
where ("events"."global_position" <= :to_position
  and ((select case when pg_is_in_recovery() then pg_current_xact_id() is not null else true end)))
order by "events"."global_position" desc
fetch next :limit rows only;
--   Limit
--     InitPlan 1
--       Result
--     Result
--       One-Time Filter: (InitPlan 1).col1
--       Index Only Scan Backward using events_by_position on events: (global_position <= ?)

-- idsFrom
-- run by: Journal.streamIds, Queries.currentStreamIds
select "streams"."stream_id"
from "streams"
where ("streams"."stream_id" >= :lower
  and ((select case when pg_is_in_recovery() then pg_current_xact_id() is not null else true end)))
order by "streams"."stream_id"
fetch next (select cast(:limit as bigint)) rows only;
--   Limit
--     InitPlan 1
--       Result
--     InitPlan 2
--       Result
--     Result
--       One-Time Filter: (InitPlan 1).col1
--       Index Only Scan using streams_pkey on streams: (stream_id >= ?)

-- idsBehind
-- run by: Journal.streamIds, Queries.currentStreamIds
select "streams"."stream_id"
from "streams"
where ("streams"."stream_id" > :lower
  and ((select case when pg_is_in_recovery() then pg_current_xact_id() is not null else true end)))
order by "streams"."stream_id"
fetch next (select cast(:limit as bigint)) rows only;
--   Limit
--     InitPlan 1
--       Result
--     InitPlan 2
--       Result
--     Result
--       One-Time Filter: (InitPlan 1).col1
--       Index Only Scan using streams_pkey on streams: (stream_id > ?)

-- idsFromBelow
-- run by: Journal.streamIds, Queries.currentStreamIds
select "streams"."stream_id"
from "streams"
where ("streams"."stream_id" >= :lower
  and "streams"."stream_id" < :upper
  and ((select case when pg_is_in_recovery() then pg_current_xact_id() is not null else true end)))
order by "streams"."stream_id"
fetch next (select cast(:limit as bigint)) rows only;
--   Limit
--     InitPlan 1
--       Result
--     InitPlan 2
--       Result
--     Result
--       One-Time Filter: (InitPlan 1).col1
--       Index Only Scan using streams_pkey on streams: ((stream_id >= ?) AND (stream_id < ?))

-- idsBehindBelow
-- run by: Journal.streamIds, Queries.currentStreamIds
select "streams"."stream_id"
from "streams"
where ("streams"."stream_id" > :lower
  and "streams"."stream_id" < :upper
  and ((select case when pg_is_in_recovery() then pg_current_xact_id() is not null else true end)))
order by "streams"."stream_id"
fetch next (select cast(:limit as bigint)) rows only;
--   Limit
--     InitPlan 1
--       Result
--     InitPlan 2
--       Result
--     Result
--       One-Time Filter: (InitPlan 1).col1
--       Index Only Scan using streams_pkey on streams: ((stream_id > ?) AND (stream_id < ?))

-- hasEvents
-- run by: Journal.raiseHighWaterMark
-- always: :limit = 1
select "events"."seq"
from "events"
where ("events"."stream_id" = :stream_id
  and ((select case when pg_is_in_recovery() then pg_current_xact_id() is not null else true end)))
fetch next :limit rows only;
--   Limit
--     InitPlan 1
--       Result
--     Result
--       One-Time Filter: (InitPlan 1).col1
--       Index Only Scan using events_pkey on events: (stream_id = ?)

-- deleteTags
-- run by: Journal.delete
delete from "events_tags"
where ("events_tags"."stream_id" = :stream_id
  and "events_tags"."seq" <= :to_seq);
--   Delete on events_tags
--     Bitmap Heap Scan on events_tags
--       Recheck Cond: ((stream_id = ?) AND (seq <= ?))
--       Bitmap Index Scan on events_tags_pkey: ((stream_id = ?) AND (seq <= ?))

-- deleteEvents
-- run by: Journal.delete
delete from "events"
where ("events"."stream_id" = :stream_id
  and "events"."seq" <= :to_seq);
--   Delete on events
--     Bitmap Heap Scan on events
--       Recheck Cond: ((stream_id = ?) AND (seq <= ?))
--       Bitmap Index Scan on events_pkey: ((stream_id = ?) AND (seq <= ?))

-- markDeleted
-- run by: Journal.delete
update "streams"
set "deleted_to" = greatest("streams"."deleted_to", least(:to_seq, "streams"."last_seq"))
where "streams"."stream_id" = :stream_id;
--   Update on streams
--     Index Scan using streams_pkey on streams: (stream_id = ?)

-- raiseEmptyMark
-- run by: Journal.raiseHighWaterMark
insert into "streams" ("stream_id", "last_seq", "deleted_to")
values (:stream_id, :seq, :seq)
on conflict ("stream_id") do update
set "last_seq" = excluded."last_seq", "deleted_to" = excluded."deleted_to";
--   Insert on streams
--     Conflict Resolution: UPDATE
--     Conflict Arbiter Indexes: streams_pkey
--     Result

-- stats
-- run by: Journal.stats
select (select count(*) from "events"), (select count(*) from "streams"),
  (select count(distinct "events_tags"."tag") from "events_tags"),
  (select min("events"."global_position") from "events"),
  (select max("events"."global_position") from "events"), (select min("events"."ts") from "events"),
  (select max("events"."ts") from "events")
where ((select case when pg_is_in_recovery() then pg_current_xact_id() is not null else true end));
--   Result
--     One-Time Filter: (InitPlan 10).col1
--     InitPlan 1
--       Aggregate
--         Seq Scan on events  -- allowed: counts all
--     InitPlan 2
--       Aggregate
--         Seq Scan on streams  -- allowed: counts all
--     InitPlan 3
--       Aggregate
--         Index Only Scan using events_tags_by_tag on events_tags  -- allowed: counts different tags
--     InitPlan 5
--       Result
--         InitPlan 4
--           Limit
--             Index Only Scan using events_by_position on events events_1  -- allowed: takes the first entry
--     InitPlan 7
--       Result
--         InitPlan 6
--           Limit
--             Index Only Scan Backward using events_by_position on events events_2  -- allowed: takes the last entry
--     InitPlan 8
--       Aggregate
--         Seq Scan on events events_3  -- allowed: no index has the times
--     InitPlan 9
--       Aggregate
--         Seq Scan on events events_4  -- allowed: no index has the times
--     InitPlan 10
--       Result

-- eventsOfKey
-- run by: Journal.append, Journal.findByKey
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
  "events"."metadata", "events"."idempotency_key", "events"."stream_id"
from "events"
where ("events"."stream_id" = :stream_id
  and "events"."idempotency_key" = :idempotency_key
  and ((select case when pg_is_in_recovery() then pg_current_xact_id() is not null else true end)))
order by "events"."seq";
--   Result
--     One-Time Filter: (InitPlan 1).col1
--     InitPlan 1
--       Result
--     Index Scan using events_by_idempotency on events: ((stream_id = ?) AND (idempotency_key = ?))

-- highestPosition
-- run by: Queries.currentEvents, Queries.liveEvents, Subscriptions.start, BulkLoad.appendRecorded, Maintenance.doctor,
--     Maintenance.positionGaps, Maintenance.verify
select case when is_called then last_value else 0 end
from "events_position"
where ((select case when pg_is_in_recovery() then pg_current_xact_id() is not null else true end));
--   Result
--     One-Time Filter: (InitPlan 1).col1
--     InitPlan 1
--       Result
--     Seq Scan on events_position  -- allowed: the sequence, which has one row

-- forwardsByTypes
-- run by: Journal.exists, Journal.read, Journal.stream
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
  "events"."metadata", "events"."idempotency_key",
  (
    select case
      when ("streams"."state" = 'ACTIVE'
        or ("streams"."state" = 'ARCHIVED'
          and ("streams"."reason" is null
            or not ("streams"."reason" = 'moved' or left("streams"."reason", 6) = 'moved ')))) then 1
      else 0 end
    from "streams"
    where "streams"."stream_id" = :stream_id)
from "events"
where ("events"."stream_id" = :stream_id
  and "events"."seq" between :seq and :to_seq
  and "events"."event_type" in (:event_type, :event_type_2)
  and ((select case when pg_is_in_recovery() then pg_current_xact_id() is not null else true end)))
order by "events"."seq" asc
fetch next (select cast(:limit as bigint)) rows only;
--   Limit
--     InitPlan 1
--       Index Scan using streams_pkey on streams: (stream_id = ?)
--     InitPlan 2
--       Result
--     InitPlan 3
--       Result
--     Result
--       One-Time Filter: (InitPlan 2).col1
--       Index Scan using events_pkey on events: ((stream_id = ?) AND (seq >= ?) AND (seq <= ?))
--         Filter: (event_type = ANY (ARRAY[?, ?]))

-- backwardsByTypes
-- run by: Journal.exists, Journal.read, Journal.stream
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
  "events"."metadata", "events"."idempotency_key",
  (
    select case
      when ("streams"."state" = 'ACTIVE'
        or ("streams"."state" = 'ARCHIVED'
          and ("streams"."reason" is null
            or not ("streams"."reason" = 'moved' or left("streams"."reason", 6) = 'moved ')))) then 1
      else 0 end
    from "streams"
    where "streams"."stream_id" = :stream_id)
from "events"
where ("events"."stream_id" = :stream_id
  and "events"."seq" between :seq and :to_seq
  and "events"."event_type" in (:event_type, :event_type_2)
  and ((select case when pg_is_in_recovery() then pg_current_xact_id() is not null else true end)))
order by "events"."seq" desc
fetch next (select cast(:limit as bigint)) rows only;
--   Limit
--     InitPlan 1
--       Index Scan using streams_pkey on streams: (stream_id = ?)
--     InitPlan 2
--       Result
--     InitPlan 3
--       Result
--     Result
--       One-Time Filter: (InitPlan 2).col1
--       Index Scan Backward using events_pkey on events: ((stream_id = ?) AND (seq >= ?) AND (seq <= ?))
--         Filter: (event_type = ANY (ARRAY[?, ?]))

-- afterByTypes
-- run by: Journal.exists, Journal.read, Journal.stream, Queries.currentEvents, Queries.liveEvents, Subscriptions.start
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
  "events"."metadata", "events"."idempotency_key", "events"."stream_id"
from "events"
where ("events"."global_position" > :position
  and "events"."global_position" <= :to_position
  and ((select case when pg_is_in_recovery() then pg_current_xact_id() is not null else true end))
  and "events"."event_type" in (:event_type, :event_type_2))
order by "events"."global_position"
fetch next (select cast(:limit as bigint)) rows only;
--   Limit
--     InitPlan 1
--       Result
--     InitPlan 2
--       Result
--     Result
--       One-Time Filter: (InitPlan 1).col1
--       Index Scan using events_by_position on events: ((global_position > ?) AND (global_position <= ?))
--         Filter: (event_type = ANY (ARRAY[?, ?]))

-- afterInStreams
-- run by: Journal.exists, Journal.read, Journal.stream
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
  "events"."metadata", "events"."idempotency_key", "events"."stream_id"
from "events"
where ("events"."global_position" > :position
  and "events"."global_position" <= :to_position
  and ((select case when pg_is_in_recovery() then pg_current_xact_id() is not null else true end))
  and ("events"."stream_id" || '') >= :stream_id
  and ("events"."stream_id" || '') < :stream_id_2)
order by "events"."global_position"
fetch next (select cast(:limit as bigint)) rows only;
--   Limit
--     InitPlan 1
--       Result
--     InitPlan 2
--       Result
--     Result
--       One-Time Filter: (InitPlan 1).col1
--       Index Scan using events_by_position on events: ((global_position > ?) AND (global_position <= ?))
--         Filter: (((stream_id || ''::text) >= ?) AND ((stream_id || ''::text) < ?))

-- oneTagInStreams
-- run by: Journal.exists, Journal.read, Journal.stream
select "t$"."global_position", "events"."seq", "events"."event_type", "events"."ts", "events"."tags",
  "events"."payload",
  case
    when ("events"."schema_version" = 1
      and "events"."codec" = 'json'
      and
        coalesce("events"."compression", "events"."key_id", "events"."metadata", "events"."idempotency_key")
        is null) then 1
    else 0 end,
  "events"."schema_version", "events"."codec", "events"."compression", "events"."key_id",
  "events"."metadata", "events"."idempotency_key", "events"."stream_id"
from "events_tags" as "t$"
join "events" on "events"."global_position" = ("t$"."global_position" + 0)
where ("t$"."tag" = :tag
  and "t$"."global_position" > :position
  and "t$"."global_position" <= :to_position
  and ((select case when pg_is_in_recovery() then pg_current_xact_id() is not null else true end))
  and ("events"."stream_id" || '') >= :stream_id
  and ("events"."stream_id" || '') < :stream_id_2)
order by "t$"."global_position"
fetch next (select cast(:limit as bigint)) rows only;
--   Limit
--     InitPlan 1
--       Result
--     InitPlan 2
--       Result
--     Result
--       One-Time Filter: (InitPlan 1).col1
--       Nested Loop
--         Index Only Scan using events_tags_by_tag on events_tags "t$": ((tag = ?) AND (global_position > ?) AND
--             (global_position <= ?))
--         Index Scan using events_by_position on events: (global_position = ("t$".global_position + 0))
--           Filter: (((stream_id || ''::text) >= ?) AND ((stream_id || ''::text) < ?))

-- oneTag
-- run by: Journal.exists, Journal.read, Journal.stream
select "t$"."global_position", "events"."seq", "events"."event_type", "events"."ts", "events"."tags",
  "events"."payload",
  case
    when ("events"."schema_version" = 1
      and "events"."codec" = 'json'
      and
        coalesce("events"."compression", "events"."key_id", "events"."metadata", "events"."idempotency_key")
        is null) then 1
    else 0 end,
  "events"."schema_version", "events"."codec", "events"."compression", "events"."key_id",
  "events"."metadata", "events"."idempotency_key", "events"."stream_id"
from "events_tags" as "t$"
join "events" on "events"."global_position" = ("t$"."global_position" + 0)
where ("t$"."tag" = :tag
  and "t$"."global_position" > :position
  and "t$"."global_position" <= :to_position
  and ((select case when pg_is_in_recovery() then pg_current_xact_id() is not null else true end)))
order by "t$"."global_position"
fetch next (select cast(:limit as bigint)) rows only;
--   Limit
--     InitPlan 1
--       Result
--     InitPlan 2
--       Result
--     Result
--       One-Time Filter: (InitPlan 1).col1
--       Nested Loop
--         Index Only Scan using events_tags_by_tag on events_tags "t$": ((tag = ?) AND (global_position > ?) AND
--             (global_position <= ?))
--         Index Scan using events_by_position on events: (global_position = ("t$".global_position + 0))

-- oneTagByTypes
-- run by: Journal.exists, Journal.read, Journal.stream
select "t$"."global_position", "events"."seq", "events"."event_type", "events"."ts", "events"."tags",
  "events"."payload",
  case
    when ("events"."schema_version" = 1
      and "events"."codec" = 'json'
      and
        coalesce("events"."compression", "events"."key_id", "events"."metadata", "events"."idempotency_key")
        is null) then 1
    else 0 end,
  "events"."schema_version", "events"."codec", "events"."compression", "events"."key_id",
  "events"."metadata", "events"."idempotency_key", "events"."stream_id"
from "events_tags" as "t$"
join "events" on "events"."global_position" = ("t$"."global_position" + 0)
where ("t$"."tag" = :tag
  and "t$"."global_position" > :position
  and "t$"."global_position" <= :to_position
  and ((select case when pg_is_in_recovery() then pg_current_xact_id() is not null else true end))
  and "events"."event_type" in (:event_type, :event_type_2))
order by "t$"."global_position"
fetch next (select cast(:limit as bigint)) rows only;
--   Limit
--     InitPlan 1
--       Result
--     InitPlan 2
--       Result
--     Result
--       One-Time Filter: (InitPlan 1).col1
--       Nested Loop
--         Index Only Scan using events_tags_by_tag on events_tags "t$": ((tag = ?) AND (global_position > ?) AND
--             (global_position <= ?))
--         Index Scan using events_by_position on events: (global_position = ("t$".global_position + 0))
--           Filter: (event_type = ANY (ARRAY[?, ?]))

-- allOfTwoTags
-- run by: Journal.exists, Journal.read, Journal.stream
select "t$"."global_position", "events"."seq", "events"."event_type", "events"."ts", "events"."tags",
  "events"."payload",
  case
    when ("events"."schema_version" = 1
      and "events"."codec" = 'json'
      and
        coalesce("events"."compression", "events"."key_id", "events"."metadata", "events"."idempotency_key")
        is null) then 1
    else 0 end,
  "events"."schema_version", "events"."codec", "events"."compression", "events"."key_id",
  "events"."metadata", "events"."idempotency_key", "events"."stream_id"
from "events_tags" as "t$"
join "events" on "events"."global_position" = ("t$"."global_position" + 0)
where ("t$"."tag" = :tag
  and "t$"."global_position" > :position
  and "t$"."global_position" <= :to_position
  and exists (
    select 1 as "one"
    from "events_tags" as "o$"
    where ("o$"."tag" in (:tag_2)
      and "o$"."global_position" = "t$"."global_position")
    fetch next (select cast(1 as bigint)) rows only)
  and ((select case when pg_is_in_recovery() then pg_current_xact_id() is not null else true end)))
order by "t$"."global_position"
fetch next (select cast(:limit as bigint)) rows only;
--   Limit
--     InitPlan 3
--       Result
--     InitPlan 4
--       Result
--     Result
--       One-Time Filter: (InitPlan 3).col1
--       Nested Loop
--         Index Only Scan using events_tags_by_tag on events_tags "t$": ((tag = ?) AND (global_position > ?) AND
--             (global_position <= ?))
--           Filter: EXISTS(SubPlan 2)
--           SubPlan 2
--             Limit
--               InitPlan 1
--                 Result
--               Index Only Scan using events_tags_by_tag on events_tags "o$": ((tag = ?) AND (global_position =
--                   "t$".global_position))
--         Index Scan using events_by_position on events: (global_position = ("t$".global_position + 0))

-- anyOfOneTag
-- run by: Journal.exists, Journal.read, Journal.stream
select "t$"."global_position", "events"."seq", "events"."event_type", "events"."ts", "events"."tags",
  "events"."payload",
  case
    when ("events"."schema_version" = 1
      and "events"."codec" = 'json'
      and
        coalesce("events"."compression", "events"."key_id", "events"."metadata", "events"."idempotency_key")
        is null) then 1
    else 0 end,
  "events"."schema_version", "events"."codec", "events"."compression", "events"."key_id",
  "events"."metadata", "events"."idempotency_key", "events"."stream_id"
from "events_tags" as "t$"
join "events" on "events"."global_position" = ("t$"."global_position" + 0)
where ("t$"."tag" = :tag
  and "t$"."global_position" > :position
  and "t$"."global_position" <= :to_position
  and ((select case when pg_is_in_recovery() then pg_current_xact_id() is not null else true end)))
order by "t$"."global_position"
fetch next (select cast(:limit as bigint)) rows only;
--   Limit
--     InitPlan 1
--       Result
--     InitPlan 2
--       Result
--     Result
--       One-Time Filter: (InitPlan 1).col1
--       Nested Loop
--         Index Only Scan using events_tags_by_tag on events_tags "t$": ((tag = ?) AND (global_position > ?) AND
--             (global_position <= ?))
--         Index Scan using events_by_position on events: (global_position = ("t$".global_position + 0))

-- anyOfTwoTags
-- run by: Journal.exists, Journal.read, Journal.stream
(
  select "t$"."global_position", "events"."seq", "events"."event_type", "events"."ts", "events"."tags",
    "events"."payload",
    case
      when ("events"."schema_version" = 1
        and "events"."codec" = 'json'
        and
          coalesce("events"."compression", "events"."key_id", "events"."metadata", "events"."idempotency_key")
          is null) then 1
      else 0 end,
    "events"."schema_version", "events"."codec", "events"."compression", "events"."key_id",
    "events"."metadata", "events"."idempotency_key", "events"."stream_id"
  from "events_tags" as "t$"
  join "events" on "events"."global_position" = ("t$"."global_position" + 0)
  where ("t$"."tag" = :tag
    and "t$"."global_position" > :position
    and "t$"."global_position" <= :to_position
    and ((select case when pg_is_in_recovery() then pg_current_xact_id() is not null else true end)))
  order by 1
  fetch next (select cast(:limit as bigint)) rows only)
union all (
  select "t$"."global_position", "events"."seq", "events"."event_type", "events"."ts", "events"."tags",
    "events"."payload",
    case
      when ("events"."schema_version" = 1
        and "events"."codec" = 'json'
        and
          coalesce("events"."compression", "events"."key_id", "events"."metadata", "events"."idempotency_key")
          is null) then 1
      else 0 end,
    "events"."schema_version", "events"."codec", "events"."compression", "events"."key_id",
    "events"."metadata", "events"."idempotency_key", "events"."stream_id"
  from "events_tags" as "t$"
  join "events" on "events"."global_position" = ("t$"."global_position" + 0)
  where ("t$"."tag" = :tag_2
    and "t$"."global_position" > :position
    and "t$"."global_position" <= :to_position
    and ((select case when pg_is_in_recovery() then pg_current_xact_id() is not null else true end))
    and not exists (
      select 1 as "one"
      from "events_tags" as "o$"
      where ("o$"."tag" in (:tag)
        and "o$"."global_position" = "t$"."global_position")
      fetch next (select cast(1 as bigint)) rows only))
  order by 1
  fetch next (select cast(:limit as bigint)) rows only)
order by 1
fetch next (select cast(:limit as bigint)) rows only;
--   Limit
--     InitPlan 1
--       Result
--     Merge Append
--       Sort Key: "t$".global_position
--       Limit
--         InitPlan 2
--           Result
--         InitPlan 3
--           Result
--         Result
--           One-Time Filter: (InitPlan 2).col1
--           Nested Loop
--             Index Only Scan using events_tags_by_tag on events_tags "t$": ((tag = ?) AND (global_position > ?) AND
--                 (global_position <= ?))
--             Index Scan using events_by_position on events: (global_position = ("t$".global_position + 0))
--       Limit
--         InitPlan 4
--           Result
--         InitPlan 7
--           Result
--         Result
--           One-Time Filter: (InitPlan 4).col1
--           Nested Loop
--             Index Only Scan using events_tags_by_tag on events_tags "t$_1": ((tag = ?) AND (global_position > ?) AND
--                 (global_position <= ?))
--               Filter: (NOT EXISTS(SubPlan 6))
--               SubPlan 6
--                 Limit
--                   InitPlan 5
--                     Result
--                   Index Only Scan using events_tags_by_tag on events_tags "o$": ((tag = ?) AND (global_position =
--                       "t$_1".global_position))
--             Index Scan using events_by_position on events events_1: (global_position = ("t$_1".global_position + 0))

-- anyOfTwoTagsByTypes
-- run by: Journal.exists, Journal.read, Journal.stream
(
  select "t$"."global_position", "events"."seq", "events"."event_type", "events"."ts", "events"."tags",
    "events"."payload",
    case
      when ("events"."schema_version" = 1
        and "events"."codec" = 'json'
        and
          coalesce("events"."compression", "events"."key_id", "events"."metadata", "events"."idempotency_key")
          is null) then 1
      else 0 end,
    "events"."schema_version", "events"."codec", "events"."compression", "events"."key_id",
    "events"."metadata", "events"."idempotency_key", "events"."stream_id"
  from "events_tags" as "t$"
  join "events" on "events"."global_position" = ("t$"."global_position" + 0)
  where ("t$"."tag" = :tag
    and "t$"."global_position" > :position
    and "t$"."global_position" <= :to_position
    and ((select case when pg_is_in_recovery() then pg_current_xact_id() is not null else true end))
    and "events"."event_type" in (:event_type, :event_type_2))
  order by 1
  fetch next (select cast(:limit as bigint)) rows only)
union all (
  select "t$"."global_position", "events"."seq", "events"."event_type", "events"."ts", "events"."tags",
    "events"."payload",
    case
      when ("events"."schema_version" = 1
        and "events"."codec" = 'json'
        and
          coalesce("events"."compression", "events"."key_id", "events"."metadata", "events"."idempotency_key")
          is null) then 1
      else 0 end,
    "events"."schema_version", "events"."codec", "events"."compression", "events"."key_id",
    "events"."metadata", "events"."idempotency_key", "events"."stream_id"
  from "events_tags" as "t$"
  join "events" on "events"."global_position" = ("t$"."global_position" + 0)
  where ("t$"."tag" = :tag_2
    and "t$"."global_position" > :position
    and "t$"."global_position" <= :to_position
    and ((select case when pg_is_in_recovery() then pg_current_xact_id() is not null else true end))
    and "events"."event_type" in (:event_type, :event_type_2)
    and not exists (
      select 1 as "one"
      from "events_tags" as "o$"
      where ("o$"."tag" in (:tag)
        and "o$"."global_position" = "t$"."global_position")
      fetch next (select cast(1 as bigint)) rows only))
  order by 1
  fetch next (select cast(:limit as bigint)) rows only)
order by 1
fetch next (select cast(:limit as bigint)) rows only;
--   Limit
--     InitPlan 1
--       Result
--     Merge Append
--       Sort Key: "t$".global_position
--       Limit
--         InitPlan 2
--           Result
--         InitPlan 3
--           Result
--         Result
--           One-Time Filter: (InitPlan 2).col1
--           Nested Loop
--             Index Only Scan using events_tags_by_tag on events_tags "t$": ((tag = ?) AND (global_position > ?) AND
--                 (global_position <= ?))
--             Index Scan using events_by_position on events: (global_position = ("t$".global_position + 0))
--               Filter: (event_type = ANY (ARRAY[?, ?]))
--       Limit
--         InitPlan 4
--           Result
--         InitPlan 7
--           Result
--         Result
--           One-Time Filter: (InitPlan 4).col1
--           Nested Loop
--             Index Only Scan using events_tags_by_tag on events_tags "t$_1": ((tag = ?) AND (global_position > ?) AND
--                 (global_position <= ?))
--               Filter: (NOT EXISTS(SubPlan 6))
--               SubPlan 6
--                 Limit
--                   InitPlan 5
--                     Result
--                   Index Only Scan using events_tags_by_tag on events_tags "o$": ((tag = ?) AND (global_position =
--                       "t$_1".global_position))
--             Index Scan using events_by_position on events events_1: (global_position = ("t$_1".global_position + 0))
--               Filter: (event_type = ANY (ARRAY[?, ?]))

-- anyOfButNoneOf
-- run by: Journal.exists, Journal.read, Journal.stream
(
  select "t$"."global_position", "events"."seq", "events"."event_type", "events"."ts", "events"."tags",
    "events"."payload",
    case
      when ("events"."schema_version" = 1
        and "events"."codec" = 'json'
        and
          coalesce("events"."compression", "events"."key_id", "events"."metadata", "events"."idempotency_key")
          is null) then 1
      else 0 end,
    "events"."schema_version", "events"."codec", "events"."compression", "events"."key_id",
    "events"."metadata", "events"."idempotency_key", "events"."stream_id"
  from "events_tags" as "t$"
  join "events" on "events"."global_position" = ("t$"."global_position" + 0)
  where ("t$"."tag" = :tag
    and "t$"."global_position" > :position
    and "t$"."global_position" <= :to_position
    and ((select case when pg_is_in_recovery() then pg_current_xact_id() is not null else true end))
    and not exists (
      select 1 as "one"
      from "events_tags" as "o$"
      where ("o$"."tag" in (:tag_2, :tag_3)
        and "o$"."global_position" = "t$"."global_position")
      fetch next (select cast(1 as bigint)) rows only))
  order by 1
  fetch next (select cast(:limit as bigint)) rows only)
union all (
  select "t$"."global_position", "events"."seq", "events"."event_type", "events"."ts", "events"."tags",
    "events"."payload",
    case
      when ("events"."schema_version" = 1
        and "events"."codec" = 'json'
        and
          coalesce("events"."compression", "events"."key_id", "events"."metadata", "events"."idempotency_key")
          is null) then 1
      else 0 end,
    "events"."schema_version", "events"."codec", "events"."compression", "events"."key_id",
    "events"."metadata", "events"."idempotency_key", "events"."stream_id"
  from "events_tags" as "t$"
  join "events" on "events"."global_position" = ("t$"."global_position" + 0)
  where ("t$"."tag" = :tag_4
    and "t$"."global_position" > :position
    and "t$"."global_position" <= :to_position
    and ((select case when pg_is_in_recovery() then pg_current_xact_id() is not null else true end))
    and not exists (
      select 1 as "one"
      from "events_tags" as "o$"
      where ("o$"."tag" in (:tag_2, :tag_3)
        and "o$"."global_position" = "t$"."global_position")
      fetch next (select cast(1 as bigint)) rows only)
    and not exists (
      select 1 as "one"
      from "events_tags" as "o$"
      where ("o$"."tag" in (:tag)
        and "o$"."global_position" = "t$"."global_position")
      fetch next (select cast(1 as bigint)) rows only))
  order by 1
  fetch next (select cast(:limit as bigint)) rows only)
order by 1
fetch next (select cast(:limit as bigint)) rows only;
--   Limit
--     InitPlan 1
--       Result
--     Merge Append
--       Sort Key: "t$".global_position
--       Limit
--         InitPlan 2
--           Result
--         InitPlan 5
--           Result
--         Result
--           One-Time Filter: (InitPlan 2).col1
--           Nested Loop
--             Index Only Scan using events_tags_by_tag on events_tags "t$": ((tag = ?) AND (global_position > ?) AND
--                 (global_position <= ?))
--               Filter: (NOT EXISTS(SubPlan 4))
--               SubPlan 4
--                 Limit
--                   InitPlan 3
--                     Result
--                   Index Only Scan using events_tags_by_tag on events_tags "o$": ((tag = ANY (ARRAY[?, ?])) AND
--                       (global_position = "t$".global_position))
--             Index Scan using events_by_position on events: (global_position = ("t$".global_position + 0))
--       Limit
--         InitPlan 6
--           Result
--         InitPlan 11
--           Result
--         Result
--           One-Time Filter: (InitPlan 6).col1
--           Nested Loop
--             Index Only Scan using events_tags_by_tag on events_tags "t$_1": ((tag = ?) AND (global_position > ?) AND
--                 (global_position <= ?))
--               Filter: ((NOT EXISTS(SubPlan 10)) AND (NOT EXISTS(SubPlan 8)))
--               SubPlan 10
--                 Limit
--                   InitPlan 9
--                     Result
--                   Index Only Scan using events_tags_by_tag on events_tags "o$_2": ((tag = ?) AND (global_position =
--                       "t$_1".global_position))
--               SubPlan 8
--                 Limit
--                   InitPlan 7
--                     Result
--                   Index Only Scan using events_tags_by_tag on events_tags "o$_1": ((tag = ANY (ARRAY[?, ?])) AND
--                       (global_position = "t$_1".global_position))
--             Index Scan using events_by_position on events events_1: (global_position = ("t$_1".global_position + 0))

-- noneOfTwoTags
-- run by: Journal.exists, Journal.read, Journal.stream
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
  "events"."metadata", "events"."idempotency_key", "events"."stream_id"
from "events"
where ("events"."global_position" > :position
  and "events"."global_position" <= :to_position
  and ((select case when pg_is_in_recovery() then pg_current_xact_id() is not null else true end))
  and not exists (
    select 1 as "one"
    from "events_tags" as "o$"
    where ("o$"."tag" in (:tag, :tag_2)
      and "o$"."global_position" = "events"."global_position")
    fetch next (select cast(1 as bigint)) rows only))
order by "events"."global_position"
fetch next (select cast(:limit as bigint)) rows only;
--   Limit
--     InitPlan 1
--       Result
--     InitPlan 4
--       Result
--     Result
--       One-Time Filter: (InitPlan 1).col1
--       Index Scan using events_by_position on events: ((global_position > ?) AND (global_position <= ?))
--         Filter: (NOT EXISTS(SubPlan 3))
--         SubPlan 3
--           Limit
--             InitPlan 2
--               Result
--             Index Only Scan using events_tags_by_tag on events_tags "o$": ((tag = ANY (ARRAY[?, ?])) AND
--                 (global_position = events.global_position))

-- newestFirstByTypes
-- run by: Journal.exists, Journal.read, Journal.stream
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
  "events"."metadata", "events"."idempotency_key", "events"."stream_id"
from "events"
where ("events"."global_position" > :position
  and "events"."global_position" <= :to_position
  and ((select case when pg_is_in_recovery() then pg_current_xact_id() is not null else true end))
  and "events"."event_type" in (:event_type, :event_type_2))
order by "events"."global_position" desc
fetch next (select cast(:limit as bigint)) rows only;
--   Limit
--     InitPlan 1
--       Result
--     InitPlan 2
--       Result
--     Result
--       One-Time Filter: (InitPlan 1).col1
--       Index Scan Backward using events_by_position on events: ((global_position > ?) AND (global_position <= ?))
--         Filter: (event_type = ANY (ARRAY[?, ?]))

-- newestFirstOfTag
-- run by: Journal.exists, Journal.read, Journal.stream
select "t$"."global_position", "events"."seq", "events"."event_type", "events"."ts", "events"."tags",
  "events"."payload",
  case
    when ("events"."schema_version" = 1
      and "events"."codec" = 'json'
      and
        coalesce("events"."compression", "events"."key_id", "events"."metadata", "events"."idempotency_key")
        is null) then 1
    else 0 end,
  "events"."schema_version", "events"."codec", "events"."compression", "events"."key_id",
  "events"."metadata", "events"."idempotency_key", "events"."stream_id"
from "events_tags" as "t$"
join "events" on "events"."global_position" = ("t$"."global_position" + 0)
where ("t$"."tag" = :tag
  and "t$"."global_position" > :position
  and "t$"."global_position" <= :to_position
  and ((select case when pg_is_in_recovery() then pg_current_xact_id() is not null else true end)))
order by "t$"."global_position" desc
fetch next (select cast(:limit as bigint)) rows only;
--   Limit
--     InitPlan 1
--       Result
--     InitPlan 2
--       Result
--     Result
--       One-Time Filter: (InitPlan 1).col1
--       Nested Loop
--         Index Only Scan Backward using events_tags_by_tag on events_tags "t$": ((tag = ?) AND (global_position > ?)
--             AND (global_position <= ?))
--         Index Scan using events_by_position on events: (global_position = ("t$".global_position + 0))

-- newestFirstAnyOf
-- run by: Journal.exists, Journal.read, Journal.stream
(
  select "t$"."global_position", "events"."seq", "events"."event_type", "events"."ts", "events"."tags",
    "events"."payload",
    case
      when ("events"."schema_version" = 1
        and "events"."codec" = 'json'
        and
          coalesce("events"."compression", "events"."key_id", "events"."metadata", "events"."idempotency_key")
          is null) then 1
      else 0 end,
    "events"."schema_version", "events"."codec", "events"."compression", "events"."key_id",
    "events"."metadata", "events"."idempotency_key", "events"."stream_id"
  from "events_tags" as "t$"
  join "events" on "events"."global_position" = ("t$"."global_position" + 0)
  where ("t$"."tag" = :tag
    and "t$"."global_position" > :position
    and "t$"."global_position" <= :to_position
    and ((select case when pg_is_in_recovery() then pg_current_xact_id() is not null else true end)))
  order by 1 desc
  fetch next (select cast(:limit as bigint)) rows only)
union all (
  select "t$"."global_position", "events"."seq", "events"."event_type", "events"."ts", "events"."tags",
    "events"."payload",
    case
      when ("events"."schema_version" = 1
        and "events"."codec" = 'json'
        and
          coalesce("events"."compression", "events"."key_id", "events"."metadata", "events"."idempotency_key")
          is null) then 1
      else 0 end,
    "events"."schema_version", "events"."codec", "events"."compression", "events"."key_id",
    "events"."metadata", "events"."idempotency_key", "events"."stream_id"
  from "events_tags" as "t$"
  join "events" on "events"."global_position" = ("t$"."global_position" + 0)
  where ("t$"."tag" = :tag_2
    and "t$"."global_position" > :position
    and "t$"."global_position" <= :to_position
    and ((select case when pg_is_in_recovery() then pg_current_xact_id() is not null else true end))
    and not exists (
      select 1 as "one"
      from "events_tags" as "o$"
      where ("o$"."tag" in (:tag)
        and "o$"."global_position" = "t$"."global_position")
      fetch next (select cast(1 as bigint)) rows only))
  order by 1 desc
  fetch next (select cast(:limit as bigint)) rows only)
order by 1 desc
fetch next (select cast(:limit as bigint)) rows only;
--   Limit
--     InitPlan 1
--       Result
--     Merge Append
--       Sort Key: "t$".global_position DESC
--       Limit
--         InitPlan 2
--           Result
--         InitPlan 3
--           Result
--         Result
--           One-Time Filter: (InitPlan 2).col1
--           Nested Loop
--             Index Only Scan Backward using events_tags_by_tag on events_tags "t$": ((tag = ?) AND (global_position >
--                 ?) AND (global_position <= ?))
--             Index Scan using events_by_position on events: (global_position = ("t$".global_position + 0))
--       Limit
--         InitPlan 4
--           Result
--         InitPlan 7
--           Result
--         Result
--           One-Time Filter: (InitPlan 4).col1
--           Nested Loop
--             Index Only Scan Backward using events_tags_by_tag on events_tags "t$_1": ((tag = ?) AND (global_position
--                 > ?) AND (global_position <= ?))
--               Filter: (NOT EXISTS(SubPlan 6))
--               SubPlan 6
--                 Limit
--                   InitPlan 5
--                     Result
--                   Index Only Scan using events_tags_by_tag on events_tags "o$": ((tag = ?) AND (global_position =
--                       "t$_1".global_position))
--             Index Scan using events_by_position on events events_1: (global_position = ("t$_1".global_position + 0))

-- recordedBetween
-- run by: Journal.exists, Journal.read, Journal.stream
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
  "events"."metadata", "events"."idempotency_key", "events"."stream_id"
from "events"
where ("events"."global_position" > :position
  and "events"."global_position" <= :to_position
  and ((select case when pg_is_in_recovery() then pg_current_xact_id() is not null else true end))
  and "events"."ts" >= :from_time
  and "events"."ts" < :before_time)
order by "events"."global_position"
fetch next (select cast(:limit as bigint)) rows only;
--   Limit
--     InitPlan 1
--       Result
--     InitPlan 2
--       Result
--     Result
--       One-Time Filter: (InitPlan 1).col1
--       Index Scan using events_by_position on events: ((global_position > ?) AND (global_position <= ?))
--         Filter: ((ts >= ?) AND (ts < ?))

-- streamRecordedFrom
-- run by: Journal.exists, Journal.read, Journal.stream
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
  "events"."metadata", "events"."idempotency_key",
  (
    select case
      when ("streams"."state" = 'ACTIVE'
        or ("streams"."state" = 'ARCHIVED'
          and ("streams"."reason" is null
            or not ("streams"."reason" = 'moved' or left("streams"."reason", 6) = 'moved ')))) then 1
      else 0 end
    from "streams"
    where "streams"."stream_id" = :stream_id)
from "events"
where ("events"."stream_id" = :stream_id
  and "events"."seq" between :seq and :to_seq
  and "events"."ts" >= :from_time
  and ((select case when pg_is_in_recovery() then pg_current_xact_id() is not null else true end)))
order by "events"."seq" asc
fetch next (select cast(:limit as bigint)) rows only;
--   Limit
--     InitPlan 1
--       Index Scan using streams_pkey on streams: (stream_id = ?)
--     InitPlan 2
--       Result
--     InitPlan 3
--       Result
--     Result
--       One-Time Filter: (InitPlan 2).col1
--       Index Scan using events_pkey on events: ((stream_id = ?) AND (seq >= ?) AND (seq <= ?))
--         Filter: (ts >= ?)

-- everyFilter
-- run by: Journal.exists, Journal.read, Journal.stream
select "t$"."global_position", "events"."seq", "events"."event_type", "events"."ts", "events"."tags",
  "events"."payload",
  case
    when ("events"."schema_version" = 1
      and "events"."codec" = 'json'
      and
        coalesce("events"."compression", "events"."key_id", "events"."metadata", "events"."idempotency_key")
        is null) then 1
    else 0 end,
  "events"."schema_version", "events"."codec", "events"."compression", "events"."key_id",
  "events"."metadata", "events"."idempotency_key", "events"."stream_id"
from "events_tags" as "t$"
join "events" on "events"."global_position" = ("t$"."global_position" + 0)
where ("t$"."tag" = :tag
  and "t$"."global_position" > :position
  and "t$"."global_position" <= :to_position
  and exists (
    select 1 as "one"
    from "events_tags" as "o$"
    where ("o$"."tag" in (:tag_2)
      and "o$"."global_position" = "t$"."global_position")
    fetch next (select cast(1 as bigint)) rows only)
  and exists (
    select 1 as "one"
    from "events_tags" as "o$"
    where ("o$"."tag" in (:tag_3, :tag_4)
      and "o$"."global_position" = "t$"."global_position")
    fetch next (select cast(1 as bigint)) rows only)
  and ((select case when pg_is_in_recovery() then pg_current_xact_id() is not null else true end))
  and not exists (
    select 1 as "one"
    from "events_tags" as "o$"
    where ("o$"."tag" in (:tag_5, :tag_6)
      and "o$"."global_position" = "t$"."global_position")
    fetch next (select cast(1 as bigint)) rows only)
  and "events"."event_type" in (:event_type, :event_type_2))
order by "t$"."global_position"
fetch next (select cast(:limit as bigint)) rows only;
--   Limit
--     InitPlan 5
--       Result
--     InitPlan 8
--       Result
--     Result
--       One-Time Filter: (InitPlan 5).col1
--       Nested Loop
--         Index Only Scan using events_tags_by_tag on events_tags "t$": ((tag = ?) AND (global_position > ?) AND
--             (global_position <= ?))
--           Filter: (EXISTS(SubPlan 2) AND EXISTS(SubPlan 4) AND (NOT EXISTS(SubPlan 7)))
--           SubPlan 2
--             Limit
--               InitPlan 1
--                 Result
--               Index Only Scan using events_tags_by_tag on events_tags "o$": ((tag = ?) AND (global_position =
--                   "t$".global_position))
--           SubPlan 4
--             Limit
--               InitPlan 3
--                 Result
--               Index Only Scan using events_tags_by_tag on events_tags "o$_1": ((tag = ANY (ARRAY[?, ?])) AND
--                   (global_position = "t$".global_position))
--           SubPlan 7
--             Limit
--               InitPlan 6
--                 Result
--               Index Only Scan using events_tags_by_tag on events_tags "o$_2": ((tag = ANY (ARRAY[?, ?])) AND
--                   (global_position = "t$".global_position))
--         Index Scan using events_by_position on events: (global_position = ("t$".global_position + 0))
--           Filter: (event_type = ANY (ARRAY[?, ?]))

-- countAll
-- run by: Journal.count
select count(*)
from (
  select "events"."global_position"
  from "events"
  where ("events"."global_position" > :position
    and "events"."global_position" <= :to_position
    and ((select case when pg_is_in_recovery() then pg_current_xact_id() is not null else true end)))
  order by "events"."global_position"
  fetch next (select cast(:limit as bigint)) rows only) as "c$";
--   Aggregate
--     Limit
--       InitPlan 1
--         Result
--       InitPlan 2
--         Result
--       Result
--         One-Time Filter: (InitPlan 1).col1
--         Index Only Scan using events_by_position on events: ((global_position > ?) AND (global_position <= ?))

-- countOfTag
-- run by: Journal.count
select count(*)
from (
  select "t$"."global_position"
  from "events_tags" as "t$"
  join "events" on "events"."global_position" = ("t$"."global_position" + 0)
  where ("t$"."tag" = :tag
    and "t$"."global_position" > :position
    and "t$"."global_position" <= :to_position
    and ((select case when pg_is_in_recovery() then pg_current_xact_id() is not null else true end)))
  order by "t$"."global_position"
  fetch next (select cast(:limit as bigint)) rows only) as "c$";
--   Aggregate
--     Limit
--       InitPlan 1
--         Result
--       InitPlan 2
--         Result
--       Result
--         One-Time Filter: (InitPlan 1).col1
--         Nested Loop
--           Index Only Scan using events_tags_by_tag on events_tags "t$": ((tag = ?) AND (global_position > ?) AND
--               (global_position <= ?))
--           Index Only Scan using events_by_position on events: (global_position = ("t$".global_position + 0))

-- countOfStream
-- run by: Journal.count
select count(*)
from (
  select "events"."seq"
  from "events"
  where ("events"."stream_id" = :stream_id
    and "events"."seq" between :seq and :to_seq
    and ((select case when pg_is_in_recovery() then pg_current_xact_id() is not null else true end)))
  order by "events"."seq" asc
  fetch next (select cast(:limit as bigint)) rows only) as "c$";
--   Aggregate
--     Limit
--       InitPlan 1
--         Result
--       InitPlan 2
--         Result
--       Result
--         One-Time Filter: (InitPlan 1).col1
--         Index Only Scan using events_pkey on events: ((stream_id = ?) AND (seq >= ?) AND (seq <= ?))

-- claim
-- run by: BulkLoad.append, BulkLoad.appendRecorded, Journal.append, Journal.appendAll, Journal.raiseHighWaterMark
insert into "streams" ("stream_id", "last_seq")
select "n"."stream_id", 0
from unnest(cast(:stream_ids as varchar[])) with ordinality as "n" ("stream_id", "ordinal")
order by (("n"."stream_id") collate "C")
on conflict ("stream_id") do update
set "stream_id" = excluded."stream_id"
returning "streams"."stream_id", "streams"."last_seq", "streams"."deleted_to", "streams"."state",
  "streams"."reason", "streams"."changed_at";
--   Insert on streams
--     Conflict Resolution: UPDATE
--     Conflict Arbiter Indexes: streams_pkey
--     Subquery Scan on "*SELECT*"
--       Sort  -- allowed: the streams of one transaction
--         Sort Key: n.stream_id COLLATE "C"
--         Function Scan on unnest n

-- write
-- run by: BulkLoad.append, Journal.append, Journal.appendAll
with "announced" as materialized (
  select case
    when current_setting('daybook.begun_after_' || '"events"'::regclass::oid::bigint, true) <> '' then
      array[current_setting('daybook.begun_after_' || '"events"'::regclass::oid::bigint, true)::bigint,
      current_setting('daybook.begun_after_' || '"events"'::regclass::oid::bigint, true)::bigint]
    else (
      select case
        when
          concat(set_config('daybook.begun_after_' || '"events"'::regclass::oid::bigint, l.position::text,
            true),
          pg_advisory_xact_lock_shared((('"events"'::regclass::oid::bigint & 65535) << 48) | l.position)::text)
          is not null then array[null, l.position] end
      from (select case when is_called then last_value else 0 end as "position" from "events_position") as l)
      end as "begun"),
"written" as (
  insert into "events" ("global_position", "stream_id", "seq", "event_type", "ts", "tags", "payload",
    "content_checksum", "schema_version", "codec", "compression", "key_id", "metadata", "idempotency_key",
    "begun_after")
  select "drawn"."global_position", "drawn"."stream_id", "drawn"."seq", "drawn"."event_type", "drawn"."ts",
    "drawn"."tags", "drawn"."payload", "drawn"."content_checksum", "drawn"."schema_version", "drawn"."codec",
    "drawn"."compression", "drawn"."key_id", "drawn"."metadata", "drawn"."idempotency_key",
    "drawn"."begun_after"
  from (
    select nextval('"events_position"') as "global_position", "n"."stream_id" as "stream_id",
      "n"."seq" as "seq", "n"."event_type" as "event_type", "n"."ts" as "ts", "n"."tags" as "tags",
      "n"."payload" as "payload", ("n"."content_checksum" - "n"."seq") as "content_checksum",
      coalesce("n"."schema_version", 1) as "schema_version", coalesce("n"."codec", 'json') as "codec",
      "n"."compression" as "compression", "n"."key_id" as "key_id", "n"."metadata" as "metadata",
      "n"."idempotency_key" as "idempotency_key",
      case
        when "n"."begun_after" is null then ("announced"."begun")[1]
        when "n"."begun_after" > 0 then ("announced"."begun")[2] end as "begun_after"
    from "announced"
    cross join
      unnest(cast(:stream_ids as varchar[]), cast(:seqs as bigint[]), cast(:ends as bigint[]),
      cast(:types as varchar[]), cast(:times as bigint[]), cast(:tags as varchar[]),
      cast(:payloads as bytea[]), cast(:checksums as bigint[]), cast(:schema_versions as bigint[]),
      cast(:codecs as varchar[]), cast(:compressions as varchar[]), cast(:key_ids as varchar[]),
      cast(:metadata as varchar[]), cast(:idempotency_keys as varchar[])) with ordinality as "n" ("stream_id",
      "seq", "begun_after", "event_type", "ts", "tags", "payload", "content_checksum", "schema_version",
      "codec", "compression", "key_id", "metadata", "idempotency_key", "ordinal")
    order by "n"."ordinal") as "drawn"
  order by "drawn"."global_position"
  returning "events"."global_position", "events"."seq", "events"."stream_id"),
"marked" as (
  update "streams"
  set "last_seq" = "r"."last_seq"
  from unnest(cast(:marked_ids as varchar[]), cast(:marks as bigint[])) with ordinality as "r" ("stream_id",
    "last_seq", "ordinal")
  where "streams"."stream_id" = "r"."stream_id"
  returning "streams"."last_seq")
select "written"."global_position", "written"."seq"
from "written"
order by "written"."global_position";
--   Sort  -- allowed: the positions that were drawn for this append
--     Sort Key: written.global_position
--     CTE announced
--       Result
--         InitPlan 1
--           Seq Scan on events_position  -- allowed: the sequence, which has one row
--     CTE written
--       Insert on events
--         Subquery Scan on "*SELECT*"
--           Sort  -- allowed: the positions that were drawn for this append
--             Sort Key: drawn.global_position
--             Subquery Scan on drawn
--               Nested Loop
--                 Function Scan on n
--                 CTE Scan on announced
--     CTE marked
--       Update on streams
--         Nested Loop
--           Function Scan on r
--           Index Scan using streams_pkey on streams: (stream_id = (r.stream_id)::text)
--     CTE Scan on written

-- writeTagged
-- run by: Journal.appendAll
with "announced" as materialized (
  select case
    when current_setting('daybook.begun_after_' || '"events"'::regclass::oid::bigint, true) <> '' then
      array[current_setting('daybook.begun_after_' || '"events"'::regclass::oid::bigint, true)::bigint,
      current_setting('daybook.begun_after_' || '"events"'::regclass::oid::bigint, true)::bigint]
    else (
      select case
        when
          concat(set_config('daybook.begun_after_' || '"events"'::regclass::oid::bigint, l.position::text,
            true),
          pg_advisory_xact_lock_shared((('"events"'::regclass::oid::bigint & 65535) << 48) | l.position)::text)
          is not null then array[null, l.position] end
      from (select case when is_called then last_value else 0 end as "position" from "events_position") as l)
      end as "begun"),
"written" as (
  insert into "events" ("global_position", "stream_id", "seq", "event_type", "ts", "tags", "payload",
    "content_checksum", "schema_version", "codec", "compression", "key_id", "metadata", "idempotency_key",
    "begun_after")
  select "drawn"."global_position", "drawn"."stream_id", "drawn"."seq", "drawn"."event_type", "drawn"."ts",
    "drawn"."tags", "drawn"."payload", "drawn"."content_checksum", "drawn"."schema_version", "drawn"."codec",
    "drawn"."compression", "drawn"."key_id", "drawn"."metadata", "drawn"."idempotency_key",
    "drawn"."begun_after"
  from (
    select nextval('"events_position"') as "global_position", "n"."stream_id" as "stream_id",
      "n"."seq" as "seq", "n"."event_type" as "event_type", "n"."ts" as "ts", "n"."tags" as "tags",
      "n"."payload" as "payload", ("n"."content_checksum" - "n"."seq") as "content_checksum",
      coalesce("n"."schema_version", 1) as "schema_version", coalesce("n"."codec", 'json') as "codec",
      "n"."compression" as "compression", "n"."key_id" as "key_id", "n"."metadata" as "metadata",
      "n"."idempotency_key" as "idempotency_key",
      case
        when "n"."begun_after" is null then ("announced"."begun")[1]
        when "n"."begun_after" > 0 then ("announced"."begun")[2] end as "begun_after"
    from "announced"
    cross join
      unnest(cast(:stream_ids as varchar[]), cast(:seqs as bigint[]), cast(:ends as bigint[]),
      cast(:types as varchar[]), cast(:times as bigint[]), cast(:tags as varchar[]),
      cast(:payloads as bytea[]), cast(:checksums as bigint[]), cast(:schema_versions as bigint[]),
      cast(:codecs as varchar[]), cast(:compressions as varchar[]), cast(:key_ids as varchar[]),
      cast(:metadata as varchar[]), cast(:idempotency_keys as varchar[])) with ordinality as "n" ("stream_id",
      "seq", "begun_after", "event_type", "ts", "tags", "payload", "content_checksum", "schema_version",
      "codec", "compression", "key_id", "metadata", "idempotency_key", "ordinal")
    order by "n"."ordinal") as "drawn"
  order by "drawn"."global_position"
  returning "events"."global_position", "events"."seq", "events"."stream_id"),
"marked" as (
  update "streams"
  set "last_seq" = "r"."last_seq"
  from unnest(cast(:marked_ids as varchar[]), cast(:marks as bigint[])) with ordinality as "r" ("stream_id",
    "last_seq", "ordinal")
  where "streams"."stream_id" = "r"."stream_id"
  returning "streams"."last_seq"),
"labelled" as (
  insert into "events_tags" ("stream_id", "seq", "tag", "global_position")
  select "written"."stream_id", "written"."seq", "l"."tag", "written"."global_position"
  from "written"
  join unnest(cast(:tagged_ids as varchar[]), cast(:tagged_seqs as bigint[]), cast(:tag_names as varchar[]))
      with ordinality as "l" ("stream_id", "seq", "tag", "ordinal")
    on ("written"."stream_id" = "l"."stream_id" and "written"."seq" = "l"."seq")
  returning "events_tags"."seq")
select "written"."global_position", "written"."seq"
from "written"
order by "written"."global_position";
--   Sort  -- allowed: the positions that were drawn for this append
--     Sort Key: written.global_position
--     CTE announced
--       Result
--         InitPlan 1
--           Seq Scan on events_position  -- allowed: the sequence, which has one row
--     CTE written
--       Insert on events
--         Subquery Scan on "*SELECT*"
--           Sort  -- allowed: the positions that were drawn for this append
--             Sort Key: drawn.global_position
--             Subquery Scan on drawn
--               Nested Loop
--                 Function Scan on n
--                 CTE Scan on announced
--     CTE marked
--       Update on streams
--         Nested Loop
--           Function Scan on r
--           Index Scan using streams_pkey on streams: (stream_id = (r.stream_id)::text)
--     CTE labelled
--       Insert on events_tags
--         Hash Join
--           Hash Cond: ((written_1.stream_id = (l.stream_id)::text) AND (written_1.seq = l.seq))
--           CTE Scan on written written_1
--           Hash  -- allowed: finds the event of each tag of this append in one step
--             Function Scan on l
--     CTE Scan on written

-- writeAt
-- run by: BulkLoad.appendRecorded
with "announced" as materialized (
  select case
    when current_setting('daybook.begun_after_' || '"events"'::regclass::oid::bigint, true) <> '' then
      array[current_setting('daybook.begun_after_' || '"events"'::regclass::oid::bigint, true)::bigint,
      current_setting('daybook.begun_after_' || '"events"'::regclass::oid::bigint, true)::bigint]
    else (
      select case
        when
          concat(set_config('daybook.begun_after_' || '"events"'::regclass::oid::bigint, l.position::text,
            true),
          pg_advisory_xact_lock_shared((('"events"'::regclass::oid::bigint & 65535) << 48) | l.position)::text)
          is not null then array[null, l.position] end
      from (select case when is_called then last_value else 0 end as "position" from "events_position") as l)
      end as "begun"),
"written" as (
  insert into "events" ("global_position", "stream_id", "seq", "event_type", "ts", "tags", "payload",
    "content_checksum", "schema_version", "codec", "compression", "key_id", "metadata", "idempotency_key",
    "begun_after")
  select "drawn"."global_position", "drawn"."stream_id", "drawn"."seq", "drawn"."event_type", "drawn"."ts",
    "drawn"."tags", "drawn"."payload", "drawn"."content_checksum", "drawn"."schema_version", "drawn"."codec",
    "drawn"."compression", "drawn"."key_id", "drawn"."metadata", "drawn"."idempotency_key",
    "drawn"."begun_after"
  from (
    select "n"."global_position" as "global_position", "n"."stream_id" as "stream_id", "n"."seq" as "seq",
      "n"."event_type" as "event_type", "n"."ts" as "ts", "n"."tags" as "tags", "n"."payload" as "payload",
      ("n"."content_checksum" - "n"."seq") as "content_checksum",
      coalesce("n"."schema_version", 1) as "schema_version", coalesce("n"."codec", 'json') as "codec",
      "n"."compression" as "compression", "n"."key_id" as "key_id", "n"."metadata" as "metadata",
      "n"."idempotency_key" as "idempotency_key",
      case
        when "n"."begun_after" is null then ("announced"."begun")[1]
        when "n"."begun_after" > 0 then ("announced"."begun")[2] end as "begun_after"
    from "announced"
    cross join
      unnest(cast(:stream_ids as varchar[]), cast(:seqs as bigint[]), cast(:ends as bigint[]),
      cast(:positions as bigint[]), cast(:types as varchar[]), cast(:times as bigint[]),
      cast(:tags as varchar[]), cast(:payloads as bytea[]), cast(:checksums as bigint[]),
      cast(:schema_versions as bigint[]), cast(:codecs as varchar[]), cast(:compressions as varchar[]),
      cast(:key_ids as varchar[]), cast(:metadata as varchar[]), cast(:idempotency_keys as varchar[])) with
      ordinality as "n" ("stream_id", "seq", "begun_after", "global_position", "event_type", "ts", "tags",
      "payload", "content_checksum", "schema_version", "codec", "compression", "key_id", "metadata",
      "idempotency_key", "ordinal")
    order by "n"."ordinal") as "drawn"
  order by "drawn"."global_position"
  returning "events"."global_position", "events"."seq", "events"."stream_id"),
"marked" as (
  update "streams"
  set "last_seq" = "r"."last_seq"
  from unnest(cast(:marked_ids as varchar[]), cast(:marks as bigint[])) with ordinality as "r" ("stream_id",
    "last_seq", "ordinal")
  where "streams"."stream_id" = "r"."stream_id"
  returning "streams"."last_seq")
select "written"."global_position", "written"."seq"
from "written"
order by "written"."global_position";
--   Sort  -- allowed: the positions that were drawn for this append
--     Sort Key: written.global_position
--     CTE announced
--       Result
--         InitPlan 1
--           Seq Scan on events_position  -- allowed: the sequence, which has one row
--     CTE written
--       Insert on events
--         Subquery Scan on "*SELECT*"
--           Sort  -- allowed: the positions that were drawn for this append
--             Sort Key: drawn.global_position
--             Subquery Scan on drawn
--               Nested Loop
--                 Function Scan on n
--                 CTE Scan on announced
--     CTE marked
--       Update on streams
--         Nested Loop
--           Function Scan on r
--           Index Scan using streams_pkey on streams: (stream_id = (r.stream_id)::text)
--     CTE Scan on written

-- writeAtTagged
-- run by: BulkLoad.appendRecorded
with "announced" as materialized (
  select case
    when current_setting('daybook.begun_after_' || '"events"'::regclass::oid::bigint, true) <> '' then
      array[current_setting('daybook.begun_after_' || '"events"'::regclass::oid::bigint, true)::bigint,
      current_setting('daybook.begun_after_' || '"events"'::regclass::oid::bigint, true)::bigint]
    else (
      select case
        when
          concat(set_config('daybook.begun_after_' || '"events"'::regclass::oid::bigint, l.position::text,
            true),
          pg_advisory_xact_lock_shared((('"events"'::regclass::oid::bigint & 65535) << 48) | l.position)::text)
          is not null then array[null, l.position] end
      from (select case when is_called then last_value else 0 end as "position" from "events_position") as l)
      end as "begun"),
"written" as (
  insert into "events" ("global_position", "stream_id", "seq", "event_type", "ts", "tags", "payload",
    "content_checksum", "schema_version", "codec", "compression", "key_id", "metadata", "idempotency_key",
    "begun_after")
  select "drawn"."global_position", "drawn"."stream_id", "drawn"."seq", "drawn"."event_type", "drawn"."ts",
    "drawn"."tags", "drawn"."payload", "drawn"."content_checksum", "drawn"."schema_version", "drawn"."codec",
    "drawn"."compression", "drawn"."key_id", "drawn"."metadata", "drawn"."idempotency_key",
    "drawn"."begun_after"
  from (
    select "n"."global_position" as "global_position", "n"."stream_id" as "stream_id", "n"."seq" as "seq",
      "n"."event_type" as "event_type", "n"."ts" as "ts", "n"."tags" as "tags", "n"."payload" as "payload",
      ("n"."content_checksum" - "n"."seq") as "content_checksum",
      coalesce("n"."schema_version", 1) as "schema_version", coalesce("n"."codec", 'json') as "codec",
      "n"."compression" as "compression", "n"."key_id" as "key_id", "n"."metadata" as "metadata",
      "n"."idempotency_key" as "idempotency_key",
      case
        when "n"."begun_after" is null then ("announced"."begun")[1]
        when "n"."begun_after" > 0 then ("announced"."begun")[2] end as "begun_after"
    from "announced"
    cross join
      unnest(cast(:stream_ids as varchar[]), cast(:seqs as bigint[]), cast(:ends as bigint[]),
      cast(:positions as bigint[]), cast(:types as varchar[]), cast(:times as bigint[]),
      cast(:tags as varchar[]), cast(:payloads as bytea[]), cast(:checksums as bigint[]),
      cast(:schema_versions as bigint[]), cast(:codecs as varchar[]), cast(:compressions as varchar[]),
      cast(:key_ids as varchar[]), cast(:metadata as varchar[]), cast(:idempotency_keys as varchar[])) with
      ordinality as "n" ("stream_id", "seq", "begun_after", "global_position", "event_type", "ts", "tags",
      "payload", "content_checksum", "schema_version", "codec", "compression", "key_id", "metadata",
      "idempotency_key", "ordinal")
    order by "n"."ordinal") as "drawn"
  order by "drawn"."global_position"
  returning "events"."global_position", "events"."seq", "events"."stream_id"),
"marked" as (
  update "streams"
  set "last_seq" = "r"."last_seq"
  from unnest(cast(:marked_ids as varchar[]), cast(:marks as bigint[])) with ordinality as "r" ("stream_id",
    "last_seq", "ordinal")
  where "streams"."stream_id" = "r"."stream_id"
  returning "streams"."last_seq"),
"labelled" as (
  insert into "events_tags" ("stream_id", "seq", "tag", "global_position")
  select "written"."stream_id", "written"."seq", "l"."tag", "written"."global_position"
  from "written"
  join unnest(cast(:tagged_ids as varchar[]), cast(:tagged_seqs as bigint[]), cast(:tag_names as varchar[]))
      with ordinality as "l" ("stream_id", "seq", "tag", "ordinal")
    on ("written"."stream_id" = "l"."stream_id" and "written"."seq" = "l"."seq")
  returning "events_tags"."seq")
select "written"."global_position", "written"."seq"
from "written"
order by "written"."global_position";
--   Sort  -- allowed: the positions that were drawn for this append
--     Sort Key: written.global_position
--     CTE announced
--       Result
--         InitPlan 1
--           Seq Scan on events_position  -- allowed: the sequence, which has one row
--     CTE written
--       Insert on events
--         Subquery Scan on "*SELECT*"
--           Sort  -- allowed: the positions that were drawn for this append
--             Sort Key: drawn.global_position
--             Subquery Scan on drawn
--               Nested Loop
--                 Function Scan on n
--                 CTE Scan on announced
--     CTE marked
--       Update on streams
--         Nested Loop
--           Function Scan on r
--           Index Scan using streams_pkey on streams: (stream_id = (r.stream_id)::text)
--     CTE labelled
--       Insert on events_tags
--         Hash Join
--           Hash Cond: ((written_1.stream_id = (l.stream_id)::text) AND (written_1.seq = l.seq))
--           CTE Scan on written written_1
--           Hash  -- allowed: finds the event of each tag of this append in one step
--             Function Scan on l
--     CTE Scan on written

-- keepOthersOut
-- run by: BulkLoad.appendRecorded
lock table "events" in share row exclusive mode;

-- settings
-- run by: Journal.append
select
  concat(set_config('lock_timeout', '100ms', true), set_config('plan_cache_mode', 'force_generic_plan', true));
--   Result

-- watermark
-- run by: Journal.count, Journal.exists, Journal.latestPosition, Journal.read, Journal.stream, Maintenance.doctor,
--     Queries.currentEvents, Queries.liveEvents, Subscriptions.start
with head(position) as materialized (
  select case when is_called then last_value else 0 end as "position"
  from "events_position"),
safe(position) as materialized (
  select
    coalesce(
    (
        select min(((l.classid::bigint & 65535) << 32 | l.objid::bigint))
        from pg_locks as l
        where (l.locktype = 'advisory'
            and l.objsubid = 1
            and l.mode = 'ShareLock'
            and l.granted
            and l.database = (select d.oid from pg_database as d where d.datname = current_database())
            and l.classid::bigint >> 16 = '"events"'::regclass::oid::bigint & 65535)
          and ((l.classid::bigint & 65535) << 32 | l.objid::bigint) < head.position
          and l.pid is distinct from pg_backend_pid()),
      head.position)
  from head)
select safe.position, case when current_setting('transaction_isolation') like 'read%' then 1 else 0 end,
  (
    select case when is_called then last_value else 0 end as "position"
    from "events_position"
    where safe.position is not null)
from safe
where ((select case when pg_is_in_recovery() then pg_current_xact_id() is not null else true end));
--   Result
--     One-Time Filter: (InitPlan 6).col1
--     CTE head
--       Seq Scan on events_position  -- allowed: the sequence, which has one row
--     CTE safe
--       CTE Scan on head
--         SubPlan 3
--           Aggregate
--             InitPlan 2
--               Seq Scan on pg_database d  -- allowed: has a row a database
--                 Filter: (datname = current_database())
--             Function Scan on pg_lock_status l
--               Filter: (granted AND (locktype = 'advisory'::text) AND (objsubid = 1) AND (mode = 'ShareLock'::text)
--                   AND (database = (InitPlan 2).col1) AND (pid IS DISTINCT FROM pg_backend_pid()) AND
--                   (((classid)::bigint >> 16) = 'events') AND (((((classid)::bigint & '65535'::bigint) << 32) |
--                   (objid)::bigint) < head."position"))
--     InitPlan 6
--       Result
--     CTE Scan on safe
--     SubPlan 5
--       Result
--         One-Time Filter: (safe."position" IS NOT NULL)
--         Seq Scan on events_position events_position_1  -- allowed: the sequence, which has one row

-- lowestBegin
-- run by: Journal.count, Journal.exists, Journal.latestPosition, Journal.read, Journal.stream, Queries.currentEvents,
--     Queries.liveEvents, Subscriptions.start
select min("events"."begun_after")
from "events"
where (("events"."global_position" + 0) > :position
  and ("events"."global_position" + 0) <= :to_position
  and "events"."begun_after" < :position
  and ("events"."begun_after" is distinct from
    nullif(current_setting('daybook.begun_after_' || '"events"'::regclass::oid::bigint, true), '')::bigint)
  and ((select case when pg_is_in_recovery() then pg_current_xact_id() is not null else true end)));
--   Aggregate
--     InitPlan 1
--       Result
--     Result
--       One-Time Filter: (InitPlan 1).col1
--       Bitmap Heap Scan on events
--         Recheck Cond: (((global_position + 0) > ?) AND ((global_position + 0) <= ?) AND (begun_after < ?))
--         Filter: (begun_after IS DISTINCT FROM (NULLIF(current_setting('daybook.begun_after_events'::text, true),
--             ''::text))::bigint)
--         Bitmap Index Scan on events_by_begin: (((global_position + 0) > ?) AND ((global_position + 0) <= ?) AND
--             (begun_after < ?))

-- holders
-- run by: Maintenance.doctor
select h.position, h.pid, p.gid, coalesce(a.usename, p.owner), a.application_name, host(a.client_addr),
  (extract(epoch from clock_timestamp() - coalesce(a.xact_start, p.prepared)) * 1000)::bigint, a.state,
  a.query, array_to_string(pg_blocking_pids(h.pid), ',')
from (
  select min(((l.classid::bigint & 65535) << 32 | l.objid::bigint)) as position, l.pid, l.virtualtransaction
  from pg_locks as l
  where (l.locktype = 'advisory'
    and l.objsubid = 1
    and l.mode = 'ShareLock'
    and l.granted
    and l.database = (select d.oid from pg_database as d where d.datname = current_database())
    and l.classid::bigint >> 16 = '"events"'::regclass::oid::bigint & 65535)
  group by l.pid, l.virtualtransaction) as h
left join pg_stat_activity as a on a.pid = h.pid
left join pg_locks as x
  on h.pid is null
    and x.pid is null
    and x.locktype = 'transactionid'
    and x.mode = 'ExclusiveLock'
    and x.virtualtransaction = h.virtualtransaction
left join pg_prepared_xacts as p on p.transaction = x.transactionid
where ((select case when pg_is_in_recovery() then pg_current_xact_id() is not null else true end))
order by h.position, h.pid;
--   Result
--     InitPlan 1
--       Result
--     Sort  -- allowed: the locks of this moment
--       Sort Key: (min(((((l_1.classid)::bigint & '65535'::bigint) << 32) | (l_1.objid)::bigint))), l_1.pid
--       Result
--         One-Time Filter: (InitPlan 1).col1
--         Nested Loop Left Join
--           Join Filter: ((l_1.pid IS NULL) AND (l.virtualtransaction = l_1.virtualtransaction))
--           Nested Loop Left Join
--             Hash Right Join
--               Hash Cond: (s.pid = l_1.pid)
--               Function Scan on pg_stat_get_activity s
--               Hash  -- allowed: the locks of this moment
--                 GroupAggregate
--                   Group Key: l_1.pid, l_1.virtualtransaction
--                   InitPlan 2
--                     Seq Scan on pg_database d  -- allowed: has a row a database
--                       Filter: (datname = current_database())
--                   Sort  -- allowed: the locks of this moment
--                     Sort Key: l_1.pid, l_1.virtualtransaction
--                     Function Scan on pg_lock_status l_1
--                       Filter: (granted AND (locktype = 'advisory'::text) AND (objsubid = 1) AND (mode =
--                           'ShareLock'::text) AND (database = (InitPlan 2).col1) AND (((classid)::bigint >> 16) =
--                           'events'))
--             Index Scan using pg_authid_oid_index on pg_authid u: (oid = s.usesysid)
--           Nested Loop Left Join
--             Hash Right Join
--               Hash Cond: (p.transaction = l.transactionid)
--               Function Scan on pg_prepared_xact p
--               Hash  -- allowed: the locks of this moment
--                 Function Scan on pg_lock_status l
--                   Filter: ((pid IS NULL) AND (locktype = 'transactionid'::text) AND (mode = 'ExclusiveLock'::text))
--             Index Scan using pg_authid_oid_index on pg_authid u_1: (oid = p.ownerid)

-- appendOneToKnownTagged
-- run by: Journal.append
with "claimed" as (
  update "streams"
  set "last_seq" = ("streams"."last_seq" + :count)
  where ("streams"."stream_id" = :stream_id
    and "streams"."state" = 'ACTIVE'
    and "streams"."last_seq" between :lowest and :highest)
  returning ("streams"."last_seq" - :count) as "base"),
"written" as (
  insert into "events" ("global_position", "stream_id", "seq", "event_type", "schema_version", "codec",
    "compression", "key_id", "ts", "tags", "metadata", "idempotency_key", "payload", "content_checksum")
  select
    case
      when (
        select case
          when
            pg_advisory_xact_lock_shared((('"events"'::regclass::oid::bigint & 65535) << 48) | l.position)::text
            is not null then l.position end
        from (select case when is_called then last_value else 0 end as "position" from "events_position") as
          l) is not null then nextval('"events_position"') end,
    :stream_id, ("claimed"."base" + 1), :type, :schema_version, :codec, :compression, :key_id, :time, :tags,
    :metadata, :idempotency_key, :payload, (:checksum - ("claimed"."base" + 1))
  from "claimed"
  returning "events"."global_position", "events"."seq", "events"."stream_id"),
"labelled" as (
  insert into "events_tags" ("stream_id", "seq", "tag", "global_position")
  select "written"."stream_id", "written"."seq", "l"."tag", "written"."global_position"
  from "written"
  cross join unnest(cast(:tag_names as varchar[])) with ordinality as "l" ("tag", "ordinal")
  returning "events_tags"."seq")
select "written"."global_position", "written"."seq"
from "written";
--   CTE Scan on written
--     CTE claimed
--       Update on streams
--         Index Scan using streams_pkey on streams: (stream_id = ?)
--           Filter: ((last_seq >= ?) AND (last_seq <= ?) AND (state = 'ACTIVE'::text))
--     CTE written
--       Insert on events
--         Subquery Scan on "*SELECT*"
--           CTE Scan on claimed
--             InitPlan 2
--               Seq Scan on events_position  -- allowed: the sequence, which has one row
--     CTE labelled
--       Insert on events_tags
--         Nested Loop
--           CTE Scan on written written_1
--           Function Scan on unnest l

-- appendOneToKnown
-- run by: Journal.append
with "claimed" as (
  update "streams"
  set "last_seq" = ("streams"."last_seq" + :count)
  where ("streams"."stream_id" = :stream_id
    and "streams"."state" = 'ACTIVE'
    and "streams"."last_seq" between :lowest and :highest)
  returning ("streams"."last_seq" - :count) as "base")
insert into "events" ("global_position", "stream_id", "seq", "event_type", "schema_version", "codec",
  "compression", "key_id", "ts", "tags", "metadata", "idempotency_key", "payload", "content_checksum")
select
  case
    when (
      select case
        when
          pg_advisory_xact_lock_shared((('"events"'::regclass::oid::bigint & 65535) << 48) | l.position)::text
          is not null then l.position end
      from (select case when is_called then last_value else 0 end as "position" from "events_position") as l)
      is not null then nextval('"events_position"') end,
  :stream_id, ("claimed"."base" + 1), :type, :schema_version, :codec, :compression, :key_id, :time, :tags,
  :metadata, :idempotency_key, :payload, (:checksum - ("claimed"."base" + 1))
from "claimed"
returning "events"."global_position", "events"."seq", "events"."stream_id";
--   Insert on events
--     CTE claimed
--       Update on streams
--         Index Scan using streams_pkey on streams: (stream_id = ?)
--           Filter: ((last_seq >= ?) AND (last_seq <= ?) AND (state = 'ACTIVE'::text))
--     Subquery Scan on "*SELECT*"
--       CTE Scan on claimed
--         InitPlan 2
--           Seq Scan on events_position  -- allowed: the sequence, which has one row

-- appendOneToAnyTagged
-- run by: Journal.append
with "claimed" as (
  insert into "streams" ("stream_id", "last_seq")
  values (:stream_id, :count)
  on conflict ("stream_id") do update
  set "last_seq" = ("streams"."last_seq" + excluded."last_seq")
  where ("streams"."state" = 'ACTIVE'
    and "streams"."last_seq" between :lowest and :highest)
  returning ("streams"."last_seq" - :count) as "base"),
"written" as (
  insert into "events" ("global_position", "stream_id", "seq", "event_type", "schema_version", "codec",
    "compression", "key_id", "ts", "tags", "metadata", "idempotency_key", "payload", "content_checksum")
  select
    case
      when (
        select case
          when
            pg_advisory_xact_lock_shared((('"events"'::regclass::oid::bigint & 65535) << 48) | l.position)::text
            is not null then l.position end
        from (select case when is_called then last_value else 0 end as "position" from "events_position") as
          l) is not null then nextval('"events_position"') end,
    :stream_id, ("claimed"."base" + 1), :type, :schema_version, :codec, :compression, :key_id, :time, :tags,
    :metadata, :idempotency_key, :payload, (:checksum - ("claimed"."base" + 1))
  from "claimed"
  returning "events"."global_position", "events"."seq", "events"."stream_id"),
"labelled" as (
  insert into "events_tags" ("stream_id", "seq", "tag", "global_position")
  select "written"."stream_id", "written"."seq", "l"."tag", "written"."global_position"
  from "written"
  cross join unnest(cast(:tag_names as varchar[])) with ordinality as "l" ("tag", "ordinal")
  returning "events_tags"."seq")
select "written"."global_position", "written"."seq"
from "written";
--   CTE Scan on written
--     CTE claimed
--       Insert on streams
--         Conflict Resolution: UPDATE
--         Conflict Arbiter Indexes: streams_pkey
--         Conflict Filter: ((streams.state = 'ACTIVE'::text) AND (streams.last_seq >= ?) AND (streams.last_seq <= ?))
--         Result
--     CTE written
--       Insert on events
--         Subquery Scan on "*SELECT*"
--           CTE Scan on claimed
--             InitPlan 2
--               Seq Scan on events_position  -- allowed: the sequence, which has one row
--     CTE labelled
--       Insert on events_tags
--         Nested Loop
--           CTE Scan on written written_1
--           Function Scan on unnest l

-- appendOneToAny
-- run by: Journal.append
with "claimed" as (
  insert into "streams" ("stream_id", "last_seq")
  values (:stream_id, :count)
  on conflict ("stream_id") do update
  set "last_seq" = ("streams"."last_seq" + excluded."last_seq")
  where ("streams"."state" = 'ACTIVE'
    and "streams"."last_seq" between :lowest and :highest)
  returning ("streams"."last_seq" - :count) as "base")
insert into "events" ("global_position", "stream_id", "seq", "event_type", "schema_version", "codec",
  "compression", "key_id", "ts", "tags", "metadata", "idempotency_key", "payload", "content_checksum")
select
  case
    when (
      select case
        when
          pg_advisory_xact_lock_shared((('"events"'::regclass::oid::bigint & 65535) << 48) | l.position)::text
          is not null then l.position end
      from (select case when is_called then last_value else 0 end as "position" from "events_position") as l)
      is not null then nextval('"events_position"') end,
  :stream_id, ("claimed"."base" + 1), :type, :schema_version, :codec, :compression, :key_id, :time, :tags,
  :metadata, :idempotency_key, :payload, (:checksum - ("claimed"."base" + 1))
from "claimed"
returning "events"."global_position", "events"."seq", "events"."stream_id";
--   Insert on events
--     CTE claimed
--       Insert on streams
--         Conflict Resolution: UPDATE
--         Conflict Arbiter Indexes: streams_pkey
--         Conflict Filter: ((streams.state = 'ACTIVE'::text) AND (streams.last_seq >= ?) AND (streams.last_seq <= ?))
--         Result
--     Subquery Scan on "*SELECT*"
--       CTE Scan on claimed
--         InitPlan 2
--           Seq Scan on events_position  -- allowed: the sequence, which has one row

-- appendOneToKnownTaggedInTransaction
-- run by: Journal.append
with "claimed" as (
  update "streams"
  set "last_seq" = ("streams"."last_seq" + :count)
  where ("streams"."stream_id" = :stream_id
    and "streams"."state" = 'ACTIVE'
    and "streams"."last_seq" between :lowest and :highest)
  returning ("streams"."last_seq" - :count) as "base"),
"announced" as materialized (
  select case
    when current_setting('daybook.begun_after_' || '"events"'::regclass::oid::bigint, true) <> '' then
      array[current_setting('daybook.begun_after_' || '"events"'::regclass::oid::bigint, true)::bigint,
      current_setting('daybook.begun_after_' || '"events"'::regclass::oid::bigint, true)::bigint]
    else (
      select case
        when
          concat(set_config('daybook.begun_after_' || '"events"'::regclass::oid::bigint, l.position::text,
            true),
          pg_advisory_xact_lock_shared((('"events"'::regclass::oid::bigint & 65535) << 48) | l.position)::text)
          is not null then array[null, l.position] end
      from (select case when is_called then last_value else 0 end as "position" from "events_position") as l)
      end as "begun"
  from "claimed"),
"written" as (
  insert into "events" ("global_position", "stream_id", "seq", "event_type", "schema_version", "codec",
    "compression", "key_id", "ts", "tags", "metadata", "idempotency_key", "payload", "content_checksum",
    "begun_after")
  select nextval('"events_position"'), :stream_id, ("claimed"."base" + 1), :type, :schema_version, :codec,
    :compression, :key_id, :time, :tags, :metadata, :idempotency_key, :payload,
    (:checksum - ("claimed"."base" + 1)), ("announced"."begun")[1]
  from "claimed"
  cross join "announced"
  returning "events"."global_position", "events"."seq", "events"."stream_id"),
"labelled" as (
  insert into "events_tags" ("stream_id", "seq", "tag", "global_position")
  select "written"."stream_id", "written"."seq", "l"."tag", "written"."global_position"
  from "written"
  cross join unnest(cast(:tag_names as varchar[])) with ordinality as "l" ("tag", "ordinal")
  returning "events_tags"."seq")
select "written"."global_position", "written"."seq"
from "written";
--   CTE Scan on written
--     CTE claimed
--       Update on streams
--         Index Scan using streams_pkey on streams: (stream_id = ?)
--           Filter: ((last_seq >= ?) AND (last_seq <= ?) AND (state = 'ACTIVE'::text))
--     CTE announced
--       CTE Scan on claimed
--         InitPlan 2
--           Seq Scan on events_position  -- allowed: the sequence, which has one row
--     CTE written
--       Insert on events
--         Subquery Scan on "*SELECT*"
--           Nested Loop
--             CTE Scan on claimed claimed_1
--             CTE Scan on announced
--     CTE labelled
--       Insert on events_tags
--         Nested Loop
--           CTE Scan on written written_1
--           Function Scan on unnest l

-- appendOneToKnownInTransaction
-- run by: Journal.append
with "claimed" as (
  update "streams"
  set "last_seq" = ("streams"."last_seq" + :count)
  where ("streams"."stream_id" = :stream_id
    and "streams"."state" = 'ACTIVE'
    and "streams"."last_seq" between :lowest and :highest)
  returning ("streams"."last_seq" - :count) as "base"),
"announced" as materialized (
  select case
    when current_setting('daybook.begun_after_' || '"events"'::regclass::oid::bigint, true) <> '' then
      array[current_setting('daybook.begun_after_' || '"events"'::regclass::oid::bigint, true)::bigint,
      current_setting('daybook.begun_after_' || '"events"'::regclass::oid::bigint, true)::bigint]
    else (
      select case
        when
          concat(set_config('daybook.begun_after_' || '"events"'::regclass::oid::bigint, l.position::text,
            true),
          pg_advisory_xact_lock_shared((('"events"'::regclass::oid::bigint & 65535) << 48) | l.position)::text)
          is not null then array[null, l.position] end
      from (select case when is_called then last_value else 0 end as "position" from "events_position") as l)
      end as "begun"
  from "claimed")
insert into "events" ("global_position", "stream_id", "seq", "event_type", "schema_version", "codec",
  "compression", "key_id", "ts", "tags", "metadata", "idempotency_key", "payload", "content_checksum",
  "begun_after")
select nextval('"events_position"'), :stream_id, ("claimed"."base" + 1), :type, :schema_version, :codec,
  :compression, :key_id, :time, :tags, :metadata, :idempotency_key, :payload,
  (:checksum - ("claimed"."base" + 1)), ("announced"."begun")[1]
from "claimed"
cross join "announced"
returning "events"."global_position", "events"."seq", "events"."stream_id";
--   Insert on events
--     CTE claimed
--       Update on streams
--         Index Scan using streams_pkey on streams: (stream_id = ?)
--           Filter: ((last_seq >= ?) AND (last_seq <= ?) AND (state = 'ACTIVE'::text))
--     CTE announced
--       CTE Scan on claimed claimed_1
--         InitPlan 2
--           Seq Scan on events_position  -- allowed: the sequence, which has one row
--     Subquery Scan on "*SELECT*"
--       Nested Loop
--         CTE Scan on claimed
--         CTE Scan on announced

-- appendOneToAnyTaggedInTransaction
-- run by: Journal.append
with "claimed" as (
  insert into "streams" ("stream_id", "last_seq")
  values (:stream_id, :count)
  on conflict ("stream_id") do update
  set "last_seq" = ("streams"."last_seq" + excluded."last_seq")
  where ("streams"."state" = 'ACTIVE'
    and "streams"."last_seq" between :lowest and :highest)
  returning ("streams"."last_seq" - :count) as "base"),
"announced" as materialized (
  select case
    when current_setting('daybook.begun_after_' || '"events"'::regclass::oid::bigint, true) <> '' then
      array[current_setting('daybook.begun_after_' || '"events"'::regclass::oid::bigint, true)::bigint,
      current_setting('daybook.begun_after_' || '"events"'::regclass::oid::bigint, true)::bigint]
    else (
      select case
        when
          concat(set_config('daybook.begun_after_' || '"events"'::regclass::oid::bigint, l.position::text,
            true),
          pg_advisory_xact_lock_shared((('"events"'::regclass::oid::bigint & 65535) << 48) | l.position)::text)
          is not null then array[null, l.position] end
      from (select case when is_called then last_value else 0 end as "position" from "events_position") as l)
      end as "begun"
  from "claimed"),
"written" as (
  insert into "events" ("global_position", "stream_id", "seq", "event_type", "schema_version", "codec",
    "compression", "key_id", "ts", "tags", "metadata", "idempotency_key", "payload", "content_checksum",
    "begun_after")
  select nextval('"events_position"'), :stream_id, ("claimed"."base" + 1), :type, :schema_version, :codec,
    :compression, :key_id, :time, :tags, :metadata, :idempotency_key, :payload,
    (:checksum - ("claimed"."base" + 1)), ("announced"."begun")[1]
  from "claimed"
  cross join "announced"
  returning "events"."global_position", "events"."seq", "events"."stream_id"),
"labelled" as (
  insert into "events_tags" ("stream_id", "seq", "tag", "global_position")
  select "written"."stream_id", "written"."seq", "l"."tag", "written"."global_position"
  from "written"
  cross join unnest(cast(:tag_names as varchar[])) with ordinality as "l" ("tag", "ordinal")
  returning "events_tags"."seq")
select "written"."global_position", "written"."seq"
from "written";
--   CTE Scan on written
--     CTE claimed
--       Insert on streams
--         Conflict Resolution: UPDATE
--         Conflict Arbiter Indexes: streams_pkey
--         Conflict Filter: ((streams.state = 'ACTIVE'::text) AND (streams.last_seq >= ?) AND (streams.last_seq <= ?))
--         Result
--     CTE announced
--       CTE Scan on claimed
--         InitPlan 2
--           Seq Scan on events_position  -- allowed: the sequence, which has one row
--     CTE written
--       Insert on events
--         Subquery Scan on "*SELECT*"
--           Nested Loop
--             CTE Scan on claimed claimed_1
--             CTE Scan on announced
--     CTE labelled
--       Insert on events_tags
--         Nested Loop
--           CTE Scan on written written_1
--           Function Scan on unnest l

-- appendOneToAnyInTransaction
-- run by: Journal.append
with "claimed" as (
  insert into "streams" ("stream_id", "last_seq")
  values (:stream_id, :count)
  on conflict ("stream_id") do update
  set "last_seq" = ("streams"."last_seq" + excluded."last_seq")
  where ("streams"."state" = 'ACTIVE'
    and "streams"."last_seq" between :lowest and :highest)
  returning ("streams"."last_seq" - :count) as "base"),
"announced" as materialized (
  select case
    when current_setting('daybook.begun_after_' || '"events"'::regclass::oid::bigint, true) <> '' then
      array[current_setting('daybook.begun_after_' || '"events"'::regclass::oid::bigint, true)::bigint,
      current_setting('daybook.begun_after_' || '"events"'::regclass::oid::bigint, true)::bigint]
    else (
      select case
        when
          concat(set_config('daybook.begun_after_' || '"events"'::regclass::oid::bigint, l.position::text,
            true),
          pg_advisory_xact_lock_shared((('"events"'::regclass::oid::bigint & 65535) << 48) | l.position)::text)
          is not null then array[null, l.position] end
      from (select case when is_called then last_value else 0 end as "position" from "events_position") as l)
      end as "begun"
  from "claimed")
insert into "events" ("global_position", "stream_id", "seq", "event_type", "schema_version", "codec",
  "compression", "key_id", "ts", "tags", "metadata", "idempotency_key", "payload", "content_checksum",
  "begun_after")
select nextval('"events_position"'), :stream_id, ("claimed"."base" + 1), :type, :schema_version, :codec,
  :compression, :key_id, :time, :tags, :metadata, :idempotency_key, :payload,
  (:checksum - ("claimed"."base" + 1)), ("announced"."begun")[1]
from "claimed"
cross join "announced"
returning "events"."global_position", "events"."seq", "events"."stream_id";
--   Insert on events
--     CTE claimed
--       Insert on streams
--         Conflict Resolution: UPDATE
--         Conflict Arbiter Indexes: streams_pkey
--         Conflict Filter: ((streams.state = 'ACTIVE'::text) AND (streams.last_seq >= ?) AND (streams.last_seq <= ?))
--         Result
--     CTE announced
--       CTE Scan on claimed claimed_1
--         InitPlan 2
--           Seq Scan on events_position  -- allowed: the sequence, which has one row
--     Subquery Scan on "*SELECT*"
--       Nested Loop
--         CTE Scan on claimed
--         CTE Scan on announced

-- appendPlainToKnownTagged
-- run by: Journal.append
with "claimed" as (
  update "streams"
  set "last_seq" = ("streams"."last_seq" + :count)
  where ("streams"."stream_id" = :stream_id
    and "streams"."state" = 'ACTIVE'
    and "streams"."last_seq" between :lowest and :highest)
  returning ("streams"."last_seq" - :count) as "base"),
"announced" as materialized (
  select (
    select case
      when
        pg_advisory_xact_lock_shared((('"events"'::regclass::oid::bigint & 65535) << 48) | l.position)::text
        is not null then l.position end
    from (select case when is_called then last_value else 0 end as "position" from "events_position") as l)
    as "begun"
  from "claimed"),
"written" as (
  insert into "events" ("global_position", "stream_id", "seq", "event_type", "ts", "tags", "payload",
    "content_checksum", "schema_version", "codec", "begun_after")
  select "drawn"."global_position", "drawn"."stream_id", "drawn"."seq", "drawn"."event_type", "drawn"."ts",
    "drawn"."tags", "drawn"."payload", "drawn"."content_checksum", "drawn"."schema_version", "drawn"."codec",
    "drawn"."begun_after"
  from (
    select nextval('"events_position"') as "global_position", :stream_id as "stream_id",
      ("claimed"."base" + "n"."ordinal") as "seq", "n"."event_type" as "event_type", "n"."ts" as "ts",
      "n"."tags" as "tags", "n"."payload" as "payload",
      ("n"."content_checksum" - ("claimed"."base" + "n"."ordinal")) as "content_checksum",
      1 as "schema_version", 'json' as "codec",
      case when "n"."ordinal" = :count then "announced"."begun" end as "begun_after"
    from "claimed"
    cross join "announced"
    cross join
      unnest(cast(:types as varchar[]), cast(:times as bigint[]), cast(:tags as varchar[]),
      cast(:payloads as bytea[]), cast(:checksums as bigint[])) with ordinality as "n" ("event_type", "ts",
      "tags", "payload", "content_checksum", "ordinal")
    order by "n"."ordinal") as "drawn"
  order by "drawn"."global_position"
  returning "events"."global_position", "events"."seq", "events"."stream_id"),
"labelled" as (
  insert into "events_tags" ("stream_id", "seq", "tag", "global_position")
  select "written"."stream_id", "written"."seq", "l"."tag", "written"."global_position"
  from "written"
  cross join "claimed"
  join unnest(cast(:tagged_ids as varchar[]), cast(:tagged_seqs as bigint[]), cast(:tag_names as varchar[]))
      with ordinality as "l" ("stream_id", "seq", "tag", "ordinal")
    on "written"."seq" = ("claimed"."base" + "l"."seq")
  returning "events_tags"."seq")
select "written"."global_position", "written"."seq"
from "written";
--   CTE Scan on written
--     CTE claimed
--       Update on streams
--         Index Scan using streams_pkey on streams: (stream_id = ?)
--           Filter: ((last_seq >= ?) AND (last_seq <= ?) AND (state = 'ACTIVE'::text))
--     CTE announced
--       CTE Scan on claimed
--         InitPlan 2
--           Seq Scan on events_position  -- allowed: the sequence, which has one row
--     CTE written
--       Insert on events
--         Subquery Scan on "*SELECT*"
--           Sort  -- allowed: the positions that were drawn for this append
--             Sort Key: drawn.global_position
--             Subquery Scan on drawn
--               Nested Loop
--                 Function Scan on n
--                 Materialize  -- allowed: one row: the claimed stream
--                   Nested Loop
--                     CTE Scan on claimed claimed_1
--                     CTE Scan on announced
--     CTE labelled
--       Insert on events_tags
--         Hash Join
--           Hash Cond: ((claimed_2.base + l.seq) = written_1.seq)
--           Nested Loop
--             CTE Scan on claimed claimed_2
--             Function Scan on l
--           Hash  -- allowed: finds the event of each tag of this append in one step
--             CTE Scan on written written_1

-- appendPlainToKnown
-- run by: Journal.append
with "claimed" as (
  update "streams"
  set "last_seq" = ("streams"."last_seq" + :count)
  where ("streams"."stream_id" = :stream_id
    and "streams"."state" = 'ACTIVE'
    and "streams"."last_seq" between :lowest and :highest)
  returning ("streams"."last_seq" - :count) as "base"),
"announced" as materialized (
  select (
    select case
      when
        pg_advisory_xact_lock_shared((('"events"'::regclass::oid::bigint & 65535) << 48) | l.position)::text
        is not null then l.position end
    from (select case when is_called then last_value else 0 end as "position" from "events_position") as l)
    as "begun"
  from "claimed")
insert into "events" ("global_position", "stream_id", "seq", "event_type", "ts", "tags", "payload",
  "content_checksum", "schema_version", "codec", "begun_after")
select "drawn"."global_position", "drawn"."stream_id", "drawn"."seq", "drawn"."event_type", "drawn"."ts",
  "drawn"."tags", "drawn"."payload", "drawn"."content_checksum", "drawn"."schema_version", "drawn"."codec",
  "drawn"."begun_after"
from (
  select nextval('"events_position"') as "global_position", :stream_id as "stream_id",
    ("claimed"."base" + "n"."ordinal") as "seq", "n"."event_type" as "event_type", "n"."ts" as "ts",
    "n"."tags" as "tags", "n"."payload" as "payload",
    ("n"."content_checksum" - ("claimed"."base" + "n"."ordinal")) as "content_checksum",
    1 as "schema_version", 'json' as "codec",
    case when "n"."ordinal" = :count then "announced"."begun" end as "begun_after"
  from "claimed"
  cross join "announced"
  cross join
    unnest(cast(:types as varchar[]), cast(:times as bigint[]), cast(:tags as varchar[]),
    cast(:payloads as bytea[]), cast(:checksums as bigint[])) with ordinality as "n" ("event_type", "ts",
    "tags", "payload", "content_checksum", "ordinal")
  order by "n"."ordinal") as "drawn"
order by "drawn"."global_position"
returning "events"."global_position", "events"."seq", "events"."stream_id";
--   Insert on events
--     CTE claimed
--       Update on streams
--         Index Scan using streams_pkey on streams: (stream_id = ?)
--           Filter: ((last_seq >= ?) AND (last_seq <= ?) AND (state = 'ACTIVE'::text))
--     CTE announced
--       CTE Scan on claimed claimed_1
--         InitPlan 2
--           Seq Scan on events_position  -- allowed: the sequence, which has one row
--     Subquery Scan on "*SELECT*"
--       Sort  -- allowed: the positions that were drawn for this append
--         Sort Key: drawn.global_position
--         Subquery Scan on drawn
--           Nested Loop
--             Function Scan on n
--             Materialize  -- allowed: one row: the claimed stream
--               Nested Loop
--                 CTE Scan on claimed
--                 CTE Scan on announced

-- appendPlainToAnyTagged
-- run by: Journal.append
with "claimed" as (
  insert into "streams" ("stream_id", "last_seq")
  values (:stream_id, :count)
  on conflict ("stream_id") do update
  set "last_seq" = ("streams"."last_seq" + excluded."last_seq")
  where ("streams"."state" = 'ACTIVE'
    and "streams"."last_seq" between :lowest and :highest)
  returning ("streams"."last_seq" - :count) as "base"),
"announced" as materialized (
  select (
    select case
      when
        pg_advisory_xact_lock_shared((('"events"'::regclass::oid::bigint & 65535) << 48) | l.position)::text
        is not null then l.position end
    from (select case when is_called then last_value else 0 end as "position" from "events_position") as l)
    as "begun"
  from "claimed"),
"written" as (
  insert into "events" ("global_position", "stream_id", "seq", "event_type", "ts", "tags", "payload",
    "content_checksum", "schema_version", "codec", "begun_after")
  select "drawn"."global_position", "drawn"."stream_id", "drawn"."seq", "drawn"."event_type", "drawn"."ts",
    "drawn"."tags", "drawn"."payload", "drawn"."content_checksum", "drawn"."schema_version", "drawn"."codec",
    "drawn"."begun_after"
  from (
    select nextval('"events_position"') as "global_position", :stream_id as "stream_id",
      ("claimed"."base" + "n"."ordinal") as "seq", "n"."event_type" as "event_type", "n"."ts" as "ts",
      "n"."tags" as "tags", "n"."payload" as "payload",
      ("n"."content_checksum" - ("claimed"."base" + "n"."ordinal")) as "content_checksum",
      1 as "schema_version", 'json' as "codec",
      case when "n"."ordinal" = :count then "announced"."begun" end as "begun_after"
    from "claimed"
    cross join "announced"
    cross join
      unnest(cast(:types as varchar[]), cast(:times as bigint[]), cast(:tags as varchar[]),
      cast(:payloads as bytea[]), cast(:checksums as bigint[])) with ordinality as "n" ("event_type", "ts",
      "tags", "payload", "content_checksum", "ordinal")
    order by "n"."ordinal") as "drawn"
  order by "drawn"."global_position"
  returning "events"."global_position", "events"."seq", "events"."stream_id"),
"labelled" as (
  insert into "events_tags" ("stream_id", "seq", "tag", "global_position")
  select "written"."stream_id", "written"."seq", "l"."tag", "written"."global_position"
  from "written"
  cross join "claimed"
  join unnest(cast(:tagged_ids as varchar[]), cast(:tagged_seqs as bigint[]), cast(:tag_names as varchar[]))
      with ordinality as "l" ("stream_id", "seq", "tag", "ordinal")
    on "written"."seq" = ("claimed"."base" + "l"."seq")
  returning "events_tags"."seq")
select "written"."global_position", "written"."seq"
from "written";
--   CTE Scan on written
--     CTE claimed
--       Insert on streams
--         Conflict Resolution: UPDATE
--         Conflict Arbiter Indexes: streams_pkey
--         Conflict Filter: ((streams.state = 'ACTIVE'::text) AND (streams.last_seq >= ?) AND (streams.last_seq <= ?))
--         Result
--     CTE announced
--       CTE Scan on claimed
--         InitPlan 2
--           Seq Scan on events_position  -- allowed: the sequence, which has one row
--     CTE written
--       Insert on events
--         Subquery Scan on "*SELECT*"
--           Sort  -- allowed: the positions that were drawn for this append
--             Sort Key: drawn.global_position
--             Subquery Scan on drawn
--               Nested Loop
--                 Function Scan on n
--                 Materialize  -- allowed: one row: the claimed stream
--                   Nested Loop
--                     CTE Scan on claimed claimed_1
--                     CTE Scan on announced
--     CTE labelled
--       Insert on events_tags
--         Hash Join
--           Hash Cond: ((claimed_2.base + l.seq) = written_1.seq)
--           Nested Loop
--             CTE Scan on claimed claimed_2
--             Function Scan on l
--           Hash  -- allowed: finds the event of each tag of this append in one step
--             CTE Scan on written written_1

-- appendPlainToAny
-- run by: Journal.append
with "claimed" as (
  insert into "streams" ("stream_id", "last_seq")
  values (:stream_id, :count)
  on conflict ("stream_id") do update
  set "last_seq" = ("streams"."last_seq" + excluded."last_seq")
  where ("streams"."state" = 'ACTIVE'
    and "streams"."last_seq" between :lowest and :highest)
  returning ("streams"."last_seq" - :count) as "base"),
"announced" as materialized (
  select (
    select case
      when
        pg_advisory_xact_lock_shared((('"events"'::regclass::oid::bigint & 65535) << 48) | l.position)::text
        is not null then l.position end
    from (select case when is_called then last_value else 0 end as "position" from "events_position") as l)
    as "begun"
  from "claimed")
insert into "events" ("global_position", "stream_id", "seq", "event_type", "ts", "tags", "payload",
  "content_checksum", "schema_version", "codec", "begun_after")
select "drawn"."global_position", "drawn"."stream_id", "drawn"."seq", "drawn"."event_type", "drawn"."ts",
  "drawn"."tags", "drawn"."payload", "drawn"."content_checksum", "drawn"."schema_version", "drawn"."codec",
  "drawn"."begun_after"
from (
  select nextval('"events_position"') as "global_position", :stream_id as "stream_id",
    ("claimed"."base" + "n"."ordinal") as "seq", "n"."event_type" as "event_type", "n"."ts" as "ts",
    "n"."tags" as "tags", "n"."payload" as "payload",
    ("n"."content_checksum" - ("claimed"."base" + "n"."ordinal")) as "content_checksum",
    1 as "schema_version", 'json' as "codec",
    case when "n"."ordinal" = :count then "announced"."begun" end as "begun_after"
  from "claimed"
  cross join "announced"
  cross join
    unnest(cast(:types as varchar[]), cast(:times as bigint[]), cast(:tags as varchar[]),
    cast(:payloads as bytea[]), cast(:checksums as bigint[])) with ordinality as "n" ("event_type", "ts",
    "tags", "payload", "content_checksum", "ordinal")
  order by "n"."ordinal") as "drawn"
order by "drawn"."global_position"
returning "events"."global_position", "events"."seq", "events"."stream_id";
--   Insert on events
--     CTE claimed
--       Insert on streams
--         Conflict Resolution: UPDATE
--         Conflict Arbiter Indexes: streams_pkey
--         Conflict Filter: ((streams.state = 'ACTIVE'::text) AND (streams.last_seq >= ?) AND (streams.last_seq <= ?))
--         Result
--     CTE announced
--       CTE Scan on claimed claimed_1
--         InitPlan 2
--           Seq Scan on events_position  -- allowed: the sequence, which has one row
--     Subquery Scan on "*SELECT*"
--       Sort  -- allowed: the positions that were drawn for this append
--         Sort Key: drawn.global_position
--         Subquery Scan on drawn
--           Nested Loop
--             Function Scan on n
--             Materialize  -- allowed: one row: the claimed stream
--               Nested Loop
--                 CTE Scan on claimed
--                 CTE Scan on announced

-- appendPlainToKnownTaggedInTransaction
-- run by: Journal.append
with "claimed" as (
  update "streams"
  set "last_seq" = ("streams"."last_seq" + :count)
  where ("streams"."stream_id" = :stream_id
    and "streams"."state" = 'ACTIVE'
    and "streams"."last_seq" between :lowest and :highest)
  returning ("streams"."last_seq" - :count) as "base"),
"announced" as materialized (
  select case
    when current_setting('daybook.begun_after_' || '"events"'::regclass::oid::bigint, true) <> '' then
      array[current_setting('daybook.begun_after_' || '"events"'::regclass::oid::bigint, true)::bigint,
      current_setting('daybook.begun_after_' || '"events"'::regclass::oid::bigint, true)::bigint]
    else (
      select case
        when
          concat(set_config('daybook.begun_after_' || '"events"'::regclass::oid::bigint, l.position::text,
            true),
          pg_advisory_xact_lock_shared((('"events"'::regclass::oid::bigint & 65535) << 48) | l.position)::text)
          is not null then array[null, l.position] end
      from (select case when is_called then last_value else 0 end as "position" from "events_position") as l)
      end as "begun"
  from "claimed"),
"written" as (
  insert into "events" ("global_position", "stream_id", "seq", "event_type", "ts", "tags", "payload",
    "content_checksum", "schema_version", "codec", "begun_after")
  select "drawn"."global_position", "drawn"."stream_id", "drawn"."seq", "drawn"."event_type", "drawn"."ts",
    "drawn"."tags", "drawn"."payload", "drawn"."content_checksum", "drawn"."schema_version", "drawn"."codec",
    "drawn"."begun_after"
  from (
    select nextval('"events_position"') as "global_position", :stream_id as "stream_id",
      ("claimed"."base" + "n"."ordinal") as "seq", "n"."event_type" as "event_type", "n"."ts" as "ts",
      "n"."tags" as "tags", "n"."payload" as "payload",
      ("n"."content_checksum" - ("claimed"."base" + "n"."ordinal")) as "content_checksum",
      1 as "schema_version", 'json' as "codec",
      case when "n"."ordinal" = :count then ("announced"."begun")[2] end as "begun_after"
    from "claimed"
    cross join "announced"
    cross join
      unnest(cast(:types as varchar[]), cast(:times as bigint[]), cast(:tags as varchar[]),
      cast(:payloads as bytea[]), cast(:checksums as bigint[])) with ordinality as "n" ("event_type", "ts",
      "tags", "payload", "content_checksum", "ordinal")
    order by "n"."ordinal") as "drawn"
  order by "drawn"."global_position"
  returning "events"."global_position", "events"."seq", "events"."stream_id"),
"labelled" as (
  insert into "events_tags" ("stream_id", "seq", "tag", "global_position")
  select "written"."stream_id", "written"."seq", "l"."tag", "written"."global_position"
  from "written"
  cross join "claimed"
  join unnest(cast(:tagged_ids as varchar[]), cast(:tagged_seqs as bigint[]), cast(:tag_names as varchar[]))
      with ordinality as "l" ("stream_id", "seq", "tag", "ordinal")
    on "written"."seq" = ("claimed"."base" + "l"."seq")
  returning "events_tags"."seq")
select "written"."global_position", "written"."seq"
from "written";
--   CTE Scan on written
--     CTE claimed
--       Update on streams
--         Index Scan using streams_pkey on streams: (stream_id = ?)
--           Filter: ((last_seq >= ?) AND (last_seq <= ?) AND (state = 'ACTIVE'::text))
--     CTE announced
--       CTE Scan on claimed
--         InitPlan 2
--           Seq Scan on events_position  -- allowed: the sequence, which has one row
--     CTE written
--       Insert on events
--         Subquery Scan on "*SELECT*"
--           Sort  -- allowed: the positions that were drawn for this append
--             Sort Key: drawn.global_position
--             Subquery Scan on drawn
--               Nested Loop
--                 Function Scan on n
--                 Materialize  -- allowed: one row: the claimed stream
--                   Nested Loop
--                     CTE Scan on claimed claimed_1
--                     CTE Scan on announced
--     CTE labelled
--       Insert on events_tags
--         Hash Join
--           Hash Cond: ((claimed_2.base + l.seq) = written_1.seq)
--           Nested Loop
--             CTE Scan on claimed claimed_2
--             Function Scan on l
--           Hash  -- allowed: finds the event of each tag of this append in one step
--             CTE Scan on written written_1

-- appendPlainToKnownInTransaction
-- run by: Journal.append
with "claimed" as (
  update "streams"
  set "last_seq" = ("streams"."last_seq" + :count)
  where ("streams"."stream_id" = :stream_id
    and "streams"."state" = 'ACTIVE'
    and "streams"."last_seq" between :lowest and :highest)
  returning ("streams"."last_seq" - :count) as "base"),
"announced" as materialized (
  select case
    when current_setting('daybook.begun_after_' || '"events"'::regclass::oid::bigint, true) <> '' then
      array[current_setting('daybook.begun_after_' || '"events"'::regclass::oid::bigint, true)::bigint,
      current_setting('daybook.begun_after_' || '"events"'::regclass::oid::bigint, true)::bigint]
    else (
      select case
        when
          concat(set_config('daybook.begun_after_' || '"events"'::regclass::oid::bigint, l.position::text,
            true),
          pg_advisory_xact_lock_shared((('"events"'::regclass::oid::bigint & 65535) << 48) | l.position)::text)
          is not null then array[null, l.position] end
      from (select case when is_called then last_value else 0 end as "position" from "events_position") as l)
      end as "begun"
  from "claimed")
insert into "events" ("global_position", "stream_id", "seq", "event_type", "ts", "tags", "payload",
  "content_checksum", "schema_version", "codec", "begun_after")
select "drawn"."global_position", "drawn"."stream_id", "drawn"."seq", "drawn"."event_type", "drawn"."ts",
  "drawn"."tags", "drawn"."payload", "drawn"."content_checksum", "drawn"."schema_version", "drawn"."codec",
  "drawn"."begun_after"
from (
  select nextval('"events_position"') as "global_position", :stream_id as "stream_id",
    ("claimed"."base" + "n"."ordinal") as "seq", "n"."event_type" as "event_type", "n"."ts" as "ts",
    "n"."tags" as "tags", "n"."payload" as "payload",
    ("n"."content_checksum" - ("claimed"."base" + "n"."ordinal")) as "content_checksum",
    1 as "schema_version", 'json' as "codec",
    case when "n"."ordinal" = :count then ("announced"."begun")[2] end as "begun_after"
  from "claimed"
  cross join "announced"
  cross join
    unnest(cast(:types as varchar[]), cast(:times as bigint[]), cast(:tags as varchar[]),
    cast(:payloads as bytea[]), cast(:checksums as bigint[])) with ordinality as "n" ("event_type", "ts",
    "tags", "payload", "content_checksum", "ordinal")
  order by "n"."ordinal") as "drawn"
order by "drawn"."global_position"
returning "events"."global_position", "events"."seq", "events"."stream_id";
--   Insert on events
--     CTE claimed
--       Update on streams
--         Index Scan using streams_pkey on streams: (stream_id = ?)
--           Filter: ((last_seq >= ?) AND (last_seq <= ?) AND (state = 'ACTIVE'::text))
--     CTE announced
--       CTE Scan on claimed claimed_1
--         InitPlan 2
--           Seq Scan on events_position  -- allowed: the sequence, which has one row
--     Subquery Scan on "*SELECT*"
--       Sort  -- allowed: the positions that were drawn for this append
--         Sort Key: drawn.global_position
--         Subquery Scan on drawn
--           Nested Loop
--             Function Scan on n
--             Materialize  -- allowed: one row: the claimed stream
--               Nested Loop
--                 CTE Scan on claimed
--                 CTE Scan on announced

-- appendPlainToAnyTaggedInTransaction
-- run by: Journal.append
with "claimed" as (
  insert into "streams" ("stream_id", "last_seq")
  values (:stream_id, :count)
  on conflict ("stream_id") do update
  set "last_seq" = ("streams"."last_seq" + excluded."last_seq")
  where ("streams"."state" = 'ACTIVE'
    and "streams"."last_seq" between :lowest and :highest)
  returning ("streams"."last_seq" - :count) as "base"),
"announced" as materialized (
  select case
    when current_setting('daybook.begun_after_' || '"events"'::regclass::oid::bigint, true) <> '' then
      array[current_setting('daybook.begun_after_' || '"events"'::regclass::oid::bigint, true)::bigint,
      current_setting('daybook.begun_after_' || '"events"'::regclass::oid::bigint, true)::bigint]
    else (
      select case
        when
          concat(set_config('daybook.begun_after_' || '"events"'::regclass::oid::bigint, l.position::text,
            true),
          pg_advisory_xact_lock_shared((('"events"'::regclass::oid::bigint & 65535) << 48) | l.position)::text)
          is not null then array[null, l.position] end
      from (select case when is_called then last_value else 0 end as "position" from "events_position") as l)
      end as "begun"
  from "claimed"),
"written" as (
  insert into "events" ("global_position", "stream_id", "seq", "event_type", "ts", "tags", "payload",
    "content_checksum", "schema_version", "codec", "begun_after")
  select "drawn"."global_position", "drawn"."stream_id", "drawn"."seq", "drawn"."event_type", "drawn"."ts",
    "drawn"."tags", "drawn"."payload", "drawn"."content_checksum", "drawn"."schema_version", "drawn"."codec",
    "drawn"."begun_after"
  from (
    select nextval('"events_position"') as "global_position", :stream_id as "stream_id",
      ("claimed"."base" + "n"."ordinal") as "seq", "n"."event_type" as "event_type", "n"."ts" as "ts",
      "n"."tags" as "tags", "n"."payload" as "payload",
      ("n"."content_checksum" - ("claimed"."base" + "n"."ordinal")) as "content_checksum",
      1 as "schema_version", 'json' as "codec",
      case when "n"."ordinal" = :count then ("announced"."begun")[2] end as "begun_after"
    from "claimed"
    cross join "announced"
    cross join
      unnest(cast(:types as varchar[]), cast(:times as bigint[]), cast(:tags as varchar[]),
      cast(:payloads as bytea[]), cast(:checksums as bigint[])) with ordinality as "n" ("event_type", "ts",
      "tags", "payload", "content_checksum", "ordinal")
    order by "n"."ordinal") as "drawn"
  order by "drawn"."global_position"
  returning "events"."global_position", "events"."seq", "events"."stream_id"),
"labelled" as (
  insert into "events_tags" ("stream_id", "seq", "tag", "global_position")
  select "written"."stream_id", "written"."seq", "l"."tag", "written"."global_position"
  from "written"
  cross join "claimed"
  join unnest(cast(:tagged_ids as varchar[]), cast(:tagged_seqs as bigint[]), cast(:tag_names as varchar[]))
      with ordinality as "l" ("stream_id", "seq", "tag", "ordinal")
    on "written"."seq" = ("claimed"."base" + "l"."seq")
  returning "events_tags"."seq")
select "written"."global_position", "written"."seq"
from "written";
--   CTE Scan on written
--     CTE claimed
--       Insert on streams
--         Conflict Resolution: UPDATE
--         Conflict Arbiter Indexes: streams_pkey
--         Conflict Filter: ((streams.state = 'ACTIVE'::text) AND (streams.last_seq >= ?) AND (streams.last_seq <= ?))
--         Result
--     CTE announced
--       CTE Scan on claimed
--         InitPlan 2
--           Seq Scan on events_position  -- allowed: the sequence, which has one row
--     CTE written
--       Insert on events
--         Subquery Scan on "*SELECT*"
--           Sort  -- allowed: the positions that were drawn for this append
--             Sort Key: drawn.global_position
--             Subquery Scan on drawn
--               Nested Loop
--                 Function Scan on n
--                 Materialize  -- allowed: one row: the claimed stream
--                   Nested Loop
--                     CTE Scan on claimed claimed_1
--                     CTE Scan on announced
--     CTE labelled
--       Insert on events_tags
--         Hash Join
--           Hash Cond: ((claimed_2.base + l.seq) = written_1.seq)
--           Nested Loop
--             CTE Scan on claimed claimed_2
--             Function Scan on l
--           Hash  -- allowed: finds the event of each tag of this append in one step
--             CTE Scan on written written_1

-- appendPlainToAnyInTransaction
-- run by: Journal.append
with "claimed" as (
  insert into "streams" ("stream_id", "last_seq")
  values (:stream_id, :count)
  on conflict ("stream_id") do update
  set "last_seq" = ("streams"."last_seq" + excluded."last_seq")
  where ("streams"."state" = 'ACTIVE'
    and "streams"."last_seq" between :lowest and :highest)
  returning ("streams"."last_seq" - :count) as "base"),
"announced" as materialized (
  select case
    when current_setting('daybook.begun_after_' || '"events"'::regclass::oid::bigint, true) <> '' then
      array[current_setting('daybook.begun_after_' || '"events"'::regclass::oid::bigint, true)::bigint,
      current_setting('daybook.begun_after_' || '"events"'::regclass::oid::bigint, true)::bigint]
    else (
      select case
        when
          concat(set_config('daybook.begun_after_' || '"events"'::regclass::oid::bigint, l.position::text,
            true),
          pg_advisory_xact_lock_shared((('"events"'::regclass::oid::bigint & 65535) << 48) | l.position)::text)
          is not null then array[null, l.position] end
      from (select case when is_called then last_value else 0 end as "position" from "events_position") as l)
      end as "begun"
  from "claimed")
insert into "events" ("global_position", "stream_id", "seq", "event_type", "ts", "tags", "payload",
  "content_checksum", "schema_version", "codec", "begun_after")
select "drawn"."global_position", "drawn"."stream_id", "drawn"."seq", "drawn"."event_type", "drawn"."ts",
  "drawn"."tags", "drawn"."payload", "drawn"."content_checksum", "drawn"."schema_version", "drawn"."codec",
  "drawn"."begun_after"
from (
  select nextval('"events_position"') as "global_position", :stream_id as "stream_id",
    ("claimed"."base" + "n"."ordinal") as "seq", "n"."event_type" as "event_type", "n"."ts" as "ts",
    "n"."tags" as "tags", "n"."payload" as "payload",
    ("n"."content_checksum" - ("claimed"."base" + "n"."ordinal")) as "content_checksum",
    1 as "schema_version", 'json' as "codec",
    case when "n"."ordinal" = :count then ("announced"."begun")[2] end as "begun_after"
  from "claimed"
  cross join "announced"
  cross join
    unnest(cast(:types as varchar[]), cast(:times as bigint[]), cast(:tags as varchar[]),
    cast(:payloads as bytea[]), cast(:checksums as bigint[])) with ordinality as "n" ("event_type", "ts",
    "tags", "payload", "content_checksum", "ordinal")
  order by "n"."ordinal") as "drawn"
order by "drawn"."global_position"
returning "events"."global_position", "events"."seq", "events"."stream_id";
--   Insert on events
--     CTE claimed
--       Insert on streams
--         Conflict Resolution: UPDATE
--         Conflict Arbiter Indexes: streams_pkey
--         Conflict Filter: ((streams.state = 'ACTIVE'::text) AND (streams.last_seq >= ?) AND (streams.last_seq <= ?))
--         Result
--     CTE announced
--       CTE Scan on claimed claimed_1
--         InitPlan 2
--           Seq Scan on events_position  -- allowed: the sequence, which has one row
--     Subquery Scan on "*SELECT*"
--       Sort  -- allowed: the positions that were drawn for this append
--         Sort Key: drawn.global_position
--         Subquery Scan on drawn
--           Nested Loop
--             Function Scan on n
--             Materialize  -- allowed: one row: the claimed stream
--               Nested Loop
--                 CTE Scan on claimed
--                 CTE Scan on announced

-- appendToKnownTagged
-- run by: Journal.append
with "claimed" as (
  update "streams"
  set "last_seq" = ("streams"."last_seq" + :count)
  where ("streams"."stream_id" = :stream_id
    and "streams"."state" = 'ACTIVE'
    and "streams"."last_seq" between :lowest and :highest)
  returning ("streams"."last_seq" - :count) as "base"),
"announced" as materialized (
  select (
    select case
      when
        pg_advisory_xact_lock_shared((('"events"'::regclass::oid::bigint & 65535) << 48) | l.position)::text
        is not null then l.position end
    from (select case when is_called then last_value else 0 end as "position" from "events_position") as l)
    as "begun"
  from "claimed"),
"written" as (
  insert into "events" ("global_position", "stream_id", "seq", "event_type", "ts", "tags", "payload",
    "content_checksum", "schema_version", "codec", "compression", "key_id", "metadata", "idempotency_key",
    "begun_after")
  select "drawn"."global_position", "drawn"."stream_id", "drawn"."seq", "drawn"."event_type", "drawn"."ts",
    "drawn"."tags", "drawn"."payload", "drawn"."content_checksum", "drawn"."schema_version", "drawn"."codec",
    "drawn"."compression", "drawn"."key_id", "drawn"."metadata", "drawn"."idempotency_key",
    "drawn"."begun_after"
  from (
    select nextval('"events_position"') as "global_position", :stream_id as "stream_id",
      ("claimed"."base" + "n"."ordinal") as "seq", "n"."event_type" as "event_type", "n"."ts" as "ts",
      "n"."tags" as "tags", "n"."payload" as "payload",
      ("n"."content_checksum" - ("claimed"."base" + "n"."ordinal")) as "content_checksum",
      coalesce("n"."schema_version", 1) as "schema_version", coalesce("n"."codec", 'json') as "codec",
      "n"."compression" as "compression", "n"."key_id" as "key_id", "n"."metadata" as "metadata",
      "n"."idempotency_key" as "idempotency_key",
      case when "n"."ordinal" = :count then "announced"."begun" end as "begun_after"
    from "claimed"
    cross join "announced"
    cross join
      unnest(cast(:types as varchar[]), cast(:times as bigint[]), cast(:tags as varchar[]),
      cast(:payloads as bytea[]), cast(:checksums as bigint[]), cast(:schema_versions as bigint[]),
      cast(:codecs as varchar[]), cast(:compressions as varchar[]), cast(:key_ids as varchar[]),
      cast(:metadata as varchar[]), cast(:idempotency_keys as varchar[])) with ordinality as "n" ("event_type",
      "ts", "tags", "payload", "content_checksum", "schema_version", "codec", "compression", "key_id",
      "metadata", "idempotency_key", "ordinal")
    order by "n"."ordinal") as "drawn"
  order by "drawn"."global_position"
  returning "events"."global_position", "events"."seq", "events"."stream_id"),
"labelled" as (
  insert into "events_tags" ("stream_id", "seq", "tag", "global_position")
  select "written"."stream_id", "written"."seq", "l"."tag", "written"."global_position"
  from "written"
  cross join "claimed"
  join unnest(cast(:tagged_ids as varchar[]), cast(:tagged_seqs as bigint[]), cast(:tag_names as varchar[]))
      with ordinality as "l" ("stream_id", "seq", "tag", "ordinal")
    on "written"."seq" = ("claimed"."base" + "l"."seq")
  returning "events_tags"."seq")
select "written"."global_position", "written"."seq"
from "written";
--   CTE Scan on written
--     CTE claimed
--       Update on streams
--         Index Scan using streams_pkey on streams: (stream_id = ?)
--           Filter: ((last_seq >= ?) AND (last_seq <= ?) AND (state = 'ACTIVE'::text))
--     CTE announced
--       CTE Scan on claimed
--         InitPlan 2
--           Seq Scan on events_position  -- allowed: the sequence, which has one row
--     CTE written
--       Insert on events
--         Subquery Scan on "*SELECT*"
--           Sort  -- allowed: the positions that were drawn for this append
--             Sort Key: drawn.global_position
--             Subquery Scan on drawn
--               Nested Loop
--                 Function Scan on n
--                 Materialize  -- allowed: one row: the claimed stream
--                   Nested Loop
--                     CTE Scan on claimed claimed_1
--                     CTE Scan on announced
--     CTE labelled
--       Insert on events_tags
--         Hash Join
--           Hash Cond: ((claimed_2.base + l.seq) = written_1.seq)
--           Nested Loop
--             CTE Scan on claimed claimed_2
--             Function Scan on l
--           Hash  -- allowed: finds the event of each tag of this append in one step
--             CTE Scan on written written_1

-- appendToKnown
-- run by: Journal.append
with "claimed" as (
  update "streams"
  set "last_seq" = ("streams"."last_seq" + :count)
  where ("streams"."stream_id" = :stream_id
    and "streams"."state" = 'ACTIVE'
    and "streams"."last_seq" between :lowest and :highest)
  returning ("streams"."last_seq" - :count) as "base"),
"announced" as materialized (
  select (
    select case
      when
        pg_advisory_xact_lock_shared((('"events"'::regclass::oid::bigint & 65535) << 48) | l.position)::text
        is not null then l.position end
    from (select case when is_called then last_value else 0 end as "position" from "events_position") as l)
    as "begun"
  from "claimed")
insert into "events" ("global_position", "stream_id", "seq", "event_type", "ts", "tags", "payload",
  "content_checksum", "schema_version", "codec", "compression", "key_id", "metadata", "idempotency_key",
  "begun_after")
select "drawn"."global_position", "drawn"."stream_id", "drawn"."seq", "drawn"."event_type", "drawn"."ts",
  "drawn"."tags", "drawn"."payload", "drawn"."content_checksum", "drawn"."schema_version", "drawn"."codec",
  "drawn"."compression", "drawn"."key_id", "drawn"."metadata", "drawn"."idempotency_key",
  "drawn"."begun_after"
from (
  select nextval('"events_position"') as "global_position", :stream_id as "stream_id",
    ("claimed"."base" + "n"."ordinal") as "seq", "n"."event_type" as "event_type", "n"."ts" as "ts",
    "n"."tags" as "tags", "n"."payload" as "payload",
    ("n"."content_checksum" - ("claimed"."base" + "n"."ordinal")) as "content_checksum",
    coalesce("n"."schema_version", 1) as "schema_version", coalesce("n"."codec", 'json') as "codec",
    "n"."compression" as "compression", "n"."key_id" as "key_id", "n"."metadata" as "metadata",
    "n"."idempotency_key" as "idempotency_key",
    case when "n"."ordinal" = :count then "announced"."begun" end as "begun_after"
  from "claimed"
  cross join "announced"
  cross join
    unnest(cast(:types as varchar[]), cast(:times as bigint[]), cast(:tags as varchar[]),
    cast(:payloads as bytea[]), cast(:checksums as bigint[]), cast(:schema_versions as bigint[]),
    cast(:codecs as varchar[]), cast(:compressions as varchar[]), cast(:key_ids as varchar[]),
    cast(:metadata as varchar[]), cast(:idempotency_keys as varchar[])) with ordinality as "n" ("event_type",
    "ts", "tags", "payload", "content_checksum", "schema_version", "codec", "compression", "key_id",
    "metadata", "idempotency_key", "ordinal")
  order by "n"."ordinal") as "drawn"
order by "drawn"."global_position"
returning "events"."global_position", "events"."seq", "events"."stream_id";
--   Insert on events
--     CTE claimed
--       Update on streams
--         Index Scan using streams_pkey on streams: (stream_id = ?)
--           Filter: ((last_seq >= ?) AND (last_seq <= ?) AND (state = 'ACTIVE'::text))
--     CTE announced
--       CTE Scan on claimed claimed_1
--         InitPlan 2
--           Seq Scan on events_position  -- allowed: the sequence, which has one row
--     Subquery Scan on "*SELECT*"
--       Sort  -- allowed: the positions that were drawn for this append
--         Sort Key: drawn.global_position
--         Subquery Scan on drawn
--           Nested Loop
--             Function Scan on n
--             Materialize  -- allowed: one row: the claimed stream
--               Nested Loop
--                 CTE Scan on claimed
--                 CTE Scan on announced

-- appendToAnyTagged
-- run by: Journal.append
with "claimed" as (
  insert into "streams" ("stream_id", "last_seq")
  values (:stream_id, :count)
  on conflict ("stream_id") do update
  set "last_seq" = ("streams"."last_seq" + excluded."last_seq")
  where ("streams"."state" = 'ACTIVE'
    and "streams"."last_seq" between :lowest and :highest)
  returning ("streams"."last_seq" - :count) as "base"),
"announced" as materialized (
  select (
    select case
      when
        pg_advisory_xact_lock_shared((('"events"'::regclass::oid::bigint & 65535) << 48) | l.position)::text
        is not null then l.position end
    from (select case when is_called then last_value else 0 end as "position" from "events_position") as l)
    as "begun"
  from "claimed"),
"written" as (
  insert into "events" ("global_position", "stream_id", "seq", "event_type", "ts", "tags", "payload",
    "content_checksum", "schema_version", "codec", "compression", "key_id", "metadata", "idempotency_key",
    "begun_after")
  select "drawn"."global_position", "drawn"."stream_id", "drawn"."seq", "drawn"."event_type", "drawn"."ts",
    "drawn"."tags", "drawn"."payload", "drawn"."content_checksum", "drawn"."schema_version", "drawn"."codec",
    "drawn"."compression", "drawn"."key_id", "drawn"."metadata", "drawn"."idempotency_key",
    "drawn"."begun_after"
  from (
    select nextval('"events_position"') as "global_position", :stream_id as "stream_id",
      ("claimed"."base" + "n"."ordinal") as "seq", "n"."event_type" as "event_type", "n"."ts" as "ts",
      "n"."tags" as "tags", "n"."payload" as "payload",
      ("n"."content_checksum" - ("claimed"."base" + "n"."ordinal")) as "content_checksum",
      coalesce("n"."schema_version", 1) as "schema_version", coalesce("n"."codec", 'json') as "codec",
      "n"."compression" as "compression", "n"."key_id" as "key_id", "n"."metadata" as "metadata",
      "n"."idempotency_key" as "idempotency_key",
      case when "n"."ordinal" = :count then "announced"."begun" end as "begun_after"
    from "claimed"
    cross join "announced"
    cross join
      unnest(cast(:types as varchar[]), cast(:times as bigint[]), cast(:tags as varchar[]),
      cast(:payloads as bytea[]), cast(:checksums as bigint[]), cast(:schema_versions as bigint[]),
      cast(:codecs as varchar[]), cast(:compressions as varchar[]), cast(:key_ids as varchar[]),
      cast(:metadata as varchar[]), cast(:idempotency_keys as varchar[])) with ordinality as "n" ("event_type",
      "ts", "tags", "payload", "content_checksum", "schema_version", "codec", "compression", "key_id",
      "metadata", "idempotency_key", "ordinal")
    order by "n"."ordinal") as "drawn"
  order by "drawn"."global_position"
  returning "events"."global_position", "events"."seq", "events"."stream_id"),
"labelled" as (
  insert into "events_tags" ("stream_id", "seq", "tag", "global_position")
  select "written"."stream_id", "written"."seq", "l"."tag", "written"."global_position"
  from "written"
  cross join "claimed"
  join unnest(cast(:tagged_ids as varchar[]), cast(:tagged_seqs as bigint[]), cast(:tag_names as varchar[]))
      with ordinality as "l" ("stream_id", "seq", "tag", "ordinal")
    on "written"."seq" = ("claimed"."base" + "l"."seq")
  returning "events_tags"."seq")
select "written"."global_position", "written"."seq"
from "written";
--   CTE Scan on written
--     CTE claimed
--       Insert on streams
--         Conflict Resolution: UPDATE
--         Conflict Arbiter Indexes: streams_pkey
--         Conflict Filter: ((streams.state = 'ACTIVE'::text) AND (streams.last_seq >= ?) AND (streams.last_seq <= ?))
--         Result
--     CTE announced
--       CTE Scan on claimed
--         InitPlan 2
--           Seq Scan on events_position  -- allowed: the sequence, which has one row
--     CTE written
--       Insert on events
--         Subquery Scan on "*SELECT*"
--           Sort  -- allowed: the positions that were drawn for this append
--             Sort Key: drawn.global_position
--             Subquery Scan on drawn
--               Nested Loop
--                 Function Scan on n
--                 Materialize  -- allowed: one row: the claimed stream
--                   Nested Loop
--                     CTE Scan on claimed claimed_1
--                     CTE Scan on announced
--     CTE labelled
--       Insert on events_tags
--         Hash Join
--           Hash Cond: ((claimed_2.base + l.seq) = written_1.seq)
--           Nested Loop
--             CTE Scan on claimed claimed_2
--             Function Scan on l
--           Hash  -- allowed: finds the event of each tag of this append in one step
--             CTE Scan on written written_1

-- appendToAny
-- run by: Journal.append
with "claimed" as (
  insert into "streams" ("stream_id", "last_seq")
  values (:stream_id, :count)
  on conflict ("stream_id") do update
  set "last_seq" = ("streams"."last_seq" + excluded."last_seq")
  where ("streams"."state" = 'ACTIVE'
    and "streams"."last_seq" between :lowest and :highest)
  returning ("streams"."last_seq" - :count) as "base"),
"announced" as materialized (
  select (
    select case
      when
        pg_advisory_xact_lock_shared((('"events"'::regclass::oid::bigint & 65535) << 48) | l.position)::text
        is not null then l.position end
    from (select case when is_called then last_value else 0 end as "position" from "events_position") as l)
    as "begun"
  from "claimed")
insert into "events" ("global_position", "stream_id", "seq", "event_type", "ts", "tags", "payload",
  "content_checksum", "schema_version", "codec", "compression", "key_id", "metadata", "idempotency_key",
  "begun_after")
select "drawn"."global_position", "drawn"."stream_id", "drawn"."seq", "drawn"."event_type", "drawn"."ts",
  "drawn"."tags", "drawn"."payload", "drawn"."content_checksum", "drawn"."schema_version", "drawn"."codec",
  "drawn"."compression", "drawn"."key_id", "drawn"."metadata", "drawn"."idempotency_key",
  "drawn"."begun_after"
from (
  select nextval('"events_position"') as "global_position", :stream_id as "stream_id",
    ("claimed"."base" + "n"."ordinal") as "seq", "n"."event_type" as "event_type", "n"."ts" as "ts",
    "n"."tags" as "tags", "n"."payload" as "payload",
    ("n"."content_checksum" - ("claimed"."base" + "n"."ordinal")) as "content_checksum",
    coalesce("n"."schema_version", 1) as "schema_version", coalesce("n"."codec", 'json') as "codec",
    "n"."compression" as "compression", "n"."key_id" as "key_id", "n"."metadata" as "metadata",
    "n"."idempotency_key" as "idempotency_key",
    case when "n"."ordinal" = :count then "announced"."begun" end as "begun_after"
  from "claimed"
  cross join "announced"
  cross join
    unnest(cast(:types as varchar[]), cast(:times as bigint[]), cast(:tags as varchar[]),
    cast(:payloads as bytea[]), cast(:checksums as bigint[]), cast(:schema_versions as bigint[]),
    cast(:codecs as varchar[]), cast(:compressions as varchar[]), cast(:key_ids as varchar[]),
    cast(:metadata as varchar[]), cast(:idempotency_keys as varchar[])) with ordinality as "n" ("event_type",
    "ts", "tags", "payload", "content_checksum", "schema_version", "codec", "compression", "key_id",
    "metadata", "idempotency_key", "ordinal")
  order by "n"."ordinal") as "drawn"
order by "drawn"."global_position"
returning "events"."global_position", "events"."seq", "events"."stream_id";
--   Insert on events
--     CTE claimed
--       Insert on streams
--         Conflict Resolution: UPDATE
--         Conflict Arbiter Indexes: streams_pkey
--         Conflict Filter: ((streams.state = 'ACTIVE'::text) AND (streams.last_seq >= ?) AND (streams.last_seq <= ?))
--         Result
--     CTE announced
--       CTE Scan on claimed claimed_1
--         InitPlan 2
--           Seq Scan on events_position  -- allowed: the sequence, which has one row
--     Subquery Scan on "*SELECT*"
--       Sort  -- allowed: the positions that were drawn for this append
--         Sort Key: drawn.global_position
--         Subquery Scan on drawn
--           Nested Loop
--             Function Scan on n
--             Materialize  -- allowed: one row: the claimed stream
--               Nested Loop
--                 CTE Scan on claimed
--                 CTE Scan on announced

-- appendToKnownTaggedInTransaction
-- run by: Journal.append
with "claimed" as (
  update "streams"
  set "last_seq" = ("streams"."last_seq" + :count)
  where ("streams"."stream_id" = :stream_id
    and "streams"."state" = 'ACTIVE'
    and "streams"."last_seq" between :lowest and :highest)
  returning ("streams"."last_seq" - :count) as "base"),
"announced" as materialized (
  select case
    when current_setting('daybook.begun_after_' || '"events"'::regclass::oid::bigint, true) <> '' then
      array[current_setting('daybook.begun_after_' || '"events"'::regclass::oid::bigint, true)::bigint,
      current_setting('daybook.begun_after_' || '"events"'::regclass::oid::bigint, true)::bigint]
    else (
      select case
        when
          concat(set_config('daybook.begun_after_' || '"events"'::regclass::oid::bigint, l.position::text,
            true),
          pg_advisory_xact_lock_shared((('"events"'::regclass::oid::bigint & 65535) << 48) | l.position)::text)
          is not null then array[null, l.position] end
      from (select case when is_called then last_value else 0 end as "position" from "events_position") as l)
      end as "begun"
  from "claimed"),
"written" as (
  insert into "events" ("global_position", "stream_id", "seq", "event_type", "ts", "tags", "payload",
    "content_checksum", "schema_version", "codec", "compression", "key_id", "metadata", "idempotency_key",
    "begun_after")
  select "drawn"."global_position", "drawn"."stream_id", "drawn"."seq", "drawn"."event_type", "drawn"."ts",
    "drawn"."tags", "drawn"."payload", "drawn"."content_checksum", "drawn"."schema_version", "drawn"."codec",
    "drawn"."compression", "drawn"."key_id", "drawn"."metadata", "drawn"."idempotency_key",
    "drawn"."begun_after"
  from (
    select nextval('"events_position"') as "global_position", :stream_id as "stream_id",
      ("claimed"."base" + "n"."ordinal") as "seq", "n"."event_type" as "event_type", "n"."ts" as "ts",
      "n"."tags" as "tags", "n"."payload" as "payload",
      ("n"."content_checksum" - ("claimed"."base" + "n"."ordinal")) as "content_checksum",
      coalesce("n"."schema_version", 1) as "schema_version", coalesce("n"."codec", 'json') as "codec",
      "n"."compression" as "compression", "n"."key_id" as "key_id", "n"."metadata" as "metadata",
      "n"."idempotency_key" as "idempotency_key",
      case when "n"."ordinal" = :count then ("announced"."begun")[2] end as "begun_after"
    from "claimed"
    cross join "announced"
    cross join
      unnest(cast(:types as varchar[]), cast(:times as bigint[]), cast(:tags as varchar[]),
      cast(:payloads as bytea[]), cast(:checksums as bigint[]), cast(:schema_versions as bigint[]),
      cast(:codecs as varchar[]), cast(:compressions as varchar[]), cast(:key_ids as varchar[]),
      cast(:metadata as varchar[]), cast(:idempotency_keys as varchar[])) with ordinality as "n" ("event_type",
      "ts", "tags", "payload", "content_checksum", "schema_version", "codec", "compression", "key_id",
      "metadata", "idempotency_key", "ordinal")
    order by "n"."ordinal") as "drawn"
  order by "drawn"."global_position"
  returning "events"."global_position", "events"."seq", "events"."stream_id"),
"labelled" as (
  insert into "events_tags" ("stream_id", "seq", "tag", "global_position")
  select "written"."stream_id", "written"."seq", "l"."tag", "written"."global_position"
  from "written"
  cross join "claimed"
  join unnest(cast(:tagged_ids as varchar[]), cast(:tagged_seqs as bigint[]), cast(:tag_names as varchar[]))
      with ordinality as "l" ("stream_id", "seq", "tag", "ordinal")
    on "written"."seq" = ("claimed"."base" + "l"."seq")
  returning "events_tags"."seq")
select "written"."global_position", "written"."seq"
from "written";
--   CTE Scan on written
--     CTE claimed
--       Update on streams
--         Index Scan using streams_pkey on streams: (stream_id = ?)
--           Filter: ((last_seq >= ?) AND (last_seq <= ?) AND (state = 'ACTIVE'::text))
--     CTE announced
--       CTE Scan on claimed
--         InitPlan 2
--           Seq Scan on events_position  -- allowed: the sequence, which has one row
--     CTE written
--       Insert on events
--         Subquery Scan on "*SELECT*"
--           Sort  -- allowed: the positions that were drawn for this append
--             Sort Key: drawn.global_position
--             Subquery Scan on drawn
--               Nested Loop
--                 Function Scan on n
--                 Materialize  -- allowed: one row: the claimed stream
--                   Nested Loop
--                     CTE Scan on claimed claimed_1
--                     CTE Scan on announced
--     CTE labelled
--       Insert on events_tags
--         Hash Join
--           Hash Cond: ((claimed_2.base + l.seq) = written_1.seq)
--           Nested Loop
--             CTE Scan on claimed claimed_2
--             Function Scan on l
--           Hash  -- allowed: finds the event of each tag of this append in one step
--             CTE Scan on written written_1

-- appendToKnownInTransaction
-- run by: Journal.append
with "claimed" as (
  update "streams"
  set "last_seq" = ("streams"."last_seq" + :count)
  where ("streams"."stream_id" = :stream_id
    and "streams"."state" = 'ACTIVE'
    and "streams"."last_seq" between :lowest and :highest)
  returning ("streams"."last_seq" - :count) as "base"),
"announced" as materialized (
  select case
    when current_setting('daybook.begun_after_' || '"events"'::regclass::oid::bigint, true) <> '' then
      array[current_setting('daybook.begun_after_' || '"events"'::regclass::oid::bigint, true)::bigint,
      current_setting('daybook.begun_after_' || '"events"'::regclass::oid::bigint, true)::bigint]
    else (
      select case
        when
          concat(set_config('daybook.begun_after_' || '"events"'::regclass::oid::bigint, l.position::text,
            true),
          pg_advisory_xact_lock_shared((('"events"'::regclass::oid::bigint & 65535) << 48) | l.position)::text)
          is not null then array[null, l.position] end
      from (select case when is_called then last_value else 0 end as "position" from "events_position") as l)
      end as "begun"
  from "claimed")
insert into "events" ("global_position", "stream_id", "seq", "event_type", "ts", "tags", "payload",
  "content_checksum", "schema_version", "codec", "compression", "key_id", "metadata", "idempotency_key",
  "begun_after")
select "drawn"."global_position", "drawn"."stream_id", "drawn"."seq", "drawn"."event_type", "drawn"."ts",
  "drawn"."tags", "drawn"."payload", "drawn"."content_checksum", "drawn"."schema_version", "drawn"."codec",
  "drawn"."compression", "drawn"."key_id", "drawn"."metadata", "drawn"."idempotency_key",
  "drawn"."begun_after"
from (
  select nextval('"events_position"') as "global_position", :stream_id as "stream_id",
    ("claimed"."base" + "n"."ordinal") as "seq", "n"."event_type" as "event_type", "n"."ts" as "ts",
    "n"."tags" as "tags", "n"."payload" as "payload",
    ("n"."content_checksum" - ("claimed"."base" + "n"."ordinal")) as "content_checksum",
    coalesce("n"."schema_version", 1) as "schema_version", coalesce("n"."codec", 'json') as "codec",
    "n"."compression" as "compression", "n"."key_id" as "key_id", "n"."metadata" as "metadata",
    "n"."idempotency_key" as "idempotency_key",
    case when "n"."ordinal" = :count then ("announced"."begun")[2] end as "begun_after"
  from "claimed"
  cross join "announced"
  cross join
    unnest(cast(:types as varchar[]), cast(:times as bigint[]), cast(:tags as varchar[]),
    cast(:payloads as bytea[]), cast(:checksums as bigint[]), cast(:schema_versions as bigint[]),
    cast(:codecs as varchar[]), cast(:compressions as varchar[]), cast(:key_ids as varchar[]),
    cast(:metadata as varchar[]), cast(:idempotency_keys as varchar[])) with ordinality as "n" ("event_type",
    "ts", "tags", "payload", "content_checksum", "schema_version", "codec", "compression", "key_id",
    "metadata", "idempotency_key", "ordinal")
  order by "n"."ordinal") as "drawn"
order by "drawn"."global_position"
returning "events"."global_position", "events"."seq", "events"."stream_id";
--   Insert on events
--     CTE claimed
--       Update on streams
--         Index Scan using streams_pkey on streams: (stream_id = ?)
--           Filter: ((last_seq >= ?) AND (last_seq <= ?) AND (state = 'ACTIVE'::text))
--     CTE announced
--       CTE Scan on claimed claimed_1
--         InitPlan 2
--           Seq Scan on events_position  -- allowed: the sequence, which has one row
--     Subquery Scan on "*SELECT*"
--       Sort  -- allowed: the positions that were drawn for this append
--         Sort Key: drawn.global_position
--         Subquery Scan on drawn
--           Nested Loop
--             Function Scan on n
--             Materialize  -- allowed: one row: the claimed stream
--               Nested Loop
--                 CTE Scan on claimed
--                 CTE Scan on announced

-- appendToAnyTaggedInTransaction
-- run by: Journal.append
with "claimed" as (
  insert into "streams" ("stream_id", "last_seq")
  values (:stream_id, :count)
  on conflict ("stream_id") do update
  set "last_seq" = ("streams"."last_seq" + excluded."last_seq")
  where ("streams"."state" = 'ACTIVE'
    and "streams"."last_seq" between :lowest and :highest)
  returning ("streams"."last_seq" - :count) as "base"),
"announced" as materialized (
  select case
    when current_setting('daybook.begun_after_' || '"events"'::regclass::oid::bigint, true) <> '' then
      array[current_setting('daybook.begun_after_' || '"events"'::regclass::oid::bigint, true)::bigint,
      current_setting('daybook.begun_after_' || '"events"'::regclass::oid::bigint, true)::bigint]
    else (
      select case
        when
          concat(set_config('daybook.begun_after_' || '"events"'::regclass::oid::bigint, l.position::text,
            true),
          pg_advisory_xact_lock_shared((('"events"'::regclass::oid::bigint & 65535) << 48) | l.position)::text)
          is not null then array[null, l.position] end
      from (select case when is_called then last_value else 0 end as "position" from "events_position") as l)
      end as "begun"
  from "claimed"),
"written" as (
  insert into "events" ("global_position", "stream_id", "seq", "event_type", "ts", "tags", "payload",
    "content_checksum", "schema_version", "codec", "compression", "key_id", "metadata", "idempotency_key",
    "begun_after")
  select "drawn"."global_position", "drawn"."stream_id", "drawn"."seq", "drawn"."event_type", "drawn"."ts",
    "drawn"."tags", "drawn"."payload", "drawn"."content_checksum", "drawn"."schema_version", "drawn"."codec",
    "drawn"."compression", "drawn"."key_id", "drawn"."metadata", "drawn"."idempotency_key",
    "drawn"."begun_after"
  from (
    select nextval('"events_position"') as "global_position", :stream_id as "stream_id",
      ("claimed"."base" + "n"."ordinal") as "seq", "n"."event_type" as "event_type", "n"."ts" as "ts",
      "n"."tags" as "tags", "n"."payload" as "payload",
      ("n"."content_checksum" - ("claimed"."base" + "n"."ordinal")) as "content_checksum",
      coalesce("n"."schema_version", 1) as "schema_version", coalesce("n"."codec", 'json') as "codec",
      "n"."compression" as "compression", "n"."key_id" as "key_id", "n"."metadata" as "metadata",
      "n"."idempotency_key" as "idempotency_key",
      case when "n"."ordinal" = :count then ("announced"."begun")[2] end as "begun_after"
    from "claimed"
    cross join "announced"
    cross join
      unnest(cast(:types as varchar[]), cast(:times as bigint[]), cast(:tags as varchar[]),
      cast(:payloads as bytea[]), cast(:checksums as bigint[]), cast(:schema_versions as bigint[]),
      cast(:codecs as varchar[]), cast(:compressions as varchar[]), cast(:key_ids as varchar[]),
      cast(:metadata as varchar[]), cast(:idempotency_keys as varchar[])) with ordinality as "n" ("event_type",
      "ts", "tags", "payload", "content_checksum", "schema_version", "codec", "compression", "key_id",
      "metadata", "idempotency_key", "ordinal")
    order by "n"."ordinal") as "drawn"
  order by "drawn"."global_position"
  returning "events"."global_position", "events"."seq", "events"."stream_id"),
"labelled" as (
  insert into "events_tags" ("stream_id", "seq", "tag", "global_position")
  select "written"."stream_id", "written"."seq", "l"."tag", "written"."global_position"
  from "written"
  cross join "claimed"
  join unnest(cast(:tagged_ids as varchar[]), cast(:tagged_seqs as bigint[]), cast(:tag_names as varchar[]))
      with ordinality as "l" ("stream_id", "seq", "tag", "ordinal")
    on "written"."seq" = ("claimed"."base" + "l"."seq")
  returning "events_tags"."seq")
select "written"."global_position", "written"."seq"
from "written";
--   CTE Scan on written
--     CTE claimed
--       Insert on streams
--         Conflict Resolution: UPDATE
--         Conflict Arbiter Indexes: streams_pkey
--         Conflict Filter: ((streams.state = 'ACTIVE'::text) AND (streams.last_seq >= ?) AND (streams.last_seq <= ?))
--         Result
--     CTE announced
--       CTE Scan on claimed
--         InitPlan 2
--           Seq Scan on events_position  -- allowed: the sequence, which has one row
--     CTE written
--       Insert on events
--         Subquery Scan on "*SELECT*"
--           Sort  -- allowed: the positions that were drawn for this append
--             Sort Key: drawn.global_position
--             Subquery Scan on drawn
--               Nested Loop
--                 Function Scan on n
--                 Materialize  -- allowed: one row: the claimed stream
--                   Nested Loop
--                     CTE Scan on claimed claimed_1
--                     CTE Scan on announced
--     CTE labelled
--       Insert on events_tags
--         Hash Join
--           Hash Cond: ((claimed_2.base + l.seq) = written_1.seq)
--           Nested Loop
--             CTE Scan on claimed claimed_2
--             Function Scan on l
--           Hash  -- allowed: finds the event of each tag of this append in one step
--             CTE Scan on written written_1

-- appendToAnyInTransaction
-- run by: Journal.append
with "claimed" as (
  insert into "streams" ("stream_id", "last_seq")
  values (:stream_id, :count)
  on conflict ("stream_id") do update
  set "last_seq" = ("streams"."last_seq" + excluded."last_seq")
  where ("streams"."state" = 'ACTIVE'
    and "streams"."last_seq" between :lowest and :highest)
  returning ("streams"."last_seq" - :count) as "base"),
"announced" as materialized (
  select case
    when current_setting('daybook.begun_after_' || '"events"'::regclass::oid::bigint, true) <> '' then
      array[current_setting('daybook.begun_after_' || '"events"'::regclass::oid::bigint, true)::bigint,
      current_setting('daybook.begun_after_' || '"events"'::regclass::oid::bigint, true)::bigint]
    else (
      select case
        when
          concat(set_config('daybook.begun_after_' || '"events"'::regclass::oid::bigint, l.position::text,
            true),
          pg_advisory_xact_lock_shared((('"events"'::regclass::oid::bigint & 65535) << 48) | l.position)::text)
          is not null then array[null, l.position] end
      from (select case when is_called then last_value else 0 end as "position" from "events_position") as l)
      end as "begun"
  from "claimed")
insert into "events" ("global_position", "stream_id", "seq", "event_type", "ts", "tags", "payload",
  "content_checksum", "schema_version", "codec", "compression", "key_id", "metadata", "idempotency_key",
  "begun_after")
select "drawn"."global_position", "drawn"."stream_id", "drawn"."seq", "drawn"."event_type", "drawn"."ts",
  "drawn"."tags", "drawn"."payload", "drawn"."content_checksum", "drawn"."schema_version", "drawn"."codec",
  "drawn"."compression", "drawn"."key_id", "drawn"."metadata", "drawn"."idempotency_key",
  "drawn"."begun_after"
from (
  select nextval('"events_position"') as "global_position", :stream_id as "stream_id",
    ("claimed"."base" + "n"."ordinal") as "seq", "n"."event_type" as "event_type", "n"."ts" as "ts",
    "n"."tags" as "tags", "n"."payload" as "payload",
    ("n"."content_checksum" - ("claimed"."base" + "n"."ordinal")) as "content_checksum",
    coalesce("n"."schema_version", 1) as "schema_version", coalesce("n"."codec", 'json') as "codec",
    "n"."compression" as "compression", "n"."key_id" as "key_id", "n"."metadata" as "metadata",
    "n"."idempotency_key" as "idempotency_key",
    case when "n"."ordinal" = :count then ("announced"."begun")[2] end as "begun_after"
  from "claimed"
  cross join "announced"
  cross join
    unnest(cast(:types as varchar[]), cast(:times as bigint[]), cast(:tags as varchar[]),
    cast(:payloads as bytea[]), cast(:checksums as bigint[]), cast(:schema_versions as bigint[]),
    cast(:codecs as varchar[]), cast(:compressions as varchar[]), cast(:key_ids as varchar[]),
    cast(:metadata as varchar[]), cast(:idempotency_keys as varchar[])) with ordinality as "n" ("event_type",
    "ts", "tags", "payload", "content_checksum", "schema_version", "codec", "compression", "key_id",
    "metadata", "idempotency_key", "ordinal")
  order by "n"."ordinal") as "drawn"
order by "drawn"."global_position"
returning "events"."global_position", "events"."seq", "events"."stream_id";
--   Insert on events
--     CTE claimed
--       Insert on streams
--         Conflict Resolution: UPDATE
--         Conflict Arbiter Indexes: streams_pkey
--         Conflict Filter: ((streams.state = 'ACTIVE'::text) AND (streams.last_seq >= ?) AND (streams.last_seq <= ?))
--         Result
--     CTE announced
--       CTE Scan on claimed claimed_1
--         InitPlan 2
--           Seq Scan on events_position  -- allowed: the sequence, which has one row
--     Subquery Scan on "*SELECT*"
--       Sort  -- allowed: the positions that were drawn for this append
--         Sort Key: drawn.global_position
--         Subquery Scan on drawn
--           Nested Loop
--             Function Scan on n
--             Materialize  -- allowed: one row: the claimed stream
--               Nested Loop
--                 CTE Scan on claimed
--                 CTE Scan on announced

-- appendManyTogetherTaggedPlain
-- run by: Journal.append
with "wanted" as materialized (
  select *
  from
    unnest(cast(:wanted_ids as varchar[]), cast(:counts as bigint[]), cast(:lowest as bigint[]),
    cast(:highest as bigint[])) with ordinality as "w" ("stream_id", "count", "lowest", "highest", "ordinal")),
"claimed" as (
  insert into "streams" ("stream_id", "last_seq")
  select "wanted"."stream_id", "wanted"."count"
  from "wanted"
  where ("wanted"."lowest" = 0
    or exists (select 1 as "one" from "streams" as "k" where "k"."stream_id" = "wanted"."stream_id"))
  order by (("wanted"."stream_id") collate "C")
  on conflict ("stream_id") do update
  set "last_seq" = ("streams"."last_seq" + excluded."last_seq")
  where ("streams"."state" = 'ACTIVE'
    and exists (
      select 1 as "one"
      from "wanted"
      where ("wanted"."stream_id" = excluded."stream_id"
        and "streams"."last_seq" between "wanted"."lowest" and "wanted"."highest")))
  returning "streams"."stream_id", "streams"."last_seq"),
"based" as materialized (
  select "claimed"."stream_id", ("claimed"."last_seq" - "wanted"."count") as "base"
  from "claimed"
  join "wanted" on "claimed"."stream_id" = "wanted"."stream_id"),
"announced" as materialized (
  select (
    select case
      when
        pg_advisory_xact_lock_shared((('"events"'::regclass::oid::bigint & 65535) << 48) | l.position)::text
        is not null then l.position end
    from (select case when is_called then last_value else 0 end as "position" from "events_position") as l)
    as "begun"
  from (select count(*) as "count" from "based") as "c"
  where "c"."count" > 0),
"written" as (
  insert into "events" ("global_position", "stream_id", "seq", "event_type", "ts", "tags", "payload",
    "content_checksum", "schema_version", "codec", "begun_after")
  select "drawn"."global_position", "drawn"."stream_id", "drawn"."seq", "drawn"."event_type", "drawn"."ts",
    "drawn"."tags", "drawn"."payload", "drawn"."content_checksum", "drawn"."schema_version", "drawn"."codec",
    "drawn"."begun_after"
  from (
    select nextval('"events_position"') as "global_position", "n"."stream_id" as "stream_id",
      ("based"."base" + "n"."seq") as "seq", "n"."event_type" as "event_type", "n"."ts" as "ts",
      "n"."tags" as "tags", "n"."payload" as "payload",
      ("n"."content_checksum" - ("based"."base" + "n"."seq")) as "content_checksum", 1 as "schema_version",
      'json' as "codec", case when "n"."begun_after" > 0 then "announced"."begun" end as "begun_after"
    from "based"
    cross join "announced"
    join
        unnest(cast(:stream_ids as varchar[]), cast(:seqs as bigint[]), cast(:ends as bigint[]),
        cast(:types as varchar[]), cast(:times as bigint[]), cast(:tags as varchar[]),
        cast(:payloads as bytea[]), cast(:checksums as bigint[])) with ordinality as "n" ("stream_id", "seq",
        "begun_after", "event_type", "ts", "tags", "payload", "content_checksum", "ordinal")
      on "based"."stream_id" = "n"."stream_id"
    order by "n"."ordinal") as "drawn"
  order by "drawn"."global_position"
  returning "events"."global_position", "events"."seq", "events"."stream_id"),
"numbered" as materialized (
  select "written"."stream_id", "written"."seq", "written"."global_position",
    ("written"."seq" - "based"."base") as "number"
  from "written"
  join "based" on "based"."stream_id" = "written"."stream_id"),
"labelled" as (
  insert into "events_tags" ("stream_id", "seq", "tag", "global_position")
  select "numbered"."stream_id", "numbered"."seq", "l"."tag", "numbered"."global_position"
  from "numbered"
  join unnest(cast(:tagged_ids as varchar[]), cast(:tagged_seqs as bigint[]), cast(:tag_names as varchar[]))
      with ordinality as "l" ("stream_id", "seq", "tag", "ordinal")
    on ("l"."stream_id" = "numbered"."stream_id" and "l"."seq" = "numbered"."number")
  returning "events_tags"."seq")
select "written"."global_position", "written"."seq", "written"."stream_id"
from "written";
--   CTE Scan on written
--     CTE wanted
--       Function Scan on w
--     CTE claimed
--       Insert on streams
--         Conflict Resolution: UPDATE
--         Conflict Arbiter Indexes: streams_pkey
--         Conflict Filter: ((streams.state = 'ACTIVE'::text) AND EXISTS(SubPlan 2))
--         Subquery Scan on "*SELECT*"
--           Sort  -- allowed: the positions that were drawn for this append
--             Sort Key: wanted_1.stream_id COLLATE "C"
--             CTE Scan on wanted wanted_1
--               Filter: ((lowest = 0) OR EXISTS(SubPlan 3))
--               SubPlan 3
--                 Index Only Scan using streams_pkey on streams k: (stream_id = (wanted_1.stream_id)::text)
--         SubPlan 2
--           CTE Scan on wanted
--             Filter: ((streams.last_seq >= lowest) AND (streams.last_seq <= highest) AND ((stream_id)::text =
--                 excluded.stream_id))
--     CTE based
--       Hash Join
--         Hash Cond: ((wanted_2.stream_id)::text = claimed.stream_id)
--         CTE Scan on wanted wanted_2
--         Hash  -- allowed: the streams of these appends
--           CTE Scan on claimed
--     CTE announced
--       Subquery Scan on c
--         InitPlan 7
--           Seq Scan on events_position  -- allowed: the sequence, which has one row
--         Aggregate
--           Filter: (count(*) > 0)
--           CTE Scan on based
--     CTE written
--       Insert on events
--         Subquery Scan on "*SELECT*_1"
--           Sort  -- allowed: the positions that were drawn for this append
--             Sort Key: drawn.global_position
--             Subquery Scan on drawn
--               Result
--                 Sort  -- allowed: the positions that were drawn for this append
--                   Sort Key: n.ordinal
--                   Nested Loop
--                     CTE Scan on announced
--                     Hash Join
--                       Hash Cond: ((n.stream_id)::text = based_1.stream_id)
--                       Function Scan on n
--                       Hash  -- allowed: the streams of these appends
--                         CTE Scan on based based_1
--     CTE numbered
--       Hash Join
--         Hash Cond: (written_1.stream_id = based_2.stream_id)
--         CTE Scan on written written_1
--         Hash  -- allowed: the streams of these appends
--           CTE Scan on based based_2
--     CTE labelled
--       Insert on events_tags
--         Hash Join
--           Hash Cond: (((l.stream_id)::text = numbered.stream_id) AND (l.seq = numbered.number))
--           Function Scan on l
--           Hash  -- allowed: the streams of these appends
--             CTE Scan on numbered

-- appendManyTogetherTagged
-- run by: Journal.append
with "wanted" as materialized (
  select *
  from
    unnest(cast(:wanted_ids as varchar[]), cast(:counts as bigint[]), cast(:lowest as bigint[]),
    cast(:highest as bigint[])) with ordinality as "w" ("stream_id", "count", "lowest", "highest", "ordinal")),
"claimed" as (
  insert into "streams" ("stream_id", "last_seq")
  select "wanted"."stream_id", "wanted"."count"
  from "wanted"
  where ("wanted"."lowest" = 0
    or exists (select 1 as "one" from "streams" as "k" where "k"."stream_id" = "wanted"."stream_id"))
  order by (("wanted"."stream_id") collate "C")
  on conflict ("stream_id") do update
  set "last_seq" = ("streams"."last_seq" + excluded."last_seq")
  where ("streams"."state" = 'ACTIVE'
    and exists (
      select 1 as "one"
      from "wanted"
      where ("wanted"."stream_id" = excluded."stream_id"
        and "streams"."last_seq" between "wanted"."lowest" and "wanted"."highest")))
  returning "streams"."stream_id", "streams"."last_seq"),
"based" as materialized (
  select "claimed"."stream_id", ("claimed"."last_seq" - "wanted"."count") as "base"
  from "claimed"
  join "wanted" on "claimed"."stream_id" = "wanted"."stream_id"),
"announced" as materialized (
  select (
    select case
      when
        pg_advisory_xact_lock_shared((('"events"'::regclass::oid::bigint & 65535) << 48) | l.position)::text
        is not null then l.position end
    from (select case when is_called then last_value else 0 end as "position" from "events_position") as l)
    as "begun"
  from (select count(*) as "count" from "based") as "c"
  where "c"."count" > 0),
"written" as (
  insert into "events" ("global_position", "stream_id", "seq", "event_type", "ts", "tags", "payload",
    "content_checksum", "schema_version", "codec", "compression", "key_id", "metadata", "idempotency_key",
    "begun_after")
  select "drawn"."global_position", "drawn"."stream_id", "drawn"."seq", "drawn"."event_type", "drawn"."ts",
    "drawn"."tags", "drawn"."payload", "drawn"."content_checksum", "drawn"."schema_version", "drawn"."codec",
    "drawn"."compression", "drawn"."key_id", "drawn"."metadata", "drawn"."idempotency_key",
    "drawn"."begun_after"
  from (
    select nextval('"events_position"') as "global_position", "n"."stream_id" as "stream_id",
      ("based"."base" + "n"."seq") as "seq", "n"."event_type" as "event_type", "n"."ts" as "ts",
      "n"."tags" as "tags", "n"."payload" as "payload",
      ("n"."content_checksum" - ("based"."base" + "n"."seq")) as "content_checksum",
      coalesce("n"."schema_version", 1) as "schema_version", coalesce("n"."codec", 'json') as "codec",
      "n"."compression" as "compression", "n"."key_id" as "key_id", "n"."metadata" as "metadata",
      "n"."idempotency_key" as "idempotency_key",
      case when "n"."begun_after" > 0 then "announced"."begun" end as "begun_after"
    from "based"
    cross join "announced"
    join
        unnest(cast(:stream_ids as varchar[]), cast(:seqs as bigint[]), cast(:ends as bigint[]),
        cast(:types as varchar[]), cast(:times as bigint[]), cast(:tags as varchar[]),
        cast(:payloads as bytea[]), cast(:checksums as bigint[]), cast(:schema_versions as bigint[]),
        cast(:codecs as varchar[]), cast(:compressions as varchar[]), cast(:key_ids as varchar[]),
        cast(:metadata as varchar[]), cast(:idempotency_keys as varchar[])) with ordinality as "n" ("stream_id",
        "seq", "begun_after", "event_type", "ts", "tags", "payload", "content_checksum", "schema_version",
        "codec", "compression", "key_id", "metadata", "idempotency_key", "ordinal")
      on "based"."stream_id" = "n"."stream_id"
    order by "n"."ordinal") as "drawn"
  order by "drawn"."global_position"
  returning "events"."global_position", "events"."seq", "events"."stream_id"),
"numbered" as materialized (
  select "written"."stream_id", "written"."seq", "written"."global_position",
    ("written"."seq" - "based"."base") as "number"
  from "written"
  join "based" on "based"."stream_id" = "written"."stream_id"),
"labelled" as (
  insert into "events_tags" ("stream_id", "seq", "tag", "global_position")
  select "numbered"."stream_id", "numbered"."seq", "l"."tag", "numbered"."global_position"
  from "numbered"
  join unnest(cast(:tagged_ids as varchar[]), cast(:tagged_seqs as bigint[]), cast(:tag_names as varchar[]))
      with ordinality as "l" ("stream_id", "seq", "tag", "ordinal")
    on ("l"."stream_id" = "numbered"."stream_id" and "l"."seq" = "numbered"."number")
  returning "events_tags"."seq")
select "written"."global_position", "written"."seq", "written"."stream_id"
from "written";
--   CTE Scan on written
--     CTE wanted
--       Function Scan on w
--     CTE claimed
--       Insert on streams
--         Conflict Resolution: UPDATE
--         Conflict Arbiter Indexes: streams_pkey
--         Conflict Filter: ((streams.state = 'ACTIVE'::text) AND EXISTS(SubPlan 2))
--         Subquery Scan on "*SELECT*"
--           Sort  -- allowed: the positions that were drawn for this append
--             Sort Key: wanted_1.stream_id COLLATE "C"
--             CTE Scan on wanted wanted_1
--               Filter: ((lowest = 0) OR EXISTS(SubPlan 3))
--               SubPlan 3
--                 Index Only Scan using streams_pkey on streams k: (stream_id = (wanted_1.stream_id)::text)
--         SubPlan 2
--           CTE Scan on wanted
--             Filter: ((streams.last_seq >= lowest) AND (streams.last_seq <= highest) AND ((stream_id)::text =
--                 excluded.stream_id))
--     CTE based
--       Hash Join
--         Hash Cond: ((wanted_2.stream_id)::text = claimed.stream_id)
--         CTE Scan on wanted wanted_2
--         Hash  -- allowed: the streams of these appends
--           CTE Scan on claimed
--     CTE announced
--       Subquery Scan on c
--         InitPlan 7
--           Seq Scan on events_position  -- allowed: the sequence, which has one row
--         Aggregate
--           Filter: (count(*) > 0)
--           CTE Scan on based
--     CTE written
--       Insert on events
--         Subquery Scan on "*SELECT*_1"
--           Sort  -- allowed: the positions that were drawn for this append
--             Sort Key: drawn.global_position
--             Subquery Scan on drawn
--               Result
--                 Sort  -- allowed: the positions that were drawn for this append
--                   Sort Key: n.ordinal
--                   Nested Loop
--                     CTE Scan on announced
--                     Hash Join
--                       Hash Cond: ((n.stream_id)::text = based_1.stream_id)
--                       Function Scan on n
--                       Hash  -- allowed: the streams of these appends
--                         CTE Scan on based based_1
--     CTE numbered
--       Hash Join
--         Hash Cond: (written_1.stream_id = based_2.stream_id)
--         CTE Scan on written written_1
--         Hash  -- allowed: the streams of these appends
--           CTE Scan on based based_2
--     CTE labelled
--       Insert on events_tags
--         Hash Join
--           Hash Cond: (((l.stream_id)::text = numbered.stream_id) AND (l.seq = numbered.number))
--           Function Scan on l
--           Hash  -- allowed: the streams of these appends
--             CTE Scan on numbered

-- appendManyTogetherPlain
-- run by: Journal.append
with "wanted" as materialized (
  select *
  from
    unnest(cast(:wanted_ids as varchar[]), cast(:counts as bigint[]), cast(:lowest as bigint[]),
    cast(:highest as bigint[])) with ordinality as "w" ("stream_id", "count", "lowest", "highest", "ordinal")),
"claimed" as (
  insert into "streams" ("stream_id", "last_seq")
  select "wanted"."stream_id", "wanted"."count"
  from "wanted"
  where ("wanted"."lowest" = 0
    or exists (select 1 as "one" from "streams" as "k" where "k"."stream_id" = "wanted"."stream_id"))
  order by (("wanted"."stream_id") collate "C")
  on conflict ("stream_id") do update
  set "last_seq" = ("streams"."last_seq" + excluded."last_seq")
  where ("streams"."state" = 'ACTIVE'
    and exists (
      select 1 as "one"
      from "wanted"
      where ("wanted"."stream_id" = excluded."stream_id"
        and "streams"."last_seq" between "wanted"."lowest" and "wanted"."highest")))
  returning "streams"."stream_id", "streams"."last_seq"),
"based" as materialized (
  select "claimed"."stream_id", ("claimed"."last_seq" - "wanted"."count") as "base"
  from "claimed"
  join "wanted" on "claimed"."stream_id" = "wanted"."stream_id"),
"announced" as materialized (
  select (
    select case
      when
        pg_advisory_xact_lock_shared((('"events"'::regclass::oid::bigint & 65535) << 48) | l.position)::text
        is not null then l.position end
    from (select case when is_called then last_value else 0 end as "position" from "events_position") as l)
    as "begun"
  from (select count(*) as "count" from "based") as "c"
  where "c"."count" > 0)
insert into "events" ("global_position", "stream_id", "seq", "event_type", "ts", "tags", "payload",
  "content_checksum", "schema_version", "codec", "begun_after")
select "drawn"."global_position", "drawn"."stream_id", "drawn"."seq", "drawn"."event_type", "drawn"."ts",
  "drawn"."tags", "drawn"."payload", "drawn"."content_checksum", "drawn"."schema_version", "drawn"."codec",
  "drawn"."begun_after"
from (
  select nextval('"events_position"') as "global_position", "n"."stream_id" as "stream_id",
    ("based"."base" + "n"."seq") as "seq", "n"."event_type" as "event_type", "n"."ts" as "ts",
    "n"."tags" as "tags", "n"."payload" as "payload",
    ("n"."content_checksum" - ("based"."base" + "n"."seq")) as "content_checksum", 1 as "schema_version",
    'json' as "codec", case when "n"."begun_after" > 0 then "announced"."begun" end as "begun_after"
  from "based"
  cross join "announced"
  join
      unnest(cast(:stream_ids as varchar[]), cast(:seqs as bigint[]), cast(:ends as bigint[]),
      cast(:types as varchar[]), cast(:times as bigint[]), cast(:tags as varchar[]),
      cast(:payloads as bytea[]), cast(:checksums as bigint[])) with ordinality as "n" ("stream_id", "seq",
      "begun_after", "event_type", "ts", "tags", "payload", "content_checksum", "ordinal")
    on "based"."stream_id" = "n"."stream_id"
  order by "n"."ordinal") as "drawn"
order by "drawn"."global_position"
returning "events"."global_position", "events"."seq", "events"."stream_id";
--   Insert on events
--     CTE wanted
--       Function Scan on w
--     CTE claimed
--       Insert on streams
--         Conflict Resolution: UPDATE
--         Conflict Arbiter Indexes: streams_pkey
--         Conflict Filter: ((streams.state = 'ACTIVE'::text) AND EXISTS(SubPlan 2))
--         Subquery Scan on "*SELECT*_1"
--           Sort  -- allowed: the positions that were drawn for this append
--             Sort Key: wanted_1.stream_id COLLATE "C"
--             CTE Scan on wanted wanted_1
--               Filter: ((lowest = 0) OR EXISTS(SubPlan 3))
--               SubPlan 3
--                 Index Only Scan using streams_pkey on streams k: (stream_id = (wanted_1.stream_id)::text)
--         SubPlan 2
--           CTE Scan on wanted
--             Filter: ((streams.last_seq >= lowest) AND (streams.last_seq <= highest) AND ((stream_id)::text =
--                 excluded.stream_id))
--     CTE based
--       Hash Join
--         Hash Cond: ((wanted_2.stream_id)::text = claimed.stream_id)
--         CTE Scan on wanted wanted_2
--         Hash  -- allowed: the streams of these appends
--           CTE Scan on claimed
--     CTE announced
--       Subquery Scan on c
--         InitPlan 7
--           Seq Scan on events_position  -- allowed: the sequence, which has one row
--         Aggregate
--           Filter: (count(*) > 0)
--           CTE Scan on based based_1
--     Subquery Scan on "*SELECT*"
--       Sort  -- allowed: the positions that were drawn for this append
--         Sort Key: drawn.global_position
--         Subquery Scan on drawn
--           Result
--             Sort  -- allowed: the positions that were drawn for this append
--               Sort Key: n.ordinal
--               Nested Loop
--                 CTE Scan on announced
--                 Hash Join
--                   Hash Cond: ((n.stream_id)::text = based.stream_id)
--                   Function Scan on n
--                   Hash  -- allowed: the streams of these appends
--                     CTE Scan on based

-- appendManyTogether
-- run by: Journal.append
with "wanted" as materialized (
  select *
  from
    unnest(cast(:wanted_ids as varchar[]), cast(:counts as bigint[]), cast(:lowest as bigint[]),
    cast(:highest as bigint[])) with ordinality as "w" ("stream_id", "count", "lowest", "highest", "ordinal")),
"claimed" as (
  insert into "streams" ("stream_id", "last_seq")
  select "wanted"."stream_id", "wanted"."count"
  from "wanted"
  where ("wanted"."lowest" = 0
    or exists (select 1 as "one" from "streams" as "k" where "k"."stream_id" = "wanted"."stream_id"))
  order by (("wanted"."stream_id") collate "C")
  on conflict ("stream_id") do update
  set "last_seq" = ("streams"."last_seq" + excluded."last_seq")
  where ("streams"."state" = 'ACTIVE'
    and exists (
      select 1 as "one"
      from "wanted"
      where ("wanted"."stream_id" = excluded."stream_id"
        and "streams"."last_seq" between "wanted"."lowest" and "wanted"."highest")))
  returning "streams"."stream_id", "streams"."last_seq"),
"based" as materialized (
  select "claimed"."stream_id", ("claimed"."last_seq" - "wanted"."count") as "base"
  from "claimed"
  join "wanted" on "claimed"."stream_id" = "wanted"."stream_id"),
"announced" as materialized (
  select (
    select case
      when
        pg_advisory_xact_lock_shared((('"events"'::regclass::oid::bigint & 65535) << 48) | l.position)::text
        is not null then l.position end
    from (select case when is_called then last_value else 0 end as "position" from "events_position") as l)
    as "begun"
  from (select count(*) as "count" from "based") as "c"
  where "c"."count" > 0)
insert into "events" ("global_position", "stream_id", "seq", "event_type", "ts", "tags", "payload",
  "content_checksum", "schema_version", "codec", "compression", "key_id", "metadata", "idempotency_key",
  "begun_after")
select "drawn"."global_position", "drawn"."stream_id", "drawn"."seq", "drawn"."event_type", "drawn"."ts",
  "drawn"."tags", "drawn"."payload", "drawn"."content_checksum", "drawn"."schema_version", "drawn"."codec",
  "drawn"."compression", "drawn"."key_id", "drawn"."metadata", "drawn"."idempotency_key",
  "drawn"."begun_after"
from (
  select nextval('"events_position"') as "global_position", "n"."stream_id" as "stream_id",
    ("based"."base" + "n"."seq") as "seq", "n"."event_type" as "event_type", "n"."ts" as "ts",
    "n"."tags" as "tags", "n"."payload" as "payload",
    ("n"."content_checksum" - ("based"."base" + "n"."seq")) as "content_checksum",
    coalesce("n"."schema_version", 1) as "schema_version", coalesce("n"."codec", 'json') as "codec",
    "n"."compression" as "compression", "n"."key_id" as "key_id", "n"."metadata" as "metadata",
    "n"."idempotency_key" as "idempotency_key",
    case when "n"."begun_after" > 0 then "announced"."begun" end as "begun_after"
  from "based"
  cross join "announced"
  join
      unnest(cast(:stream_ids as varchar[]), cast(:seqs as bigint[]), cast(:ends as bigint[]),
      cast(:types as varchar[]), cast(:times as bigint[]), cast(:tags as varchar[]),
      cast(:payloads as bytea[]), cast(:checksums as bigint[]), cast(:schema_versions as bigint[]),
      cast(:codecs as varchar[]), cast(:compressions as varchar[]), cast(:key_ids as varchar[]),
      cast(:metadata as varchar[]), cast(:idempotency_keys as varchar[])) with ordinality as "n" ("stream_id",
      "seq", "begun_after", "event_type", "ts", "tags", "payload", "content_checksum", "schema_version",
      "codec", "compression", "key_id", "metadata", "idempotency_key", "ordinal")
    on "based"."stream_id" = "n"."stream_id"
  order by "n"."ordinal") as "drawn"
order by "drawn"."global_position"
returning "events"."global_position", "events"."seq", "events"."stream_id";
--   Insert on events
--     CTE wanted
--       Function Scan on w
--     CTE claimed
--       Insert on streams
--         Conflict Resolution: UPDATE
--         Conflict Arbiter Indexes: streams_pkey
--         Conflict Filter: ((streams.state = 'ACTIVE'::text) AND EXISTS(SubPlan 2))
--         Subquery Scan on "*SELECT*_1"
--           Sort  -- allowed: the positions that were drawn for this append
--             Sort Key: wanted_1.stream_id COLLATE "C"
--             CTE Scan on wanted wanted_1
--               Filter: ((lowest = 0) OR EXISTS(SubPlan 3))
--               SubPlan 3
--                 Index Only Scan using streams_pkey on streams k: (stream_id = (wanted_1.stream_id)::text)
--         SubPlan 2
--           CTE Scan on wanted
--             Filter: ((streams.last_seq >= lowest) AND (streams.last_seq <= highest) AND ((stream_id)::text =
--                 excluded.stream_id))
--     CTE based
--       Hash Join
--         Hash Cond: ((wanted_2.stream_id)::text = claimed.stream_id)
--         CTE Scan on wanted wanted_2
--         Hash  -- allowed: the streams of these appends
--           CTE Scan on claimed
--     CTE announced
--       Subquery Scan on c
--         InitPlan 7
--           Seq Scan on events_position  -- allowed: the sequence, which has one row
--         Aggregate
--           Filter: (count(*) > 0)
--           CTE Scan on based based_1
--     Subquery Scan on "*SELECT*"
--       Sort  -- allowed: the positions that were drawn for this append
--         Sort Key: drawn.global_position
--         Subquery Scan on drawn
--           Result
--             Sort  -- allowed: the positions that were drawn for this append
--               Sort Key: n.ordinal
--               Nested Loop
--                 CTE Scan on announced
--                 Hash Join
--                   Hash Cond: ((n.stream_id)::text = based.stream_id)
--                   Function Scan on n
--                   Hash  -- allowed: the streams of these appends
--                     CTE Scan on based

-- appendManyTaggedPlain
-- run by: Journal.append
with "wanted" as materialized (
  select *
  from
    unnest(cast(:wanted_ids as varchar[]), cast(:counts as bigint[]), cast(:lowest as bigint[]),
    cast(:highest as bigint[])) with ordinality as "w" ("stream_id", "count", "lowest", "highest", "ordinal")),
"claimed" as (
  insert into "streams" ("stream_id", "last_seq")
  select "wanted"."stream_id", "wanted"."count"
  from "wanted"
  where ("wanted"."lowest" = 0
    or exists (select 1 as "one" from "streams" as "k" where "k"."stream_id" = "wanted"."stream_id"))
  order by (("wanted"."stream_id") collate "C")
  on conflict ("stream_id") do update
  set "last_seq" = ("streams"."last_seq" + excluded."last_seq")
  where ("streams"."state" = 'ACTIVE'
    and exists (
      select 1 as "one"
      from "wanted"
      where ("wanted"."stream_id" = excluded."stream_id"
        and "streams"."last_seq" between "wanted"."lowest" and "wanted"."highest")))
  returning "streams"."stream_id", "streams"."last_seq"),
"based" as materialized (
  select "claimed"."stream_id", ("claimed"."last_seq" - "wanted"."count") as "base"
  from "claimed"
  join "wanted" on "claimed"."stream_id" = "wanted"."stream_id"),
"announced" as materialized (
  select (
    select case
      when
        pg_advisory_xact_lock_shared((('"events"'::regclass::oid::bigint & 65535) << 48) | l.position)::text
        is not null then l.position end
    from (select case when is_called then last_value else 0 end as "position" from "events_position") as l)
    as "begun"
  from (select count(*) as "count" from "based") as "c"
  where "c"."count" > 0),
"written" as (
  insert into "events" ("global_position", "stream_id", "seq", "event_type", "ts", "tags", "payload",
    "content_checksum", "schema_version", "codec")
  select nextval('"events_position"'), "n"."stream_id", ("based"."base" + "n"."seq"), "n"."event_type",
    "n"."ts", "n"."tags", "n"."payload", ("n"."content_checksum" - ("based"."base" + "n"."seq")), 1, 'json'
  from "based"
  cross join "announced"
  join
      unnest(cast(:stream_ids as varchar[]), cast(:seqs as bigint[]), cast(:types as varchar[]),
      cast(:times as bigint[]), cast(:tags as varchar[]), cast(:payloads as bytea[]),
      cast(:checksums as bigint[])) with ordinality as "n" ("stream_id", "seq", "event_type", "ts", "tags",
      "payload", "content_checksum", "ordinal")
    on "based"."stream_id" = "n"."stream_id"
  order by "n"."ordinal"
  returning "events"."global_position", "events"."seq", "events"."stream_id"),
"numbered" as materialized (
  select "written"."stream_id", "written"."seq", "written"."global_position",
    ("written"."seq" - "based"."base") as "number"
  from "written"
  join "based" on "based"."stream_id" = "written"."stream_id"),
"labelled" as (
  insert into "events_tags" ("stream_id", "seq", "tag", "global_position")
  select "numbered"."stream_id", "numbered"."seq", "l"."tag", "numbered"."global_position"
  from "numbered"
  join unnest(cast(:tagged_ids as varchar[]), cast(:tagged_seqs as bigint[]), cast(:tag_names as varchar[]))
      with ordinality as "l" ("stream_id", "seq", "tag", "ordinal")
    on ("l"."stream_id" = "numbered"."stream_id" and "l"."seq" = "numbered"."number")
  returning "events_tags"."seq")
select "written"."global_position", "written"."seq", "written"."stream_id"
from "written";
--   CTE Scan on written
--     CTE wanted
--       Function Scan on w
--     CTE claimed
--       Insert on streams
--         Conflict Resolution: UPDATE
--         Conflict Arbiter Indexes: streams_pkey
--         Conflict Filter: ((streams.state = 'ACTIVE'::text) AND EXISTS(SubPlan 2))
--         Subquery Scan on "*SELECT*"
--           Sort  -- allowed: the positions that were drawn for this append
--             Sort Key: wanted_1.stream_id COLLATE "C"
--             CTE Scan on wanted wanted_1
--               Filter: ((lowest = 0) OR EXISTS(SubPlan 3))
--               SubPlan 3
--                 Index Only Scan using streams_pkey on streams k: (stream_id = (wanted_1.stream_id)::text)
--         SubPlan 2
--           CTE Scan on wanted
--             Filter: ((streams.last_seq >= lowest) AND (streams.last_seq <= highest) AND ((stream_id)::text =
--                 excluded.stream_id))
--     CTE based
--       Hash Join
--         Hash Cond: ((wanted_2.stream_id)::text = claimed.stream_id)
--         CTE Scan on wanted wanted_2
--         Hash  -- allowed: the streams of these appends
--           CTE Scan on claimed
--     CTE announced
--       Subquery Scan on c
--         InitPlan 7
--           Seq Scan on events_position  -- allowed: the sequence, which has one row
--         Aggregate
--           Filter: (count(*) > 0)
--           CTE Scan on based
--     CTE written
--       Insert on events
--         Subquery Scan on "*SELECT*_1"
--           Result
--             Sort  -- allowed: the positions that were drawn for this append
--               Sort Key: n.ordinal
--               Nested Loop
--                 CTE Scan on announced
--                 Hash Join
--                   Hash Cond: ((n.stream_id)::text = based_1.stream_id)
--                   Function Scan on n
--                   Hash  -- allowed: the streams of these appends
--                     CTE Scan on based based_1
--     CTE numbered
--       Hash Join
--         Hash Cond: (written_1.stream_id = based_2.stream_id)
--         CTE Scan on written written_1
--         Hash  -- allowed: the streams of these appends
--           CTE Scan on based based_2
--     CTE labelled
--       Insert on events_tags
--         Hash Join
--           Hash Cond: (((l.stream_id)::text = numbered.stream_id) AND (l.seq = numbered.number))
--           Function Scan on l
--           Hash  -- allowed: the streams of these appends
--             CTE Scan on numbered

-- appendManyTagged
-- run by: Journal.append
with "wanted" as materialized (
  select *
  from
    unnest(cast(:wanted_ids as varchar[]), cast(:counts as bigint[]), cast(:lowest as bigint[]),
    cast(:highest as bigint[])) with ordinality as "w" ("stream_id", "count", "lowest", "highest", "ordinal")),
"claimed" as (
  insert into "streams" ("stream_id", "last_seq")
  select "wanted"."stream_id", "wanted"."count"
  from "wanted"
  where ("wanted"."lowest" = 0
    or exists (select 1 as "one" from "streams" as "k" where "k"."stream_id" = "wanted"."stream_id"))
  order by (("wanted"."stream_id") collate "C")
  on conflict ("stream_id") do update
  set "last_seq" = ("streams"."last_seq" + excluded."last_seq")
  where ("streams"."state" = 'ACTIVE'
    and exists (
      select 1 as "one"
      from "wanted"
      where ("wanted"."stream_id" = excluded."stream_id"
        and "streams"."last_seq" between "wanted"."lowest" and "wanted"."highest")))
  returning "streams"."stream_id", "streams"."last_seq"),
"based" as materialized (
  select "claimed"."stream_id", ("claimed"."last_seq" - "wanted"."count") as "base"
  from "claimed"
  join "wanted" on "claimed"."stream_id" = "wanted"."stream_id"),
"announced" as materialized (
  select (
    select case
      when
        pg_advisory_xact_lock_shared((('"events"'::regclass::oid::bigint & 65535) << 48) | l.position)::text
        is not null then l.position end
    from (select case when is_called then last_value else 0 end as "position" from "events_position") as l)
    as "begun"
  from (select count(*) as "count" from "based") as "c"
  where "c"."count" > 0),
"written" as (
  insert into "events" ("global_position", "stream_id", "seq", "event_type", "ts", "tags", "payload",
    "content_checksum", "schema_version", "codec", "compression", "key_id", "metadata", "idempotency_key")
  select nextval('"events_position"'), "n"."stream_id", ("based"."base" + "n"."seq"), "n"."event_type",
    "n"."ts", "n"."tags", "n"."payload", ("n"."content_checksum" - ("based"."base" + "n"."seq")),
    coalesce("n"."schema_version", 1), coalesce("n"."codec", 'json'), "n"."compression", "n"."key_id",
    "n"."metadata", "n"."idempotency_key"
  from "based"
  cross join "announced"
  join
      unnest(cast(:stream_ids as varchar[]), cast(:seqs as bigint[]), cast(:types as varchar[]),
      cast(:times as bigint[]), cast(:tags as varchar[]), cast(:payloads as bytea[]),
      cast(:checksums as bigint[]), cast(:schema_versions as bigint[]), cast(:codecs as varchar[]),
      cast(:compressions as varchar[]), cast(:key_ids as varchar[]), cast(:metadata as varchar[]),
      cast(:idempotency_keys as varchar[])) with ordinality as "n" ("stream_id", "seq", "event_type", "ts",
      "tags", "payload", "content_checksum", "schema_version", "codec", "compression", "key_id", "metadata",
      "idempotency_key", "ordinal")
    on "based"."stream_id" = "n"."stream_id"
  order by "n"."ordinal"
  returning "events"."global_position", "events"."seq", "events"."stream_id"),
"numbered" as materialized (
  select "written"."stream_id", "written"."seq", "written"."global_position",
    ("written"."seq" - "based"."base") as "number"
  from "written"
  join "based" on "based"."stream_id" = "written"."stream_id"),
"labelled" as (
  insert into "events_tags" ("stream_id", "seq", "tag", "global_position")
  select "numbered"."stream_id", "numbered"."seq", "l"."tag", "numbered"."global_position"
  from "numbered"
  join unnest(cast(:tagged_ids as varchar[]), cast(:tagged_seqs as bigint[]), cast(:tag_names as varchar[]))
      with ordinality as "l" ("stream_id", "seq", "tag", "ordinal")
    on ("l"."stream_id" = "numbered"."stream_id" and "l"."seq" = "numbered"."number")
  returning "events_tags"."seq")
select "written"."global_position", "written"."seq", "written"."stream_id"
from "written";
--   CTE Scan on written
--     CTE wanted
--       Function Scan on w
--     CTE claimed
--       Insert on streams
--         Conflict Resolution: UPDATE
--         Conflict Arbiter Indexes: streams_pkey
--         Conflict Filter: ((streams.state = 'ACTIVE'::text) AND EXISTS(SubPlan 2))
--         Subquery Scan on "*SELECT*"
--           Sort  -- allowed: the positions that were drawn for this append
--             Sort Key: wanted_1.stream_id COLLATE "C"
--             CTE Scan on wanted wanted_1
--               Filter: ((lowest = 0) OR EXISTS(SubPlan 3))
--               SubPlan 3
--                 Index Only Scan using streams_pkey on streams k: (stream_id = (wanted_1.stream_id)::text)
--         SubPlan 2
--           CTE Scan on wanted
--             Filter: ((streams.last_seq >= lowest) AND (streams.last_seq <= highest) AND ((stream_id)::text =
--                 excluded.stream_id))
--     CTE based
--       Hash Join
--         Hash Cond: ((wanted_2.stream_id)::text = claimed.stream_id)
--         CTE Scan on wanted wanted_2
--         Hash  -- allowed: the streams of these appends
--           CTE Scan on claimed
--     CTE announced
--       Subquery Scan on c
--         InitPlan 7
--           Seq Scan on events_position  -- allowed: the sequence, which has one row
--         Aggregate
--           Filter: (count(*) > 0)
--           CTE Scan on based
--     CTE written
--       Insert on events
--         Subquery Scan on "*SELECT*_1"
--           Result
--             Sort  -- allowed: the positions that were drawn for this append
--               Sort Key: n.ordinal
--               Nested Loop
--                 CTE Scan on announced
--                 Hash Join
--                   Hash Cond: ((n.stream_id)::text = based_1.stream_id)
--                   Function Scan on n
--                   Hash  -- allowed: the streams of these appends
--                     CTE Scan on based based_1
--     CTE numbered
--       Hash Join
--         Hash Cond: (written_1.stream_id = based_2.stream_id)
--         CTE Scan on written written_1
--         Hash  -- allowed: the streams of these appends
--           CTE Scan on based based_2
--     CTE labelled
--       Insert on events_tags
--         Hash Join
--           Hash Cond: (((l.stream_id)::text = numbered.stream_id) AND (l.seq = numbered.number))
--           Function Scan on l
--           Hash  -- allowed: the streams of these appends
--             CTE Scan on numbered

-- appendManyPlain
-- run by: Journal.append
with "wanted" as materialized (
  select *
  from
    unnest(cast(:wanted_ids as varchar[]), cast(:counts as bigint[]), cast(:lowest as bigint[]),
    cast(:highest as bigint[])) with ordinality as "w" ("stream_id", "count", "lowest", "highest", "ordinal")),
"claimed" as (
  insert into "streams" ("stream_id", "last_seq")
  select "wanted"."stream_id", "wanted"."count"
  from "wanted"
  where ("wanted"."lowest" = 0
    or exists (select 1 as "one" from "streams" as "k" where "k"."stream_id" = "wanted"."stream_id"))
  order by (("wanted"."stream_id") collate "C")
  on conflict ("stream_id") do update
  set "last_seq" = ("streams"."last_seq" + excluded."last_seq")
  where ("streams"."state" = 'ACTIVE'
    and exists (
      select 1 as "one"
      from "wanted"
      where ("wanted"."stream_id" = excluded."stream_id"
        and "streams"."last_seq" between "wanted"."lowest" and "wanted"."highest")))
  returning "streams"."stream_id", "streams"."last_seq"),
"based" as materialized (
  select "claimed"."stream_id", ("claimed"."last_seq" - "wanted"."count") as "base"
  from "claimed"
  join "wanted" on "claimed"."stream_id" = "wanted"."stream_id"),
"announced" as materialized (
  select (
    select case
      when
        pg_advisory_xact_lock_shared((('"events"'::regclass::oid::bigint & 65535) << 48) | l.position)::text
        is not null then l.position end
    from (select case when is_called then last_value else 0 end as "position" from "events_position") as l)
    as "begun"
  from (select count(*) as "count" from "based") as "c"
  where "c"."count" > 0)
insert into "events" ("global_position", "stream_id", "seq", "event_type", "ts", "tags", "payload",
  "content_checksum", "schema_version", "codec")
select nextval('"events_position"'), "n"."stream_id", ("based"."base" + "n"."seq"), "n"."event_type",
  "n"."ts", "n"."tags", "n"."payload", ("n"."content_checksum" - ("based"."base" + "n"."seq")), 1, 'json'
from "based"
cross join "announced"
join
    unnest(cast(:stream_ids as varchar[]), cast(:seqs as bigint[]), cast(:types as varchar[]),
    cast(:times as bigint[]), cast(:tags as varchar[]), cast(:payloads as bytea[]),
    cast(:checksums as bigint[])) with ordinality as "n" ("stream_id", "seq", "event_type", "ts", "tags",
    "payload", "content_checksum", "ordinal")
  on "based"."stream_id" = "n"."stream_id"
order by "n"."ordinal"
returning "events"."global_position", "events"."seq", "events"."stream_id";
--   Insert on events
--     CTE wanted
--       Function Scan on w
--     CTE claimed
--       Insert on streams
--         Conflict Resolution: UPDATE
--         Conflict Arbiter Indexes: streams_pkey
--         Conflict Filter: ((streams.state = 'ACTIVE'::text) AND EXISTS(SubPlan 2))
--         Subquery Scan on "*SELECT*_1"
--           Sort  -- allowed: the positions that were drawn for this append
--             Sort Key: wanted_1.stream_id COLLATE "C"
--             CTE Scan on wanted wanted_1
--               Filter: ((lowest = 0) OR EXISTS(SubPlan 3))
--               SubPlan 3
--                 Index Only Scan using streams_pkey on streams k: (stream_id = (wanted_1.stream_id)::text)
--         SubPlan 2
--           CTE Scan on wanted
--             Filter: ((streams.last_seq >= lowest) AND (streams.last_seq <= highest) AND ((stream_id)::text =
--                 excluded.stream_id))
--     CTE based
--       Hash Join
--         Hash Cond: ((wanted_2.stream_id)::text = claimed.stream_id)
--         CTE Scan on wanted wanted_2
--         Hash  -- allowed: the streams of these appends
--           CTE Scan on claimed
--     CTE announced
--       Subquery Scan on c
--         InitPlan 7
--           Seq Scan on events_position  -- allowed: the sequence, which has one row
--         Aggregate
--           Filter: (count(*) > 0)
--           CTE Scan on based based_1
--     Subquery Scan on "*SELECT*"
--       Result
--         Sort  -- allowed: the positions that were drawn for this append
--           Sort Key: n.ordinal
--           Nested Loop
--             CTE Scan on announced
--             Hash Join
--               Hash Cond: ((n.stream_id)::text = based.stream_id)
--               Function Scan on n
--               Hash  -- allowed: the streams of these appends
--                 CTE Scan on based

-- appendMany
-- run by: Journal.append
with "wanted" as materialized (
  select *
  from
    unnest(cast(:wanted_ids as varchar[]), cast(:counts as bigint[]), cast(:lowest as bigint[]),
    cast(:highest as bigint[])) with ordinality as "w" ("stream_id", "count", "lowest", "highest", "ordinal")),
"claimed" as (
  insert into "streams" ("stream_id", "last_seq")
  select "wanted"."stream_id", "wanted"."count"
  from "wanted"
  where ("wanted"."lowest" = 0
    or exists (select 1 as "one" from "streams" as "k" where "k"."stream_id" = "wanted"."stream_id"))
  order by (("wanted"."stream_id") collate "C")
  on conflict ("stream_id") do update
  set "last_seq" = ("streams"."last_seq" + excluded."last_seq")
  where ("streams"."state" = 'ACTIVE'
    and exists (
      select 1 as "one"
      from "wanted"
      where ("wanted"."stream_id" = excluded."stream_id"
        and "streams"."last_seq" between "wanted"."lowest" and "wanted"."highest")))
  returning "streams"."stream_id", "streams"."last_seq"),
"based" as materialized (
  select "claimed"."stream_id", ("claimed"."last_seq" - "wanted"."count") as "base"
  from "claimed"
  join "wanted" on "claimed"."stream_id" = "wanted"."stream_id"),
"announced" as materialized (
  select (
    select case
      when
        pg_advisory_xact_lock_shared((('"events"'::regclass::oid::bigint & 65535) << 48) | l.position)::text
        is not null then l.position end
    from (select case when is_called then last_value else 0 end as "position" from "events_position") as l)
    as "begun"
  from (select count(*) as "count" from "based") as "c"
  where "c"."count" > 0)
insert into "events" ("global_position", "stream_id", "seq", "event_type", "ts", "tags", "payload",
  "content_checksum", "schema_version", "codec", "compression", "key_id", "metadata", "idempotency_key")
select nextval('"events_position"'), "n"."stream_id", ("based"."base" + "n"."seq"), "n"."event_type",
  "n"."ts", "n"."tags", "n"."payload", ("n"."content_checksum" - ("based"."base" + "n"."seq")),
  coalesce("n"."schema_version", 1), coalesce("n"."codec", 'json'), "n"."compression", "n"."key_id",
  "n"."metadata", "n"."idempotency_key"
from "based"
cross join "announced"
join
    unnest(cast(:stream_ids as varchar[]), cast(:seqs as bigint[]), cast(:types as varchar[]),
    cast(:times as bigint[]), cast(:tags as varchar[]), cast(:payloads as bytea[]),
    cast(:checksums as bigint[]), cast(:schema_versions as bigint[]), cast(:codecs as varchar[]),
    cast(:compressions as varchar[]), cast(:key_ids as varchar[]), cast(:metadata as varchar[]),
    cast(:idempotency_keys as varchar[])) with ordinality as "n" ("stream_id", "seq", "event_type", "ts",
    "tags", "payload", "content_checksum", "schema_version", "codec", "compression", "key_id", "metadata",
    "idempotency_key", "ordinal")
  on "based"."stream_id" = "n"."stream_id"
order by "n"."ordinal"
returning "events"."global_position", "events"."seq", "events"."stream_id";
--   Insert on events
--     CTE wanted
--       Function Scan on w
--     CTE claimed
--       Insert on streams
--         Conflict Resolution: UPDATE
--         Conflict Arbiter Indexes: streams_pkey
--         Conflict Filter: ((streams.state = 'ACTIVE'::text) AND EXISTS(SubPlan 2))
--         Subquery Scan on "*SELECT*_1"
--           Sort  -- allowed: the positions that were drawn for this append
--             Sort Key: wanted_1.stream_id COLLATE "C"
--             CTE Scan on wanted wanted_1
--               Filter: ((lowest = 0) OR EXISTS(SubPlan 3))
--               SubPlan 3
--                 Index Only Scan using streams_pkey on streams k: (stream_id = (wanted_1.stream_id)::text)
--         SubPlan 2
--           CTE Scan on wanted
--             Filter: ((streams.last_seq >= lowest) AND (streams.last_seq <= highest) AND ((stream_id)::text =
--                 excluded.stream_id))
--     CTE based
--       Hash Join
--         Hash Cond: ((wanted_2.stream_id)::text = claimed.stream_id)
--         CTE Scan on wanted wanted_2
--         Hash  -- allowed: the streams of these appends
--           CTE Scan on claimed
--     CTE announced
--       Subquery Scan on c
--         InitPlan 7
--           Seq Scan on events_position  -- allowed: the sequence, which has one row
--         Aggregate
--           Filter: (count(*) > 0)
--           CTE Scan on based based_1
--     Subquery Scan on "*SELECT*"
--       Result
--         Sort  -- allowed: the positions that were drawn for this append
--           Sort Key: n.ordinal
--           Nested Loop
--             CTE Scan on announced
--             Hash Join
--               Hash Cond: ((n.stream_id)::text = based.stream_id)
--               Function Scan on n
--               Hash  -- allowed: the streams of these appends
--                 CTE Scan on based
