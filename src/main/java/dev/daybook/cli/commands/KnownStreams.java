package dev.daybook.cli.commands;

import dev.daybook.Daybook;
import dev.daybook.cli.output.UnknownNames;
import dev.daybook.journal.StreamState;
import dev.daybook.stream.StreamStatus;

/** Streams that a command is given by their ids. */
final class KnownStreams {

  private KnownStreams() {}

  /**
   * The status of a stream.
   *
   * @throws dev.daybook.error.InvalidInputException if it is unknown
   */
  static StreamStatus require(Daybook daybook, String stream) {
    StreamStatus status = daybook.streams().status(stream);
    if (status.state() == StreamState.UNKNOWN) {
      throw UnknownNames.unknown("stream", stream);
    }
    return status;
  }
}
