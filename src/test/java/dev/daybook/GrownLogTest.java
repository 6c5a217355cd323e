package dev.daybook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daybook.conformance.Await;
import dev.daybook.conformance.JavaProcess;
import dev.daybook.conformance.SqliteDataSources;
import dev.daybook.journal.Append;
import dev.daybook.journal.EncodedEvent;
import dev.daybook.journal.EventQuery;
import dev.daybook.journal.ExpectedSeq;
import dev.daybook.journal.NewEvent;
import dev.daybook.journal.RecordedEvent;
import dev.daybook.maintenance.CopyOptions;
import dev.daybook.maintenance.WriteAheadLog;
import dev.daybook.subscription.AtLeastOnce;
import dev.daybook.subscription.Subscriber;
import dev.daybook.subscription.Subscription;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Iterator;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A write-ahead log that readers have made grow is short again once they have left. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class GrownLogTest {

  private static final int MEGABYTE = 1 << 20;
  private static final int MORE_THAN_THE_LIMIT = 20;
  private static final long LIMIT_BYTES = 16L * MEGABYTE;

  /** A reader of the first has read ahead two more at most, and so keeps what is behind them. */
  private static final int BEFORE = 4;

  @Nested
  class OfAFile extends OfAStore {
    @Override
    DaybookBuilder builder(Path file) {
      return Daybook.builder(file);
    }
  }

  @Nested
  class OfADataSource extends OfAStore {
    @Override
    DaybookBuilder builder(Path file) {
      return Daybook.builder(SqliteDataSources.file(file));
    }
  }

  /** The same however the file was opened. */
  abstract static class OfAStore {

    @TempDir private Path directory;
    private Path file;
    private Daybook daybook;

    abstract DaybookBuilder builder(Path file);

    @BeforeEach
    void open() {
      file = directory.resolve("journal.db");
      daybook = builder(file).build();
      append(daybook, BEFORE);
    }

    @AfterEach
    void close() {
      daybook.close();
    }

    @Test
    void it_is_short_once_the_last_of_overlapping_readers_has_left() {
      try (Reader first = new Reader(daybook)) {
        fill(daybook);
        try (Reader second = new Reader(daybook)) {
          fill(daybook);
          assertThat(first.countTheRest()).isEqualTo(BEFORE);
          first.leave();
          assertThat(logBytes()).isGreaterThan(2 * LIMIT_BYTES);
          assertThat(log().isHeldBack()).isTrue();
          assertThat(log().heldBytes().orElseThrow()).isBetween(LIMIT_BYTES, log().bytes());
          fill(daybook);
          assertThat(second.countTheRest()).isEqualTo(BEFORE + MORE_THAN_THE_LIMIT);
        }
        assertThat(logBytes()).isLessThanOrEqualTo(LIMIT_BYTES);
        assertThat(log())
            .isEqualTo(new WriteAheadLog.WriteAheadLogValues(0, OptionalLong.of(0), LIMIT_BYTES));
      }
      assertThat(daybook.maintenance().verify().findings()).isEmpty();
      assertThat(daybook.rawJournal().stats().events()).isEqualTo(BEFORE + 3 * MORE_THAN_THE_LIMIT);
    }

    @Test
    void it_is_short_after_a_transaction_that_was_larger() {
      EncodedEvent event = event();
      daybook
          .rawJournal()
          .append(
              Append.of(
                  "large",
                  ExpectedSeq.any(),
                  Collections.nCopies(MORE_THAN_THE_LIMIT, NewEvent.of(event))));

      assertThat(logBytes()).isLessThanOrEqualTo(LIMIT_BYTES);
      assertThat(daybook.rawJournal().stats().events()).isEqualTo(BEFORE + MORE_THAN_THE_LIMIT);
    }

    @Test
    void it_is_short_after_a_backup_while_others_wrote() {
      Path backup = directory.resolve("backup.db");
      AtomicLong during = new AtomicLong();
      daybook
          .maintenance()
          .backup(
              backup,
              CopyOptions.defaults()
                  .withProgress(
                      (step, done, total) -> {
                        if (during.get() == 0) {
                          fill(daybook);
                          during.set(logBytes());
                        }
                      }));

      assertThat(during.get()).isGreaterThan(LIMIT_BYTES);
      assertThat(logBytes()).isLessThanOrEqualTo(LIMIT_BYTES);
      try (Daybook copy = Daybook.open(backup)) {
        assertThat(copy.rawJournal().stats().events()).isEqualTo(BEFORE);
      }
    }

    @Test
    void it_is_short_after_the_next_writes_once_a_reader_in_another_process_has_left()
        throws Exception {
      try (OtherProcess reader = new OtherProcess(directory, file)) {
        fill(daybook);
        assertThat(logBytes()).isGreaterThan(LIMIT_BYTES);
        assertThat(log().isHeldBack()).isTrue();
        reader.leave();
        assertThat(log().isHeldBack()).isFalse();
      }

      Await.until(
          () -> {
            append(daybook);
            return logBytes() <= LIMIT_BYTES;
          });
    }

    @Test
    void it_is_short_soon_after_a_reader_in_another_process_has_left_if_somebody_subscribes()
        throws Exception {
      try (OtherProcess reader = new OtherProcess(directory, file);
          Subscription subscription =
              daybook
                  .subscriptions()
                  .start(
                      Subscriber.of("all", daybook.rawJournal(), AtLeastOnce.each(event -> {})))) {
        fill(daybook);
        assertThat(logBytes()).isGreaterThan(LIMIT_BYTES);
        reader.leave();

        Await.until(() -> logBytes() <= LIMIT_BYTES);
        assertThat(subscription.name()).isEqualTo("all");
      }
    }

    private WriteAheadLog log() {
      return daybook.maintenance().doctor().log().orElseThrow();
    }

    private long logBytes() {
      return file.resolveSibling("journal.db-wal").toFile().length();
    }
  }

  private static void fill(Daybook daybook) {
    append(daybook, MORE_THAN_THE_LIMIT);
  }

  private static void append(Daybook daybook, int events) {
    for (int n = 0; n < events; n++) {
      append(daybook);
    }
  }

  private static void append(Daybook daybook) {
    daybook.rawJournal().append("large", ExpectedSeq.any(), event());
  }

  private static EncodedEvent event() {
    return EncodedEvent.json("Large", "\"" + "x".repeat(MEGABYTE) + "\"");
  }

  /** Has read the first event, and keeps the database as it was then. */
  private static final class Reader implements AutoCloseable {

    private final Stream<RecordedEvent<EncodedEvent>> stream;
    private final Iterator<RecordedEvent<EncodedEvent>> events;
    private int read;

    @SuppressWarnings("MustBeClosed") // It is closed with this.
    Reader(Daybook daybook) {
      this.stream = daybook.rawJournal().stream(EventQuery.stream("large"));
      this.events = stream.iterator();
      next();
    }

    private void next() {
      assertThat(events.next().seq()).isEqualTo(++read);
    }

    int countTheRest() {
      while (events.hasNext()) {
        next();
      }
      return read;
    }

    void leave() {
      stream.close();
    }

    @Override
    public void close() {
      leave();
    }
  }

  /** A reader in a process of its own, which reads until it is told to leave. */
  static final class OtherProcess implements AutoCloseable {

    private final Path leave;
    private final JavaProcess process;

    OtherProcess(Path directory, Path file) throws IOException {
      this.leave = directory.resolve("leave");
      this.process =
          JavaProcess.start(
              directory, "64m", OtherProcess.class, file.toString(), leave.toString());
      Await.until(() -> process.printed().contains("reading"));
    }

    void leave() throws IOException, InterruptedException {
      Files.createFile(leave);
      process.succeed();
    }

    @Override
    public void close() {
      process.close();
    }

    public static void main(String[] args) {
      try (Daybook daybook = Daybook.open(Path.of(args[0]));
          Reader reader = new Reader(daybook)) {
        System.out.println("reading");
        Await.until(() -> Files.exists(Path.of(args[1])));
        assertThat(reader.countTheRest()).isPositive();
      }
    }
  }
}
