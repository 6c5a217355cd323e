package dev.daybook.subscription;

import dev.daybook.DaybookException;
import org.jspecify.annotations.Nullable;

/** A subscription has stopped by itself, in front of an event that it could not handle. */
public final class SubscriptionStoppedException extends DaybookException {

  private static final long serialVersionUID = 1L;

  public SubscriptionStoppedException(String name, String problem, @Nullable Throwable cause) {
    super("subscription \"%s\" has stopped: %s".formatted(name, problem), cause);
  }
}
