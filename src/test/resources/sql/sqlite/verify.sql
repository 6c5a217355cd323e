-- What a check of the database runs on SQLite, and how SQLite runs it.

-- streams
-- run by: Maintenance.verify
select streams.stream_id, streams.last_seq, streams.deleted_to, streams.state, streams.reason,
  streams.changed_at, streams.content_checksum
from streams
order by streams.stream_id;
--   SCAN streams  -- allowed: reads all, in the order of the key

-- numbers
-- run by: Maintenance.verify
select events.stream_id, events.seq, events.global_position
from events
order by events.stream_id, events.seq;
--   SCAN events USING COVERING INDEX sqlite_autoindex_events_1  -- allowed: reads all, in the order of the key

-- taggedEvents
-- run by: Maintenance.verify
select events.stream_id, events.seq, events.global_position, events.tags
from events
where events.tags is not null
order by events.stream_id, events.seq;
--   SCAN events USING INDEX sqlite_autoindex_events_1  -- allowed: reads all, in the order of the key

-- tags
-- run by: Maintenance.verify
select events_tags.stream_id, events_tags.seq, events_tags.global_position, events_tags.tag
from events_tags
order by events_tags.stream_id, events_tags.seq, events_tags.tag;
--   SCAN events_tags  -- allowed: reads all, in the order of the key

-- events
-- run by: Maintenance.verify
select events.global_position, events.seq, events.event_type, events.ts, events.tags, events.payload,
  case
    when (events.schema_version = 1
      and events.codec = 'json'
      and coalesce(events.compression, events.key_id, events.metadata, events.idempotency_key) is null) then
      1
    else 0 end,
  events.schema_version, events.codec, events.compression, events.key_id, events.metadata,
  events.idempotency_key, events.stream_id, events.content_checksum
from events
order by events.global_position;
--   SCAN events  -- allowed: reads all, in the order of the key

-- snapshots
-- run by: Maintenance.verify
select snapshots.stream_id, snapshots.seq, snapshots.schema_version, snapshots.codec, snapshots.compression,
  snapshots.key_id, snapshots.ts, snapshots.state, snapshots.content_checksum, snapshots.state_type,
  snapshots.shape,
  max(streams.last_seq,
    coalesce((select max(events.seq) from events where events.stream_id = streams.stream_id), 0))
from snapshots
left outer join streams on streams.stream_id = snapshots.stream_id
order by snapshots.stream_id, snapshots.seq;
--   SCAN snapshots USING INDEX sqlite_autoindex_snapshots_1  -- allowed: reads all, in the order of the key
--   SEARCH streams USING PRIMARY KEY (stream_id=?) LEFT-JOIN
--   CORRELATED SCALAR SUBQUERY 1
--     SEARCH events USING COVERING INDEX sqlite_autoindex_events_1 (stream_id=?)

-- highestPosition
-- run by: Maintenance.verify
select max(events.global_position)
from events;
--   SEARCH events

-- checkpoints
-- run by: Maintenance.verify
select checkpoints.consumer, checkpoints.global_position, checkpoints.updated_at, checkpoints.fence,
  checkpoints.owner, checkpoints.lease_millis, checkpoints.asked, checkpoints.paused_at,
  checkpoints.stopped_at, checkpoints.stop_position, checkpoints.stop_reason
from checkpoints
order by checkpoints.consumer;
--   SCAN checkpoints  -- allowed: reads all, in the order of the key

-- deadLetters
-- run by: Maintenance.verify
select dead_letters.consumer, dead_letters.global_position, dead_letters.stream_id, dead_letters.seq,
  (
    select events.global_position
    from events
    where (events.stream_id = dead_letters.stream_id
      and events.seq = dead_letters.seq)),
  streams.deleted_to, streams.state, dead_letters.event_type, dead_letters.attempts, dead_letters.error,
  dead_letters.parked_at, dead_letters.retry_asked_at, dead_letters.holds_stream
from dead_letters
left outer join streams on streams.stream_id = dead_letters.stream_id
order by dead_letters.consumer, dead_letters.global_position;
--   SCAN dead_letters  -- allowed: reads all, in the order of the key
--   SEARCH streams USING PRIMARY KEY (stream_id=?) LEFT-JOIN
--   CORRELATED SCALAR SUBQUERY 1
--     SEARCH events USING COVERING INDEX sqlite_autoindex_events_1 (stream_id=? AND seq=?)

-- metas
-- run by: Maintenance.verify
select doc_meta.doc_id, doc_meta.data, doc_meta.content_checksum
from doc_meta
order by doc_meta.doc_id;
--   SCAN doc_meta  -- allowed: reads all, in the order of the key

-- records
-- run by: Maintenance.verify
select doc_records.kind, doc_records.payload, doc_records.blob, doc_records.doc_id, doc_records.seq,
  doc_records.content_checksum
from doc_records
order by doc_records.doc_id, doc_records.seq;
--   SCAN doc_records  -- allowed: reads all, in the order of the key

-- countEvents
-- run by: Maintenance.verify
select count(*)
from events;
--   SCAN events USING COVERING INDEX sqlite_autoindex_events_1  -- allowed: counts all, for the progress

-- countTags
-- run by: Maintenance.verify
select count(*)
from events_tags;
--   SCAN events_tags  -- allowed: counts all, for the progress

-- countSnapshots
-- run by: Maintenance.verify
select count(*)
from snapshots;
--   SCAN snapshots USING COVERING INDEX sqlite_autoindex_snapshots_1  -- allowed: counts all, for the progress

-- countCheckpoints
-- run by: Maintenance.verify
select count(*)
from checkpoints;
--   SCAN checkpoints  -- allowed: counts all, for the progress

-- countDeadLetters
-- run by: Maintenance.verify
select count(*)
from dead_letters;
--   SCAN dead_letters  -- allowed: counts all, for the progress

-- countRecords
-- run by: Maintenance.verify
select count(*)
from doc_records;
--   SCAN doc_records  -- allowed: counts all, for the progress
