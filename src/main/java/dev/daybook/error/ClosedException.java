package dev.daybook.error;

/**
 * The {@link dev.daybook.Daybook} has been closed, or the transaction to which the repository was
 * bound.
 */
public final class ClosedException extends DaybookException {

  private static final long serialVersionUID = 1L;

  public ClosedException(String message) {
    super(message);
  }
}
