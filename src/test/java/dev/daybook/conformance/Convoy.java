package dev.daybook.conformance;

import dev.daybook.Daybook;
import dev.daybook.conformance.ConcurrentRendezvous.Outcome;
import dev.daybook.error.ClosedException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * Callers of a database with one writer, who all wait for it, one behind the other, until it is let
 * go. A transaction of its own keeps it from them, which writes nothing.
 */
public final class Convoy {

  private final CountDownLatch held = new CountDownLatch(1);
  private final CountDownLatch letGo = new CountDownLatch(1);
  private final FutureTask<Boolean> holder;
  private final List<Thread> threads = new ArrayList<>();
  private final List<FutureTask<Object>> callers = new ArrayList<>();

  public Convoy(Daybook daybook) {
    this.holder =
        new FutureTask<>(
            () ->
                daybook.transactionResult(
                    transaction -> {
                      held.countDown();
                      letGo.await();
                      return true;
                    }));
    start(holder);
    Await.reached(held);
  }

  /**
   * Lets one more caller wait, behind those that do, and says which thread it is. One that closes
   * waits for a limited time, and one that is refused at once, because of that, does not wait.
   */
  public Thread add(Callable<?> call) {
    FutureTask<Object> caller = new FutureTask<>(call::call);
    callers.add(caller);
    Thread thread = start(caller);
    Await.until(() -> isWaiting(thread) || caller.isDone());
    return thread;
  }

  private static boolean isWaiting(Thread thread) {
    Thread.State state = thread.getState();
    return state == Thread.State.WAITING || state == Thread.State.TIMED_WAITING;
  }

  /** Lets the writer go, and says what became of each caller, in the order in which they came. */
  public List<Outcome<Object>> release() {
    letGo.countDown();
    List<Outcome<Object>> outcomes = new ArrayList<>();
    Outcome<Boolean> held = join(holder);
    // On a machine that stood still for long, a close has broken it off by now.
    if (!(held.failure() instanceof ClosedException)) {
      held.orThrow();
    }
    for (FutureTask<Object> caller : callers) {
      outcomes.add(join(caller));
    }
    return outcomes;
  }

  private Thread start(FutureTask<?> task) {
    Thread thread = new Thread(task, "convoy-" + threads.size());
    threads.add(thread);
    thread.start();
    return thread;
  }

  private static <T> Outcome<T> join(FutureTask<T> task) {
    try {
      return new Outcome<>(Await.result(task), null);
    } catch (ExecutionException e) {
      return new Outcome<>(null, e.getCause());
    } catch (InterruptedException e) {
      throw new AssertionError("a caller did not end", e);
    }
  }
}
