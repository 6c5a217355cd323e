-- What a subscription runs on PostgreSQL, and how PostgreSQL runs it.

-- create
-- run by: Subscriptions.start, Subscriptions.inline
insert into "checkpoints" ("consumer", "global_position", "updated_at", "fence")
values (:name, :position, :now, :fence)
on conflict ("consumer") do nothing;
--   Insert on checkpoints
--     Conflict Resolution: NOTHING
--     Conflict Arbiter Indexes: checkpoints_pkey
--     Result

-- holder
-- run by: Subscriptions.start, Subscriptions.reset, Subscriptions.rebuild
select "checkpoints"."consumer", "checkpoints"."fence", "checkpoints"."owner", "checkpoints"."place",
  "checkpoints"."lease_millis", "checkpoints"."asked", "checkpoints"."global_position",
  "checkpoints"."paused_at"
from "checkpoints"
where ("checkpoints"."consumer" = :name
  and ((select case when pg_is_in_recovery() then pg_current_xact_id() is not null else true end)))
order by "checkpoints"."consumer";
--   Result
--     One-Time Filter: (InitPlan 1).col1
--     InitPlan 1
--       Result
--     Index Scan using checkpoints_pkey on checkpoints: (consumer = ?)

-- holders
-- run by: Subscriptions.start
select "checkpoints"."consumer", "checkpoints"."fence", "checkpoints"."owner", "checkpoints"."place",
  "checkpoints"."lease_millis", "checkpoints"."asked", "checkpoints"."global_position",
  "checkpoints"."paused_at"
from "checkpoints"
where ("checkpoints"."consumer" > ''
  and ((select case when pg_is_in_recovery() then pg_current_xact_id() is not null else true end)))
order by "checkpoints"."consumer";
--   Result
--     One-Time Filter: (InitPlan 1).col1
--     InitPlan 1
--       Result
--     Index Scan using checkpoints_pkey on checkpoints: (consumer > ''::text)

-- acquire
-- run by: Subscriptions.start
-- always: :increment = 1
update "checkpoints"
set "owner" = :owner, "fence" = ("checkpoints"."fence" + :increment), "place" = :place,
  "lease_millis" = :lease, "asked" = null, "stopped_at" = null, "stop_position" = null, "stop_reason" = null
where ("checkpoints"."consumer" = :name
  and ("checkpoints"."owner" is null
    or "checkpoints"."owner" = :owner
    or ("checkpoints"."fence" = :fence and coalesce("checkpoints"."asked", 0) = :asked)))
returning "checkpoints"."fence", "checkpoints"."global_position", "checkpoints"."paused_at";
--   Update on checkpoints
--     Index Scan using checkpoints_pkey on checkpoints: (consumer = ?)
--       Filter: ((owner IS NULL) OR (owner = ?) OR ((fence = ?) AND (COALESCE(asked, '0'::bigint) = ?)))

-- hold
-- run by: Subscriptions.start
select "checkpoints"."global_position"
from "checkpoints"
where ("checkpoints"."consumer" = :name
  and "checkpoints"."fence" = :fence
  and "checkpoints"."owner" = :owner)
for key share;
--   LockRows
--     Index Scan using checkpoints_pkey on checkpoints: (consumer = ?)
--       Filter: ((fence = ?) AND (owner = ?))

-- save
-- run by: Subscriptions.start
update "checkpoints"
set "global_position" = :position, "updated_at" = :now, "asked" = null
where ("checkpoints"."consumer" = :name
  and "checkpoints"."fence" = :fence
  and "checkpoints"."owner" = :owner
  and "checkpoints"."global_position" = :from);
--   Update on checkpoints
--     Index Scan using checkpoints_pkey on checkpoints: (consumer = ?)
--       Filter: ((fence = ?) AND (owner = ?) AND (global_position = ?))

-- claim
-- run by: Subscriptions.inline
select "checkpoints"."global_position"
from "checkpoints"
where "checkpoints"."consumer" = :name
for update;
--   LockRows
--     Index Scan using checkpoints_pkey on checkpoints: (consumer = ?)

-- advance
-- run by: Subscriptions.inline
update "checkpoints"
set "global_position" = :position, "updated_at" = :now
where "checkpoints"."consumer" = :name;
--   Update on checkpoints
--     Index Scan using checkpoints_pkey on checkpoints: (consumer = ?)

-- ask
-- run by: Subscriptions.start
update "checkpoints"
set "asked" = :asked
where ("checkpoints"."consumer" = :name
  and "checkpoints"."fence" = :fence
  and "checkpoints"."owner" is not null
  and "checkpoints"."asked" is null);
--   Update on checkpoints
--     Index Scan using checkpoints_pkey on checkpoints: (consumer = ?)
--       Filter: ((owner IS NOT NULL) AND (asked IS NULL) AND (fence = ?))

-- answer
-- run by: Subscriptions.start
update "checkpoints"
set "asked" = null
where ("checkpoints"."consumer" = :name
  and "checkpoints"."fence" = :fence
  and "checkpoints"."owner" = :owner);
--   Update on checkpoints
--     Index Scan using checkpoints_pkey on checkpoints: (consumer = ?)
--       Filter: ((fence = ?) AND (owner = ?))

-- release
-- run by: Subscriptions.start, Subscription.close
update "checkpoints"
set "owner" = null, "place" = null, "lease_millis" = null, "asked" = null
where ("checkpoints"."consumer" = :name
  and "checkpoints"."fence" = :fence
  and "checkpoints"."owner" = :owner);
--   Update on checkpoints
--     Index Scan using checkpoints_pkey on checkpoints: (consumer = ?)
--       Filter: ((fence = ?) AND (owner = ?))

-- stop
-- run by: Subscriptions.start
update "checkpoints"
set "owner" = null, "place" = null, "lease_millis" = null, "asked" = null, "stopped_at" = :stopped_at,
  "stop_position" = :stop_position, "stop_reason" = :stop_reason
where ("checkpoints"."consumer" = :name
  and "checkpoints"."fence" = :fence
  and "checkpoints"."owner" = :owner);
--   Update on checkpoints
--     Index Scan using checkpoints_pkey on checkpoints: (consumer = ?)
--       Filter: ((fence = ?) AND (owner = ?))

-- takeAway
-- run by: Subscriptions.release
-- always: :increment = 1
update "checkpoints"
set "owner" = null, "place" = null, "lease_millis" = null, "asked" = null,
  "fence" = ("checkpoints"."fence" + :increment)
where ("checkpoints"."consumer" = :name
  and "checkpoints"."owner" is not null);
--   Update on checkpoints
--     Index Scan using checkpoints_pkey on checkpoints: (consumer = ?)
--       Filter: (owner IS NOT NULL)

-- pause
-- run by: Subscriptions.pause
update "checkpoints"
set "paused_at" = coalesce("checkpoints"."paused_at", :now)
where "checkpoints"."consumer" = :name;
--   Update on checkpoints
--     Index Scan using checkpoints_pkey on checkpoints: (consumer = ?)

-- resume
-- run by: Subscriptions.resume
update "checkpoints"
set "paused_at" = null
where "checkpoints"."consumer" = :name;
--   Update on checkpoints
--     Index Scan using checkpoints_pkey on checkpoints: (consumer = ?)

-- list
-- run by: Subscriptions.list
-- always: :limit = 1
select "checkpoints"."consumer", "checkpoints"."global_position", "checkpoints"."updated_at",
  "checkpoints"."owner", "checkpoints"."place",
  (
    select count(*)
    from "events"
    where "events"."global_position" > "checkpoints"."global_position"),
  (
    select "events"."ts"
    from "events"
    where "events"."global_position" > "checkpoints"."global_position"
    order by "events"."global_position"
    fetch next :limit rows only),
  (
    select count(*)
    from "dead_letters"
    where "dead_letters"."consumer" = "checkpoints"."consumer"),
  "checkpoints"."paused_at", "checkpoints"."stopped_at", "checkpoints"."stop_position",
  "checkpoints"."stop_reason"
from "checkpoints"
where ("checkpoints"."consumer" > ''
  and ((select case when pg_is_in_recovery() then pg_current_xact_id() is not null else true end)))
order by "checkpoints"."consumer";
--   Result
--     One-Time Filter: (InitPlan 4).col1
--     InitPlan 4
--       Result
--     Index Scan using checkpoints_pkey on checkpoints: (consumer > ''::text)
--     SubPlan 1
--       Aggregate
--         Index Only Scan using events_by_position on events: (global_position > checkpoints.global_position)
--     SubPlan 2
--       Limit
--         Index Scan using events_by_position on events events_1: (global_position > checkpoints.global_position)
--     SubPlan 3
--       Aggregate
--         Index Only Scan using dead_letters_pkey on dead_letters: (consumer = checkpoints.consumer)

-- find
-- run by: Subscriptions.find
-- always: :limit = 1
select "checkpoints"."consumer", "checkpoints"."global_position", "checkpoints"."updated_at",
  "checkpoints"."owner", "checkpoints"."place",
  (
    select count(*)
    from "events"
    where "events"."global_position" > "checkpoints"."global_position"),
  (
    select "events"."ts"
    from "events"
    where "events"."global_position" > "checkpoints"."global_position"
    order by "events"."global_position"
    fetch next :limit rows only),
  (
    select count(*)
    from "dead_letters"
    where "dead_letters"."consumer" = "checkpoints"."consumer"),
  "checkpoints"."paused_at", "checkpoints"."stopped_at", "checkpoints"."stop_position",
  "checkpoints"."stop_reason"
from "checkpoints"
where ("checkpoints"."consumer" = :name
  and ((select case when pg_is_in_recovery() then pg_current_xact_id() is not null else true end)))
order by "checkpoints"."consumer";
--   Result
--     One-Time Filter: (InitPlan 4).col1
--     InitPlan 4
--       Result
--     Index Scan using checkpoints_pkey on checkpoints: (consumer = ?)
--     SubPlan 1
--       Aggregate
--         Index Only Scan using events_by_position on events: (global_position > checkpoints.global_position)
--     SubPlan 2
--       Limit
--         Index Scan using events_by_position on events events_1: (global_position > checkpoints.global_position)
--     SubPlan 3
--       Aggregate
--         Index Only Scan using dead_letters_pkey on dead_letters: (consumer = checkpoints.consumer)

-- status
-- run by: DaybookStore.status
-- always: :limit = 1
select "checkpoints"."consumer", "checkpoints"."global_position", "checkpoints"."owner",
  "checkpoints"."place",
  (
    select "events"."ts"
    from "events"
    where "events"."global_position" > "checkpoints"."global_position"
    order by "events"."global_position"
    fetch next :limit rows only),
  (
    select count(*)
    from "dead_letters"
    where "dead_letters"."consumer" = "checkpoints"."consumer"),
  "checkpoints"."paused_at", "checkpoints"."stopped_at"
from "checkpoints"
where ("checkpoints"."consumer" > ''
  and ((select case when pg_is_in_recovery() then pg_current_xact_id() is not null else true end)))
order by "checkpoints"."consumer";
--   Result
--     One-Time Filter: (InitPlan 3).col1
--     InitPlan 3
--       Result
--     Index Scan using checkpoints_pkey on checkpoints: (consumer > ''::text)
--     SubPlan 1
--       Limit
--         Index Scan using events_by_position on events: (global_position > checkpoints.global_position)
--     SubPlan 2
--       Aggregate
--         Index Only Scan using dead_letters_pkey on dead_letters: (consumer = checkpoints.consumer)

-- park
-- run by: Subscriptions.start
insert into "dead_letters" ("consumer", "global_position", "stream_id", "seq", "event_type", "attempts",
  "error", "parked_at", "holds_stream", "stack_trace")
values (:name, :position, :stream_id, :seq, :type, :attempts, :error, :now, :holds_stream, :stack_trace)
on conflict ("consumer", "global_position") do update
set "attempts" = ("dead_letters"."attempts" + excluded."attempts"), "error" = excluded."error",
  "parked_at" = excluded."parked_at", "holds_stream" = excluded."holds_stream",
  "stack_trace" = excluded."stack_trace";
--   Insert on dead_letters
--     Conflict Resolution: UPDATE
--     Conflict Arbiter Indexes: dead_letters_pkey
--     Result

-- queue
-- run by: Subscriptions.start
insert into "dead_letters" ("consumer", "global_position", "stream_id", "seq", "event_type", "attempts",
  "error", "parked_at", "holds_stream", "stack_trace")
values (:name, :position, :stream_id, :seq, :type, :attempts, :error, :now, :holds_stream, :stack_trace)
on conflict do nothing;
--   Insert on dead_letters
--     Conflict Resolution: NOTHING
--     Result

-- holdsAny
-- run by: Subscriptions.start
-- always: :limit = 1
select "dead_letters"."seq"
from "dead_letters"
where ("dead_letters"."consumer" = :name
  and "dead_letters"."holds_stream" = 1
  and ((select case when pg_is_in_recovery() then pg_current_xact_id() is not null else true end)))
fetch next :limit rows only;
--   Limit
--     InitPlan 1
--       Result
--     Result
--       One-Time Filter: (InitPlan 1).col1
--       Index Only Scan using dead_letters_by_stream on dead_letters: (consumer = ?)

-- lastQueued
-- run by: Subscriptions.start
-- always: :limit = 1
select "dead_letters"."seq"
from "dead_letters"
where ("dead_letters"."consumer" = :name
  and "dead_letters"."stream_id" = :stream_id
  and "dead_letters"."holds_stream" = 1
  and "dead_letters"."seq" <= :seq
  and ((select case when pg_is_in_recovery() then pg_current_xact_id() is not null else true end)))
order by "dead_letters"."seq" desc
fetch next :limit rows only;
--   Limit
--     InitPlan 1
--       Result
--     Result
--       One-Time Filter: (InitPlan 1).col1
--       Index Only Scan Backward using dead_letters_by_stream on dead_letters: ((consumer = ?) AND (stream_id = ?) AND
--           (seq <= ?))

-- askFirstQueued
-- run by: Subscriptions.start, Subscriptions.retryDeadLetter
-- always: :limit = 1
update "dead_letters"
set "retry_asked_at" = :now
where ("dead_letters"."consumer" = :name
  and "dead_letters"."global_position" = (
    select "dead_letters"."global_position"
    from "dead_letters"
    where ("dead_letters"."consumer" = :name
      and "dead_letters"."stream_id" = :stream_id
      and "dead_letters"."holds_stream" = 1)
    order by "dead_letters"."seq"
    fetch next :limit rows only));
--   Update on dead_letters
--     InitPlan 1
--       Limit
--         Index Scan using dead_letters_by_stream on dead_letters dead_letters_1: ((consumer = ?) AND (stream_id = ?))
--     Index Scan using dead_letters_pkey on dead_letters: ((consumer = ?) AND (global_position = (InitPlan 1).col1))

-- askFirstUntried
-- run by: Subscriptions.start, Subscriptions.dropDeadLetter
-- always: :limit = 1
update "dead_letters"
set "retry_asked_at" = :now
where ("dead_letters"."consumer" = :name
  and "dead_letters"."global_position" = (
    select "dead_letters"."global_position"
    from "dead_letters"
    where ("dead_letters"."consumer" = :name
      and "dead_letters"."stream_id" = :stream_id
      and "dead_letters"."holds_stream" = 1)
    order by "dead_letters"."seq"
    fetch next :limit rows only)
  and "dead_letters"."attempts" = 0);
--   Update on dead_letters
--     InitPlan 1
--       Limit
--         Index Scan using dead_letters_by_stream on dead_letters dead_letters_1: ((consumer = ?) AND (stream_id = ?))
--     Index Scan using dead_letters_pkey on dead_letters: ((consumer = ?) AND (global_position = (InitPlan 1).col1))
--       Filter: (attempts = 0)

-- lockConsumer
-- run by: Subscriptions.dropDeadLetter
update "checkpoints"
set "fence" = "checkpoints"."fence"
where "checkpoints"."consumer" = :name;
--   Update on checkpoints
--     Index Scan using checkpoints_pkey on checkpoints: (consumer = ?)

-- letter
-- run by: Subscriptions.retryDeadLetter, Subscriptions.dropDeadLetter
select "dead_letters"."consumer", "dead_letters"."global_position", "dead_letters"."stream_id",
  "dead_letters"."seq", "dead_letters"."event_type", "dead_letters"."attempts", "dead_letters"."error",
  "dead_letters"."parked_at", "dead_letters"."retry_asked_at", "dead_letters"."holds_stream",
  "dead_letters"."stack_trace"
from "dead_letters"
where ("dead_letters"."consumer" = :name
  and "dead_letters"."global_position" = :position
  and ((select case when pg_is_in_recovery() then pg_current_xact_id() is not null else true end)));
--   Result
--     One-Time Filter: (InitPlan 1).col1
--     InitPlan 1
--       Result
--     Index Scan using dead_letters_pkey on dead_letters: ((consumer = ?) AND (global_position = ?))

-- letters
-- run by: Subscriptions.deadLetters
select "dead_letters"."consumer", "dead_letters"."global_position", "dead_letters"."stream_id",
  "dead_letters"."seq", "dead_letters"."event_type", "dead_letters"."attempts", "dead_letters"."error",
  "dead_letters"."parked_at", "dead_letters"."retry_asked_at", "dead_letters"."holds_stream",
  "dead_letters"."stack_trace"
from "dead_letters"
where ("dead_letters"."consumer" = :name
  and ((select case when pg_is_in_recovery() then pg_current_xact_id() is not null else true end)))
order by "dead_letters"."consumer", "dead_letters"."global_position"
fetch next (select cast(9223372036854775807 as bigint)) rows only;
--   Limit
--     InitPlan 1
--       Result
--     InitPlan 2
--       Result
--     Result
--       One-Time Filter: (InitPlan 1).col1
--       Index Scan using dead_letters_pkey on dead_letters: (consumer = ?)

-- allLetters
-- run by: Subscriptions.deadLetters
select "dead_letters"."consumer", "dead_letters"."global_position", "dead_letters"."stream_id",
  "dead_letters"."seq", "dead_letters"."event_type", "dead_letters"."attempts", "dead_letters"."error",
  "dead_letters"."parked_at", "dead_letters"."retry_asked_at", "dead_letters"."holds_stream",
  "dead_letters"."stack_trace"
from "dead_letters"
where ((select case when pg_is_in_recovery() then pg_current_xact_id() is not null else true end))
order by "dead_letters"."consumer", "dead_letters"."global_position"
fetch next (select cast(9223372036854775807 as bigint)) rows only;
--   Limit
--     InitPlan 1
--       Result
--     InitPlan 2
--       Result
--     Result
--       One-Time Filter: (InitPlan 1).col1
--       Index Scan using dead_letters_pkey on dead_letters  -- allowed: lists all, in the order of the key

-- nextAsked
-- run by: Subscriptions.start
-- always: :limit = 1
select "dead_letters"."consumer", "dead_letters"."global_position", "dead_letters"."stream_id",
  "dead_letters"."seq", "dead_letters"."event_type", "dead_letters"."attempts", "dead_letters"."error",
  "dead_letters"."parked_at", "dead_letters"."retry_asked_at", "dead_letters"."holds_stream",
  "dead_letters"."stack_trace"
from "dead_letters"
where ("dead_letters"."consumer" = :name
  and "dead_letters"."retry_asked_at" is not null
  and ((select case when pg_is_in_recovery() then pg_current_xact_id() is not null else true end)))
order by "dead_letters"."retry_asked_at", "dead_letters"."global_position"
fetch next :limit rows only;
--   Limit
--     InitPlan 1
--       Result
--     Result
--       One-Time Filter: (InitPlan 1).col1
--       Index Scan using dead_letters_asked_for on dead_letters: (consumer = ?)

-- askedFor
-- run by: Subscriptions.start
select "dead_letters"."consumer"
from "dead_letters"
where ("dead_letters"."retry_asked_at" is not null
  and ((select case when pg_is_in_recovery() then pg_current_xact_id() is not null else true end)))
order by "dead_letters"."consumer", "dead_letters"."retry_asked_at", "dead_letters"."global_position"
fetch next (select cast(9223372036854775807 as bigint)) rows only;
--   Limit
--     InitPlan 1
--       Result
--     InitPlan 2
--       Result
--     Result
--       One-Time Filter: (InitPlan 1).col1
--       Index Only Scan using dead_letters_asked_for on dead_letters  -- allowed: looks through what is to be retried,
--           which is little

-- whereabouts
-- run by: Subscriptions.start
select "streams"."stream_id", "streams"."last_seq", "streams"."deleted_to", "streams"."state",
  "streams"."reason", "streams"."changed_at",
  (
    select "events"."global_position"
    from "events"
    where ("events"."stream_id" = "dead_letters"."stream_id"
      and "events"."seq" = "dead_letters"."seq"))
from "dead_letters"
left outer join "streams" on "streams"."stream_id" = "dead_letters"."stream_id"
where ("dead_letters"."consumer" = :name
  and "dead_letters"."global_position" = :position
  and ((select case when pg_is_in_recovery() then pg_current_xact_id() is not null else true end)));
--   Result
--     One-Time Filter: (InitPlan 2).col1
--     InitPlan 2
--       Result
--     Nested Loop Left Join
--       Index Scan using dead_letters_pkey on dead_letters: ((consumer = ?) AND (global_position = ?))
--       Index Scan using streams_pkey on streams: (stream_id = dead_letters.stream_id)
--     SubPlan 1
--       Index Scan using events_pkey on events: ((stream_id = dead_letters.stream_id) AND (seq = dead_letters.seq))

-- askRetry
-- run by: Subscriptions.retryDeadLetter
update "dead_letters"
set "retry_asked_at" = :now
where ("dead_letters"."consumer" = :name
  and "dead_letters"."global_position" = :position);
--   Update on dead_letters
--     Index Scan using dead_letters_pkey on dead_letters: ((consumer = ?) AND (global_position = ?))

-- failedAgain
-- run by: Subscriptions.start
-- always: :increment = 1
update "dead_letters"
set "attempts" = ("dead_letters"."attempts" + :increment), "error" = :error, "stack_trace" = :stack_trace,
  "parked_at" = :now,
  "retry_asked_at" = case
    when "dead_letters"."retry_asked_at" <> :asked_at then "dead_letters"."retry_asked_at" end
where ("dead_letters"."consumer" = :name
  and "dead_letters"."global_position" = :position);
--   Update on dead_letters
--     Index Scan using dead_letters_pkey on dead_letters: ((consumer = ?) AND (global_position = ?))

-- drop
-- run by: Subscriptions.start, Subscriptions.dropDeadLetter
delete from "dead_letters"
where ("dead_letters"."consumer" = :name
  and "dead_letters"."global_position" = :position);
--   Delete on dead_letters
--     Index Scan using dead_letters_pkey on dead_letters: ((consumer = ?) AND (global_position = ?))

-- dropAll
-- run by: Subscriptions.reset, Subscriptions.rebuild
delete from "dead_letters"
where "dead_letters"."consumer" = :name;
--   Delete on dead_letters
--     Bitmap Heap Scan on dead_letters
--       Recheck Cond: (consumer = ?)
--       Bitmap Index Scan on dead_letters_pkey: (consumer = ?)
