-- What the journal runs on SQLite, and how SQLite runs it.

-- head
select max(streams.last_seq, coalesce((
      select max(events.seq)
      from events
      where events.stream_id = streams.stream_id), 0)), case when (streams.state = 'ACTIVE'
  and streams.deleted_to = 0
  and streams.reason is null
  and streams.changed_at is null) then 1 else 0 end
from streams
where streams.stream_id = ?;
--   SEARCH streams USING PRIMARY KEY (stream_id=?)
--   CORRELATED SCALAR SUBQUERY 1
--     SEARCH events USING COVERING INDEX sqlite_autoindex_events_1 (stream_id=?)

-- streamRow
select streams.stream_id, max(streams.last_seq, coalesce((
      select max(events.seq)
      from events
      where events.stream_id = streams.stream_id), 0)), streams.deleted_to, streams.state, streams.reason, streams.changed_at
from streams
where streams.stream_id = ?;
--   SEARCH streams USING PRIMARY KEY (stream_id=?)
--   CORRELATED SCALAR SUBQUERY 1
--     SEARCH events USING COVERING INDEX sqlite_autoindex_events_1 (stream_id=?)

-- claimStream
select streams.stream_id, max(streams.last_seq, coalesce((
      select max(events.seq)
      from events
      where events.stream_id = streams.stream_id), 0)), streams.deleted_to, streams.state, streams.reason, streams.changed_at
from streams
where streams.stream_id = ?;
--   SEARCH streams USING PRIMARY KEY (stream_id=?)
--   CORRELATED SCALAR SUBQUERY 1
--     SEARCH events USING COVERING INDEX sqlite_autoindex_events_1 (stream_id=?)

-- forwards
select events.global_position, events.seq, events.event_type, events.ts, events.tags, events.payload, case when (events.schema_version = 1
  and events.codec = 'json'
  and coalesce(events.compression, events.key_id, events.metadata) is null) then 1 else 0 end, events.schema_version, events.codec, events.compression, events.key_id, events.metadata, (
  select case when (streams.state = 'ACTIVE' or (streams.state = 'ARCHIVED'
      and (streams.reason is null or not (streams.reason = 'moved' or substr(streams.reason, 1, 6) = 'moved ')))) then 1 else 0 end
  from streams
  where streams.stream_id = ?)
from events
where (events.stream_id = ?
  and events.seq between ? and ?)
order by events.seq asc
limit ?;
--   SEARCH events USING INDEX sqlite_autoindex_events_1 (stream_id=? AND seq>? AND seq<?)
--   SCALAR SUBQUERY 1
--     SEARCH streams USING PRIMARY KEY (stream_id=?)

-- backwards
select events.global_position, events.seq, events.event_type, events.ts, events.tags, events.payload, case when (events.schema_version = 1
  and events.codec = 'json'
  and coalesce(events.compression, events.key_id, events.metadata) is null) then 1 else 0 end, events.schema_version, events.codec, events.compression, events.key_id, events.metadata, (
  select case when (streams.state = 'ACTIVE' or (streams.state = 'ARCHIVED'
      and (streams.reason is null or not (streams.reason = 'moved' or substr(streams.reason, 1, 6) = 'moved ')))) then 1 else 0 end
  from streams
  where streams.stream_id = ?)
from events
where (events.stream_id = ?
  and events.seq between ? and ?)
order by events.seq desc
limit ?;
--   SEARCH events USING INDEX sqlite_autoindex_events_1 (stream_id=? AND seq>? AND seq<?)
--   SCALAR SUBQUERY 1
--     SEARCH streams USING PRIMARY KEY (stream_id=?)

-- after
select events.global_position, events.seq, events.event_type, events.ts, events.tags, events.payload, case when (events.schema_version = 1
  and events.codec = 'json'
  and coalesce(events.compression, events.key_id, events.metadata) is null) then 1 else 0 end, events.schema_version, events.codec, events.compression, events.key_id, events.metadata, events.stream_id
from events
where (events.global_position > ?
  and events.global_position <= ?)
order by events.global_position
limit ?;
--   SEARCH events USING INTEGER PRIMARY KEY (rowid>? AND rowid<?)

-- newestFirst
select events.global_position, events.seq, events.event_type, events.ts, events.tags, events.payload, case when (events.schema_version = 1
  and events.codec = 'json'
  and coalesce(events.compression, events.key_id, events.metadata) is null) then 1 else 0 end, events.schema_version, events.codec, events.compression, events.key_id, events.metadata, events.stream_id
from events
where (events.global_position > ?
  and events.global_position <= ?)
order by events.global_position desc
limit ?;
--   SEARCH events USING INTEGER PRIMARY KEY (rowid>? AND rowid<?)

-- places
select events.stream_id, events.seq, events.global_position
from events
where (events.global_position > ?
  and events.global_position <= ?)
order by events.global_position
limit ?;
--   SEARCH events USING INTEGER PRIMARY KEY (rowid>? AND rowid<?)

-- at
select events.global_position, events.seq, events.event_type, events.ts, events.tags, events.payload, case when (events.schema_version = 1
  and events.codec = 'json'
  and coalesce(events.compression, events.key_id, events.metadata) is null) then 1 else 0 end, events.schema_version, events.codec, events.compression, events.key_id, events.metadata, events.stream_id
from events
where events.global_position = ?;
--   SEARCH events USING INTEGER PRIMARY KEY (rowid=?)

-- whatIsAt
select events.stream_id, events.seq, events.ts
from events
where events.global_position = ?;
--   SEARCH events USING INTEGER PRIMARY KEY (rowid=?)

-- seqAt
select events.seq
from events
where (events.stream_id = ?
  and events.global_position <= ?)
order by events.seq desc
limit ?;
--   SEARCH events USING COVERING INDEX sqlite_autoindex_events_1 (stream_id=?)

-- latestPosition
select events.global_position
from events
where events.global_position <= ?
order by events.global_position desc
limit ?;
--   SEARCH events USING INTEGER PRIMARY KEY (rowid<?)

-- idsFrom
select streams.stream_id
from streams
where streams.stream_id >= ?
order by streams.stream_id
limit ?;
--   SEARCH streams USING PRIMARY KEY (stream_id>?)

-- idsBehind
select streams.stream_id
from streams
where streams.stream_id > ?
order by streams.stream_id
limit ?;
--   SEARCH streams USING PRIMARY KEY (stream_id>?)

-- idsFromBelow
select streams.stream_id
from streams
where (streams.stream_id >= ?
  and streams.stream_id < ?)
order by streams.stream_id
limit ?;
--   SEARCH streams USING PRIMARY KEY (stream_id>? AND stream_id<?)

-- idsBehindBelow
select streams.stream_id
from streams
where (streams.stream_id > ?
  and streams.stream_id < ?)
order by streams.stream_id
limit ?;
--   SEARCH streams USING PRIMARY KEY (stream_id>? AND stream_id<?)

-- hasEvents
select events.seq
from events
where events.stream_id = ?
limit ?;
--   SEARCH events USING COVERING INDEX sqlite_autoindex_events_1 (stream_id=?)

-- deleteTags
delete from events_tags
where (events_tags.stream_id = ?
  and events_tags.seq <= ?);
--   SEARCH events_tags USING PRIMARY KEY (stream_id=? AND seq<?)

-- deleteEvents
delete from events
where (events.stream_id = ?
  and events.seq <= ?);
--   SEARCH events USING COVERING INDEX sqlite_autoindex_events_1 (stream_id=? AND seq<?)
--   SEARCH events_tags USING PRIMARY KEY (stream_id=? AND seq=?)

-- markDeleted
update streams
set deleted_to = max(streams.deleted_to, min(?, max(streams.last_seq, coalesce((
          select max(events.seq)
          from events
          where events.stream_id = streams.stream_id), 0))))
where streams.stream_id = ?;
--   SEARCH streams USING PRIMARY KEY (stream_id=?)
--   CORRELATED SCALAR SUBQUERY 1
--     SEARCH events USING COVERING INDEX sqlite_autoindex_events_1 (stream_id=?)

-- raiseEmptyMark
insert into streams (stream_id, last_seq, deleted_to)
values (?, ?, ?)
on conflict (stream_id)
do update
set last_seq = excluded.last_seq, deleted_to = excluded.deleted_to;

-- stats
select (
  select count(*)
  from events), (
  select count(*)
  from streams), (
  select count(distinct events_tags.tag)
  from events_tags), (
  select min(events.global_position)
  from events), (
  select max(events.global_position)
  from events), (
  select min(events.ts)
  from events), (
  select max(events.ts)
  from events);
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
select events.global_position, events.seq, events.event_type, events.ts, events.tags, events.payload, case when (events.schema_version = 1
  and events.codec = 'json'
  and coalesce(events.compression, events.key_id, events.metadata) is null) then 1 else 0 end, events.schema_version, events.codec, events.compression, events.key_id, events.metadata, events.stream_id
from events
where (events.stream_id = ?
  and events.idempotency_key = ?)
order by events.seq;
--   SEARCH events USING INDEX events_by_idempotency_key (stream_id=? AND idempotency_key=?)

-- insertEvent
insert into events (global_position, stream_id, seq, event_type, schema_version, codec, compression, key_id, ts, tags, metadata, idempotency_key, payload, content_checksum)
values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?);

-- insertPlainEvent
insert into events (global_position, stream_id, seq, event_type, schema_version, codec, ts, payload, content_checksum)
values (?, ?, ?, ?, 1, 'json', ?, ?, ?);

-- insertTag
insert into events_tags (stream_id, seq, tag, global_position)
values (?, ?, ?, ?);

-- insertStream
insert into streams (stream_id, last_seq)
values (?, ?)
on conflict (stream_id) do nothing;

-- highestPosition
select max(coalesce((
      select max(rowid)
      from events), 0), coalesce((
      select given_to
      from events_position), 0));
--   SCAN CONSTANT ROW
--   SCALAR SUBQUERY 1
--     SEARCH events
--   SCALAR SUBQUERY 2
--     SCAN events_position  -- allowed: has at most one row

-- forwardsByTypes
select events.global_position, events.seq, events.event_type, events.ts, events.tags, events.payload, case when (events.schema_version = 1
  and events.codec = 'json'
  and coalesce(events.compression, events.key_id, events.metadata) is null) then 1 else 0 end, events.schema_version, events.codec, events.compression, events.key_id, events.metadata, (
  select case when (streams.state = 'ACTIVE' or (streams.state = 'ARCHIVED'
      and (streams.reason is null or not (streams.reason = 'moved' or substr(streams.reason, 1, 6) = 'moved ')))) then 1 else 0 end
  from streams
  where streams.stream_id = ?)
from events
where (events.stream_id = ?
  and events.seq between ? and ?
  and events.event_type in (?, ?))
order by events.seq asc
limit ?;
--   SEARCH events USING INDEX sqlite_autoindex_events_1 (stream_id=? AND seq>? AND seq<?)
--   SCALAR SUBQUERY 1
--     SEARCH streams USING PRIMARY KEY (stream_id=?)

-- backwardsByTypes
select events.global_position, events.seq, events.event_type, events.ts, events.tags, events.payload, case when (events.schema_version = 1
  and events.codec = 'json'
  and coalesce(events.compression, events.key_id, events.metadata) is null) then 1 else 0 end, events.schema_version, events.codec, events.compression, events.key_id, events.metadata, (
  select case when (streams.state = 'ACTIVE' or (streams.state = 'ARCHIVED'
      and (streams.reason is null or not (streams.reason = 'moved' or substr(streams.reason, 1, 6) = 'moved ')))) then 1 else 0 end
  from streams
  where streams.stream_id = ?)
from events
where (events.stream_id = ?
  and events.seq between ? and ?
  and events.event_type in (?, ?))
order by events.seq desc
limit ?;
--   SEARCH events USING INDEX sqlite_autoindex_events_1 (stream_id=? AND seq>? AND seq<?)
--   SCALAR SUBQUERY 1
--     SEARCH streams USING PRIMARY KEY (stream_id=?)

-- afterByTypes
select events.global_position, events.seq, events.event_type, events.ts, events.tags, events.payload, case when (events.schema_version = 1
  and events.codec = 'json'
  and coalesce(events.compression, events.key_id, events.metadata) is null) then 1 else 0 end, events.schema_version, events.codec, events.compression, events.key_id, events.metadata, events.stream_id
from events
where (events.global_position > ?
  and events.global_position <= ?
  and events.event_type in (?, ?))
order by events.global_position
limit ?;
--   SEARCH events USING INTEGER PRIMARY KEY (rowid>? AND rowid<?)

-- afterInStreams
select events.global_position, events.seq, events.event_type, events.ts, events.tags, events.payload, case when (events.schema_version = 1
  and events.codec = 'json'
  and coalesce(events.compression, events.key_id, events.metadata) is null) then 1 else 0 end, events.schema_version, events.codec, events.compression, events.key_id, events.metadata, events.stream_id
from events
where (events.global_position > ?
  and events.global_position <= ?
  and (events.stream_id || '') >= ?
  and (events.stream_id || '') < ?)
order by events.global_position
limit ?;
--   SEARCH events USING INTEGER PRIMARY KEY (rowid>? AND rowid<?)

-- oneTagInStreams
select "t$".global_position, events.seq, events.event_type, events.ts, events.tags, events.payload, case when (events.schema_version = 1
  and events.codec = 'json'
  and coalesce(events.compression, events.key_id, events.metadata) is null) then 1 else 0 end, events.schema_version, events.codec, events.compression, events.key_id, events.metadata, events.stream_id
from events_tags as "t$"
join events on events.global_position = ("t$".global_position + 0)
where ("t$".tag = ?
  and "t$".global_position > ?
  and "t$".global_position <= ?
  and (events.stream_id || '') >= ?
  and (events.stream_id || '') < ?)
order by "t$".global_position
limit ?;
--   SEARCH t$ USING COVERING INDEX events_tags_by_tag (tag=? AND global_position>? AND global_position<?)
--   SEARCH events USING INTEGER PRIMARY KEY (rowid=?)

-- oneTag
select "t$".global_position, events.seq, events.event_type, events.ts, events.tags, events.payload, case when (events.schema_version = 1
  and events.codec = 'json'
  and coalesce(events.compression, events.key_id, events.metadata) is null) then 1 else 0 end, events.schema_version, events.codec, events.compression, events.key_id, events.metadata, events.stream_id
from events_tags as "t$"
join events on events.global_position = ("t$".global_position + 0)
where ("t$".tag = ?
  and "t$".global_position > ?
  and "t$".global_position <= ?)
order by "t$".global_position
limit ?;
--   SEARCH t$ USING COVERING INDEX events_tags_by_tag (tag=? AND global_position>? AND global_position<?)
--   SEARCH events USING INTEGER PRIMARY KEY (rowid=?)

-- oneTagByTypes
select "t$".global_position, events.seq, events.event_type, events.ts, events.tags, events.payload, case when (events.schema_version = 1
  and events.codec = 'json'
  and coalesce(events.compression, events.key_id, events.metadata) is null) then 1 else 0 end, events.schema_version, events.codec, events.compression, events.key_id, events.metadata, events.stream_id
from events_tags as "t$"
join events on events.global_position = ("t$".global_position + 0)
where ("t$".tag = ?
  and "t$".global_position > ?
  and "t$".global_position <= ?
  and events.event_type in (?, ?))
order by "t$".global_position
limit ?;
--   SEARCH t$ USING COVERING INDEX events_tags_by_tag (tag=? AND global_position>? AND global_position<?)
--   SEARCH events USING INTEGER PRIMARY KEY (rowid=?)

-- allOfTwoTags
select "t$".global_position, events.seq, events.event_type, events.ts, events.tags, events.payload, case when (events.schema_version = 1
  and events.codec = 'json'
  and coalesce(events.compression, events.key_id, events.metadata) is null) then 1 else 0 end, events.schema_version, events.codec, events.compression, events.key_id, events.metadata, events.stream_id
from events_tags as "t$"
join events on events.global_position = ("t$".global_position + 0)
where ("t$".tag = ?
  and "t$".global_position > ?
  and "t$".global_position <= ?
  and exists (
    select 1 as one
    from events_tags as "o$"
    where ("o$".tag in (?)
      and "o$".global_position = "t$".global_position)
    limit 1))
order by "t$".global_position
limit ?;
--   SEARCH t$ USING COVERING INDEX events_tags_by_tag (tag=? AND global_position>? AND global_position<?)
--   CORRELATED SCALAR SUBQUERY 1
--     SEARCH o$ USING COVERING INDEX events_tags_by_tag (tag=? AND global_position=?)
--   SEARCH events USING INTEGER PRIMARY KEY (rowid=?)

-- anyOfOneTag
select "t$".global_position, events.seq, events.event_type, events.ts, events.tags, events.payload, case when (events.schema_version = 1
  and events.codec = 'json'
  and coalesce(events.compression, events.key_id, events.metadata) is null) then 1 else 0 end, events.schema_version, events.codec, events.compression, events.key_id, events.metadata, events.stream_id
from events_tags as "t$"
join events on events.global_position = ("t$".global_position + 0)
where ("t$".tag = ?
  and "t$".global_position > ?
  and "t$".global_position <= ?)
order by "t$".global_position
limit ?;
--   SEARCH t$ USING COVERING INDEX events_tags_by_tag (tag=? AND global_position>? AND global_position<?)
--   SEARCH events USING INTEGER PRIMARY KEY (rowid=?)

-- anyOfTwoTags
select "t$".global_position, events.seq, events.event_type, events.ts, events.tags, events.payload, case when (events.schema_version = 1
  and events.codec = 'json'
  and coalesce(events.compression, events.key_id, events.metadata) is null) then 1 else 0 end, events.schema_version, events.codec, events.compression, events.key_id, events.metadata, events.stream_id
from events_tags as "t$"
join events on events.global_position = ("t$".global_position + 0)
where ("t$".tag = ?
  and "t$".global_position > ?
  and "t$".global_position <= ?)
union all select "t$".global_position, events.seq, events.event_type, events.ts, events.tags, events.payload, case when (events.schema_version = 1
  and events.codec = 'json'
  and coalesce(events.compression, events.key_id, events.metadata) is null) then 1 else 0 end, events.schema_version, events.codec, events.compression, events.key_id, events.metadata, events.stream_id
from events_tags as "t$"
join events on events.global_position = ("t$".global_position + 0)
where ("t$".tag = ?
  and "t$".global_position > ?
  and "t$".global_position <= ?
  and not exists (
    select 1 as one
    from events_tags as "o$"
    where ("o$".tag in (?)
      and "o$".global_position = "t$".global_position)
    limit 1))
order by 1
limit ?;
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
select "t$".global_position, events.seq, events.event_type, events.ts, events.tags, events.payload, case when (events.schema_version = 1
  and events.codec = 'json'
  and coalesce(events.compression, events.key_id, events.metadata) is null) then 1 else 0 end, events.schema_version, events.codec, events.compression, events.key_id, events.metadata, events.stream_id
from events_tags as "t$"
join events on events.global_position = ("t$".global_position + 0)
where ("t$".tag = ?
  and "t$".global_position > ?
  and "t$".global_position <= ?
  and events.event_type in (?, ?))
union all select "t$".global_position, events.seq, events.event_type, events.ts, events.tags, events.payload, case when (events.schema_version = 1
  and events.codec = 'json'
  and coalesce(events.compression, events.key_id, events.metadata) is null) then 1 else 0 end, events.schema_version, events.codec, events.compression, events.key_id, events.metadata, events.stream_id
from events_tags as "t$"
join events on events.global_position = ("t$".global_position + 0)
where ("t$".tag = ?
  and "t$".global_position > ?
  and "t$".global_position <= ?
  and events.event_type in (?, ?)
  and not exists (
    select 1 as one
    from events_tags as "o$"
    where ("o$".tag in (?)
      and "o$".global_position = "t$".global_position)
    limit 1))
order by 1
limit ?;
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
select "t$".global_position, events.seq, events.event_type, events.ts, events.tags, events.payload, case when (events.schema_version = 1
  and events.codec = 'json'
  and coalesce(events.compression, events.key_id, events.metadata) is null) then 1 else 0 end, events.schema_version, events.codec, events.compression, events.key_id, events.metadata, events.stream_id
from events_tags as "t$"
join events on events.global_position = ("t$".global_position + 0)
where ("t$".tag = ?
  and "t$".global_position > ?
  and "t$".global_position <= ?
  and not exists (
    select 1 as one
    from events_tags as "o$"
    where ("o$".tag in (?, ?)
      and "o$".global_position = "t$".global_position)
    limit 1))
union all select "t$".global_position, events.seq, events.event_type, events.ts, events.tags, events.payload, case when (events.schema_version = 1
  and events.codec = 'json'
  and coalesce(events.compression, events.key_id, events.metadata) is null) then 1 else 0 end, events.schema_version, events.codec, events.compression, events.key_id, events.metadata, events.stream_id
from events_tags as "t$"
join events on events.global_position = ("t$".global_position + 0)
where ("t$".tag = ?
  and "t$".global_position > ?
  and "t$".global_position <= ?
  and not exists (
    select 1 as one
    from events_tags as "o$"
    where ("o$".tag in (?, ?)
      and "o$".global_position = "t$".global_position)
    limit 1)
  and not exists (
    select 1 as one
    from events_tags as "o$"
    where ("o$".tag in (?)
      and "o$".global_position = "t$".global_position)
    limit 1))
order by 1
limit ?;
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
select events.global_position, events.seq, events.event_type, events.ts, events.tags, events.payload, case when (events.schema_version = 1
  and events.codec = 'json'
  and coalesce(events.compression, events.key_id, events.metadata) is null) then 1 else 0 end, events.schema_version, events.codec, events.compression, events.key_id, events.metadata, events.stream_id
from events
where (events.global_position > ?
  and events.global_position <= ?
  and not exists (
    select 1 as one
    from events_tags as "o$"
    where ("o$".tag in (?, ?)
      and "o$".global_position = events.global_position)
    limit 1))
order by events.global_position
limit ?;
--   SEARCH events USING INTEGER PRIMARY KEY (rowid>? AND rowid<?)
--   CORRELATED SCALAR SUBQUERY 1
--     SEARCH o$ USING COVERING INDEX events_tags_by_tag (tag=? AND global_position=?)

-- newestFirstByTypes
select events.global_position, events.seq, events.event_type, events.ts, events.tags, events.payload, case when (events.schema_version = 1
  and events.codec = 'json'
  and coalesce(events.compression, events.key_id, events.metadata) is null) then 1 else 0 end, events.schema_version, events.codec, events.compression, events.key_id, events.metadata, events.stream_id
from events
where (events.global_position > ?
  and events.global_position <= ?
  and events.event_type in (?, ?))
order by events.global_position desc
limit ?;
--   SEARCH events USING INTEGER PRIMARY KEY (rowid>? AND rowid<?)

-- newestFirstOfTag
select "t$".global_position, events.seq, events.event_type, events.ts, events.tags, events.payload, case when (events.schema_version = 1
  and events.codec = 'json'
  and coalesce(events.compression, events.key_id, events.metadata) is null) then 1 else 0 end, events.schema_version, events.codec, events.compression, events.key_id, events.metadata, events.stream_id
from events_tags as "t$"
join events on events.global_position = ("t$".global_position + 0)
where ("t$".tag = ?
  and "t$".global_position > ?
  and "t$".global_position <= ?)
order by "t$".global_position desc
limit ?;
--   SEARCH t$ USING COVERING INDEX events_tags_by_tag (tag=? AND global_position>? AND global_position<?)
--   SEARCH events USING INTEGER PRIMARY KEY (rowid=?)

-- newestFirstAnyOf
select "t$".global_position, events.seq, events.event_type, events.ts, events.tags, events.payload, case when (events.schema_version = 1
  and events.codec = 'json'
  and coalesce(events.compression, events.key_id, events.metadata) is null) then 1 else 0 end, events.schema_version, events.codec, events.compression, events.key_id, events.metadata, events.stream_id
from events_tags as "t$"
join events on events.global_position = ("t$".global_position + 0)
where ("t$".tag = ?
  and "t$".global_position > ?
  and "t$".global_position <= ?)
union all select "t$".global_position, events.seq, events.event_type, events.ts, events.tags, events.payload, case when (events.schema_version = 1
  and events.codec = 'json'
  and coalesce(events.compression, events.key_id, events.metadata) is null) then 1 else 0 end, events.schema_version, events.codec, events.compression, events.key_id, events.metadata, events.stream_id
from events_tags as "t$"
join events on events.global_position = ("t$".global_position + 0)
where ("t$".tag = ?
  and "t$".global_position > ?
  and "t$".global_position <= ?
  and not exists (
    select 1 as one
    from events_tags as "o$"
    where ("o$".tag in (?)
      and "o$".global_position = "t$".global_position)
    limit 1))
order by 1 desc
limit ?;
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
select events.global_position, events.seq, events.event_type, events.ts, events.tags, events.payload, case when (events.schema_version = 1
  and events.codec = 'json'
  and coalesce(events.compression, events.key_id, events.metadata) is null) then 1 else 0 end, events.schema_version, events.codec, events.compression, events.key_id, events.metadata, events.stream_id
from events
where (events.global_position > ?
  and events.global_position <= ?
  and events.ts >= ?
  and events.ts < ?)
order by events.global_position
limit ?;
--   SEARCH events USING INTEGER PRIMARY KEY (rowid>? AND rowid<?)

-- streamRecordedFrom
select events.global_position, events.seq, events.event_type, events.ts, events.tags, events.payload, case when (events.schema_version = 1
  and events.codec = 'json'
  and coalesce(events.compression, events.key_id, events.metadata) is null) then 1 else 0 end, events.schema_version, events.codec, events.compression, events.key_id, events.metadata, (
  select case when (streams.state = 'ACTIVE' or (streams.state = 'ARCHIVED'
      and (streams.reason is null or not (streams.reason = 'moved' or substr(streams.reason, 1, 6) = 'moved ')))) then 1 else 0 end
  from streams
  where streams.stream_id = ?)
from events
where (events.stream_id = ?
  and events.seq between ? and ?
  and events.ts >= ?)
order by events.seq asc
limit ?;
--   SEARCH events USING INDEX sqlite_autoindex_events_1 (stream_id=? AND seq>? AND seq<?)
--   SCALAR SUBQUERY 1
--     SEARCH streams USING PRIMARY KEY (stream_id=?)

-- everyFilter
select "t$".global_position, events.seq, events.event_type, events.ts, events.tags, events.payload, case when (events.schema_version = 1
  and events.codec = 'json'
  and coalesce(events.compression, events.key_id, events.metadata) is null) then 1 else 0 end, events.schema_version, events.codec, events.compression, events.key_id, events.metadata, events.stream_id
from events_tags as "t$"
join events on events.global_position = ("t$".global_position + 0)
where ("t$".tag = ?
  and "t$".global_position > ?
  and "t$".global_position <= ?
  and exists (
    select 1 as one
    from events_tags as "o$"
    where ("o$".tag in (?)
      and "o$".global_position = "t$".global_position)
    limit 1)
  and exists (
    select 1 as one
    from events_tags as "o$"
    where ("o$".tag in (?, ?)
      and "o$".global_position = "t$".global_position)
    limit 1)
  and not exists (
    select 1 as one
    from events_tags as "o$"
    where ("o$".tag in (?, ?)
      and "o$".global_position = "t$".global_position)
    limit 1)
  and events.event_type in (?, ?))
order by "t$".global_position
limit ?;
--   SEARCH t$ USING COVERING INDEX events_tags_by_tag (tag=? AND global_position>? AND global_position<?)
--   CORRELATED SCALAR SUBQUERY 1
--     SEARCH o$ USING COVERING INDEX events_tags_by_tag (tag=? AND global_position=?)
--   CORRELATED SCALAR SUBQUERY 2
--     SEARCH o$ USING COVERING INDEX events_tags_by_tag (tag=? AND global_position=?)
--   CORRELATED SCALAR SUBQUERY 3
--     SEARCH o$ USING COVERING INDEX events_tags_by_tag (tag=? AND global_position=?)
--   SEARCH events USING INTEGER PRIMARY KEY (rowid=?)
