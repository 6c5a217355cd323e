-- Who works on a checkpoint. fence is raised whenever it changes hands: whoever saves must name the
-- fence that it was given, so one whose lease has run out can't save any more. lease_until is UTC
-- epoch milliseconds; NULL when nobody holds the lease.
ALTER TABLE "${checkpoints}" ADD COLUMN owner text COLLATE "C";
ALTER TABLE "${checkpoints}" ADD COLUMN fence bigint NOT NULL DEFAULT 0;
ALTER TABLE "${checkpoints}" ADD COLUMN lease_until bigint;

-- Events that a subscription could not handle and has put aside. The event itself stays where it is.
-- retry_asked_at is set when somebody wants it to be handled once more.
CREATE TABLE "${dead_letters}" (
  consumer        text COLLATE "C" NOT NULL,
  global_position bigint           NOT NULL,
  stream_id       text COLLATE "C" NOT NULL,
  seq             bigint           NOT NULL,
  event_type      text COLLATE "C" NOT NULL,
  attempts        bigint           NOT NULL,
  error           text             NOT NULL,
  parked_at       bigint           NOT NULL,
  retry_asked_at  bigint,
  PRIMARY KEY (consumer, global_position)
);
