package dev.daybook.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.daybook.DaybookBuilder;
import dev.daybook.codec.Codecs;
import dev.daybook.conformance.SensorEvent.Calibrated;
import dev.daybook.conformance.SensorEvent.Place;
import dev.daybook.conformance.SensorEvent.Reset;
import dev.daybook.conformance.SensorEvent.Signal;
import dev.daybook.conformance.SensorEvent.Started;
import dev.daybook.conformance.SensorEvent.Stopped;
import dev.daybook.error.EventDecodeException;
import dev.daybook.error.EventEncodeException;
import dev.daybook.error.InvalidInputException;
import dev.daybook.journal.Append;
import dev.daybook.journal.EncodedEvent;
import dev.daybook.journal.EventQuery;
import dev.daybook.journal.EventTypes;
import dev.daybook.journal.ExpectedSeq;
import dev.daybook.journal.Journal;
import dev.daybook.journal.RecordedEvent;
import dev.daybook.settings.Limits;
import dev.daybook.snapshot.SnapshotEncodeException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.Period;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.FutureTask;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** Events as classes: their stable names, what survives a round trip, and what can't be decoded. */
public abstract class TypedEventsConformance extends JournalConformance {

  /** Each level takes some, in the tests' own thread too much of it. */
  private static final long LARGE_STACK_BYTES = 64 << 20;

  /** An event that holds itself, which JSON can't. */
  record Linked(List<Linked> next) {}

  static final class Endless {
    public Endless getSelf() {
      return this;
    }
  }

  protected TypedEventsConformance(Function<Path, DatabaseFixture> databases) {
    super(databases);
  }

  @Test
  void every_class_of_a_sealed_hierarchy_survives_under_its_stable_name() {
    Journal<SensorEvent> sensors = daybook.journal(SensorEvent.class);
    List<SensorEvent> events =
        List.of(new Started(), new Calibrated("c"), new Stopped(true), Signal.LOW, Signal.HIGH);

    for (SensorEvent event : events) {
      assertThat(sensors.append("s", ExpectedSeq.any(), event).data()).isEqualTo(event);
    }

    List<RecordedEvent<SensorEvent>> read = sensors.read(EventQuery.stream("s"));
    assertThat(read).extracting(RecordedEvent::data).isEqualTo(events);
    assertThat(read)
        .extracting(RecordedEvent::type)
        .containsExactly("Started", "sensor-calibrated", "Stopped", "Signal", "Signal");
    assertThat(EventTypes.ofSealed(SensorEvent.class).names())
        .containsExactlyInAnyOrder(
            "Started", "sensor-calibrated", "Stopped", "Reset", "Measured", "Signal");
  }

  @Test
  void values_of_every_usual_type_survive_a_round_trip() {
    Journal<SensorEvent> sensors = daybook.journal(SensorEvent.class);
    SensorEvent.Measured event = measured();

    sensors.append("s", ExpectedSeq.any(), event);

    SensorEvent.Measured read =
        (SensorEvent.Measured) sensors.read(EventQuery.stream("s")).get(0).data();
    assertThat(read).usingRecursiveComparison().withStrictTypeChecking().isEqualTo(event);
    assertThat(read.price()).as("with its scale").isEqualTo(new BigDecimal("1.10"));
    assertThat(read.zoned()).as("with its zone").isEqualTo(event.zoned());
    assertThat(read.offset()).as("with its offset").isEqualTo(event.offset());
    assertThat(List.copyOf(read.counts().entrySet()))
        .isEqualTo(List.copyOf(event.counts().entrySet()));
  }

  @Test
  void decimals_keep_their_scale_and_large_numbers_their_digits() {
    Journal<Object> numbers =
        daybook.journal(EventTypes.of(Object.class).with("decimal", BigDecimal.class));
    for (String number :
        List.of(
            "0", "0.00", "-1.10", "1E+3", "123456789012345678901234567890.123456789", "1E-30")) {
      numbers.append("n", ExpectedSeq.any(), new BigDecimal(number));

      assertThat(numbers.read(EventQuery.stream("n").newestFirst().limit(1)).get(0).data())
          .isEqualTo(new BigDecimal(number));
    }
  }

  /** Jackson by itself reads no number as long as this. */
  @Test
  void what_was_written_can_be_read_however_many_digits_it_has() {
    BigInteger large = BigInteger.TEN.pow(1_200);
    Journal<Object> numbers =
        daybook.journal(EventTypes.of(Object.class).with("number", BigInteger.class));

    numbers.append("s", ExpectedSeq.any(), large);

    assertThat(numbers.read(EventQuery.stream("s")).get(0).data()).isEqualTo(large);
    assertThat(daybook.maintenance().verify().isIntact()).isTrue();
  }

  @Test
  void registered_classes_have_the_names_they_were_given() {
    EventTypes<Object> types =
        EventTypes.of(Object.class).with("text", String.class).with("place", Place.class);
    Journal<Object> objects = daybook.journal(types);

    objects.append(Append.of("o", ExpectedSeq.any(), "hello", new Place("x", 1.5)));

    assertThat(objects.read(EventQuery.stream("o")))
        .extracting(RecordedEvent::type)
        .containsExactly("text", "place");
    assertThat(objects.read(EventQuery.stream("o")))
        .extracting(RecordedEvent::data)
        .containsExactly("hello", new Place("x", 1.5));
    assertThat(objects.read(EventQuery.all().ofTypes("place"))).hasSize(1);
  }

  @Test
  void a_class_can_be_renamed_when_its_stable_name_stays() {
    daybook
        .journal(EventTypes.of(Object.class).with("moved", ParcelEvent.Moved.class))
        .append("a", ExpectedSeq.any(), new ParcelEvent.Moved(3));

    Journal<Object> renamed =
        daybook.journal(EventTypes.of(Object.class).with("moved", Reset.class));

    assertThat(renamed.read(EventQuery.all()).get(0).data()).isEqualTo(new Reset(3, null));
  }

  @Test
  void hierarchies_that_can_not_be_listed_and_names_given_twice_are_refused() {
    EventTypes<Object> types = EventTypes.of(Object.class).with("text", String.class);

    assertRefused(() -> EventTypes.ofSealed(Object.class), "not sealed");
    assertRefused(() -> EventTypes.ofSealed(SensorEvent.Opened.class), "non-sealed");
    assertRefused(() -> EventTypes.ofSealed(SensorEvent.Twins.class), "Twin");
    assertRefused(() -> types.with("text", Integer.class), "text");
    assertRefused(() -> types.with("other", String.class), "text");
    assertRefused(() -> types.with("list", List.class), "abstract");
    assertRefused(() -> types.with("", Integer.class), "empty");
  }

  @Test
  void an_unknown_type_is_readable_raw_and_a_clear_error_when_decoded() {
    EncodedEvent unknown = EncodedEvent.json("Unheard", "{\"a\":1}");
    appendMoves("a", 1);
    daybook.rawJournal().append("a", ExpectedSeq.any(), unknown);

    assertThat(journal.raw().read(EventQuery.stream("a")).get(1).data()).isEqualTo(unknown);
    EventDecodeException failure = failure(journal, "a");
    assertThat(failure).hasMessageContaining("Unheard").hasMessageContaining("a");
    assertThat(failure.streamId()).isEqualTo("a");
    assertThat(failure.seq()).isEqualTo(2);
    assertThat(failure.type()).isEqualTo("Unheard");
    assertThat(journal.read(EventQuery.all().ofTypes("Moved"))).hasSize(1);
    assertThat(journal.highestSeq("a")).isEqualTo(2);
  }

  @Test
  void a_payload_that_does_not_fit_or_an_unknown_codec_is_a_clear_error_when_decoded() {
    Map<String, EncodedEvent> misfits =
        Map.of(
            "text-for-number", EncodedEvent.json("Moved", "{\"leg\":\"third\"}"),
            "array", EncodedEvent.json("Moved", "[]"),
            "broken", EncodedEvent.json("Moved", "{\"leg\":"),
            "empty", EncodedEvent.json("Moved", ""),
            "null", EncodedEvent.json("Moved", "null"),
            "codec", new EncodedEvent("Moved", "avro", new byte[] {1, 2}));
    misfits.forEach(
        (streamId, event) -> {
          daybook.rawJournal().append(streamId, ExpectedSeq.any(), event);

          EventDecodeException failure = failure(journal, streamId);
          assertThat(failure.streamId()).isEqualTo(streamId);
          assertThat(failure.seq()).isEqualTo(1);
          assertThat(failure.type()).isEqualTo("Moved");
          assertThat(journal.raw().read(EventQuery.stream(streamId)).get(0).data())
              .isEqualTo(event);
        });
    assertThat(failure(journal, "codec")).hasMessageContaining("avro");
  }

  @Test
  void fields_that_are_unknown_here_are_left_out() {
    daybook
        .rawJournal()
        .append("a", ExpectedSeq.any(), EncodedEvent.json("Moved", "{\"leg\":4,\"new\":true}"));

    assertThat(readStream("a").get(0).data()).isEqualTo(ParcelEvent.moved(4));
  }

  @Test
  void an_event_that_can_not_be_encoded_writes_nothing_of_its_append() {
    Journal<Object> objects =
        daybook.journal(
            EventTypes.of(Object.class).with("endless", Endless.class).with("text", String.class));

    assertThatThrownBy(
            () -> objects.append(Append.of("a", ExpectedSeq.any(), "fine", new Endless())))
        .isInstanceOf(EventEncodeException.class)
        .hasMessageContaining("endless");
    assertThat(journal.stats().events()).isZero();
    assertThat(journal.highestSeq("a")).isZero();
  }

  /** The path to the place where the nesting is too deep has a thousand steps. */
  @Test
  void an_object_that_contains_itself_is_refused_by_a_short_message() {
    Linked itself = new Linked(new ArrayList<>());
    itself.next().add(itself);
    Journal<Linked> linked =
        daybook.journal(EventTypes.of(Linked.class).with("linked", Linked.class));

    assertThatThrownBy(() -> linked.append("a", ExpectedSeq.any(), itself))
        .isInstanceOf(EventEncodeException.class)
        .message()
        .hasSizeLessThan(1_200)
        .endsWith("…");
    assertThatThrownBy(() -> daybook.snapshots(Linked.class).save("a", 1, itself))
        .isInstanceOf(SnapshotEncodeException.class)
        .message()
        .hasSizeLessThan(1_200)
        .endsWith("…");
  }

  @Test
  void as_many_levels_as_the_limit_says_are_written_and_read() throws Exception {
    FutureTask<Void> deep = new FutureTask<>(this::writeAndReadTheDeepest, null);
    new Thread(null, deep, "deep", LARGE_STACK_BYTES).start();
    Await.result(deep);
  }

  private void writeAndReadTheDeepest() {
    EventTypes<Linked> types = EventTypes.of(Linked.class).with("linked", Linked.class);
    Linked deepest = nested(Limits.MAX_JSON_NESTING);
    for (Codecs codecs : List.of(Codecs.json(), Codecs.cbor())) {
      Journal<Linked> linked = daybook.journal(types, codecs);

      RecordedEvent<Linked> written = linked.append("a", ExpectedSeq.any(), deepest);

      assertThat(linked.read(EventQuery.stream("a").from(written.seq())))
          .extracting(RecordedEvent::data)
          .containsExactly(deepest);
      assertThatThrownBy(
              () -> linked.append("a", ExpectedSeq.any(), nested(Limits.MAX_JSON_NESTING + 2)))
          .isInstanceOf(EventEncodeException.class);
    }
  }

  /** An object with an array is two levels. */
  private static Linked nested(int levels) {
    Linked inner = new Linked(new ArrayList<>());
    for (int level = 2; level < levels; level += 2) {
      inner = new Linked(new ArrayList<>(List.of(inner)));
    }
    return inner;
  }

  @Test
  void a_mapper_of_the_users_own_is_used_for_both_ways() {
    openWith(this::writeNamesInUpperCamelCase);

    appendMoves("a", 1);

    assertThat(journal.raw().read(EventQuery.all()).get(0).data().text()).isEqualTo("{\"Leg\":1}");
    assertThat(readStream("a").get(0).data()).isEqualTo(ParcelEvent.moved(1));
  }

  /** Chooses a mapper that does. */
  protected void writeNamesInUpperCamelCase(DaybookBuilder options) {
    options.json(
        JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.UPPER_CAMEL_CASE)
            .build());
  }

  static SensorEvent.Measured measured() {
    ZonedDateTime zoned =
        ZonedDateTime.of(2026, 10, 25, 2, 30, 0, 123_456_789, ZoneId.of("Europe/Vienna"));
    return new SensorEvent.Measured(
        Instant.parse("2026-02-28T23:59:59.123456789Z"),
        LocalDate.of(-44, 3, 15),
        LocalTime.of(23, 59, 59, 1),
        LocalDateTime.of(2026, 1, 1, 0, 0),
        OffsetDateTime.parse("2026-03-01T12:00:00+05:45"),
        zoned,
        Duration.ofSeconds(90, 7),
        Period.of(1, 2, 3),
        YearMonth.of(2026, 2),
        new BigDecimal("1.10"),
        new BigInteger("123456789012345678901234567890"),
        new byte[] {0, 1, -1, 127, -128},
        Map.of("one", 1L, "\u00FCber \"quoted\"", Long.MIN_VALUE),
        Set.of("a", "b"),
        Optional.of("there"),
        Optional.empty(),
        List.of(new Place("north", 0.1), new Place("", -0.0)),
        UUID.fromString("00000000-0000-0001-0000-000000000002"),
        "\u0000\n \uD83D\uDE00 </script>",
        null,
        Signal.HIGH,
        'x',
        Double.MIN_VALUE,
        Float.MAX_VALUE);
  }

  private static EventDecodeException failure(Journal<?> journal, String streamId) {
    EventDecodeException failure =
        catchThrowableOfType(
            EventDecodeException.class, () -> journal.read(EventQuery.stream(streamId)));
    assertThat(failure).as(streamId).isNotNull();
    return failure;
  }

  private static void assertRefused(
      org.assertj.core.api.ThrowableAssert.ThrowingCallable call, String saying) {
    assertThatThrownBy(call).isInstanceOf(InvalidInputException.class).hasMessageContaining(saying);
  }
}
