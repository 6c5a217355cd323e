-- What a copy of a store runs on PostgreSQL, and how PostgreSQL runs it.

-- mark
-- run by: Daybook.copyTo
select "checkpoints"."global_position", "checkpoints"."fence", "checkpoints"."owner"
from "checkpoints"
where ("checkpoints"."consumer" = ''
  and ((select case when pg_is_in_recovery() then pg_current_xact_id() is not null else true end)));
--   Result
--     One-Time Filter: (InitPlan 1).col1
--     InitPlan 1
--       Result
--     Index Scan using checkpoints_pkey on checkpoints: (consumer = ''::text)

-- makeMark
-- run by: Daybook.copyTo
insert into "checkpoints" ("consumer", "global_position", "updated_at", "owner", "fence")
values ('', :position, :now, :state, :fence)
on conflict ("consumer") do nothing;
--   Insert on checkpoints
--     Conflict Resolution: NOTHING
--     Conflict Arbiter Indexes: checkpoints_pkey
--     Result

-- takeMark
-- run by: Daybook.copyTo
-- always: :increment = 1
update "checkpoints"
set "fence" = ("checkpoints"."fence" + :increment), "owner" = :state, "updated_at" = :now
where ("checkpoints"."consumer" = ''
  and "checkpoints"."fence" = :fence);
--   Update on checkpoints
--     Index Scan using checkpoints_pkey on checkpoints: (consumer = ''::text)
--       Filter: (fence = ?)

-- moveMark
-- run by: Daybook.copyTo
update "checkpoints"
set "global_position" = :position, "updated_at" = :now
where ("checkpoints"."consumer" = ''
  and "checkpoints"."fence" = :fence);
--   Update on checkpoints
--     Index Scan using checkpoints_pkey on checkpoints: (consumer = ''::text)
--       Filter: (fence = ?)

-- closeMark
-- run by: Daybook.copyTo
update "checkpoints"
set "owner" = :state
where ("checkpoints"."consumer" = ''
  and "checkpoints"."fence" = :fence);
--   Update on checkpoints
--     Index Scan using checkpoints_pkey on checkpoints: (consumer = ''::text)
--       Filter: (fence = ?)

-- tagsBetween
-- run by: Daybook.copyTo
select "events_tags"."stream_id", "events_tags"."seq", "events_tags"."tag", "events_tags"."global_position"
from "events"
join "events_tags"
  on ("events_tags"."stream_id" = "events"."stream_id" and "events_tags"."seq" = "events"."seq")
where ("events"."global_position" > :position
  and "events"."global_position" <= :up_to
  and ((select case when pg_is_in_recovery() then pg_current_xact_id() is not null else true end)))
order by "events"."global_position"
fetch next (select cast(9223372036854775807 as bigint)) rows only;
--   Limit
--     InitPlan 1
--       Result
--     InitPlan 2
--       Result
--     Result
--       One-Time Filter: (InitPlan 1).col1
--       Nested Loop
--         Index Scan using events_by_position on events: ((global_position > ?) AND (global_position <= ?))
--         Memoize  -- allowed: keeps events that were looked up, as far as there is room
--           Cache Key: events.stream_id, events.seq
--           Cache Mode: logical
--           Index Scan using events_tags_pkey on events_tags: ((stream_id = events.stream_id) AND (seq = events.seq))

-- highestEvent
-- run by: Daybook.copyTo
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

-- eventsBehind
-- run by: Daybook.copyTo
select count(*)
from "events"
where ("events"."global_position" > :position
  and ((select case when pg_is_in_recovery() then pg_current_xact_id() is not null else true end)));
--   Aggregate
--     InitPlan 1
--       Result
--     Result
--       One-Time Filter: (InitPlan 1).col1
--       Index Only Scan using events_by_position on events: (global_position > ?)

-- newest
-- run by: Daybook.copyTo
select "events"."global_position", "events"."stream_id", "events"."seq", "events"."event_type", "events"."ts"
from "events"
where ("events"."global_position" < :position
  and ((select case when pg_is_in_recovery() then pg_current_xact_id() is not null else true end)))
order by "events"."global_position" desc
fetch next :limit rows only;
--   Limit
--     InitPlan 1
--       Result
--     Result
--       One-Time Filter: (InitPlan 1).col1
--       Index Scan Backward using events_by_position on events: (global_position < ?)

-- outlineAt
-- run by: Daybook.copyTo
select "events"."global_position", "events"."stream_id", "events"."seq", "events"."event_type", "events"."ts"
from "events"
where ("events"."global_position" = :position
  and ((select case when pg_is_in_recovery() then pg_current_xact_id() is not null else true end)));
--   Result
--     One-Time Filter: (InitPlan 1).col1
--     InitPlan 1
--       Result
--     Index Scan using events_by_position on events: (global_position = ?)

-- outlineOf
-- run by: Daybook.copyTo
select "events"."global_position", "events"."stream_id", "events"."seq", "events"."event_type", "events"."ts"
from "events"
where ("events"."stream_id" = :stream_id
  and "events"."seq" = :seq
  and ((select case when pg_is_in_recovery() then pg_current_xact_id() is not null else true end)));
--   Result
--     One-Time Filter: (InitPlan 1).col1
--     InitPlan 1
--       Result
--     Index Scan using events_pkey on events: ((stream_id = ?) AND (seq = ?))

-- deletedTo
-- run by: Daybook.copyTo
select "streams"."deleted_to"
from "streams"
where ("streams"."stream_id" = :stream_id
  and ((select case when pg_is_in_recovery() then pg_current_xact_id() is not null else true end)));
--   Result
--     One-Time Filter: (InitPlan 1).col1
--     InitPlan 1
--       Result
--     Index Scan using streams_pkey on streams: (stream_id = ?)

-- deleteTags
-- run by: Daybook.copyTo
delete from "events_tags"
where ("events_tags"."stream_id" = :stream_id
  and "events_tags"."seq" <= :seq);
--   Delete on events_tags
--     Bitmap Heap Scan on events_tags
--       Recheck Cond: ((stream_id = ?) AND (seq <= ?))
--       Bitmap Index Scan on events_tags_pkey: ((stream_id = ?) AND (seq <= ?))

-- deleteEvents
-- run by: Daybook.copyTo
delete from "events"
where ("events"."stream_id" = :stream_id
  and "events"."seq" <= :seq);
--   Delete on events
--     Bitmap Heap Scan on events
--       Recheck Cond: ((stream_id = ?) AND (seq <= ?))
--       Bitmap Index Scan on events_pkey: ((stream_id = ?) AND (seq <= ?))

-- journalPage
-- run by: Daybook.copyTo
select "events"."global_position", "events"."stream_id", "events"."seq", "events"."event_type",
  "events"."schema_version", "events"."codec", "events"."compression", "events"."key_id", "events"."ts",
  "events"."tags", "events"."metadata", "events"."idempotency_key", "events"."content_checksum",
  "events"."payload"
from "events"
where ("events"."global_position" > :global_position
  and "events"."global_position" <= :up_to
  and ((select case when pg_is_in_recovery() then pg_current_xact_id() is not null else true end)))
order by "events"."global_position"
fetch next :limit rows only;
--   Limit
--     InitPlan 1
--       Result
--     Result
--       One-Time Filter: (InitPlan 1).col1
--       Index Scan using events_by_position on events: ((global_position > ?) AND (global_position <= ?))

-- journalCount
-- run by: Daybook.copyTo
select count(*)
from "events"
where ("events"."stream_id" = :id
  and "events"."global_position" <= :up_to
  and ((select case when pg_is_in_recovery() then pg_current_xact_id() is not null else true end)));
--   Aggregate
--     InitPlan 1
--       Result
--     Result
--       One-Time Filter: (InitPlan 1).col1
--       Bitmap Heap Scan on events
--         Recheck Cond: (stream_id = ?)
--         Filter: (global_position <= ?)
--         Bitmap Index Scan on events_pkey: (stream_id = ?)

-- journalLoad
-- run by: Daybook.copyTo
copy "events" ("global_position", "stream_id", "seq", "event_type", "schema_version", "codec", "compression",
  "key_id", "ts", "tags", "metadata", "idempotency_key", "content_checksum", "payload")
from stdin (format binary);

-- journalUpsert
-- run by: Daybook.copyTo
insert into "events" ("global_position", "stream_id", "seq", "event_type", "schema_version", "codec",
  "compression", "key_id", "ts", "tags", "metadata", "idempotency_key", "content_checksum", "payload")
values (:global_position, :stream_id, :seq, :event_type, :schema_version, :codec, :compression, :key_id, :ts,
  :tags, :metadata, :idempotency_key, :content_checksum, :payload)
on conflict ("stream_id", "seq") do update
set "global_position" = excluded."global_position", "event_type" = excluded."event_type",
  "schema_version" = excluded."schema_version", "codec" = excluded."codec",
  "compression" = excluded."compression", "key_id" = excluded."key_id", "ts" = excluded."ts",
  "tags" = excluded."tags", "metadata" = excluded."metadata", "idempotency_key" = excluded."idempotency_key",
  "content_checksum" = excluded."content_checksum", "payload" = excluded."payload";
--   Insert on events
--     Conflict Resolution: UPDATE
--     Conflict Arbiter Indexes: events_pkey
--     Result

-- streamsPage
-- run by: Daybook.copyTo
select "streams"."stream_id", "streams"."last_seq", "streams"."deleted_to", "streams"."state",
  "streams"."reason", "streams"."changed_at", "streams"."content_checksum"
from "streams"
where ("streams"."stream_id" > :stream_id
  and ((select case when pg_is_in_recovery() then pg_current_xact_id() is not null else true end)))
order by "streams"."stream_id"
fetch next :limit rows only;
--   Limit
--     InitPlan 1
--       Result
--     Result
--       One-Time Filter: (InitPlan 1).col1
--       Index Scan using streams_pkey on streams: (stream_id > ?)

-- streamsCount
-- run by: Daybook.copyTo
select count(*)
from "streams"
where ("streams"."stream_id" = :id
  and ((select case when pg_is_in_recovery() then pg_current_xact_id() is not null else true end)));
--   Aggregate
--     InitPlan 1
--       Result
--     Result
--       One-Time Filter: (InitPlan 1).col1
--       Index Only Scan using streams_pkey on streams: (stream_id = ?)

-- streamsLoad
-- run by: Daybook.copyTo
copy "streams" ("stream_id", "last_seq", "deleted_to", "state", "reason", "changed_at", "content_checksum")
from stdin (format binary);

-- streamsUpsert
-- run by: Daybook.copyTo
insert into "streams" ("stream_id", "last_seq", "deleted_to", "state", "reason", "changed_at",
  "content_checksum")
values (:stream_id, :last_seq, :deleted_to, :state, :reason, :changed_at, :content_checksum)
on conflict ("stream_id") do update
set "last_seq" = excluded."last_seq", "deleted_to" = excluded."deleted_to", "state" = excluded."state",
  "reason" = excluded."reason", "changed_at" = excluded."changed_at",
  "content_checksum" = excluded."content_checksum";
--   Insert on streams
--     Conflict Resolution: UPDATE
--     Conflict Arbiter Indexes: streams_pkey
--     Result

-- streamsDelete
-- run by: Daybook.copyTo
delete from "streams"
where "streams"."stream_id" = :stream_id;
--   Delete on streams
--     Index Scan using streams_pkey on streams: (stream_id = ?)

-- tagsPage
-- run by: Daybook.copyTo
select "events_tags"."stream_id", "events_tags"."seq", "events_tags"."tag", "events_tags"."global_position"
from "events_tags"
where (("events_tags"."stream_id", "events_tags"."seq", "events_tags"."tag") > (:stream_id, :seq, :tag)
  and ("events_tags"."global_position" + 0) <= :up_to
  and ((select case when pg_is_in_recovery() then pg_current_xact_id() is not null else true end)))
order by "events_tags"."stream_id", "events_tags"."seq", "events_tags"."tag"
fetch next :limit rows only;
--   Limit
--     InitPlan 1
--       Result
--     Result
--       One-Time Filter: (InitPlan 1).col1
--       Index Scan using events_tags_pkey on events_tags: (ROW(stream_id, seq, tag) > ROW(?, ?, ?))
--         Filter: ((global_position + 0) <= ?)

-- tagsCount
-- run by: Daybook.copyTo
select count(*)
from "events_tags"
where ("events_tags"."stream_id" = :id
  and ("events_tags"."global_position" + 0) <= :up_to
  and ((select case when pg_is_in_recovery() then pg_current_xact_id() is not null else true end)));
--   Aggregate
--     InitPlan 1
--       Result
--     Result
--       One-Time Filter: (InitPlan 1).col1
--       Bitmap Heap Scan on events_tags
--         Recheck Cond: (stream_id = ?)
--         Filter: ((global_position + 0) <= ?)
--         Bitmap Index Scan on events_tags_pkey: (stream_id = ?)

-- tagsLoad
-- run by: Daybook.copyTo
copy "events_tags" ("stream_id", "seq", "tag", "global_position")
from stdin (format binary);

-- tagsUpsert
-- run by: Daybook.copyTo
insert into "events_tags" ("stream_id", "seq", "tag", "global_position")
values (:stream_id, :seq, :tag, :global_position)
on conflict ("stream_id", "seq", "tag") do update
set "global_position" = excluded."global_position";
--   Insert on events_tags
--     Conflict Resolution: UPDATE
--     Conflict Arbiter Indexes: events_tags_pkey
--     Result

-- snapshotsPage
-- run by: Daybook.copyTo
select "snapshots"."stream_id", "snapshots"."seq", "snapshots"."schema_version", "snapshots"."codec",
  "snapshots"."compression", "snapshots"."key_id", "snapshots"."ts", "snapshots"."state_type",
  "snapshots"."shape", "snapshots"."content_checksum", "snapshots"."state"
from "snapshots"
where (("snapshots"."stream_id", "snapshots"."seq") > (:stream_id, :seq)
  and ((select case when pg_is_in_recovery() then pg_current_xact_id() is not null else true end)))
order by "snapshots"."stream_id", "snapshots"."seq"
fetch next :limit rows only;
--   Limit
--     InitPlan 1
--       Result
--     Result
--       One-Time Filter: (InitPlan 1).col1
--       Index Scan using snapshots_pkey on snapshots: (ROW(stream_id, seq) > ROW(?, ?))

-- snapshotsCount
-- run by: Daybook.copyTo
select count(*)
from "snapshots"
where ("snapshots"."stream_id" = :id
  and ((select case when pg_is_in_recovery() then pg_current_xact_id() is not null else true end)));
--   Aggregate
--     InitPlan 1
--       Result
--     Result
--       One-Time Filter: (InitPlan 1).col1
--       Index Only Scan using snapshots_pkey on snapshots: (stream_id = ?)

-- snapshotsLoad
-- run by: Daybook.copyTo
copy "snapshots" ("stream_id", "seq", "schema_version", "codec", "compression", "key_id", "ts", "state_type",
  "shape", "content_checksum", "state")
from stdin (format binary);

-- snapshotsUpsert
-- run by: Daybook.copyTo
insert into "snapshots" ("stream_id", "seq", "schema_version", "codec", "compression", "key_id", "ts",
  "state_type", "shape", "content_checksum", "state")
values (:stream_id, :seq, :schema_version, :codec, :compression, :key_id, :ts, :state_type, :shape,
  :content_checksum, :state)
on conflict ("stream_id", "seq") do update
set "schema_version" = excluded."schema_version", "codec" = excluded."codec",
  "compression" = excluded."compression", "key_id" = excluded."key_id", "ts" = excluded."ts",
  "state_type" = excluded."state_type", "shape" = excluded."shape",
  "content_checksum" = excluded."content_checksum", "state" = excluded."state";
--   Insert on snapshots
--     Conflict Resolution: UPDATE
--     Conflict Arbiter Indexes: snapshots_pkey
--     Result

-- snapshotsDelete
-- run by: Daybook.copyTo
delete from "snapshots"
where ("snapshots"."stream_id" = :stream_id
  and "snapshots"."seq" = :seq);
--   Delete on snapshots
--     Index Scan using snapshots_pkey on snapshots: ((stream_id = ?) AND (seq = ?))

-- metasPage
-- run by: Daybook.copyTo
select "doc_meta"."doc_id", "doc_meta"."data", "doc_meta"."content_checksum"
from "doc_meta"
where ("doc_meta"."doc_id" > :doc_id
  and ((select case when pg_is_in_recovery() then pg_current_xact_id() is not null else true end)))
order by "doc_meta"."doc_id"
fetch next :limit rows only;
--   Limit
--     InitPlan 1
--       Result
--     Result
--       One-Time Filter: (InitPlan 1).col1
--       Index Scan using doc_meta_pkey on doc_meta: (doc_id > ?)

-- metasCount
-- run by: Daybook.copyTo
select count(*)
from "doc_meta"
where ("doc_meta"."doc_id" = :id
  and ((select case when pg_is_in_recovery() then pg_current_xact_id() is not null else true end)));
--   Aggregate
--     InitPlan 1
--       Result
--     Result
--       One-Time Filter: (InitPlan 1).col1
--       Index Only Scan using doc_meta_pkey on doc_meta: (doc_id = ?)

-- metasLoad
-- run by: Daybook.copyTo
copy "doc_meta" ("doc_id", "data", "content_checksum")
from stdin (format binary);

-- metasUpsert
-- run by: Daybook.copyTo
insert into "doc_meta" ("doc_id", "data", "content_checksum")
values (:doc_id, :data, :content_checksum)
on conflict ("doc_id") do update
set "data" = excluded."data", "content_checksum" = excluded."content_checksum";
--   Insert on doc_meta
--     Conflict Resolution: UPDATE
--     Conflict Arbiter Indexes: doc_meta_pkey
--     Result

-- metasDelete
-- run by: Daybook.copyTo
delete from "doc_meta"
where "doc_meta"."doc_id" = :doc_id;
--   Delete on doc_meta
--     Index Scan using doc_meta_pkey on doc_meta: (doc_id = ?)

-- recordsPage
-- run by: Daybook.copyTo
select "doc_records"."doc_id", "doc_records"."seq", "doc_records"."kind", "doc_records"."payload",
  "doc_records"."blob", "doc_records"."content_checksum"
from "doc_records"
where (("doc_records"."doc_id", "doc_records"."seq") > (:doc_id, :seq)
  and ((select case when pg_is_in_recovery() then pg_current_xact_id() is not null else true end)))
order by "doc_records"."doc_id", "doc_records"."seq"
fetch next :limit rows only;
--   Limit
--     InitPlan 1
--       Result
--     Result
--       One-Time Filter: (InitPlan 1).col1
--       Index Scan using doc_records_pkey on doc_records: (ROW(doc_id, seq) > ROW(?, ?))

-- recordsCount
-- run by: Daybook.copyTo
select count(*)
from "doc_records"
where ("doc_records"."doc_id" = :id
  and ((select case when pg_is_in_recovery() then pg_current_xact_id() is not null else true end)));
--   Aggregate
--     InitPlan 1
--       Result
--     Result
--       One-Time Filter: (InitPlan 1).col1
--       Index Only Scan using doc_records_pkey on doc_records: (doc_id = ?)

-- recordsLoad
-- run by: Daybook.copyTo
copy "doc_records" ("doc_id", "seq", "kind", "payload", "blob", "content_checksum")
from stdin (format binary);

-- recordsUpsert
-- run by: Daybook.copyTo
insert into "doc_records" ("doc_id", "seq", "kind", "payload", "blob", "content_checksum")
values (:doc_id, :seq, :kind, :payload, :blob, :content_checksum)
on conflict ("doc_id", "seq") do update
set "kind" = excluded."kind", "payload" = excluded."payload", "blob" = excluded."blob",
  "content_checksum" = excluded."content_checksum";
--   Insert on doc_records
--     Conflict Resolution: UPDATE
--     Conflict Arbiter Indexes: doc_records_pkey
--     Result

-- recordsDelete
-- run by: Daybook.copyTo
delete from "doc_records"
where ("doc_records"."doc_id" = :doc_id
  and "doc_records"."seq" = :seq);
--   Delete on doc_records
--     Index Scan using doc_records_pkey on doc_records: ((doc_id = ?) AND (seq = ?))

-- checkpointsPage
-- run by: Daybook.copyTo
select "checkpoints"."consumer", "checkpoints"."global_position", "checkpoints"."updated_at",
  "checkpoints"."fence", "checkpoints"."paused_at", "checkpoints"."stopped_at",
  "checkpoints"."stop_position", "checkpoints"."stop_reason"
from "checkpoints"
where ("checkpoints"."consumer" > :consumer
  and ((select case when pg_is_in_recovery() then pg_current_xact_id() is not null else true end)))
order by "checkpoints"."consumer"
fetch next :limit rows only;
--   Limit
--     InitPlan 1
--       Result
--     Result
--       One-Time Filter: (InitPlan 1).col1
--       Index Scan using checkpoints_pkey on checkpoints: (consumer > ?)

-- checkpointsCount
-- run by: Daybook.copyTo
select count(*)
from "checkpoints"
where ("checkpoints"."consumer" = :id
  and ((select case when pg_is_in_recovery() then pg_current_xact_id() is not null else true end)));
--   Aggregate
--     InitPlan 1
--       Result
--     Result
--       One-Time Filter: (InitPlan 1).col1
--       Index Only Scan using checkpoints_pkey on checkpoints: (consumer = ?)

-- checkpointsLoad
-- run by: Daybook.copyTo
copy "checkpoints" ("consumer", "global_position", "updated_at", "fence", "paused_at", "stopped_at",
  "stop_position", "stop_reason")
from stdin (format binary);

-- checkpointsUpsert
-- run by: Daybook.copyTo
insert into "checkpoints" ("consumer", "global_position", "updated_at", "fence", "paused_at", "stopped_at",
  "stop_position", "stop_reason")
values (:consumer, :global_position, :updated_at, :fence, :paused_at, :stopped_at, :stop_position,
  :stop_reason)
on conflict ("consumer") do update
set "global_position" = excluded."global_position", "updated_at" = excluded."updated_at",
  "fence" = excluded."fence", "paused_at" = excluded."paused_at", "stopped_at" = excluded."stopped_at",
  "stop_position" = excluded."stop_position", "stop_reason" = excluded."stop_reason";
--   Insert on checkpoints
--     Conflict Resolution: UPDATE
--     Conflict Arbiter Indexes: checkpoints_pkey
--     Result

-- checkpointsDelete
-- run by: Daybook.copyTo
delete from "checkpoints"
where "checkpoints"."consumer" = :consumer;
--   Delete on checkpoints
--     Index Scan using checkpoints_pkey on checkpoints: (consumer = ?)

-- deadLettersPage
-- run by: Daybook.copyTo
select "dead_letters"."consumer", "dead_letters"."global_position", "dead_letters"."stream_id",
  "dead_letters"."seq", "dead_letters"."event_type", "dead_letters"."attempts", "dead_letters"."error",
  "dead_letters"."parked_at", "dead_letters"."retry_asked_at", "dead_letters"."stack_trace",
  "dead_letters"."holds_stream"
from "dead_letters"
where (("dead_letters"."consumer", "dead_letters"."global_position") > (:consumer, :global_position)
  and ((select case when pg_is_in_recovery() then pg_current_xact_id() is not null else true end)))
order by "dead_letters"."consumer", "dead_letters"."global_position"
fetch next :limit rows only;
--   Limit
--     InitPlan 1
--       Result
--     Result
--       One-Time Filter: (InitPlan 1).col1
--       Index Scan using dead_letters_pkey on dead_letters: (ROW(consumer, global_position) > ROW(?, ?))

-- deadLettersCount
-- run by: Daybook.copyTo
select count(*)
from "dead_letters"
where ("dead_letters"."consumer" = :id
  and ((select case when pg_is_in_recovery() then pg_current_xact_id() is not null else true end)));
--   Aggregate
--     InitPlan 1
--       Result
--     Result
--       One-Time Filter: (InitPlan 1).col1
--       Index Only Scan using dead_letters_pkey on dead_letters: (consumer = ?)

-- deadLettersLoad
-- run by: Daybook.copyTo
copy "dead_letters" ("consumer", "global_position", "stream_id", "seq", "event_type", "attempts", "error",
  "parked_at", "retry_asked_at", "stack_trace", "holds_stream")
from stdin (format binary);

-- deadLettersUpsert
-- run by: Daybook.copyTo
insert into "dead_letters" ("consumer", "global_position", "stream_id", "seq", "event_type", "attempts",
  "error", "parked_at", "retry_asked_at", "stack_trace", "holds_stream")
values (:consumer, :global_position, :stream_id, :seq, :event_type, :attempts, :error, :parked_at,
  :retry_asked_at, :stack_trace, :holds_stream)
on conflict ("consumer", "global_position") do update
set "stream_id" = excluded."stream_id", "seq" = excluded."seq", "event_type" = excluded."event_type",
  "attempts" = excluded."attempts", "error" = excluded."error", "parked_at" = excluded."parked_at",
  "retry_asked_at" = excluded."retry_asked_at", "stack_trace" = excluded."stack_trace",
  "holds_stream" = excluded."holds_stream";
--   Insert on dead_letters
--     Conflict Resolution: UPDATE
--     Conflict Arbiter Indexes: dead_letters_pkey
--     Result

-- deadLettersDelete
-- run by: Daybook.copyTo
delete from "dead_letters"
where ("dead_letters"."consumer" = :consumer
  and "dead_letters"."global_position" = :global_position);
--   Delete on dead_letters
--     Index Scan using dead_letters_pkey on dead_letters: ((consumer = ?) AND (global_position = ?))

-- loadsPage
-- run by: Daybook.copyTo
select "loads"."load_name", "loads"."source_offset", "loads"."events", "loads"."note", "loads"."updated_at"
from "loads"
where ("loads"."load_name" > :load_name
  and ((select case when pg_is_in_recovery() then pg_current_xact_id() is not null else true end)))
order by "loads"."load_name"
fetch next :limit rows only;
--   Limit
--     InitPlan 1
--       Result
--     Result
--       One-Time Filter: (InitPlan 1).col1
--       Index Scan using loads_pkey on loads: (load_name > ?)

-- loadsCount
-- run by: Daybook.copyTo
select count(*)
from "loads"
where ("loads"."load_name" = :id
  and ((select case when pg_is_in_recovery() then pg_current_xact_id() is not null else true end)));
--   Aggregate
--     InitPlan 1
--       Result
--     Result
--       One-Time Filter: (InitPlan 1).col1
--       Index Only Scan using loads_pkey on loads: (load_name = ?)

-- loadsLoad
-- run by: Daybook.copyTo
copy "loads" ("load_name", "source_offset", "events", "note", "updated_at")
from stdin (format binary);

-- loadsUpsert
-- run by: Daybook.copyTo
insert into "loads" ("load_name", "source_offset", "events", "note", "updated_at")
values (:load_name, :source_offset, :events, :note, :updated_at)
on conflict ("load_name") do update
set "source_offset" = excluded."source_offset", "events" = excluded."events", "note" = excluded."note",
  "updated_at" = excluded."updated_at";
--   Insert on loads
--     Conflict Resolution: UPDATE
--     Conflict Arbiter Indexes: loads_pkey
--     Result

-- loadsDelete
-- run by: Daybook.copyTo
delete from "loads"
where "loads"."load_name" = :load_name;
--   Delete on loads
--     Index Scan using loads_pkey on loads: (load_name = ?)
