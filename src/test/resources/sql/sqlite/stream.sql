-- What a stream's life runs on SQLite, and how SQLite runs it.

-- stream
-- run by: Streams.status, Streams.archiveTo, Streams.restoreFrom
select streams.stream_id,
  max(streams.last_seq,
    coalesce((select max(events.seq) from events where events.stream_id = streams.stream_id), 0)),
  streams.deleted_to, streams.state, streams.reason, streams.changed_at
from streams
where streams.stream_id = :stream_id;
--   SEARCH streams USING PRIMARY KEY (stream_id=?)
--   CORRELATED SCALAR SUBQUERY 1
--     SEARCH events USING COVERING INDEX sqlite_autoindex_events_1 (stream_id=?)

-- claim
-- run by: Streams.archiveTo, Streams.restoreFrom, Streams.archive, Streams.restore, Streams.tombstone, Streams.delete
select streams.stream_id,
  max(streams.last_seq,
    coalesce((select max(events.seq) from events where events.stream_id = streams.stream_id), 0)),
  streams.deleted_to, streams.state, streams.reason, streams.changed_at
from streams
where streams.stream_id = :stream_id;
--   SEARCH streams USING PRIMARY KEY (stream_id=?)
--   CORRELATED SCALAR SUBQUERY 1
--     SEARCH events USING COVERING INDEX sqlite_autoindex_events_1 (stream_id=?)

-- changeState
-- run by: Streams.archiveTo, Streams.restoreFrom, Streams.archive, Streams.restore, Streams.tombstone, Streams.delete
update streams
set state = :state, reason = :reason, changed_at = :changed_at, content_checksum = :checksum
where streams.stream_id = :stream_id;
--   SEARCH streams USING PRIMARY KEY (stream_id=?)

-- markEmptied
-- run by: Streams.archiveTo, Streams.restoreFrom, Streams.delete
update streams
set deleted_to =
  max(streams.last_seq,
  coalesce((select max(events.seq) from events where events.stream_id = streams.stream_id), 0))
where streams.stream_id = :stream_id;
--   SEARCH streams USING PRIMARY KEY (stream_id=?)
--   CORRELATED SCALAR SUBQUERY 1
--     SEARCH events USING COVERING INDEX sqlite_autoindex_events_1 (stream_id=?)

-- makeStream
-- run by: Streams.archiveTo
insert into streams (stream_id, last_seq, state)
values (:stream_id, 0, 'ARCHIVED');

-- saveStream
-- run by: Streams.archiveTo, Streams.restoreFrom
insert into streams (stream_id, last_seq, deleted_to, state, reason, changed_at, content_checksum)
values (:stream_id, :last_seq, :deleted_to, :state, :reason, :changed_at, :checksum)
on conflict (stream_id) do update
set last_seq = excluded.last_seq, deleted_to = excluded.deleted_to, state = excluded.state,
  reason = excluded.reason, changed_at = excluded.changed_at, content_checksum = excluded.content_checksum;

-- deleteTags
-- run by: Streams.archiveTo, Streams.restoreFrom, Streams.delete
delete from events_tags
where (events_tags.stream_id = :stream_id
  and events_tags.seq <= :to);
--   SEARCH events_tags USING PRIMARY KEY (stream_id=? AND seq<?)

-- deleteEvents
-- run by: Streams.archiveTo, Streams.restoreFrom, Streams.delete
delete from events
where (events.stream_id = :stream_id
  and events.seq <= :to);
--   SEARCH events USING COVERING INDEX sqlite_autoindex_events_1 (stream_id=? AND seq<?)
--   SEARCH events_tags USING PRIMARY KEY (stream_id=? AND seq=?)

-- deleteSnapshots
-- run by: Streams.archiveTo, Streams.restoreFrom, Streams.delete
delete from snapshots
where snapshots.stream_id = :stream_id;
--   SEARCH snapshots USING INDEX sqlite_autoindex_snapshots_1 (stream_id=?)

-- events
-- run by: Streams.archiveTo, Streams.restoreFrom
select events.stream_id, events.seq, events.event_type, events.schema_version, events.codec,
  events.compression, events.key_id, events.ts, events.tags, events.metadata, events.idempotency_key,
  events.content_checksum, events.payload
from events
where (events.stream_id = :stream_id
  and events.seq > :after
  and events.seq <= :to)
order by events.seq
limit :limit;
--   SEARCH events USING INDEX sqlite_autoindex_events_1 (stream_id=? AND seq>? AND seq<?)

-- eventSizes
-- run by: Streams.archiveTo, Streams.restoreFrom
select (coalesce(length(events.stream_id), 0) + coalesce(length(events.event_type), 0)
  + coalesce(length(events.codec), 0) + coalesce(length(events.compression), 0)
  + coalesce(length(events.key_id), 0) + coalesce(length(events.tags), 0)
  + coalesce(length(events.metadata), 0) + coalesce(length(events.idempotency_key), 0)
  + coalesce(length(events.payload), 0))
from events
where (events.stream_id = :stream_id
  and events.seq > :after
  and events.seq <= :to)
order by events.seq
limit :limit;
--   SEARCH events USING INDEX sqlite_autoindex_events_1 (stream_id=? AND seq>? AND seq<?)

-- tags
-- run by: Streams.archiveTo, Streams.restoreFrom
select events_tags.stream_id, events_tags.seq, events_tags.tag
from events_tags
where (events_tags.stream_id = :stream_id
  and events_tags.seq > :after
  and events_tags.seq <= :to)
order by events_tags.seq, events_tags.tag;
--   SEARCH events_tags USING PRIMARY KEY (stream_id=? AND seq>? AND seq<?)

-- snapshots
-- run by: Streams.archiveTo, Streams.restoreFrom
select snapshots.stream_id, snapshots.seq, snapshots.schema_version, snapshots.codec, snapshots.compression,
  snapshots.key_id, snapshots.ts, snapshots.state_type, snapshots.shape, snapshots.content_checksum,
  snapshots.state
from snapshots
where (snapshots.stream_id = :stream_id
  and snapshots.seq > :after)
order by snapshots.seq
limit :limit;
--   SEARCH snapshots USING INDEX sqlite_autoindex_snapshots_1 (stream_id=? AND seq>?)

-- snapshotSizes
-- run by: Streams.archiveTo, Streams.restoreFrom
select (coalesce(length(snapshots.stream_id), 0) + coalesce(length(snapshots.codec), 0)
  + coalesce(length(snapshots.compression), 0) + coalesce(length(snapshots.key_id), 0)
  + coalesce(length(snapshots.state_type), 0) + coalesce(length(snapshots.shape), 0)
  + coalesce(length(snapshots.state), 0))
from snapshots
where (snapshots.stream_id = :stream_id
  and snapshots.seq > :after)
order by snapshots.seq
limit :limit;
--   SEARCH snapshots USING INDEX sqlite_autoindex_snapshots_1 (stream_id=? AND seq>?)

-- drawPositions
-- run by: Streams.archiveTo, Streams.restoreFrom
select
  (max(coalesce((select max(rowid) from events), 0), coalesce((select given_to from events_position), 0))
    + n.n),
  null
from (
  select null as n
  where 1 = 0
  union all
  select *
  from (
    with recursive n(n) as (
      select 1
      union all
      select (n + 1)
      from n
      where n < :drawn)
    select n
    from n) as n) as n
order by n.n;
--   CO-ROUTINE n
--     COMPOUND QUERY
--       LEFT-MOST SUBQUERY
--         SCAN CONSTANT ROW
--       UNION ALL
--         CO-ROUTINE n
--           SETUP
--             SCAN CONSTANT ROW
--           RECURSIVE STEP
--             SCAN n  -- allowed: the numbers from 1 to the length of a page
--         SCAN n  -- allowed: the numbers from 1 to the length of a page
--   SCAN n  -- allowed: the numbers from 1 to the length of a page
--   SCALAR SUBQUERY 1
--     SEARCH events
--   SCALAR SUBQUERY 2
--     SCAN events_position  -- allowed: has at most one row
--   USE TEMP B-TREE FOR ORDER BY  -- allowed: the same numbers

-- insertEvent
-- run by: Streams.archiveTo, Streams.restoreFrom
insert into events (stream_id, seq, event_type, schema_version, codec, compression, key_id, ts, tags,
  metadata, idempotency_key, content_checksum, payload, global_position, begun_after)
values (:stream_id, :seq, :event_type, :schema_version, :codec, :compression, :key_id, :ts, :tags, :metadata,
  :idempotency_key, :content_checksum, :payload, :position, :begun_after);

-- insertTag
-- run by: Streams.archiveTo, Streams.restoreFrom
insert into events_tags (stream_id, seq, tag, global_position)
values (:stream_id, :seq, :tag, :position);

-- insertSnapshot
-- run by: Streams.archiveTo, Streams.restoreFrom
insert into snapshots (stream_id, seq, schema_version, codec, compression, key_id, ts, state_type, shape,
  content_checksum, state)
values (:stream_id, :seq, :schema_version, :codec, :compression, :key_id, :ts, :state_type, :shape,
  :content_checksum, :state)
on conflict (stream_id, seq) do update
set schema_version = excluded.schema_version, codec = excluded.codec, compression = excluded.compression,
  key_id = excluded.key_id, ts = excluded.ts, state_type = excluded.state_type, shape = excluded.shape,
  content_checksum = excluded.content_checksum, state = excluded.state;
