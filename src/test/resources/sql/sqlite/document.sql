-- What the document store runs on SQLite, and how SQLite runs it.

-- meta
-- run by: DocumentStore.currentMeta
select doc_meta.data
from doc_meta
where doc_meta.doc_id = :doc_id;
--   SEARCH doc_meta USING PRIMARY KEY (doc_id=?)

-- claimMeta
-- run by: DocumentStore.append, DocumentStore.replace
select doc_meta.data
from doc_meta
where doc_meta.doc_id = :doc_id;
--   SEARCH doc_meta USING PRIMARY KEY (doc_id=?)

-- highestSeq
-- run by: DocumentStore.append, DocumentStore.replace
select max(doc_records.seq)
from doc_records
where doc_records.doc_id = :doc_id;
--   SEARCH doc_records USING PRIMARY KEY (doc_id=?)

-- records
-- run by: DocumentStore.loadAll
select doc_records.kind, doc_records.payload, doc_records.blob
from doc_records
where doc_records.doc_id = :doc_id
order by doc_records.seq;
--   SEARCH doc_records USING PRIMARY KEY (doc_id=?)

-- insertRecord
-- run by: DocumentStore.append, DocumentStore.replace
insert into doc_records (doc_id, seq, kind, payload, blob, content_checksum)
values (:doc_id, :seq, :kind, :payload, :blob, :checksum);

-- lock
-- run by: DocumentStore.delete
select 1
from doc_meta
where doc_meta.doc_id = :doc_id;
--   SEARCH doc_meta USING PRIMARY KEY (doc_id=?)

-- insertEntry
-- run by: DocumentStore.append
insert into doc_records (doc_id, seq, kind, payload, blob, content_checksum)
select doc_meta.doc_id,
  (coalesce(
      (select max(doc_records.seq) from doc_records where doc_records.doc_id = doc_meta.doc_id), 0)
    + 1),
  'entry', :payload, :blob,
  (:checksum
    - (coalesce(
        (select max(doc_records.seq) from doc_records where doc_records.doc_id = doc_meta.doc_id), 0)
      + 1))
from doc_meta
where doc_meta.doc_id = :doc_id;
--   SEARCH doc_meta USING PRIMARY KEY (doc_id=?)
--   CORRELATED SCALAR SUBQUERY 1
--     SEARCH doc_records USING PRIMARY KEY (doc_id=?)
--   CORRELATED SCALAR SUBQUERY 2
--     SEARCH doc_records USING PRIMARY KEY (doc_id=?)

-- insertMeta
-- run by: DocumentStore.append
insert into doc_meta (doc_id, data, content_checksum)
values (:doc_id, :meta, :meta_checksum);

-- updateMeta
-- run by: DocumentStore.append, DocumentStore.replace
update doc_meta
set data = :meta, content_checksum = :meta_checksum
where doc_meta.doc_id = :doc_id;
--   SEARCH doc_meta USING PRIMARY KEY (doc_id=?)

-- deleteRecords
-- run by: DocumentStore.replace, DocumentStore.delete
delete from doc_records
where doc_records.doc_id = :doc_id;
--   SEARCH doc_records USING PRIMARY KEY (doc_id=?)

-- deleteMeta
-- run by: DocumentStore.delete
delete from doc_meta
where doc_meta.doc_id = :doc_id;
--   SEARCH doc_meta USING PRIMARY KEY (doc_id=?)

-- idsFrom
-- run by: DocumentStore.listDocIds
select doc_meta.doc_id
from doc_meta
where doc_meta.doc_id >= :lower
order by doc_meta.doc_id
limit :limit;
--   SEARCH doc_meta USING PRIMARY KEY (doc_id>?)

-- idsBehind
-- run by: DocumentStore.listDocIds
select doc_meta.doc_id
from doc_meta
where doc_meta.doc_id > :lower
order by doc_meta.doc_id
limit :limit;
--   SEARCH doc_meta USING PRIMARY KEY (doc_id>?)

-- idsFromBelow
-- run by: DocumentStore.listDocIds
select doc_meta.doc_id
from doc_meta
where (doc_meta.doc_id >= :lower
  and doc_meta.doc_id < :upper)
order by doc_meta.doc_id
limit :limit;
--   SEARCH doc_meta USING PRIMARY KEY (doc_id>? AND doc_id<?)

-- idsBehindBelow
-- run by: DocumentStore.listDocIds
select doc_meta.doc_id
from doc_meta
where (doc_meta.doc_id > :lower
  and doc_meta.doc_id < :upper)
order by doc_meta.doc_id
limit :limit;
--   SEARCH doc_meta USING PRIMARY KEY (doc_id>? AND doc_id<?)
