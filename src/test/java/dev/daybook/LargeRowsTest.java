package dev.daybook;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.errorprone.annotations.FormatMethod;
import com.google.errorprone.annotations.FormatString;
import dev.daybook.conformance.JavaProcess;
import dev.daybook.document.DocumentRecord;
import dev.daybook.document.Entry;
import dev.daybook.document.EntryData;
import dev.daybook.document.Meta;
import dev.daybook.document.ReplicaType;
import dev.daybook.document.SyncMode;
import dev.daybook.fixture.PostgresDatabase;
import dev.daybook.fixture.PostgresServer;
import dev.daybook.journal.EncodedEvent;
import dev.daybook.journal.EventQuery;
import dev.daybook.journal.ExpectedSeq;
import dev.daybook.journal.Journal;
import dev.daybook.subscription.AtLeastOnce;
import dev.daybook.subscription.Subscriber;
import dev.daybook.subscription.Subscription;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Many rows of a megabyte each are read, checked, copied and moved in a small heap. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class LargeRowsTest {

  private static final String HEAP = "96m";
  private static final int MEGABYTE = 1 << 20;
  private static final int ROWS = 60;

  @TempDir private Path directory;

  @Test
  void a_file() throws Exception {
    assertWorks(directory.resolve("large.db").toString());
  }

  @Test
  void a_server() throws Exception {
    try (PostgresDatabase database = PostgresServer.shared().newDatabase()) {
      assertWorks(database.url());
    }
  }

  private void assertWorks(String database) throws Exception {
    try (JavaProcess process =
        JavaProcess.start(directory, HEAP, Work.class, database, directory.toString())) {
      assertThat(process.succeed().lines())
          .containsExactly(
              "read 60 events of a stream",
              "read 60 events of the journal",
              "handled 60 events",
              "read 61 records of a document",
              "verified 60 events, 0 findings",
              "copied 60 events",
              "moved 60 events",
              "moved 60 events back");
    }
  }

  /** Writes the rows, and does with them whatever can be done. */
  static final class Work {

    private Work() {}

    public static void main(String[] args) throws InterruptedException {
      try (Daybook daybook =
              args[0].startsWith("jdbc:") ? Daybook.open(args[0]) : Daybook.open(Path.of(args[0]));
          Daybook archive = Daybook.open(Path.of(args[1], "archive.db"));
          Daybook copy = Daybook.open(Path.of(args[1], "copy.db"))) {
        write(daybook);
        Journal<EncodedEvent> journal = daybook.rawJournal();
        print("read %s events of a stream", count(journal, EventQuery.stream("large")));
        print("read %s events of the journal", count(journal, EventQuery.all()));
        print("handled %s events", handled(daybook));
        try (Stream<DocumentRecord> records = daybook.documents().loadAll("large")) {
          print("read %s records of a document", records.filter(it -> it != null).count());
        }
        var report = daybook.maintenance().verify();
        print("verified %s events, %s findings", report.events(), report.findings().size());
        daybook.copyTo(copy);
        print("copied %s events", count(copy.rawJournal(), EventQuery.all()));
        daybook.streams().archiveTo("large", archive.streams());
        print("moved %s events", count(archive.rawJournal(), EventQuery.all()));
        daybook.streams().restoreFrom("large", archive.streams());
        print("moved %s events back", count(journal, EventQuery.all()));
      }
    }

    private static void write(Daybook daybook) {
      String text = "\"" + "x".repeat(MEGABYTE) + "\"";
      EncodedEvent event = EncodedEvent.json("Large", text);
      daybook
          .documents()
          .append(
              "large", new Meta(new ReplicaType("text", 1, 0), new SyncMode("a", "b", "c"), "h"));
      for (int n = 0; n < ROWS; n++) {
        daybook.rawJournal().append("large", ExpectedSeq.any(), event);
        daybook.documents().append("large", Entry.since(EntryData.json(text), "v"));
      }
    }

    private static long count(Journal<EncodedEvent> journal, EventQuery query) {
      try (var events = journal.stream(query)) {
        return events.filter(event -> event.data().payload().length > MEGABYTE).count();
      }
    }

    private static int handled(Daybook daybook) throws InterruptedException {
      AtomicInteger handled = new AtomicInteger();
      try (Subscription subscription =
          daybook
              .subscriptions()
              .start(
                  Subscriber.of(
                      "reader",
                      daybook.rawJournal(),
                      AtLeastOnce.each(event -> handled.incrementAndGet())))) {
        if (!subscription.awaitPosition(
            daybook.rawJournal().latestPosition(), Duration.ofMinutes(2))) {
          throw new AssertionError("it has not come to the end");
        }
      }
      return handled.get();
    }

    @FormatMethod
    private static void print(@FormatString String text, Object... values) {
      System.out.println(text.formatted(values));
    }
  }
}
