-- What a subscription runs on SQLite, and how SQLite runs it.

-- create
insert into checkpoints (consumer, global_position, updated_at, fence)
values (?, ?, ?, ?)
on conflict (consumer) do nothing;

-- holder
select checkpoints.consumer, checkpoints.fence, checkpoints.owner, checkpoints.place, checkpoints.lease_millis, checkpoints.asked, checkpoints.global_position, checkpoints.paused_at
from checkpoints
where checkpoints.consumer = ?
order by checkpoints.consumer;
--   SEARCH checkpoints USING PRIMARY KEY (consumer=?)

-- holders
select checkpoints.consumer, checkpoints.fence, checkpoints.owner, checkpoints.place, checkpoints.lease_millis, checkpoints.asked, checkpoints.global_position, checkpoints.paused_at
from checkpoints
where checkpoints.consumer > ''
order by checkpoints.consumer;
--   SEARCH checkpoints USING PRIMARY KEY (consumer>?)

-- acquire
update checkpoints
set owner = ?, fence = (checkpoints.fence + ?), place = ?, lease_millis = ?, asked = null, stopped_at = null, stop_position = null, stop_reason = null
where (checkpoints.consumer = ?
  and (checkpoints.owner is null or checkpoints.owner = ? or (checkpoints.fence = ?
      and coalesce(checkpoints.asked, 0) = ?)))
returning checkpoints.fence, checkpoints.global_position, checkpoints.paused_at;
--   SEARCH checkpoints USING PRIMARY KEY (consumer=?)

-- hold
select 1
from checkpoints
where (checkpoints.consumer = ?
  and checkpoints.fence = ?
  and checkpoints.owner = ?);
--   SEARCH checkpoints USING PRIMARY KEY (consumer=?)

-- save
update checkpoints
set global_position = ?, updated_at = ?, asked = null
where (checkpoints.consumer = ?
  and checkpoints.fence = ?
  and checkpoints.owner = ?
  and checkpoints.global_position = ?);
--   SEARCH checkpoints USING PRIMARY KEY (consumer=?)

-- ask
update checkpoints
set asked = ?
where (checkpoints.consumer = ?
  and checkpoints.fence = ?
  and checkpoints.owner is not null
  and checkpoints.asked is null);
--   SEARCH checkpoints USING PRIMARY KEY (consumer=?)

-- answer
update checkpoints
set asked = null
where (checkpoints.consumer = ?
  and checkpoints.fence = ?
  and checkpoints.owner = ?);
--   SEARCH checkpoints USING PRIMARY KEY (consumer=?)

-- release
update checkpoints
set owner = null, place = null, lease_millis = null, asked = null
where (checkpoints.consumer = ?
  and checkpoints.fence = ?
  and checkpoints.owner = ?);
--   SEARCH checkpoints USING PRIMARY KEY (consumer=?)

-- stop
update checkpoints
set owner = null, place = null, lease_millis = null, asked = null, stopped_at = ?, stop_position = ?, stop_reason = ?
where (checkpoints.consumer = ?
  and checkpoints.fence = ?
  and checkpoints.owner = ?);
--   SEARCH checkpoints USING PRIMARY KEY (consumer=?)

-- takeAway
update checkpoints
set owner = null, place = null, lease_millis = null, asked = null, fence = (checkpoints.fence + ?)
where (checkpoints.consumer = ?
  and checkpoints.owner is not null);
--   SEARCH checkpoints USING PRIMARY KEY (consumer=?)

-- pause
update checkpoints
set paused_at = coalesce(checkpoints.paused_at, ?)
where checkpoints.consumer = ?;
--   SEARCH checkpoints USING PRIMARY KEY (consumer=?)

-- resume
update checkpoints
set paused_at = null
where checkpoints.consumer = ?;
--   SEARCH checkpoints USING PRIMARY KEY (consumer=?)

-- list
select checkpoints.consumer, checkpoints.global_position, checkpoints.updated_at, checkpoints.owner, checkpoints.place, (
  select count(*)
  from events
  where events.global_position > checkpoints.global_position), (
  select events.ts
  from events
  where events.global_position > checkpoints.global_position
  order by events.global_position
  limit ?), (
  select count(*)
  from dead_letters
  where dead_letters.consumer = checkpoints.consumer), checkpoints.paused_at, checkpoints.stopped_at, checkpoints.stop_position, checkpoints.stop_reason
from checkpoints
where checkpoints.consumer > ''
order by checkpoints.consumer;
--   SEARCH checkpoints USING PRIMARY KEY (consumer>?)
--   CORRELATED SCALAR SUBQUERY 1
--     SEARCH events USING INTEGER PRIMARY KEY (rowid>?)
--   CORRELATED SCALAR SUBQUERY 2
--     SEARCH events USING INTEGER PRIMARY KEY (rowid>?)
--   CORRELATED SCALAR SUBQUERY 3
--     SEARCH dead_letters USING PRIMARY KEY (consumer=?)

-- find
select checkpoints.consumer, checkpoints.global_position, checkpoints.updated_at, checkpoints.owner, checkpoints.place, (
  select count(*)
  from events
  where events.global_position > checkpoints.global_position), (
  select events.ts
  from events
  where events.global_position > checkpoints.global_position
  order by events.global_position
  limit ?), (
  select count(*)
  from dead_letters
  where dead_letters.consumer = checkpoints.consumer), checkpoints.paused_at, checkpoints.stopped_at, checkpoints.stop_position, checkpoints.stop_reason
from checkpoints
where checkpoints.consumer = ?
order by checkpoints.consumer;
--   SEARCH checkpoints USING PRIMARY KEY (consumer=?)
--   CORRELATED SCALAR SUBQUERY 1
--     SEARCH events USING INTEGER PRIMARY KEY (rowid>?)
--   CORRELATED SCALAR SUBQUERY 2
--     SEARCH events USING INTEGER PRIMARY KEY (rowid>?)
--   CORRELATED SCALAR SUBQUERY 3
--     SEARCH dead_letters USING PRIMARY KEY (consumer=?)

-- park
insert into dead_letters (consumer, global_position, stream_id, seq, event_type, attempts, error, parked_at, holds_stream, stack_trace)
values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
on conflict (consumer, global_position)
do update
set attempts = (dead_letters.attempts + excluded.attempts), error = excluded.error, parked_at = excluded.parked_at, holds_stream = excluded.holds_stream, stack_trace = excluded.stack_trace;

-- queue
insert into dead_letters (consumer, global_position, stream_id, seq, event_type, attempts, error, parked_at, holds_stream, stack_trace)
values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
on conflict do nothing;

-- holdsAny
select dead_letters.seq
from dead_letters
where (dead_letters.consumer = ?
  and dead_letters.holds_stream = 1)
limit ?;
--   SEARCH dead_letters USING COVERING INDEX dead_letters_by_stream (consumer=?)

-- lastQueued
select dead_letters.seq
from dead_letters
where (dead_letters.consumer = ?
  and dead_letters.stream_id = ?
  and dead_letters.holds_stream = 1
  and dead_letters.seq <= ?)
order by dead_letters.seq desc
limit ?;
--   SEARCH dead_letters USING COVERING INDEX dead_letters_by_stream (consumer=? AND stream_id=? AND seq<?)

-- askFirstQueued
update dead_letters
set retry_asked_at = ?
where (dead_letters.consumer = ?
  and dead_letters.global_position = (
    select dead_letters.global_position
    from dead_letters
    where (dead_letters.consumer = ?
      and dead_letters.stream_id = ?
      and dead_letters.holds_stream = 1)
    order by dead_letters.seq
    limit ?));
--   SEARCH dead_letters USING PRIMARY KEY (consumer=? AND global_position=?)
--   SCALAR SUBQUERY 1
--     SEARCH dead_letters USING COVERING INDEX dead_letters_by_stream (consumer=? AND stream_id=?)

-- askFirstUntried
update dead_letters
set retry_asked_at = ?
where (dead_letters.consumer = ?
  and dead_letters.global_position = (
    select dead_letters.global_position
    from dead_letters
    where (dead_letters.consumer = ?
      and dead_letters.stream_id = ?
      and dead_letters.holds_stream = 1)
    order by dead_letters.seq
    limit ?)
  and dead_letters.attempts = 0);
--   SEARCH dead_letters USING PRIMARY KEY (consumer=? AND global_position=?)
--   SCALAR SUBQUERY 1
--     SEARCH dead_letters USING COVERING INDEX dead_letters_by_stream (consumer=? AND stream_id=?)

-- lockConsumer
update checkpoints
set fence = checkpoints.fence
where checkpoints.consumer = ?;
--   SEARCH checkpoints USING PRIMARY KEY (consumer=?)

-- letter
select dead_letters.consumer, dead_letters.global_position, dead_letters.stream_id, dead_letters.seq, dead_letters.event_type, dead_letters.attempts, dead_letters.error, dead_letters.parked_at, dead_letters.retry_asked_at, dead_letters.holds_stream, dead_letters.stack_trace
from dead_letters
where (dead_letters.consumer = ?
  and dead_letters.global_position = ?);
--   SEARCH dead_letters USING PRIMARY KEY (consumer=? AND global_position=?)

-- letters
select dead_letters.consumer, dead_letters.global_position, dead_letters.stream_id, dead_letters.seq, dead_letters.event_type, dead_letters.attempts, dead_letters.error, dead_letters.parked_at, dead_letters.retry_asked_at, dead_letters.holds_stream, dead_letters.stack_trace
from dead_letters
where dead_letters.consumer = ?
order by dead_letters.consumer, dead_letters.global_position;
--   SEARCH dead_letters USING PRIMARY KEY (consumer=?)

-- allLetters
select dead_letters.consumer, dead_letters.global_position, dead_letters.stream_id, dead_letters.seq, dead_letters.event_type, dead_letters.attempts, dead_letters.error, dead_letters.parked_at, dead_letters.retry_asked_at, dead_letters.holds_stream, dead_letters.stack_trace
from dead_letters
order by dead_letters.consumer, dead_letters.global_position;
--   SCAN dead_letters  -- allowed: lists all, in the order of the key

-- nextAsked
select dead_letters.consumer, dead_letters.global_position, dead_letters.stream_id, dead_letters.seq, dead_letters.event_type, dead_letters.attempts, dead_letters.error, dead_letters.parked_at, dead_letters.retry_asked_at, dead_letters.holds_stream, dead_letters.stack_trace
from dead_letters
where (dead_letters.consumer = ?
  and dead_letters.retry_asked_at is not null)
order by dead_letters.retry_asked_at, dead_letters.global_position
limit ?;
--   SEARCH dead_letters USING INDEX dead_letters_asked_for (consumer=? AND retry_asked_at>?)

-- askedFor
select dead_letters.consumer
from dead_letters
where dead_letters.retry_asked_at is not null
order by dead_letters.consumer, dead_letters.retry_asked_at, dead_letters.global_position;
--   SCAN dead_letters USING COVERING INDEX dead_letters_asked_for  -- allowed: looks through what is to be retried, which is little

-- whereabouts
select streams.stream_id, max(streams.last_seq, coalesce((
      select max(events.seq)
      from events
      where events.stream_id = streams.stream_id), 0)), streams.deleted_to, streams.state, streams.reason, streams.changed_at, (
  select events.global_position
  from events
  where (events.stream_id = dead_letters.stream_id
    and events.seq = dead_letters.seq))
from dead_letters
left outer join streams on streams.stream_id = dead_letters.stream_id
where (dead_letters.consumer = ?
  and dead_letters.global_position = ?);
--   SEARCH dead_letters USING PRIMARY KEY (consumer=? AND global_position=?)
--   SEARCH streams USING PRIMARY KEY (stream_id=?) LEFT-JOIN
--   CORRELATED SCALAR SUBQUERY 1
--     SEARCH events USING COVERING INDEX sqlite_autoindex_events_1 (stream_id=?)
--   CORRELATED SCALAR SUBQUERY 2
--     SEARCH events USING COVERING INDEX sqlite_autoindex_events_1 (stream_id=? AND seq=?)

-- askRetry
update dead_letters
set retry_asked_at = ?
where (dead_letters.consumer = ?
  and dead_letters.global_position = ?);
--   SEARCH dead_letters USING PRIMARY KEY (consumer=? AND global_position=?)

-- failedAgain
update dead_letters
set attempts = (dead_letters.attempts + ?), error = ?, stack_trace = ?, parked_at = ?, retry_asked_at = case when dead_letters.retry_asked_at <> ? then dead_letters.retry_asked_at end
where (dead_letters.consumer = ?
  and dead_letters.global_position = ?);
--   SEARCH dead_letters USING PRIMARY KEY (consumer=? AND global_position=?)

-- drop
delete from dead_letters
where (dead_letters.consumer = ?
  and dead_letters.global_position = ?);
--   SEARCH dead_letters USING PRIMARY KEY (consumer=? AND global_position=?)

-- dropAll
delete from dead_letters
where dead_letters.consumer = ?;
--   SEARCH dead_letters USING PRIMARY KEY (consumer=?)
