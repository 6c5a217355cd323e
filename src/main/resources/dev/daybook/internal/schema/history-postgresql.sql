-- The history of the migrations, as Flyway makes and reads it.
CREATE TABLE "${history}" (
  installed_rank integer       NOT NULL,
  version        varchar(50),
  description    varchar(200)  NOT NULL,
  type           varchar(20)   NOT NULL,
  script         varchar(1000) NOT NULL,
  checksum       integer,
  installed_by   varchar(100)  NOT NULL,
  installed_on   timestamp     NOT NULL DEFAULT now(),
  execution_time integer       NOT NULL,
  success        boolean       NOT NULL,
  CONSTRAINT "${history}_pk" PRIMARY KEY (installed_rank)
);

CREATE INDEX "${history}_s_idx" ON "${history}" (success);
