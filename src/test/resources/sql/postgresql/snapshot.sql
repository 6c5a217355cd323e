-- What the snapshot store runs on PostgreSQL, and how PostgreSQL runs it.

-- save
-- run by: SnapshotStore.save
insert into "snapshots" ("stream_id", "seq", "schema_version", "codec", "compression", "key_id", "ts",
  "state", "content_checksum", "state_type", "shape")
values (:stream_id, :seq, :schema_version, :codec, :compression, :key_id, :time, :state, :checksum,
  :state_type, :shape)
on conflict ("stream_id", "seq") do update
set "schema_version" = excluded."schema_version", "codec" = excluded."codec",
  "compression" = excluded."compression", "key_id" = excluded."key_id", "ts" = excluded."ts",
  "state" = excluded."state", "content_checksum" = excluded."content_checksum",
  "state_type" = excluded."state_type", "shape" = excluded."shape";
--   Insert on snapshots
--     Conflict Resolution: UPDATE
--     Conflict Arbiter Indexes: snapshots_pkey
--     Result

-- prune
-- run by: SnapshotStore.save
-- always: :limit = 1
delete from "snapshots"
where ("snapshots"."stream_id" = :stream_id
  and "snapshots"."seq" <= (
    select "o"."seq"
    from "snapshots" as "o"
    where "o"."stream_id" = :stream_id
    order by "o"."seq" desc
    offset :keep rows
    fetch next :limit rows only));
--   Delete on snapshots
--     InitPlan 1
--       Limit
--         Index Only Scan Backward using snapshots_pkey on snapshots o: (stream_id = ?)
--     Index Scan using snapshots_pkey on snapshots: ((stream_id = ?) AND (seq <= (InitPlan 1).col1))

-- newestUpTo
-- run by: SnapshotStore.loadBefore, SnapshotStore.loadLatest
-- always: :limit = 1
select "snapshots"."stream_id", "snapshots"."seq", "snapshots"."schema_version", "snapshots"."codec",
  "snapshots"."compression", "snapshots"."key_id", "snapshots"."ts", "snapshots"."state",
  "snapshots"."content_checksum", "snapshots"."state_type", "snapshots"."shape"
from "snapshots"
where ("snapshots"."stream_id" = :stream_id
  and "snapshots"."seq" <= :seq
  and ((select case when pg_is_in_recovery() then pg_current_xact_id() is not null else true end)))
order by "snapshots"."seq" desc
fetch next :limit rows only;
--   Limit
--     InitPlan 1
--       Result
--     Result
--       One-Time Filter: (InitPlan 1).col1
--       Index Scan Backward using snapshots_pkey on snapshots: ((stream_id = ?) AND (seq <= ?))

-- delete
-- run by: SnapshotStore.delete, SnapshotStore.invalidate
delete from "snapshots"
where ("snapshots"."stream_id" = :stream_id
  and "snapshots"."seq" <= :seq);
--   Delete on snapshots
--     Index Scan using snapshots_pkey on snapshots: ((stream_id = ?) AND (seq <= ?))

-- deleteAfter
-- run by: SnapshotStore.deleteAfter
delete from "snapshots"
where ("snapshots"."stream_id" = :stream_id
  and "snapshots"."seq" > :seq);
--   Delete on snapshots
--     Index Scan using snapshots_pkey on snapshots: ((stream_id = ?) AND (seq > ?))

-- invalidateAll
-- run by: SnapshotStore.invalidateAll
delete from "snapshots";
--   Delete on snapshots
--     Seq Scan on snapshots  -- allowed: deletes every snapshot

-- list
-- run by: SnapshotStore.list
select "snapshots"."stream_id", "snapshots"."seq", "snapshots"."schema_version", "snapshots"."codec",
  "snapshots"."compression", "snapshots"."key_id", "snapshots"."ts", octet_length("snapshots"."state")
from "snapshots"
where ("snapshots"."stream_id" = :stream_id
  and ((select case when pg_is_in_recovery() then pg_current_xact_id() is not null else true end)))
order by "snapshots"."seq" desc
fetch next (select cast(9223372036854775807 as bigint)) rows only;
--   Limit
--     InitPlan 1
--       Result
--     InitPlan 2
--       Result
--     Result
--       One-Time Filter: (InitPlan 1).col1
--       Index Scan Backward using snapshots_pkey on snapshots: (stream_id = ?)

-- listAll
-- run by: SnapshotStore.listAll
select "snapshots"."stream_id", "snapshots"."seq", "snapshots"."schema_version", "snapshots"."codec",
  "snapshots"."compression", "snapshots"."key_id", "snapshots"."ts", octet_length("snapshots"."state")
from "snapshots"
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
--       Index Scan using snapshots_pkey on snapshots  -- allowed: lists all, in the order of the key
