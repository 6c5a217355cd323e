package dev.daybook.conformance;

import dev.daybook.Daybook;
import dev.daybook.DaybookBuilder;
import dev.daybook.journal.Append;
import dev.daybook.journal.EventQuery;
import dev.daybook.journal.ExpectedSeq;
import dev.daybook.journal.Journal;
import dev.daybook.journal.NewEvent;
import dev.daybook.journal.RecordedEvent;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.io.TempDir;

/** What the suites share: a fresh database, a Daybook on it, and a look at what was left behind. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
public abstract class JournalConformance {

  private final Function<Path, DatabaseFixture> databases;
  private final List<Daybook> opened = new ArrayList<>();

  @TempDir protected Path directory;
  protected DatabaseFixture database;
  protected Daybook daybook;
  protected Journal<ParcelEvent> journal;

  protected JournalConformance(Function<Path, DatabaseFixture> databases) {
    this.databases = databases;
  }

  @BeforeEach
  void openDatabase() {
    database = databases.apply(directory);
    daybook = open(options -> {});
    journal = daybook.journal(ParcelEvent.class);
  }

  @AfterEach
  void closeEverything() {
    try (DatabaseFixture used = database) {
      opened.forEach(Daybook::close);
      used.requireNothingLeft();
    }
  }

  /** Another Daybook, closed after the test. */
  protected Daybook open(Consumer<DaybookBuilder> options) {
    return closedAfterwards(database.open(options));
  }

  protected Daybook closedAfterwards(Daybook another) {
    opened.add(another);
    return another;
  }

  /** A Daybook with other options instead of the one that is there. */
  protected void openWith(Consumer<DaybookBuilder> options) {
    daybook.close();
    daybook = open(options);
    journal = daybook.journal(ParcelEvent.class);
  }

  /** Appends this many events to a stream, whatever is there: legs that count from 1. */
  protected List<RecordedEvent<ParcelEvent>> appendMoves(String streamId, int count) {
    return journal.append(Append.of(streamId, ExpectedSeq.any(), moves(count)));
  }

  protected RecordedEvent<ParcelEvent> appendTagged(String streamId, String... tags) {
    return appendEvent(streamId, NewEvent.of(ParcelEvent.moved(1)).tagged(tags));
  }

  protected RecordedEvent<ParcelEvent> appendEvent(String streamId, NewEvent<ParcelEvent> event) {
    return journal.append(Append.of(streamId, ExpectedSeq.any(), List.of(event))).get(0);
  }

  protected List<RecordedEvent<ParcelEvent>> everything() {
    return journal.read(EventQuery.all());
  }

  protected List<RecordedEvent<ParcelEvent>> readStream(String streamId) {
    return journal.read(EventQuery.stream(streamId));
  }

  /** How many events a stream hands out, read to its end. */
  protected long countStreamed(EventQuery query) {
    try (Stream<RecordedEvent<ParcelEvent>> events = journal.stream(query)) {
      return events.count();
    }
  }

  protected List<String> streamIds(String prefix) {
    try (Stream<String> ids = journal.streamIds(prefix)) {
      return ids.toList();
    }
  }

  protected static List<NewEvent<ParcelEvent>> moves(int count) {
    List<NewEvent<ParcelEvent>> events = new ArrayList<>();
    for (int leg = 1; leg <= count; leg++) {
      events.add(NewEvent.of(ParcelEvent.moved(leg)));
    }
    return events;
  }

  protected static List<Long> seqs(List<? extends RecordedEvent<?>> events) {
    return events.stream().<Long>map(RecordedEvent::seq).toList();
  }

  protected static List<Long> positions(List<? extends RecordedEvent<?>> events) {
    return events.stream().<Long>map(RecordedEvent::position).toList();
  }
}
