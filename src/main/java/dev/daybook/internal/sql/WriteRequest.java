package dev.daybook.internal.sql;

import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Something to be written that may share a transaction with what others ask for at the same time,
 * and that has an outcome of its own all the same. Made for one use, by the thread that waits for
 * the outcome; handed on to the one that writes.
 */
public abstract class WriteRequest {

  private boolean written;
  private @Nullable Throwable failure;
  private @Nullable Thread failedIn;

  /** About how much memory it takes while it waits. */
  public abstract long bytes();

  /** Nothing is known of its outcome, or no longer. */
  public final void begin() {
    written = false;
    failure = null;
  }

  /** Its outcome is that it was written, and the transaction committed. */
  public final void written() {
    written = true;
  }

  /** Its outcome is this failure, and nothing of it is written. */
  public final void fail(Throwable reason) {
    failure = reason;
    failedIn = Thread.currentThread();
  }

  public final boolean hasFailed() {
    return failure != null;
  }

  /** Throws its failure if it has one. */
  public final void requireNotFailed() {
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

  /** Throws its failure, unless it was written. */
  public final void requireWritten() {
    requireNotFailed();
    if (!written) {
      throw new IllegalStateException("the outcome of this write is not known");
    }
  }

  /** Behind the trace of the thread that wrote it comes that of the one that asked for it. */
  private static void showCaller(Throwable failure) {
    failure.setStackTrace(
        Stream.of(failure.getStackTrace(), new Throwable().getStackTrace())
            .flatMap(Stream::of)
            .toArray(StackTraceElement[]::new));
  }
}
