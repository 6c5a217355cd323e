package dev.daybook.cli.output;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.daybook.journal.EncodedEvent;
import dev.daybook.journal.RecordedEvent;
import dev.daybook.payload.internal.Compressors;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Prints events: as JSON, one object a line, or as rows of a table. */
public final class EventPrinter {

  /** How much of an event's data a terminal shows. */
  private static final int SHOWN = 100;

  private final ResultPrinter printer;
  private final Part part;
  private boolean keys = true;

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

  /** Leaves out the idempotency keys of events. */
  public EventPrinter withoutKeys() {
    keys = false;
    return this;
  }

  /**
   * Prints an event.
   *
   * @return whether the output may still be read; {@code false} soon after a pipe was closed
   */
  @CanIgnoreReturnValue
  public boolean print(RecordedEvent<EncodedEvent> event) {
    if (part == Part.DATA_ONLY) {
      return printer.printLine(EventJson.data(event.data()));
    }
    return printer.isJson()
        ? printer.printLine(EventJson.of(event, part == Part.WHOLE, keys))
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
    if (!printer.isForPeople()) {
      return data;
    }
    String line = OneLine.of(data);
    return line.codePointCount(0, line.length()) <= SHOWN
        ? line
        : line.substring(0, line.offsetByCodePoints(0, SHOWN)) + "…";
  }

  private static byte[] plain(EncodedEvent data) {
    return Compressors.decompress(data.payload(), Compressors.ofColumnValue(data.compression()));
  }

  private static String data(EncodedEvent data) {
    if (data.keyId() != null) {
      return "(encrypted with %s, %s)".formatted(data.keyId(), bytes(data));
    }
    return data.codec().equals(EncodedEvent.JSON)
        ? new String(plain(data), StandardCharsets.UTF_8)
        : "(%s, %s)".formatted(data.codec(), bytes(data));
  }

  private static String bytes(EncodedEvent data) {
    return ResultPrinter.count(data.payload().length, "byte");
  }
}
