-- What a subscription runs on PostgreSQL, and how PostgreSQL runs it.

-- create
insert into "checkpoints" ("consumer", "global_position", "updated_at", "fence")
values (?, ?, ?, ?)
on conflict ("consumer") do nothing;
--   Insert on checkpoints
--     Conflict Resolution: NOTHING
--     Conflict Arbiter Indexes: checkpoints_pkey
--     Result

-- holder
select "checkpoints"."consumer", "checkpoints"."fence", "checkpoints"."owner", "checkpoints"."place", "checkpoints"."lease_millis", "checkpoints"."asked", "checkpoints"."global_position", "checkpoints"."paused_at"
from "checkpoints"
where ("checkpoints"."consumer" = ?
  and ((
      select case when pg_is_in_recovery() then pg_current_xact_id() is not null else true end)))
order by "checkpoints"."consumer";
--   Result
--     One-Time Filter: (InitPlan 1).col1
--     InitPlan 1
--       Result
--     Index Scan using checkpoints_pkey on checkpoints: (consumer = ?)

-- holders
select "checkpoints"."consumer", "checkpoints"."fence", "checkpoints"."owner", "checkpoints"."place", "checkpoints"."lease_millis", "checkpoints"."asked", "checkpoints"."global_position", "checkpoints"."paused_at"
from "checkpoints"
where ("checkpoints"."consumer" > ''
  and ((
      select case when pg_is_in_recovery() then pg_current_xact_id() is not null else true end)))
order by "checkpoints"."consumer";
--   Result
--     One-Time Filter: (InitPlan 1).col1
--     InitPlan 1
--       Result
--     Index Scan using checkpoints_pkey on checkpoints: (consumer > ''::text)

-- acquire
update "checkpoints"
set "owner" = ?, "fence" = ("checkpoints"."fence" + ?), "place" = ?, "lease_millis" = ?, "asked" = null, "stopped_at" = null, "stop_position" = null, "stop_reason" = null
where ("checkpoints"."consumer" = ?
  and ("checkpoints"."owner" is null or "checkpoints"."owner" = ? or ("checkpoints"."fence" = ?
      and coalesce("checkpoints"."asked", 0) = ?)))
returning "checkpoints"."fence", "checkpoints"."global_position", "checkpoints"."paused_at";
--   Update on checkpoints
--     Index Scan using checkpoints_pkey on checkpoints: (consumer = ?)
--       Filter: ((owner IS NULL) OR (owner = ?) OR ((fence = ?) AND (COALESCE(asked, '0'::bigint) = ?)))

-- hold
select 1
from "checkpoints"
where ("checkpoints"."consumer" = ?
  and "checkpoints"."fence" = ?
  and "checkpoints"."owner" = ?) for key share;
--   LockRows
--     Index Scan using checkpoints_pkey on checkpoints: (consumer = ?)
--       Filter: ((fence = ?) AND (owner = ?))

-- save
update "checkpoints"
set "global_position" = ?, "updated_at" = ?, "asked" = null
where ("checkpoints"."consumer" = ?
  and "checkpoints"."fence" = ?
  and "checkpoints"."owner" = ?
  and "checkpoints"."global_position" = ?);
--   Update on checkpoints
--     Index Scan using checkpoints_pkey on checkpoints: (consumer = ?)
--       Filter: ((fence = ?) AND (owner = ?) AND (global_position = ?))

-- ask
update "checkpoints"
set "asked" = ?
where ("checkpoints"."consumer" = ?
  and "checkpoints"."fence" = ?
  and "checkpoints"."owner" is not null
  and "checkpoints"."asked" is null);
--   Update on checkpoints
--     Index Scan using checkpoints_pkey on checkpoints: (consumer = ?)
--       Filter: ((owner IS NOT NULL) AND (asked IS NULL) AND (fence = ?))

-- answer
update "checkpoints"
set "asked" = null
where ("checkpoints"."consumer" = ?
  and "checkpoints"."fence" = ?
  and "checkpoints"."owner" = ?);
--   Update on checkpoints
--     Index Scan using checkpoints_pkey on checkpoints: (consumer = ?)
--       Filter: ((fence = ?) AND (owner = ?))

-- release
update "checkpoints"
set "owner" = null, "place" = null, "lease_millis" = null, "asked" = null
where ("checkpoints"."consumer" = ?
  and "checkpoints"."fence" = ?
  and "checkpoints"."owner" = ?);
--   Update on checkpoints
--     Index Scan using checkpoints_pkey on checkpoints: (consumer = ?)
--       Filter: ((fence = ?) AND (owner = ?))

-- stop
update "checkpoints"
set "owner" = null, "place" = null, "lease_millis" = null, "asked" = null, "stopped_at" = ?, "stop_position" = ?, "stop_reason" = ?
where ("checkpoints"."consumer" = ?
  and "checkpoints"."fence" = ?
  and "checkpoints"."owner" = ?);
--   Update on checkpoints
--     Index Scan using checkpoints_pkey on checkpoints: (consumer = ?)
--       Filter: ((fence = ?) AND (owner = ?))

-- takeAway
update "checkpoints"
set "owner" = null, "place" = null, "lease_millis" = null, "asked" = null, "fence" = ("checkpoints"."fence" + ?)
where ("checkpoints"."consumer" = ?
  and "checkpoints"."owner" is not null);
--   Update on checkpoints
--     Index Scan using checkpoints_pkey on checkpoints: (consumer = ?)
--       Filter: (owner IS NOT NULL)

-- pause
update "checkpoints"
set "paused_at" = coalesce("checkpoints"."paused_at", ?)
where "checkpoints"."consumer" = ?;
--   Update on checkpoints
--     Index Scan using checkpoints_pkey on checkpoints: (consumer = ?)

-- resume
update "checkpoints"
set "paused_at" = null
where "checkpoints"."consumer" = ?;
--   Update on checkpoints
--     Index Scan using checkpoints_pkey on checkpoints: (consumer = ?)

-- list
select "checkpoints"."consumer", "checkpoints"."global_position", "checkpoints"."updated_at", "checkpoints"."owner", "checkpoints"."place", (
  select count(*)
  from "events"
  where "events"."global_position" > "checkpoints"."global_position"), (
  select "events"."ts"
  from "events"
  where "events"."global_position" > "checkpoints"."global_position"
  order by "events"."global_position"
  fetch next ? rows only), (
  select count(*)
  from "dead_letters"
  where "dead_letters"."consumer" = "checkpoints"."consumer"), "checkpoints"."paused_at", "checkpoints"."stopped_at", "checkpoints"."stop_position", "checkpoints"."stop_reason"
from "checkpoints"
where ("checkpoints"."consumer" > ''
  and ((
      select case when pg_is_in_recovery() then pg_current_xact_id() is not null else true end)))
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
select "checkpoints"."consumer", "checkpoints"."global_position", "checkpoints"."updated_at", "checkpoints"."owner", "checkpoints"."place", (
  select count(*)
  from "events"
  where "events"."global_position" > "checkpoints"."global_position"), (
  select "events"."ts"
  from "events"
  where "events"."global_position" > "checkpoints"."global_position"
  order by "events"."global_position"
  fetch next ? rows only), (
  select count(*)
  from "dead_letters"
  where "dead_letters"."consumer" = "checkpoints"."consumer"), "checkpoints"."paused_at", "checkpoints"."stopped_at", "checkpoints"."stop_position", "checkpoints"."stop_reason"
from "checkpoints"
where ("checkpoints"."consumer" = ?
  and ((
      select case when pg_is_in_recovery() then pg_current_xact_id() is not null else true end)))
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

-- park
insert into "dead_letters" ("consumer", "global_position", "stream_id", "seq", "event_type", "attempts", "error", "parked_at", "holds_stream", "stack_trace")
values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
on conflict ("consumer", "global_position")
do update
set "attempts" = ("dead_letters"."attempts" + excluded."attempts"), "error" = excluded."error", "parked_at" = excluded."parked_at", "holds_stream" = excluded."holds_stream", "stack_trace" = excluded."stack_trace";
--   Insert on dead_letters
--     Conflict Resolution: UPDATE
--     Conflict Arbiter Indexes: dead_letters_pkey
--     Result

-- queue
insert into "dead_letters" ("consumer", "global_position", "stream_id", "seq", "event_type", "attempts", "error", "parked_at", "holds_stream", "stack_trace")
values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
on conflict do nothing;
--   Insert on dead_letters
--     Conflict Resolution: NOTHING
--     Result

-- holdsAny
select "dead_letters"."seq"
from "dead_letters"
where ("dead_letters"."consumer" = ?
  and "dead_letters"."holds_stream" = 1
  and ((
      select case when pg_is_in_recovery() then pg_current_xact_id() is not null else true end)))
fetch next ? rows only;
--   Limit
--     InitPlan 1
--       Result
--     Result
--       One-Time Filter: (InitPlan 1).col1
--       Index Only Scan using dead_letters_by_stream on dead_letters: (consumer = ?)

-- lastQueued
select "dead_letters"."seq"
from "dead_letters"
where ("dead_letters"."consumer" = ?
  and "dead_letters"."stream_id" = ?
  and "dead_letters"."holds_stream" = 1
  and "dead_letters"."seq" <= ?
  and ((
      select case when pg_is_in_recovery() then pg_current_xact_id() is not null else true end)))
order by "dead_letters"."seq" desc
fetch next ? rows only;
--   Limit
--     InitPlan 1
--       Result
--     Result
--       One-Time Filter: (InitPlan 1).col1
--       Index Only Scan Backward using dead_letters_by_stream on dead_letters: ((consumer = ?) AND (stream_id = ?) AND (seq <= ?))

-- askFirstQueued
update "dead_letters"
set "retry_asked_at" = ?
where ("dead_letters"."consumer" = ?
  and "dead_letters"."global_position" = (
    select "dead_letters"."global_position"
    from "dead_letters"
    where ("dead_letters"."consumer" = ?
      and "dead_letters"."stream_id" = ?
      and "dead_letters"."holds_stream" = 1)
    order by "dead_letters"."seq"
    fetch next ? rows only));
--   Update on dead_letters
--     InitPlan 1
--       Limit
--         Index Scan using dead_letters_by_stream on dead_letters dead_letters_1: ((consumer = ?) AND (stream_id = ?))
--     Index Scan using dead_letters_pkey on dead_letters: ((consumer = ?) AND (global_position = (InitPlan 1).col1))

-- askFirstUntried
update "dead_letters"
set "retry_asked_at" = ?
where ("dead_letters"."consumer" = ?
  and "dead_letters"."global_position" = (
    select "dead_letters"."global_position"
    from "dead_letters"
    where ("dead_letters"."consumer" = ?
      and "dead_letters"."stream_id" = ?
      and "dead_letters"."holds_stream" = 1)
    order by "dead_letters"."seq"
    fetch next ? rows only)
  and "dead_letters"."attempts" = 0);
--   Update on dead_letters
--     InitPlan 1
--       Limit
--         Index Scan using dead_letters_by_stream on dead_letters dead_letters_1: ((consumer = ?) AND (stream_id = ?))
--     Index Scan using dead_letters_pkey on dead_letters: ((consumer = ?) AND (global_position = (InitPlan 1).col1))
--       Filter: (attempts = 0)

-- lockConsumer
update "checkpoints"
set "fence" = "checkpoints"."fence"
where "checkpoints"."consumer" = ?;
--   Update on checkpoints
--     Index Scan using checkpoints_pkey on checkpoints: (consumer = ?)

-- letter
select "dead_letters"."consumer", "dead_letters"."global_position", "dead_letters"."stream_id", "dead_letters"."seq", "dead_letters"."event_type", "dead_letters"."attempts", "dead_letters"."error", "dead_letters"."parked_at", "dead_letters"."retry_asked_at", "dead_letters"."holds_stream", "dead_letters"."stack_trace"
from "dead_letters"
where ("dead_letters"."consumer" = ?
  and "dead_letters"."global_position" = ?
  and ((
      select case when pg_is_in_recovery() then pg_current_xact_id() is not null else true end)));
--   Result
--     One-Time Filter: (InitPlan 1).col1
--     InitPlan 1
--       Result
--     Index Scan using dead_letters_pkey on dead_letters: ((consumer = ?) AND (global_position = ?))

-- letters
select "dead_letters"."consumer", "dead_letters"."global_position", "dead_letters"."stream_id", "dead_letters"."seq", "dead_letters"."event_type", "dead_letters"."attempts", "dead_letters"."error", "dead_letters"."parked_at", "dead_letters"."retry_asked_at", "dead_letters"."holds_stream", "dead_letters"."stack_trace"
from "dead_letters"
where ("dead_letters"."consumer" = ?
  and ((
      select case when pg_is_in_recovery() then pg_current_xact_id() is not null else true end)))
order by "dead_letters"."consumer", "dead_letters"."global_position"
fetch next (
  select cast(9223372036854775807 as bigint)) rows only;
--   Limit
--     InitPlan 1
--       Result
--     InitPlan 2
--       Result
--     Result
--       One-Time Filter: (InitPlan 1).col1
--       Index Scan using dead_letters_pkey on dead_letters: (consumer = ?)

-- allLetters
select "dead_letters"."consumer", "dead_letters"."global_position", "dead_letters"."stream_id", "dead_letters"."seq", "dead_letters"."event_type", "dead_letters"."attempts", "dead_letters"."error", "dead_letters"."parked_at", "dead_letters"."retry_asked_at", "dead_letters"."holds_stream", "dead_letters"."stack_trace"
from "dead_letters"
where ((
    select case when pg_is_in_recovery() then pg_current_xact_id() is not null else true end))
order by "dead_letters"."consumer", "dead_letters"."global_position"
fetch next (
  select cast(9223372036854775807 as bigint)) rows only;
--   Limit
--     InitPlan 1
--       Result
--     InitPlan 2
--       Result
--     Result
--       One-Time Filter: (InitPlan 1).col1
--       Index Scan using dead_letters_pkey on dead_letters  -- allowed: lists all, in the order of the key

-- nextAsked
select "dead_letters"."consumer", "dead_letters"."global_position", "dead_letters"."stream_id", "dead_letters"."seq", "dead_letters"."event_type", "dead_letters"."attempts", "dead_letters"."error", "dead_letters"."parked_at", "dead_letters"."retry_asked_at", "dead_letters"."holds_stream", "dead_letters"."stack_trace"
from "dead_letters"
where ("dead_letters"."consumer" = ?
  and "dead_letters"."retry_asked_at" is not null
  and ((
      select case when pg_is_in_recovery() then pg_current_xact_id() is not null else true end)))
order by "dead_letters"."retry_asked_at", "dead_letters"."global_position"
fetch next ? rows only;
--   Limit
--     InitPlan 1
--       Result
--     Result
--       One-Time Filter: (InitPlan 1).col1
--       Index Scan using dead_letters_asked_for on dead_letters: (consumer = ?)

-- askedFor
select "dead_letters"."consumer"
from "dead_letters"
where ("dead_letters"."retry_asked_at" is not null
  and ((
      select case when pg_is_in_recovery() then pg_current_xact_id() is not null else true end)))
order by "dead_letters"."consumer", "dead_letters"."retry_asked_at", "dead_letters"."global_position"
fetch next (
  select cast(9223372036854775807 as bigint)) rows only;
--   Limit
--     InitPlan 1
--       Result
--     InitPlan 2
--       Result
--     Result
--       One-Time Filter: (InitPlan 1).col1
--       Index Only Scan using dead_letters_asked_for on dead_letters  -- allowed: looks through what is to be retried, which is little

-- whereabouts
select "streams"."stream_id", "streams"."last_seq", "streams"."deleted_to", "streams"."state", "streams"."reason", "streams"."changed_at", (
  select "events"."global_position"
  from "events"
  where ("events"."stream_id" = "dead_letters"."stream_id"
    and "events"."seq" = "dead_letters"."seq"))
from "dead_letters"
left outer join "streams" on "streams"."stream_id" = "dead_letters"."stream_id"
where ("dead_letters"."consumer" = ?
  and "dead_letters"."global_position" = ?
  and ((
      select case when pg_is_in_recovery() then pg_current_xact_id() is not null else true end)));
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
update "dead_letters"
set "retry_asked_at" = ?
where ("dead_letters"."consumer" = ?
  and "dead_letters"."global_position" = ?);
--   Update on dead_letters
--     Index Scan using dead_letters_pkey on dead_letters: ((consumer = ?) AND (global_position = ?))

-- failedAgain
update "dead_letters"
set "attempts" = ("dead_letters"."attempts" + ?), "error" = ?, "stack_trace" = ?, "parked_at" = ?, "retry_asked_at" = case when "dead_letters"."retry_asked_at" <> ? then "dead_letters"."retry_asked_at" end
where ("dead_letters"."consumer" = ?
  and "dead_letters"."global_position" = ?);
--   Update on dead_letters
--     Index Scan using dead_letters_pkey on dead_letters: ((consumer = ?) AND (global_position = ?))

-- drop
delete from "dead_letters"
where ("dead_letters"."consumer" = ?
  and "dead_letters"."global_position" = ?);
--   Delete on dead_letters
--     Index Scan using dead_letters_pkey on dead_letters: ((consumer = ?) AND (global_position = ?))

-- dropAll
delete from "dead_letters"
where "dead_letters"."consumer" = ?;
--   Delete on dead_letters
--     Bitmap Heap Scan on dead_letters
--       Recheck Cond: (consumer = ?)
--       Bitmap Index Scan on dead_letters_pkey: (consumer = ?)
