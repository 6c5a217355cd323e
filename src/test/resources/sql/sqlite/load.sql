-- What bulk loads runs on SQLite, and how SQLite runs it.

-- progress
select loads.source_offset, loads.events, loads.note
from loads
where loads.load_name = ?;
--   SEARCH loads USING PRIMARY KEY (load_name=?)

-- begin
insert into loads (load_name, source_offset, events, note, updated_at)
values (?, ?, ?, ?, ?)
on conflict do nothing;

-- move
update loads
set source_offset = ?, events = ?, note = ?, updated_at = ?
where (loads.load_name = ?
  and loads.source_offset = ?);
--   SEARCH loads USING PRIMARY KEY (load_name=?)

-- forget
delete from loads
where (loads.load_name = ?
  and loads.source_offset = ?);
--   SEARCH loads USING PRIMARY KEY (load_name=?)
