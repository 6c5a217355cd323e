package dev.daybook.internal.callback;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.Writer;

/**
 * Calling code that is not Daybook's own: a listener, a handler, a subscriber. It may throw
 * anything, checked exceptions and errors included, and what it throws may fail itself when it is
 * asked for its text. None of that may reach anybody else or end a thread.
 */
public final class Callbacks {

  private Callbacks() {}

  /**
   * Calls somebody who is only told something. What the call throws is logged, with where it came
   * from.
   *
   * @param what who is told, for the log
   */
  public static void tell(System.Logger log, String what, Runnable call) {
    try {
      call.run();
    } catch (Throwable e) {
      log(log, System.Logger.Level.WARNING, what + " failed, which affects nothing else", e);
    }
  }

  /**
   * Forgets an interrupt that a callback has left behind on a thread of ours: it is not about what
   * comes next.
   */
  @SuppressWarnings("CheckReturnValue")
  public static void forgetInterrupt() {
    Thread.interrupted();
  }

  /** Logs a failure with where it came from, also if it can't be shown. */
  public static void log(
      System.Logger log, System.Logger.Level level, String message, Throwable failure) {
    try {
      log.log(level, message, showable(failure));
    } catch (Throwable logFailed) {
      // A log of somebody else's that fails: nobody is left who could be told.
    }
  }

  /** The text of a failure, also if it has none to give. */
  public static String text(Throwable failure) {
    try {
      return String.valueOf(failure.toString());
    } catch (Throwable alsoFailed) {
      return unshowable(failure);
    }
  }

  /** The message of a failure, or its text if there is none. */
  public static String message(Throwable failure) {
    try {
      String message = failure.getMessage();
      return message == null ? text(failure) : message;
    } catch (Throwable alsoFailed) {
      return unshowable(failure);
    }
  }

  /** Where a failure came from, as it is printed. */
  public static String stackTrace(Throwable failure) {
    StringWriter text = new StringWriter();
    try (PrintWriter to = new PrintWriter(text)) {
      showable(failure).printStackTrace(to);
    }
    return text.toString();
  }

  /** A failure that can be printed: the one given, or another that stands for it. */
  public static Throwable showable(Throwable failure) {
    try (PrintWriter nowhere = new PrintWriter(Writer.nullWriter())) {
      failure.printStackTrace(nowhere);
      return failure;
    } catch (Throwable alsoFailed) {
      return new UnshowableException(unshowable(failure), failure);
    }
  }

  private static String unshowable(Throwable failure) {
    return failure.getClass().getName() + " (which fails when it is asked for its text)";
  }

  /** Stands for a failure that can't be printed. */
  private static final class UnshowableException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    UnshowableException(String text, Throwable failure) {
      super(text);
      try {
        setStackTrace(failure.getStackTrace());
      } catch (Throwable noTrace) {
        // Then where it was noticed has to do.
      }
    }
  }
}
