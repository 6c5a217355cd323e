package dev.daybook.cli.importing.foreign;

import dev.daybook.Daybook;
import dev.daybook.cli.Run;
import dev.daybook.fixture.PostgresAddress;
import dev.daybook.fixture.PostgresDatabase;
import dev.daybook.fixture.PostgresServer;
import dev.daybook.journal.EncodedEvent;
import dev.daybook.journal.EventQuery;
import dev.daybook.journal.ExpectedSeq;
import dev.daybook.journal.RecordedEvent;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A store that a file is imported into. */
final class ImportTarget implements AutoCloseable {

  /** Which database it is in. */
  enum Kind {
    SQLITE,
    POSTGRESQL
  }

  private final String db;
  private final Map<String, String> environment;
  private final @Nullable PostgresDatabase server;
  private final String url;

  private ImportTarget(
      String db, Map<String, String> environment, @Nullable PostgresDatabase server, String url) {
    this.db = db;
    this.environment = environment;
    this.server = server;
    this.url = url;
  }

  static ImportTarget of(Kind kind, Path directory) {
    if (kind == Kind.SQLITE) {
      String file = directory.resolve("target.db").toString();
      return new ImportTarget(file, Map.of(), null, file);
    }
    PostgresDatabase server = PostgresServer.shared().newDatabase();
    PostgresAddress address = PostgresAddress.of(server.url());
    return new ImportTarget(
        address.url(),
        Map.of("DAYBOOK_USER", address.user(), "DAYBOOK_PASSWORD", address.password()),
        server,
        server.url());
  }

  /** Runs a command on it. */
  Run run(String... args) {
    return Run.withEnvironment(environment, onIt(args));
  }

  /** Starts a command on it in a process of its own. */
  Process start(Path directory, String... args) throws Exception {
    return Run.start(directory, "128m", environment, onIt(args));
  }

  private String[] onIt(String... args) {
    return with(args, "--db", db);
  }

  /** The arguments of a command, and more of them. */
  static String[] with(String[] args, String... more) {
    return Stream.concat(Stream.of(args), Stream.of(more)).toArray(String[]::new);
  }

  Daybook open() {
    return Daybook.open(url);
  }

  /** Appends an event to a stream, and returns its number. */
  static long next(Daybook daybook, String stream) {
    return daybook
        .rawJournal()
        .append(stream, ExpectedSeq.any(), EncodedEvent.json("Next", "{}"))
        .seq();
  }

  List<RecordedEvent<EncodedEvent>> events() {
    try (Daybook daybook = open()) {
      return daybook.rawJournal().read(EventQuery.all());
    }
  }

  /** What checks all that is in it. */
  String verified() {
    return run("verify").out();
  }

  /** Where it is, for people. */
  @Override
  public String toString() {
    return server == null ? "SQLite" : "PostgreSQL";
  }

  @Override
  public void close() {
    if (server != null) {
      server.close();
    }
  }
}
