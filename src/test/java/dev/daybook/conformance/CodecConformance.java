package dev.daybook.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.dataformat.cbor.databind.CBORMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import dev.daybook.codec.Codec;
import dev.daybook.codec.Codecs;
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
import dev.daybook.payload.Compression;
import dev.daybook.payload.KeyRing;
import dev.daybook.payload.PayloadOptions;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** Codecs: one to write with, many to read with, and each row names its own. */
public abstract class CodecConformance extends JournalConformance {

  private static final EncodedEvent WITH_MORE =
      EncodedEvent.json("Moved", "{\"leg\":4,\"weather\":\"fine\"}");

  /** Takes the name of another codec. */
  private record Named(String name) implements Codec {
    @Override
    public byte[] encode(Object value) {
      throw new IllegalStateException("no such day");
    }

    @Override
    public <T> T decode(byte[] payload, Class<T> type, int schemaVersion) {
      throw new IllegalStateException("no such day");
    }
  }

  protected CodecConformance(Function<Path, DatabaseFixture> databases) {
    super(databases);
  }

  @Test
  void events_are_json_if_nothing_else_is_said() {
    appendMoves("a", 1);

    assertThat(rawEvents("a").get(0).codec()).isEqualTo("json");
    assertThat(rawEvents("a").get(0).text()).isEqualTo("{\"leg\":1}");
  }

  @Test
  void a_journal_written_with_one_codec_goes_on_with_another_in_the_same_stream() {
    LegCodec own = new LegCodec();
    Journal<ParcelEvent> legs = journal.with(Codecs.writing(own));
    Journal<ParcelEvent> cbor = journal.with(Codecs.cbor());
    appendMoves("a", 1);
    cbor.append("a", ExpectedSeq.exactly(1), ParcelEvent.moved(2));
    legs.append("a", ExpectedSeq.exactly(2), ParcelEvent.moved(3));
    journal.append("a", ExpectedSeq.exactly(3), ParcelEvent.moved(4));
    legs.append("a", ExpectedSeq.exactly(4), ParcelEvent.moved(5));

    assertThat(rawEvents("a"))
        .extracting(EncodedEvent::codec)
        .containsExactly("json", "cbor", "leg", "json", "leg");
    for (Codecs codecs :
        List.of(Codecs.writing(own), Codecs.json().reading(own), Codecs.cbor().reading(own))) {
      List<RecordedEvent<ParcelEvent>> read = journal.with(codecs).read(EventQuery.stream("a"));
      assertThat(read)
          .extracting(RecordedEvent::data)
          .containsExactly(
              ParcelEvent.moved(1),
              ParcelEvent.moved(2),
              ParcelEvent.moved(3),
              ParcelEvent.moved(4),
              ParcelEvent.moved(5));
    }
    assertThat(cbor.read(EventQuery.stream("a").to(2)))
        .isEqualTo(journal.read(EventQuery.stream("a").to(2)));
    assertThat(rawEvents("a").get(2).payload()).containsExactly(0, 0, 0, 3);
  }

  @Test
  void values_of_every_usual_type_survive_in_cbor() {
    Journal<SensorEvent> sensors = daybook.journal(SensorEvent.class).with(Codecs.cbor());
    SensorEvent.Measured event = TypedEventsConformance.measured();

    sensors.append("s", ExpectedSeq.any(), event);
    sensors.append("s", ExpectedSeq.any(), SensorEvent.Signal.HIGH);

    List<RecordedEvent<SensorEvent>> read = sensors.read(EventQuery.stream("s"));
    assertThat(read.get(0).data())
        .usingRecursiveComparison()
        .withStrictTypeChecking()
        .isEqualTo(event);
    assertThat(read.get(1).data()).isEqualTo(SensorEvent.Signal.HIGH);
    assertThat(((SensorEvent.Measured) read.get(0).data()).price())
        .isEqualTo(new BigDecimal("1.10"));
    assertThat(((SensorEvent.Measured) read.get(0).data()).zoned()).isEqualTo(event.zoned());
  }

  @Test
  void cbor_has_the_settings_of_the_mapper_that_json_has() throws IOException {
    assertThat(instant("cbor-default").isTextual()).isTrue();

    openWith(
        options ->
            options.json(
                JsonMapper.builder()
                    .addModules(new JavaTimeModule(), new Jdk8Module())
                    .enable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
                    .build()));

    assertThat(instant("cbor-timestamps").isNumber()).isTrue();
  }

  @Test
  void an_unknown_codec_is_a_clear_error_and_its_events_are_still_read_raw() {
    journal
        .with(Codecs.writing(new LegCodec()))
        .append("a", ExpectedSeq.any(), ParcelEvent.moved(1));

    assertThatThrownBy(() -> readStream("a"))
        .isInstanceOf(EventDecodeException.class)
        .hasMessageContaining("event 1 of stream \"a\"")
        .hasMessageContaining("\"leg\"");
    assertThat(rawEvents("a").get(0).payload()).containsExactly(0, 0, 0, 1);
  }

  @Test
  void what_a_codec_can_not_write_leaves_nothing_of_its_append() {
    Journal<ParcelEvent> legs = journal.with(Codecs.writing(new LegCodec()));
    Journal<ParcelEvent> broken = journal.with(Codecs.writing(new Named("broken")));

    assertThatThrownBy(
            () ->
                legs.append(
                    Append.of(
                        "a", ExpectedSeq.any(), ParcelEvent.moved(1), ParcelEvent.delivered())))
        .isInstanceOf(EventEncodeException.class)
        .hasMessageContaining("\"Delivered\"")
        .hasMessageContaining("no leg");
    assertThatThrownBy(() -> broken.append("a", ExpectedSeq.any(), ParcelEvent.moved(1)))
        .isInstanceOf(EventEncodeException.class)
        .hasMessageContaining("no such day");
    assertThat(everything()).isEmpty();
  }

  @Test
  void bytes_that_a_codec_can_not_read_are_a_clear_error() {
    Codecs codecs = Codecs.json().reading(new LegCodec(), new Named("broken"));
    for (String codec : List.of("json", "cbor", "leg", "broken")) {
      byte[] cut = codec.equals("leg") ? new byte[] {1} : new byte[] {(byte) 0xA1, 'x'};
      journal.raw().append(codec, ExpectedSeq.any(), new EncodedEvent("Moved", codec, cut));

      assertThatThrownBy(() -> journal.with(codecs).read(EventQuery.stream(codec)))
          .as(codec)
          .isInstanceOf(EventDecodeException.class)
          .hasMessageContaining("event 1 of stream \"" + codec + "\" (Moved)");
    }
  }

  @Test
  void names_that_are_none_or_taken_are_refused() {
    assertRefused(() -> Codecs.writing(new Named("json")), "\"json\" is taken");
    assertRefused(() -> Codecs.json().reading(new Named("cbor")), "\"cbor\" is taken");
    assertRefused(() -> Codecs.writing(new LegCodec()).reading(new LegCodec()), "\"leg\" is taken");
    assertRefused(() -> Codecs.json().reading(new Named("")), "codec is empty");
    assertRefused(() -> journal.raw().with(Codecs.cbor()), "raw journal");
  }

  @Test
  void each_codec_can_be_compressed_and_encrypted() {
    KeyRing keys = KeyRing.of("k1", SnapshotConformance.key(1));
    List<Codecs> all = List.of(Codecs.json(), Codecs.cbor(), Codecs.writing(new LegCodec()));
    List<ParcelEvent> written = new ArrayList<>();
    for (Codecs codecs : all) {
      for (Compression compression : Compression.values()) {
        PayloadOptions options = PayloadOptions.plain().compressed(compression);
        written.add(ParcelEvent.moved(written.size()));
        journal.with(codecs).with(options).append("s", ExpectedSeq.any(), last(written));
        written.add(ParcelEvent.moved(written.size()));
        journal
            .with(options.encrypted(keys))
            .with(codecs)
            .append("s", ExpectedSeq.any(), last(written));
      }
    }

    assertThat(
            journal
                .with(Codecs.json().reading(new LegCodec()))
                .with(PayloadOptions.plain().encrypted(keys))
                .read(EventQuery.stream("s")))
        .extracting(RecordedEvent::data)
        .isEqualTo(written);
    assertThat(rawEvents("s"))
        .extracting(EncodedEvent::codec)
        .containsOnly("json", "cbor", "leg")
        .hasSize(18);
    assertThat(rawEvents("s").get(11))
        .extracting(EncodedEvent::codec, EncodedEvent::compression, EncodedEvent::keyId)
        .containsExactly("cbor", "zstd", "k1");
  }

  @Test
  void fields_that_are_unknown_here_are_left_out_whatever_the_mapper_says() throws IOException {
    appendWithMore();

    for (ObjectMapper mapper : mappers()) {
      Journal<ParcelEvent> any = journalWith(mapper);

      assertThat(any.read(EventQuery.stream("json")).get(0).data()).isEqualTo(ParcelEvent.moved(4));
      assertThat(any.read(EventQuery.stream("cbor")).get(0).data()).isEqualTo(ParcelEvent.moved(4));
    }
  }

  @Test
  void fields_that_are_unknown_here_are_refused_by_choice_whatever_the_mapper_says()
      throws IOException {
    appendWithMore();

    for (ObjectMapper mapper : mappers()) {
      Journal<ParcelEvent> strict = journalWith(mapper).with(Codecs.json().refusingUnknownFields());
      for (String streamId : List.of("json", "cbor")) {
        assertThatThrownBy(() -> strict.read(EventQuery.stream(streamId)))
            .isInstanceOf(EventDecodeException.class)
            .hasMessageContaining("\"weather\"");
      }
      strict.append("fine", ExpectedSeq.any(), ParcelEvent.moved(1));
      assertThat(strict.read(EventQuery.stream("fine"))).isNotEmpty();
    }
  }

  @Test
  void a_codec_goes_along_into_a_callers_transaction_and_repeats_what_was_recorded() {
    Journal<ParcelEvent> cbor = journal.with(Codecs.cbor());
    Append<ParcelEvent> append =
        Append.of("a", ExpectedSeq.any(), moves(2)).withIdempotencyKey("once");

    daybook.transaction(tx -> cbor.within(tx).append(append));

    assertThat(rawEvents("a")).extracting(EncodedEvent::codec).containsExactly("cbor", "cbor");
    assertThat(journal.append(append)).isEqualTo(readStream("a"));
    assertThat(readStream("a")).hasSize(2);
  }

  private JsonNode instant(String streamId) throws IOException {
    daybook
        .journal(SensorEvent.class)
        .with(Codecs.cbor())
        .append(streamId, ExpectedSeq.any(), TypedEventsConformance.measured());
    return new CBORMapper().readTree(rawEvents(streamId).get(0).payload()).required("instant");
  }

  private void appendWithMore() throws IOException {
    byte[] cbor = new CBORMapper().writeValueAsBytes(new JsonMapper().readTree(WITH_MORE.text()));
    journal.raw().append("json", ExpectedSeq.any(), WITH_MORE);
    journal.raw().append("cbor", ExpectedSeq.any(), new EncodedEvent("Moved", "cbor", cbor));
  }

  /** The events that are there, for a mapper of the user's own. */
  private Journal<ParcelEvent> journalWith(ObjectMapper mapper) {
    List<RecordedEvent<EncodedEvent>> there = daybook.rawJournal().read(EventQuery.all());
    openWith(options -> options.json(mapper));
    if (!database.isShared()) {
      there.forEach(it -> daybook.rawJournal().append(it.streamId(), ExpectedSeq.any(), it.data()));
    }
    return daybook.journal(EventTypes.ofSealed(ParcelEvent.class));
  }

  private static List<ObjectMapper> mappers() {
    return List.of(
        JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build(),
        JsonMapper.builder().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build());
  }

  private List<EncodedEvent> rawEvents(String streamId) {
    return daybook.rawJournal().read(EventQuery.stream(streamId)).stream()
        .map(RecordedEvent::data)
        .toList();
  }

  private static <T> T last(List<T> list) {
    return list.get(list.size() - 1);
  }

  private static void assertRefused(
      org.assertj.core.api.ThrowableAssert.ThrowingCallable call, String saying) {
    assertThatThrownBy(call).isInstanceOf(InvalidInputException.class).hasMessageContaining(saying);
  }
}
