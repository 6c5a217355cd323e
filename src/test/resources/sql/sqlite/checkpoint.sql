-- What the checkpoint store runs on SQLite, and how SQLite runs it.

-- load
-- run by: CheckpointStore.load
select checkpoints.consumer, checkpoints.global_position, checkpoints.updated_at
from checkpoints
where checkpoints.consumer = :consumer;
--   SEARCH checkpoints USING PRIMARY KEY (consumer=?)

-- list
-- run by: CheckpointStore.list
select checkpoints.consumer, checkpoints.global_position, checkpoints.updated_at
from checkpoints
where checkpoints.consumer > ''
order by checkpoints.consumer;
--   SEARCH checkpoints USING PRIMARY KEY (consumer>?)

-- save
-- run by: CheckpointStore.save
insert into checkpoints (consumer, global_position, updated_at, fence)
values (:consumer, :position, :time, :time)
on conflict (consumer) do update
set global_position = excluded.global_position, updated_at = excluded.updated_at
where checkpoints.global_position <= excluded.global_position;

-- claim
-- run by: CheckpointStore.reset
select 1
from checkpoints
where checkpoints.consumer = :consumer;
--   SEARCH checkpoints USING PRIMARY KEY (consumer=?)

-- reset
-- run by: CheckpointStore.reset
-- always: :increment = 1
insert into checkpoints (consumer, global_position, updated_at, fence)
values (:consumer, :position, :time, :time)
on conflict (consumer) do update
set global_position = excluded.global_position, updated_at = excluded.updated_at,
  fence = (checkpoints.fence + :increment), owner = null, place = null, lease_millis = null, asked = null;

-- delete
-- run by: CheckpointStore.delete
delete from checkpoints
where checkpoints.consumer = :consumer;
--   SEARCH checkpoints USING PRIMARY KEY (consumer=?)
