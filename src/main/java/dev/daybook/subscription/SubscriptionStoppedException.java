package dev.daybook.subscription;

import dev.daybook.error.DaybookException;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * A subscription has stopped by itself: before an event that it could not handle, after too many of
 * them in a row, or because its checkpoint is ahead of the journal, or because events that its
 * handler has handled are lost.
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

  /** Why it has stopped. */
  public String problem() {
    return problem;
  }

  /** The position of the event at which it has stopped; empty if the reason was not an event. */
  public OptionalLong position() {
    return position == null ? OptionalLong.empty() : OptionalLong.of(position);
  }
}
