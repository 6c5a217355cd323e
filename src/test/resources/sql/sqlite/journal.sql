-- What the journal runs on SQLite, and how SQLite runs it.

-- head
-- run by: Journal.highestSeq, BulkLoad.append, BulkLoad.appendRecorded, Journal.append, Journal.appendAll,
--     Journal.raiseHighWaterMark
select
  max(streams.last_seq,
    coalesce((select max(events.seq) from events where events.stream_id = streams.stream_id), 0)),
  case
    when (streams.state = 'ACTIVE'
      and streams.deleted_to = 0
      and streams.reason is null
      and streams.changed_at is null) then 1
    else 0 end
from streams
where streams.stream_id = :stream_id;
--   SEARCH streams USING PRIMARY KEY (stream_id=?)
--   CORRELATED SCALAR SUBQUERY 1
--     SEARCH events USING COVERING INDEX sqlite_autoindex_events_1 (stream_id=?)

-- streamRow
-- run by: Journal.count, Journal.exists, Journal.read, Journal.stream, Journal.findByKey
select streams.stream_id,
  max(streams.last_seq,
    coalesce((select max(events.seq) from events where events.stream_id = streams.stream_id), 0)),
  streams.deleted_to, streams.state, streams.reason, streams.changed_at
from streams
where streams.stream_id = :stream_id;
--   SEARCH streams USING PRIMARY KEY (stream_id=?)
--   CORRELATED SCALAR SUBQUERY 1
--     SEARCH events USING COVERING INDEX sqlite_autoindex_events_1 (stream_id=?)

-- claimStream
-- run by: Journal.delete, Journal.raiseHighWaterMark
select streams.stream_id,
  max(streams.last_seq,
    coalesce((select max(events.seq) from events where events.stream_id = streams.stream_id), 0)),
  streams.deleted_to, streams.state, streams.reason, streams.changed_at
from streams
where streams.stream_id = :stream_id;
--   SEARCH streams USING PRIMARY KEY (stream_id=?)
--   CORRELATED SCALAR SUBQUERY 1
--     SEARCH events USING COVERING INDEX sqlite_autoindex_events_1 (stream_id=?)

-- forwards
-- run by: Journal.exists, Journal.read, Journal.stream, Queries.currentEvents, Queries.liveEvents,
--     Subscriptions.start, Recovery.load
select events.global_position, events.seq, events.event_type, events.ts, events.tags, events.payload,
  case
    when (events.schema_version = 1
      and events.codec = 'json'
      and coalesce(events.compression, events.key_id, events.metadata, events.idempotency_key) is null) then
      1
    else 0 end,
  events.schema_version, events.codec, events.compression, events.key_id, events.metadata,
  events.idempotency_key,
  (
    select case
      when (streams.state = 'ACTIVE'
        or (streams.state = 'ARCHIVED'
          and (streams.reason is null
            or not (streams.reason = 'moved' or substr(streams.reason, 1, 6) = 'moved ')))) then 1
      else 0 end
    from streams
    where streams.stream_id = :stream_id)
from events
where (events.stream_id = :stream_id
  and events.seq between :seq and :to_seq)
order by events.seq asc
limit :limit;
--   SEARCH events USING INDEX sqlite_autoindex_events_1 (stream_id=? AND seq>? AND seq<?)
--   SCALAR SUBQUERY 1
--     SEARCH streams USING PRIMARY KEY (stream_id=?)

-- backwards
-- run by: Journal.exists, Journal.read, Journal.stream
select events.global_position, events.seq, events.event_type, events.ts, events.tags, events.payload,
  case
    when (events.schema_version = 1
      and events.codec = 'json'
      and coalesce(events.compression, events.key_id, events.metadata, events.idempotency_key) is null) then
      1
    else 0 end,
  events.schema_version, events.codec, events.compression, events.key_id, events.metadata,
  events.idempotency_key,
  (
    select case
      when (streams.state = 'ACTIVE'
        or (streams.state = 'ARCHIVED'
          and (streams.reason is null
            or not (streams.reason = 'moved' or substr(streams.reason, 1, 6) = 'moved ')))) then 1
      else 0 end
    from streams
    where streams.stream_id = :stream_id)
from events
where (events.stream_id = :stream_id
  and events.seq between :seq and :to_seq)
order by events.seq desc
limit :limit;
--   SEARCH events USING INDEX sqlite_autoindex_events_1 (stream_id=? AND seq>? AND seq<?)
--   SCALAR SUBQUERY 1
--     SEARCH streams USING PRIMARY KEY (stream_id=?)

-- after
-- run by: Journal.exists, Journal.read, Journal.stream, Queries.currentEvents, Queries.liveEvents,
--     Subscriptions.start, Queries.liveStreamIds
select events.global_position, events.seq, events.event_type, events.ts, events.tags, events.payload,
  case
    when (events.schema_version = 1
      and events.codec = 'json'
      and coalesce(events.compression, events.key_id, events.metadata, events.idempotency_key) is null) then
      1
    else 0 end,
  events.schema_version, events.codec, events.compression, events.key_id, events.metadata,
  events.idempotency_key, events.stream_id
from events
where (events.global_position > :position
  and events.global_position <= :to_position)
order by events.global_position
limit :limit;
--   SEARCH events USING INTEGER PRIMARY KEY (rowid>? AND rowid<?)

-- newestFirst
-- run by: Journal.exists, Journal.read, Journal.stream
select events.global_position, events.seq, events.event_type, events.ts, events.tags, events.payload,
  case
    when (events.schema_version = 1
      and events.codec = 'json'
      and coalesce(events.compression, events.key_id, events.metadata, events.idempotency_key) is null) then
      1
    else 0 end,
  events.schema_version, events.codec, events.compression, events.key_id, events.metadata,
  events.idempotency_key, events.stream_id
from events
where (events.global_position > :position
  and events.global_position <= :to_position)
order by events.global_position desc
limit :limit;
--   SEARCH events USING INTEGER PRIMARY KEY (rowid>? AND rowid<?)

-- places
-- run by: Journal.onAppend
select events.stream_id, events.seq, events.global_position
from events
where (events.global_position > :position
  and events.global_position <= :to_position)
order by events.global_position
limit :limit;
--   SEARCH events USING INTEGER PRIMARY KEY (rowid>? AND rowid<?)

-- at
-- run by: Subscriptions.start
select events.global_position, events.seq, events.event_type, events.ts, events.tags, events.payload,
  case
    when (events.schema_version = 1
      and events.codec = 'json'
      and coalesce(events.compression, events.key_id, events.metadata, events.idempotency_key) is null) then
      1
    else 0 end,
  events.schema_version, events.codec, events.compression, events.key_id, events.metadata,
  events.idempotency_key, events.stream_id
from events
where events.global_position = :position;
--   SEARCH events USING INTEGER PRIMARY KEY (rowid=?)

-- whatIsAt
-- run by: Queries.liveEvents, Subscriptions.start
select events.stream_id, events.seq, events.ts
from events
where events.global_position = :position;
--   SEARCH events USING INTEGER PRIMARY KEY (rowid=?)

-- seqAt
-- run by: Queries.liveEvents, Subscriptions.start
-- always: :limit = 1
select events.seq
from events
where (events.stream_id = :stream_id
  and events.global_position <= :position)
order by events.seq desc
limit :limit;
--   SEARCH events USING COVERING INDEX sqlite_autoindex_events_1 (stream_id=?)

-- latestPosition
-- run by: Queries.currentEvents, Queries.liveEvents, Subscriptions.start, Journal.latestPosition
-- always: :limit = 1
select events.global_position
from events
where events.global_position <= :to_position
order by events.global_position desc
limit :limit;
--   SEARCH events USING INTEGER PRIMARY KEY (rowid<?)

-- idsFrom
-- run by: Journal.streamIds, Queries.currentStreamIds
select streams.stream_id
from streams
where streams.stream_id >= :lower
order by streams.stream_id
limit :limit;
--   SEARCH streams USING PRIMARY KEY (stream_id>?)

-- idsBehind
-- run by: Journal.streamIds, Queries.currentStreamIds
select streams.stream_id
from streams
where streams.stream_id > :lower
order by streams.stream_id
limit :limit;
--   SEARCH streams USING PRIMARY KEY (stream_id>?)

-- idsFromBelow
-- run by: Journal.streamIds, Queries.currentStreamIds
select streams.stream_id
from streams
where (streams.stream_id >= :lower
  and streams.stream_id < :upper)
order by streams.stream_id
limit :limit;
--   SEARCH streams USING PRIMARY KEY (stream_id>? AND stream_id<?)

-- idsBehindBelow
-- run by: Journal.streamIds, Queries.currentStreamIds
select streams.stream_id
from streams
where (streams.stream_id > :lower
  and streams.stream_id < :upper)
order by streams.stream_id
limit :limit;
--   SEARCH streams USING PRIMARY KEY (stream_id>? AND stream_id<?)

-- hasEvents
-- run by: Journal.raiseHighWaterMark
-- always: :limit = 1
select events.seq
from events
where events.stream_id = :stream_id
limit :limit;
--   SEARCH events USING COVERING INDEX sqlite_autoindex_events_1 (stream_id=?)

-- deleteTags
-- run by: Journal.delete
delete from events_tags
where (events_tags.stream_id = :stream_id
  and events_tags.seq <= :to_seq);
--   SEARCH events_tags USING PRIMARY KEY (stream_id=? AND seq<?)

-- deleteEvents
-- run by: Journal.delete
delete from events
where (events.stream_id = :stream_id
  and events.seq <= :to_seq);
--   SEARCH events USING COVERING INDEX sqlite_autoindex_events_1 (stream_id=? AND seq<?)
--   SEARCH events_tags USING PRIMARY KEY (stream_id=? AND seq=?)

-- markDeleted
-- run by: Journal.delete
update streams
set deleted_to =
  max(streams.deleted_to,
  min(:to_seq,
    max(streams.last_seq,
      coalesce((select max(events.seq) from events where events.stream_id = streams.stream_id), 0))))
where streams.stream_id = :stream_id;
--   SEARCH streams USING PRIMARY KEY (stream_id=?)
--   CORRELATED SCALAR SUBQUERY 1
--     SEARCH events USING COVERING INDEX sqlite_autoindex_events_1 (stream_id=?)

-- raiseEmptyMark
-- run by: Journal.raiseHighWaterMark
insert into streams (stream_id, last_seq, deleted_to)
values (:stream_id, :seq, :seq)
on conflict (stream_id) do update
set last_seq = excluded.last_seq, deleted_to = excluded.deleted_to;

-- stats
-- run by: Journal.stats
select (select count(*) from events), (select count(*) from streams),
  (select count(distinct events_tags.tag) from events_tags),
  (select min(events.global_position) from events), (select max(events.global_position) from events),
  (select min(events.ts) from events), (select max(events.ts) from events);
--   SCAN CONSTANT ROW
--   SCALAR SUBQUERY 1
--     SCAN events USING COVERING INDEX sqlite_autoindex_events_1  -- allowed: counts the events
--   SCALAR SUBQUERY 2
--     SCAN streams  -- allowed: counts the streams
--   SCALAR SUBQUERY 3
--     SCAN events_tags USING COVERING INDEX events_tags_by_tag  -- allowed: counts different tags
--   SCALAR SUBQUERY 4
--     SEARCH events
--   SCALAR SUBQUERY 5
--     SEARCH events
--   SCALAR SUBQUERY 6
--     SEARCH events
--   SCALAR SUBQUERY 7
--     SEARCH events

-- eventsOfKey
-- run by: Journal.append, Journal.findByKey
select events.global_position, events.seq, events.event_type, events.ts, events.tags, events.payload,
  case
    when (events.schema_version = 1
      and events.codec = 'json'
      and coalesce(events.compression, events.key_id, events.metadata, events.idempotency_key) is null) then
      1
    else 0 end,
  events.schema_version, events.codec, events.compression, events.key_id, events.metadata,
  events.idempotency_key, events.stream_id
from events
where (events.stream_id = :stream_id
  and events.idempotency_key = :idempotency_key)
order by events.seq;
--   SEARCH events USING INDEX events_by_idempotency_key (stream_id=? AND idempotency_key=?)

-- insertEvent
-- run by: Journal.append, BulkLoad.appendRecorded, Journal.appendAll
insert into events (global_position, stream_id, seq, event_type, schema_version, codec, compression, key_id,
  ts, tags, metadata, idempotency_key, payload, content_checksum)
values (:position, :stream_id, :seq, :type, :schema_version, :codec, :compression, :key_id, :time, :tags,
  :metadata, :idempotency_key, :payload, :checksum);

-- insertPlainEvent
-- run by: Journal.append, BulkLoad.appendRecorded, Journal.appendAll, BulkLoad.append
insert into events (global_position, stream_id, seq, event_type, schema_version, codec, ts, payload,
  content_checksum)
values (:position, :stream_id, :seq, :type, 1, 'json', :time, :payload, :checksum);

-- insertTag
-- run by: Journal.append, BulkLoad.appendRecorded, Journal.appendAll
insert into events_tags (stream_id, seq, tag, global_position)
values (:stream_id, :seq, :tag, :position);

-- insertStream
-- run by: Journal.append, BulkLoad.appendRecorded, Journal.appendAll, BulkLoad.append
insert into streams (stream_id, last_seq)
values (:stream_id, :seq)
on conflict (stream_id) do nothing;

-- highestPosition
-- run by: Queries.currentEvents, Queries.liveEvents, Subscriptions.start, BulkLoad.appendRecorded, Maintenance.doctor,
--     Maintenance.positionGaps, Maintenance.verify, BulkLoad.append, Journal.append, Journal.appendAll
select max(coalesce((select max(rowid) from events), 0), coalesce((select given_to from events_position), 0));
--   SCAN CONSTANT ROW
--   SCALAR SUBQUERY 1
--     SEARCH events
--   SCALAR SUBQUERY 2
--     SCAN events_position  -- allowed: has at most one row

-- forwardsByTypes
-- run by: Journal.exists, Journal.read, Journal.stream
select events.global_position, events.seq, events.event_type, events.ts, events.tags, events.payload,
  case
    when (events.schema_version = 1
      and events.codec = 'json'
      and coalesce(events.compression, events.key_id, events.metadata, events.idempotency_key) is null) then
      1
    else 0 end,
  events.schema_version, events.codec, events.compression, events.key_id, events.metadata,
  events.idempotency_key,
  (
    select case
      when (streams.state = 'ACTIVE'
        or (streams.state = 'ARCHIVED'
          and (streams.reason is null
            or not (streams.reason = 'moved' or substr(streams.reason, 1, 6) = 'moved ')))) then 1
      else 0 end
    from streams
    where streams.stream_id = :stream_id)
from events
where (events.stream_id = :stream_id
  and events.seq between :seq and :to_seq
  and events.event_type in (:event_type, :event_type_2))
order by events.seq asc
limit :limit;
--   SEARCH events USING INDEX sqlite_autoindex_events_1 (stream_id=? AND seq>? AND seq<?)
--   SCALAR SUBQUERY 1
--     SEARCH streams USING PRIMARY KEY (stream_id=?)

-- backwardsByTypes
-- run by: Journal.exists, Journal.read, Journal.stream
select events.global_position, events.seq, events.event_type, events.ts, events.tags, events.payload,
  case
    when (events.schema_version = 1
      and events.codec = 'json'
      and coalesce(events.compression, events.key_id, events.metadata, events.idempotency_key) is null) then
      1
    else 0 end,
  events.schema_version, events.codec, events.compression, events.key_id, events.metadata,
  events.idempotency_key,
  (
    select case
      when (streams.state = 'ACTIVE'
        or (streams.state = 'ARCHIVED'
          and (streams.reason is null
            or not (streams.reason = 'moved' or substr(streams.reason, 1, 6) = 'moved ')))) then 1
      else 0 end
    from streams
    where streams.stream_id = :stream_id)
from events
where (events.stream_id = :stream_id
  and events.seq between :seq and :to_seq
  and events.event_type in (:event_type, :event_type_2))
order by events.seq desc
limit :limit;
--   SEARCH events USING INDEX sqlite_autoindex_events_1 (stream_id=? AND seq>? AND seq<?)
--   SCALAR SUBQUERY 1
--     SEARCH streams USING PRIMARY KEY (stream_id=?)

-- afterByTypes
-- run by: Journal.exists, Journal.read, Journal.stream, Queries.currentEvents, Queries.liveEvents, Subscriptions.start
select events.global_position, events.seq, events.event_type, events.ts, events.tags, events.payload,
  case
    when (events.schema_version = 1
      and events.codec = 'json'
      and coalesce(events.compression, events.key_id, events.metadata, events.idempotency_key) is null) then
      1
    else 0 end,
  events.schema_version, events.codec, events.compression, events.key_id, events.metadata,
  events.idempotency_key, events.stream_id
from events
where (events.global_position > :position
  and events.global_position <= :to_position
  and events.event_type in (:event_type, :event_type_2))
order by events.global_position
limit :limit;
--   SEARCH events USING INTEGER PRIMARY KEY (rowid>? AND rowid<?)

-- afterInStreams
-- run by: Journal.exists, Journal.read, Journal.stream
select events.global_position, events.seq, events.event_type, events.ts, events.tags, events.payload,
  case
    when (events.schema_version = 1
      and events.codec = 'json'
      and coalesce(events.compression, events.key_id, events.metadata, events.idempotency_key) is null) then
      1
    else 0 end,
  events.schema_version, events.codec, events.compression, events.key_id, events.metadata,
  events.idempotency_key, events.stream_id
from events
where (events.global_position > :position
  and events.global_position <= :to_position
  and (events.stream_id || '') >= :stream_id
  and (events.stream_id || '') < :stream_id_2)
order by events.global_position
limit :limit;
--   SEARCH events USING INTEGER PRIMARY KEY (rowid>? AND rowid<?)

-- oneTagInStreams
-- run by: Journal.exists, Journal.read, Journal.stream
select "t$".global_position, events.seq, events.event_type, events.ts, events.tags, events.payload,
  case
    when (events.schema_version = 1
      and events.codec = 'json'
      and coalesce(events.compression, events.key_id, events.metadata, events.idempotency_key) is null) then
      1
    else 0 end,
  events.schema_version, events.codec, events.compression, events.key_id, events.metadata,
  events.idempotency_key, events.stream_id
from events_tags as "t$"
join events on events.global_position = ("t$".global_position + 0)
where ("t$".tag = :tag
  and "t$".global_position > :position
  and "t$".global_position <= :to_position
  and (events.stream_id || '') >= :stream_id
  and (events.stream_id || '') < :stream_id_2)
order by "t$".global_position
limit :limit;
--   SEARCH t$ USING COVERING INDEX events_tags_by_tag (tag=? AND global_position>? AND global_position<?)
--   SEARCH events USING INTEGER PRIMARY KEY (rowid=?)

-- oneTag
-- run by: Journal.exists, Journal.read, Journal.stream
select "t$".global_position, events.seq, events.event_type, events.ts, events.tags, events.payload,
  case
    when (events.schema_version = 1
      and events.codec = 'json'
      and coalesce(events.compression, events.key_id, events.metadata, events.idempotency_key) is null) then
      1
    else 0 end,
  events.schema_version, events.codec, events.compression, events.key_id, events.metadata,
  events.idempotency_key, events.stream_id
from events_tags as "t$"
join events on events.global_position = ("t$".global_position + 0)
where ("t$".tag = :tag
  and "t$".global_position > :position
  and "t$".global_position <= :to_position)
order by "t$".global_position
limit :limit;
--   SEARCH t$ USING COVERING INDEX events_tags_by_tag (tag=? AND global_position>? AND global_position<?)
--   SEARCH events USING INTEGER PRIMARY KEY (rowid=?)

-- oneTagByTypes
-- run by: Journal.exists, Journal.read, Journal.stream
select "t$".global_position, events.seq, events.event_type, events.ts, events.tags, events.payload,
  case
    when (events.schema_version = 1
      and events.codec = 'json'
      and coalesce(events.compression, events.key_id, events.metadata, events.idempotency_key) is null) then
      1
    else 0 end,
  events.schema_version, events.codec, events.compression, events.key_id, events.metadata,
  events.idempotency_key, events.stream_id
from events_tags as "t$"
join events on events.global_position = ("t$".global_position + 0)
where ("t$".tag = :tag
  and "t$".global_position > :position
  and "t$".global_position <= :to_position
  and events.event_type in (:event_type, :event_type_2))
order by "t$".global_position
limit :limit;
--   SEARCH t$ USING COVERING INDEX events_tags_by_tag (tag=? AND global_position>? AND global_position<?)
--   SEARCH events USING INTEGER PRIMARY KEY (rowid=?)

-- allOfTwoTags
-- run by: Journal.exists, Journal.read, Journal.stream
select "t$".global_position, events.seq, events.event_type, events.ts, events.tags, events.payload,
  case
    when (events.schema_version = 1
      and events.codec = 'json'
      and coalesce(events.compression, events.key_id, events.metadata, events.idempotency_key) is null) then
      1
    else 0 end,
  events.schema_version, events.codec, events.compression, events.key_id, events.metadata,
  events.idempotency_key, events.stream_id
from events_tags as "t$"
join events on events.global_position = ("t$".global_position + 0)
where ("t$".tag = :tag
  and "t$".global_position > :position
  and "t$".global_position <= :to_position
  and exists (
    select 1 as one
    from events_tags as "o$"
    where ("o$".tag in (:tag_2)
      and "o$".global_position = "t$".global_position)
    limit 1))
order by "t$".global_position
limit :limit;
--   SEARCH t$ USING COVERING INDEX events_tags_by_tag (tag=? AND global_position>? AND global_position<?)
--   CORRELATED SCALAR SUBQUERY 1
--     SEARCH o$ USING COVERING INDEX events_tags_by_tag (tag=? AND global_position=?)
--   SEARCH events USING INTEGER PRIMARY KEY (rowid=?)

-- anyOfOneTag
-- run by: Journal.exists, Journal.read, Journal.stream
select "t$".global_position, events.seq, events.event_type, events.ts, events.tags, events.payload,
  case
    when (events.schema_version = 1
      and events.codec = 'json'
      and coalesce(events.compression, events.key_id, events.metadata, events.idempotency_key) is null) then
      1
    else 0 end,
  events.schema_version, events.codec, events.compression, events.key_id, events.metadata,
  events.idempotency_key, events.stream_id
from events_tags as "t$"
join events on events.global_position = ("t$".global_position + 0)
where ("t$".tag = :tag
  and "t$".global_position > :position
  and "t$".global_position <= :to_position)
order by "t$".global_position
limit :limit;
--   SEARCH t$ USING COVERING INDEX events_tags_by_tag (tag=? AND global_position>? AND global_position<?)
--   SEARCH events USING INTEGER PRIMARY KEY (rowid=?)

-- anyOfTwoTags
-- run by: Journal.exists, Journal.read, Journal.stream
select "t$".global_position, events.seq, events.event_type, events.ts, events.tags, events.payload,
  case
    when (events.schema_version = 1
      and events.codec = 'json'
      and coalesce(events.compression, events.key_id, events.metadata, events.idempotency_key) is null) then
      1
    else 0 end,
  events.schema_version, events.codec, events.compression, events.key_id, events.metadata,
  events.idempotency_key, events.stream_id
from events_tags as "t$"
join events on events.global_position = ("t$".global_position + 0)
where ("t$".tag = :tag
  and "t$".global_position > :position
  and "t$".global_position <= :to_position)
union all
select "t$".global_position, events.seq, events.event_type, events.ts, events.tags, events.payload,
  case
    when (events.schema_version = 1
      and events.codec = 'json'
      and coalesce(events.compression, events.key_id, events.metadata, events.idempotency_key) is null) then
      1
    else 0 end,
  events.schema_version, events.codec, events.compression, events.key_id, events.metadata,
  events.idempotency_key, events.stream_id
from events_tags as "t$"
join events on events.global_position = ("t$".global_position + 0)
where ("t$".tag = :tag_2
  and "t$".global_position > :position
  and "t$".global_position <= :to_position
  and not exists (
    select 1 as one
    from events_tags as "o$"
    where ("o$".tag in (:tag)
      and "o$".global_position = "t$".global_position)
    limit 1))
order by 1
limit :limit;
--   MERGE (UNION ALL)
--     LEFT
--       SEARCH t$ USING COVERING INDEX events_tags_by_tag (tag=? AND global_position>? AND global_position<?)
--       SEARCH events USING INTEGER PRIMARY KEY (rowid=?)
--     RIGHT
--       SEARCH t$ USING COVERING INDEX events_tags_by_tag (tag=? AND global_position>? AND global_position<?)
--       CORRELATED SCALAR SUBQUERY 2
--         SEARCH o$ USING COVERING INDEX events_tags_by_tag (tag=? AND global_position=?)
--       SEARCH events USING INTEGER PRIMARY KEY (rowid=?)

-- anyOfTwoTagsByTypes
-- run by: Journal.exists, Journal.read, Journal.stream
select "t$".global_position, events.seq, events.event_type, events.ts, events.tags, events.payload,
  case
    when (events.schema_version = 1
      and events.codec = 'json'
      and coalesce(events.compression, events.key_id, events.metadata, events.idempotency_key) is null) then
      1
    else 0 end,
  events.schema_version, events.codec, events.compression, events.key_id, events.metadata,
  events.idempotency_key, events.stream_id
from events_tags as "t$"
join events on events.global_position = ("t$".global_position + 0)
where ("t$".tag = :tag
  and "t$".global_position > :position
  and "t$".global_position <= :to_position
  and events.event_type in (:event_type, :event_type_2))
union all
select "t$".global_position, events.seq, events.event_type, events.ts, events.tags, events.payload,
  case
    when (events.schema_version = 1
      and events.codec = 'json'
      and coalesce(events.compression, events.key_id, events.metadata, events.idempotency_key) is null) then
      1
    else 0 end,
  events.schema_version, events.codec, events.compression, events.key_id, events.metadata,
  events.idempotency_key, events.stream_id
from events_tags as "t$"
join events on events.global_position = ("t$".global_position + 0)
where ("t$".tag = :tag_2
  and "t$".global_position > :position
  and "t$".global_position <= :to_position
  and events.event_type in (:event_type, :event_type_2)
  and not exists (
    select 1 as one
    from events_tags as "o$"
    where ("o$".tag in (:tag)
      and "o$".global_position = "t$".global_position)
    limit 1))
order by 1
limit :limit;
--   MERGE (UNION ALL)
--     LEFT
--       SEARCH t$ USING COVERING INDEX events_tags_by_tag (tag=? AND global_position>? AND global_position<?)
--       SEARCH events USING INTEGER PRIMARY KEY (rowid=?)
--     RIGHT
--       SEARCH t$ USING COVERING INDEX events_tags_by_tag (tag=? AND global_position>? AND global_position<?)
--       CORRELATED SCALAR SUBQUERY 2
--         SEARCH o$ USING COVERING INDEX events_tags_by_tag (tag=? AND global_position=?)
--       SEARCH events USING INTEGER PRIMARY KEY (rowid=?)

-- anyOfButNoneOf
-- run by: Journal.exists, Journal.read, Journal.stream
select "t$".global_position, events.seq, events.event_type, events.ts, events.tags, events.payload,
  case
    when (events.schema_version = 1
      and events.codec = 'json'
      and coalesce(events.compression, events.key_id, events.metadata, events.idempotency_key) is null) then
      1
    else 0 end,
  events.schema_version, events.codec, events.compression, events.key_id, events.metadata,
  events.idempotency_key, events.stream_id
from events_tags as "t$"
join events on events.global_position = ("t$".global_position + 0)
where ("t$".tag = :tag
  and "t$".global_position > :position
  and "t$".global_position <= :to_position
  and not exists (
    select 1 as one
    from events_tags as "o$"
    where ("o$".tag in (:tag_2, :tag_3)
      and "o$".global_position = "t$".global_position)
    limit 1))
union all
select "t$".global_position, events.seq, events.event_type, events.ts, events.tags, events.payload,
  case
    when (events.schema_version = 1
      and events.codec = 'json'
      and coalesce(events.compression, events.key_id, events.metadata, events.idempotency_key) is null) then
      1
    else 0 end,
  events.schema_version, events.codec, events.compression, events.key_id, events.metadata,
  events.idempotency_key, events.stream_id
from events_tags as "t$"
join events on events.global_position = ("t$".global_position + 0)
where ("t$".tag = :tag_4
  and "t$".global_position > :position
  and "t$".global_position <= :to_position
  and not exists (
    select 1 as one
    from events_tags as "o$"
    where ("o$".tag in (:tag_2, :tag_3)
      and "o$".global_position = "t$".global_position)
    limit 1)
  and not exists (
    select 1 as one
    from events_tags as "o$"
    where ("o$".tag in (:tag)
      and "o$".global_position = "t$".global_position)
    limit 1))
order by 1
limit :limit;
--   MERGE (UNION ALL)
--     LEFT
--       SEARCH t$ USING COVERING INDEX events_tags_by_tag (tag=? AND global_position>? AND global_position<?)
--       CORRELATED SCALAR SUBQUERY 1
--         SEARCH o$ USING COVERING INDEX events_tags_by_tag (tag=? AND global_position=?)
--       SEARCH events USING INTEGER PRIMARY KEY (rowid=?)
--     RIGHT
--       SEARCH t$ USING COVERING INDEX events_tags_by_tag (tag=? AND global_position>? AND global_position<?)
--       CORRELATED SCALAR SUBQUERY 3
--         SEARCH o$ USING COVERING INDEX events_tags_by_tag (tag=? AND global_position=?)
--       CORRELATED SCALAR SUBQUERY 4
--         SEARCH o$ USING COVERING INDEX events_tags_by_tag (tag=? AND global_position=?)
--       SEARCH events USING INTEGER PRIMARY KEY (rowid=?)

-- noneOfTwoTags
-- run by: Journal.exists, Journal.read, Journal.stream
select events.global_position, events.seq, events.event_type, events.ts, events.tags, events.payload,
  case
    when (events.schema_version = 1
      and events.codec = 'json'
      and coalesce(events.compression, events.key_id, events.metadata, events.idempotency_key) is null) then
      1
    else 0 end,
  events.schema_version, events.codec, events.compression, events.key_id, events.metadata,
  events.idempotency_key, events.stream_id
from events
where (events.global_position > :position
  and events.global_position <= :to_position
  and not exists (
    select 1 as one
    from events_tags as "o$"
    where ("o$".tag in (:tag, :tag_2)
      and "o$".global_position = events.global_position)
    limit 1))
order by events.global_position
limit :limit;
--   SEARCH events USING INTEGER PRIMARY KEY (rowid>? AND rowid<?)
--   CORRELATED SCALAR SUBQUERY 1
--     SEARCH o$ USING COVERING INDEX events_tags_by_tag (tag=? AND global_position=?)

-- newestFirstByTypes
-- run by: Journal.exists, Journal.read, Journal.stream
select events.global_position, events.seq, events.event_type, events.ts, events.tags, events.payload,
  case
    when (events.schema_version = 1
      and events.codec = 'json'
      and coalesce(events.compression, events.key_id, events.metadata, events.idempotency_key) is null) then
      1
    else 0 end,
  events.schema_version, events.codec, events.compression, events.key_id, events.metadata,
  events.idempotency_key, events.stream_id
from events
where (events.global_position > :position
  and events.global_position <= :to_position
  and events.event_type in (:event_type, :event_type_2))
order by events.global_position desc
limit :limit;
--   SEARCH events USING INTEGER PRIMARY KEY (rowid>? AND rowid<?)

-- newestFirstOfTag
-- run by: Journal.exists, Journal.read, Journal.stream
select "t$".global_position, events.seq, events.event_type, events.ts, events.tags, events.payload,
  case
    when (events.schema_version = 1
      and events.codec = 'json'
      and coalesce(events.compression, events.key_id, events.metadata, events.idempotency_key) is null) then
      1
    else 0 end,
  events.schema_version, events.codec, events.compression, events.key_id, events.metadata,
  events.idempotency_key, events.stream_id
from events_tags as "t$"
join events on events.global_position = ("t$".global_position + 0)
where ("t$".tag = :tag
  and "t$".global_position > :position
  and "t$".global_position <= :to_position)
order by "t$".global_position desc
limit :limit;
--   SEARCH t$ USING COVERING INDEX events_tags_by_tag (tag=? AND global_position>? AND global_position<?)
--   SEARCH events USING INTEGER PRIMARY KEY (rowid=?)

-- newestFirstAnyOf
-- run by: Journal.exists, Journal.read, Journal.stream
select "t$".global_position, events.seq, events.event_type, events.ts, events.tags, events.payload,
  case
    when (events.schema_version = 1
      and events.codec = 'json'
      and coalesce(events.compression, events.key_id, events.metadata, events.idempotency_key) is null) then
      1
    else 0 end,
  events.schema_version, events.codec, events.compression, events.key_id, events.metadata,
  events.idempotency_key, events.stream_id
from events_tags as "t$"
join events on events.global_position = ("t$".global_position + 0)
where ("t$".tag = :tag
  and "t$".global_position > :position
  and "t$".global_position <= :to_position)
union all
select "t$".global_position, events.seq, events.event_type, events.ts, events.tags, events.payload,
  case
    when (events.schema_version = 1
      and events.codec = 'json'
      and coalesce(events.compression, events.key_id, events.metadata, events.idempotency_key) is null) then
      1
    else 0 end,
  events.schema_version, events.codec, events.compression, events.key_id, events.metadata,
  events.idempotency_key, events.stream_id
from events_tags as "t$"
join events on events.global_position = ("t$".global_position + 0)
where ("t$".tag = :tag_2
  and "t$".global_position > :position
  and "t$".global_position <= :to_position
  and not exists (
    select 1 as one
    from events_tags as "o$"
    where ("o$".tag in (:tag)
      and "o$".global_position = "t$".global_position)
    limit 1))
order by 1 desc
limit :limit;
--   MERGE (UNION ALL)
--     LEFT
--       SEARCH t$ USING COVERING INDEX events_tags_by_tag (tag=? AND global_position>? AND global_position<?)
--       SEARCH events USING INTEGER PRIMARY KEY (rowid=?)
--     RIGHT
--       SEARCH t$ USING COVERING INDEX events_tags_by_tag (tag=? AND global_position>? AND global_position<?)
--       CORRELATED SCALAR SUBQUERY 2
--         SEARCH o$ USING COVERING INDEX events_tags_by_tag (tag=? AND global_position=?)
--       SEARCH events USING INTEGER PRIMARY KEY (rowid=?)

-- recordedBetween
-- run by: Journal.exists, Journal.read, Journal.stream
select events.global_position, events.seq, events.event_type, events.ts, events.tags, events.payload,
  case
    when (events.schema_version = 1
      and events.codec = 'json'
      and coalesce(events.compression, events.key_id, events.metadata, events.idempotency_key) is null) then
      1
    else 0 end,
  events.schema_version, events.codec, events.compression, events.key_id, events.metadata,
  events.idempotency_key, events.stream_id
from events
where (events.global_position > :position
  and events.global_position <= :to_position
  and events.ts >= :from_time
  and events.ts < :before_time)
order by events.global_position
limit :limit;
--   SEARCH events USING INTEGER PRIMARY KEY (rowid>? AND rowid<?)

-- streamRecordedFrom
-- run by: Journal.exists, Journal.read, Journal.stream
select events.global_position, events.seq, events.event_type, events.ts, events.tags, events.payload,
  case
    when (events.schema_version = 1
      and events.codec = 'json'
      and coalesce(events.compression, events.key_id, events.metadata, events.idempotency_key) is null) then
      1
    else 0 end,
  events.schema_version, events.codec, events.compression, events.key_id, events.metadata,
  events.idempotency_key,
  (
    select case
      when (streams.state = 'ACTIVE'
        or (streams.state = 'ARCHIVED'
          and (streams.reason is null
            or not (streams.reason = 'moved' or substr(streams.reason, 1, 6) = 'moved ')))) then 1
      else 0 end
    from streams
    where streams.stream_id = :stream_id)
from events
where (events.stream_id = :stream_id
  and events.seq between :seq and :to_seq
  and events.ts >= :from_time)
order by events.seq asc
limit :limit;
--   SEARCH events USING INDEX sqlite_autoindex_events_1 (stream_id=? AND seq>? AND seq<?)
--   SCALAR SUBQUERY 1
--     SEARCH streams USING PRIMARY KEY (stream_id=?)

-- everyFilter
-- run by: Journal.exists, Journal.read, Journal.stream
select "t$".global_position, events.seq, events.event_type, events.ts, events.tags, events.payload,
  case
    when (events.schema_version = 1
      and events.codec = 'json'
      and coalesce(events.compression, events.key_id, events.metadata, events.idempotency_key) is null) then
      1
    else 0 end,
  events.schema_version, events.codec, events.compression, events.key_id, events.metadata,
  events.idempotency_key, events.stream_id
from events_tags as "t$"
join events on events.global_position = ("t$".global_position + 0)
where ("t$".tag = :tag
  and "t$".global_position > :position
  and "t$".global_position <= :to_position
  and exists (
    select 1 as one
    from events_tags as "o$"
    where ("o$".tag in (:tag_2)
      and "o$".global_position = "t$".global_position)
    limit 1)
  and exists (
    select 1 as one
    from events_tags as "o$"
    where ("o$".tag in (:tag_3, :tag_4)
      and "o$".global_position = "t$".global_position)
    limit 1)
  and not exists (
    select 1 as one
    from events_tags as "o$"
    where ("o$".tag in (:tag_5, :tag_6)
      and "o$".global_position = "t$".global_position)
    limit 1)
  and events.event_type in (:event_type, :event_type_2))
order by "t$".global_position
limit :limit;
--   SEARCH t$ USING COVERING INDEX events_tags_by_tag (tag=? AND global_position>? AND global_position<?)
--   CORRELATED SCALAR SUBQUERY 1
--     SEARCH o$ USING COVERING INDEX events_tags_by_tag (tag=? AND global_position=?)
--   CORRELATED SCALAR SUBQUERY 2
--     SEARCH o$ USING COVERING INDEX events_tags_by_tag (tag=? AND global_position=?)
--   CORRELATED SCALAR SUBQUERY 3
--     SEARCH o$ USING COVERING INDEX events_tags_by_tag (tag=? AND global_position=?)
--   SEARCH events USING INTEGER PRIMARY KEY (rowid=?)

-- countAll
-- run by: Journal.count
select count(*)
from (
  select events.global_position
  from events
  where (events.global_position > :position
    and events.global_position <= :to_position)
  order by events.global_position
  limit :limit) as "c$";
--   CO-ROUTINE c$
--     SEARCH events USING INTEGER PRIMARY KEY (rowid>? AND rowid<?)
--   SCAN c$  -- allowed: counts what was found

-- countOfTag
-- run by: Journal.count
select count(*)
from (
  select "t$".global_position
  from events_tags as "t$"
  join events on events.global_position = ("t$".global_position + 0)
  where ("t$".tag = :tag
    and "t$".global_position > :position
    and "t$".global_position <= :to_position)
  order by "t$".global_position
  limit :limit) as "c$";
--   CO-ROUTINE c$
--     SEARCH t$ USING COVERING INDEX events_tags_by_tag (tag=? AND global_position>? AND global_position<?)
--     SEARCH events USING INTEGER PRIMARY KEY (rowid=?)
--   SCAN c$  -- allowed: counts what was found

-- countOfStream
-- run by: Journal.count
select count(*)
from (
  select events.seq
  from events
  where (events.stream_id = :stream_id
    and events.seq between :seq and :to_seq)
  order by events.seq asc
  limit :limit) as "c$";
--   CO-ROUTINE c$
--     SEARCH events USING COVERING INDEX sqlite_autoindex_events_1 (stream_id=? AND seq>? AND seq<?)
--   SCAN c$  -- allowed: counts what was found
