-- What a look at how far readers come runs on SQLite, and how SQLite runs it.

-- database
select 'SQLite ' || sqlite_version();
--   SCAN CONSTANT ROW

-- lastEvent
select max(events.global_position)
from events;
--   SEARCH events

-- eventsBehind
select count(*)
from events
where events.global_position > ?;
--   SEARCH events USING INTEGER PRIMARY KEY (rowid>?)
