package dev.daybook.cli.importing;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import dev.daybook.cli.json.BadLine;
import dev.daybook.cli.json.JsonLine;
import dev.daybook.cli.json.JsonPath;
import dev.daybook.cli.json.JsonValue;
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
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
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

  private static final Map<String, JsonPath> PATHS =
      Stream.of(
              "/record",
              "/replicaType/name",
              "/replicaType/major",
              "/replicaType/minor",
              "/syncMode/writerModel",
              "/syncMode/delivery",
              "/syncMode/durability",
              "/schemaHash",
              "/kind",
              "/encoding",
              "/data",
              "/text",
              "/version",
              "/lineage")
          .collect(Collectors.toMap(pointer -> pointer, JsonPath::compile));

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
  public static DocumentRecord read(String text, boolean anyText) {
    try {
      byte[] bytes = JsonLine.stripped(text.getBytes(StandardCharsets.UTF_8));
      JsonLine.requireSize(bytes);
      JsonLine json = JsonLine.object(bytes, StoredJson.MAX_NESTING + 1, PATHS.values());
      String record = text(json, "/record");
      return switch (record) {
        case "meta" -> meta(json);
        case "entry" ->
            new Entry(
                kind(text(json, "/kind")),
                data(json, anyText),
                text(json, "/version"),
                lineage(json));
        default ->
            throw new InvalidInputException(
                "the record is \"%s\"; expected meta or entry".formatted(record));
      };
    } catch (BadLine e) {
      throw JsonLine.refusal("the record", e);
    }
  }

  private static Meta meta(JsonLine json) throws BadLine {
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

  /**
   * The kind of an entry by its name.
   *
   * @throws InvalidInputException if there is none of this name
   */
  public static Entry.Kind kind(String kind) {
    return switch (kind) {
      case "entirety" -> Entry.Kind.ENTIRETY;
      case "since" -> Entry.Kind.SINCE;
      default ->
          throw new InvalidInputException(
              "the kind is \"%s\"; expected entirety or since".formatted(kind));
    };
  }

  private static EntryData data(JsonLine json, boolean anyText) throws BadLine {
    String encoding = text(json, "/encoding");
    return switch (encoding) {
      case "json" -> EntryData.json(jsonData(json, anyText));
      case "binary" -> EntryData.binary(base64(text(json, "/data")));
      default ->
          throw new InvalidInputException(
              "the encoding is \"%s\"; expected json or binary".formatted(encoding));
    };
  }

  private static String jsonData(JsonLine json, boolean anyText) throws BadLine {
    JsonValue data = json.at(path("/data"));
    boolean hasData = data.kind() != JsonValue.Kind.MISSING;
    boolean hasText = json.at(path("/text")).kind() != JsonValue.Kind.MISSING;
    if (hasData == hasText) {
      throw new InvalidInputException(
          "the record has %s; expected data, which is JSON, or text, which has it as a string"
              .formatted(hasData ? "data and text" : "neither data nor text"));
    }
    if (hasData) {
      return compact(new String(json.bytesOf(data), StandardCharsets.UTF_8))
          .orElseThrow(() -> new BadLine("the data is not JSON", 0));
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

  private static byte[] base64(String data) {
    try {
      return Base64.getDecoder().decode(data);
    } catch (IllegalArgumentException e) {
      throw new InvalidInputException("the data is not base64: " + e.getMessage());
    }
  }

  private static @Nullable String lineage(JsonLine json) throws BadLine {
    JsonValue value = json.at(path("/lineage"));
    return value.kind() == JsonValue.Kind.MISSING ? null : text(json, "/lineage");
  }

  private static String text(JsonLine json, String pointer) throws BadLine {
    JsonValue value = json.at(path(pointer));
    if (value.kind() != JsonValue.Kind.TEXT) {
      throw new InvalidInputException("the record has no text at " + pointer);
    }
    return value.text();
  }

  private static int number(JsonLine json, String pointer) throws BadLine {
    JsonValue value = json.at(path(pointer));
    if (value.kind() == JsonValue.Kind.NUMBER) {
      try {
        return Integer.parseInt(value.text());
      } catch (NumberFormatException e) {
        // Reported as any other value.
      }
    }
    throw new InvalidInputException("the record has no whole number at " + pointer);
  }

  private static JsonPath path(String pointer) {
    return Objects.requireNonNull(PATHS.get(pointer));
  }
}
