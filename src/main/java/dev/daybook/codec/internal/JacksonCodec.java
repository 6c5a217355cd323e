package dev.daybook.codec.internal;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import dev.daybook.codec.Codecs;
import dev.daybook.internal.json.JacksonMessages;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Any format of Jackson, with the settings of one mapper, but for what {@link Codecs} says. */
final class JacksonCodec implements StrictJson {

  private final String name;
  private final Shapes shapes;
  private final ObjectWriter writer;
  private final ObjectReader reader;
  private final ObjectReader treeReader;
  private final Map<Class<?>, ObjectReader> readers = new ConcurrentHashMap<>();

  private JacksonCodec(
      String name, Shapes shapes, ObjectWriter writer, ObjectReader tree, ObjectReader objects) {
    this.name = name;
    this.shapes = shapes;
    this.writer = writer;
    this.treeReader = tree;
    this.reader = objects;
  }

  /**
   * JSON does not distinguish a decimal from a floating-point number: what has no type keeps its
   * digits.
   */
  static JacksonCodec json(ObjectMapper mapper, Shapes shapes) {
    ObjectReader reader = exact(mapper).with(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);
    return new JacksonCodec(Codecs.JSON, shapes, mapper.writer(), reader, reader);
  }

  /** A format that keeps the types of numbers. */
  static JacksonCodec binary(String name, ObjectMapper mapper, Shapes shapes, JsonFactory format) {
    ObjectReader reader = exact(mapper).with(format);
    return new JacksonCodec(name, shapes, mapper.writer().with(format), reader, reader);
  }

  @Override
  public JacksonCodec with(Strictness strictness) {
    ObjectReader unknown =
        strictness.refusesUnknownFields()
            ? treeReader.with(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            : treeReader.without(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);
    return new JacksonCodec(
        name,
        shapes,
        writer,
        treeReader,
        strictness.toleratesMissingFields()
            ? unknown.withAttribute(MissingProperties.TOLERATED, true)
            : unknown);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public byte[] encode(Object value) throws IOException {
    try {
      return writer.writeValueAsBytes(value);
    } catch (JsonProcessingException e) {
      throw inOurWords(e);
    }
  }

  @Override
  public <T> T decode(byte[] payload, Class<T> type, int schemaVersion) throws IOException {
    try {
      return readerFor(type).readValue(payload);
    } catch (JsonProcessingException e) {
      throw inOurWords(e);
    }
  }

  @Override
  public JsonNode readTree(byte[] payload) throws IOException {
    try {
      return treeReader.readTree(payload);
    } catch (JsonProcessingException e) {
      throw inOurWords(e);
    }
  }

  @Override
  public <T> T fromTree(JsonNode tree, Class<T> type) throws IOException {
    try {
      return readerFor(type).readValue(tree);
    } catch (JsonProcessingException e) {
      throw inOurWords(e);
    }
  }

  @Override
  public Shapes shapes() {
    return shapes;
  }

  private static IOException inOurWords(JsonProcessingException failure) {
    return new IOException(JacksonMessages.reasonAndPlace(failure), failure);
  }

  private ObjectReader readerFor(Class<?> type) {
    return readers.computeIfAbsent(type, reader::forType);
  }

  private static ObjectReader exact(ObjectMapper mapper) {
    return mapper.reader().without(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES);
  }
}
