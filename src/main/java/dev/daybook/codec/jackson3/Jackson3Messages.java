package dev.daybook.codec.jackson3;

import dev.daybook.internal.json.JacksonMessages;
import tools.jackson.core.JacksonException;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.databind.DatabindException;

/** What Jackson 3 reports, in the same words as what Jackson 2 does. */
final class Jackson3Messages {

  private Jackson3Messages() {}

  /** Why something can't be read or written; without a place. */
  static String reason(JacksonException failure) {
    return JacksonMessages.reason(
        failure.getOriginalMessage(), failure instanceof DatabindException);
  }

  /** The same with the place: the line and column, and the property in an object. */
  static String reasonAndPlace(JacksonException failure) {
    StringBuilder path = new StringBuilder();
    for (JacksonException.Reference step : failure.getPath()) {
      JacksonMessages.addTo(path, step.getPropertyName(), step.getIndex());
    }
    TokenStreamLocation location = failure.getLocation();
    return reason(failure)
        + (location == null
            ? JacksonMessages.place(0, 0, path)
            : JacksonMessages.place(location.getLineNr(), location.getColumnNr(), path));
  }
}
