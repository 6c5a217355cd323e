-- What a stream's life runs on PostgreSQL, and how PostgreSQL runs it.

-- stream
-- run by: Streams.status, Streams.archiveTo, Streams.restoreFrom
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

-- claim
-- run by: Streams.archiveTo, Streams.restoreFrom, Streams.archive, Streams.restore, Streams.tombstone, Streams.delete
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

-- changeState
-- run by: Streams.archiveTo, Streams.restoreFrom, Streams.archive, Streams.restore, Streams.tombstone, Streams.delete
update "streams"
set "state" = :state, "reason" = :reason, "changed_at" = :changed_at, "content_checksum" = :checksum
where "streams"."stream_id" = :stream_id;
--   Update on streams
--     Index Scan using streams_pkey on streams: (stream_id = ?)

-- markEmptied
-- run by: Streams.archiveTo, Streams.restoreFrom, Streams.delete
update "streams"
set "deleted_to" = "streams"."last_seq"
where "streams"."stream_id" = :stream_id;
--   Update on streams
--     Index Scan using streams_pkey on streams: (stream_id = ?)

-- makeStream
-- run by: Streams.archiveTo
insert into "streams" ("stream_id", "last_seq", "state")
values (:stream_id, 0, 'ARCHIVED');
--   Insert on streams
--     Result

-- saveStream
-- run by: Streams.archiveTo, Streams.restoreFrom
insert into "streams" ("stream_id", "last_seq", "deleted_to", "state", "reason", "changed_at",
  "content_checksum")
values (:stream_id, :last_seq, :deleted_to, :state, :reason, :changed_at, :checksum)
on conflict ("stream_id") do update
set "last_seq" = excluded."last_seq", "deleted_to" = excluded."deleted_to", "state" = excluded."state",
  "reason" = excluded."reason", "changed_at" = excluded."changed_at",
  "content_checksum" = excluded."content_checksum";
--   Insert on streams
--     Conflict Resolution: UPDATE
--     Conflict Arbiter Indexes: streams_pkey
--     Result

-- deleteTags
-- run by: Streams.archiveTo, Streams.restoreFrom, Streams.delete
delete from "events_tags"
where ("events_tags"."stream_id" = :stream_id
  and "events_tags"."seq" <= :to);
--   Delete on events_tags
--     Bitmap Heap Scan on events_tags
--       Recheck Cond: ((stream_id = ?) AND (seq <= ?))
--       Bitmap Index Scan on events_tags_pkey: ((stream_id = ?) AND (seq <= ?))

-- deleteEvents
-- run by: Streams.archiveTo, Streams.restoreFrom, Streams.delete
delete from "events"
where ("events"."stream_id" = :stream_id
  and "events"."seq" <= :to);
--   Delete on events
--     Bitmap Heap Scan on events
--       Recheck Cond: ((stream_id = ?) AND (seq <= ?))
--       Bitmap Index Scan on events_pkey: ((stream_id = ?) AND (seq <= ?))

-- deleteSnapshots
-- run by: Streams.archiveTo, Streams.restoreFrom, Streams.delete
delete from "snapshots"
where "snapshots"."stream_id" = :stream_id;
--   Delete on snapshots
--     Bitmap Heap Scan on snapshots
--       Recheck Cond: (stream_id = ?)
--       Bitmap Index Scan on snapshots_pkey: (stream_id = ?)

-- events
-- run by: Streams.archiveTo, Streams.restoreFrom
select "events"."stream_id", "events"."seq", "events"."event_type", "events"."schema_version",
  "events"."codec", "events"."compression", "events"."key_id", "events"."ts", "events"."tags",
  "events"."metadata", "events"."idempotency_key", "events"."content_checksum", "events"."payload"
from "events"
where ("events"."stream_id" = :stream_id
  and "events"."seq" > :after
  and "events"."seq" <= :to
  and ((select case when pg_is_in_recovery() then pg_current_xact_id() is not null else true end)))
order by "events"."seq"
fetch next :limit rows only;
--   Limit
--     InitPlan 1
--       Result
--     Result
--       One-Time Filter: (InitPlan 1).col1
--       Index Scan using events_pkey on events: ((stream_id = ?) AND (seq > ?) AND (seq <= ?))

-- eventSizes
-- run by: Streams.archiveTo, Streams.restoreFrom
select (coalesce(octet_length("events"."stream_id"), 0) + coalesce(octet_length("events"."event_type"), 0)
  + coalesce(octet_length("events"."codec"), 0) + coalesce(octet_length("events"."compression"), 0)
  + coalesce(octet_length("events"."key_id"), 0) + coalesce(octet_length("events"."tags"), 0)
  + coalesce(octet_length("events"."metadata"), 0) + coalesce(octet_length("events"."idempotency_key"), 0)
  + coalesce(octet_length("events"."payload"), 0))
from "events"
where ("events"."stream_id" = :stream_id
  and "events"."seq" > :after
  and "events"."seq" <= :to
  and ((select case when pg_is_in_recovery() then pg_current_xact_id() is not null else true end)))
order by "events"."seq"
fetch next :limit rows only;
--   Limit
--     InitPlan 1
--       Result
--     Result
--       One-Time Filter: (InitPlan 1).col1
--       Index Scan using events_pkey on events: ((stream_id = ?) AND (seq > ?) AND (seq <= ?))

-- tags
-- run by: Streams.archiveTo, Streams.restoreFrom
select "events_tags"."stream_id", "events_tags"."seq", "events_tags"."tag"
from "events_tags"
where ("events_tags"."stream_id" = :stream_id
  and "events_tags"."seq" > :after
  and "events_tags"."seq" <= :to
  and ((select case when pg_is_in_recovery() then pg_current_xact_id() is not null else true end)))
order by "events_tags"."seq", "events_tags"."tag";
--   Result
--     One-Time Filter: (InitPlan 1).col1
--     InitPlan 1
--       Result
--     Index Only Scan using events_tags_pkey on events_tags: ((stream_id = ?) AND (seq > ?) AND (seq <= ?))

-- snapshots
-- run by: Streams.archiveTo, Streams.restoreFrom
select "snapshots"."stream_id", "snapshots"."seq", "snapshots"."schema_version", "snapshots"."codec",
  "snapshots"."compression", "snapshots"."key_id", "snapshots"."ts", "snapshots"."state_type",
  "snapshots"."shape", "snapshots"."content_checksum", "snapshots"."state"
from "snapshots"
where ("snapshots"."stream_id" = :stream_id
  and "snapshots"."seq" > :after
  and ((select case when pg_is_in_recovery() then pg_current_xact_id() is not null else true end)))
order by "snapshots"."seq"
fetch next :limit rows only;
--   Limit
--     InitPlan 1
--       Result
--     Result
--       One-Time Filter: (InitPlan 1).col1
--       Index Scan using snapshots_pkey on snapshots: ((stream_id = ?) AND (seq > ?))

-- snapshotSizes
-- run by: Streams.archiveTo, Streams.restoreFrom
select (coalesce(octet_length("snapshots"."stream_id"), 0) + coalesce(octet_length("snapshots"."codec"), 0)
  + coalesce(octet_length("snapshots"."compression"), 0) + coalesce(octet_length("snapshots"."key_id"), 0)
  + coalesce(octet_length("snapshots"."state_type"), 0) + coalesce(octet_length("snapshots"."shape"), 0)
  + coalesce(octet_length("snapshots"."state"), 0))
from "snapshots"
where ("snapshots"."stream_id" = :stream_id
  and "snapshots"."seq" > :after
  and ((select case when pg_is_in_recovery() then pg_current_xact_id() is not null else true end)))
order by "snapshots"."seq"
fetch next :limit rows only;
--   Limit
--     InitPlan 1
--       Result
--     Result
--       One-Time Filter: (InitPlan 1).col1
--       Index Scan using snapshots_pkey on snapshots: ((stream_id = ?) AND (seq > ?))

-- drawPositions
-- run by: Streams.archiveTo, Streams.restoreFrom
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
      end as "begun")
select nextval('"events_position"'), ("announced"."begun")[2]
from "announced"
cross join generate_series(1, :drawn);
--   Nested Loop
--     CTE announced
--       Result
--         InitPlan 1
--           Seq Scan on events_position  -- allowed: the sequence, which has one row
--     CTE Scan on announced
--     Function Scan on generate_series

-- insertEvent
-- run by: Streams.archiveTo, Streams.restoreFrom
insert into "events" ("stream_id", "seq", "event_type", "schema_version", "codec", "compression", "key_id",
  "ts", "tags", "metadata", "idempotency_key", "content_checksum", "payload", "global_position",
  "begun_after")
values (:stream_id, :seq, :event_type, :schema_version, :codec, :compression, :key_id, :ts, :tags, :metadata,
  :idempotency_key, :content_checksum, :payload, :position, :begun_after);
--   Insert on events
--     Result

-- insertTag
-- run by: Streams.archiveTo, Streams.restoreFrom
insert into "events_tags" ("stream_id", "seq", "tag", "global_position")
values (:stream_id, :seq, :tag, :position);
--   Insert on events_tags
--     Result

-- insertSnapshot
-- run by: Streams.archiveTo, Streams.restoreFrom
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
