-- The history of the migrations, as Flyway makes and reads it.
CREATE TABLE "${history}" (
  installed_rank INT           NOT NULL PRIMARY KEY,
  version        VARCHAR(50),
  description    VARCHAR(200)  NOT NULL,
  type           VARCHAR(20)   NOT NULL,
  script         VARCHAR(1000) NOT NULL,
  checksum       INT,
  installed_by   VARCHAR(100)  NOT NULL,
  installed_on   TEXT          NOT NULL DEFAULT (strftime('%Y-%m-%d %H:%M:%f', 'now')),
  execution_time INT           NOT NULL,
  success        BOOLEAN       NOT NULL
);

CREATE INDEX "${history}_s_idx" ON "${history}" (success);
