-- What a copy of a store runs on SQLite, and how SQLite runs it.

-- mark
-- run by: Daybook.copyTo
select checkpoints.global_position, checkpoints.fence, checkpoints.owner
from checkpoints
where checkpoints.consumer = '';
--   SEARCH checkpoints USING PRIMARY KEY (consumer=?)

-- makeMark
-- run by: Daybook.copyTo
insert into checkpoints (consumer, global_position, updated_at, owner, fence)
values ('', :position, :now, :state, :fence)
on conflict (consumer) do nothing;

-- takeMark
-- run by: Daybook.copyTo
-- always: :increment = 1
update checkpoints
set fence = (checkpoints.fence + :increment), owner = :state, updated_at = :now
where (checkpoints.consumer = ''
  and checkpoints.fence = :fence);
--   SEARCH checkpoints USING PRIMARY KEY (consumer=?)

-- moveMark
-- run by: Daybook.copyTo
update checkpoints
set global_position = :position, updated_at = :now
where (checkpoints.consumer = ''
  and checkpoints.fence = :fence);
--   SEARCH checkpoints USING PRIMARY KEY (consumer=?)

-- closeMark
-- run by: Daybook.copyTo
update checkpoints
set owner = :state
where (checkpoints.consumer = ''
  and checkpoints.fence = :fence);
--   SEARCH checkpoints USING PRIMARY KEY (consumer=?)

-- tagsBetween
-- run by: Daybook.copyTo
select events_tags.stream_id, events_tags.seq, events_tags.tag, events_tags.global_position
from events
join events_tags on (events_tags.stream_id = events.stream_id and events_tags.seq = events.seq)
where (events.global_position > :position
  and events.global_position <= :up_to)
order by events.global_position;
--   SEARCH events USING INTEGER PRIMARY KEY (rowid>? AND rowid<?)
--   SEARCH events_tags USING PRIMARY KEY (stream_id=? AND seq=?)

-- highestEvent
-- run by: Daybook.copyTo
select max(events.global_position)
from events;
--   SEARCH events

-- eventsBehind
-- run by: Daybook.copyTo
select count(*)
from events
where events.global_position > :position;
--   SEARCH events USING INTEGER PRIMARY KEY (rowid>?)

-- newest
-- run by: Daybook.copyTo
select events.global_position, events.stream_id, events.seq, events.event_type, events.ts
from events
where events.global_position < :position
order by events.global_position desc
limit :limit;
--   SEARCH events USING INTEGER PRIMARY KEY (rowid<?)

-- outlineAt
-- run by: Daybook.copyTo
select events.global_position, events.stream_id, events.seq, events.event_type, events.ts
from events
where events.global_position = :position;
--   SEARCH events USING INTEGER PRIMARY KEY (rowid=?)

-- outlineOf
-- run by: Daybook.copyTo
select events.global_position, events.stream_id, events.seq, events.event_type, events.ts
from events
where (events.stream_id = :stream_id
  and events.seq = :seq);
--   SEARCH events USING INDEX sqlite_autoindex_events_1 (stream_id=? AND seq=?)

-- deletedTo
-- run by: Daybook.copyTo
select streams.deleted_to
from streams
where streams.stream_id = :stream_id;
--   SEARCH streams USING PRIMARY KEY (stream_id=?)

-- deleteTags
-- run by: Daybook.copyTo
delete from events_tags
where (events_tags.stream_id = :stream_id
  and events_tags.seq <= :seq);
--   SEARCH events_tags USING PRIMARY KEY (stream_id=? AND seq<?)

-- deleteEvents
-- run by: Daybook.copyTo
delete from events
where (events.stream_id = :stream_id
  and events.seq <= :seq);
--   SEARCH events USING COVERING INDEX sqlite_autoindex_events_1 (stream_id=? AND seq<?)
--   SEARCH events_tags USING PRIMARY KEY (stream_id=? AND seq=?)

-- journalPage
-- run by: Daybook.copyTo
select events.global_position, events.stream_id, events.seq, events.event_type, events.schema_version,
  events.codec, events.compression, events.key_id, events.ts, events.tags, events.metadata,
  events.idempotency_key, events.content_checksum, events.payload
from events
where (events.global_position > :global_position
  and events.global_position <= :up_to)
order by events.global_position
limit :limit;
--   SEARCH events USING INTEGER PRIMARY KEY (rowid>? AND rowid<?)

-- journalCount
-- run by: Daybook.copyTo
select count(*)
from events
where (events.stream_id = :id
  and events.global_position <= :up_to);
--   SEARCH events USING COVERING INDEX sqlite_autoindex_events_1 (stream_id=?)

-- journalUpsert
-- run by: Daybook.copyTo
insert into events (global_position, stream_id, seq, event_type, schema_version, codec, compression, key_id,
  ts, tags, metadata, idempotency_key, content_checksum, payload)
values (:global_position, :stream_id, :seq, :event_type, :schema_version, :codec, :compression, :key_id, :ts,
  :tags, :metadata, :idempotency_key, :content_checksum, :payload)
on conflict (stream_id, seq) do update
set global_position = excluded.global_position, event_type = excluded.event_type,
  schema_version = excluded.schema_version, codec = excluded.codec, compression = excluded.compression,
  key_id = excluded.key_id, ts = excluded.ts, tags = excluded.tags, metadata = excluded.metadata,
  idempotency_key = excluded.idempotency_key, content_checksum = excluded.content_checksum,
  payload = excluded.payload;

-- streamsPage
-- run by: Daybook.copyTo
select streams.stream_id,
  max(streams.last_seq,
    coalesce((select max(events.seq) from events where events.stream_id = streams.stream_id), 0)),
  streams.deleted_to, streams.state, streams.reason, streams.changed_at, streams.content_checksum
from streams
where streams.stream_id > :stream_id
order by streams.stream_id
limit :limit;
--   SEARCH streams USING PRIMARY KEY (stream_id>?)
--   CORRELATED SCALAR SUBQUERY 1
--     SEARCH events USING COVERING INDEX sqlite_autoindex_events_1 (stream_id=?)

-- streamsCount
-- run by: Daybook.copyTo
select count(*)
from streams
where streams.stream_id = :id;
--   SEARCH streams USING PRIMARY KEY (stream_id=?)

-- streamsUpsert
-- run by: Daybook.copyTo
insert into streams (stream_id, last_seq, deleted_to, state, reason, changed_at, content_checksum)
values (:stream_id, :last_seq, :deleted_to, :state, :reason, :changed_at, :content_checksum)
on conflict (stream_id) do update
set last_seq = excluded.last_seq, deleted_to = excluded.deleted_to, state = excluded.state,
  reason = excluded.reason, changed_at = excluded.changed_at, content_checksum = excluded.content_checksum;

-- streamsDelete
-- run by: Daybook.copyTo
delete from streams
where streams.stream_id = :stream_id;
--   SEARCH streams USING PRIMARY KEY (stream_id=?)

-- tagsPage
-- run by: Daybook.copyTo
select events_tags.stream_id, events_tags.seq, events_tags.tag, events_tags.global_position
from events_tags
where ((events_tags.stream_id, events_tags.seq, events_tags.tag) > (:stream_id, :seq, :tag)
  and (events_tags.global_position + 0) <= :up_to)
order by events_tags.stream_id, events_tags.seq, events_tags.tag
limit :limit;
--   SEARCH events_tags USING PRIMARY KEY ((stream_id,seq,tag)>(?,?,?))

-- tagsCount
-- run by: Daybook.copyTo
select count(*)
from events_tags
where (events_tags.stream_id = :id
  and (events_tags.global_position + 0) <= :up_to);
--   SEARCH events_tags USING PRIMARY KEY (stream_id=?)

-- tagsUpsert
-- run by: Daybook.copyTo
insert into events_tags (stream_id, seq, tag, global_position)
values (:stream_id, :seq, :tag, :global_position)
on conflict (stream_id, seq, tag) do update
set global_position = excluded.global_position;

-- snapshotsPage
-- run by: Daybook.copyTo
select snapshots.stream_id, snapshots.seq, snapshots.schema_version, snapshots.codec, snapshots.compression,
  snapshots.key_id, snapshots.ts, snapshots.state_type, snapshots.shape, snapshots.content_checksum,
  snapshots.state
from snapshots
where (snapshots.stream_id, snapshots.seq) > (:stream_id, :seq)
order by snapshots.stream_id, snapshots.seq
limit :limit;
--   SEARCH snapshots USING INDEX sqlite_autoindex_snapshots_1 ((stream_id,seq)>(?,?))

-- snapshotsCount
-- run by: Daybook.copyTo
select count(*)
from snapshots
where snapshots.stream_id = :id;
--   SEARCH snapshots USING COVERING INDEX sqlite_autoindex_snapshots_1 (stream_id=?)

-- snapshotsUpsert
-- run by: Daybook.copyTo
insert into snapshots (stream_id, seq, schema_version, codec, compression, key_id, ts, state_type, shape,
  content_checksum, state)
values (:stream_id, :seq, :schema_version, :codec, :compression, :key_id, :ts, :state_type, :shape,
  :content_checksum, :state)
on conflict (stream_id, seq) do update
set schema_version = excluded.schema_version, codec = excluded.codec, compression = excluded.compression,
  key_id = excluded.key_id, ts = excluded.ts, state_type = excluded.state_type, shape = excluded.shape,
  content_checksum = excluded.content_checksum, state = excluded.state;

-- snapshotsDelete
-- run by: Daybook.copyTo
delete from snapshots
where (snapshots.stream_id = :stream_id
  and snapshots.seq = :seq);
--   SEARCH snapshots USING INDEX sqlite_autoindex_snapshots_1 (stream_id=? AND seq=?)

-- metasPage
-- run by: Daybook.copyTo
select doc_meta.doc_id, doc_meta.data, doc_meta.content_checksum
from doc_meta
where doc_meta.doc_id > :doc_id
order by doc_meta.doc_id
limit :limit;
--   SEARCH doc_meta USING PRIMARY KEY (doc_id>?)

-- metasCount
-- run by: Daybook.copyTo
select count(*)
from doc_meta
where doc_meta.doc_id = :id;
--   SEARCH doc_meta USING PRIMARY KEY (doc_id=?)

-- metasUpsert
-- run by: Daybook.copyTo
insert into doc_meta (doc_id, data, content_checksum)
values (:doc_id, :data, :content_checksum)
on conflict (doc_id) do update
set data = excluded.data, content_checksum = excluded.content_checksum;

-- metasDelete
-- run by: Daybook.copyTo
delete from doc_meta
where doc_meta.doc_id = :doc_id;
--   SEARCH doc_meta USING PRIMARY KEY (doc_id=?)

-- recordsPage
-- run by: Daybook.copyTo
select doc_records.doc_id, doc_records.seq, doc_records.kind, doc_records.payload, doc_records.blob,
  doc_records.content_checksum
from doc_records
where (doc_records.doc_id, doc_records.seq) > (:doc_id, :seq)
order by doc_records.doc_id, doc_records.seq
limit :limit;
--   SEARCH doc_records USING PRIMARY KEY ((doc_id,seq)>(?,?))

-- recordsCount
-- run by: Daybook.copyTo
select count(*)
from doc_records
where doc_records.doc_id = :id;
--   SEARCH doc_records USING PRIMARY KEY (doc_id=?)

-- recordsUpsert
-- run by: Daybook.copyTo
insert into doc_records (doc_id, seq, kind, payload, blob, content_checksum)
values (:doc_id, :seq, :kind, :payload, :blob, :content_checksum)
on conflict (doc_id, seq) do update
set kind = excluded.kind, payload = excluded.payload, blob = excluded.blob,
  content_checksum = excluded.content_checksum;

-- recordsDelete
-- run by: Daybook.copyTo
delete from doc_records
where (doc_records.doc_id = :doc_id
  and doc_records.seq = :seq);
--   SEARCH doc_records USING PRIMARY KEY (doc_id=? AND seq=?)

-- checkpointsPage
-- run by: Daybook.copyTo
select checkpoints.consumer, checkpoints.global_position, checkpoints.updated_at, checkpoints.fence,
  checkpoints.paused_at, checkpoints.stopped_at, checkpoints.stop_position, checkpoints.stop_reason
from checkpoints
where checkpoints.consumer > :consumer
order by checkpoints.consumer
limit :limit;
--   SEARCH checkpoints USING PRIMARY KEY (consumer>?)

-- checkpointsCount
-- run by: Daybook.copyTo
select count(*)
from checkpoints
where checkpoints.consumer = :id;
--   SEARCH checkpoints USING PRIMARY KEY (consumer=?)

-- checkpointsUpsert
-- run by: Daybook.copyTo
insert into checkpoints (consumer, global_position, updated_at, fence, paused_at, stopped_at, stop_position,
  stop_reason)
values (:consumer, :global_position, :updated_at, :fence, :paused_at, :stopped_at, :stop_position,
  :stop_reason)
on conflict (consumer) do update
set global_position = excluded.global_position, updated_at = excluded.updated_at, fence = excluded.fence,
  paused_at = excluded.paused_at, stopped_at = excluded.stopped_at, stop_position = excluded.stop_position,
  stop_reason = excluded.stop_reason;

-- checkpointsDelete
-- run by: Daybook.copyTo
delete from checkpoints
where checkpoints.consumer = :consumer;
--   SEARCH checkpoints USING PRIMARY KEY (consumer=?)

-- deadLettersPage
-- run by: Daybook.copyTo
select dead_letters.consumer, dead_letters.global_position, dead_letters.stream_id, dead_letters.seq,
  dead_letters.event_type, dead_letters.attempts, dead_letters.error, dead_letters.parked_at,
  dead_letters.retry_asked_at, dead_letters.stack_trace, dead_letters.holds_stream
from dead_letters
where (dead_letters.consumer, dead_letters.global_position) > (:consumer, :global_position)
order by dead_letters.consumer, dead_letters.global_position
limit :limit;
--   SEARCH dead_letters USING PRIMARY KEY ((consumer,global_position)>(?,?))

-- deadLettersCount
-- run by: Daybook.copyTo
select count(*)
from dead_letters
where dead_letters.consumer = :id;
--   SEARCH dead_letters USING PRIMARY KEY (consumer=?)

-- deadLettersUpsert
-- run by: Daybook.copyTo
insert into dead_letters (consumer, global_position, stream_id, seq, event_type, attempts, error, parked_at,
  retry_asked_at, stack_trace, holds_stream)
values (:consumer, :global_position, :stream_id, :seq, :event_type, :attempts, :error, :parked_at,
  :retry_asked_at, :stack_trace, :holds_stream)
on conflict (consumer, global_position) do update
set stream_id = excluded.stream_id, seq = excluded.seq, event_type = excluded.event_type,
  attempts = excluded.attempts, error = excluded.error, parked_at = excluded.parked_at,
  retry_asked_at = excluded.retry_asked_at, stack_trace = excluded.stack_trace,
  holds_stream = excluded.holds_stream;

-- deadLettersDelete
-- run by: Daybook.copyTo
delete from dead_letters
where (dead_letters.consumer = :consumer
  and dead_letters.global_position = :global_position);
--   SEARCH dead_letters USING PRIMARY KEY (consumer=? AND global_position=?)

-- loadsPage
-- run by: Daybook.copyTo
select loads.load_name, loads.source_offset, loads.events, loads.note, loads.updated_at
from loads
where loads.load_name > :load_name
order by loads.load_name
limit :limit;
--   SEARCH loads USING PRIMARY KEY (load_name>?)

-- loadsCount
-- run by: Daybook.copyTo
select count(*)
from loads
where loads.load_name = :id;
--   SEARCH loads USING PRIMARY KEY (load_name=?)

-- loadsUpsert
-- run by: Daybook.copyTo
insert into loads (load_name, source_offset, events, note, updated_at)
values (:load_name, :source_offset, :events, :note, :updated_at)
on conflict (load_name) do update
set source_offset = excluded.source_offset, events = excluded.events, note = excluded.note,
  updated_at = excluded.updated_at;

-- loadsDelete
-- run by: Daybook.copyTo
delete from loads
where loads.load_name = :load_name;
--   SEARCH loads USING PRIMARY KEY (load_name=?)
