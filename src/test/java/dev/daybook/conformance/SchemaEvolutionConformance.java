package dev.daybook.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.daybook.codec.Codecs;
import dev.daybook.codec.TreeCodec;
import dev.daybook.conformance.SchemaEvolutionConformance.Order.OrderPlaced;
import dev.daybook.conformance.SchemaEvolutionConformance.Order.OrderReturned;
import dev.daybook.conformance.SchemaEvolutionConformance.Sale.Returned;
import dev.daybook.conformance.SchemaEvolutionConformance.Sale.Sold;
import dev.daybook.error.EventDecodeException;
import dev.daybook.journal.Append;
import dev.daybook.journal.EncodedEvent;
import dev.daybook.journal.EventQuery;
import dev.daybook.journal.EventTypes;
import dev.daybook.journal.ExpectedSeq;
import dev.daybook.journal.Journal;
import dev.daybook.journal.RecordedEvent;
import dev.daybook.journal.TypeName;
import dev.daybook.journal.Upcaster;
import dev.daybook.payload.Compression;
import dev.daybook.payload.KeyRing;
import dev.daybook.payload.PayloadOptions;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Events that outlive their classes: names, aliases, versions and upcasters. */
public abstract class SchemaEvolutionConformance extends JournalConformance {

  /** The classes of the first release. */
  sealed interface Sale {
    record Sold(String sku, int amount, String customer, BigDecimal price) implements Sale {}

    record Returned(String sku) implements Sale {}
  }

  /** The classes of a later one: renamed, and changed twice. */
  sealed interface Order {
    @TypeName(value = "order-placed", aliases = "Sold", version = 3)
    record OrderPlaced(String sku, int quantity, Customer customer, BigDecimal price)
        implements Order {}

    @TypeName(value = "order-returned", aliases = "Returned")
    record OrderReturned(String sku) implements Order {}
  }

  record Customer(String first, String last) {}

  /** The number of the leg as text, which is how its second version has it. */
  record Leg(String number) {}

  private final AtomicInteger renamings = new AtomicInteger();
  private final AtomicInteger splittings = new AtomicInteger();

  protected SchemaEvolutionConformance(Function<Path, DatabaseFixture> databases) {
    super(databases);
  }

  @Test
  void a_stream_is_read_through_renames_and_two_upcasters_and_goes_on_in_cbor() {
    Journal<Sale> sales = daybook.journal(Sale.class);
    sales.append(
        Append.of(
            "o",
            ExpectedSeq.noStream(),
            new Sold("tea", 2, "Ann Smith", new BigDecimal("1.10")),
            new Returned("tea"),
            new Sold("pot", 1, "Bob Jones", new BigDecimal("20.00"))));
    List<Order> expected =
        List.of(
            new OrderPlaced("tea", 2, new Customer("Ann", "Smith"), new BigDecimal("1.10")),
            new OrderReturned("tea"),
            new OrderPlaced("pot", 1, new Customer("Bob", "Jones"), new BigDecimal("20.00")));
    Journal<Order> orders = daybook.journal(orderTypes());

    assertThat(orders.read(EventQuery.stream("o")))
        .extracting(RecordedEvent::data)
        .isEqualTo(expected);

    Order more = new OrderPlaced("cup", 4, new Customer("Cy", "Twombly"), new BigDecimal("0.50"));
    orders.with(Codecs.cbor()).append("o", ExpectedSeq.exactly(3), more);

    List<RecordedEvent<Order>> whole = daybook.journal(orderTypes()).read(EventQuery.stream("o"));
    assertThat(whole)
        .extracting(RecordedEvent::data)
        .isEqualTo(Stream.concat(expected.stream(), Stream.of(more)).toList());
    assertThat(whole)
        .extracting(RecordedEvent::type)
        .as("as they are stored")
        .containsExactly("Sold", "Returned", "Sold", "order-placed");
    assertThat(rawEvents("o"))
        .extracting(EncodedEvent::codec)
        .containsExactly("json", "json", "json", "cbor");
    assertThat(rawEvents("o")).extracting(EncodedEvent::schemaVersion).containsExactly(1, 1, 1, 3);
  }

  @Test
  void each_upcaster_runs_once_for_each_event_that_is_read_and_not_for_current_ones() {
    appendSales("o", 3);
    Journal<Order> orders = daybook.journal(orderTypes());
    orders.append("o", ExpectedSeq.any(), placed());
    assertThat(renamings).as("by appending").hasValue(0);

    assertThat(orders.read(EventQuery.stream("o"))).hasSize(4);
    assertThat(List.of(renamings.get(), splittings.get())).as("read").containsExactly(3, 3);
    try (Stream<RecordedEvent<Order>> events = orders.stream(EventQuery.all())) {
      assertThat(events.toList()).hasSize(4);
    }
    assertThat(List.of(renamings.get(), splittings.get())).as("streamed").containsExactly(6, 6);
    RecordedEvent<EncodedEvent> raw = daybook.rawJournal().read(EventQuery.all()).get(0);
    assertThat(renamings).as("read raw").hasValue(6);
    orders.decode(raw);
    assertThat(List.of(renamings.get(), splittings.get())).as("decoded").containsExactly(7, 7);
    orders.read(EventQuery.stream("o").from(4));
    assertThat(renamings).as("a current event").hasValue(7);
  }

  @Test
  void an_append_that_is_repeated_after_the_change_returns_what_was_recorded_upcast_once() {
    Journal<Sale> sales = daybook.journal(Sale.class);
    sales.append(Append.of("o", ExpectedSeq.any(), sold()).withIdempotencyKey("k"));
    Journal<Order> orders = daybook.journal(orderTypes());

    List<RecordedEvent<Order>> recorded =
        orders.append(Append.of("o", ExpectedSeq.any(), placed()).withIdempotencyKey("k"));

    assertThat(recorded).isEqualTo(orders.read(EventQuery.stream("o")));
    assertThat(renamings).hasValue(2);
  }

  @Test
  void an_event_begins_where_its_own_version_is_in_the_chain() {
    daybook
        .rawJournal()
        .append(
            "o",
            ExpectedSeq.any(),
            version(
                2,
                "order-placed",
                "{\"sku\":\"tea\",\"quantity\":2,\"customer\":\"Ann Smith\",\"price\":null}"));
    daybook
        .rawJournal()
        .append(
            "o",
            ExpectedSeq.any(),
            version(
                3,
                "Sold",
                "{\"sku\":\"tea\",\"quantity\":2,\"customer\":{\"first\":\"Ann\",\"last\":\"Smith\"},\"price\":null}"));

    List<RecordedEvent<Order>> read = daybook.journal(orderTypes()).read(EventQuery.stream("o"));

    assertThat(read.get(0).data()).isEqualTo(read.get(1).data());
    assertThat(List.of(renamings.get(), splittings.get())).containsExactly(0, 1);
  }

  @Test
  void a_class_is_queried_with_all_the_names_it_was_stored_under() {
    appendSales("o", 2);
    EventTypes<Order> types = orderTypes();
    Journal<Order> orders = daybook.journal(types);
    orders.append(Append.of("o", ExpectedSeq.any(), placed(), new OrderReturned("tea")));
    Set<String> names = types.namesOf(OrderPlaced.class);

    assertThat(names).containsExactly("order-placed", "Sold");
    assertThat(orders.read(EventQuery.all().ofTypes(names)))
        .extracting(RecordedEvent::type)
        .containsExactly("Sold", "Sold", "order-placed");
    assertThat(orders.read(EventQuery.stream("o").ofTypes(names))).hasSize(3);
    assertThat(orders.read(EventQuery.stream("o").ofTypes("order-placed"))).hasSize(1);
  }

  @Test
  void a_type_becomes_another_one_by_an_upcaster() {
    appendMoves("a", 2);
    EventTypes<Object> types =
        EventTypes.of(Object.class)
            .with("leg", Leg.class)
            .withVersion(Leg.class, 2)
            .upcast("Moved", 1, "leg", 1, renaming("leg", "number"))
            .upcast("leg", 1, data -> object(data).put("number", data.get("number").asText()));

    assertThat(daybook.journal(types).read(EventQuery.stream("a")))
        .extracting(RecordedEvent::data)
        .containsExactly(new Leg("1"), new Leg("2"));
    assertThat(types.namesOf(Leg.class)).containsExactly("leg", "Moved");
  }

  @Test
  void upcasters_work_on_cbor_as_on_json_and_no_digit_is_lost() {
    List<String> prices =
        List.of("1.10", "0.00", "123456789012345678901234567890.123456789", "1E+3", "1E-30");
    for (Codecs codecs : List.of(Codecs.json(), Codecs.cbor())) {
      for (String price : prices) {
        daybook
            .journal(Sale.class)
            .with(codecs)
            .append("o", ExpectedSeq.any(), new Sold("tea", 2, "Ann Smith", new BigDecimal(price)));
      }
    }

    assertThat(daybook.journal(orderTypes()).read(EventQuery.stream("o")))
        .extracting(event -> ((OrderPlaced) event.data()).price().toString())
        .isEqualTo(Stream.concat(prices.stream(), prices.stream()).toList());
  }

  @Test
  void values_of_every_usual_type_survive_an_upcaster() {
    EventTypes<Object> before =
        EventTypes.of(Object.class).with("measured", SensorEvent.Measured.class);
    EventTypes<Object> after =
        before
            .withVersion(SensorEvent.Measured.class, 2)
            .upcast("measured", 1, data -> object(data).put("text", "upcast"));
    for (Codecs codecs : List.of(Codecs.json(), Codecs.cbor())) {
      SensorEvent.Measured event = TypedEventsConformance.measured();
      daybook.journal(before).with(codecs).append("s", ExpectedSeq.any(), event);

      assertThat(daybook.journal(after).read(EventQuery.stream("s").newestFirst()).get(0).data())
          .as(codecs.writes())
          .usingRecursiveComparison()
          .ignoringFields("text", "places")
          .isEqualTo(event);
    }
  }

  @Test
  void events_that_are_compressed_and_encrypted_are_upcast_too() {
    PayloadOptions options =
        PayloadOptions.plain()
            .compressed(Compression.GZIP)
            .encrypted(KeyRing.of("k1", SnapshotConformance.key(1)));
    for (Codecs codecs : List.of(Codecs.json(), Codecs.cbor())) {
      daybook.journal(Sale.class).with(codecs).with(options).append("o", ExpectedSeq.any(), sold());
    }

    assertThat(daybook.journal(orderTypes()).with(options).read(EventQuery.stream("o")))
        .extracting(RecordedEvent::data)
        .containsOnly(placed())
        .hasSize(2);
  }

  @Test
  void a_tree_codec_of_ones_own_is_upcast_and_another_codec_is_a_clear_error() {
    ReversedJson own = new ReversedJson();
    Codecs reversed = Codecs.writing(own);
    daybook.journal(Sale.class).with(reversed).append("o", ExpectedSeq.any(), sold());
    LegCodec legs = new LegCodec();
    journal.with(Codecs.writing(legs)).append("a", ExpectedSeq.any(), ParcelEvent.moved(1));
    assertThat(legs.versions).as("read back once").containsExactly(1);
    legs.versions.clear();
    EventTypes<ParcelEvent> later =
        EventTypes.ofSealed(ParcelEvent.class).withVersion(ParcelEvent.Moved.class, 2);

    assertThat(daybook.journal(orderTypes()).with(reversed).read(EventQuery.stream("o")))
        .extracting(RecordedEvent::data)
        .containsExactly(placed());
    assertThat(own.trees).isEqualTo(1);
    daybook.journal(orderTypes()).with(reversed).append("o", ExpectedSeq.any(), placed());
    assertThat(daybook.journal(orderTypes()).with(reversed).read(EventQuery.stream("o").from(2)))
        .extracting(RecordedEvent::data)
        .containsExactly(placed());
    assertThat(own.trees).as("a current event needs no tree").isEqualTo(1);
    assertThatThrownBy(
            () ->
                daybook
                    .journal(later.upcast("Moved", 1, data -> data))
                    .with(Codecs.json().reading(legs))
                    .read(EventQuery.stream("a")))
        .isInstanceOf(EventDecodeException.class)
        .hasMessageContaining("schema version is 1")
        .hasMessageContaining("\"leg\" gives upcasters no tree");
    assertThat(legs.versions).isEmpty();
    assertThat(
            daybook
                .journal(later)
                .with(Codecs.json().reading(legs))
                .read(EventQuery.stream("a"))
                .get(0)
                .data())
        .as("a codec that knows versions by itself")
        .isEqualTo(ParcelEvent.moved(1));
    assertThat(legs.versions).containsExactly(1);
  }

  @Test
  void a_version_that_is_too_new_or_leads_nowhere_is_a_clear_error() {
    EventTypes<ParcelEvent> third =
        EventTypes.ofSealed(ParcelEvent.class)
            .withVersion(ParcelEvent.Moved.class, 3)
            .upcast("Moved", 2, data -> data)
            .upcast("Gone", 2, "Moved", 2, data -> data);
    daybook.rawJournal().append("newer", ExpectedSeq.any(), version(4, "Moved", "{\"leg\":1}"));
    daybook.rawJournal().append("older", ExpectedSeq.any(), version(1, "Moved", "{\"leg\":1}"));
    daybook.rawJournal().append("gone", ExpectedSeq.any(), version(1, "Gone", "{\"leg\":1}"));

    assertUndecodable(third, "newer", "schema version is 4, and version 3 is the latest");
    assertUndecodable(
        third, "older", "version is 1, and no upcaster leads from there to version 3");
    assertUndecodable(third, "gone", "no upcaster starts from its schema version 1");
    assertThat(rawEvents("newer").get(0).schemaVersion()).isEqualTo(4);
  }

  @Test
  void an_upcaster_that_fails_or_makes_nothing_is_a_clear_error() {
    EventTypes<ParcelEvent> second =
        EventTypes.ofSealed(ParcelEvent.class).withVersion(ParcelEvent.Moved.class, 2);
    appendMoves("a", 1);
    daybook.rawJournal().append("null", ExpectedSeq.any(), version(1, "Moved", "null"));
    daybook.rawJournal().append("empty", ExpectedSeq.any(), version(1, "Moved", ""));
    daybook.rawJournal().append("cut", ExpectedSeq.any(), version(1, "Moved", "{"));

    assertUndecodable(
        second.upcast(
            "Moved",
            1,
            data -> {
              throw new IllegalStateException("no such road");
            }),
        "a",
        "the upcaster \"Moved\" version 1 -> \"Moved\" version 2 failed: no such road");
    assertUndecodable(
        second.upcast("Moved", 1, data -> NullNode.getInstance()), "a", "made null of it");
    for (String streamId : List.of("null", "empty")) {
      assertUndecodable(second.upcast("Moved", 1, data -> data), streamId, "the payload is null");
    }
    assertUndecodable(second.upcast("Moved", 1, data -> data), "cut", "does not fit");
    assertUndecodable(
        second.upcast("Moved", 1, data -> object(data).put("leg", "x")), "a", "does not fit");
  }

  @Test
  void unknown_fields_of_an_upcast_event_are_refused_by_choice() {
    appendMoves("a", 1);
    EventTypes<ParcelEvent> types =
        EventTypes.ofSealed(ParcelEvent.class)
            .withVersion(ParcelEvent.Moved.class, 2)
            .upcast("Moved", 1, data -> object(data).put("weather", "fine"));
    Journal<ParcelEvent> moved = daybook.journal(types);

    assertThat(moved.read(EventQuery.stream("a")).get(0).data()).isEqualTo(ParcelEvent.moved(1));
    assertThatThrownBy(
            () -> moved.with(Codecs.json().refusingUnknownFields()).read(EventQuery.stream("a")))
        .isInstanceOf(EventDecodeException.class)
        .hasMessageContaining("\"weather\"");
  }

  @Test
  void a_raw_journal_keeps_versions_as_they_are() {
    EncodedEvent seventh = version(7, "Anything", "{}");

    RecordedEvent<EncodedEvent> recorded =
        daybook.rawJournal().append("a", ExpectedSeq.any(), seventh);
    daybook.rawJournal().append("b", ExpectedSeq.any(), recorded.data());

    assertThat(rawEvents("a")).containsExactly(seventh);
    assertThat(rawEvents("b")).containsExactly(seventh);
    assertThat(EncodedEvent.json("Anything", "{}").schemaVersion()).isEqualTo(1);
  }

  private EventTypes<Order> orderTypes() {
    Upcaster rename = renaming("amount", "quantity");
    return EventTypes.ofSealed(Order.class)
        .upcast(
            "Sold",
            1,
            "order-placed",
            2,
            data -> {
              renamings.incrementAndGet();
              return rename.upcast(data);
            })
        .upcast(
            "order-placed",
            2,
            data -> {
              splittings.incrementAndGet();
              List<String> name = List.of(data.get("customer").textValue().split(" ", 2));
              object(data).putObject("customer").put("first", name.get(0)).put("last", name.get(1));
              return data;
            });
  }

  private static Upcaster renaming(String before, String after) {
    return data -> object(data).set(after, object(data).remove(before));
  }

  private static ObjectNode object(JsonNode data) {
    return (ObjectNode) data;
  }

  private static Sold sold() {
    return new Sold("tea", 2, "Ann Smith", new BigDecimal("1.10"));
  }

  private static OrderPlaced placed() {
    return new OrderPlaced("tea", 2, new Customer("Ann", "Smith"), new BigDecimal("1.10"));
  }

  private void appendSales(String streamId, int count) {
    for (int i = 0; i < count; i++) {
      daybook.journal(Sale.class).append(streamId, ExpectedSeq.any(), sold());
    }
  }

  private static EncodedEvent version(int version, String type, String json) {
    EncodedEvent event = EncodedEvent.json(type, json);
    return new EncodedEvent(type, version, event.codec(), event.payload(), null, null);
  }

  private void assertUndecodable(EventTypes<?> types, String streamId, String saying) {
    assertThatThrownBy(() -> daybook.journal(types).read(EventQuery.stream(streamId)))
        .isInstanceOf(EventDecodeException.class)
        .hasMessageContaining("event 1 of stream \"" + streamId + "\"")
        .hasMessageContaining(saying);
  }

  private List<EncodedEvent> rawEvents(String streamId) {
    return daybook.rawJournal().read(EventQuery.stream(streamId)).stream()
        .map(RecordedEvent::data)
        .toList();
  }

  /** A codec of one's own that has trees: JSON, back to front. */
  private static final class ReversedJson implements TreeCodec {

    private final JsonMapper mapper =
        JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();

    private int trees;

    @Override
    public String name() {
      return "nosj";
    }

    @Override
    public byte[] encode(Object value) throws IOException {
      return reversed(mapper.writeValueAsBytes(value));
    }

    @Override
    public <T> T decode(byte[] payload, Class<T> type, int schemaVersion) throws IOException {
      return mapper.readValue(reversed(payload), type);
    }

    @Override
    public JsonNode readTree(byte[] payload) throws IOException {
      trees++;
      return mapper.readTree(reversed(payload));
    }

    @Override
    public <T> T fromTree(JsonNode tree, Class<T> type) throws IOException {
      return mapper.treeToValue(tree, type);
    }

    private static byte[] reversed(byte[] bytes) {
      byte[] reversed = new byte[bytes.length];
      for (int i = 0; i < bytes.length; i++) {
        reversed[i] = bytes[bytes.length - 1 - i];
      }
      return reversed;
    }
  }
}
