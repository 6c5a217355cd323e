package dev.daybook.cli.importing;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.daybook.cli.output.EventPrinter;
import dev.daybook.error.InvalidInputException;
import dev.daybook.internal.json.StoredJson;
import dev.daybook.journal.Append;
import dev.daybook.journal.EncodedEvent;
import dev.daybook.journal.ExpectedSeq;
import dev.daybook.journal.Metadata;
import dev.daybook.journal.NewEvent;
import dev.daybook.journal.RecordedEvent;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Lines as {@link EventPrinter} prints them. An event that names its codec has its data as Base64.
 * An encrypted event can be decrypted under its own number only, and so gets no other.
 */
final class ExportedEvents implements ImportFormat.OfAppends {

  private static final JsonFactory JSON = new JsonMapper(StoredJson.factory()).getFactory();
  private static final String DATA = "data";
  private static final String TIME = "time";
  private static final String SEQ = "seq";
  private static final String POSITION = "position";

  private static final ImportFields PARTS =
      new ImportFields(
          JsonPointer.compile("/stream"),
          JsonPointer.compile("/type"),
          List.of(JsonPointer.compile("/tags")),
          null);
  private static final ImportFields PARTS_WITH_TIME =
      new ImportFields(PARTS.stream(), PARTS.type(), PARTS.tags(), JsonPointer.compile("/" + TIME));

  @Override
  public Append<EncodedEvent> read(byte[] line) throws IOException {
    return append(ImportFields.parse(line), line);
  }

  /** The same as the event that it was, with its number, its position and its time. */
  static RecordedEvent<EncodedEvent> recorded(byte[] line) throws IOException {
    JsonNode json = ImportFields.parse(line);
    for (String name : List.of(SEQ, POSITION, TIME)) {
      if (!json.has(name)) {
        throw new InvalidInputException("\"%s\" is missing".formatted(name));
      }
    }
    Append<EncodedEvent> append = append(json, line);
    NewEvent<EncodedEvent> event = append.events().get(0);
    return RecordedEvent.of(
        append.streamId(),
        number(json, SEQ, Long.MAX_VALUE),
        number(json, POSITION, Long.MAX_VALUE),
        event.data().type(),
        event.tags(),
        event.metadata(),
        event.time().orElseThrow(),
        event.data());
  }

  private static Append<EncodedEvent> append(JsonNode json, byte[] line) throws IOException {
    ImportFields parts = json.has(TIME) ? PARTS_WITH_TIME : PARTS;
    String codec = text(json, "codec");
    String keyId = text(json, "keyId");
    EncodedEvent event =
        new EncodedEvent(
            parts.typeOf(json),
            Math.toIntExact(number(json, "schemaVersion", Integer.MAX_VALUE)),
            codec == null ? EncodedEvent.JSON : codec,
            codec == null ? jsonData(line) : binaryData(json),
            text(json, "compression"),
            keyId);
    return Append.of(
        parts.streamOf(json),
        keyId == null
            ? ExpectedSeq.any()
            : ExpectedSeq.exactly(number(json, SEQ, Long.MAX_VALUE) - 1),
        parts.withTagsAndTime(event, json).withMetadata(metadata(json)));
  }

  /** The data as it is in the line: its numbers keep their digits. */
  private static byte[] jsonData(byte[] line) throws IOException {
    try (JsonParser json = JSON.createParser(line)) {
      json.nextToken();
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        boolean data = json.currentName().equals(DATA);
        json.nextToken();
        if (data) {
          ByteArrayOutputStream bytes = new ByteArrayOutputStream();
          try (JsonGenerator copy = JSON.createGenerator(bytes)) {
            copy.copyCurrentStructureExact(json);
          }
          return bytes.toByteArray();
        }
        json.skipChildren();
      }
    }
    throw new InvalidInputException("\"data\" is missing");
  }

  private static byte[] binaryData(JsonNode json) {
    JsonNode data = json.path(DATA);
    try {
      byte[] bytes = data.isTextual() ? data.binaryValue() : null;
      if (bytes != null) {
        return bytes;
      }
    } catch (IOException e) {
      throw new InvalidInputException("\"data\" is not Base64: " + e.getMessage());
    }
    throw new InvalidInputException(
        "Base64 was expected at \"data\", because there is a codec, and there is "
            + ImportFields.kind(data));
  }

  private static Metadata metadata(JsonNode json) {
    JsonNode value = json.path("metadata");
    Map<String, String> entries = new LinkedHashMap<>();
    if (value.isMissingNode()) {
      return Metadata.none();
    }
    if (!value.isObject()) {
      throw new InvalidInputException(
          "an object was expected at \"metadata\", and there is " + ImportFields.kind(value));
    }
    value
        .properties()
        .forEach(
            entry -> {
              if (!entry.getValue().isTextual()) {
                throw new InvalidInputException(
                    "text was expected at \"metadata\", and there is "
                        + ImportFields.kind(entry.getValue()));
              }
              entries.put(entry.getKey(), entry.getValue().textValue());
            });
    return new Metadata(entries);
  }

  /** A number from 1; 1 if it is missing. */
  private static long number(JsonNode json, String name, long most) {
    JsonNode value = json.path(name);
    if (value.isMissingNode()) {
      return 1;
    }
    if (value.canConvertToLong()
        && value.isIntegralNumber()
        && value.longValue() >= 1
        && value.longValue() <= most) {
      return value.longValue();
    }
    throw new InvalidInputException(
        "a number from 1 was expected at \"%s\", and there is %s".formatted(name, value));
  }

  private static @Nullable String text(JsonNode json, String name) {
    JsonNode value = json.path(name);
    if (value.isMissingNode()) {
      return null;
    }
    if (!value.isTextual()) {
      throw new InvalidInputException(
          "text was expected at \"%s\", and there is %s".formatted(name, ImportFields.kind(value)));
    }
    return value.textValue();
  }
}
