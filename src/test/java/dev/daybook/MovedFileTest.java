package dev.daybook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.daybook.conformance.Await;
import dev.daybook.conformance.ConcurrentRendezvous;
import dev.daybook.conformance.SqliteDataSources;
import dev.daybook.document.Entry;
import dev.daybook.document.EntryData;
import dev.daybook.document.Meta;
import dev.daybook.document.ReplicaType;
import dev.daybook.document.SyncMode;
import dev.daybook.error.DatabaseMovedException;
import dev.daybook.journal.EncodedEvent;
import dev.daybook.journal.EventQuery;
import dev.daybook.journal.ExpectedSeq;
import dev.daybook.subscription.AtLeastOnce;
import dev.daybook.subscription.Subscriber;
import dev.daybook.subscription.Subscription;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A file that is deleted or replaced while it is open: nothing is acknowledged that is not there.
 */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class MovedFileTest {

  @TempDir private Path temporary;
  private Place place;
  private Path home;
  private Path file;

  @BeforeEach
  void make_two_stores() throws IOException {
    place = Place.in(temporary);
    home = place.home();
    file = place.file();
  }

  /**
   * A directory with a store in {@code home}, to which {@code current} leads, and others beside it.
   */
  private record Place(Path directory) {

    static Place in(Path directory) throws IOException {
      Place place = new Place(directory);
      Files.createDirectory(place.home());
      Files.createSymbolicLink(place.link(), Path.of("home"));
      try (Daybook other = Daybook.open(place.other())) {
        append(other, "other");
      }
      Files.createDirectory(directory.resolve("other"));
      Files.copy(place.other(), directory.resolve("other/journal.db"));
      return place;
    }

    Path home() {
      return directory.resolve("home");
    }

    Path link() {
      return directory.resolve("current");
    }

    Path file() {
      return link().resolve("journal.db");
    }

    Path other() {
      return directory.resolve("other.db");
    }
  }

  /** What can happen to an open file; each leaves the path without it, or without its log. */
  enum Disturbance {
    DELETED {
      @Override
      void run(Place at) throws IOException {
        Files.delete(at.file());
      }
    },
    RENAMED {
      @Override
      void run(Place at) throws IOException {
        Files.move(at.file(), at.directory().resolve("renamed.db"));
      }
    },
    REPLACED {
      @Override
      void run(Place at) throws IOException {
        Files.move(at.other(), at.file(), StandardCopyOption.REPLACE_EXISTING);
      }
    },
    /** As programs do that bring back a directory with its times. */
    REPLACED_AND_TIMES_SET_BACK {
      @Override
      void run(Place at) throws IOException {
        FileTime before = Files.getLastModifiedTime(at.home());
        REPLACED.run(at);
        Files.setLastModifiedTime(at.home(), before);
      }
    },
    DIRECTORY_RENAMED {
      @Override
      void run(Place at) throws IOException {
        Files.move(at.home(), at.directory().resolve("renamed"));
      }
    },
    LINK_TURNED {
      @Override
      void run(Place at) throws IOException {
        Files.delete(at.link());
        Files.createSymbolicLink(at.link(), Path.of("other"));
      }
    },
    LOG_DELETED {
      @Override
      void run(Place at) throws IOException {
        Files.delete(at.home().resolve("journal.db-wal"));
      }
    },
    LOG_REPLACED {
      @Override
      void run(Place at) throws IOException {
        Files.write(at.home().resolve("new"), new byte[0]);
        Files.move(
            at.home().resolve("new"),
            at.home().resolve("journal.db-wal"),
            StandardCopyOption.REPLACE_EXISTING);
      }
    },
    LOCKS_DELETED {
      @Override
      void run(Place at) throws IOException {
        Files.delete(at.home().resolve("journal.db-shm"));
      }
    };

    abstract void run(Place at) throws IOException;
  }

  @ParameterizedTest
  @EnumSource
  @SuppressWarnings("MustBeClosed") // It is refused; else it is closed at once.
  void nothing_is_acknowledged_once_the_file_is_not_the_one_that_was_opened(Disturbance disturbance)
      throws IOException {
    try (Daybook daybook = Daybook.open(file)) {
      append(daybook, "a");
      // Other files in the same directory are nobody's concern.
      Files.createFile(home.resolve("unrelated"));
      append(daybook, "a");
      disturbance.run(place);
      letAMomentPass();

      assertMoved(() -> append(daybook, "a"));
      assertMoved(() -> append(daybook, "a"));
      assertMoved(() -> daybook.rawJournal().read(EventQuery.stream("a")));
      assertMoved(() -> daybook.rawJournal().stream(EventQuery.all()).close());
    }
  }

  /** Everything that commits. */
  enum Write {
    APPEND {
      @Override
      void run(Daybook daybook) {
        append(daybook, "a");
      }
    },
    DOCUMENT {
      @Override
      void run(Daybook daybook) {
        daybook
            .documents()
            .append(
                "d",
                new Meta(
                    new ReplicaType("text", 1, 0),
                    new SyncMode("concurrent", "broadcast", "durable"),
                    "schema-1"));
        daybook.documents().append("d", Entry.since(EntryData.json("1"), "v1"));
      }
    },
    CHECKPOINT {
      @Override
      void run(Daybook daybook) {
        daybook.checkpoints().save("c", 1);
      }
    },
    SNAPSHOT {
      @Override
      void run(Daybook daybook) {
        daybook.snapshots(String.class).save("a", 1, "state");
      }
    },
    ARCHIVING {
      @Override
      void run(Daybook daybook) {
        daybook.streams().archive("a");
      }
    },
    TRANSACTION {
      @Override
      void run(Daybook daybook) {
        daybook.transaction(
            tx -> daybook.within(tx).rawJournal().append("a", ExpectedSeq.any(), event()));
      }
    };

    abstract void run(Daybook daybook);
  }

  @ParameterizedTest
  @EnumSource
  void whatever_is_written(Write write) throws IOException {
    try (Daybook daybook = Daybook.open(file)) {
      append(daybook, "a");
      Files.delete(file);
      letAMomentPass();

      assertMoved(() -> write.run(daybook));
    }
    assertThat(file).doesNotExist();
  }

  @Test
  void each_of_a_group_is_told() throws Exception {
    try (Daybook daybook = Daybook.open(file)) {
      append(daybook, "a");
      Files.delete(file);
      letAMomentPass();

      List<ConcurrentRendezvous.Outcome<Integer>> outcomes =
          ConcurrentRendezvous.collide(
              8,
              n ->
                  () -> {
                    append(daybook, "s" + n);
                    return n;
                  });

      assertThat(outcomes)
          .allSatisfy(
              outcome -> assertThat(outcome.failure()).isInstanceOf(DatabaseMovedException.class));
    }
  }

  @Test
  void a_commit_of_the_callers_own_fails_too() throws IOException {
    try (Daybook daybook = Daybook.open(SqliteDataSources.file(file))) {
      append(daybook, "a");

      assertThatThrownBy(
              () ->
                  DSL.using(SqliteDataSources.file(file), SQLDialect.SQLITE)
                      .transaction(
                          tx -> {
                            daybook.within(tx).rawJournal().append("a", ExpectedSeq.any(), event());
                            Files.delete(file);
                            letAMomentPass();
                          }))
          .hasCauseInstanceOf(DatabaseMovedException.class);
    }
  }

  @Test
  void it_is_so_without_a_write_ahead_log() throws IOException {
    try (Daybook daybook = Daybook.builder(file).wal(false).build()) {
      append(daybook, "a");
      Files.delete(file);
      letAMomentPass();

      assertMoved(() -> append(daybook, "a"));
    }
  }

  @Test
  void a_file_that_is_itself_behind_a_link_is_the_one_that_the_link_leads_to() throws IOException {
    Path alias = Files.createSymbolicLink(temporary.resolve("alias.db"), Path.of("home/real.db"));
    try (Daybook daybook = Daybook.open(alias)) {
      append(daybook, "a");
      append(daybook, "a");
      Files.delete(alias);
      Files.createSymbolicLink(alias, Path.of("other.db"));

      assertMoved(() -> append(daybook, "a"));
    }
  }

  @Test
  @SuppressWarnings("try") // It is closed while the other one is open.
  void the_file_that_is_there_now_is_left_alone_and_can_be_opened() throws IOException {
    try (Daybook daybook = Daybook.open(file)) {
      append(daybook, "a");
      Files.delete(file);
      letAMomentPass();
      Files.delete(home.resolve("journal.db-wal"));
      Files.delete(home.resolve("journal.db-shm"));
      try (Daybook next = Daybook.open(file)) {
        append(next, "b");
        assertMoved(() -> append(daybook, "a"));
        daybook.close();

        append(next, "b");
        assertThat(names(home)).contains("journal.db-wal");
      }
    }
    try (Daybook again = Daybook.open(file)) {
      assertThat(again.rawJournal().highestSeq("b")).isEqualTo(2);
      assertThat(again.rawJournal().highestSeq("a")).isZero();
    }
  }

  @Test
  void whoever_only_waits_for_events_hears_of_it() throws IOException {
    try (Daybook daybook = Daybook.open(file)) {
      append(daybook, "a");
      try (Subscription subscription =
          daybook
              .subscriptions()
              .start(Subscriber.of("s", daybook.rawJournal(), AtLeastOnce.each(event -> {})))) {
        Await.until(() -> subscription.position() == 1);
        Files.delete(file);

        Await.until(() -> subscription.done().toCompletableFuture().isDone());
        assertThatThrownBy(() -> subscription.done().toCompletableFuture().join())
            .hasCauseInstanceOf(DatabaseMovedException.class);
      }
    }
  }

  /** For which what was seen is as good as what is there. */
  private static void letAMomentPass() {
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(1);
    Await.until(() -> System.nanoTime() >= end);
  }

  private static void append(Daybook daybook, String stream) {
    daybook.rawJournal().append(stream, ExpectedSeq.any(), event());
  }

  private static EncodedEvent event() {
    return EncodedEvent.json("t", "{}");
  }

  private static void assertMoved(Runnable work) {
    assertThatThrownBy(work::run)
        .isInstanceOf(DatabaseMovedException.class)
        .hasMessageContaining("deleted, renamed or replaced");
  }

  private static List<String> names(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.map(path -> path.getFileName().toString()).toList();
    }
  }
}
