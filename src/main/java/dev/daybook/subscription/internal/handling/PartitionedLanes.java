package dev.daybook.subscription.internal.handling;

import dev.daybook.journal.EncodedEvent;
import dev.daybook.journal.RecordedEvent;
import dev.daybook.journal.internal.read.JournalFeed;
import dev.daybook.subscription.internal.threads.Threads;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Handles events on several threads, those of one stream always on the same one. The first failure
 * ends them all, and reaches the thread that reads.
 */
public final class PartitionedLanes implements Lanes {

  private static final int MOST_IN_FLIGHT = 2_000;
  private static final long MOST_BYTES = 8L << 20;
  private static final long LONGEST_WAIT_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

  /**
   * An event in progress.
   *
   * @param asOf the feed's {@link JournalFeed#deletions} before it was read
   */
  private record Taken(RecordedEvent<EncodedEvent> event, long asOf, InFlight.Entry entry) {}

  private final Attempts<?> attempts;
  private final int batch;
  private final Control control;
  private final PositionListener reached;
  private final Runnable rest;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final InFlight inFlight;
  private final List<Deque<Taken>> queues = new ArrayList<>();
  private final List<Thread> threads = new ArrayList<>();
  private @Nullable Throwable failure;
  private int busy;
  private boolean closed;

  /**
   * @param rest called when nothing is in progress any more, or a failure has ended it
   */
  public PartitionedLanes(
      String name,
      int number,
      Attempts<?> attempts,
      int batch,
      long position,
      Control control,
      PositionListener reached,
      Runnable rest) {
    this.attempts = attempts;
    this.batch = batch;
    this.control = control;
    this.reached = reached;
    this.rest = rest;
    this.inFlight = new InFlight(position);
    try {
      for (int i = 0; i < number; i++) {
        Deque<Taken> queue = new ArrayDeque<>();
        queues.add(queue);
        threads.add(Threads.start("daybook-" + name + "-" + i, () -> work(queue)));
      }
    } catch (Throwable e) {
      close();
      throw e;
    }
  }

  /** The threads, to be interrupted if they take too long to stop. */
  public List<Thread> threads() {
    return threads;
  }

  @Override
  public long take(JournalFeed.Page page) {
    lock.lock();
    try {
      for (RecordedEvent<EncodedEvent> event : page.events()) {
        boolean room = awaitRoom();
        throwFailure();
        if (!room || control.halting()) {
          return inFlight.takenTo();
        }
        take(event, page.asOf());
      }
      inFlight.scanned(page.scannedTo());
      reached.position(inFlight.handledTo());
      return page.scannedTo();
    } finally {
      changed.signalAll();
      lock.unlock();
    }
  }

  private void take(RecordedEvent<EncodedEvent> event, long asOf) {
    InFlight.Entry entry = inFlight.add(event.position(), event.data().payload().length);
    int lane = Math.floorMod(event.streamId().hashCode(), queues.size());
    queues.get(lane).addLast(new Taken(event, asOf, entry));
  }

  /** Whether there is room, or something else to be done than to wait for it. */
  private boolean awaitRoom() {
    long nanos = LONGEST_WAIT_NANOS;
    try {
      while (isFull() && !ending() && !control.paused()) {
        if (nanos <= 0) {
          return false;
        }
        changed.signalAll();
        nanos = changed.awaitNanos(nanos);
      }
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private boolean isFull() {
    return inFlight.size() >= MOST_IN_FLIGHT || inFlight.bytes() >= MOST_BYTES;
  }

  @Override
  public long handledTo() {
    lock.lock();
    try {
      return inFlight.handledTo();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public boolean idle() {
    lock.lock();
    try {
      throwFailure();
      return inFlight.size() == 0;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void settle() {
    lock.lock();
    try {
      while (busy > 0 && !ending()) {
        changed.awaitUninterruptibly();
      }
      throwFailure();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void wake() {
    lock.lock();
    try {
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    control.abandon();
    threads.forEach(Threads::joinFully);
  }

  private void work(Deque<Taken> queue) {
    try {
      for (List<Taken> next = next(queue); !next.isEmpty(); next = next(queue)) {
        deliver(next, queue);
      }
    } catch (Throwable e) {
      fail(e);
    }
  }

  private void deliver(List<Taken> events, Deque<Taken> queue) {
    try {
      attempts.deliver(
          events.stream().map(Taken::event).toList(),
          events.stream().mapToLong(Taken::asOf).min().orElseThrow(),
          position -> done(events, position));
    } finally {
      returned(events, queue);
    }
  }

  /** Waits for what is to be handled next; empty at the end. */
  private List<Taken> next(Deque<Taken> queue) {
    lock.lock();
    try {
      while ((queue.isEmpty() || control.paused()) && !ending()) {
        changed.awaitUninterruptibly();
      }
      List<Taken> next = new ArrayList<>();
      while (!ending() && next.size() < batch && !queue.isEmpty()) {
        next.add(queue.removeFirst());
      }
      busy += next.isEmpty() ? 0 : 1;
      return next;
    } finally {
      lock.unlock();
    }
  }

  private void done(List<Taken> events, long position) {
    lock.lock();
    try {
      for (Taken taken : events) {
        if (taken.entry().position() <= position) {
          inFlight.done(taken.entry());
        }
      }
      reached.position(inFlight.handledTo());
    } finally {
      lock.unlock();
    }
  }

  /** What is not done is first in the queue again. */
  private void returned(List<Taken> events, Deque<Taken> queue) {
    boolean atRest;
    lock.lock();
    try {
      for (int i = events.size() - 1; i >= 0 && !events.get(i).entry().done(); i--) {
        queue.addFirst(events.get(i));
      }
      busy--;
      atRest = inFlight.size() == 0;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    if (atRest) {
      rest.run();
    }
  }

  private void fail(Throwable e) {
    lock.lock();
    try {
      if (failure == null) {
        failure = e;
      }
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    control.abandon();
    rest.run();
  }

  private boolean ending() {
    return closed || failure != null || control.stopping();
  }

  private void throwFailure() {
    if (failure instanceof Error error) {
      throw error;
    }
    if (failure instanceof RuntimeException exception) {
      throw exception;
    }
    if (failure != null) {
      throw new IllegalStateException("a handler's thread has ended", failure);
    }
  }
}
