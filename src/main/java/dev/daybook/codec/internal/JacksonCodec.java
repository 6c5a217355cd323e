package dev.daybook.codec.internal;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import dev.daybook.codec.Codecs;
import dev.daybook.codec.TreeCodec;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Any format of Jackson, with the settings of one mapper. */
final class JacksonCodec implements TreeCodec {

  private final String name;
  private final ObjectWriter writer;
  private final ObjectReader reader;
  private final ObjectReader treeReader;
  private final Map<Class<?>, ObjectReader> readers = new ConcurrentHashMap<>();

  private JacksonCodec(
      String name, ObjectWriter writer, ObjectReader reader, ObjectReader treeReader) {
    this.name = name;
    this.writer = writer;
    this.reader = reader;
    this.treeReader = treeReader.without(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES);
  }

  /** JSON does not tell a decimal from a floating-point number: a tree keeps its digits. */
  static JacksonCodec json(ObjectMapper mapper, boolean refusing) {
    return new JacksonCodec(
        Codecs.JSON,
        mapper.writer(),
        reader(mapper, refusing),
        mapper.reader().with(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS));
  }

  /** A format that keeps the types of numbers. */
  static JacksonCodec binary(
      String name, ObjectMapper mapper, boolean refusing, JsonFactory format) {
    return new JacksonCodec(
        name,
        mapper.writer().with(format),
        reader(mapper, refusing).with(format),
        mapper.reader().with(format));
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public byte[] encode(Object value) throws IOException {
    return writer.writeValueAsBytes(value);
  }

  @Override
  public <T> T decode(byte[] payload, Class<T> type, int schemaVersion) throws IOException {
    return readerFor(type).readValue(payload);
  }

  @Override
  public JsonNode readTree(byte[] payload) throws IOException {
    return treeReader.readTree(payload);
  }

  @Override
  public <T> T fromTree(JsonNode tree, Class<T> type) throws IOException {
    return readerFor(type).readValue(tree);
  }

  private ObjectReader readerFor(Class<?> type) {
    return readers.computeIfAbsent(type, reader::forType);
  }

  private static ObjectReader reader(ObjectMapper mapper, boolean refusing) {
    return refusing
        ? mapper.reader(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
        : mapper.reader().without(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);
  }
}
