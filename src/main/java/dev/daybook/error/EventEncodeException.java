package dev.daybook.error;

import org.jspecify.annotations.Nullable;

/** An event's data can't be written by the journal's codec. Nothing of its append was written. */
public final class EventEncodeException extends DaybookException {

  private static final long serialVersionUID = 1L;

  private static final int MOST_CHARACTERS = 1_000;

  public EventEncodeException(String type, Throwable cause) {
    super(
        "an event of type \"%s\" can't be encoded: %s"
            .formatted(type, shortened(cause.getMessage())),
        cause);
  }

  /** The path to a value in an object that contains itself has thousands of steps. */
  private static String shortened(@Nullable String message) {
    String whole = String.valueOf(message);
    return whole.length() <= MOST_CHARACTERS ? whole : whole.substring(0, MOST_CHARACTERS) + "…";
  }
}
