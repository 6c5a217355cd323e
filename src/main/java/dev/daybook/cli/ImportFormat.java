package dev.daybook.cli;

import dev.daybook.InvalidInputException;
import dev.daybook.journal.Append;
import dev.daybook.journal.EncodedEvent;
import java.io.IOException;

/** What an event's parts are in a line. */
@FunctionalInterface
interface ImportFormat {

  /**
   * Makes an append of a line.
   *
   * @throws InvalidInputException if the line is bad, saying how
   */
  Append<EncodedEvent> append(byte[] line, String idempotencyKey) throws IOException;
}
