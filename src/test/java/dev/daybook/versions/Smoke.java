package dev.daybook.versions;

import dev.daybook.Daybook;
import dev.daybook.document.DocumentRecord;
import dev.daybook.document.DocumentStore;
import dev.daybook.document.Entry;
import dev.daybook.document.EntryData;
import dev.daybook.document.Meta;
import dev.daybook.document.ReplicaType;
import dev.daybook.document.SyncMode;
import dev.daybook.journal.Append;
import dev.daybook.journal.EventQuery;
import dev.daybook.journal.ExpectedSeq;
import dev.daybook.journal.Journal;
import dev.daybook.journal.NewEvent;
import dev.daybook.settings.TableNames;
import dev.daybook.snapshot.SnapshotStore;
import dev.daybook.subscription.AtLeastOnce;
import dev.daybook.subscription.Subscriber;
import dev.daybook.subscription.Subscription;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import org.postgresql.ds.PGSimpleDataSource;
import org.sqlite.SQLiteDataSource;

/** Does a little of everything on both databases, with whatever libraries it finds. */
public final class Smoke {

  /** What happened. */
  public sealed interface Happened {
    /** Something with a number. */
    record Counted(long number) implements Happened {}
  }

  /** What it comes to. */
  public record Total(long sum) {}

  private static final Duration LONG = Duration.ofSeconds(60);

  private Smoke() {}

  /**
   * Runs all that is checked.
   *
   * @param args an empty directory, and the URL of an empty PostgreSQL database
   */
  public static void main(String[] args) throws Exception {
    String file = "jdbc:sqlite:" + Path.of(args[0]).resolve("smoke.db");
    String server = args[1];
    use(file, SQLDialect.SQLITE);
    use(server, SQLDialect.POSTGRES);
    try (Daybook source = Daybook.open(file);
        Daybook target = Daybook.open(Path.of(args[0]).resolve("copy.db"))) {
      require(source.copyTo(target).isComplete(), "the copy is the same");
    }
    ownFlyway(Path.of(args[0]), server);
    System.out.println("done");
  }

  private static void use(String url, SQLDialect family) throws Exception {
    try (Daybook daybook = Daybook.open(url)) {
      require(!daybook.schemaVersion().isEmpty(), "migrated");
      Journal<Happened> journal = daybook.journal(Happened.class);
      journal.append("a", ExpectedSeq.noStream(), new Happened.Counted(1));
      NewEvent<Happened> tagged = NewEvent.<Happened>of(new Happened.Counted(2)).tagged("even");
      journal.append(Append.of("a", ExpectedSeq.exactly(1), List.of(tagged)));
      require(journal.read(EventQuery.stream("a")).size() == 2, "read");
      require(journal.read(EventQuery.all().taggedAllOf("even")).size() == 1, "found by a tag");

      SnapshotStore<Total> snapshots = daybook.snapshots(Total.class);
      require(snapshots.save("a", 2, new Total(3)).seq() == 2, "a snapshot is saved");
      require(snapshots.loadLatest("a").orElseThrow().state().sum() == 3, "a snapshot");

      documents(daybook.documents());
      callersTransaction(daybook, journal, url, family);
      subscription(daybook, journal);
    }
  }

  private static void documents(DocumentStore documents) {
    documents.append(
        "note",
        new Meta(
            new ReplicaType("text", 1, 0),
            new SyncMode("concurrent", "broadcast", "durable"),
            "s"));
    documents.append("note", Entry.since(EntryData.json("[1]"), "v1"));
    try (Stream<DocumentRecord> records = documents.loadAll("note")) {
      require(records.count() == 2, "a document");
    }
  }

  private static void callersTransaction(
      Daybook daybook, Journal<Happened> journal, String url, SQLDialect family) throws Exception {
    try (Connection connection = DriverManager.getConnection(url)) {
      DSL.using(connection, family)
          .transaction(
              transaction ->
                  daybook
                      .within(transaction)
                      .journal(Happened.class)
                      .append("b", ExpectedSeq.noStream(), new Happened.Counted(3)));
    }
    require(journal.highestSeq("b") == 1, "a caller's transaction");
  }

  private static void subscription(Daybook daybook, Journal<Happened> journal) throws Exception {
    List<Long> seen = Collections.synchronizedList(new ArrayList<>());
    Subscriber<Happened> subscriber =
        Subscriber.of("smoke", journal, AtLeastOnce.each(event -> seen.add(event.position())));
    try (Subscription subscription = daybook.subscriptions().start(subscriber)) {
      require(subscription.awaitPosition(journal.latestPosition(), LONG), "reached the end");
    }
    require(seen.size() == 3, "each event once");
  }

  /** An application's own migrations after a Daybook's, and beside one in a schema of its own. */
  private static void ownFlyway(Path directory, String server) throws Exception {
    SQLiteDataSource file = new SQLiteDataSource();
    file.setUrl("jdbc:sqlite:" + directory.resolve("both.db"));
    OwnFlyway inFile =
        new OwnFlyway(file, SQLDialect.SQLITE, directory.resolve("sqlite"), TableNames.defaults());
    PGSimpleDataSource database = new PGSimpleDataSource();
    database.setUrl(server);
    OwnFlyway onServer =
        new OwnFlyway(
            database, SQLDialect.POSTGRES, directory.resolve("postgresql"), TableNames.defaults());
    for (OwnFlyway both : List.of(inFile, onServer)) {
      require(both.appendByDaybook() > 0, "a Daybook before Flyway");
      require(
          both.migrate(flyway -> flyway.baselineOnMigrate(true).baselineVersion("0")) == 1,
          "Flyway after a Daybook");
      require(both.orders() == 0, "a table of the application's");
      require(both.appendByDaybook() > 1, "a Daybook after Flyway");
    }
    OwnFlyway apart =
        new OwnFlyway(
            database,
            SQLDialect.POSTGRES,
            directory.resolve("apart"),
            TableNames.defaults().inSchema("history"));
    require(apart.appendByDaybook() == 1, "a Daybook in a schema of its own");
    require(
        apart.migrate(flyway -> flyway.schemas("orders")) == 1, "Flyway in a schema of its own");
    require(apart.appendByDaybook() == 2, "both in schemas of their own");
  }

  private static void require(boolean condition, String what) {
    if (!condition) {
      throw new AssertionError("not so: " + what);
    }
  }
}
