-- What the checkpoint store runs on PostgreSQL, and how PostgreSQL runs it.

-- load
-- run by: CheckpointStore.load
select "checkpoints"."consumer", "checkpoints"."global_position", "checkpoints"."updated_at"
from "checkpoints"
where ("checkpoints"."consumer" = :consumer
  and ((select case when pg_is_in_recovery() then pg_current_xact_id() is not null else true end)));
--   Result
--     One-Time Filter: (InitPlan 1).col1
--     InitPlan 1
--       Result
--     Index Scan using checkpoints_pkey on checkpoints: (consumer = ?)

-- list
-- run by: CheckpointStore.list
select "checkpoints"."consumer", "checkpoints"."global_position", "checkpoints"."updated_at"
from "checkpoints"
where ("checkpoints"."consumer" > ''
  and ((select case when pg_is_in_recovery() then pg_current_xact_id() is not null else true end)))
order by "checkpoints"."consumer";
--   Result
--     One-Time Filter: (InitPlan 1).col1
--     InitPlan 1
--       Result
--     Index Scan using checkpoints_pkey on checkpoints: (consumer > ''::text)

-- save
-- run by: CheckpointStore.save
insert into "checkpoints" ("consumer", "global_position", "updated_at", "fence")
values (:consumer, :position, :time, :time)
on conflict ("consumer") do update
set "global_position" = excluded."global_position", "updated_at" = excluded."updated_at"
where "checkpoints"."global_position" <= excluded."global_position";
--   Insert on checkpoints
--     Conflict Resolution: UPDATE
--     Conflict Arbiter Indexes: checkpoints_pkey
--     Conflict Filter: (checkpoints.global_position <= excluded.global_position)
--     Result

-- claim
-- run by: CheckpointStore.reset
select 1
from "checkpoints"
where "checkpoints"."consumer" = :consumer
for update;
--   LockRows
--     Index Scan using checkpoints_pkey on checkpoints: (consumer = ?)

-- reset
-- run by: CheckpointStore.reset
-- always: :increment = 1
insert into "checkpoints" ("consumer", "global_position", "updated_at", "fence")
values (:consumer, :position, :time, :time)
on conflict ("consumer") do update
set "global_position" = excluded."global_position", "updated_at" = excluded."updated_at",
  "fence" = ("checkpoints"."fence" + :increment), "owner" = null, "place" = null, "lease_millis" = null,
  "asked" = null;
--   Insert on checkpoints
--     Conflict Resolution: UPDATE
--     Conflict Arbiter Indexes: checkpoints_pkey
--     Result

-- delete
-- run by: CheckpointStore.delete
delete from "checkpoints"
where "checkpoints"."consumer" = :consumer;
--   Delete on checkpoints
--     Index Scan using checkpoints_pkey on checkpoints: (consumer = ?)
