package dev.daybook.error;

/**
 * The {@link dev.daybook.Daybook} behind the call, or the transaction it was bound to, has been
 * closed.
 */
public final class ClosedException extends DaybookException {

  private static final long serialVersionUID = 1L;

  public ClosedException(String message) {
    super(message);
  }
}
