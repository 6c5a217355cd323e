package dev.daybook.internal.database;

import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * So many may do something at a time. Who takes too long keeps nobody waiting: his turn is taken
 * over, and he goes on without.
 */
final class Turns {

  /** What one has who may. Not a value: each is another one. */
  static final class Turn {
    private Turn() {}
  }

  private final Semaphore free;
  private final Queue<Turn> taken = new ConcurrentLinkedQueue<>();
  private final long longestWaitNanos;

  /**
   * @param number how many at a time
   * @param longestWait how long to wait before the turn of one who has had it all that time is
   *     taken over
   */
  Turns(int number, Duration longestWait) {
    this.free = new Semaphore(number);
    this.longestWaitNanos = longestWait.toNanos();
  }

  /**
   * Waits for a turn, which must be {@linkplain #end ended}. One at a time may wait. An interrupt
   * is left for later.
   */
  Turn take() {
    Turn turn = new Turn();
    while (!awaitFree() && taken.poll() == null) {
      Thread.onSpinWait();
    }
    taken.add(turn);
    return turn;
  }

  void end(Turn turn) {
    if (taken.remove(turn)) {
      free.release();
    }
  }

  int free() {
    return free.availablePermits();
  }

  private boolean awaitFree() {
    long deadline = System.nanoTime() + longestWaitNanos;
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return free.tryAcquire(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
