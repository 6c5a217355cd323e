-- What a look at how far readers come runs on SQLite, and how SQLite runs it.

-- database
-- run by: Maintenance.doctor
select 'SQLite ' || sqlite_version();
--   SCAN CONSTANT ROW

-- lastEvent
-- run by: Maintenance.doctor
select max(events.global_position)
from events;
--   SEARCH events

-- eventsBehind
-- run by: Maintenance.doctor
select count(*)
from events
where events.global_position > :position;
--   SEARCH events USING INTEGER PRIMARY KEY (rowid>?)
