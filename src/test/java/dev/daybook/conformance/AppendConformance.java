package dev.daybook.conformance;

import static dev.daybook.conformance.ParcelEvent.delivered;
import static dev.daybook.conformance.ParcelEvent.moved;
import static dev.daybook.conformance.ParcelEvent.posted;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.daybook.journal.Append;
import dev.daybook.journal.ConflictException;
import dev.daybook.journal.EncodedEvent;
import dev.daybook.journal.EventQuery;
import dev.daybook.journal.ExpectedSeq;
import dev.daybook.journal.Journal;
import dev.daybook.journal.JournalStats;
import dev.daybook.journal.Metadata;
import dev.daybook.journal.NewEvent;
import dev.daybook.journal.RecordedEvent;
import dev.daybook.settings.Limits;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Appending to one stream: numbers, expectations, and what is recorded. */
public abstract class AppendConformance extends JournalConformance {

  protected AppendConformance(Function<Path, DatabaseFixture> databases) {
    super(databases);
  }

  @Test
  void numbers_the_events_of_a_stream_from_1_without_holes() {
    appendMoves("a", 2);
    journal.append("a", ExpectedSeq.any(), moved(3));
    appendMoves("a", 2);

    assertThat(seqs(readStream("a"))).containsExactly(1L, 2L, 3L, 4L, 5L);
    assertThat(journal.highestSeq("a")).isEqualTo(5);
  }

  @Test
  void numbers_each_stream_on_its_own_and_positions_across_all() {
    RecordedEvent<ParcelEvent> first = journal.append("a", ExpectedSeq.any(), moved(1));
    RecordedEvent<ParcelEvent> second = journal.append("b", ExpectedSeq.any(), moved(1));
    RecordedEvent<ParcelEvent> third = journal.append("a", ExpectedSeq.any(), moved(2));

    assertThat(seqs(List.of(first, second, third))).containsExactly(1L, 1L, 2L);
    assertThat(first.position()).isPositive().isLessThan(second.position());
    assertThat(second.position()).isLessThan(third.position());
    assertThat(journal.latestPosition()).isEqualTo(third.position());
  }

  @Test
  void returns_several_events_in_the_order_given_and_as_they_are_read_back() {
    List<NewEvent<ParcelEvent>> events =
        List.of(
            NewEvent.of(posted("Ada"))
                .tagged("express", "north")
                .withMetadata(Metadata.of("k", "v"))
                .at(Instant.parse("2024-02-29T23:59:59.999Z")),
            NewEvent.of(moved(1)),
            NewEvent.of(delivered()).tagged("north"));

    List<RecordedEvent<ParcelEvent>> recorded =
        journal.append(Append.of("a", ExpectedSeq.noStream(), events));

    assertThat(recorded)
        .extracting(RecordedEvent::data)
        .containsExactly(posted("Ada"), moved(1), delivered());
    assertThat(recorded)
        .extracting(RecordedEvent::type)
        .containsExactly("Posted", "Moved", "Delivered");
    assertThat(recorded).extracting(RecordedEvent::streamId).containsOnly("a");
    assertThat(recorded.get(0).tags()).containsExactly("express", "north");
    assertThat(recorded.get(0).metadata()).isEqualTo(Metadata.of("k", "v"));
    assertThat(recorded.get(0).time()).isEqualTo(Instant.parse("2024-02-29T23:59:59.999Z"));
    assertThat(positions(recorded)).isSorted().doesNotHaveDuplicates();
    assertThat(readStream("a")).isEqualTo(recorded);
    assertThat(everything()).isEqualTo(recorded);
  }

  @Test
  void accepts_or_refuses_by_the_expectation_on_a_stream_that_never_was() {
    assertAccepted("a", ExpectedSeq.any(), 1);
    assertAccepted("b", ExpectedSeq.noStream(), 1);
    assertAccepted("c", ExpectedSeq.exactly(0), 1);
    assertRefused("d", ExpectedSeq.streamExists(), 0);
    assertRefused("d", ExpectedSeq.exactly(1), 0);
  }

  @Test
  void accepts_or_refuses_by_the_expectation_on_a_stream_with_events() {
    appendMoves("a", 3);

    assertRefused("a", ExpectedSeq.noStream(), 3);
    assertRefused("a", ExpectedSeq.exactly(0), 3);
    assertRefused("a", ExpectedSeq.exactly(2), 3);
    assertRefused("a", ExpectedSeq.exactly(4), 3);
    assertAccepted("a", ExpectedSeq.exactly(3), 4);
    assertAccepted("a", ExpectedSeq.streamExists(), 5);
    assertAccepted("a", ExpectedSeq.any(), 6);
  }

  @Test
  void accepts_or_refuses_by_the_expectation_on_a_stream_whose_events_were_all_deleted() {
    appendMoves("a", 3);
    journal.delete("a", 3);

    assertRefused("a", ExpectedSeq.noStream(), 3);
    assertRefused("a", ExpectedSeq.exactly(0), 3);
    assertAccepted("a", ExpectedSeq.exactly(3), 4);
    journal.delete("a", 4);
    assertAccepted("a", ExpectedSeq.streamExists(), 5);
  }

  @Test
  void a_refused_append_writes_no_event_no_tag_and_no_stream() {
    JournalStats before = journal.stats();
    NewEvent<ParcelEvent> event = NewEvent.of(moved(1)).tagged("t");
    Append<ParcelEvent> refused =
        Append.of("new", ExpectedSeq.streamExists(), List.of(event, event));

    ConflictException conflict =
        catchThrowableOfType(ConflictException.class, () -> journal.append(refused));

    assertThat(conflict)
        .hasMessageContaining("new")
        .hasMessageContaining(ExpectedSeq.streamExists().toString())
        .hasMessageContaining("0");
    assertThat(conflict.streamId()).isEqualTo("new");
    assertThat(journal.stats()).isEqualTo(before);
    assertThat(journal.read(EventQuery.all().taggedAnyOf("t"))).isEmpty();
    assertThat(journal.streamIds("", "", 10)).isEmpty();
    assertThat(journal.highestSeq("new")).isZero();
  }

  @Test
  void an_append_of_no_events_writes_nothing_and_checks_nothing() {
    assertThat(journal.append(Append.of("a", ExpectedSeq.exactly(7), List.of()))).isEmpty();
    assertThat(journal.append(Append.of("a", ExpectedSeq.streamExists(), List.of()))).isEmpty();

    assertThat(journal.streamIds("", "", 10)).isEmpty();
    assertThat(journal.latestPosition()).isZero();
  }

  @Test
  void gives_events_the_time_of_the_clock_to_the_millisecond_unless_they_have_their_own() {
    Instant now = Instant.parse("2031-05-06T07:08:09.123456789Z");
    openWith(options -> options.clock(Clock.fixed(now, ZoneOffset.UTC)));
    Instant early = Instant.ofEpochMilli(-1);
    Instant late = Instant.parse("9999-12-31T23:59:59.999Z");

    List<RecordedEvent<ParcelEvent>> recorded =
        journal.append(
            Append.of(
                "a",
                ExpectedSeq.any(),
                List.of(
                    NewEvent.of(moved(1)),
                    NewEvent.of(moved(2)).at(early),
                    NewEvent.of(moved(3)).at(late))));

    assertThat(recorded)
        .extracting(RecordedEvent::time)
        .containsExactly(Instant.parse("2031-05-06T07:08:09.123Z"), early, late);
    assertThat(readStream("a")).isEqualTo(recorded);
  }

  @Test
  void keeps_the_tags_in_the_order_given_and_each_once() {
    appendTagged("a", "z", "a", "z", "M", "m");

    assertThat(readStream("a").get(0).tags()).containsExactly("z", "a", "M", "m");
    assertThat(journal.stats().tags()).isEqualTo(4);
  }

  @Test
  void keeps_any_text_in_names_tags_and_metadata() {
    String any = "q\"b\\s/ 'ü' %_ \u2028 \uFEFF \uD7FF\uE000\uFFFF \uD83D\uDE00 \uDBFF\uDFFF";
    Metadata metadata =
        Metadata.of(any, any + "\n\t\u0000\u0001\u007F")
            .with("empty", "")
            .withCorrelationId("request 1")
            .withCausationId("command 2");
    Journal<EncodedEvent> raw = daybook.rawJournal();
    NewEvent<EncodedEvent> event =
        NewEvent.of(EncodedEvent.json(any, "{}")).tagged(any).withMetadata(metadata);

    raw.append(
        Append.of(any, ExpectedSeq.noStream(), List.of(event)).withIdempotencyKey("key" + any));

    RecordedEvent<EncodedEvent> read = raw.read(EventQuery.stream(any)).get(0);
    assertThat(read.streamId()).isEqualTo(any);
    assertThat(read.type()).isEqualTo(any);
    assertThat(read.tags()).containsExactly(any);
    assertThat(read.metadata()).isEqualTo(metadata);
    assertThat(List.copyOf(read.metadata().entries().keySet()))
        .isEqualTo(List.copyOf(metadata.entries().keySet()));
    assertThat(raw.read(EventQuery.all().taggedAllOf(any).ofTypes(any))).containsExactly(read);
    assertThat(raw.streamIds(any, "", 2)).containsExactly(any);
  }

  @Test
  void keeps_raw_payloads_byte_for_byte() {
    Journal<EncodedEvent> raw = daybook.rawJournal();
    byte[] allBytes = new byte[256];
    for (int i = 0; i < allBytes.length; i++) {
      allBytes[i] = (byte) i;
    }
    List<EncodedEvent> events =
        List.of(
            new EncodedEvent("binary", "avro", allBytes),
            new EncodedEvent("empty", "none", new byte[0]),
            EncodedEvent.json("spaced", " { \"a\" : 1.0 } "),
            new EncodedEvent("zero", "none", new byte[1]));

    raw.append(Append.of("a", ExpectedSeq.any(), events.stream().map(NewEvent::of).toList()));

    assertThat(raw.read(EventQuery.stream("a")))
        .extracting(RecordedEvent::data)
        .containsExactlyElementsOf(events);
  }

  @Test
  void keeps_a_payload_of_some_megabytes() {
    Journal<EncodedEvent> raw = daybook.rawJournal();
    byte[] big = "0123456789abcdef".repeat(1 << 18).getBytes(StandardCharsets.US_ASCII);

    raw.append("a", ExpectedSeq.any(), new EncodedEvent("big", "none", big));

    assertThat(raw.read(EventQuery.stream("a")).get(0).data().payload()).isEqualTo(big);
  }

  @Test
  void appends_thousands_of_events_at_once_with_consecutive_numbers() {
    List<RecordedEvent<ParcelEvent>> recorded = appendMoves("a", 5_000);

    assertThat(seqs(recorded)).isEqualTo(LongStream.rangeClosed(1, 5_000).boxed().toList());
    assertThat(positions(recorded)).isSorted().doesNotHaveDuplicates();
    assertThat(readStream("a")).isEqualTo(recorded);
  }

  @Test
  void keeps_the_longest_names_whole() {
    Journal<EncodedEvent> raw = daybook.rawJournal();
    for (String longest : List.of("x".repeat(255), "\uD83D\uDE00".repeat(127) + "x")) {
      Metadata metadata = Metadata.of(longest, "v".repeat(Limits.MAX_METADATA_VALUE_LENGTH));
      NewEvent<EncodedEvent> event =
          NewEvent.of(new EncodedEvent(longest, longest, new byte[1]))
              .tagged(longest)
              .withMetadata(metadata);

      List<RecordedEvent<EncodedEvent>> recorded =
          raw.append(
              Append.of(longest, ExpectedSeq.noStream(), List.of(event))
                  .withIdempotencyKey(longest));

      assertThat(longest).hasSize(Limits.MAX_NAME_LENGTH);
      assertThat(raw.read(EventQuery.stream(longest))).isEqualTo(recorded);
      assertThat(recorded.get(0).metadata()).isEqualTo(metadata);
      assertThat(raw.streamIds(longest, "", 2)).containsExactly(longest);
    }
  }

  @Test
  void appends_as_many_events_at_once_as_the_limit_allows() {
    assertThat(appendMoves("a", Limits.MAX_EVENTS_PER_APPEND))
        .hasSize(Limits.MAX_EVENTS_PER_APPEND);

    assertThat(journal.highestSeq("a")).isEqualTo(Limits.MAX_EVENTS_PER_APPEND);
    assertThat(journal.stats().events()).isEqualTo(Limits.MAX_EVENTS_PER_APPEND);
  }

  @Test
  void counts_what_is_there() {
    assertThat(journal.stats())
        .isEqualTo(
            new JournalStats.JournalStatsValues(0, 0, 0, 0, 0, Optional.empty(), Optional.empty()));
    Instant old = Instant.parse("2001-01-01T00:00:00Z");
    Instant recent = Instant.parse("2002-01-01T00:00:00Z");
    NewEvent<ParcelEvent> event = NewEvent.of(moved(1));

    long first = appendEvent("a", event.at(recent).tagged("x", "y")).position();
    appendEvent("b", event.at(old).tagged("x"));
    long last = appendEvent("a", event.at(recent)).position();

    assertThat(journal.stats())
        .isEqualTo(
            new JournalStats.JournalStatsValues(
                3, 2, 2, first, last, Optional.of(old), Optional.of(recent)));
  }

  @Test
  void the_caller_may_change_its_collections_after_the_call() {
    Map<String, String> entries = new java.util.HashMap<>(Map.of("k", "v"));
    List<NewEvent<ParcelEvent>> events = moves(2);
    events.add(NewEvent.of(moved(3)).withMetadata(new Metadata(entries)));
    Append<ParcelEvent> append = Append.of("a", ExpectedSeq.any(), events);
    events.clear();
    entries.clear();

    List<RecordedEvent<ParcelEvent>> recorded = journal.append(append);

    assertThat(recorded).hasSize(3);
    assertThat(readStream("a").get(2).metadata()).isEqualTo(Metadata.of("k", "v"));
  }

  private void assertAccepted(String streamId, ExpectedSeq expected, long seq) {
    assertThat(journal.append(streamId, expected, moved(1)).seq()).isEqualTo(seq);
  }

  private void assertRefused(String streamId, ExpectedSeq expected, long actual) {
    ConflictException conflict =
        catchThrowableOfType(
            ConflictException.class, () -> journal.append(streamId, expected, moved(1)));
    assertThat(conflict).as("%s on a stream at %d", expected, actual).isNotNull();
    assertThat(conflict.streamId()).isEqualTo(streamId);
    assertThat(conflict.expected()).isEqualTo(expected);
    assertThat(conflict.actual()).isEqualTo(actual);
    assertThat(journal.highestSeq(streamId)).isEqualTo(actual);
  }
}
