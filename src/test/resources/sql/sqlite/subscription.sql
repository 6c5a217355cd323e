-- What a subscription runs on SQLite, and how SQLite runs it.

-- create
-- run by: Subscriptions.start, Subscriptions.inline
insert into checkpoints (consumer, global_position, updated_at, fence)
values (:name, :position, :now, :fence)
on conflict (consumer) do nothing;

-- holder
-- run by: Subscriptions.start, Subscriptions.reset, Subscriptions.rebuild
select checkpoints.consumer, checkpoints.fence, checkpoints.owner, checkpoints.place,
  checkpoints.lease_millis, checkpoints.asked, checkpoints.global_position, checkpoints.paused_at
from checkpoints
where checkpoints.consumer = :name
order by checkpoints.consumer;
--   SEARCH checkpoints USING PRIMARY KEY (consumer=?)

-- holders
-- run by: Subscriptions.start
select checkpoints.consumer, checkpoints.fence, checkpoints.owner, checkpoints.place,
  checkpoints.lease_millis, checkpoints.asked, checkpoints.global_position, checkpoints.paused_at
from checkpoints
where checkpoints.consumer > ''
order by checkpoints.consumer;
--   SEARCH checkpoints USING PRIMARY KEY (consumer>?)

-- acquire
-- run by: Subscriptions.start
-- always: :increment = 1
update checkpoints
set owner = :owner, fence = (checkpoints.fence + :increment), place = :place, lease_millis = :lease,
  asked = null, stopped_at = null, stop_position = null, stop_reason = null
where (checkpoints.consumer = :name
  and (checkpoints.owner is null
    or checkpoints.owner = :owner
    or (checkpoints.fence = :fence and coalesce(checkpoints.asked, 0) = :asked)))
returning checkpoints.fence, checkpoints.global_position, checkpoints.paused_at;
--   SEARCH checkpoints USING PRIMARY KEY (consumer=?)

-- hold
-- run by: Subscriptions.start
select checkpoints.global_position
from checkpoints
where (checkpoints.consumer = :name
  and checkpoints.fence = :fence
  and checkpoints.owner = :owner);
--   SEARCH checkpoints USING PRIMARY KEY (consumer=?)

-- save
-- run by: Subscriptions.start
update checkpoints
set global_position = :position, updated_at = :now, asked = null
where (checkpoints.consumer = :name
  and checkpoints.fence = :fence
  and checkpoints.owner = :owner
  and checkpoints.global_position = :from);
--   SEARCH checkpoints USING PRIMARY KEY (consumer=?)

-- claim
-- run by: Subscriptions.inline
select checkpoints.global_position
from checkpoints
where checkpoints.consumer = :name;
--   SEARCH checkpoints USING PRIMARY KEY (consumer=?)

-- advance
-- run by: Subscriptions.inline
update checkpoints
set global_position = :position, updated_at = :now
where checkpoints.consumer = :name;
--   SEARCH checkpoints USING PRIMARY KEY (consumer=?)

-- ask
-- run by: Subscriptions.start
update checkpoints
set asked = :asked
where (checkpoints.consumer = :name
  and checkpoints.fence = :fence
  and checkpoints.owner is not null
  and checkpoints.asked is null);
--   SEARCH checkpoints USING PRIMARY KEY (consumer=?)

-- answer
-- run by: Subscriptions.start
update checkpoints
set asked = null
where (checkpoints.consumer = :name
  and checkpoints.fence = :fence
  and checkpoints.owner = :owner);
--   SEARCH checkpoints USING PRIMARY KEY (consumer=?)

-- release
-- run by: Subscriptions.start, Subscription.close
update checkpoints
set owner = null, place = null, lease_millis = null, asked = null
where (checkpoints.consumer = :name
  and checkpoints.fence = :fence
  and checkpoints.owner = :owner);
--   SEARCH checkpoints USING PRIMARY KEY (consumer=?)

-- stop
-- run by: Subscriptions.start
update checkpoints
set owner = null, place = null, lease_millis = null, asked = null, stopped_at = :stopped_at,
  stop_position = :stop_position, stop_reason = :stop_reason
where (checkpoints.consumer = :name
  and checkpoints.fence = :fence
  and checkpoints.owner = :owner);
--   SEARCH checkpoints USING PRIMARY KEY (consumer=?)

-- takeAway
-- run by: Subscriptions.release
-- always: :increment = 1
update checkpoints
set owner = null, place = null, lease_millis = null, asked = null, fence = (checkpoints.fence + :increment)
where (checkpoints.consumer = :name
  and checkpoints.owner is not null);
--   SEARCH checkpoints USING PRIMARY KEY (consumer=?)

-- pause
-- run by: Subscriptions.pause
update checkpoints
set paused_at = coalesce(checkpoints.paused_at, :now)
where checkpoints.consumer = :name;
--   SEARCH checkpoints USING PRIMARY KEY (consumer=?)

-- resume
-- run by: Subscriptions.resume
update checkpoints
set paused_at = null
where checkpoints.consumer = :name;
--   SEARCH checkpoints USING PRIMARY KEY (consumer=?)

-- list
-- run by: Subscriptions.list
-- always: :limit = 1
select checkpoints.consumer, checkpoints.global_position, checkpoints.updated_at, checkpoints.owner,
  checkpoints.place,
  (select count(*) from events where events.global_position > checkpoints.global_position),
  (
    select events.ts
    from events
    where events.global_position > checkpoints.global_position
    order by events.global_position
    limit :limit),
  (select count(*) from dead_letters where dead_letters.consumer = checkpoints.consumer),
  checkpoints.paused_at, checkpoints.stopped_at, checkpoints.stop_position, checkpoints.stop_reason
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
-- run by: Subscriptions.find
-- always: :limit = 1
select checkpoints.consumer, checkpoints.global_position, checkpoints.updated_at, checkpoints.owner,
  checkpoints.place,
  (select count(*) from events where events.global_position > checkpoints.global_position),
  (
    select events.ts
    from events
    where events.global_position > checkpoints.global_position
    order by events.global_position
    limit :limit),
  (select count(*) from dead_letters where dead_letters.consumer = checkpoints.consumer),
  checkpoints.paused_at, checkpoints.stopped_at, checkpoints.stop_position, checkpoints.stop_reason
from checkpoints
where checkpoints.consumer = :name
order by checkpoints.consumer;
--   SEARCH checkpoints USING PRIMARY KEY (consumer=?)
--   CORRELATED SCALAR SUBQUERY 1
--     SEARCH events USING INTEGER PRIMARY KEY (rowid>?)
--   CORRELATED SCALAR SUBQUERY 2
--     SEARCH events USING INTEGER PRIMARY KEY (rowid>?)
--   CORRELATED SCALAR SUBQUERY 3
--     SEARCH dead_letters USING PRIMARY KEY (consumer=?)

-- status
-- run by: DaybookStore.status
-- always: :limit = 1
select checkpoints.consumer, checkpoints.global_position, checkpoints.owner, checkpoints.place,
  (
    select events.ts
    from events
    where events.global_position > checkpoints.global_position
    order by events.global_position
    limit :limit),
  (select count(*) from dead_letters where dead_letters.consumer = checkpoints.consumer),
  checkpoints.paused_at, checkpoints.stopped_at
from checkpoints
where checkpoints.consumer > ''
order by checkpoints.consumer;
--   SEARCH checkpoints USING PRIMARY KEY (consumer>?)
--   CORRELATED SCALAR SUBQUERY 1
--     SEARCH events USING INTEGER PRIMARY KEY (rowid>?)
--   CORRELATED SCALAR SUBQUERY 2
--     SEARCH dead_letters USING PRIMARY KEY (consumer=?)

-- park
-- run by: Subscriptions.start
insert into dead_letters (consumer, global_position, stream_id, seq, event_type, attempts, error, parked_at,
  holds_stream, stack_trace)
values (:name, :position, :stream_id, :seq, :type, :attempts, :error, :now, :holds_stream, :stack_trace)
on conflict (consumer, global_position) do update
set attempts = (dead_letters.attempts + excluded.attempts), error = excluded.error,
  parked_at = excluded.parked_at, holds_stream = excluded.holds_stream, stack_trace = excluded.stack_trace;

-- queue
-- run by: Subscriptions.start
insert into dead_letters (consumer, global_position, stream_id, seq, event_type, attempts, error, parked_at,
  holds_stream, stack_trace)
values (:name, :position, :stream_id, :seq, :type, :attempts, :error, :now, :holds_stream, :stack_trace)
on conflict do nothing;

-- holdsAny
-- run by: Subscriptions.start
-- always: :limit = 1
select dead_letters.seq
from dead_letters
where (dead_letters.consumer = :name
  and dead_letters.holds_stream = 1)
limit :limit;
--   SEARCH dead_letters USING COVERING INDEX dead_letters_by_stream (consumer=?)

-- lastQueued
-- run by: Subscriptions.start
-- always: :limit = 1
select dead_letters.seq
from dead_letters
where (dead_letters.consumer = :name
  and dead_letters.stream_id = :stream_id
  and dead_letters.holds_stream = 1
  and dead_letters.seq <= :seq)
order by dead_letters.seq desc
limit :limit;
--   SEARCH dead_letters USING COVERING INDEX dead_letters_by_stream (consumer=? AND stream_id=? AND seq<?)

-- askFirstQueued
-- run by: Subscriptions.start, Subscriptions.retryDeadLetter
-- always: :limit = 1
update dead_letters
set retry_asked_at = :now
where (dead_letters.consumer = :name
  and dead_letters.global_position = (
    select dead_letters.global_position
    from dead_letters
    where (dead_letters.consumer = :name
      and dead_letters.stream_id = :stream_id
      and dead_letters.holds_stream = 1)
    order by dead_letters.seq
    limit :limit));
--   SEARCH dead_letters USING PRIMARY KEY (consumer=? AND global_position=?)
--   SCALAR SUBQUERY 1
--     SEARCH dead_letters USING COVERING INDEX dead_letters_by_stream (consumer=? AND stream_id=?)

-- askFirstUntried
-- run by: Subscriptions.start, Subscriptions.dropDeadLetter
-- always: :limit = 1
update dead_letters
set retry_asked_at = :now
where (dead_letters.consumer = :name
  and dead_letters.global_position = (
    select dead_letters.global_position
    from dead_letters
    where (dead_letters.consumer = :name
      and dead_letters.stream_id = :stream_id
      and dead_letters.holds_stream = 1)
    order by dead_letters.seq
    limit :limit)
  and dead_letters.attempts = 0);
--   SEARCH dead_letters USING PRIMARY KEY (consumer=? AND global_position=?)
--   SCALAR SUBQUERY 1
--     SEARCH dead_letters USING COVERING INDEX dead_letters_by_stream (consumer=? AND stream_id=?)

-- lockConsumer
-- run by: Subscriptions.dropDeadLetter
update checkpoints
set fence = checkpoints.fence
where checkpoints.consumer = :name;
--   SEARCH checkpoints USING PRIMARY KEY (consumer=?)

-- letter
-- run by: Subscriptions.retryDeadLetter, Subscriptions.dropDeadLetter
select dead_letters.consumer, dead_letters.global_position, dead_letters.stream_id, dead_letters.seq,
  dead_letters.event_type, dead_letters.attempts, dead_letters.error, dead_letters.parked_at,
  dead_letters.retry_asked_at, dead_letters.holds_stream, dead_letters.stack_trace
from dead_letters
where (dead_letters.consumer = :name
  and dead_letters.global_position = :position);
--   SEARCH dead_letters USING PRIMARY KEY (consumer=? AND global_position=?)

-- letters
-- run by: Subscriptions.deadLetters
select dead_letters.consumer, dead_letters.global_position, dead_letters.stream_id, dead_letters.seq,
  dead_letters.event_type, dead_letters.attempts, dead_letters.error, dead_letters.parked_at,
  dead_letters.retry_asked_at, dead_letters.holds_stream, dead_letters.stack_trace
from dead_letters
where dead_letters.consumer = :name
order by dead_letters.consumer, dead_letters.global_position;
--   SEARCH dead_letters USING PRIMARY KEY (consumer=?)

-- allLetters
-- run by: Subscriptions.deadLetters
select dead_letters.consumer, dead_letters.global_position, dead_letters.stream_id, dead_letters.seq,
  dead_letters.event_type, dead_letters.attempts, dead_letters.error, dead_letters.parked_at,
  dead_letters.retry_asked_at, dead_letters.holds_stream, dead_letters.stack_trace
from dead_letters
order by dead_letters.consumer, dead_letters.global_position;
--   SCAN dead_letters  -- allowed: lists all, in the order of the key

-- nextAsked
-- run by: Subscriptions.start
-- always: :limit = 1
select dead_letters.consumer, dead_letters.global_position, dead_letters.stream_id, dead_letters.seq,
  dead_letters.event_type, dead_letters.attempts, dead_letters.error, dead_letters.parked_at,
  dead_letters.retry_asked_at, dead_letters.holds_stream, dead_letters.stack_trace
from dead_letters
where (dead_letters.consumer = :name
  and dead_letters.retry_asked_at is not null)
order by dead_letters.retry_asked_at, dead_letters.global_position
limit :limit;
--   SEARCH dead_letters USING INDEX dead_letters_asked_for (consumer=? AND retry_asked_at>?)

-- askedFor
-- run by: Subscriptions.start
select dead_letters.consumer
from dead_letters
where dead_letters.retry_asked_at is not null
order by dead_letters.consumer, dead_letters.retry_asked_at, dead_letters.global_position;
--   SCAN dead_letters USING COVERING INDEX dead_letters_asked_for  -- allowed: looks through what is to be retried,
--       which is little

-- whereabouts
-- run by: Subscriptions.start
select streams.stream_id,
  max(streams.last_seq,
    coalesce((select max(events.seq) from events where events.stream_id = streams.stream_id), 0)),
  streams.deleted_to, streams.state, streams.reason, streams.changed_at,
  (
    select events.global_position
    from events
    where (events.stream_id = dead_letters.stream_id
      and events.seq = dead_letters.seq))
from dead_letters
left outer join streams on streams.stream_id = dead_letters.stream_id
where (dead_letters.consumer = :name
  and dead_letters.global_position = :position);
--   SEARCH dead_letters USING PRIMARY KEY (consumer=? AND global_position=?)
--   SEARCH streams USING PRIMARY KEY (stream_id=?) LEFT-JOIN
--   CORRELATED SCALAR SUBQUERY 1
--     SEARCH events USING COVERING INDEX sqlite_autoindex_events_1 (stream_id=?)
--   CORRELATED SCALAR SUBQUERY 2
--     SEARCH events USING COVERING INDEX sqlite_autoindex_events_1 (stream_id=? AND seq=?)

-- askRetry
-- run by: Subscriptions.retryDeadLetter
update dead_letters
set retry_asked_at = :now
where (dead_letters.consumer = :name
  and dead_letters.global_position = :position);
--   SEARCH dead_letters USING PRIMARY KEY (consumer=? AND global_position=?)

-- failedAgain
-- run by: Subscriptions.start
-- always: :increment = 1
update dead_letters
set attempts = (dead_letters.attempts + :increment), error = :error, stack_trace = :stack_trace,
  parked_at = :now,
  retry_asked_at = case when dead_letters.retry_asked_at <> :asked_at then dead_letters.retry_asked_at end
where (dead_letters.consumer = :name
  and dead_letters.global_position = :position);
--   SEARCH dead_letters USING PRIMARY KEY (consumer=? AND global_position=?)

-- drop
-- run by: Subscriptions.start, Subscriptions.dropDeadLetter
delete from dead_letters
where (dead_letters.consumer = :name
  and dead_letters.global_position = :position);
--   SEARCH dead_letters USING PRIMARY KEY (consumer=? AND global_position=?)

-- dropAll
-- run by: Subscriptions.reset, Subscriptions.rebuild
delete from dead_letters
where dead_letters.consumer = :name;
--   SEARCH dead_letters USING PRIMARY KEY (consumer=?)
