package dev.daybook.cli.importing;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import dev.daybook.document.DocumentRecord;
import dev.daybook.document.Entry;
import dev.daybook.document.EntryData;
import dev.daybook.document.Meta;
import dev.daybook.document.ReplicaType;
import dev.daybook.document.SyncMode;
import dev.daybook.error.InvalidInputException;
import java.io.IOException;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A document's records as the command line prints and reads them, one JSON object each:
 *
 * <pre>{@code
 * {"record":"meta","replicaType":{"name":"text","major":1,"minor":0},
 *  "syncMode":{"writerModel":"…","delivery":"…","durability":"…"},"schemaHash":"…"}
 * {"record":"entry","kind":"since","encoding":"json","data":"[1,2]","version":"v2","lineage":"main"}
 * {"record":"entry","kind":"entirety","encoding":"binary","data":"AAEC","version":"v3"}
 * }</pre>
 *
 * JSON data is text within the object, because it is kept to the letter; binary data is base64.
 */
public final class DocumentJson {

  private static final ObjectReader JSON = NdjsonLines.reader();

  private DocumentJson() {}

  public static Map<String, Object> write(DocumentRecord record) {
    return record instanceof Meta meta ? write(meta) : write((Entry) record);
  }

  /**
   * Reads a record.
   *
   * @throws InvalidInputException if the text is not a record; the message says what was expected
   */
  public static DocumentRecord read(String text) throws IOException {
    JsonNode json;
    try {
      json = JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw new InvalidInputException("the record is not JSON: " + e.getOriginalMessage());
    }
    String record = text(json, "/record");
    return switch (record) {
      case "meta" -> meta(json);
      case "entry" -> entry(json);
      default ->
          throw new InvalidInputException(
              "the record is \"%s\"; expected meta or entry".formatted(record));
    };
  }

  private static Map<String, Object> write(Meta meta) {
    Map<String, Object> type = new LinkedHashMap<>();
    type.put("name", meta.replicaType().name());
    type.put("major", meta.replicaType().major());
    type.put("minor", meta.replicaType().minor());
    Map<String, Object> mode = new LinkedHashMap<>();
    mode.put("writerModel", meta.syncMode().writerModel());
    mode.put("delivery", meta.syncMode().delivery());
    mode.put("durability", meta.syncMode().durability());
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("record", "meta");
    values.put("replicaType", type);
    values.put("syncMode", mode);
    values.put("schemaHash", meta.schemaHash());
    return values;
  }

  private static Map<String, Object> write(Entry entry) {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("record", "entry");
    values.put("kind", entry.kind().name().toLowerCase(Locale.ROOT));
    if (entry.data() instanceof EntryData.Json json) {
      values.put("encoding", "json");
      values.put("data", json.text());
    } else if (entry.data() instanceof EntryData.Binary binary) {
      values.put("encoding", "binary");
      values.put("data", Base64.getEncoder().encodeToString(binary.bytes()));
    }
    values.put("version", entry.version());
    if (entry.lineage() != null) {
      values.put("lineage", Objects.requireNonNull(entry.lineage()));
    }
    return values;
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

  private static Entry entry(JsonNode json) {
    return new Entry(kind(json), data(json), text(json, "/version"), lineage(json));
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

  private static EntryData data(JsonNode json) {
    String encoding = text(json, "/encoding");
    String data = text(json, "/data");
    return switch (encoding) {
      case "json" -> EntryData.json(data);
      case "binary" -> EntryData.binary(base64(data));
      default ->
          throw new InvalidInputException(
              "the encoding is \"%s\"; expected json or binary".formatted(encoding));
    };
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
