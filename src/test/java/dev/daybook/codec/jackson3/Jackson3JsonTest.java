package dev.daybook.codec.jackson3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.daybook.Daybook;
import dev.daybook.codec.Codecs;
import dev.daybook.codec.TreeCodec;
import dev.daybook.error.EventDecodeException;
import dev.daybook.error.EventEncodeException;
import dev.daybook.error.InvalidInputException;
import dev.daybook.golden.GoldenFile;
import dev.daybook.journal.EncodedEvent;
import dev.daybook.journal.EventQuery;
import dev.daybook.journal.EventTypes;
import dev.daybook.journal.ExpectedSeq;
import dev.daybook.journal.Journal;
import dev.daybook.journal.RecordedEvent;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** JSON by Jackson 3 beside Daybook's own, which is by Jackson 2. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class Jackson3JsonTest {

  enum Color {
    RED,
    GREEN;

    @Override
    public String toString() {
      return "the color " + name();
    }
  }

  @JsonTypeInfo(use = JsonTypeInfo.Id.NAME)
  @JsonSubTypes({
    @JsonSubTypes.Type(value = Circle.class, name = "circle"),
    @JsonSubTypes.Type(value = Square.class, name = "square")
  })
  sealed interface Shape {}

  record Circle(double radius) implements Shape {}

  record Square(int side) implements Shape {}

  sealed interface Sample {
    record Numbers(
        int whole,
        long large,
        double fraction,
        float small,
        boolean flag,
        BigDecimal amount,
        BigInteger huge)
        implements Sample {}

    record Texts(String zebra, String apple, char letter, Color color, UUID id) implements Sample {}

    record Times(
        Instant instant,
        LocalDate date,
        LocalDateTime local,
        OffsetDateTime offset,
        ZonedDateTime zoned,
        Duration duration)
        implements Sample {}

    @SuppressWarnings("ArrayRecordComponent") // Bytes are what is to be written.
    record Containers(
        List<String> list,
        Map<String, Integer> map,
        Optional<String> present,
        Optional<String> absent,
        byte[] bytes,
        Map<Color, Color> colors)
        implements Sample {}

    record Shapes(List<Shape> shapes, Shape one) implements Sample {}

    record Named(@JsonProperty("other_name") String name) implements Sample {}

    record Untyped(Object anything) implements Sample {}
  }

  private static final List<Sample> SAMPLES =
      List.of(
          new Sample.Numbers(
              1, Long.MAX_VALUE, 0.1, 1.5f, true, new BigDecimal("12.500"), BigInteger.TEN.pow(30)),
          new Sample.Numbers(-1, 0, 1e-10, 1e10f, false, new BigDecimal("1E+5"), BigInteger.ZERO),
          new Sample.Texts(
              "a/b \"quoted\" \\ \n \u0001 é", "€ 😀", 'x', Color.GREEN, new UUID(1, 2)),
          new Sample.Times(
              Instant.ofEpochSecond(1_700_000_000, 123_000_000),
              LocalDate.of(2026, 2, 28),
              LocalDateTime.of(2026, 2, 28, 1, 2),
              OffsetDateTime.of(2026, 2, 28, 1, 2, 3, 4_000, ZoneOffset.ofHours(2)),
              ZonedDateTime.of(2026, 2, 28, 1, 2, 3, 0, ZoneId.of("Europe/Zurich")),
              Duration.ofMillis(90_500)),
          new Sample.Containers(
              List.of("a", "b"),
              Map.of("one", 1),
              Optional.of("here"),
              Optional.empty(),
              new byte[] {0, 1, (byte) 255},
              Map.of(Color.RED, Color.GREEN)),
          new Sample.Shapes(List.of(new Circle(1), new Square(2)), new Circle(0.5)),
          new Sample.Named("Ann"),
          new Sample.Untyped(Map.of("amount", new BigDecimal("1.50"))));

  private final Daybook daybook = Daybook.inMemory();
  private final Codecs jackson3 = Codecs.json(Jackson3Json.of(JsonMapper.builder().build()));
  private final Journal<Sample> byTwo = daybook.journal(Sample.class);
  private final Journal<Sample> byThree = byTwo.with(jackson3);

  @AfterEach
  void close() {
    daybook.close();
  }

  @Test
  void both_write_the_golden_file_byte_for_byte_and_each_reads_the_other_s() {
    GoldenFile golden = new GoldenFile("stored-json.txt", "daybook.json.update");
    append("two", byTwo);
    append("three", byThree);

    golden.check(stored("two"));
    golden.check(stored("three"));
    assertThat(read("two", byThree)).isEqualTo(read("two", byTwo)).hasSameSizeAs(SAMPLES);
    assertThat(read("three", byTwo)).isEqualTo(read("three", byThree)).hasSameSizeAs(SAMPLES);
  }

  private static void append(String stream, Journal<Sample> journal) {
    SAMPLES.forEach(sample -> journal.append(stream, ExpectedSeq.any(), sample));
  }

  private String stored(String stream) {
    return byTwo.raw().read(EventQuery.stream(stream)).stream()
        .map(RecordedEvent::data)
        .peek(event -> assertThat(event.codec()).isEqualTo(Codecs.JSON))
        .map(event -> event.type() + " " + text(event) + "\n")
        .collect(Collectors.joining());
  }

  private static String text(EncodedEvent event) {
    return new String(event.payload(), StandardCharsets.UTF_8);
  }

  /** As text, because arrays are equal to none. */
  private static List<String> read(String stream, Journal<Sample> journal) {
    return journal.read(EventQuery.stream(stream)).stream()
        .map(event -> event.data().toString().replaceAll("\\[B@\\w+", "bytes"))
        .toList();
  }

  @Test
  void unknown_fields_are_left_out_and_missing_ones_refused() {
    raw("Named", "{\"other_name\":\"Ann\",\"more\":1}");
    assertThat(read("raw", byThree)).containsExactly("Named[name=Ann]");

    raw("Numbers", "{\"whole\":1}");
    assertThatThrownBy(() -> read("raw", byThree)).isInstanceOf(EventDecodeException.class);
  }

  private void raw(String type, String json) {
    daybook
        .rawJournal()
        .append(
            "raw",
            ExpectedSeq.any(),
            new EncodedEvent(type, Codecs.JSON, json.getBytes(StandardCharsets.UTF_8)));
  }

  sealed interface Lost {
    /** Jackson sees nothing in it. */
    final class Hidden implements Lost {
      private final String secret;

      Hidden(String secret) {
        this.secret = secret;
      }

      int length() {
        return secret.length();
      }
    }

    /** Another value comes back. */
    record Changed(String text) implements Lost {
      public Changed {
        text = text + "!";
      }
    }
  }

  @Test
  void what_can_not_be_read_back_is_refused_when_it_is_first_written() {
    Journal<Lost> journal = daybook.journal(EventTypes.ofSealed(Lost.class), jackson3);
    for (Lost lost : List.of(new Lost.Hidden("x"), new Lost.Changed("x"))) {
      assertThatThrownBy(() -> journal.append("lost", ExpectedSeq.any(), lost))
          .isInstanceOf(EventEncodeException.class);
    }
    assertThat(journal.highestSeq("lost")).isZero();
  }

  @Test
  void upcasters_work_on_what_it_reads() {
    EventTypes<Sample> types =
        EventTypes.ofSealed(Sample.class)
            .withVersion(Sample.Named.class, 2)
            .upcast("Named", 1, tree -> ((ObjectNode) tree).put("other_name", "Bob"));
    raw("Named", "{\"old\":1.50}");

    assertThat(read("raw", daybook.journal(types, jackson3))).containsExactly("Named[name=Bob]");
  }

  @Test
  void what_it_decides_itself_can_not_be_asked_for() {
    assertThatThrownBy(jackson3::refusingUnknownFields).isInstanceOf(InvalidInputException.class);
    assertThatThrownBy(jackson3::toleratingMissingFields).isInstanceOf(InvalidInputException.class);
    assertThat(jackson3.writes()).isEqualTo(Codecs.JSON);
    assertThat(jackson3.own()).containsOnlyKeys(Codecs.JSON);
  }

  @Test
  void a_codec_in_place_of_json_must_have_its_name() {
    TreeCodec other = new Renamed(Jackson3Json.of(JsonMapper.builder().build()));
    assertThatThrownBy(() -> Codecs.json(other))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("has the name \"other\"; expected \"json\"");
  }

  /** A codec under another name. */
  private record Renamed(TreeCodec codec) implements TreeCodec {
    @Override
    public String name() {
      return "other";
    }

    @Override
    public byte[] encode(Object value) throws IOException {
      return codec.encode(value);
    }

    @Override
    public <T> T decode(byte[] payload, Class<T> type, int schemaVersion) throws IOException {
      return codec.decode(payload, type, schemaVersion);
    }

    @Override
    public JsonNode readTree(byte[] payload) throws IOException {
      return codec.readTree(payload);
    }

    @Override
    public <T> T fromTree(JsonNode tree, Class<T> type) throws IOException {
      return codec.fromTree(tree, type);
    }
  }
}
