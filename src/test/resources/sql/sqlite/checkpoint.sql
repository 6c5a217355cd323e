-- What the checkpoint store runs on SQLite, and how SQLite runs it.

-- load
select checkpoints.consumer, checkpoints.global_position, checkpoints.updated_at
from checkpoints
where checkpoints.consumer = ?;
--   SEARCH checkpoints USING PRIMARY KEY (consumer=?)

-- list
select checkpoints.consumer, checkpoints.global_position, checkpoints.updated_at
from checkpoints
where checkpoints.consumer > ''
order by checkpoints.consumer;
--   SEARCH checkpoints USING PRIMARY KEY (consumer>?)

-- save
insert into checkpoints (consumer, global_position, updated_at, fence)
values (?, ?, ?, ?)
on conflict (consumer)
do update
set global_position = excluded.global_position, updated_at = excluded.updated_at
where checkpoints.global_position <= excluded.global_position;

-- claim
select 1
from checkpoints
where checkpoints.consumer = ?;
--   SEARCH checkpoints USING PRIMARY KEY (consumer=?)

-- reset
insert into checkpoints (consumer, global_position, updated_at, fence)
values (?, ?, ?, ?)
on conflict (consumer)
do update
set global_position = excluded.global_position, updated_at = excluded.updated_at, fence = (checkpoints.fence + ?), owner = null, place = null, lease_millis = null, asked = null;

-- delete
delete from checkpoints
where checkpoints.consumer = ?;
--   SEARCH checkpoints USING PRIMARY KEY (consumer=?)
