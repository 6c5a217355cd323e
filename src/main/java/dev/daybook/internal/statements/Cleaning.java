package dev.daybook.internal.statements;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Cleaning up, which may fail too, without losing the first failure. */
public final class Cleaning {

  private Cleaning() {}

  /** Something that may fail. */
  @FunctionalInterface
  public interface Step {
    void run() throws Exception;
  }

  /** Cleans up after a failure; what fails now is added to it. */
  public static void after(Throwable failure, Step step) {
    try {
      step.run();
    } catch (Exception alsoFailed) {
      failure.addSuppressed(alsoFailed);
    }
  }

  /** Takes all steps, whatever some of them throw, and throws the first failure in the end. */
  public static void all(List<? extends Runnable> steps) {
    RuntimeException failure = null;
    for (Runnable step : steps) {
      failure = failureOf(step, failure);
    }
    if (failure != null) {
      throw failure;
    }
  }

  private static @Nullable RuntimeException failureOf(
      Runnable step, @Nullable RuntimeException before) {
    try {
      step.run();
      return before;
    } catch (RuntimeException e) {
      if (before == null) {
        return e;
      }
      before.addSuppressed(e);
      return before;
    }
  }
}
