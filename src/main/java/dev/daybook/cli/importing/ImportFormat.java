package dev.daybook.cli.importing;

import dev.daybook.cli.json.BadLine;
import dev.daybook.cli.json.JsonLine;
import dev.daybook.cli.json.JsonPath;
import dev.daybook.error.InvalidInputException;
import dev.daybook.journal.Append;
import dev.daybook.journal.BulkLoad;
import dev.daybook.journal.EncodedEvent;
import dev.daybook.journal.NewEvent;
import dev.daybook.journal.RecordedEvent;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a line says, and how such lines get into a journal.
 *
 * @param <T> what a line is read as
 */
interface ImportFormat<T> {

  /**
   * Reads a line.
   *
   * @throws BadLine if the line is bad, saying how
   * @throws InvalidInputException if a part of it is not valid in an event
   */
  T read(byte[] line) throws BadLine;

  /** Appends what some lines were read as. */
  void append(BulkLoad<EncodedEvent> load, List<T> lines, long offset, String note);

  /** The options that say what a line becomes: an import continues with the same ones only. */
  String options();

  /** What is read of a line. */
  Collection<JsonPath> paths();

  /** What a line would become. */
  Written written(T line);

  /** An event that would be written. */
  record Written(
      String stream, String type, List<String> tags, @Nullable Instant time, @Nullable String key) {

    static Written of(Append<EncodedEvent> append) {
      NewEvent<EncodedEvent> event = append.events().get(0);
      return new Written(
          append.streamId(),
          event.data().type(),
          event.tags(),
          event.time().orElse(null),
          append.idempotencyKey().orElse(null));
    }

    @Override
    public String toString() {
      return "%s  %s  %s%s"
          .formatted(time == null ? "now" : time, stream, type, tags.isEmpty() ? "" : "  " + tags);
    }
  }

  /** What is between the fields of a row, if the files are CSV. */
  default Optional<Character> csvSeparator() {
    return Optional.empty();
  }

  /** The longest line. */
  default int maxLineBytes() {
    return JsonLine.MAX_BYTES;
  }

  /** A line is an append: its event becomes the next of its stream. */
  interface OfAppends extends ImportFormat<Append<EncodedEvent>> {

    @Override
    default void append(
        BulkLoad<EncodedEvent> load, List<Append<EncodedEvent>> lines, long offset, String note) {
      load.append(lines, offset, note);
    }

    @Override
    default Written written(Append<EncodedEvent> line) {
      return Written.of(line);
    }
  }

  /** A line is an event that keeps its number and its position. */
  interface OfRecorded extends ImportFormat<RecordedEvent<EncodedEvent>> {

    @Override
    default void append(
        BulkLoad<EncodedEvent> load,
        List<RecordedEvent<EncodedEvent>> lines,
        long offset,
        String note) {
      load.appendRecorded(lines, offset, note);
    }

    @Override
    default Written written(RecordedEvent<EncodedEvent> line) {
      return new Written(line.streamId(), line.type(), line.tags(), line.time(), null);
    }
  }
}
