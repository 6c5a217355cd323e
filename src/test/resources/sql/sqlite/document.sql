-- What the document store runs on SQLite, and how SQLite runs it.

-- meta
select doc_meta.data
from doc_meta
where doc_meta.doc_id = ?;
--   SEARCH doc_meta USING PRIMARY KEY (doc_id=?)

-- claimMeta
select doc_meta.data
from doc_meta
where doc_meta.doc_id = ?;
--   SEARCH doc_meta USING PRIMARY KEY (doc_id=?)

-- highestSeq
select max(doc_records.seq)
from doc_records
where doc_records.doc_id = ?;
--   SEARCH doc_records USING PRIMARY KEY (doc_id=?)

-- records
select doc_records.kind, doc_records.payload, doc_records.blob
from doc_records
where doc_records.doc_id = ?
order by doc_records.seq;
--   SEARCH doc_records USING PRIMARY KEY (doc_id=?)

-- insertRecord
insert into doc_records (doc_id, seq, kind, payload, blob, content_checksum)
values (?, ?, ?, ?, ?, ?);

-- lock
select 1
from doc_meta
where doc_meta.doc_id = ?;
--   SEARCH doc_meta USING PRIMARY KEY (doc_id=?)

-- insertEntry
insert into doc_records (doc_id, seq, kind, payload, blob, content_checksum) select doc_meta.doc_id, (coalesce((
      select max(doc_records.seq)
      from doc_records
      where doc_records.doc_id = doc_meta.doc_id), 0) + 1), 'entry', ?, ?, (? - (coalesce((
        select max(doc_records.seq)
        from doc_records
        where doc_records.doc_id = doc_meta.doc_id), 0) + 1))
from doc_meta
where doc_meta.doc_id = ?;
--   SEARCH doc_meta USING PRIMARY KEY (doc_id=?)
--   CORRELATED SCALAR SUBQUERY 1
--     SEARCH doc_records USING PRIMARY KEY (doc_id=?)
--   CORRELATED SCALAR SUBQUERY 2
--     SEARCH doc_records USING PRIMARY KEY (doc_id=?)

-- insertMeta
insert into doc_meta (doc_id, data, content_checksum)
values (?, ?, ?);

-- updateMeta
update doc_meta
set data = ?, content_checksum = ?
where doc_meta.doc_id = ?;
--   SEARCH doc_meta USING PRIMARY KEY (doc_id=?)

-- deleteRecords
delete from doc_records
where doc_records.doc_id = ?;
--   SEARCH doc_records USING PRIMARY KEY (doc_id=?)

-- deleteMeta
delete from doc_meta
where doc_meta.doc_id = ?;
--   SEARCH doc_meta USING PRIMARY KEY (doc_id=?)

-- idsFrom
select doc_meta.doc_id
from doc_meta
where doc_meta.doc_id >= ?
order by doc_meta.doc_id
limit ?;
--   SEARCH doc_meta USING PRIMARY KEY (doc_id>?)

-- idsBehind
select doc_meta.doc_id
from doc_meta
where doc_meta.doc_id > ?
order by doc_meta.doc_id
limit ?;
--   SEARCH doc_meta USING PRIMARY KEY (doc_id>?)

-- idsFromBelow
select doc_meta.doc_id
from doc_meta
where (doc_meta.doc_id >= ?
  and doc_meta.doc_id < ?)
order by doc_meta.doc_id
limit ?;
--   SEARCH doc_meta USING PRIMARY KEY (doc_id>? AND doc_id<?)

-- idsBehindBelow
select doc_meta.doc_id
from doc_meta
where (doc_meta.doc_id > ?
  and doc_meta.doc_id < ?)
order by doc_meta.doc_id
limit ?;
--   SEARCH doc_meta USING PRIMARY KEY (doc_id>? AND doc_id<?)
