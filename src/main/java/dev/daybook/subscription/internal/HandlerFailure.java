package dev.daybook.subscription.internal;

/** What a handler threw, or decoding did. */
final class HandlerFailure extends Exception {

  private static final long serialVersionUID = 1L;

  private final Exception failure;
  private final boolean retryable;

  private HandlerFailure(Exception failure, boolean retryable) {
    super(failure);
    this.failure = failure;
    this.retryable = retryable;
  }

  static HandlerFailure handling(Exception failure) {
    return new HandlerFailure(failure, true);
  }

  static HandlerFailure decoding(Exception failure) {
    return new HandlerFailure(failure, false);
  }

  Exception failure() {
    return failure;
  }

  boolean retryable() {
    return retryable;
  }
}
