package dev.daybook.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daybook.Daybook;
import dev.daybook.journal.EncodedEvent;
import dev.daybook.journal.EventQuery;
import dev.daybook.journal.ExpectedSeq;
import dev.daybook.journal.RecordedEvent;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A stream comes back from its archive between two statements of one who reads it. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ReadWhileRestoredTest {

  @TempDir private Path directory;
  private final AtomicInteger opened = new AtomicInteger();
  private final AtomicReference<Runnable> beforeTheState = new AtomicReference<>(() -> {});
  private Daybook archive;
  private Daybook mover;
  private Daybook reader;

  @BeforeEach
  void archiveStream() {
    Path file = directory.resolve("main.db");
    archive = Daybook.open(directory.resolve("archive.db"));
    mover = Daybook.open(file);
    reader = Daybook.builder(file).sqlListener(this::run).build();
    for (int n = 1; n <= 3; n++) {
      mover.rawJournal().append("a", ExpectedSeq.any(), EncodedEvent.json("t", "{}"));
    }
    mover.streams().archiveTo("a", archive.streams());
    beforeTheState.set(() -> mover.streams().restoreFrom("a", archive.streams()));
  }

  @AfterEach
  void close() {
    reader.close();
    mover.close();
    archive.close();
  }

  @Test
  void a_list_has_all_events() {
    assertThat(reader.rawJournal().read(EventQuery.stream("a"))).hasSize(3);
  }

  @Test
  void a_stream_has_all_events() {
    try (Stream<RecordedEvent<EncodedEvent>> events =
        reader.rawJournal().stream(EventQuery.stream("a"))) {
      assertThat(events).hasSize(3);
    }
  }

  @Test
  void a_stream_with_events_is_opened_once_whatever_has_become_of_it_before() {
    mover.streams().restoreFrom("a", archive.streams());
    beforeTheState.set(() -> {});
    opened.set(0);
    try (Stream<RecordedEvent<EncodedEvent>> events =
        reader.rawJournal().stream(EventQuery.stream("a"))) {
      assertThat(events.map(RecordedEvent::seq)).containsExactly(1L, 2L, 3L);
    }
    assertThat(opened).hasValue(1);
  }

  private void run(String sql) {
    if (sql.startsWith("select") && sql.contains("from events")) {
      opened.incrementAndGet();
    }
    if (sql.startsWith("select streams.stream_id")) {
      beforeTheState.getAndSet(() -> {}).run();
    }
  }
}
