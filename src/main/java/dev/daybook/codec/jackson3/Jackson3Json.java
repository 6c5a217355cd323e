package dev.daybook.codec.jackson3;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import dev.daybook.codec.Codecs;
import dev.daybook.codec.TreeCodec;
import dev.daybook.internal.json.StoredJson;
import dev.daybook.settings.Limits;
import java.io.IOException;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.cfg.DateTimeFeature;
import tools.jackson.databind.cfg.EnumFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * JSON by a mapper of Jackson 3, such as that of Spring Boot 4, to be given to {@link
 * Codecs#json(TreeCodec)}. It writes what Daybook's own mapper of Jackson 2 writes, byte for byte,
 * and each reads what the other has written, unless modules, mix-ins or a naming strategy of the
 * mapper say otherwise, which apply. So a journal may change from one to the other at any event.
 *
 * <p>Whatever the mapper says: properties are in the order of the class, {@code java.time} is ISO
 * 8601 text, an enum is its name, numbers without a type keep their digits, unknown fields are left
 * out, and a class without properties is refused.
 *
 * <p>It promises less than Daybook's own JSON. A field that is missing is refused only if a
 * constructor takes it, as those of a record are. A class that can't be read is refused not when a
 * journal is made, but when the first event of the class is written: that is read back, and must be
 * the same. States of snapshots are not written by it.
 *
 * <p>Experimental. Safe for several threads.
 */
public final class Jackson3Json implements TreeCodec {

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
          .build();

  private final ObjectWriter writer;
  private final ObjectReader reader;
  private final com.fasterxml.jackson.databind.ObjectWriter treeWriter;
  private final com.fasterxml.jackson.databind.ObjectReader treeReader;
  private final Map<Class<?>, ObjectReader> readers = new ConcurrentHashMap<>();

  private Jackson3Json(JsonMapper own) {
    this.writer = own.writer();
    this.reader = own.reader();
    ObjectMapper trees = new ObjectMapper(StoredJson.factory());
    this.treeWriter = trees.writer();
    this.treeReader =
        trees
            .reader()
            .with(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .without(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES);
  }

  /** By the settings of a mapper, which is not changed. */
  public static Jackson3Json of(JsonMapper mapper) {
    Objects.requireNonNull(mapper, "mapper");
    return new Jackson3Json(
        mapper
            .rebuild()
            .disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
            .enable(SerializationFeature.FAIL_ON_EMPTY_BEANS)
            .disable(SerializationFeature.INDENT_OUTPUT)
            .disable(tools.jackson.databind.DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(
                tools.jackson.databind.DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES,
                tools.jackson.databind.DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(tools.jackson.databind.cfg.JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .disable(
                EnumFeature.WRITE_ENUMS_USING_TO_STRING, EnumFeature.READ_ENUMS_USING_TO_STRING)
            .enable(DateTimeFeature.WRITE_DATES_WITH_ZONE_ID)
            .disable(
                DateTimeFeature.WRITE_DATES_AS_TIMESTAMPS,
                DateTimeFeature.WRITE_DURATIONS_AS_TIMESTAMPS,
                DateTimeFeature.ADJUST_DATES_TO_CONTEXT_TIME_ZONE)
            .disable(
                JsonWriteFeature.ESCAPE_FORWARD_SLASHES,
                JsonWriteFeature.COMBINE_UNICODE_SURROGATES_IN_UTF8)
            .build());
  }

  @Override
  public String name() {
    return Codecs.JSON;
  }

  @Override
  public byte[] encode(Object value) throws IOException {
    try {
      return writer.writeValueAsBytes(value);
    } catch (JacksonException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  @Override
  public <T> T decode(byte[] payload, Class<T> type, int schemaVersion) throws IOException {
    ObjectReader ofType = readers.computeIfAbsent(type, reader::forType);
    try (JsonParser parser = ANY_LENGTH.createParser(ObjectReadContext.empty(), payload)) {
      return ofType.readValue(parser);
    } catch (JacksonException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  @Override
  public JsonNode readTree(byte[] payload) throws IOException {
    return treeReader.readTree(payload);
  }

  @Override
  public <T> T fromTree(JsonNode tree, Class<T> type) throws IOException {
    return decode(treeWriter.writeValueAsBytes(tree), type, 0);
  }
}
