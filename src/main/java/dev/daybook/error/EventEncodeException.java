package dev.daybook.error;

import java.util.Objects;

/** An event's data can't be written by the journal's codec. Nothing of its append was written. */
public final class EventEncodeException extends DaybookException {

  private static final long serialVersionUID = 1L;

  private static final int MOST_CHARACTERS = 1_000;

  public EventEncodeException(String type, Throwable cause) {
    super("an event of type \"%s\" can't be encoded: %s".formatted(type, shortened(cause)), cause);
  }

  /** The path to a value in an object that contains itself has thousands of steps. */
  private static String shortened(Throwable cause) {
    String whole = Objects.requireNonNullElse(cause.getMessage(), cause.toString());
    return whole.length() <= MOST_CHARACTERS ? whole : whole.substring(0, MOST_CHARACTERS) + "…";
  }
}
