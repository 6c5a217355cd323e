package dev.daybook.codec.internal;

import dev.daybook.codec.TreeCodec;
import dev.daybook.error.InvalidInputException;

/**
 * A mapper's format that loses nothing: it knows beforehand which classes it can read, and asks for
 * every property that it has written.
 */
public interface StrictJson extends TreeCodec {

  /** What is done about properties that a class and a stored object don't share. */
  record Strictness(boolean refusesUnknownFields, boolean toleratesMissingFields) {}

  /**
   * A codec as one of these.
   *
   * @throws InvalidInputException if it is a custom one
   */
  static StrictJson require(TreeCodec codec) {
    if (codec instanceof StrictJson strict) {
      return strict;
    }
    throw new InvalidInputException(
        "the codec %s does not know beforehand which classes it can read; expected that of Jackson3Json, or a mapper"
            .formatted(codec.getClass().getName()));
  }

  /** The shapes of classes, to this mapper. */
  Shapes shapes();

  /** This with another strictness. */
  StrictJson with(Strictness strictness);
}
