package dev.daybook.cli.output;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.daybook.internal.json.JsonFlaw;
import dev.daybook.internal.json.StoredJson;
import dev.daybook.journal.EncodedEvent;
import dev.daybook.journal.RecordedEvent;
import dev.daybook.payload.PayloadException;
import dev.daybook.payload.internal.Compressors;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Events as JSON objects, each a text of one line. What an event's line says is in the manual, on
 * the page of bulk loads; {@code importing.ExportedEvents} reads it.
 *
 * <p>JSON data is in the line byte by byte as it is stored, but for white space around it and all
 * white space of data that has more than one line. All other data is Base64, and so is what should
 * be JSON and is not.
 */
public final class EventJson {

  private static final JsonFactory JSON = new JsonMapper(StoredJson.factory()).getFactory();
  private static final String WHITE_SPACE = " \t\r\n";

  private EventJson() {}

  /**
   * An event.
   *
   * @param data whether its data is written
   * @param keys whether its idempotency key is written
   */
  public static String of(RecordedEvent<EncodedEvent> event, boolean data, boolean keys) {
    return object(
        json -> {
          json.writeStringField("stream", event.streamId());
          json.writeNumberField("seq", event.seq());
          json.writeNumberField("position", event.position());
          json.writeStringField("type", event.type());
          if (event.data().schemaVersion() != 1) {
            json.writeNumberField("schemaVersion", event.data().schemaVersion());
          }
          json.writeArrayFieldStart("tags");
          for (String tag : event.tags()) {
            json.writeString(tag);
          }
          json.writeEndArray();
          json.writeStringField("time", event.time().toString());
          json.writeObjectFieldStart("metadata");
          for (Map.Entry<String, String> entry : event.metadata().entries().entrySet()) {
            json.writeStringField(entry.getKey(), entry.getValue());
          }
          json.writeEndObject();
          Optional<String> key = event.idempotencyKey();
          if (keys && key.isPresent()) {
            json.writeStringField("key", key.get());
          }
          if (data) {
            writeData(json, event.data());
          }
        });
  }

  /** An event's data alone: JSON, or Base64 as a text. */
  static String data(EncodedEvent data) {
    String text = text(data);
    return text == null ? '"' + Base64.getEncoder().encodeToString(data.payload()) + '"' : text;
  }

  private interface Writing {
    void write(JsonGenerator json) throws IOException;
  }

  /** As text, because Jackson writes bytes of characters beyond U+FFFF as escapes. */
  private static String object(Writing writing) {
    StringWriter line = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(line)) {
      json.writeStartObject();
      writing.write(json);
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return line.toString();
  }

  private static void writeData(JsonGenerator json, EncodedEvent data) throws IOException {
    String text = text(data);
    if (text != null) {
      json.writeFieldName("data");
      json.writeRawValue(text);
      return;
    }
    json.writeStringField("codec", data.codec());
    if (data.compression() != null) {
      json.writeStringField("compression", data.compression());
    }
    if (data.keyId() != null) {
      json.writeStringField("keyId", data.keyId());
    }
    json.writeBinaryField("data", data.payload());
  }

  /** The data as JSON of one line; {@code null} if it is something else. */
  private static @Nullable String text(EncodedEvent data) {
    if (data.keyId() != null || !data.codec().equals(EncodedEvent.JSON)) {
      return null;
    }
    byte[] plain;
    try {
      plain = Compressors.decompress(data.payload(), Compressors.ofColumnValue(data.compression()));
    } catch (PayloadException e) {
      return null;
    }
    if (JsonFlaw.in(plain).isPresent()) {
      return null;
    }
    return inOneLine(new String(plain, StandardCharsets.UTF_8));
  }

  /** The same JSON in one line: line ends are between its parts only. */
  private static String inOneLine(String json) {
    if (json.indexOf('\n') < 0) {
      return json.strip();
    }
    StringBuilder line = new StringBuilder(json.length());
    boolean quoted = false;
    for (int i = 0; i < json.length(); i++) {
      char c = json.charAt(i);
      if (quoted || WHITE_SPACE.indexOf(c) < 0) {
        line.append(c);
      }
      if (quoted && c == '\\') {
        i++;
        line.append(json.charAt(i));
      } else if (c == '"') {
        quoted = !quoted;
      }
    }
    return line.toString();
  }
}
