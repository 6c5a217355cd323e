package dev.daybook.internal.callback;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.Writer;

/**
 * Calling code that is not Daybook's own: a listener, a handler, a subscriber. It may throw
 * anything, checked exceptions and errors included, and what it throws may fail itself when it is
 * asked for its text. None of that may affect others or end a thread.
 */
public final class Callbacks {

  private static final int MOST_CHARACTERS = 1_000;

  private Callbacks() {}

  /**
   * Calls a listener. What the call throws is logged, with its stack trace.
   *
   * @param what the listener's name for the log
   */
  public static void tell(System.Logger log, String what, Runnable call) {
    try {
      call.run();
    } catch (Throwable e) {
      log(log, System.Logger.Level.WARNING, what + " failed, which affects nothing else", e);
    }
  }

  /**
   * Clears an interrupt that a callback has left on a thread of ours: it does not concern the next
   * work.
   */
  @SuppressWarnings("CheckReturnValue")
  public static void forgetInterrupt() {
    Thread.interrupted();
  }

  /** Logs a failure with its stack trace, even if it can't be printed. */
  public static void log(
      System.Logger log, System.Logger.Level level, String message, Throwable failure) {
    try {
      log.log(level, message, showable(failure));
    } catch (Throwable logFailed) {
      // The application's logger failed: there is no other place to report to.
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

  /** The message of a failure, or its text if it has none; no more than its beginning. */
  public static String message(Throwable failure) {
    try {
      String message = failure.getMessage();
      return shortened(message == null ? text(failure) : message);
    } catch (Throwable alsoFailed) {
      return unshowable(failure);
    }
  }

  /** The path to a value in an object that contains itself, for example, has thousands of steps. */
  private static String shortened(String message) {
    if (message.length() <= MOST_CHARACTERS) {
      return message;
    }
    int end = MOST_CHARACTERS;
    if (Character.isHighSurrogate(message.charAt(end - 1))) {
      end--;
    }
    return message.substring(0, end) + "…";
  }

  /** The stack trace of a failure, as printed. */
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
