package dev.daybook.subscription;

import dev.daybook.error.TransientException;

/**
 * An append to an {@linkplain Subscriptions#inline inline journal} was refused, because its
 * projection has too many events to handle before. Nothing was written. Start a subscription with
 * the projection, and repeat the append once that has caught up.
 */
public final class ProjectionBehindException extends TransientException {

  private static final long serialVersionUID = 1L;

  private final String name;
  private final long position;

  public ProjectionBehindException(String name, long position) {
    super(
        "the inline projection \"%s\" has handled events up to position %s and has more than %s to handle before this append, of which nothing was written; expected its subscription to catch up first"
            .formatted(name, position, Subscriptions.MOST_BEHIND),
        null);
    this.name = name;
    this.position = position;
  }

  /** The projection's name. */
  public String name() {
    return name;
  }

  /** The position up to which it has handled events. */
  public long position() {
    return position;
  }
}
