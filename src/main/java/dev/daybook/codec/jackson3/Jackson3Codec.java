package dev.daybook.codec.jackson3;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import dev.daybook.codec.Codecs;
import dev.daybook.codec.internal.Shapes;
import dev.daybook.codec.internal.StrictJson;
import dev.daybook.internal.json.JacksonMessages;
import dev.daybook.internal.json.StoredJson;
import dev.daybook.settings.Limits;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamWriteConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.json.JsonMapper;

/** JSON with the settings of one mapper of Jackson 3. */
final class Jackson3Codec implements StrictJson {

  /** What could be written can be read, however long its parts are. */
  private static final JsonFactory ANY_LENGTH =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(Limits.MAX_JSON_NESTING)
                  .maxStringLength(Integer.MAX_VALUE)
                  .maxNameLength(Integer.MAX_VALUE)
                  .maxNumberLength(Integer.MAX_VALUE)
                  .build())
          .streamWriteConstraints(
              StreamWriteConstraints.builder().maxNestingDepth(Limits.MAX_JSON_NESTING).build())
          .build();

  private static final ObjectMapper TREES = new ObjectMapper(StoredJson.factory());

  /** Upcasters work on trees of Jackson 2. */
  private static final com.fasterxml.jackson.databind.ObjectReader TREE_READER =
      TREES
          .reader()
          .with(com.fasterxml.jackson.databind.DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .without(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES);

  private final Shapes shapes;
  private final JsonMapper mapper;
  private final ObjectWriter writer;
  private final ObjectReader reader;
  private final Map<Strictness, Jackson3Codec> others;
  private final Map<Class<?>, ObjectReader> readers = new ConcurrentHashMap<>();

  private Jackson3Codec(
      Shapes shapes,
      JsonMapper mapper,
      ObjectReader reader,
      Map<Strictness, Jackson3Codec> others) {
    this.shapes = shapes;
    this.mapper = mapper;
    this.writer = mapper.writer();
    this.reader = reader;
    this.others = others;
  }

  /**
   * @param own a mapper that loses nothing
   */
  static Jackson3Codec of(JsonMapper own, Shapes shapes) {
    return new Jackson3Codec(shapes, own, own.reader(), new ConcurrentHashMap<>());
  }

  /** The same one for the same strictness, so that what it has read back is known. */
  @Override
  public Jackson3Codec with(Strictness strictness) {
    return others.computeIfAbsent(strictness, this::make);
  }

  private Jackson3Codec make(Strictness strictness) {
    ObjectReader unknown =
        strictness.refusesUnknownFields()
            ? reader.with(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            : reader.without(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);
    return new Jackson3Codec(
        shapes,
        mapper,
        strictness.toleratesMissingFields()
            ? unknown.withAttribute(Jackson3MissingProperties.TOLERATED, true)
            : unknown.withoutAttribute(Jackson3MissingProperties.TOLERATED),
        others);
  }

  @Override
  public String name() {
    return Codecs.JSON;
  }

  @Override
  public Shapes shapes() {
    return shapes;
  }

  @Override
  public byte[] encode(Object value) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JsonGenerator json = ANY_LENGTH.createGenerator(mapper._serializationContext(), bytes)) {
      writer.writeValue(json, value);
    } catch (JacksonException e) {
      throw inOurWords(e);
    }
    return bytes.toByteArray();
  }

  @Override
  public <T> T decode(byte[] payload, Class<T> type, int schemaVersion) throws IOException {
    ObjectReader ofType = readers.computeIfAbsent(type, reader::forType);
    try (JsonParser parser = ANY_LENGTH.createParser(ObjectReadContext.empty(), payload)) {
      return ofType.readValue(parser);
    } catch (JacksonException e) {
      throw inOurWords(e);
    }
  }

  @Override
  public JsonNode readTree(byte[] payload) throws IOException {
    try {
      return TREE_READER.readTree(payload);
    } catch (JsonProcessingException e) {
      throw new IOException(JacksonMessages.reasonAndPlace(e), e);
    }
  }

  @Override
  public <T> T fromTree(JsonNode tree, Class<T> type) throws IOException {
    return decode(TREES.writeValueAsBytes(tree), type, 0);
  }

  private static IOException inOurWords(JacksonException failure) {
    return new IOException(Jackson3Messages.reasonAndPlace(failure), failure);
  }
}
