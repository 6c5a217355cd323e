package dev.daybook.error;

import org.jspecify.annotations.Nullable;

/**
 * A caller stopped waiting for a write that had begun: the time of its call has passed ({@link
 * dev.daybook.Daybook#withDeadline}), or its thread was interrupted, and then still is. It is
 * unknown whether the write was committed, or still will be. Of a call that writes several
 * transactions, such as {@link dev.daybook.stream.Streams#archiveTo}, a part was written, and
 * another call continues from there. An append that has an expected sequence number or an
 * idempotency key can be repeated safely.
 */
public final class OutcomeUnknownException extends DaybookException {

  private static final long serialVersionUID = 1L;

  public OutcomeUnknownException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
