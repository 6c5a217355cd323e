-- What the document store runs on PostgreSQL, and how PostgreSQL runs it.

-- meta
-- run by: DocumentStore.currentMeta
select "doc_meta"."data"
from "doc_meta"
where ("doc_meta"."doc_id" = :doc_id
  and ((select case when pg_is_in_recovery() then pg_current_xact_id() is not null else true end)));
--   Result
--     One-Time Filter: (InitPlan 1).col1
--     InitPlan 1
--       Result
--     Index Scan using doc_meta_pkey on doc_meta: (doc_id = ?)

-- claimMeta
-- run by: DocumentStore.append, DocumentStore.replace
select "doc_meta"."data"
from "doc_meta"
where ("doc_meta"."doc_id" = :doc_id
  and ((select case when pg_is_in_recovery() then pg_current_xact_id() is not null else true end)))
for update;
--   LockRows
--     InitPlan 1
--       Result
--     Result
--       One-Time Filter: (InitPlan 1).col1
--       Index Scan using doc_meta_pkey on doc_meta: (doc_id = ?)

-- highestSeq
-- run by: DocumentStore.append, DocumentStore.replace
select max("doc_records"."seq")
from "doc_records"
where ("doc_records"."doc_id" = :doc_id
  and ((select case when pg_is_in_recovery() then pg_current_xact_id() is not null else true end)));
--   Result
--     InitPlan 1
--       Result
--     InitPlan 2
--       Limit
--         Result
--           One-Time Filter: (InitPlan 1).col1
--           Index Only Scan Backward using doc_records_pkey on doc_records: (doc_id = ?)

-- records
-- run by: DocumentStore.loadAll
select "doc_records"."kind", "doc_records"."payload", "doc_records"."blob"
from "doc_records"
where ("doc_records"."doc_id" = :doc_id
  and ((select case when pg_is_in_recovery() then pg_current_xact_id() is not null else true end)))
order by "doc_records"."seq"
fetch next (select cast(9223372036854775807 as bigint)) rows only;
--   Limit
--     InitPlan 1
--       Result
--     InitPlan 2
--       Result
--     Result
--       One-Time Filter: (InitPlan 1).col1
--       Index Scan using doc_records_pkey on doc_records: (doc_id = ?)

-- insertRecord
-- run by: DocumentStore.append, DocumentStore.replace
insert into "doc_records" ("doc_id", "seq", "kind", "payload", "blob", "content_checksum")
values (:doc_id, :seq, :kind, :payload, :blob, :checksum);
--   Insert on doc_records
--     Result

-- lock
-- run by: DocumentStore.delete, DocumentStore.append
select 1
from "doc_meta"
where "doc_meta"."doc_id" = :doc_id
for update;
--   LockRows
--     Index Scan using doc_meta_pkey on doc_meta: (doc_id = ?)

-- insertEntry
-- run by: DocumentStore.append
insert into "doc_records" ("doc_id", "seq", "kind", "payload", "blob", "content_checksum")
select "doc_meta"."doc_id",
  (coalesce(
      (
          select max("doc_records"."seq")
          from "doc_records"
          where "doc_records"."doc_id" = "doc_meta"."doc_id"),
        0)
    + 1),
  'entry', :payload, :blob,
  (:checksum
    - (coalesce(
        (
            select max("doc_records"."seq")
            from "doc_records"
            where "doc_records"."doc_id" = "doc_meta"."doc_id"),
          0)
      + 1))
from "doc_meta"
where "doc_meta"."doc_id" = :doc_id
for update;
--   Insert on doc_records
--     Subquery Scan on "*SELECT*"
--       LockRows
--         Index Scan using doc_meta_pkey on doc_meta: (doc_id = ?)
--           SubPlan 2
--             Result
--               InitPlan 1
--                 Limit
--                   Index Only Scan Backward using doc_records_pkey on doc_records doc_records_1: (doc_id =
--                       doc_meta.doc_id)
--           SubPlan 4
--             Result
--               InitPlan 3
--                 Limit
--                   Index Only Scan Backward using doc_records_pkey on doc_records doc_records_2: (doc_id =
--                       doc_meta.doc_id)

-- insertMeta
-- run by: DocumentStore.append
insert into "doc_meta" ("doc_id", "data", "content_checksum")
values (:doc_id, :meta, :meta_checksum);
--   Insert on doc_meta
--     Result

-- updateMeta
-- run by: DocumentStore.append, DocumentStore.replace
update "doc_meta"
set "data" = :meta, "content_checksum" = :meta_checksum
where "doc_meta"."doc_id" = :doc_id;
--   Update on doc_meta
--     Index Scan using doc_meta_pkey on doc_meta: (doc_id = ?)

-- deleteRecords
-- run by: DocumentStore.replace, DocumentStore.delete
delete from "doc_records"
where "doc_records"."doc_id" = :doc_id;
--   Delete on doc_records
--     Bitmap Heap Scan on doc_records
--       Recheck Cond: (doc_id = ?)
--       Bitmap Index Scan on doc_records_pkey: (doc_id = ?)

-- deleteMeta
-- run by: DocumentStore.delete
delete from "doc_meta"
where "doc_meta"."doc_id" = :doc_id;
--   Delete on doc_meta
--     Index Scan using doc_meta_pkey on doc_meta: (doc_id = ?)

-- idsFrom
-- run by: DocumentStore.listDocIds
select "doc_meta"."doc_id"
from "doc_meta"
where ("doc_meta"."doc_id" >= :lower
  and ((select case when pg_is_in_recovery() then pg_current_xact_id() is not null else true end)))
order by "doc_meta"."doc_id"
fetch next (select cast(:limit as bigint)) rows only;
--   Limit
--     InitPlan 1
--       Result
--     InitPlan 2
--       Result
--     Result
--       One-Time Filter: (InitPlan 1).col1
--       Index Only Scan using doc_meta_pkey on doc_meta: (doc_id >= ?)

-- idsBehind
-- run by: DocumentStore.listDocIds
select "doc_meta"."doc_id"
from "doc_meta"
where ("doc_meta"."doc_id" > :lower
  and ((select case when pg_is_in_recovery() then pg_current_xact_id() is not null else true end)))
order by "doc_meta"."doc_id"
fetch next (select cast(:limit as bigint)) rows only;
--   Limit
--     InitPlan 1
--       Result
--     InitPlan 2
--       Result
--     Result
--       One-Time Filter: (InitPlan 1).col1
--       Index Only Scan using doc_meta_pkey on doc_meta: (doc_id > ?)

-- idsFromBelow
-- run by: DocumentStore.listDocIds
select "doc_meta"."doc_id"
from "doc_meta"
where ("doc_meta"."doc_id" >= :lower
  and "doc_meta"."doc_id" < :upper
  and ((select case when pg_is_in_recovery() then pg_current_xact_id() is not null else true end)))
order by "doc_meta"."doc_id"
fetch next (select cast(:limit as bigint)) rows only;
--   Limit
--     InitPlan 1
--       Result
--     InitPlan 2
--       Result
--     Result
--       One-Time Filter: (InitPlan 1).col1
--       Index Only Scan using doc_meta_pkey on doc_meta: ((doc_id >= ?) AND (doc_id < ?))

-- idsBehindBelow
-- run by: DocumentStore.listDocIds
select "doc_meta"."doc_id"
from "doc_meta"
where ("doc_meta"."doc_id" > :lower
  and "doc_meta"."doc_id" < :upper
  and ((select case when pg_is_in_recovery() then pg_current_xact_id() is not null else true end)))
order by "doc_meta"."doc_id"
fetch next (select cast(:limit as bigint)) rows only;
--   Limit
--     InitPlan 1
--       Result
--     InitPlan 2
--       Result
--     Result
--       One-Time Filter: (InitPlan 1).col1
--       Index Only Scan using doc_meta_pkey on doc_meta: ((doc_id > ?) AND (doc_id < ?))

-- settings
-- run by: DocumentStore.append
select
  concat(set_config('lock_timeout', '100ms', true), set_config('plan_cache_mode', 'force_generic_plan', true));
--   Result

-- lockAll
-- run by: DocumentStore.append
select "doc_meta"."doc_id"
from "doc_meta"
where "doc_meta"."doc_id" in (
  select "n"."doc_id"
  from unnest(cast(:doc_ids as varchar[])) with ordinality as "n" ("doc_id", "ordinal"))
order by "doc_meta"."doc_id"
for update;
--   LockRows
--     Sort  -- allowed: the documents of these appends
--       Sort Key: doc_meta.doc_id COLLATE "C"
--       Nested Loop
--         HashAggregate  -- allowed: the documents of these appends
--           Group Key: (n.doc_id)::text
--           Function Scan on unnest n
--         Index Scan using doc_meta_pkey on doc_meta: (doc_id = (n.doc_id)::text)

-- insert
-- run by: DocumentStore.append
insert into "doc_records" ("doc_id", "seq", "kind", "payload", "blob", "content_checksum")
select "f"."doc_id",
  (coalesce(
      (
          select max("doc_records"."seq")
          from "doc_records"
          where "doc_records"."doc_id" = "f"."doc_id"),
        0)
    + row_number() over (partition by "f"."doc_id" order by "n"."ordinal")),
  'entry', "n"."payload", "n"."blob",
  ("n"."content_checksum"
    - (coalesce(
        (
            select max("doc_records"."seq")
            from "doc_records"
            where "doc_records"."doc_id" = "f"."doc_id"),
          0)
      + row_number() over (partition by "f"."doc_id" order by "n"."ordinal")))
from
  unnest(cast(:entry_doc_ids as varchar[]), cast(:payloads as varchar[]), cast(:blobs as bytea[]),
  cast(:checksums as bigint[])) with ordinality as "n" ("doc_id", "payload", "blob", "content_checksum",
  "ordinal")
join (
    select "doc_meta"."doc_id"
    from "doc_meta"
    where "doc_meta"."doc_id" in (
      select "n"."doc_id"
      from unnest(cast(:doc_ids as varchar[])) with ordinality as "n" ("doc_id", "ordinal"))
    order by "doc_meta"."doc_id"
    for update) as "f"
  on "f"."doc_id" = "n"."doc_id"
returning "doc_records"."doc_id";
--   Insert on doc_records
--     Subquery Scan on "*SELECT*"
--       WindowAgg  -- allowed: these appends
--         Incremental Sort  -- allowed: these appends
--           Sort Key: f.doc_id COLLATE "C", n.ordinal
--           Presorted Key: f.doc_id
--           Merge Join
--             Merge Cond: ((n.doc_id)::text = f.doc_id)
--             Sort  -- allowed: these appends
--               Sort Key: n.doc_id COLLATE "C"
--               Function Scan on n
--             Sort  -- allowed: these appends
--               Sort Key: f.doc_id COLLATE "C"
--               Subquery Scan on f
--                 LockRows
--                   Sort  -- allowed: these appends
--                     Sort Key: doc_meta.doc_id COLLATE "C"
--                     Nested Loop
--                       HashAggregate  -- allowed: the documents of these appends
--                         Group Key: (n_1.doc_id)::text
--                         Function Scan on unnest n_1
--                       Index Scan using doc_meta_pkey on doc_meta: (doc_id = (n_1.doc_id)::text)
--         SubPlan 2
--           Result
--             InitPlan 1
--               Limit
--                 Index Only Scan Backward using doc_records_pkey on doc_records doc_records_1: (doc_id = f.doc_id)
--         SubPlan 4
--           Result
--             InitPlan 3
--               Limit
--                 Index Only Scan Backward using doc_records_pkey on doc_records doc_records_2: (doc_id = f.doc_id)
