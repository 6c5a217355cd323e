-- What bulk loads runs on SQLite, and how SQLite runs it.

-- progress
-- run by: Journal.bulkLoad
select loads.source_offset, loads.events, loads.note
from loads
where loads.load_name = :name;
--   SEARCH loads USING PRIMARY KEY (load_name=?)

-- begin
-- run by: BulkLoad.append
insert into loads (load_name, source_offset, events, note, updated_at)
values (:name, :offset, :events, :note, :time)
on conflict do nothing;

-- move
-- run by: BulkLoad.appendRecorded
update loads
set source_offset = :offset, events = :events, note = :note, updated_at = :time
where (loads.load_name = :name
  and loads.source_offset = :before);
--   SEARCH loads USING PRIMARY KEY (load_name=?)

-- forget
-- run by: BulkLoad.forget
delete from loads
where (loads.load_name = :name
  and loads.source_offset = :before);
--   SEARCH loads USING PRIMARY KEY (load_name=?)
