package dev.daybook.cli.output;

import com.fasterxml.jackson.core.JsonGenerator;
import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.daybook.journal.EncodedEvent;
import dev.daybook.journal.RecordedEvent;
import dev.daybook.payload.internal.Compressors;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Prints events: as JSON, one object a line, or as rows of a table. */
public final class EventPrinter {

  /** How much of an event's data a terminal shows. */
  private static final int SHOWN = 100;

  private final ResultPrinter printer;
  private final Part part;

  /** What of an event is printed. */
  public enum Part {
    /** All of it. */
    WHOLE,
    /** All but its data. */
    NO_DATA,
    /** Its data alone. */
    DATA_ONLY
  }

  private record Row(
      long position,
      Instant time,
      String stream,
      long seq,
      String type,
      List<String> tags,
      Optional<String> data) {}

  public EventPrinter(ResultPrinter printer, Part part) {
    this.printer = printer;
    this.part = part;
  }

  /**
   * Prints an event.
   *
   * @return whether the output may still be read; {@code false} soon after a pipe was closed
   */
  @CanIgnoreReturnValue
  public boolean print(RecordedEvent<EncodedEvent> event) {
    if (part == Part.DATA_ONLY) {
      return printer.printJson(generator -> writeData(generator, event.data()));
    }
    return printer.isJson()
        ? printer.printJson(generator -> write(generator, event, part == Part.WHOLE))
        : printer.printRow(row(event));
  }

  /** Writes what was printed; returns whether that succeeded. */
  @CanIgnoreReturnValue
  public boolean flush() {
    return printer.flush();
  }

  private Row row(RecordedEvent<EncodedEvent> event) {
    return new Row(
        event.position(),
        event.time(),
        event.streamId(),
        event.seq(),
        event.type(),
        event.tags(),
        part == Part.WHOLE ? Optional.of(shown(data(event.data()))) : Optional.empty());
  }

  /** Shorter on a terminal. */
  private String shown(String data) {
    return !printer.isForPeople() || data.codePointCount(0, data.length()) <= SHOWN
        ? data
        : data.substring(0, data.offsetByCodePoints(0, SHOWN)) + "…";
  }

  private static void write(
      JsonGenerator generator, RecordedEvent<EncodedEvent> event, boolean withData)
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
    if (withData) {
      writeFields(generator, event.data());
    }
    generator.writeEndObject();
  }

  private static void writeFields(JsonGenerator generator, EncodedEvent data) throws IOException {
    if (!isJson(data)) {
      writeCodec(generator, data);
    }
    generator.writeFieldName("data");
    writeData(generator, data);
  }

  private static boolean isJson(EncodedEvent data) {
    return data.keyId() == null && data.codec().equals(EncodedEvent.JSON);
  }

  private static void writeData(JsonGenerator generator, EncodedEvent data) throws IOException {
    if (isJson(data)) {
      JsonLines.copy(plain(data), generator);
    } else {
      generator.writeBinary(data.payload());
    }
  }

  private static void writeCodec(JsonGenerator generator, EncodedEvent data) throws IOException {
    generator.writeStringField("codec", data.codec());
    if (data.compression() != null) {
      generator.writeStringField("compression", data.compression());
    }
    if (data.keyId() != null) {
      generator.writeStringField("keyId", data.keyId());
    }
  }

  private static byte[] plain(EncodedEvent data) {
    return Compressors.decompress(data.payload(), Compressors.ofColumnValue(data.compression()));
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
