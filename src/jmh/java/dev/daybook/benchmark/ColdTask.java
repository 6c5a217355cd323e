package dev.daybook.benchmark;

import dev.daybook.benchmark.reference.ByHand;
import dev.daybook.settings.Synchronous;
import dev.daybook.settings.TableNames;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What is measured from the first line of a new process, or from its start to its end, and then
 * again in the same process. Beside opening stands Flyway with the same migrations and nothing
 * else. The version is the end of a database's name: several versions don't share one.
 */
enum ColdTask {
  OPEN_NEW("open a new database to first append, beside Flyway alone", 11, OptionalDouble.empty()) {
    @Override
    void prepare(BenchmarkStore store, String version) {}

    @Override
    void ours(BenchmarkStore store, String version, int time) throws Exception {
      append(store, database(version, time));
    }

    @Override
    void reference(BenchmarkStore store, String version, int time) throws Exception {
      migrate(store, database(version, time));
    }

    @Override
    void cleanUp(BenchmarkStore store, String version, int time) throws Exception {
      store.delete(database(version, time));
    }
  },
  OPEN_EXISTING(
      "open an existing database to first append, beside Flyway alone",
      11,
      OptionalDouble.of(1 / 1.5)) {
    @Override
    void prepare(BenchmarkStore store, String version) throws Exception {
      append(store, EXISTING + version);
    }

    @Override
    void ours(BenchmarkStore store, String version, int time) throws Exception {
      append(store, EXISTING + version);
    }

    @Override
    void reference(BenchmarkStore store, String version, int time) throws Exception {
      migrate(store, EXISTING + version);
    }
  },
  COLD_RECOVERY("open, and recover 100 000 events, decoded", 1, OptionalDouble.empty()) {
    @Override
    void prepare(BenchmarkStore store, String version) {}

    @Override
    void ours(BenchmarkStore store, String version, int time) throws Exception {
      recover(store.daybook(new Dataset(1).name() + version, Synchronous.FULL));
    }

    @Override
    void reference(BenchmarkStore store, String version, int time) throws Exception {
      recover(store.reference(new Dataset(1).name() + version, Synchronous.FULL));
    }

    @Override
    boolean needsDataset() {
      return true;
    }
  },
  FIRST_USE_NEW(
      "a process that opens a new database, appends and reads, beside Flyway and jOOQ by hand",
      1,
      OptionalDouble.empty()) {
    @Override
    void prepare(BenchmarkStore store, String version) {}

    @Override
    void ours(BenchmarkStore store, String version, int time) throws Exception {
      appendAndRead(store, database(version, time));
    }

    @Override
    void reference(BenchmarkStore store, String version, int time) throws Exception {
      migrate(store, database(version, time));
      ByHand.appendAndRead(store.url(database(version, time)));
    }

    @Override
    void cleanUp(BenchmarkStore store, String version, int time) throws Exception {
      store.delete(database(version, time));
    }

    @Override
    boolean countsWholeProcess() {
      return true;
    }
  },
  FIRST_USE(
      "a process that opens an existing database, appends and reads, beside jOOQ by hand",
      1,
      OptionalDouble.of(1 / 1.15)) {
    @Override
    void prepare(BenchmarkStore store, String version) throws Exception {
      appendAndRead(store, EXISTING + version);
      ByHand.appendAndRead(store.url(EXISTING + version));
    }

    @Override
    void ours(BenchmarkStore store, String version, int time) throws Exception {
      appendAndRead(store, EXISTING + version);
    }

    @Override
    void reference(BenchmarkStore store, String version, int time) throws Exception {
      ByHand.appendAndRead(store.url(EXISTING + version));
    }

    @Override
    boolean countsWholeProcess() {
      return true;
    }
  };

  private static final String EXISTING = "existing";
  private static final Map<String, String> PLACEHOLDERS =
      Stream.of(TableNames.Table.values())
          .map(table -> table.name().toLowerCase(Locale.ROOT))
          .collect(Collectors.toMap(name -> name, name -> name));

  final String text;

  /** How often it is done in one process; the first time is cold. */
  final int times;

  /** The ratio to the reference that is aimed at, where there is one. */
  final OptionalDouble target;

  ColdTask(String text, int times, OptionalDouble target) {
    this.text = text;
    this.times = times;
    this.target = target;
  }

  /** Makes what the task needs, once before all processes. */
  abstract void prepare(BenchmarkStore store, String version) throws Exception;

  abstract void ours(BenchmarkStore store, String version, int time) throws Exception;

  abstract void reference(BenchmarkStore store, String version, int time) throws Exception;

  /** Removes what one time has left behind; not measured. */
  void cleanUp(BenchmarkStore store, String version, int time) throws Exception {}

  /** Whether it reads the dataset, which must be there. */
  boolean needsDataset() {
    return false;
  }

  /** Whether the time counts from the start of the process to its end. */
  boolean countsWholeProcess() {
    return false;
  }

  private static String database(String version, int time) {
    return "new" + time + version;
  }

  private static void appendAndRead(BenchmarkStore store, String database) throws Exception {
    try (Side side = store.daybook(database, Synchronous.FULL);
        Caller caller = side.caller()) {
      String streamId = "used-" + System.nanoTime();
      caller.appendTyped(streamId, 0, Deposited.number(1));
      if (caller.readDecoded(streamId, event -> {}) != 1) {
        throw new IllegalStateException("nothing in " + streamId);
      }
    }
  }

  private static void append(BenchmarkStore store, String database) throws Exception {
    byte[] json = "{\"note\":\"the first of its process\"}".getBytes(StandardCharsets.UTF_8);
    try (Side side = store.daybook(database, Synchronous.FULL);
        Caller caller = side.caller()) {
      String streamId = "opened-" + System.nanoTime();
      caller.append(streamId, 0, List.of(new Fact("opened", "tag", json)));
    }
  }

  private static void migrate(BenchmarkStore store, String database) throws Exception {
    store
        .flyway(database)
        .table("daybook_schema_history")
        .placeholders(PLACEHOLDERS)
        .baselineOnMigrate(true)
        .baselineVersion("0")
        .load()
        .migrate();
  }

  private static void recover(Side side) throws Exception {
    try (side;
        Caller caller = side.caller()) {
      long[] seen = new long[1];
      caller.readDecoded(Dataset.LEDGER, event -> seen[0]++);
      if (seen[0] != Dataset.LONG) {
        throw new IllegalStateException("found " + seen[0]);
      }
    }
  }
}
