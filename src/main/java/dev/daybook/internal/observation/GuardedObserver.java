package dev.daybook.internal.observation;

import dev.daybook.internal.callback.Callbacks;
import dev.daybook.observation.Ending;
import dev.daybook.observation.StoreObserver;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Calls an observer. Its failures affect nothing; the first is logged with its stack trace, since
 * there may be one for each append.
 */
final class GuardedObserver {

  private static final System.Logger LOG = System.getLogger("dev.daybook.observation");

  private final StoreObserver observer;
  private final AtomicBoolean hasFailed = new AtomicBoolean();

  GuardedObserver(StoreObserver observer) {
    this.observer = Objects.requireNonNull(observer, "observer");
  }

  void tell(Consumer<StoreObserver> call) {
    try {
      call.accept(observer);
    } catch (Throwable e) {
      failed(e);
    }
  }

  /**
   * Calls it at a beginning.
   *
   * @param others of those that were called before, and are called after it at the end
   * @return of all
   */
  <T> Ending<T> begin(Function<StoreObserver, Ending<T>> call, Ending<T> others) {
    try {
      Ending<T> ending = Objects.requireNonNull(call.apply(observer), "the ending");
      return how -> {
        end(ending, how);
        others.ended(how);
      };
    } catch (Throwable e) {
      failed(e);
      return others;
    }
  }

  private <T> void end(Ending<T> ending, T how) {
    try {
      ending.ended(how);
    } catch (Throwable e) {
      failed(e);
    }
  }

  private void failed(Throwable failure) {
    if (hasFailed.compareAndSet(false, true)) {
      Callbacks.log(
          LOG,
          System.Logger.Level.WARNING,
          "an observer failed, which affects nothing else and is logged once: "
              + observer.getClass().getName(),
          failure);
    }
  }
}
