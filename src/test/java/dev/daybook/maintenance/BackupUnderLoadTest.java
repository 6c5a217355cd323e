package dev.daybook.maintenance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daybook.Daybook;
import dev.daybook.conformance.Await;
import dev.daybook.conformance.ConcurrentRendezvous;
import dev.daybook.conformance.ConcurrentRendezvous.Outcome;
import dev.daybook.conformance.JavaProcess;
import dev.daybook.conformance.ParcelEvent;
import dev.daybook.conformance.Scale;
import dev.daybook.journal.Append;
import dev.daybook.journal.EncodedEvent;
import dev.daybook.journal.EventQuery;
import dev.daybook.journal.ExpectedSeq;
import dev.daybook.journal.Journal;
import dev.daybook.journal.NewEvent;
import dev.daybook.journal.RecordedEvent;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Backups while others write, and while they are killed. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class BackupUnderLoadTest {

  private static final int WRITERS = 16;
  private static final int BACKUPS = 10;
  private static final int KILLS = Scale.of(4, 6);

  @TempDir private Path directory;

  /** A backup, and the positions that were acknowledged before it began. */
  private record Taken(Path file, List<Long> acknowledged) {}

  @Test
  void each_backup_holds_exactly_a_prefix_of_what_was_acknowledged() {
    ConcurrentLinkedQueue<Long> acknowledged = new ConcurrentLinkedQueue<>();
    AtomicBoolean done = new AtomicBoolean();
    List<Taken> taken = new ArrayList<>();
    try (Daybook daybook = Daybook.open(directory.resolve("journal.db"))) {
      List<Callable<Boolean>> tasks = new ArrayList<>();
      for (int writer = 0; writer < WRITERS; writer++) {
        String stream = "stream-" + writer;
        tasks.add(() -> write(daybook, stream, acknowledged, done));
      }
      tasks.add(() -> backUp(daybook, taken, acknowledged, done));

      ConcurrentRendezvous.collide(tasks).forEach(Outcome::orThrow);

      List<RecordedEvent<EncodedEvent>> all = daybook.rawJournal().read(EventQuery.all());
      assertThat(taken).hasSize(BACKUPS);
      taken.forEach(backup -> assertIsPrefix(backup, all));
    }
  }

  private static boolean write(
      Daybook daybook,
      String stream,
      ConcurrentLinkedQueue<Long> acknowledged,
      AtomicBoolean done) {
    Journal<ParcelEvent> journal = daybook.journal(ParcelEvent.class);
    do {
      List<NewEvent<ParcelEvent>> events =
          List.of(
              NewEvent.<ParcelEvent>of(ParcelEvent.moved(1)).tagged("a", stream),
              NewEvent.of(ParcelEvent.moved(2)));
      journal
          .append(Append.of(stream, ExpectedSeq.any(), events))
          .forEach(event -> acknowledged.add(event.position()));
    } while (!done.get());
    return true;
  }

  /** Takes each when more was acknowledged than at the one before. */
  private boolean backUp(
      Daybook daybook,
      List<Taken> taken,
      ConcurrentLinkedQueue<Long> acknowledged,
      AtomicBoolean done) {
    try {
      int before = 0;
      while (taken.size() < BACKUPS) {
        List<Long> known = List.copyOf(acknowledged);
        if (known.size() > before) {
          before = known.size();
          Path copy = directory.resolve("copy-" + taken.size() + ".db");
          daybook.maintenance().backup(copy);
          taken.add(new Taken(copy, known));
        } else {
          Thread.onSpinWait();
        }
      }
      return true;
    } finally {
      done.set(true);
    }
  }

  private static void assertIsPrefix(Taken taken, List<RecordedEvent<EncodedEvent>> all) {
    try (Daybook copy = Daybook.builder(taken.file()).migrate(false).build()) {
      assertThat(copy.maintenance().verify().findings()).isEmpty();
      List<RecordedEvent<EncodedEvent>> events = copy.rawJournal().read(EventQuery.all());
      assertThat(events).isEqualTo(all.subList(0, events.size()));
      assertThat(events.stream().map(RecordedEvent::position).toList())
          .containsAll(taken.acknowledged());
    }
  }

  @Test
  void a_killed_backup_or_restore_leaves_the_old_file_or_the_new_one() throws Exception {
    Path file = directory.resolve("journal.db");
    Path target = directory.resolve("target.db");
    try (Daybook daybook = Daybook.open(file)) {
      for (int n = 0; n < 20; n++) {
        append(daybook, 500);
      }
    }
    try (Daybook old = Daybook.open(target)) {
      append(old, 7);
    }
    Path copy = directory.resolve("copy.db");
    for (int kill = 0; kill < KILLS; kill++) {
      boolean restoring = kill % 2 == 1;
      try (JavaProcess process =
          JavaProcess.start(
              directory,
              "256m",
              restoring ? Restorer.class : BackerUp.class,
              file.toString(),
              (restoring ? target : copy).toString())) {
        awaitPart(restoring ? target : copy, kill);
        process.kill();
      }
      deleteParts();
      assertThat(Files.exists(copy) ? countOf(copy) : 10_000).isEqualTo(10_000);
      assertThat(countOf(target)).isIn(7L, 10_000L);
    }
  }

  private void deleteParts() throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      for (Path path : files.toList()) {
        if (path.getFileName().toString().contains(".part")) {
          Files.delete(path);
        }
      }
    }
  }

  /** Waits until the work shows in a part file, of more bytes each time. */
  private void awaitPart(Path target, int kill) {
    long bytes = kill * 100_000L;
    Await.until(
        () -> partsOf(target).anyMatch(part -> part.length() >= bytes),
        () -> partsOf(target).mapToLong(File::length).sum());
  }

  private Stream<File> partsOf(Path target) {
    String prefix = target.getFileName() + ".";
    return Stream.of(
        Objects.requireNonNull(
            directory
                .toFile()
                .listFiles((in, name) -> name.startsWith(prefix) && name.endsWith(".part"))));
  }

  private static long countOf(Path file) {
    try (Daybook daybook = Daybook.open(file)) {
      assertThat(daybook.maintenance().verify().findings()).isEmpty();
      return daybook.rawJournal().stats().events();
    }
  }

  private static void append(Daybook daybook, int count) {
    List<NewEvent<ParcelEvent>> events = new ArrayList<>();
    for (int leg = 1; leg <= count; leg++) {
      events.add(NewEvent.of(ParcelEvent.moved(leg)));
    }
    Journal<ParcelEvent> journal = daybook.journal(ParcelEvent.class);
    assertThat(journal.append(Append.of("a", ExpectedSeq.any(), events))).hasSize(count);
  }

  /** Backs up again and again, until it is killed. */
  static final class BackerUp {
    private BackerUp() {}

    public static void main(String[] args) {
      try (Daybook daybook = Daybook.open(Path.of(args[0]))) {
        while (true) {
          daybook
              .maintenance()
              .backup(Path.of(args[1]), CopyOptions.defaults().withOverwrite(true));
        }
      }
    }
  }

  /** Restores again and again, until it is killed. */
  static final class Restorer {
    private Restorer() {}

    public static void main(String[] args) {
      while (true) {
        try (Daybook daybook = Daybook.open(Path.of(args[1]))) {
          daybook
              .maintenance()
              .restore(Path.of(args[0]), CopyOptions.defaults().withOverwrite(true));
        }
      }
    }
  }
}
