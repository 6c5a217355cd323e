-- What a copy of a store runs on SQLite, and how SQLite runs it.

-- mark
select checkpoints.global_position, checkpoints.fence, checkpoints.owner
from checkpoints
where checkpoints.consumer = '';
--   SEARCH checkpoints USING PRIMARY KEY (consumer=?)

-- makeMark
insert into checkpoints (consumer, global_position, updated_at, owner, fence)
values ('', ?, ?, ?, ?)
on conflict (consumer) do nothing;

-- takeMark
update checkpoints
set fence = (checkpoints.fence + ?), owner = ?, updated_at = ?
where (checkpoints.consumer = ''
  and checkpoints.fence = ?);
--   SEARCH checkpoints USING PRIMARY KEY (consumer=?)

-- moveMark
update checkpoints
set global_position = ?, updated_at = ?
where (checkpoints.consumer = ''
  and checkpoints.fence = ?);
--   SEARCH checkpoints USING PRIMARY KEY (consumer=?)

-- closeMark
update checkpoints
set owner = ?
where (checkpoints.consumer = ''
  and checkpoints.fence = ?);
--   SEARCH checkpoints USING PRIMARY KEY (consumer=?)

-- dropMark
delete from checkpoints
where (checkpoints.consumer = ''
  and checkpoints.fence = ?);
--   SEARCH checkpoints USING PRIMARY KEY (consumer=?)

-- tagsBetween
select events_tags.stream_id, events_tags.seq, events_tags.tag, events_tags.global_position
from events
join events_tags on (events_tags.stream_id = events.stream_id
  and events_tags.seq = events.seq)
where (events.global_position > ?
  and events.global_position <= ?)
order by events.global_position;
--   SEARCH events USING INTEGER PRIMARY KEY (rowid>? AND rowid<?)
--   SEARCH events_tags USING PRIMARY KEY (stream_id=? AND seq=?)

-- highestEvent
select max(events.global_position)
from events;
--   SEARCH events

-- eventsBehind
select count(*)
from events
where events.global_position > ?;
--   SEARCH events USING INTEGER PRIMARY KEY (rowid>?)

-- newest
select events.global_position, events.stream_id, events.seq, events.event_type, events.ts
from events
where events.global_position < ?
order by events.global_position desc
limit ?;
--   SEARCH events USING INTEGER PRIMARY KEY (rowid<?)

-- outlineAt
select events.global_position, events.stream_id, events.seq, events.event_type, events.ts
from events
where events.global_position = ?;
--   SEARCH events USING INTEGER PRIMARY KEY (rowid=?)

-- outlineOf
select events.global_position, events.stream_id, events.seq, events.event_type, events.ts
from events
where (events.stream_id = ?
  and events.seq = ?);
--   SEARCH events USING INDEX sqlite_autoindex_events_1 (stream_id=? AND seq=?)

-- deletedTo
select streams.deleted_to
from streams
where streams.stream_id = ?;
--   SEARCH streams USING PRIMARY KEY (stream_id=?)

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

-- journalPage
select events.global_position, events.stream_id, events.seq, events.event_type, events.schema_version, events.codec, events.compression, events.key_id, events.ts, events.tags, events.metadata, events.idempotency_key, events.content_checksum, events.payload
from events
where (events.global_position > ?
  and events.global_position <= ?)
order by events.global_position
limit ?;
--   SEARCH events USING INTEGER PRIMARY KEY (rowid>? AND rowid<?)

-- journalCount
select count(*)
from events
where (events.stream_id = ?
  and events.global_position <= ?);
--   SEARCH events USING COVERING INDEX sqlite_autoindex_events_1 (stream_id=?)

-- journalUpsert
insert into events (global_position, stream_id, seq, event_type, schema_version, codec, compression, key_id, ts, tags, metadata, idempotency_key, content_checksum, payload)
values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
on conflict (stream_id, seq)
do update
set global_position = excluded.global_position, event_type = excluded.event_type, schema_version = excluded.schema_version, codec = excluded.codec, compression = excluded.compression, key_id = excluded.key_id, ts = excluded.ts, tags = excluded.tags, metadata = excluded.metadata, idempotency_key = excluded.idempotency_key, content_checksum = excluded.content_checksum, payload = excluded.payload;

-- streamsPage
select streams.stream_id, max(streams.last_seq, coalesce((
      select max(events.seq)
      from events
      where events.stream_id = streams.stream_id), 0)), streams.deleted_to, streams.state, streams.reason, streams.changed_at, streams.content_checksum
from streams
where streams.stream_id > ?
order by streams.stream_id
limit ?;
--   SEARCH streams USING PRIMARY KEY (stream_id>?)
--   CORRELATED SCALAR SUBQUERY 1
--     SEARCH events USING COVERING INDEX sqlite_autoindex_events_1 (stream_id=?)

-- streamsCount
select count(*)
from streams
where streams.stream_id = ?;
--   SEARCH streams USING PRIMARY KEY (stream_id=?)

-- streamsUpsert
insert into streams (stream_id, last_seq, deleted_to, state, reason, changed_at, content_checksum)
values (?, ?, ?, ?, ?, ?, ?)
on conflict (stream_id)
do update
set last_seq = excluded.last_seq, deleted_to = excluded.deleted_to, state = excluded.state, reason = excluded.reason, changed_at = excluded.changed_at, content_checksum = excluded.content_checksum;

-- streamsDelete
delete from streams
where streams.stream_id = ?;
--   SEARCH streams USING PRIMARY KEY (stream_id=?)

-- tagsPage
select events_tags.stream_id, events_tags.seq, events_tags.tag, events_tags.global_position
from events_tags
where ((events_tags.stream_id, events_tags.seq, events_tags.tag) > (?, ?, ?)
  and (events_tags.global_position + 0) <= ?)
order by events_tags.stream_id, events_tags.seq, events_tags.tag
limit ?;
--   SEARCH events_tags USING PRIMARY KEY ((stream_id,seq,tag)>(?,?,?))

-- tagsCount
select count(*)
from events_tags
where (events_tags.stream_id = ?
  and (events_tags.global_position + 0) <= ?);
--   SEARCH events_tags USING PRIMARY KEY (stream_id=?)

-- tagsUpsert
insert into events_tags (stream_id, seq, tag, global_position)
values (?, ?, ?, ?)
on conflict (stream_id, seq, tag)
do update
set global_position = excluded.global_position;

-- snapshotsPage
select snapshots.stream_id, snapshots.seq, snapshots.schema_version, snapshots.codec, snapshots.compression, snapshots.key_id, snapshots.ts, snapshots.state_type, snapshots.shape, snapshots.content_checksum, snapshots.state
from snapshots
where (snapshots.stream_id, snapshots.seq) > (?, ?)
order by snapshots.stream_id, snapshots.seq
limit ?;
--   SEARCH snapshots USING INDEX sqlite_autoindex_snapshots_1 ((stream_id,seq)>(?,?))

-- snapshotsCount
select count(*)
from snapshots
where snapshots.stream_id = ?;
--   SEARCH snapshots USING COVERING INDEX sqlite_autoindex_snapshots_1 (stream_id=?)

-- snapshotsUpsert
insert into snapshots (stream_id, seq, schema_version, codec, compression, key_id, ts, state_type, shape, content_checksum, state)
values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
on conflict (stream_id, seq)
do update
set schema_version = excluded.schema_version, codec = excluded.codec, compression = excluded.compression, key_id = excluded.key_id, ts = excluded.ts, state_type = excluded.state_type, shape = excluded.shape, content_checksum = excluded.content_checksum, state = excluded.state;

-- snapshotsDelete
delete from snapshots
where (snapshots.stream_id = ?
  and snapshots.seq = ?);
--   SEARCH snapshots USING INDEX sqlite_autoindex_snapshots_1 (stream_id=? AND seq=?)

-- metasPage
select doc_meta.doc_id, doc_meta.data, doc_meta.content_checksum
from doc_meta
where doc_meta.doc_id > ?
order by doc_meta.doc_id
limit ?;
--   SEARCH doc_meta USING PRIMARY KEY (doc_id>?)

-- metasCount
select count(*)
from doc_meta
where doc_meta.doc_id = ?;
--   SEARCH doc_meta USING PRIMARY KEY (doc_id=?)

-- metasUpsert
insert into doc_meta (doc_id, data, content_checksum)
values (?, ?, ?)
on conflict (doc_id)
do update
set data = excluded.data, content_checksum = excluded.content_checksum;

-- metasDelete
delete from doc_meta
where doc_meta.doc_id = ?;
--   SEARCH doc_meta USING PRIMARY KEY (doc_id=?)

-- recordsPage
select doc_records.doc_id, doc_records.seq, doc_records.kind, doc_records.payload, doc_records.blob, doc_records.content_checksum
from doc_records
where (doc_records.doc_id, doc_records.seq) > (?, ?)
order by doc_records.doc_id, doc_records.seq
limit ?;
--   SEARCH doc_records USING PRIMARY KEY ((doc_id,seq)>(?,?))

-- recordsCount
select count(*)
from doc_records
where doc_records.doc_id = ?;
--   SEARCH doc_records USING PRIMARY KEY (doc_id=?)

-- recordsUpsert
insert into doc_records (doc_id, seq, kind, payload, blob, content_checksum)
values (?, ?, ?, ?, ?, ?)
on conflict (doc_id, seq)
do update
set kind = excluded.kind, payload = excluded.payload, blob = excluded.blob, content_checksum = excluded.content_checksum;

-- recordsDelete
delete from doc_records
where (doc_records.doc_id = ?
  and doc_records.seq = ?);
--   SEARCH doc_records USING PRIMARY KEY (doc_id=? AND seq=?)

-- checkpointsPage
select checkpoints.consumer, checkpoints.global_position, checkpoints.updated_at, checkpoints.fence, checkpoints.paused_at, checkpoints.stopped_at, checkpoints.stop_position, checkpoints.stop_reason
from checkpoints
where checkpoints.consumer > ?
order by checkpoints.consumer
limit ?;
--   SEARCH checkpoints USING PRIMARY KEY (consumer>?)

-- checkpointsCount
select count(*)
from checkpoints
where checkpoints.consumer = ?;
--   SEARCH checkpoints USING PRIMARY KEY (consumer=?)

-- checkpointsUpsert
insert into checkpoints (consumer, global_position, updated_at, fence, paused_at, stopped_at, stop_position, stop_reason)
values (?, ?, ?, ?, ?, ?, ?, ?)
on conflict (consumer)
do update
set global_position = excluded.global_position, updated_at = excluded.updated_at, fence = excluded.fence, paused_at = excluded.paused_at, stopped_at = excluded.stopped_at, stop_position = excluded.stop_position, stop_reason = excluded.stop_reason;

-- checkpointsDelete
delete from checkpoints
where checkpoints.consumer = ?;
--   SEARCH checkpoints USING PRIMARY KEY (consumer=?)

-- deadLettersPage
select dead_letters.consumer, dead_letters.global_position, dead_letters.stream_id, dead_letters.seq, dead_letters.event_type, dead_letters.attempts, dead_letters.error, dead_letters.parked_at, dead_letters.retry_asked_at, dead_letters.stack_trace, dead_letters.holds_stream
from dead_letters
where (dead_letters.consumer, dead_letters.global_position) > (?, ?)
order by dead_letters.consumer, dead_letters.global_position
limit ?;
--   SEARCH dead_letters USING PRIMARY KEY ((consumer,global_position)>(?,?))

-- deadLettersCount
select count(*)
from dead_letters
where dead_letters.consumer = ?;
--   SEARCH dead_letters USING PRIMARY KEY (consumer=?)

-- deadLettersUpsert
insert into dead_letters (consumer, global_position, stream_id, seq, event_type, attempts, error, parked_at, retry_asked_at, stack_trace, holds_stream)
values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
on conflict (consumer, global_position)
do update
set stream_id = excluded.stream_id, seq = excluded.seq, event_type = excluded.event_type, attempts = excluded.attempts, error = excluded.error, parked_at = excluded.parked_at, retry_asked_at = excluded.retry_asked_at, stack_trace = excluded.stack_trace, holds_stream = excluded.holds_stream;

-- deadLettersDelete
delete from dead_letters
where (dead_letters.consumer = ?
  and dead_letters.global_position = ?);
--   SEARCH dead_letters USING PRIMARY KEY (consumer=? AND global_position=?)

-- loadsPage
select loads.load_name, loads.source_offset, loads.events, loads.note, loads.updated_at
from loads
where loads.load_name > ?
order by loads.load_name
limit ?;
--   SEARCH loads USING PRIMARY KEY (load_name>?)

-- loadsCount
select count(*)
from loads
where loads.load_name = ?;
--   SEARCH loads USING PRIMARY KEY (load_name=?)

-- loadsUpsert
insert into loads (load_name, source_offset, events, note, updated_at)
values (?, ?, ?, ?, ?)
on conflict (load_name)
do update
set source_offset = excluded.source_offset, events = excluded.events, note = excluded.note, updated_at = excluded.updated_at;

-- loadsDelete
delete from loads
where loads.load_name = ?;
--   SEARCH loads USING PRIMARY KEY (load_name=?)
