package dev.daybook.error;

import dev.daybook.internal.callback.Callbacks;

/** An event's data can't be written by the journal's codec. Nothing of its append was written. */
public final class EventEncodeException extends DaybookException {

  private static final long serialVersionUID = 1L;

  public EventEncodeException(String type, Throwable cause) {
    super(
        "an event of type \"%s\" can't be encoded: %s".formatted(type, Callbacks.message(cause)),
        cause);
  }
}
