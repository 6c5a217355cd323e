package dev.daybook.conformance;

import static dev.daybook.conformance.ParcelEvent.moved;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.daybook.error.InvalidInputException;
import dev.daybook.journal.Append;
import dev.daybook.journal.EncodedEvent;
import dev.daybook.journal.EventQuery;
import dev.daybook.journal.ExpectedSeq;
import dev.daybook.journal.Journal;
import dev.daybook.journal.Metadata;
import dev.daybook.journal.NewEvent;
import dev.daybook.journal.RecordedEvent;
import dev.daybook.settings.Limits;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Bad input: refused with a message, and nothing has been written. */
public abstract class ValidationConformance extends JournalConformance {

  private static final String TOO_LONG = "x".repeat(256);
  private static final NewEvent<ParcelEvent> EVENT = NewEvent.of(moved(1));

  protected ValidationConformance(Function<Path, DatabaseFixture> databases) {
    super(databases);
  }

  /** The proof that nothing was written: the journal is as if nobody had tried. */
  @AfterEach
  void the_next_append_is_the_first() {
    RecordedEvent<ParcelEvent> first = journal.append("first", ExpectedSeq.noStream(), moved(1));
    assertThat(first.seq()).isEqualTo(1);
    assertThat(everything()).containsExactly(first);
    assertThat(journal.stats().streams()).isEqualTo(1);
    assertThat(journal.stats().tags()).isZero();
    assertThat(first.position()).isEqualTo(1);
  }

  @Test
  void a_stream_id_that_is_no_name_is_refused_everywhere() {
    for (String bad : badNames()) {
      assertRefused(() -> journal.append(bad, ExpectedSeq.any(), moved(1)));
      assertRefused(() -> Append.of(bad, ExpectedSeq.any(), moves(1)));
      assertRefused(() -> EventQuery.stream(bad));
      assertRefused(() -> journal.highestSeq(bad));
      assertRefused(() -> journal.delete(bad, 1));
      assertRefused(() -> journal.raiseHighWaterMark(bad, 1));
    }
  }

  @Test
  void a_tag_a_key_a_type_or_a_codec_that_is_no_name_is_refused() {
    Append<ParcelEvent> append = Append.of("a", ExpectedSeq.any(), moves(1));
    for (String bad : badNames()) {
      assertRefused(() -> EVENT.tagged("good", bad));
      assertRefused(() -> append.withIdempotencyKey(bad));
      assertRefused(() -> EncodedEvent.json(bad, "{}"));
      assertRefused(() -> new EncodedEvent("t", bad, new byte[0]));
      assertRefused(() -> EventQuery.all().ofTypes(bad));
      assertRefused(() -> EventQuery.all().taggedAllOf("good", bad));
      assertRefused(() -> EventQuery.all().taggedAnyOf(bad));
      assertRefused(() -> EventQuery.all().taggedNoneOf(bad));
      assertRefused(() -> EventQuery.stream("a").ofTypes(bad));
      assertRefused(() -> Metadata.of(bad, "v"));
    }
  }

  @Test
  void prefixes_and_cursors_have_no_control_characters_or_unpaired_surrogates() {
    for (String bad : List.of("a\u0000", "\n", "\u007F", "\u0085", "\uD800", "a\uDC00b")) {
      assertRefused(() -> streamIds(bad));
      assertRefused(() -> journal.streamIds(bad, "", 1));
      assertRefused(() -> journal.streamIds("", bad, 1));
    }
    assertThat(journal.streamIds("", TOO_LONG, 1)).isEmpty();
    assertThat(journal.streamIds(TOO_LONG, "", 1)).isEmpty();
  }

  @Test
  void json_with_an_unpaired_surrogate_is_refused() {
    assertThatThrownBy(() -> EncodedEvent.json("t", "\"\uD83D\""))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("the JSON");
  }

  @Test
  void negative_bounds_are_refused() {
    assertRefused(() -> ExpectedSeq.exactly(-1));
    assertRefused(() -> EventQuery.stream("a").from(-1));
    assertRefused(() -> EventQuery.stream("a").to(-1));
    assertRefused(() -> EventQuery.stream("a").limit(-1));
    assertRefused(() -> EventQuery.all().after(-1));
    assertRefused(() -> EventQuery.all().limit(Long.MIN_VALUE));
    assertRefused(() -> journal.streamIds("", "", -1));
    assertRefused(() -> journal.delete("a", -1));
    assertRefused(() -> journal.raiseHighWaterMark("a", -1));
  }

  @Test
  void more_than_a_hundred_tags_or_names_in_a_filter_are_refused() {
    String[] hundred = names(100);
    String[] more = names(101);

    assertThat(EVENT.tagged(hundred).tagged(hundred).tags()).hasSize(100);
    assertRefused(() -> EVENT.tagged(more));
    assertRefused(() -> EVENT.tagged(hundred).tagged("one more"));
    assertThat(EventQuery.all().taggedAllOf(hundred).allOf()).hasSize(100);
    assertRefused(() -> EventQuery.all().taggedAllOf(more));
    assertRefused(() -> EventQuery.all().taggedAnyOf(more));
    assertRefused(() -> EventQuery.all().taggedNoneOf(more));
    assertRefused(() -> EventQuery.all().ofTypes(more));
    assertRefused(() -> EventQuery.stream("a").ofTypes(more));
  }

  @Test
  void metadata_beyond_its_limits_is_refused() {
    Map<String, String> entries = new LinkedHashMap<>();
    for (String name : names(Limits.MAX_METADATA_ENTRIES)) {
      entries.put(name, "");
    }
    Metadata full = new Metadata(entries);

    assertThat(full.with("0", "another value").entries()).hasSize(100);
    assertRefused(() -> full.with("one more", ""));
    assertRefused(() -> Metadata.of("k", "v".repeat(Limits.MAX_METADATA_VALUE_LENGTH + 1)));
    assertRefused(() -> Metadata.of("k", "\uDC00"));
    assertRefused(() -> Metadata.of("k", "ends with \uD83D"));
  }

  @Test
  void a_time_that_could_not_be_kept_is_refused() {
    assertRefused(() -> EVENT.at(Instant.ofEpochSecond(0, 1)));
    assertRefused(() -> EVENT.at(Instant.parse("2026-01-01T00:00:00.123456Z")));
    assertRefused(() -> EVENT.at(Instant.MAX));
    assertRefused(() -> EVENT.at(Instant.MIN));
    assertThat(EVENT.at(Instant.ofEpochMilli(Long.MAX_VALUE)).time()).isNotNull();
  }

  @Test
  void more_events_than_one_append_can_have_are_refused() {
    List<NewEvent<ParcelEvent>> most = Collections.nCopies(Limits.MAX_EVENTS_PER_APPEND, EVENT);
    List<NewEvent<ParcelEvent>> more = Collections.nCopies(Limits.MAX_EVENTS_PER_APPEND + 1, EVENT);

    assertRefused(() -> Append.of("a", ExpectedSeq.any(), more));
    assertRefused(
        () ->
            journal.appendAll(
                List.of(
                    Append.of("a", ExpectedSeq.any(), most),
                    Append.of("b", ExpectedSeq.any(), moves(1)))));
  }

  @Test
  void null_is_refused() {
    assertNull(() -> journal.append(nothing(), ExpectedSeq.any(), moved(1)));
    assertNull(() -> journal.append("a", nothing(), moved(1)));
    assertNull(() -> journal.append("a", ExpectedSeq.any(), this.<ParcelEvent>nothing()));
    assertNull(() -> journal.append(nothing()));
    assertNull(() -> journal.appendAll(nothing()));
    assertNull(() -> journal.appendAll(Collections.singletonList(nothing())));
    assertNull(() -> journal.read(nothing()));
    assertNull(() -> countStreamed(nothing()));
    assertNull(() -> journal.highestSeq(nothing()));
    assertNull(() -> streamIds(nothing()));
    assertNull(() -> journal.streamIds(nothing(), "", 1));
    assertNull(() -> journal.streamIds("", nothing(), 1));
    assertNull(() -> journal.delete(nothing(), 1));
    assertNull(() -> journal.raiseHighWaterMark(nothing(), 1));
    assertNull(() -> journal.onAppend(nothing()));
    assertNull(() -> journal.within(this.<org.jooq.Configuration>nothing()));
    assertNull(() -> daybook.within(nothing()));
    assertNull(() -> daybook.transaction(nothing()));
    assertNull(() -> daybook.journal(this.<Class<ParcelEvent>>nothing()));
    assertNull(() -> EVENT.at(nothing()));
    assertNull(() -> EVENT.withMetadata(nothing()));
    assertNull(() -> EVENT.tagged("a", nothing()));
    assertNull(() -> new EncodedEvent("t", "json", nothing()));
    assertNull(() -> Append.of("a", ExpectedSeq.any(), Collections.singletonList(nothing())));
    assertNull(() -> Append.of("a", ExpectedSeq.any(), moves(1)).withIdempotencyKey(nothing()));
    assertNull(() -> EventQuery.all().ofTypes(this.<String>nothing()));
    assertNull(() -> Metadata.of("k", nothing()));
  }

  @Test
  void an_event_of_another_class_is_refused() {
    Journal<Object> objects =
        daybook.journal(
            dev.daybook.journal.EventTypes.of(Object.class).with("Moved", ParcelEvent.Moved.class));

    assertRefused(() -> objects.append("a", ExpectedSeq.any(), "no event"));
    assertRefused(
        () -> objects.append(Append.of("a", ExpectedSeq.any(), moved(1), ParcelEvent.delivered())));
  }

  private static Set<String> badNames() {
    return Set.of(
        "",
        TOO_LONG,
        "a\u0000",
        "line\nbreak",
        "\t",
        "\u001F",
        "\u007F",
        "\u0085",
        "\u009F",
        "\uD800",
        "\uDC00",
        "a\uD83Db",
        "ends\uD83D",
        "\uDE00\uD83D");
  }

  private static String[] names(int count) {
    return IntStream.range(0, count).mapToObj(Integer::toString).toArray(String[]::new);
  }

  /** What a caller without null checks may give. */
  @SuppressWarnings({"NullAway", "TypeParameterUnusedInFormals"})
  private <T> T nothing() {
    return null;
  }

  private static void assertRefused(ThrowingCallable call) {
    assertThatThrownBy(call).isInstanceOf(InvalidInputException.class).message().isNotBlank();
  }

  private static void assertNull(ThrowingCallable call) {
    assertThatNullPointerException().isThrownBy(call);
  }
}
