package dev.daybook.conformance.hosts;

import dev.daybook.conformance.DatabaseFixture;
import dev.daybook.conformance.PostgresFixture;
import dev.daybook.conformance.SqliteDataSourceFixture;
import dev.daybook.conformance.SqliteFileFixture;
import java.nio.file.Path;
import javax.sql.DataSource;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;

/** The kinds of database that an application and a Daybook can share. */
enum SharedDatabase {
  /** An SQLite file that Daybook opens by its path. */
  FILE {
    @Override
    DatabaseFixture make(Path directory) {
      return new SqliteFileFixture(directory);
    }

    @Override
    DatabaseFixture makeEmpty(Path directory) {
      return SqliteFileFixture.withoutFile(directory);
    }
  },
  /** An SQLite file that Daybook opens by a data source. */
  DATA_SOURCE {
    @Override
    DatabaseFixture make(Path directory) {
      return new SqliteDataSourceFixture(directory);
    }

    @Override
    DatabaseFixture makeEmpty(Path directory) {
      return SqliteDataSourceFixture.withoutFile(directory);
    }
  },
  /** A database on a PostgreSQL server. */
  SERVER {
    @Override
    DatabaseFixture make(Path directory) {
      return new PostgresFixture();
    }

    @Override
    DatabaseFixture makeEmpty(Path directory) {
      return new PostgresFixture();
    }

    @Override
    DataSource enforcing(DatabaseFixture database, Path directory) {
      return database.callersDataSource();
    }
  };

  /** A database in a directory that is empty. */
  abstract DatabaseFixture make(Path directory);

  /** The same, in which no Daybook has been. */
  abstract DatabaseFixture makeEmpty(Path directory);

  /** Connections of the application's on which references between tables must be kept. */
  DataSource enforcing(DatabaseFixture database, Path directory) {
    SQLiteConfig config = new SQLiteConfig();
    config.enforceForeignKeys(true);
    SQLiteDataSource enforcing = new SQLiteDataSource(config);
    enforcing.setUrl("jdbc:sqlite:" + directory.resolve("journal.db"));
    return enforcing;
  }
}
