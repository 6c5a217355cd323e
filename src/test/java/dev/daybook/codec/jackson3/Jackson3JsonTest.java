package dev.daybook.codec.jackson3;

import static dev.daybook.internal.jooq.Tables.SNAPSHOTS;
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
import dev.daybook.error.EventEncodeException;
import dev.daybook.error.InvalidInputException;
import dev.daybook.fixture.StoreTables;
import dev.daybook.golden.GoldenFile;
import dev.daybook.journal.EncodedEvent;
import dev.daybook.journal.EventQuery;
import dev.daybook.journal.EventTypes;
import dev.daybook.journal.ExpectedSeq;
import dev.daybook.journal.Journal;
import dev.daybook.journal.RecordedEvent;
import dev.daybook.snapshot.SnapshotStore;
import dev.daybook.testing.DecisionFixture;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
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
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
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
  private final Codecs jackson3 = Codecs.json(codec());
  private final Journal<Sample> byTwo = daybook.journal(Sample.class);
  private final Journal<Sample> byThree = byTwo.with(jackson3);

  @TempDir private Path directory;

  private static TreeCodec codec() {
    return Jackson3Json.of(JsonMapper.builder().build());
  }

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
        .map(event -> shown(event.data()))
        .toList();
  }

  private static String shown(Sample sample) {
    return sample.toString().replaceAll("\\[B@\\w+", "bytes");
  }

  @Test
  void snapshots_by_both_are_the_golden_file_byte_for_byte_and_each_loads_the_other_s() {
    GoldenFile golden = new GoldenFile("stored-snapshots.txt", "daybook.json.update");
    Path file = directory.resolve("snapshots.db");
    try (Daybook two = Daybook.open(file)) {
      save("two", two);
    }
    try (Daybook three = Daybook.builder(file).json(codec()).build()) {
      save("three", three);
      golden.check(snapshots("two", three));
      golden.check(snapshots("three", three));
      assertThat(load("two", three)).isEqualTo(load("three", three)).hasSameSizeAs(SAMPLES);
    }
    try (Daybook two = Daybook.open(file)) {
      assertThat(load("three", two)).isEqualTo(load("two", two)).hasSameSizeAs(SAMPLES);
    }
  }

  private static void save(String prefix, Daybook store) {
    SnapshotStore<Sample> snapshots = store.snapshots(Sample.class);
    for (int i = 0; i < SAMPLES.size(); i++) {
      snapshots.save(prefix + "-" + i, 1, SAMPLES.get(i));
    }
  }

  private static List<String> load(String prefix, Daybook store) {
    SnapshotStore<Sample> snapshots = store.snapshots(Sample.class);
    return IntStream.range(0, SAMPLES.size())
        .mapToObj(i -> snapshots.loadLatest(prefix + "-" + i).orElseThrow().state())
        .map(Jackson3JsonTest::shown)
        .toList();
  }

  /** With the shapes of the classes, by which one finds that a class has changed. */
  private static String snapshots(String prefix, Daybook store) {
    return store.transactionResult(
        transaction ->
            StoreTables.in(transaction)
                .selectFrom(SNAPSHOTS)
                .where(SNAPSHOTS.STREAM_ID.startsWith(prefix))
                .orderBy(SNAPSHOTS.STREAM_ID)
                .fetch(
                    row ->
                        "%s %s %s %s%n"
                            .formatted(
                                row.get(SNAPSHOTS.STATE_TYPE),
                                row.get(SNAPSHOTS.SHAPE),
                                row.get(SNAPSHOTS.CODEC),
                                new String(row.get(SNAPSHOTS.STATE), StandardCharsets.UTF_8)))
                .stream()
                .collect(Collectors.joining()));
  }

  private void raw(String type, String json) {
    daybook
        .rawJournal()
        .append(
            "raw",
            ExpectedSeq.any(),
            new EncodedEvent(type, Codecs.JSON, json.getBytes(StandardCharsets.UTF_8)));
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
  void a_custom_codec_decides_itself_and_maps_no_snapshots() {
    Codecs custom = Codecs.json(new Custom(codec(), Codecs.JSON));
    for (Codecs codecs :
        List.of(custom.refusingUnknownFields(), custom.toleratingMissingFields())) {
      assertThatThrownBy(() -> daybook.journal(EventTypes.ofSealed(Sample.class), codecs))
          .isInstanceOf(InvalidInputException.class)
          .hasMessageEndingWith("Custom decides itself about unknown and missing fields");
    }
    assertThatThrownBy(() -> Daybook.builder(":memory:").json(new Custom(codec(), Codecs.JSON)))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("expected that of Jackson3Json, or a mapper");
  }

  @Test
  void a_custom_codec_is_read_back_and_must_be_the_same() {
    Journal<Sample> journal = byTwo.with(Codecs.json(new Custom(codec(), Codecs.JSON)));
    journal.append("custom", ExpectedSeq.any(), new Sample.Named("Ann"));
    assertThat(read("custom", journal)).isEqualTo(read("custom", byTwo));

    Journal<Changed> changing =
        daybook.journal(
            EventTypes.of(Changed.class).with("changed", Changed.class),
            Codecs.json(new Custom(codec(), Codecs.JSON)));
    assertThatThrownBy(() -> changing.append("changed", ExpectedSeq.any(), new Changed("x")))
        .isInstanceOf(EventEncodeException.class)
        .hasMessageContaining("it.text is written as string and read back as string");
  }

  /** Has a tree of Jackson 3. */
  sealed interface Treed {
    record Planted(tools.jackson.databind.JsonNode tree) implements Treed {}
  }

  @Test
  void a_fixture_maps_by_it_as_well() {
    DecisionFixture<Integer, Treed> two =
        DecisionFixture.of(Treed.class, () -> 0, (planted, event) -> planted + 1);
    Treed planted = new Treed.Planted(JsonMapper.builder().build().createObjectNode().put("n", 1));

    two.withJson(codec()).givenNothing().when(state -> List.of(planted)).then(planted);
    assertThatThrownBy(two::givenNothing)
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("Planted.tree");
  }

  /** Another value comes back. */
  record Changed(String text) {
    public Changed {
      text = text + "!";
    }
  }

  @Test
  void a_codec_in_place_of_json_must_have_its_name() {
    TreeCodec other = new Custom(codec(), "other");
    assertThatThrownBy(() -> Codecs.json(other))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("has the name \"other\"; expected \"json\"");
  }

  /** A codec of which nothing else is known. */
  private record Custom(TreeCodec codec, String name) implements TreeCodec {
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
