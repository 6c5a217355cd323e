package dev.daybook.cli.importing;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import dev.daybook.error.InvalidInputException;
import dev.daybook.journal.Append;
import dev.daybook.journal.EncodedEvent;
import dev.daybook.journal.ExpectedSeq;
import dev.daybook.journal.NewEvent;
import java.io.IOException;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where in a line's JSON the parts of its event are. The whole line is the event's data.
 *
 * @param stream the stream's id
 * @param type the event's type
 * @param tags tags, or arrays of them; what is missing or null gives none
 * @param time the recorded time, if lines have one
 */
public record ImportFields(
    JsonPointer stream, JsonPointer type, List<JsonPointer> tags, @Nullable JsonPointer time)
    implements ImportFormat.OfAppends {

  private static final ObjectReader JSON = NdjsonLines.reader();

  @Override
  public Append<EncodedEvent> read(byte[] line) throws IOException {
    JsonNode json = parse(line);
    EncodedEvent event = new EncodedEvent(typeOf(json), EncodedEvent.JSON, line);
    return Append.of(streamOf(json), ExpectedSeq.any(), withTagsAndTime(event, json));
  }

  static JsonNode parse(byte[] line) throws IOException {
    JsonNode json;
    try {
      json = JSON.readTree(line);
    } catch (JsonProcessingException e) {
      throw new InvalidInputException("no JSON: " + e.getOriginalMessage());
    }
    if (!json.isObject()) {
      throw new InvalidInputException("a JSON object was expected, and this is " + kind(json));
    }
    return json;
  }

  String streamOf(JsonNode json) {
    return name(json, stream);
  }

  String typeOf(JsonNode json) {
    return name(json, type);
  }

  private static String name(JsonNode json, JsonPointer pointer) {
    JsonNode value = json.at(pointer);
    if (value.isTextual() || value.isNumber()) {
      return value.asText();
    }
    throw new InvalidInputException(
        "text or a number was expected at %s, and there is %s".formatted(pointer, kind(value)));
  }

  NewEvent<EncodedEvent> withTagsAndTime(EncodedEvent event, JsonNode json) {
    NewEvent<EncodedEvent> tagged = NewEvent.of(event).tagged(tagsOf(json));
    Instant recorded = timeOf(json);
    return recorded == null ? tagged : tagged.at(recorded);
  }

  private List<String> tagsOf(JsonNode json) {
    List<String> found = new ArrayList<>();
    for (JsonPointer pointer : tags) {
      JsonNode value = json.at(pointer);
      if (value.isArray()) {
        value.forEach(tag -> addTag(found, tag, pointer));
      } else {
        addTag(found, value, pointer);
      }
    }
    return found;
  }

  private static void addTag(List<String> tags, JsonNode value, JsonPointer pointer) {
    if (value.isMissingNode() || value.isNull()) {
      return;
    }
    if (!value.isValueNode()) {
      throw new InvalidInputException(
          "a tag or an array of tags was expected at %s, and there is %s"
              .formatted(pointer, kind(value)));
    }
    tags.add(value.asText());
  }

  private @Nullable Instant timeOf(JsonNode json) {
    if (time == null) {
      return null;
    }
    JsonNode value = json.at(time);
    if (value.isIntegralNumber() && value.canConvertToLong()) {
      return Instant.ofEpochMilli(value.longValue());
    }
    if (value.isTextual()) {
      try {
        return Instant.parse(value.textValue()).truncatedTo(ChronoUnit.MILLIS);
      } catch (DateTimeParseException e) {
        throw new InvalidInputException(
            "a time such as 2026-03-01T12:00:00Z was expected at %s, and there is \"%s\""
                .formatted(time, value.textValue()));
      }
    }
    throw new InvalidInputException(
        "a time or epoch milliseconds were expected at %s, and there is %s"
            .formatted(time, kind(value)));
  }

  static String kind(JsonNode value) {
    return switch (value.getNodeType()) {
      case MISSING -> "nothing";
      case NULL -> "null";
      case OBJECT -> "an object";
      case ARRAY -> "an array";
      case BOOLEAN -> "a boolean";
      case NUMBER -> "a number";
      case STRING -> "text";
      case BINARY, POJO -> "something else";
    };
  }
}
