package dev.daybook.cli.output;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.daybook.internal.json.StoredJson;
import dev.daybook.journal.EncodedEvent;
import dev.daybook.journal.RecordedEvent;
import dev.daybook.payload.internal.Compressors;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Prints events and other results, for people or as one JSON object a line. */
public final class EventPrinter {

  private static final int LINES_BETWEEN_CHECKS = 256;

  private final PrintStream out;
  private final boolean json;
  private long lines;

  public EventPrinter(PrintStream out, boolean json) {
    this.out = out;
    this.json = json;
  }

  /**
   * Prints an event.
   *
   * @return whether the output may still be read; {@code false} soon after a pipe was closed
   */
  public boolean print(RecordedEvent<EncodedEvent> event) {
    if (json) {
      line(generator -> write(generator, event));
    } else {
      out.println(
          "%s  %s  %s/%s  %s%s  %s"
              .formatted(
                  event.position(),
                  event.time(),
                  event.streamId(),
                  event.seq(),
                  event.type(),
                  event.tags().isEmpty() ? "" : "  " + event.tags(),
                  data(event.data())));
    }
    lines++;
    // Asking flushes, so not for every line.
    return lines % LINES_BETWEEN_CHECKS != 0 || !out.checkError();
  }

  /** Prints a result of named values: as an object, or as this line. */
  public void print(Map<String, ?> values, String line) {
    if (!json) {
      out.println(line);
      return;
    }
    line(
        generator -> {
          generator.writeStartObject();
          for (Map.Entry<String, ?> value : values.entrySet()) {
            generator.writeObjectField(value.getKey(), value.getValue());
          }
          generator.writeEndObject();
        });
  }

  /** So many of something, for people. */
  public static String count(long number, String noun) {
    return "%s %s%s".formatted(number, noun, number == 1 ? "" : "s");
  }

  /** Writes what was printed; returns whether that succeeded. */
  @CanIgnoreReturnValue
  public boolean flush() {
    return !out.checkError();
  }

  /** Apart, so that it is loaded only where something is printed as JSON. */
  private static final class Json {

    static final JsonFactory FACTORY = new JsonMapper(StoredJson.factory()).getFactory();

    private Json() {}
  }

  private interface Writing {
    void write(JsonGenerator generator) throws IOException;
  }

  private void line(Writing writing) {
    try (JsonGenerator generator = Json.FACTORY.createGenerator(out)) {
      generator.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
      generator.disable(JsonGenerator.Feature.FLUSH_PASSED_TO_STREAM);
      writing.write(generator);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    out.println();
  }

  private static void write(JsonGenerator generator, RecordedEvent<EncodedEvent> event)
      throws IOException {
    generator.writeStartObject();
    generator.writeStringField("stream", event.streamId());
    generator.writeNumberField("seq", event.seq());
    generator.writeNumberField("position", event.position());
    generator.writeStringField("type", event.type());
    if (event.data().schemaVersion() != 1) {
      generator.writeNumberField("schemaVersion", event.data().schemaVersion());
    }
    generator.writeArrayFieldStart("tags");
    for (String tag : event.tags()) {
      generator.writeString(tag);
    }
    generator.writeEndArray();
    generator.writeStringField("time", event.time().toString());
    generator.writeObjectFieldStart("metadata");
    for (Map.Entry<String, String> entry : event.metadata().entries().entrySet()) {
      generator.writeStringField(entry.getKey(), entry.getValue());
    }
    generator.writeEndObject();
    writeData(generator, event.data());
    generator.writeEndObject();
  }

  private static void writeData(JsonGenerator generator, EncodedEvent data) throws IOException {
    if (data.keyId() == null && data.codec().equals(EncodedEvent.JSON)) {
      generator.writeFieldName("data");
      copy(plain(data), generator);
      return;
    }
    generator.writeStringField("codec", data.codec());
    if (data.compression() != null) {
      generator.writeStringField("compression", data.compression());
    }
    if (data.keyId() != null) {
      generator.writeStringField("keyId", data.keyId());
    }
    generator.writeBinaryField("data", data.payload());
  }

  private static byte[] plain(EncodedEvent data) {
    return Compressors.decompress(data.payload(), Compressors.ofColumnValue(data.compression()));
  }

  /** Copies JSON token by token, so that it is one line and is JSON. Numbers keep their digits. */
  private static void copy(byte[] json, JsonGenerator to) throws IOException {
    try (JsonParser from = Json.FACTORY.createParser(json)) {
      from.nextToken();
      to.copyCurrentStructureExact(from);
    }
  }

  private static String data(EncodedEvent data) {
    if (data.keyId() != null) {
      return "(encrypted with %s, %s bytes)".formatted(data.keyId(), data.payload().length);
    }
    return data.codec().equals(EncodedEvent.JSON)
        ? new String(plain(data), StandardCharsets.UTF_8).replaceAll("\\s*\\R\\s*", " ")
        : "(%s, %s bytes)".formatted(data.codec(), data.payload().length);
  }
}
