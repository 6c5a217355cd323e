package dev.daybook.cli.importing;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import dev.daybook.cli.output.JsonLines;
import dev.daybook.cli.output.RawJson;
import dev.daybook.document.DocumentRecord;
import dev.daybook.document.Entry;
import dev.daybook.document.EntryData;
import dev.daybook.document.Meta;
import dev.daybook.document.ReplicaType;
import dev.daybook.document.SyncMode;
import dev.daybook.error.InvalidInputException;
import dev.daybook.internal.json.StoredJson;
import java.io.IOException;
import java.io.StringWriter;
import java.util.Base64;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A document's records as the command line prints and reads them, one JSON object each:
 *
 * <pre>{@code
 * {"record":"meta","replicaType":{"name":"text","major":1,"minor":0},
 *  "syncMode":{"writerModel":"…","delivery":"…","durability":"…"},"schemaHash":"…"}
 * {"record":"entry","kind":"since","encoding":"json","data":[1,2],"version":"v2","lineage":"main"}
 * {"record":"entry","kind":"since","encoding":"json","text":"[1, 2]","version":"v3"}
 * {"record":"entry","kind":"entirety","encoding":"binary","data":"AAEC","version":"v4"}
 * }</pre>
 *
 * JSON is the value of {@code data} if that says all of it; otherwise it is {@code text}, which is
 * kept to the letter. Binary data is Base64.
 */
public final class DocumentJson {

  private static final ObjectReader JSON = NdjsonLines.reader();
  private static final JsonFactory FACTORY = StoredJson.factory();

  private record MetaObject(
      String record, ReplicaType replicaType, SyncMode syncMode, String schemaHash) {}

  private record EntryObject(
      String record,
      Entry.Kind kind,
      String encoding,
      Optional<Object> data,
      Optional<String> text,
      String version,
      Optional<String> lineage) {}

  private DocumentJson() {}

  public static Record write(DocumentRecord record) {
    if (record instanceof Meta meta) {
      return new MetaObject("meta", meta.replicaType(), meta.syncMode(), meta.schemaHash());
    }
    Entry entry = (Entry) record;
    Optional<Object> data = Optional.empty();
    Optional<String> text = Optional.empty();
    if (entry.data() instanceof EntryData.Binary binary) {
      data = Optional.of(Base64.getEncoder().encodeToString(binary.bytes()));
    } else if (entry.data() instanceof EntryData.Json json) {
      boolean isCompact = compact(json.text()).filter(json.text()::equals).isPresent();
      data = isCompact ? Optional.of(new RawJson(json.text())) : data;
      text = isCompact ? text : Optional.of(json.text());
    }
    return new EntryObject(
        "entry",
        entry.kind(),
        entry.data() instanceof EntryData.Binary ? "binary" : "json",
        data,
        text,
        entry.version(),
        Optional.ofNullable(entry.lineage()));
  }

  /**
   * Reads a record.
   *
   * @param anyText whether {@code text} may be something else than JSON
   * @throws InvalidInputException if the text is not a record; the message says what was expected
   */
  public static DocumentRecord read(String text, boolean anyText) throws IOException {
    JsonNode json;
    try {
      json = JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw new InvalidInputException("the record is not JSON: " + e.getOriginalMessage());
    }
    String record = text(json, "/record");
    return switch (record) {
      case "meta" -> meta(json);
      case "entry" ->
          new Entry(kind(json), data(json, text, anyText), text(json, "/version"), lineage(json));
      default ->
          throw new InvalidInputException(
              "the record is \"%s\"; expected meta or entry".formatted(record));
    };
  }

  private static Meta meta(JsonNode json) {
    return new Meta(
        new ReplicaType(
            text(json, "/replicaType/name"),
            number(json, "/replicaType/major"),
            number(json, "/replicaType/minor")),
        new SyncMode(
            text(json, "/syncMode/writerModel"),
            text(json, "/syncMode/delivery"),
            text(json, "/syncMode/durability")),
        text(json, "/schemaHash"));
  }

  private static Entry.Kind kind(JsonNode json) {
    String kind = text(json, "/kind");
    return switch (kind) {
      case "entirety" -> Entry.Kind.ENTIRETY;
      case "since" -> Entry.Kind.SINCE;
      default ->
          throw new InvalidInputException(
              "the kind is \"%s\"; expected entirety or since".formatted(kind));
    };
  }

  private static EntryData data(JsonNode json, String line, boolean anyText) throws IOException {
    String encoding = text(json, "/encoding");
    return switch (encoding) {
      case "json" -> EntryData.json(jsonData(json, line, anyText));
      case "binary" -> EntryData.binary(base64(text(json, "/data")));
      default ->
          throw new InvalidInputException(
              "the encoding is \"%s\"; expected json or binary".formatted(encoding));
    };
  }

  private static String jsonData(JsonNode json, String line, boolean anyText) throws IOException {
    if (json.has("data") == json.has("text")) {
      throw new InvalidInputException(
          "the record has %s; expected data, which is JSON, or text, which has it as a string"
              .formatted(json.has("data") ? "data and text" : "neither data nor text"));
    }
    if (json.has("data")) {
      return member(line, "data");
    }
    String text = text(json, "/text");
    if (!anyText && compact(text).isEmpty()) {
      throw new InvalidInputException(
          "the text is not JSON, and the encoding is json; --any-text takes it as it is");
    }
    return text;
  }

  /** The same JSON without space; empty if it is not JSON. */
  private static Optional<String> compact(String json) {
    StringWriter compact = new StringWriter();
    try (JsonParser parser = FACTORY.createParser(json);
        JsonGenerator generator = FACTORY.createGenerator(compact)) {
      if (parser.nextToken() == null) {
        return Optional.empty();
      }
      JsonLines.copy(parser, generator);
      if (parser.nextToken() != null) {
        return Optional.empty();
      }
    } catch (IOException e) {
      return Optional.empty();
    }
    return Optional.of(compact.toString());
  }

  /** The value of a member of an object; numbers stay as written. */
  private static String member(String object, String name) throws IOException {
    StringWriter value = new StringWriter();
    try (JsonParser parser = FACTORY.createParser(object);
        JsonGenerator generator = FACTORY.createGenerator(value)) {
      parser.nextToken();
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        boolean isMeant = parser.currentName().equals(name);
        parser.nextToken();
        if (isMeant) {
          JsonLines.copy(parser, generator);
        } else {
          parser.skipChildren();
        }
      }
    }
    return value.toString();
  }

  private static byte[] base64(String data) {
    try {
      return Base64.getDecoder().decode(data);
    } catch (IllegalArgumentException e) {
      throw new InvalidInputException("the data is not base64: " + e.getMessage());
    }
  }

  private static @Nullable String lineage(JsonNode json) {
    return json.path("lineage").isMissingNode() ? null : text(json, "/lineage");
  }

  private static String text(JsonNode json, String pointer) {
    JsonNode value = json.at(pointer);
    if (!value.isTextual()) {
      throw new InvalidInputException("the record has no text at " + pointer);
    }
    return value.textValue();
  }

  private static int number(JsonNode json, String pointer) {
    JsonNode value = json.at(pointer);
    if (!value.canConvertToInt() || !value.isIntegralNumber()) {
      throw new InvalidInputException("the record has no whole number at " + pointer);
    }
    return value.intValue();
  }
}
