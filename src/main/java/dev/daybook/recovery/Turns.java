package dev.daybook.recovery;

import dev.daybook.error.DeadlineException;
import dev.daybook.error.WaitInterruptedException;
import dev.daybook.internal.deadlines.Deadline;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The turns of threads that decide about the same stream, in the order of their arrival. Without
 * them all but one would decide in vain, and a thread could lose to the others again and again.
 *
 * <p>A turn only saves attempts: the journal's expectation keeps the stream right. So a thread does
 * not wait for it forever, such as for two decisions that each execute another one about the other
 * one's stream.
 */
final class Turns {

  private static final long MOST_NANOS = TimeUnit.SECONDS.toNanos(30);
  private static final String TURN = "its turn to decide about the stream";

  /** The turn of one stream, which is kept as long as a thread has it or waits for it. */
  private static final class Turn {
    private final ReentrantLock lock = new ReentrantLock(true);
    private int threads;
  }

  private final Map<String, Turn> turns = new ConcurrentHashMap<>();

  /** A turn, until it is ended. */
  interface Taken {
    void end();
  }

  /**
   * Waits for the turn of a stream.
   *
   * @throws WaitInterruptedException if the thread is interrupted meanwhile
   * @throws DeadlineException if the deadline of this thread's call passes before
   */
  Taken take(String streamId) {
    Turn turn = Objects.requireNonNull(turns.compute(streamId, (id, known) -> joined(known)));
    boolean taken;
    try {
      taken = isFree(turn) || isReached(turn);
    } catch (Throwable e) {
      leave(streamId);
      throw e;
    }
    return () -> {
      if (taken) {
        turn.lock.unlock();
      }
      leave(streamId);
    };
  }

  private static boolean isReached(Turn turn) {
    long most = Math.min(MOST_NANOS, Deadline.current().nanosLeft());
    try {
      boolean reached = turn.lock.tryLock(most, TimeUnit.NANOSECONDS);
      if (!reached) {
        Deadline.current().requireLeft(TURN);
      }
      return reached;
    } catch (InterruptedException e) {
      throw Deadline.interrupted(TURN, e);
    }
  }

  /** Takes a turn for which no thread waits, also for a thread that is interrupted. */
  private static boolean isFree(Turn turn) {
    return !turn.lock.hasQueuedThreads() && turn.lock.tryLock();
  }

  private static Turn joined(@Nullable Turn known) {
    Turn turn = known == null ? new Turn() : known;
    turn.threads++;
    return turn;
  }

  private void leave(String streamId) {
    turns.computeIfPresent(streamId, (id, turn) -> --turn.threads == 0 ? null : turn);
  }
}
