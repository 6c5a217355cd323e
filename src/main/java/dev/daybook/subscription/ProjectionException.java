package dev.daybook.subscription;

import dev.daybook.error.DaybookException;

/**
 * The handler of an {@linkplain Subscriptions#inline inline projection} threw a checked exception,
 * which is the cause. Nothing was written, by the append neither.
 */
public final class ProjectionException extends DaybookException {

  private static final long serialVersionUID = 1L;

  public ProjectionException(String name, Exception cause) {
    super("the handler of the inline projection \"%s\" failed: %s".formatted(name, cause), cause);
  }
}
