package dev.daybook.subscription.internal.handling;

import dev.daybook.error.ClosedException;
import dev.daybook.error.DatabaseMovedException;
import dev.daybook.error.DaybookException;
import dev.daybook.error.JournalRolledBackException;
import dev.daybook.error.ReadOnlyException;
import dev.daybook.subscription.SubscriptionStoppedException;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Work on a database that may fail for a while: tried again until it succeeds or is to stop. */
public final class RetryUntilStopped {

  private static final System.Logger LOG = System.getLogger("dev.daybook.subscription");
  private static final long FIRST_DELAY_MILLIS = 50;
  private static final long LONGEST_DELAY_MILLIS = 5_000;

  @FunctionalInterface
  private interface Wait {
    boolean goesOn(long time, TimeUnit unit);
  }

  private final String name;
  private final Control control;

  public RetryUntilStopped(String name, Control control) {
    this.name = name;
    this.control = control;
  }

  /**
   * Returns the result; empty if it is to stop.
   *
   * @throws ClosedException if the database is closed
   * @throws DatabaseMovedException if it is not there any more
   * @throws SubscriptionStoppedException if the work itself says that this is the end
   * @throws JournalRolledBackException if it has noticed that
   */
  public <T> Optional<T> untilDone(String what, Supplier<T> work) {
    return untilDone(what, work, () -> {}, control::waitFor);
  }

  /** The same for work that belongs to a call of the handler: empty also if it is to pause. */
  public <T> Optional<T> unlessPaused(String what, Supplier<T> work) {
    return unlessPaused(what, work, () -> {});
  }

  /**
   * The same, with a check before each retry.
   *
   * @param look throws an exception to end the retries
   */
  public <T> Optional<T> unlessPaused(String what, Supplier<T> work, Runnable look) {
    return untilDone(what, work, look, control::waitToCall);
  }

  private <T> Optional<T> untilDone(String what, Supplier<T> work, Runnable look, Wait wait) {
    long delay = FIRST_DELAY_MILLIS;
    boolean again = false;
    while (true) {
      try {
        if (again) {
          look.run();
        }
        again = true;
        return Optional.of(work.get());
      } catch (ClosedException
          | SubscriptionStoppedException
          | JournalRolledBackException
          | DatabaseMovedException
          | ReadOnlyException e) {
        throw e;
      } catch (DaybookException e) {
        LOG.log(
            System.Logger.Level.WARNING,
            "subscription \"" + name + "\": " + what + " failed, and is tried again",
            e);
      }
      if (!wait.goesOn(delay, TimeUnit.MILLISECONDS)) {
        return Optional.empty();
      }
      delay = Math.min(2 * delay, LONGEST_DELAY_MILLIS);
    }
  }
}
