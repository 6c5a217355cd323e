package dev.daybook.maintenance;

import static dev.daybook.conformance.ParcelEvent.moved;
import static org.assertj.core.api.Assertions.assertThat;

import dev.daybook.Daybook;
import dev.daybook.cli.Run;
import dev.daybook.conformance.Await;
import dev.daybook.conformance.JavaProcess;
import dev.daybook.conformance.ParcelEvent;
import dev.daybook.journal.EventQuery;
import dev.daybook.journal.ExpectedSeq;
import dev.daybook.journal.RecordedEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Another process that has a file open is found, with what it is doing. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class FileUsersTest {

  @TempDir private Path directory;

  @Test
  void beside_a_log() throws Exception {
    Path file = filled(true);
    for (Doing doing : Doing.values()) {
      try (Daybook daybook = Daybook.open(file);
          JavaProcess other = other(doing, file, true)) {
        FileUser user = otherOf(daybook);

        assertThat(user.command()).hasValue("java");
        assertThat(user.isReading()).as("%s", doing).isEqualTo(doing != Doing.NOTHING);
        assertThat(user.isWriting()).as("%s", doing).isEqualTo(doing == Doing.WRITING);
        String line =
            "\nopen in process %s (java)%s\n"
                .formatted(
                    user.process(),
                    doing == Doing.NOTHING
                        ? ""
                        : doing == Doing.READING ? ", which is reading" : ", which is writing");
        assertThat(Run.of("doctor", "--db", file.toString()).out()).contains(line);
        assertThat(Run.of("doctor", "--db", file.toString(), "--json").out())
            .contains(
                "{\"openIn\":%s,\"command\":\"java\",\"reading\":%s,\"writing\":%s}\n"
                    .formatted(user.process(), doing != Doing.NOTHING, doing == Doing.WRITING));
        assertThat(other.isRunning()).isTrue();
      }
      Files.delete(ready(file));
    }
  }

  @Test
  void without_a_log() throws Exception {
    Path file = filled(false);
    for (Doing doing : Doing.values()) {
      try (Daybook daybook = Daybook.builder(file).wal(false).build();
          JavaProcess other = other(doing, file, false)) {
        FileUser user = otherOf(daybook);

        assertThat(user.isReading()).as("%s", doing).isEqualTo(doing != Doing.NOTHING);
        assertThat(user.isWriting()).as("%s", doing).isEqualTo(doing == Doing.WRITING);
        assertThat(other.isRunning()).isTrue();
      }
      Files.delete(ready(file));
    }
  }

  private static FileUser otherOf(Daybook daybook) {
    List<FileUser> others =
        daybook.maintenance().doctor().fileUsers().stream()
            .filter(user -> user.process() != ProcessHandle.current().pid())
            .toList();
    assertThat(others).hasSize(1);
    return others.get(0);
  }

  private Path filled(boolean wal) {
    Path file = directory.resolve("journal.db");
    try (Daybook daybook = Daybook.builder(file).wal(wal).build()) {
      daybook.journal(ParcelEvent.class).append("a", ExpectedSeq.any(), moved(1));
      daybook.journal(ParcelEvent.class).append("a", ExpectedSeq.any(), moved(2));
    }
    return file;
  }

  private JavaProcess other(Doing doing, Path file, boolean wal) throws IOException {
    JavaProcess other =
        JavaProcess.start(
            directory,
            "64m",
            User.class,
            doing.name(),
            file.toString(),
            Boolean.toString(wal),
            ready(file).toString());
    Await.until(() -> Files.exists(ready(file)) || !other.isRunning());
    return other;
  }

  private static Path ready(Path file) {
    return file.resolveSibling("ready");
  }

  /** What the other process is doing. */
  enum Doing {
    NOTHING,
    READING,
    WRITING
  }

  /** Does it until it is killed. */
  static final class User {

    private User() {}

    public static void main(String[] args) throws Exception {
      Path file = Path.of(args[1]);
      Path ready = Path.of(args[3]);
      try (Daybook daybook = Daybook.builder(file).wal(Boolean.parseBoolean(args[2])).build()) {
        daybook.schemaVersion();
        switch (Doing.valueOf(args[0])) {
          case NOTHING -> stay(ready);
          case READING -> {
            try (Stream<RecordedEvent<ParcelEvent>> all =
                daybook.journal(ParcelEvent.class).stream(EventQuery.all())) {
              Iterator<RecordedEvent<ParcelEvent>> events = all.iterator();
              System.out.println(events.next());
              stay(ready);
            }
          }
          case WRITING ->
              daybook.transaction(
                  tx -> {
                    daybook
                        .journal(ParcelEvent.class)
                        .within(tx)
                        .append("a", ExpectedSeq.any(), moved(3));
                    stay(ready);
                  });
        }
      }
    }

    private static void stay(Path ready) {
      try {
        Files.createFile(ready);
        new CountDownLatch(1).await();
      } catch (IOException | InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
  }
}
