package dev.daybook.internal.groupcommit;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;

/**
 * Requests that wait for the writer, or for a turn to write, in the order of their arrival. The
 * first one's thread leads: it waits for the writer, and once it has it, writes all requests that
 * have arrived meanwhile. The first of the remaining requests leads next, and waits for the writer
 * while the others are still being written.
 *
 * <p>A caller that has just been answered often has the next request at once. So the leader waits
 * until there are as many requests in line as there were in the last group and after it when it was
 * answered, but not longer than half of the time that the last group took.
 *
 * <p>Both the queue and a group are bounded by bytes, and by number too, because each request
 * counts for a few KiB at least. A request that finds no room in the queue waits outside, in order
 * as well.
 */
public final class WriteQueue {

  private static final int UNIT_BYTES = 4 << 10;
  private static final int ROOM_BYTES = 64 << 20;
  private static final int GROUP_BYTES = 4 << 20;

  /** A leader waits no longer than this, however slow the last commit was. */
  private static final long LONGEST_GATHERING_NANOS = TimeUnit.MICROSECONDS.toNanos(500);

  /** Where commits are quick, to wait for more than this takes longer than it saves. */
  private static final int MOST_EXPECTED = 16;

  /** How many other threads each woken thread wakes. */
  private static final int PASSED_ON = 4;

  private enum Stage {
    WAITING,
    LEADING,
    ANSWERED
  }

  /** A request, the thread that waits for it, and its state. */
  public static final class Entry<R extends WriteRequest> {

    private final RequestWriter<R> writer;
    private final R request;
    private final int units;
    private final Thread thread = Thread.currentThread();
    private List<Entry<?>> group = List.of();
    private int place;
    private boolean passedOn;
    private volatile Stage stage = Stage.WAITING;

    public Entry(RequestWriter<R> writer, R request) {
      this.writer = writer;
      this.request = request;
      this.units = (int) Math.min(request.bytes(), ROOM_BYTES - 1) / UNIT_BYTES + 1;
    }

    public RequestWriter<R> writer() {
      return writer;
    }

    public R request() {
      return request;
    }

    public Outcome outcome() {
      return request.outcome();
    }

    private void move(Stage next) {
      stage = next;
      if (thread != Thread.currentThread()) {
        LockSupport.unpark(thread);
      }
    }

    private void passOn() {
      int first = PASSED_ON * place + 1;
      for (int i = first; i < Math.min(first + PASSED_ON, group.size()); i++) {
        LockSupport.unpark(group.get(i).thread);
      }
      passedOn = true;
    }
  }

  private final LongSupplier nanoTime;
  private final Semaphore room = new Semaphore(ROOM_BYTES / UNIT_BYTES, true);
  private final Deque<Entry<?>> entries = new ArrayDeque<>();

  /** The number of entries, which a leader reads without the lock. */
  private volatile int inLine;

  private boolean led;
  private long takenAt;
  private volatile int expected;
  private volatile long gatheringNanos;

  public WriteQueue() {
    this(System::nanoTime);
  }

  /**
   * @param nanoTime the clock, in nanoseconds
   */
  WriteQueue(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  /** Enters the queue; the caller must {@link #leave} it. */
  public void enter(Entry<?> entry) {
    room.acquireUninterruptibly(entry.units);
    try {
      add(entry);
    } catch (Throwable e) {
      room.release(entry.units);
      throw e;
    }
  }

  private synchronized void add(Entry<?> entry) {
    entries.add(entry);
    inLine = entries.size();
    if (!led) {
      entry.stage = Stage.LEADING;
      led = true;
    }
  }

  /** After this no thread depends on the leaving one, even if an error has ended its wait. */
  public void leave(Entry<?> entry) {
    room.release(entry.units);
    if (!entry.passedOn && !abandon(entry)) {
      awaitAnswer(entry);
      entry.passOn();
    }
  }

  /** Returns whether it was still in line. */
  private synchronized boolean abandon(Entry<?> entry) {
    boolean waited = entries.remove(entry);
    inLine = entries.size();
    if (waited && entry.stage == Stage.LEADING) {
      letNextLead();
    }
    return waited;
  }

  private void letNextLead() {
    Entry<?> next = entries.peek();
    led = next != null;
    if (next != null) {
      next.move(Stage.LEADING);
    }
  }

  /**
   * Waits until an entry is answered or has to lead. An interrupt is kept for later: the request
   * may be in progress already.
   *
   * @return whether it leads
   */
  public boolean awaitLead(Entry<?> entry) {
    awaitAnswer(entry);
    if (entry.stage == Stage.LEADING) {
      return true;
    }
    entry.passOn();
    return false;
  }

  private void awaitAnswer(Entry<?> entry) {
    boolean interrupted = false;
    while (entry.stage == Stage.WAITING) {
      LockSupport.park(this);
      interrupted |= Thread.interrupted();
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** Takes a group, for the leader, which is the first in it; each must be answered. */
  public List<Entry<?>> take() {
    gather();
    return takeGroup();
  }

  /** To sleep would take longer than this, and to spin would take a core from arriving callers. */
  @SuppressWarnings("ThreadPriorityCheck")
  private void gather() {
    long start = nanoTime.getAsLong();
    while (inLine < expected && nanoTime.getAsLong() - start < gatheringNanos) {
      Thread.yield();
    }
  }

  private synchronized List<Entry<?>> takeGroup() {
    takenAt = nanoTime.getAsLong();
    List<Entry<?>> group = new ArrayList<>();
    int units = 0;
    for (Entry<?> next : entries) {
      if (!group.isEmpty() && units + next.units > GROUP_BYTES / UNIT_BYTES) {
        break;
      }
      group.add(next);
      units += next.units;
    }
    // None is taken out before there is a list of all: whatever goes wrong until then, they wait.
    for (int taken = 0; taken < group.size(); taken++) {
      entries.remove();
    }
    inLine = entries.size();
    letNextLead();
    return group;
  }

  /**
   * The outcomes of a group are known, and the threads that wait for them continue. Each woken
   * thread wakes some of the others: to wake a thread takes about as long as to write an event for
   * it, and the leader has the writer meanwhile. The last is answered first, because a thread may
   * wake up by itself: the threads after it, which it wakes then, must not have to wait any longer.
   */
  public void answer(List<Entry<?>> group) {
    expectAgain(group.size());
    for (int i = group.size() - 1; i >= 0; i--) {
      Entry<?> entry = group.get(i);
      entry.group = group;
      entry.place = i;
      entry.stage = Stage.ANSWERED;
    }
    group.get(0).passOn();
  }

  private synchronized void expectAgain(int answered) {
    expected = Math.min(answered + entries.size(), MOST_EXPECTED);
    gatheringNanos = Math.min((nanoTime.getAsLong() - takenAt) / 2, LONGEST_GATHERING_NANOS);
  }
}
