package dev.daybook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.daybook.conformance.FailingDataSource;
import dev.daybook.conformance.FailingDataSource.When;
import dev.daybook.conformance.ParcelEvent;
import dev.daybook.conformance.SqliteDataSources;
import dev.daybook.document.DocumentRecord;
import dev.daybook.document.Entry;
import dev.daybook.document.EntryData;
import dev.daybook.document.Meta;
import dev.daybook.document.ReplicaType;
import dev.daybook.document.SyncMode;
import dev.daybook.error.DaybookException;
import dev.daybook.journal.Append;
import dev.daybook.journal.EventQuery;
import dev.daybook.journal.ExpectedSeq;
import dev.daybook.journal.Journal;
import dev.daybook.journal.NewEvent;
import dev.daybook.snapshot.SnapshotInfo;
import dev.daybook.snapshot.SnapshotOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Every write of every repository, failed at each of its statements in turn, before and after it
 * was run: a fresh store finds all of the write or nothing of it, and the store that failed goes
 * on.
 */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class FaultInjectionTest {

  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-03-01T12:00:00Z"), ZoneOffset.UTC);
  private static final Meta META =
      new Meta(new ReplicaType("text", 1, 0), new SyncMode("a", "b", "c"), "hash-1");
  private static final Meta NEXT = new Meta(META.replicaType(), META.syncMode(), "hash-2");

  @TempDir private Path directory;
  private int files;

  /** A write of a repository, on what {@link #prepare} has left. */
  enum Write {
    APPEND_ONE {
      @Override
      void run(Repositories stores) {
        journal(stores).append("a", ExpectedSeq.exactly(3), ParcelEvent.moved(9));
      }
    },
    APPEND_SEVERAL_WITH_TAGS_AND_KEY {
      @Override
      void run(Repositories stores) {
        journal(stores)
            .append(Append.of("a", ExpectedSeq.exactly(3), tagged(3)).withIdempotencyKey("k"));
      }
    },
    APPEND_TO_SEVERAL_STREAMS {
      @Override
      void run(Repositories stores) {
        journal(stores)
            .appendAll(
                List.of(
                    Append.of("a", ExpectedSeq.any(), tagged(2)),
                    Append.of("new", ExpectedSeq.noStream(), tagged(2)),
                    Append.of("a", ExpectedSeq.exactly(5), tagged(1))));
      }
    },
    DELETE_EVENTS {
      @Override
      void run(Repositories stores) {
        assertThat(journal(stores).delete("a", 2)).isEqualTo(2);
      }
    },
    RAISE_HIGH_WATER_MARK {
      @Override
      void run(Repositories stores) {
        journal(stores).raiseHighWaterMark("raised", 7);
      }
    },
    SAVE_SNAPSHOT_AND_PRUNE {
      @Override
      void run(Repositories stores) {
        stores
            .snapshots(String.class, SnapshotOptions.defaults().withKeep(2))
            .save("a", 3, "three");
      }
    },
    DELETE_SNAPSHOTS {
      @Override
      void run(Repositories stores) {
        stores.snapshots(String.class).delete("a", 1);
      }
    },
    INVALIDATE_ALL_SNAPSHOTS {
      @Override
      void run(Repositories stores) {
        stores.snapshots(String.class).invalidateAll();
      }
    },
    APPEND_TO_DOCUMENT {
      @Override
      void run(Repositories stores) {
        stores.documents().append("d", List.of(NEXT, entry(5), entry(6)));
      }
    },
    REPLACE_DOCUMENT {
      @Override
      void run(Repositories stores) {
        stores.documents().replace("d", List.of(NEXT, entry(7)));
      }
    },
    DELETE_DOCUMENT {
      @Override
      void run(Repositories stores) {
        stores.documents().delete("d");
      }
    },
    SAVE_CHECKPOINT {
      @Override
      void run(Repositories stores) {
        stores.checkpoints().save("c", 5);
      }
    },
    RESET_CHECKPOINT {
      @Override
      void run(Repositories stores) {
        stores.checkpoints().reset("c", 1);
      }
    },
    DELETE_CHECKPOINT {
      @Override
      void run(Repositories stores) {
        stores.checkpoints().delete("c");
      }
    };

    abstract void run(Repositories stores);
  }

  @ParameterizedTest
  @EnumSource
  void a_failed_write_is_there_whole_or_not_at_all(Write write) {
    int points = tryEveryStatement((daybook, stores) -> write.run(stores));

    assertThat(points).as("failure points of " + write).isGreaterThanOrEqualTo(6);
    System.out.printf("fault injection: %s, %d failure points%n", write, points);
  }

  @ParameterizedTest
  @EnumSource
  void a_failed_transaction_is_there_whole_or_not_at_all(Order order) {
    int points =
        tryEveryStatement(
            (daybook, stores) ->
                daybook.transaction(
                    tx -> order.of().forEach(write -> write.run(daybook.within(tx)))));

    assertThat(points).isGreaterThan(50);
    System.out.printf("fault injection: a transaction, %s, %d failure points%n", order, points);
  }

  /** In which order a transaction makes its writes. */
  enum Order {
    EVENTS_FIRST,
    CHECKPOINT_FIRST;

    List<Write> of() {
      List<Write> writes =
          new ArrayList<>(
              List.of(
                  Write.APPEND_TO_SEVERAL_STREAMS,
                  Write.SAVE_SNAPSHOT_AND_PRUNE,
                  Write.APPEND_TO_DOCUMENT,
                  Write.DELETE_EVENTS,
                  Write.SAVE_CHECKPOINT));
      if (this == CHECKPOINT_FIRST) {
        Collections.reverse(writes);
      }
      return writes;
    }
  }

  private interface Work {
    void run(Daybook daybook, Repositories stores);
  }

  /** Fails the work at each statement until there is none left to fail; says how often. */
  private int tryEveryStatement(Work work) {
    Path prepared = directory.resolve("prepared.db");
    try (Daybook daybook = Daybook.builder(prepared).clock(CLOCK).build()) {
      prepare(daybook);
    }
    String before = contents(prepared);
    String after = afterwards(work, prepared);
    int points = 0;
    for (When when : When.values()) {
      int statement = 1;
      while (tryOne(work, prepared, before, after, statement, when)) {
        statement++;
        points++;
      }
    }
    return points;
  }

  /** Says whether there was such a statement to fail. */
  private boolean tryOne(
      Work work, Path prepared, String before, String after, int statement, When when) {
    Path file = copy(prepared);
    FailingDataSource failing = new FailingDataSource(SqliteDataSources.file(file));
    try (Daybook daybook = Daybook.builder(failing).clock(CLOCK).build()) {
      assertThat(daybook.schemaVersion()).isNotEmpty();

      failing.failAt(statement, when);
      Throwable thrown = catchThrowable(() -> work.run(daybook, daybook));
      boolean failed = failing.disarm();

      String whole = contents(file);
      assertThat(whole).isIn(before, after);
      if (failed) {
        assertThat(thrown).isInstanceOf(DaybookException.class);
        assertThat(whole.equals(before) || when == When.AFTER_IT_WAS_RUN).isTrue();
      } else {
        assertThat(thrown).isNull();
        assertThat(whole).isEqualTo(after);
      }
      // Several events, tags and records: nothing of what failed may come along with them.
      assertThat(journal(daybook).append(Append.of("more", ExpectedSeq.noStream(), tagged(3))))
          .hasSize(3);
      daybook.documents().append("more", List.of(META, entry(1)));
      assertThat(journal(daybook).delete("more", 3)).isEqualTo(3);
      assertThat(journal(daybook).stats().events()).isEqualTo(eventsIn(whole));
      try (Stream<DocumentRecord> records = daybook.documents().loadAll("more")) {
        assertThat(records).containsExactly(META, entry(1));
      }
      return failed;
    }
  }

  private String afterwards(Work work, Path prepared) {
    Path file = copy(prepared);
    try (Daybook daybook = Daybook.builder(file).clock(CLOCK).build()) {
      work.run(daybook, daybook);
    }
    return contents(file);
  }

  private Path copy(Path prepared) {
    files++;
    try {
      return Files.copy(prepared, directory.resolve(files + ".db"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void prepare(Daybook daybook) {
    journal(daybook).append(Append.of("a", ExpectedSeq.noStream(), tagged(3)));
    daybook.snapshots(String.class).save("a", 1, "one");
    daybook.snapshots(String.class).save("a", 2, "two");
    daybook.documents().append("d", List.of(META, entry(1), entry(2)));
    daybook.checkpoints().save("c", 2);
  }

  /** All that a fresh store finds. */
  private static String contents(Path file) {
    List<Object> all = new ArrayList<>();
    try (Daybook daybook = Daybook.open(file)) {
      Journal<ParcelEvent> journal = journal(daybook);
      all.addAll(journal.read(EventQuery.all()));
      all.addAll(journal.read(EventQuery.all().taggedAnyOf("tag-1", "tag-2", "tag-3")));
      try (Stream<String> ids = journal.streamIds("");
          Stream<SnapshotInfo> snapshots = daybook.snapshots(String.class).listAll();
          Stream<String> documents = daybook.documents().listDocIds("")) {
        ids.forEach(id -> all.add(id + " at " + journal.highestSeq(id)));
        snapshots.forEach(all::add);
        documents.forEach(
            id -> {
              all.add(id + " " + daybook.documents().currentMeta(id));
              try (Stream<DocumentRecord> records = daybook.documents().loadAll(id)) {
                records.forEach(all::add);
              }
            });
      }
      all.add(journal.stats());
      all.addAll(daybook.checkpoints().list());
    }
    return all.toString();
  }

  private static long eventsIn(String contents) {
    return Pattern.compile("JournalStatsValues\\[events=(\\d+)")
        .matcher(contents)
        .results()
        .mapToLong(match -> Long.parseLong(match.group(1)))
        .sum();
  }

  private static Journal<ParcelEvent> journal(Repositories stores) {
    return stores.journal(ParcelEvent.class);
  }

  private static List<NewEvent<ParcelEvent>> tagged(int count) {
    List<NewEvent<ParcelEvent>> events = new ArrayList<>();
    for (int n = 1; n <= count; n++) {
      events.add(NewEvent.of(ParcelEvent.moved(n)).tagged("tag-" + n, "all"));
    }
    return events;
  }

  private static Entry entry(int n) {
    return Entry.since(EntryData.json("" + n), "v" + n);
  }
}
