package dev.daybook.cli.importing;

import dev.daybook.cli.json.BadLine;
import dev.daybook.cli.json.JsonLine;
import dev.daybook.cli.json.JsonPath;
import dev.daybook.cli.json.JsonValue;
import dev.daybook.cli.output.EventJson;
import dev.daybook.internal.json.StoredJson;
import dev.daybook.journal.Append;
import dev.daybook.journal.EncodedEvent;
import dev.daybook.journal.ExpectedSeq;
import dev.daybook.journal.Metadata;
import dev.daybook.journal.NewEvent;
import dev.daybook.journal.RecordedEvent;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Lines as {@link EventJson} writes them, of any length. An event that names its codec has its data
 * as Base64. An encrypted event can be decrypted under its own number only, and so gets no other.
 * Keys are stored with the events and not looked up: the events of one append have one key.
 */
final class ExportedEvents implements ImportFormat.OfAppends {

  /** What an array in Java can hold, about. */
  private static final int MAX_LINE_BYTES = 1 << 30;

  /** The data may have as many levels as any other, and is inside of the line. */
  static final int MAX_NESTING = StoredJson.MAX_NESTING + 1;

  private static final JsonPath STREAM = JsonPath.compile("/stream");
  private static final JsonPath SEQ = JsonPath.compile("/seq");
  private static final JsonPath POSITION = JsonPath.compile("/position");
  private static final JsonPath TYPE = JsonPath.compile("/type");
  private static final JsonPath SCHEMA_VERSION = JsonPath.compile("/schemaVersion");
  private static final JsonPath TIME = JsonPath.compile("/time");
  private static final JsonPath METADATA = JsonPath.compile("/metadata").children();
  private static final JsonPath KEY = JsonPath.compile("/key");
  private static final JsonPath CODEC = JsonPath.compile("/codec");
  private static final JsonPath COMPRESSION = JsonPath.compile("/compression");
  private static final JsonPath KEY_ID = JsonPath.compile("/keyId");
  private static final JsonPath DATA = JsonPath.compile("/data");
  private static final TagRule TAGS = TagRule.of("/tags");

  private static final FieldRule STREAM_RULE = FieldRule.at(STREAM);
  private static final FieldRule TYPE_RULE = FieldRule.at(TYPE);

  private static final List<JsonPath> PATHS =
      List.of(
          STREAM,
          SEQ,
          POSITION,
          TYPE,
          SCHEMA_VERSION,
          TAGS.path(),
          TIME,
          METADATA,
          KEY,
          CODEC,
          COMPRESSION,
          KEY_ID,
          DATA);

  /** The same, but each event keeps its number, its position and its time. */
  static final class Exact implements ImportFormat.OfRecorded {

    @Override
    public RecordedEvent<EncodedEvent> read(byte[] line) throws BadLine {
      return recorded(line);
    }

    @Override
    public String options() {
      return "--exact";
    }

    @Override
    public List<JsonPath> paths() {
      return PATHS;
    }

    @Override
    public int maxLineBytes() {
      return MAX_LINE_BYTES;
    }
  }

  @Override
  public Append<EncodedEvent> read(byte[] line) throws BadLine {
    return append(JsonLine.object(line, MAX_NESTING, PATHS));
  }

  @Override
  public String options() {
    return "--exported";
  }

  @Override
  public List<JsonPath> paths() {
    return PATHS;
  }

  @Override
  public int maxLineBytes() {
    return MAX_LINE_BYTES;
  }

  private static RecordedEvent<EncodedEvent> recorded(byte[] line) throws BadLine {
    JsonLine json = JsonLine.object(line, MAX_NESTING, PATHS);
    for (JsonPath path : List.of(SEQ, POSITION, TIME)) {
      if (json.at(path).isBlank()) {
        throw new BadLine(quoted(path) + " is missing; --exact needs it", 0);
      }
    }
    Append<EncodedEvent> append = append(json);
    NewEvent<EncodedEvent> event = append.events().get(0);
    RecordedEvent<EncodedEvent> recorded =
        RecordedEvent.of(
            append.streamId(),
            number(json, SEQ, Long.MAX_VALUE),
            number(json, POSITION, Long.MAX_VALUE),
            event.data().type(),
            event.tags(),
            event.metadata(),
            event.time().orElseThrow(),
            event.data());
    return append.idempotencyKey().map(recorded::withIdempotencyKey).orElse(recorded);
  }

  private static Append<EncodedEvent> append(JsonLine json) throws BadLine {
    String codec = text(json, CODEC);
    String keyId = text(json, KEY_ID);
    EncodedEvent encoded =
        new EncodedEvent(
            TYPE_RULE.textOf(json),
            Math.toIntExact(number(json, SCHEMA_VERSION, Integer.MAX_VALUE)),
            codec == null ? EncodedEvent.JSON : codec,
            codec == null ? jsonData(json) : binaryData(json),
            text(json, COMPRESSION),
            keyId);
    List<String> tags = new ArrayList<>();
    TAGS.addTo(tags, json);
    NewEvent<EncodedEvent> event = NewEvent.of(encoded).tagged(tags).withMetadata(metadata(json));
    String time = text(json, TIME);
    Append<EncodedEvent> append =
        Append.of(
            STREAM_RULE.textOf(json),
            keyId == null
                ? ExpectedSeq.any()
                : ExpectedSeq.exactly(number(json, SEQ, Long.MAX_VALUE) - 1),
            time == null ? event : event.at(TimeRule.time(time, quoted(TIME), null)));
    String key = text(json, KEY);
    return key == null ? append : append.withRecordedKey(key);
  }

  private static byte[] jsonData(JsonLine json) throws BadLine {
    JsonValue data = json.at(DATA);
    if (data.kind() == JsonValue.Kind.MISSING) {
      throw new BadLine("\"data\" is missing", 0);
    }
    return json.bytesOf(data);
  }

  private static byte[] binaryData(JsonLine json) throws BadLine {
    JsonValue data = json.at(DATA);
    if (data.kind() != JsonValue.Kind.TEXT) {
      throw new BadLine(
          "Base64 was expected at \"data\", because there is a codec, and there is " + data.shown(),
          0);
    }
    try {
      return Base64.getDecoder().decode(data.text());
    } catch (IllegalArgumentException e) {
      throw new BadLine("\"data\" is not Base64: " + e.getMessage(), 0);
    }
  }

  private static Metadata metadata(JsonLine json) throws BadLine {
    JsonValue value = json.at(METADATA);
    if (value.kind() == JsonValue.Kind.MISSING || value.kind() == JsonValue.Kind.NULL) {
      return Metadata.none();
    }
    if (value.kind() != JsonValue.Kind.OBJECT) {
      throw new BadLine("an object was expected at \"metadata\", and there is " + value.shown(), 0);
    }
    Map<String, String> entries = new LinkedHashMap<>();
    for (Map.Entry<String, JsonValue> entry : value.children()) {
      if (entry.getValue().kind() != JsonValue.Kind.TEXT) {
        throw new BadLine(
            "text was expected in \"metadata\", and there is " + entry.getValue().shown(), 0);
      }
      if (entries.put(entry.getKey(), entry.getValue().text()) != null) {
        throw new BadLine("\"metadata\" has a name twice", 0);
      }
    }
    return new Metadata(entries);
  }

  /** A number from 1; 1 if it is missing. */
  private static long number(JsonLine json, JsonPath path, long most) throws BadLine {
    JsonValue value = json.at(path);
    if (value.kind() == JsonValue.Kind.MISSING || value.kind() == JsonValue.Kind.NULL) {
      return 1;
    }
    if (value.kind() == JsonValue.Kind.NUMBER) {
      try {
        long number = Long.parseLong(value.text());
        if (number >= 1 && number <= most) {
          return number;
        }
      } catch (NumberFormatException e) {
        // Reported as any other number.
      }
    }
    throw new BadLine(
        "a whole number from 1 to %s was expected at %s, and there is %s"
            .formatted(most, quoted(path), value.shown()),
        0);
  }

  private static @Nullable String text(JsonLine json, JsonPath path) throws BadLine {
    JsonValue value = json.at(path);
    if (value.kind() == JsonValue.Kind.MISSING || value.kind() == JsonValue.Kind.NULL) {
      return null;
    }
    if (value.kind() != JsonValue.Kind.TEXT) {
      throw new BadLine(
          "text was expected at %s, and there is %s".formatted(quoted(path), value.shown()), 0);
    }
    return value.text();
  }

  private static String quoted(JsonPath path) {
    return '"' + path.text().substring(1) + '"';
  }
}
