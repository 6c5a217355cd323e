package dev.daybook.cli.importing;

import dev.daybook.error.InvalidInputException;
import dev.daybook.journal.Append;
import dev.daybook.journal.BulkLoad;
import dev.daybook.journal.EncodedEvent;
import dev.daybook.journal.RecordedEvent;
import java.io.IOException;
import java.util.List;

/**
 * What a line says, and how such lines get into a journal.
 *
 * @param <T> what a line is read as
 */
interface ImportFormat<T> {

  /**
   * Reads a line.
   *
   * @throws InvalidInputException if the line is bad, saying how
   */
  T read(byte[] line) throws IOException;

  /** Appends what some lines were read as. */
  void append(BulkLoad<EncodedEvent> load, List<T> lines, long offset, String note);

  /** A line is an append: its event becomes the next of its stream. */
  @FunctionalInterface
  interface OfAppends extends ImportFormat<Append<EncodedEvent>> {

    @Override
    default void append(
        BulkLoad<EncodedEvent> load, List<Append<EncodedEvent>> lines, long offset, String note) {
      load.append(lines, offset, note);
    }
  }

  /** A line is an event that keeps its number and its position. */
  @FunctionalInterface
  interface OfRecorded extends ImportFormat<RecordedEvent<EncodedEvent>> {

    @Override
    default void append(
        BulkLoad<EncodedEvent> load,
        List<RecordedEvent<EncodedEvent>> lines,
        long offset,
        String note) {
      load.appendRecorded(lines, offset, note);
    }
  }
}
