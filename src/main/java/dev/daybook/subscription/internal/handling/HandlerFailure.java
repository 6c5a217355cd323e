package dev.daybook.subscription.internal.handling;

import dev.daybook.internal.callback.Callbacks;

/** What a handler threw, or decoding did: any exception or error that is about the event. */
final class HandlerFailure extends Exception {

  private static final long serialVersionUID = 1L;

  private final Throwable failure;
  private final boolean retryable;

  private HandlerFailure(Throwable failure, boolean retryable) {
    super(Callbacks.text(failure), failure);
    this.failure = failure;
    this.retryable = retryable;
  }

  /**
   * @throws VirtualMachineError if that is what was thrown, and it says nothing about the event
   */
  static HandlerFailure handling(Throwable thrown) {
    return of(thrown, true);
  }

  /**
   * @throws VirtualMachineError if that is what was thrown, and it says nothing about the event
   */
  static HandlerFailure decoding(Throwable thrown) {
    return of(thrown, false);
  }

  /**
   * A stack that overflows does so for what is in the event; memory that is short, for anything.
   */
  private static HandlerFailure of(Throwable thrown, boolean retryable) {
    if (thrown instanceof VirtualMachineError error && !(thrown instanceof StackOverflowError)) {
      throw error;
    }
    return new HandlerFailure(thrown, retryable);
  }

  Throwable failure() {
    return failure;
  }

  /** The failure in words, whatever it is. */
  String text() {
    return Callbacks.text(failure);
  }

  boolean retryable() {
    return retryable;
  }
}
