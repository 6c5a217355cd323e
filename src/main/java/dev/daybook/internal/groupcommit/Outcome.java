package dev.daybook.internal.groupcommit;

import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The outcome of a request. Made by the thread that waits for it, and passed to the one that
 * writes.
 */
public final class Outcome {

  private boolean written;
  private @Nullable Throwable failure;
  private @Nullable Thread failedIn;
  private boolean wantsTime;
  private long begunAt;

  /** Asks for the time at which the request is written first. */
  public void time() {
    wantsTime = true;
  }

  /**
   * When it was written for the first time.
   *
   * @param otherwise if it was not, or no time was taken
   */
  public long begunAt(long otherwise) {
    return wantsTime || begunAt == 0 ? otherwise : begunAt;
  }

  /**
   * The request is written from now on: nothing is known of its outcome, or no longer. What it has
   * to wait for before, such as a connection, is there by now.
   */
  public void begin() {
    written = false;
    failure = null;
    if (wantsTime) {
      wantsTime = false;
      begunAt = System.nanoTime();
    }
  }

  /** The request was written, and the transaction committed. */
  public void written() {
    written = true;
  }

  /** The request has failed. */
  public void fail(Throwable reason) {
    failure = reason;
    failedIn = Thread.currentThread();
  }

  /** Whether the outcome is known. */
  public boolean isKnown() {
    return written || failure != null;
  }

  public boolean hasFailed() {
    return failure != null;
  }

  /** Throws the request's failure if it has one. */
  public void requireNotFailed() {
    if (failure != null) {
      if (failedIn != Thread.currentThread()) {
        showCaller(failure);
      }
      if (failure instanceof Error error) {
        throw error;
      }
      if (failure instanceof RuntimeException exception) {
        throw exception;
      }
      throw new IllegalStateException(failure);
    }
  }

  /** Throws the request's failure, unless it was written. */
  public void requireWritten() {
    requireNotFailed();
    if (!written) {
      throw new IllegalStateException("the outcome of this write is not known");
    }
  }

  /**
   * The stack trace of the thread that wrote it is followed by that of the thread that asked for
   * it.
   */
  private static void showCaller(Throwable failure) {
    failure.setStackTrace(
        Stream.of(failure.getStackTrace(), Thread.currentThread().getStackTrace())
            .flatMap(Stream::of)
            .toArray(StackTraceElement[]::new));
  }
}
