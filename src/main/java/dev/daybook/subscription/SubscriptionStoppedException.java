package dev.daybook.subscription;

import dev.daybook.error.DaybookException;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * A subscription has stopped by itself: in front of an event that it could not handle, behind too
 * many of them in a row, or because its checkpoint is ahead of the journal, or because events that
 * its handler has handled are lost.
 */
public final class SubscriptionStoppedException extends DaybookException {

  private static final long serialVersionUID = 1L;

  private final String problem;
  private final @Nullable Long position;

  public SubscriptionStoppedException(
      String name, String problem, OptionalLong position, @Nullable Throwable cause) {
    super("subscription \"%s\" has stopped: %s".formatted(name, problem), cause);
    this.problem = problem;
    this.position = position.isPresent() ? position.getAsLong() : null;
  }

  /** What was the matter. */
  public String problem() {
    return problem;
  }

  /** Of the event at which it has stopped; empty if no event was the matter. */
  public OptionalLong position() {
    return position == null ? OptionalLong.empty() : OptionalLong.of(position);
  }
}
