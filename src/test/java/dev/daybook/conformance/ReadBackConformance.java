package dev.daybook.conformance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonTypeName;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import dev.daybook.DaybookBuilder;
import dev.daybook.codec.Codec;
import dev.daybook.codec.Codecs;
import dev.daybook.error.EventDecodeException;
import dev.daybook.error.EventEncodeException;
import dev.daybook.error.InvalidInputException;
import dev.daybook.journal.EncodedEvent;
import dev.daybook.journal.EventQuery;
import dev.daybook.journal.EventTypes;
import dev.daybook.journal.ExpectedSeq;
import dev.daybook.journal.Journal;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What is acknowledged can be read back: else it is refused, at the latest before it is stored. */
public abstract class ReadBackConformance extends JournalConformance {

  private static final String LONG_NUMBER = "12345678901234567.890";

  /** Has accessors that Jackson does not see. */
  static final class Fluent {
    private final String owner;

    Fluent() {
      this("nobody");
    }

    Fluent(String owner) {
      this.owner = owner;
    }

    String owner() {
      return owner;
    }
  }

  /** Jackson knows of it, and still sees nothing of it. */
  @JsonTypeName("annotated")
  static final class Annotated {
    private String owner = "Ann";

    String owner() {
      return owner;
    }
  }

  record Nested(Fluent money) {}

  record Unit() {}

  static final class Stateless {
    private static final Stateless ONE = new Stateless();
  }

  sealed interface Payment {
    record Cash(int amount) implements Payment {}

    record Card(String number) implements Payment {}
  }

  record Paid(String who, Payment how) {}

  record PaidTwice(List<Payment> how) {}

  @JsonTypeInfo(use = JsonTypeInfo.Id.NAME)
  @JsonSubTypes(@JsonSubTypes.Type(Half.Told.class))
  sealed interface Half {
    record Told() implements Half {}

    record Untold() implements Half {}
  }

  record Halves(Half half) {}

  @JsonTypeInfo(use = JsonTypeInfo.Id.NAME)
  @JsonSubTypes({@JsonSubTypes.Type(Whole.Left.class), @JsonSubTypes.Type(Whole.Right.class)})
  sealed interface Whole {
    record Left(int x) implements Whole {}

    record Right(@Nullable Wholes more) implements Whole {}
  }

  record Wholes(Whole whole) {}

  record Key(String a, String b) {}

  record Prices(Map<Key, BigDecimal> prices) {}

  record Looped(@Nullable Looped next, Map<Key, BigDecimal> prices) {}

  /** Its text is not what it is made of. */
  record Wrapped(String text) {}

  record Wraps(Map<Wrapped, Integer> counts) {}

  static final class NoCreator {
    private final String a;
    private final String b;

    NoCreator(String a, String b) {
      this.a = a;
      this.b = b;
    }

    public String getA() {
      return a;
    }

    public String getB() {
      return b;
    }
  }

  record HoldsNoCreator(Optional<List<NoCreator>> all) {}

  record Basket(List<String> items) {
    public boolean isEmpty() {
      return items.isEmpty();
    }

    public int getTotal() {
      return items.size();
    }
  }

  record Anything(Object value) {}

  record Numbers(Number number, Map<String, Object> map, Object object) {}

  record Tree(JsonNode node) {}

  static class Base {
    public int id;
  }

  static final class Derived extends Base {
    public int more;
  }

  record HoldsBase(Base base) {}

  record Tags(Set<String> tags) {}

  record Strict(int count, String owner) {}

  record Lenient(
      Optional<String> optional,
      OptionalInt number,
      @Nullable String nullable,
      @JsonProperty(defaultValue = "5") int five,
      @JsonProperty(defaultValue = "EUR") String currency,
      @JsonInclude(JsonInclude.Include.NON_NULL) String leftOut) {}

  /** Made without arguments. */
  @SuppressWarnings({"NullAway", "UnusedVariable"}) // What is in the fields is Jackson's doing.
  @JsonAutoDetect(fieldVisibility = JsonAutoDetect.Visibility.ANY)
  static final class Bean {
    private int count;
    private String owner;
    private String currency = "EUR";
    private @Nullable String note;
    private @Nullable Bean inner;
  }

  /** Has a final field that is set, and a list that is filled. */
  @SuppressWarnings("UnusedVariable") // What is in the fields is Jackson's doing.
  static final class Filled {
    @JsonProperty private final String owner;
    private final List<String> items = new ArrayList<>();

    Filled() {
      this("nobody");
    }

    Filled(String owner) {
      this.owner = owner;
    }

    public List<String> getItems() {
      return items;
    }

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Filled filled
          && owner.equals(filled.owner)
          && items.equals(filled.items);
    }

    @Override
    public int hashCode() {
      return owner.hashCode();
    }
  }

  static final class Made {
    private final String owner;
    private final int count;

    @JsonCreator
    Made(@JsonProperty("owner") String owner, @JsonProperty("count") int count) {
      this.owner = owner;
      this.count = count;
    }

    public String getOwner() {
      return owner;
    }

    public int getCount() {
      return count;
    }
  }

  protected ReadBackConformance(Function<Path, DatabaseFixture> databases) {
    super(databases);
  }

  @Test
  void a_class_whose_state_is_not_seen_is_refused_and_nothing_is_written() {
    for (Object event : List.of(new Fluent("Ann"), new Annotated(), new Nested(new Fluent("Bo")))) {
      assertThatThrownBy(() -> journalOf(event).append("s", ExpectedSeq.any(), event))
          .as(event.getClass().getSimpleName())
          .isInstanceOf(EventEncodeException.class)
          .hasMessageContaining("has the fields [owner]")
          .hasMessageContaining("make it a record");
    }
    openWith(this::mapEmptyObjects);

    assertThatThrownBy(
            () -> journalOf(new Fluent()).append("s", ExpectedSeq.any(), new Fluent("Ann")))
        .as("whatever the mapper says")
        .isInstanceOf(EventEncodeException.class);
    assertThat(everything()).isEmpty();
  }

  @Test
  void a_class_without_state_is_stored_as_nothing() {
    for (Object event : List.of(new Unit(), Stateless.ONE)) {
      Journal<Object> units = journalOf(event);
      units.append(event.getClass().getSimpleName(), ExpectedSeq.any(), event);

      assertThat(units.read(EventQuery.stream(event.getClass().getSimpleName())).get(0).data())
          .hasSameClassAs(event);
    }
  }

  @Test
  void what_can_never_be_read_is_refused_when_it_is_registered() {
    assertUnregistrable(Paid.class, "Paid.how", "is sealed", "@JsonSubTypes");
    assertUnregistrable(PaidTwice.class, "PaidTwice.how[]", "is sealed", "@JsonSubTypes");
    assertUnregistrable(Halves.class, "Halves.half", "Untold", "add it to @JsonSubTypes");
    assertUnregistrable(
        Prices.class,
        "Prices.prices",
        "Key",
        "constructor or a static factory that takes its text");
    assertUnregistrable(Looped.class, "Looped.prices", "constructor or a static factory");
    assertUnregistrable(NoCreator.class, "NoCreator", "no constructor", "@JsonCreator");
    assertUnregistrable(
        HoldsNoCreator.class, "HoldsNoCreator.all", "NoCreator", "make it a record");
    assertThat(everything()).isEmpty();
  }

  @Test
  void a_codec_of_ones_own_may_know_how_to_read_it() {
    EventTypes<Object> types = EventTypes.of(Object.class).with("paid", Paid.class);

    Journal<Object> own = daybook.journal(types, Codecs.writing(new PaidCodec()));
    own.append("s", ExpectedSeq.any(), new Paid("Ann", new Payment.Cash(7)));

    assertThat(own.read(EventQuery.stream("s")).get(0).data())
        .isEqualTo(new Paid("Ann", new Payment.Cash(7)));
    assertThatThrownBy(() -> own.with(Codecs.json())).isInstanceOf(InvalidInputException.class);
    assertThatThrownBy(
            () ->
                daybook
                    .journal(types, Codecs.writing(new WriteOnly()))
                    .append("s", ExpectedSeq.any(), new Paid("Ann", new Payment.Cash(7))))
        .isInstanceOf(EventEncodeException.class)
        .hasMessageContaining("could not be read back: written for good");
    assertThat(own.read(EventQuery.all())).hasSize(1);
  }

  @Test
  void a_sealed_type_that_jackson_is_told_of_survives_inside_an_event() {
    for (Object event :
        List.of(
            new Wholes(new Whole.Left(1)),
            new Wholes(new Whole.Right(new Wholes(new Whole.Left(2)))))) {
      assertSurvives(event);
    }
  }

  @Test
  void what_is_not_read_back_as_it_was_written_is_refused() {
    Wraps wraps = new Wraps(Map.of(new Wrapped("a"), 1));
    assertThatThrownBy(() -> journalOf(wraps).append("s", ExpectedSeq.any(), wraps))
        .isInstanceOf(EventEncodeException.class)
        .hasMessageContaining("counts");
    Derived derived = new Derived();
    HoldsBase holds = new HoldsBase(derived);
    assertThatThrownBy(() -> journalOf(holds).append("s", ExpectedSeq.any(), holds))
        .isInstanceOf(EventEncodeException.class)
        .hasMessageContaining("it.base.more is written as number and read back as nothing");
    assertThat(everything()).isEmpty();
  }

  @Test
  void a_class_in_which_anything_can_be_is_read_back_at_every_write() {
    Journal<Object> any = journalOf(new Anything(1));
    any.append("s", ExpectedSeq.any(), new Anything("text"));
    any.append("s", ExpectedSeq.any(), new Anything(Map.of("k", List.of(1, "two"))));
    any.append("s", ExpectedSeq.any(), new Anything(new BigDecimal("1.10")));
    any.append("s", ExpectedSeq.any(), new Anything(1.0E10));

    assertThatThrownBy(() -> any.append("s", ExpectedSeq.any(), new Anything(new Fluent("Ann"))))
        .isInstanceOf(EventEncodeException.class);
    assertThat(any.read(EventQuery.stream("s"))).hasSize(4);
  }

  @Test
  void a_record_with_properties_that_it_derives_is_read_by_a_journal_that_refuses_unknown_fields() {
    for (Codecs codecs : List.of(Codecs.json(), Codecs.cbor())) {
      Journal<Object> strict =
          journalOf(new Basket(List.of())).with(codecs.refusingUnknownFields());
      strict.append(codecs.writes(), ExpectedSeq.any(), new Basket(List.of("tea")));

      assertThat(strict.read(EventQuery.stream(codecs.writes())).get(0).data())
          .isEqualTo(new Basket(List.of("tea")));
    }
  }

  @Test
  void what_has_no_setter_survives_if_it_is_a_field_or_a_collection() {
    Filled filled = new Filled("Ann");
    filled.getItems().add("tea");
    assertSurvives(filled);
  }

  @Test
  void sets_may_be_read_back_in_another_order() {
    Tags many = new Tags(Set.of("a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k", "l"));
    assertSurvives(many);
  }

  @Test
  void numbers_without_a_type_keep_their_digits() {
    BigDecimal number = new BigDecimal(LONG_NUMBER);
    Numbers numbers = new Numbers(number, Map.of("n", number), List.of(number));
    for (Codecs codecs : List.of(Codecs.json(), Codecs.cbor())) {
      Journal<Object> journal = journalOf(numbers).with(codecs);
      journal.append(codecs.writes(), ExpectedSeq.any(), numbers);

      Numbers read = (Numbers) journal.read(EventQuery.stream(codecs.writes())).get(0).data();
      assertThat(read.number()).isEqualTo(number);
      assertThat(read.map()).isEqualTo(Map.of("n", number));
      assertThat(read.object()).isEqualTo(List.of(number));
    }
  }

  @Test
  void a_tree_of_jackson_2_keeps_its_digits_unless_another_library_maps() {
    if (!mapsTreesOfJackson2()) {
      EventTypes<Object> types = EventTypes.of(Object.class).with("event", Tree.class);
      assertThatThrownBy(() -> daybook.journal(types))
          .isInstanceOf(InvalidInputException.class)
          .hasMessageContaining("Tree.node");
      return;
    }
    BigDecimal number = new BigDecimal(LONG_NUMBER);
    Tree tree = new Tree(new ObjectMapper().createObjectNode().put("n", number));
    for (Codecs codecs : List.of(Codecs.json(), Codecs.cbor())) {
      Journal<Object> journal = journalOf(tree).with(codecs);
      journal.append(codecs.writes(), ExpectedSeq.any(), tree);

      Tree read = (Tree) journal.read(EventQuery.stream(codecs.writes())).get(0).data();
      assertThat(read.node().get("n").decimalValue()).isEqualTo(number);
      assertThat(read.node().get("n").asText()).isEqualTo(LONG_NUMBER);
    }
  }

  /** Whether an event may have a {@code JsonNode} of Jackson 2. */
  protected boolean mapsTreesOfJackson2() {
    return true;
  }

  @Test
  @SuppressWarnings("NullAway") // A class from elsewhere does not say what may be null.
  void a_missing_field_is_refused_and_can_be_tolerated() {
    assertMissing(Strict.class, "{\"owner\":\"Ann\"}", "count", new Strict(0, "Ann"));
    assertMissing(Strict.class, "{\"count\":1}", "owner", new Strict(1, null));
    assertMissing(Made.class, "{\"count\":1}", "owner", null);
    assertMissing(Made.class, "{\"owner\":\"Ann\"}", "count", null);
    assertMissing(Bean.class, "{\"count\":1}", "owner", null);
    assertMissing(Bean.class, "{\"owner\":\"Ann\"}", "count", null);
    assertMissing(
        Bean.class, "{\"count\":1,\"owner\":\"Ann\",\"inner\":{\"owner\":\"Bo\"}}", "count", null);
  }

  @Test
  @SuppressWarnings("NullAway") // A class from elsewhere does not say what may be null.
  void a_field_may_be_missing_where_the_class_says_so() {
    Lenient lenient = (Lenient) readJson(Lenient.class, "{}", Codecs.json());
    assertThat(lenient)
        .isEqualTo(new Lenient(Optional.empty(), OptionalInt.empty(), null, 5, "EUR", null));
    Bean bean = (Bean) readJson(Bean.class, "{\"count\":1,\"owner\":null}", Codecs.json());
    assertThat(bean.currency).isEqualTo("EUR");
    assertThat(bean.note).isNull();
    assertSurvives(new Strict(0, null));
    Bean outer = new Bean();
    outer.inner = new Bean();
    journalOf(outer).append("bean", ExpectedSeq.any(), outer);
  }

  @Test
  @SuppressWarnings("NullAway") // A class from elsewhere does not say what may be null.
  void a_mapper_that_leaves_out_nulls_can_read_what_it_has_written() {
    openWith(this::leaveOutDefaults);

    assertSurvives(new Strict(1, "Ann"));
    assertSurvives(new Strict(0, null));
  }

  @Test
  void null_for_a_number_is_no_zero() {
    assertThatThrownBy(
            () -> readJson(Strict.class, "{\"count\":null,\"owner\":\"Ann\"}", Codecs.json()))
        .isInstanceOf(EventDecodeException.class)
        .hasMessageContaining("\"count\"")
        .hasMessageContaining("is null");
  }

  @Test
  void a_mapper_that_can_not_be_copied_is_refused() {
    ObjectMapper mine = new ObjectMapper() {};

    assertThatThrownBy(() -> open(it -> it.json(mine)))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("copy()");
  }

  private void assertUnregistrable(Class<?> type, String... saying) {
    EventTypes<Object> types = EventTypes.of(Object.class).with("event", type);
    assertThatThrownBy(() -> daybook.journal(types))
        .as(type.getSimpleName())
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContainingAll(saying);
    assertThatThrownBy(() -> daybook.journal(types, Codecs.cbor()))
        .isInstanceOf(InvalidInputException.class);
  }

  private void assertSurvives(Object event) {
    for (Codecs codecs : List.of(Codecs.json(), Codecs.cbor())) {
      Journal<Object> events = journalOf(event).with(codecs);
      events.append("survives", ExpectedSeq.any(), event);

      assertThat(events.read(EventQuery.stream("survives").newestFirst().limit(1)).get(0).data())
          .isEqualTo(event);
    }
  }

  /** Also asserts what it is read as by a journal that tolerates it, unless that is not known. */
  private void assertMissing(
      Class<?> type, String json, String property, @Nullable Object tolerated) {
    assertThatThrownBy(() -> readJson(type, json, Codecs.json()))
        .as("%s of %s", type.getSimpleName(), json)
        .isInstanceOf(EventDecodeException.class)
        .hasMessageContaining("the property \"" + property + "\"")
        .hasMessageContaining("is missing");
    Object read = readJson(type, json, Codecs.json().toleratingMissingFields());
    assertThat(read).isInstanceOf(type);
    if (tolerated != null) {
      assertThat(read).isEqualTo(tolerated);
    }
  }

  private Object readJson(Class<?> type, String json, Codecs codecs) {
    String streamId = type.getSimpleName() + json;
    if (daybook.rawJournal().highestSeq(streamId) == 0) {
      daybook.rawJournal().append(streamId, ExpectedSeq.any(), EncodedEvent.json("event", json));
    }
    EventTypes<Object> types = EventTypes.of(Object.class).with("event", type);
    return daybook.journal(types, codecs).read(EventQuery.stream(streamId)).get(0).data();
  }

  private Journal<Object> journalOf(Object event) {
    return daybook.journal(EventTypes.of(Object.class).with("event", event.getClass()));
  }

  /** Chooses a mapper that writes a class without properties as an empty object. */
  protected void mapEmptyObjects(DaybookBuilder options) {
    options.json(JsonMapper.builder().disable(SerializationFeature.FAIL_ON_EMPTY_BEANS).build());
  }

  /** Chooses a mapper that leaves out what is null or 0. */
  @SuppressWarnings("deprecation") // The newer method is not in every Jackson.
  protected void leaveOutDefaults(DaybookBuilder options) {
    options.json(
        JsonMapper.builder()
            .addModule(new Jdk8Module())
            .serializationInclusion(JsonInclude.Include.NON_DEFAULT)
            .build());
  }

  /** Writes cash that somebody has paid. */
  private static class PaidCodec implements Codec {
    @Override
    public String name() {
      return "paid";
    }

    @Override
    public byte[] encode(Object value) {
      Paid paid = (Paid) value;
      return (paid.who() + " " + ((Payment.Cash) paid.how()).amount()).getBytes(UTF_8);
    }

    @Override
    public <T> T decode(byte[] payload, Class<T> type, int schemaVersion) {
      String[] parts = new String(payload, UTF_8).split(" ", -1);
      return type.cast(new Paid(parts[0], new Payment.Cash(Integer.parseInt(parts[1]))));
    }
  }

  private static final class WriteOnly extends PaidCodec {
    @Override
    public String name() {
      return "write-only";
    }

    @Override
    public <T> T decode(byte[] payload, Class<T> type, int schemaVersion) {
      throw new IllegalStateException("written for good");
    }
  }
}
