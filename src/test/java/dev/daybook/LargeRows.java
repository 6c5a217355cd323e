package dev.daybook;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.errorprone.annotations.FormatMethod;
import com.google.errorprone.annotations.FormatString;
import dev.daybook.conformance.JavaProcess;
import dev.daybook.conformance.Scale;
import dev.daybook.document.DocumentRecord;
import dev.daybook.document.Entry;
import dev.daybook.document.EntryData;
import dev.daybook.document.Meta;
import dev.daybook.document.ReplicaType;
import dev.daybook.document.SyncMode;
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
import org.junit.jupiter.api.io.TempDir;

/** Rows of a megabyte and more are read, checked, copied and moved in a small heap. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
abstract class LargeRows {

  private static final int MEGABYTE = 1 << 20;
  static final Rows MANY = new Rows("112m", 0, Scale.of(40, 60), 1);

  /** All of the large ones together are more than the heap; before them come small ones. */
  static final Rows SUDDENLY_LARGE = new Rows("80m", 16, Scale.of(28, 32), 3);

  /**
   * What is written to a stream and to a document.
   *
   * @param small how many rows come first that are small
   * @param megabytes how large each of the others is
   */
  record Rows(String heap, int small, int large, int megabytes) {
    int all() {
      return small + large;
    }
  }

  @TempDir Path directory;

  void assertWorks(String database, Rows rows) throws Exception {
    try (JavaProcess process =
        JavaProcess.startLong(
            directory,
            rows.heap(),
            Work.class,
            database,
            directory.toString(),
            Integer.toString(rows.small()),
            Integer.toString(rows.large()),
            Integer.toString(rows.megabytes()))) {
      assertThat(process.succeed().lines())
          .containsExactly(
              "read %s events of a stream".formatted(rows.all()),
              "read %s events of the journal".formatted(rows.all()),
              "handled %s events".formatted(rows.all()),
              "read %s records of a document".formatted(1 + rows.all()),
              "verified %s events, 0 findings".formatted(rows.all()),
              "copied %s events".formatted(rows.all()),
              "moved %s events".formatted(rows.all()),
              "moved %s events back".formatted(rows.all()));
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
        prepare(daybook);
        write(daybook, Integer.parseInt(args[2]), "\"small\"");
        String large = "\"" + "x".repeat(Integer.parseInt(args[4]) * MEGABYTE) + "\"";
        write(daybook, Integer.parseInt(args[3]), large);
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

    private static void prepare(Daybook daybook) {
      daybook
          .documents()
          .append(
              "large", new Meta(new ReplicaType("text", 1, 0), new SyncMode("a", "b", "c"), "h"));
    }

    private static void write(Daybook daybook, int rows, String text) {
      EncodedEvent event = EncodedEvent.json("Large", text);
      for (int n = 0; n < rows; n++) {
        daybook.rawJournal().append("large", ExpectedSeq.any(), event);
        daybook.documents().append("large", Entry.since(EntryData.json(text), "v"));
      }
    }

    private static long count(Journal<EncodedEvent> journal, EventQuery query) {
      try (var events = journal.stream(query)) {
        return events.filter(event -> event.data().payload().length > 0).count();
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
