package dev.daybook.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daybook.conformance.ConcurrentRendezvous.Outcome;
import dev.daybook.journal.Append;
import dev.daybook.journal.Appended;
import dev.daybook.journal.ConflictException;
import dev.daybook.journal.EventQuery;
import dev.daybook.journal.ExpectedSeq;
import dev.daybook.journal.RecordedEvent;
import dev.daybook.journal.Registration;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Races: who wins, what the losers are told, and that nothing is lost or seen out of order. */
public abstract class ConcurrencyConformance extends JournalConformance {

  private static final int THREADS = 16;
  private static final int APPENDS = Scale.of(80, 200);
  private static final int ALL = THREADS * APPENDS;

  protected ConcurrencyConformance(Function<Path, DatabaseFixture> databases) {
    super(databases);
  }

  @Test
  void sixteen_threads_that_append_to_one_stream_by_expectation_leave_no_hole_and_lose_nothing() {
    List<Outcome<List<Long>>> outcomes =
        ConcurrentRendezvous.collide(THREADS, thread -> () -> appendByExpectation(thread));

    List<Long> won = outcomes.stream().flatMap(outcome -> outcome.orThrow().stream()).toList();
    List<RecordedEvent<ParcelEvent>> stored = readStream("s");
    assertThat(won).hasSize(ALL).doesNotHaveDuplicates();
    assertThat(seqs(stored))
        .containsExactlyElementsOf(LongStream.rangeClosed(1, ALL).boxed().toList());
    assertThat(positions(stored)).isSorted().doesNotHaveDuplicates();
    assertThat(stored.stream().map(RecordedEvent::data).collect(Collectors.toSet()))
        .as("each append's own event")
        .hasSize(ALL);
  }

  @Test
  void of_appends_with_the_same_expectation_exactly_one_wins_and_the_others_are_told_why() {
    for (int round = 0; round < 20; round++) {
      String stream = "s-" + round;
      List<Outcome<RecordedEvent<ParcelEvent>>> outcomes =
          ConcurrentRendezvous.collide(
              THREADS,
              thread ->
                  () -> journal.append(stream, ExpectedSeq.noStream(), ParcelEvent.moved(thread)));

      List<Outcome<RecordedEvent<ParcelEvent>>> winners =
          outcomes.stream().filter(Outcome::succeeded).toList();
      assertThat(winners).hasSize(1);
      assertThat(readStream(stream)).containsExactly(winners.get(0).orThrow());
      assertThat(outcomes)
          .filteredOn(outcome -> !outcome.succeeded())
          .extracting(Outcome::failure)
          .allSatisfy(
              failure -> {
                assertThat(failure).isInstanceOf(ConflictException.class);
                ConflictException conflict = (ConflictException) failure;
                assertThat(conflict.streamId()).isEqualTo(stream);
                assertThat(conflict.expected()).isEqualTo(ExpectedSeq.noStream());
                assertThat(conflict.actual()).isEqualTo(1);
              });
    }
  }

  @Test
  void an_idempotency_key_that_is_raced_for_is_written_once_and_all_get_the_same_events() {
    List<Outcome<List<RecordedEvent<ParcelEvent>>>> outcomes =
        ConcurrentRendezvous.collide(
            THREADS,
            thread ->
                () ->
                    journal.append(
                        Append.of("s", ExpectedSeq.noStream(), moves(3))
                            .withIdempotencyKey("once")));

    List<RecordedEvent<ParcelEvent>> stored = readStream("s");
    assertThat(stored).hasSize(3);
    assertThat(outcomes).extracting(Outcome::orThrow).allMatch(stored::equals);
  }

  @Test
  void a_reader_behind_a_position_never_misses_an_event_and_never_sees_one_out_of_order() {
    AtomicInteger writing = new AtomicInteger(THREADS / 2);
    List<Callable<List<Long>>> tasks = new ArrayList<>();
    for (int writer = 0; writer < THREADS / 2; writer++) {
      String stream = "s-" + writer;
      tasks.add(
          () -> {
            List<Long> written = new ArrayList<>();
            for (int i = 0; i < APPENDS; i++) {
              written.addAll(positions(appendMoves(stream, 1 + i % 3)));
            }
            writing.decrementAndGet();
            return written;
          });
    }
    for (int reader = 0; reader < 2; reader++) {
      tasks.add(() -> readBehind(writing));
    }

    List<Outcome<List<Long>>> outcomes = ConcurrentRendezvous.collide(tasks);

    List<Long> all = positions(everything());
    Set<Long> written =
        outcomes.subList(0, THREADS / 2).stream()
            .flatMap(outcome -> outcome.orThrow().stream())
            .collect(Collectors.toSet());
    assertThat(written).hasSize(all.size()).containsAll(all);
    for (Outcome<List<Long>> reader : outcomes.subList(THREADS / 2, outcomes.size())) {
      assertThat(reader.orThrow()).containsExactlyElementsOf(all);
    }
  }

  @Test
  void listeners_hear_of_every_append_one_at_a_time_and_can_read_it() {
    AtomicInteger inside = new AtomicInteger();
    ConcurrentLinkedQueue<String> wrong = new ConcurrentLinkedQueue<>();
    List<Appended> heard = new CopyOnWriteArrayList<>();
    try (Registration registration =
        journal.onAppend(
            appended -> {
              if (inside.incrementAndGet() != 1) {
                wrong.add("two at a time");
              }
              if (journal.highestSeq(appended.streamId()) < appended.lastSeq()) {
                wrong.add("not there yet: " + appended);
              }
              heard.add(appended);
              inside.decrementAndGet();
            })) {
      assertThat(registration).isNotNull();
      ConcurrentRendezvous.collide(THREADS, thread -> () -> appendByExpectation(thread))
          .forEach(Outcome::orThrow);
      Await.until(() -> heard.size() == ALL);
    }

    assertThat(wrong).isEmpty();
    List<Long> told = heard.stream().map(Appended::lastSeq).toList();
    assertThat(told.stream().sorted()).isEqualTo(LongStream.rangeClosed(1, ALL).boxed().toList());
    if (!database.writesInParallel()) {
      assertThat(told).as("in the order of the commits").isSorted();
    }
  }

  /** Appends until enough were accepted, each time behind what is there; the numbers it got. */
  private List<Long> appendByExpectation(int thread) {
    List<Long> won = new ArrayList<>();
    long seen = 0;
    while (won.size() < APPENDS) {
      try {
        RecordedEvent<ParcelEvent> recorded =
            journal.append(
                "s", ExpectedSeq.exactly(seen), ParcelEvent.posted(thread + "/" + won.size()));
        won.add(recorded.seq());
        seen = recorded.seq();
      } catch (ConflictException e) {
        seen = e.actual();
      }
    }
    return won;
  }

  /** Reads on behind the last position seen, until nobody writes any more. */
  private List<Long> readBehind(AtomicInteger writing) {
    List<Long> seen = new ArrayList<>();
    long position = 0;
    boolean last;
    do {
      last = writing.get() == 0;
      List<RecordedEvent<ParcelEvent>> found = journal.read(EventQuery.all().after(position));
      for (RecordedEvent<ParcelEvent> event : found) {
        seen.add(event.position());
        position = event.position();
      }
    } while (!last);
    return seen;
  }
}
