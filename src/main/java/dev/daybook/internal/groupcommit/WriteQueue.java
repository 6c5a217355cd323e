package dev.daybook.internal.groupcommit;

import dev.daybook.error.DeadlineException;
import dev.daybook.error.OutcomeUnknownException;
import dev.daybook.error.WaitInterruptedException;
import dev.daybook.internal.deadlines.Deadline;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
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
 * as well. A caller whose time is over, or that is interrupted, takes its request out of the queue.
 * If the request is being written by then, the caller leaves without its outcome.
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

  /** How often a caller checks whether it has waited long enough for a write that has begun. */
  private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

  private static final String TURN = "its turn to write";

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

    /** Whether its thread waits no longer. */
    private volatile boolean left;

    /** Whether it may have been written by now; guarded by the queue's lock. */
    private boolean begun;

    /** Whether it must not be written; guarded by the queue's lock. */
    private boolean withdrawn;

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

    /** What it would wake is woken for it if it has left. */
    private void wake() {
      if (left) {
        passOn();
      } else {
        LockSupport.unpark(thread);
      }
    }

    private void passOn() {
      int first = PASSED_ON * place + 1;
      for (int i = first; i < Math.min(first + PASSED_ON, group.size()); i++) {
        group.get(i).wake();
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

  /**
   * Enters the queue; the caller must {@link #leave} it.
   *
   * @throws DeadlineException if there is no room before the deadline of this thread's call
   * @throws WaitInterruptedException if this thread is interrupted before
   */
  public void enter(Entry<?> entry) {
    Deadline.acquire(room, entry.units, "room in the queue of writes");
    try {
      add(entry);
    } catch (Throwable e) {
      room.release(entry.units);
      throw e;
    }
  }

  /** How many requests wait for their turn. */
  public int waiting() {
    return inLine;
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
    if (!entry.passedOn && !entry.left && !abandon(entry)) {
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

  /** Returns whether it is not going to be written. */
  private synchronized boolean withdraw(Entry<?> entry) {
    entry.withdrawn = abandon(entry) || !entry.begun;
    return entry.withdrawn;
  }

  private void letNextLead() {
    Entry<?> next = entries.peek();
    led = next != null;
    if (next != null) {
      next.move(Stage.LEADING);
    }
  }

  /**
   * Waits until an entry is answered or has to lead. One that is being written is waited for a
   * little longer than this thread's call has time, or after an interrupt.
   *
   * @return whether it leads
   * @throws DeadlineException if the deadline passes before that has begun
   * @throws WaitInterruptedException if this thread is interrupted before that
   * @throws OutcomeUnknownException if it has begun
   */
  public boolean awaitLead(Entry<?> entry) {
    if (entry.stage == Stage.WAITING) {
      awaitAnswer(entry, Deadline.current());
    }
    if (entry.stage == Stage.LEADING) {
      return true;
    }
    entry.passOn();
    return false;
  }

  private void awaitAnswer(Entry<?> entry, Deadline deadline) {
    while (entry.stage == Stage.WAITING) {
      if (Thread.currentThread().isInterrupted() || deadline.nanosLeft() <= 0) {
        stopWaiting(entry, deadline);
      } else if (deadline.isLimited()) {
        LockSupport.parkNanos(this, deadline.nanosLeft());
      } else {
        LockSupport.park(this);
      }
    }
  }

  private void stopWaiting(Entry<?> entry, Deadline deadline) {
    boolean interrupted = Thread.currentThread().isInterrupted();
    if (withdraw(entry)) {
      entry.left = true;
      if (entry.stage == Stage.ANSWERED) {
        entry.passOn();
      }
      throw interrupted ? Deadline.interrupted(TURN, null) : deadline.passed(TURN, null);
    }
    long until = System.nanoTime() + Deadline.GRACE.toNanos();
    awaitAnswer(entry, () -> System.nanoTime() - until < 0);
    entry.left = true;
    // If it is answered since, it still wakes the others itself.
    if (entry.stage == Stage.WAITING) {
      throw interrupted
          ? Deadline.interruptedWhileWriting(null)
          : deadline.passedWhileWriting(null);
    }
  }

  private void awaitAnswer(Entry<?> entry) {
    awaitAnswer(entry, () -> true);
  }

  /** An interrupt is kept for later. */
  private void awaitAnswer(Entry<?> entry, BooleanSupplier hasTime) {
    boolean interrupted = false;
    while (entry.stage == Stage.WAITING && hasTime.getAsBoolean()) {
      LockSupport.parkNanos(this, POLL_NANOS);
      interrupted |= Thread.interrupted();
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * Takes a group, for the leader, which is the first in it; each must be answered. Their callers
   * may still leave until the group {@linkplain #begin has begun}.
   */
  public List<Entry<?>> take() {
    gather();
    return takeGroup(false);
  }

  /** Takes a group, which has begun. */
  public List<Entry<?>> takeBegun() {
    gather();
    return takeGroup(true);
  }

  /** Says that a group is being written, and returns those whose callers have not left. */
  public synchronized List<Entry<?>> begin(List<Entry<?>> group) {
    List<Entry<?>> begun = new ArrayList<>(group.size());
    for (Entry<?> entry : group) {
      if (!entry.withdrawn) {
        entry.begun = true;
        begun.add(entry);
      }
    }
    return begun;
  }

  /** To sleep would take longer than this, and to spin would take a core from arriving callers. */
  @SuppressWarnings("ThreadPriorityCheck")
  private void gather() {
    long start = nanoTime.getAsLong();
    while (inLine < expected && nanoTime.getAsLong() - start < gatheringNanos) {
      Thread.yield();
    }
  }

  private synchronized List<Entry<?>> takeGroup(boolean begun) {
    takenAt = nanoTime.getAsLong();
    List<Entry<?>> group = new ArrayList<>();
    int units = 0;
    for (Entry<?> next : entries) {
      if (!group.isEmpty() && units + next.units > GROUP_BYTES / UNIT_BYTES) {
        break;
      }
      group.add(next);
      next.begun = begun;
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
