-- Checkpoints: the last position that each consumer has processed.
CREATE TABLE "${checkpoints}" (
  consumer        text COLLATE "C" NOT NULL PRIMARY KEY,
  global_position bigint           NOT NULL,
  updated_at      bigint           NOT NULL
);
