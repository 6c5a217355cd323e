package dev.daybook.benchmark;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;

/** The kinds of database that both sides are run on. */
public enum StoreKind {
  SQLITE {
    @Override
    Running start(Path directory) {
      return new Running(directory.toString(), () -> {});
    }

    @Override
    BenchmarkStore in(String home) {
      return new SqliteStore(Path.of(home));
    }
  },
  POSTGRESQL {
    @Override
    Running start(Path directory) throws IOException {
      return PostgresStore.start(directory);
    }

    @Override
    BenchmarkStore in(String home) {
      return new PostgresStore(home);
    }
  };

  /**
   * What keeps the databases.
   *
   * @param home where it is, for other processes
   * @param stop ends it
   */
  record Running(String home, AutoCloseable stop) implements AutoCloseable {
    @Override
    public void close() throws Exception {
      stop.close();
    }
  }

  /** What it is called on the command line, and its migrations' folder is. */
  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Starts what keeps the databases, with its files in a directory. */
  abstract Running start(Path directory) throws Exception;

  /** The store in what was started, perhaps by another process. */
  abstract BenchmarkStore in(String home);
}
