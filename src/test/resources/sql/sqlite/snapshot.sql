-- What the snapshot store runs on SQLite, and how SQLite runs it.

-- save
-- run by: SnapshotStore.save
insert into snapshots (stream_id, seq, schema_version, codec, compression, key_id, ts, state,
  content_checksum, state_type, shape)
values (:stream_id, :seq, :schema_version, :codec, :compression, :key_id, :time, :state, :checksum,
  :state_type, :shape)
on conflict (stream_id, seq) do update
set schema_version = excluded.schema_version, codec = excluded.codec, compression = excluded.compression,
  key_id = excluded.key_id, ts = excluded.ts, state = excluded.state,
  content_checksum = excluded.content_checksum, state_type = excluded.state_type, shape = excluded.shape;

-- prune
-- run by: SnapshotStore.save
-- always: :limit = 1
delete from snapshots
where (snapshots.stream_id = :stream_id
  and snapshots.seq <= (
    select o.seq
    from snapshots as o
    where o.stream_id = :stream_id
    order by o.seq desc
    limit :limit
    offset :keep));
--   SEARCH snapshots USING COVERING INDEX sqlite_autoindex_snapshots_1 (stream_id=? AND seq<?)
--   SCALAR SUBQUERY 1
--     SEARCH o USING COVERING INDEX sqlite_autoindex_snapshots_1 (stream_id=?)

-- newestUpTo
-- run by: SnapshotStore.loadBefore, SnapshotStore.loadLatest
-- always: :limit = 1
select snapshots.stream_id, snapshots.seq, snapshots.schema_version, snapshots.codec, snapshots.compression,
  snapshots.key_id, snapshots.ts, snapshots.state, snapshots.content_checksum, snapshots.state_type,
  snapshots.shape
from snapshots
where (snapshots.stream_id = :stream_id
  and snapshots.seq <= :seq)
order by snapshots.seq desc
limit :limit;
--   SEARCH snapshots USING INDEX sqlite_autoindex_snapshots_1 (stream_id=? AND seq<?)

-- delete
-- run by: SnapshotStore.delete, SnapshotStore.invalidate
delete from snapshots
where (snapshots.stream_id = :stream_id
  and snapshots.seq <= :seq);
--   SEARCH snapshots USING INDEX sqlite_autoindex_snapshots_1 (stream_id=? AND seq<?)

-- deleteAfter
-- run by: SnapshotStore.deleteAfter
delete from snapshots
where (snapshots.stream_id = :stream_id
  and snapshots.seq > :seq);
--   SEARCH snapshots USING INDEX sqlite_autoindex_snapshots_1 (stream_id=? AND seq>?)

-- invalidateAll
-- run by: SnapshotStore.invalidateAll
delete from snapshots;

-- list
-- run by: SnapshotStore.list
select snapshots.stream_id, snapshots.seq, snapshots.schema_version, snapshots.codec, snapshots.compression,
  snapshots.key_id, snapshots.ts, length(snapshots.state)
from snapshots
where snapshots.stream_id = :stream_id
order by snapshots.seq desc;
--   SEARCH snapshots USING INDEX sqlite_autoindex_snapshots_1 (stream_id=?)

-- listAll
-- run by: SnapshotStore.listAll
select snapshots.stream_id, snapshots.seq, snapshots.schema_version, snapshots.codec, snapshots.compression,
  snapshots.key_id, snapshots.ts, length(snapshots.state)
from snapshots
order by snapshots.stream_id, snapshots.seq;
--   SCAN snapshots USING INDEX sqlite_autoindex_snapshots_1  -- allowed: lists all, in the order of the key
