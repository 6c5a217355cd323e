package dev.daybook.journal.internal.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.daybook.Daybook;
import dev.daybook.error.EventDecodeException;
import dev.daybook.fixture.SeededJournal;
import dev.daybook.journal.EncodedEvent;
import dev.daybook.journal.EventQuery;
import dev.daybook.journal.EventTypes;
import dev.daybook.journal.Journal;
import dev.daybook.journal.NewEvent;
import dev.daybook.journal.RecordedEvent;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Many events, of which a thousand carry a tag; all others are of a type that can't be decoded, so
 * that a query that reads one of them fails. What a query costs is counted by the database.
 */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class TagScale<M extends Meter> {

  private static final int EVENTS_PER_STREAM = 5;
  private static final int TAGGED = 1_000;

  record Marked(int n) {}

  private final int streams;
  private final int every;
  private final M meter;
  private final Daybook daybook;
  private final Journal<Marked> journal;

  TagScale(int streams, M meter) {
    this.streams = streams;
    this.every = streams * EVENTS_PER_STREAM / TAGGED;
    this.meter = meter;
    this.daybook = meter.open();
    this.journal = daybook.journal(EventTypes.of(Marked.class).with("marked", Marked.class));
  }

  M meter() {
    return meter;
  }

  @BeforeAll
  void seed() throws SQLException {
    SeededJournal.fill(daybook, streams, EVENTS_PER_STREAM, TagScale::streamId, this::event);
    assertThat(journal.latestPosition()).isEqualTo((long) streams * EVENTS_PER_STREAM);
    meter.settle();
  }

  @AfterAll
  void close() {
    daybook.close();
    meter.close();
  }

  @Test
  void a_tag_query_reads_the_tagged_events_and_no_other() throws SQLException {
    Reading<RecordedEvent<Marked>> reading =
        reading(() -> journal.read(EventQuery.all().taggedAllOf("marked")));

    assertThat(reading.rows)
        .extracting(event -> event.data().n())
        .containsExactlyElementsOf(IntStream.range(0, TAGGED).mapToObj(n -> n * every).toList());
    assertThat(reading.cost).isLessThan(meter.mostForEvents(TAGGED));
  }

  @Test
  void a_page_of_tagged_events_costs_a_page() throws SQLException {
    long middle = (long) streams * EVENTS_PER_STREAM / 2;
    Reading<RecordedEvent<Marked>> reading =
        reading(() -> journal.read(EventQuery.all().taggedAllOf("marked").after(middle).limit(10)));

    assertThat(reading.rows)
        .hasSize(10)
        .allSatisfy(event -> assertThat(event.position()).isGreaterThan(middle));
    assertThat(reading.cost).isLessThan(meter.mostForEvents(10));
  }

  @Test
  void any_of_several_tags_reads_the_tagged_events_and_no_other() throws SQLException {
    Reading<RecordedEvent<Marked>> reading =
        reading(() -> journal.read(EventQuery.all().taggedAnyOf("marked", "rare")));

    assertThat(reading.rows).hasSize(TAGGED).doesNotHaveDuplicates();
    assertThat(reading.cost).isLessThan(2 * meter.mostForEvents(TAGGED));
  }

  @Test
  void all_of_several_tags_reads_the_events_with_all_and_no_other() throws SQLException {
    Reading<RecordedEvent<Marked>> reading =
        reading(() -> journal.read(EventQuery.all().taggedAllOf("rare", "marked")));

    assertThat(reading.rows).hasSize(TAGGED / 100);
    assertThat(reading.cost).isLessThan(2 * meter.mostForEvents(TAGGED / 100));
  }

  @Test
  void a_query_without_the_tag_does_run_into_the_others() {
    assertThatThrownBy(() -> journal.read(EventQuery.all().limit(2)))
        .isInstanceOf(EventDecodeException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"100%_off\\", "100%", "100%_", "%", "_", "\\", "100%_off\\deal-00"})
  void a_prefix_costs_what_it_returns(String prefix) throws SQLException {
    List<String> expected =
        IntStream.range(0, streams)
            .mapToObj(TagScale::streamId)
            .filter(id -> id.startsWith(prefix))
            .sorted()
            .toList();

    Reading<String> reading =
        reading(
            () -> {
              try (Stream<String> ids = journal.streamIds(prefix)) {
                return ids.toList();
              }
            });
    Reading<String> page = reading(() -> journal.streamIds(prefix, "", 3));

    assertThat(reading.rows).isNotEmpty().containsExactlyElementsOf(expected);
    assertThat(reading.cost).isLessThan(meter.mostForIds(expected.size()));
    assertThat(page.rows).containsExactlyElementsOf(expected.stream().limit(3).toList());
    assertThat(page.cost).isLessThan(meter.mostForIds(3));
  }

  @Test
  void a_page_behind_an_id_costs_a_page() throws SQLException {
    String last = streamId(streams / 2);

    Reading<String> page = reading(() -> journal.streamIds("stream-", last, 10));

    assertThat(page.rows).hasSize(10).startsWith(streamId(streams / 2 + 1));
    assertThat(page.cost).isLessThan(meter.mostForIds(10));
  }

  /** Among ordinary ids those that a pattern would confuse with {@code 100%_off\}. */
  private static String streamId(int stream) {
    String deal = "deal-%04d".formatted(stream / 100);
    return switch (stream % 1_000) {
      case 100 -> "100%_off\\" + deal;
      case 101 -> "100X_off\\" + deal;
      case 102 -> "100%Xoff\\" + deal;
      case 103 -> "100%_off/" + deal;
      case 104 -> "100%_OFF\\" + deal;
      case 105 -> "%" + deal;
      case 106 -> "_" + deal;
      case 107 -> "\\" + deal;
      default -> "stream-%06d".formatted(stream);
    };
  }

  private NewEvent<EncodedEvent> event(int n) {
    if (n % every != 0) {
      return NewEvent.of(EncodedEvent.json("unreadable", "{}"));
    }
    NewEvent<EncodedEvent> event =
        NewEvent.of(EncodedEvent.json("marked", "{\"n\":" + n + "}")).tagged("marked");
    return n % (every * 100) == 0 ? event.tagged("rare") : event;
  }

  private record Reading<T>(List<T> rows, long cost) {}

  private <T> Reading<T> reading(Supplier<List<T>> query) throws SQLException {
    List<List<T>> rows = new ArrayList<>();
    long cost = meter.costOf(() -> rows.add(query.get()));
    assertThat(cost).as("the cost, which must have been counted").isPositive();
    return new Reading<>(rows.get(0), cost);
  }
}
