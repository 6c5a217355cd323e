package dev.daybook.internal.groupcommit;

import dev.daybook.error.DatabaseBusyException;
import dev.daybook.internal.statements.CommitAction;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * Group commit where several transactions write at a time, for requests of one kind. A caller that
 * finds the permit free writes at once. Other callers wait for it, and the one that gets it writes
 * for all that wait: two transactions at the same time would each wait for the disk. If that
 * transaction fails, each caller writes alone, so that no caller fails because of another one's
 * request.
 *
 * <p>No caller waits long because of a stream that another one needs and that is locked: a shared
 * transaction waits only briefly for the lock, and after that all callers write alone for a while.
 * A caller that writes for longer than a moment continues without the permit.
 *
 * <p>When the deadline of the one that writes passes, the statement is cancelled, and each caller
 * writes alone. Only if the server does not answer that either, the connection is aborted, and the
 * outcome of all that share the statement is unknown.
 */
public final class GroupCommit<R extends WriteRequest> {

  private static final Duration LONGEST_WAIT = Duration.ofMillis(20);
  private static final Duration APART = Duration.ofSeconds(1);

  /**
   * How requests are written, and get their outcomes. Some may still have none then. Both return
   * what is left to do once no caller waits any more.
   */
  public interface Writing<R extends WriteRequest> {

    List<CommitAction> one(R request);

    /**
     * Writes requests in one transaction.
     *
     * @param begin says that it begins, and returns them; the first is that of this thread's caller
     * @throws DatabaseBusyException if others hold the locks; nothing was written
     */
    List<CommitAction> many(Supplier<List<R>> begin);
  }

  private final WriteQueue queue = new WriteQueue();
  private final ExpiringPermits permits;
  private final RequestWriter<R> writer;
  private final Writing<R> writing;
  private final long apartNanos;
  private volatile long apartUntil = System.nanoTime();

  public GroupCommit(RequestWriter<R> writer, Writing<R> writing) {
    this(writer, writing, LONGEST_WAIT, APART);
  }

  /**
   * @param longestWait how long to wait before the permit is taken over
   * @param apart how long callers write alone after a shared transaction has waited in vain
   */
  GroupCommit(RequestWriter<R> writer, Writing<R> writing, Duration longestWait, Duration apart) {
    this.writer = writer;
    this.writing = writing;
    this.permits = new ExpiringPermits(longestWait);
    this.apartNanos = apart.toNanos();
  }

  /** Writes a request, or leaves its outcome unknown if it has to be written step by step. */
  public void write(R request) {
    if (System.nanoTime() - apartUntil < 0) {
      writing.one(request).forEach(CommitAction::released);
      return;
    }
    WriteQueue.Entry<R> entry = new WriteQueue.Entry<>(writer, request);
    queue.enter(entry);
    List<CommitAction> actions = List.of();
    try {
      if (queue.awaitLead(entry)) {
        actions = lead();
      }
    } finally {
      queue.leave(entry);
    }
    actions.forEach(CommitAction::released);
  }

  /** How many requests wait for their turn. */
  public int waiting() {
    return queue.waiting();
  }

  private List<CommitAction> lead() {
    ExpiringPermits.Permit permit = permits.take();
    try {
      List<WriteQueue.Entry<?>> group = queue.take();
      try {
        return group.size() == 1 ? writing.one(requests(group).get(0)) : writeTogether(group);
      } finally {
        queue.answer(group);
      }
    } finally {
      permits.end(permit);
    }
  }

  /** An interrupt is kept for later: other callers' requests are written here too. */
  private List<CommitAction> writeTogether(List<WriteQueue.Entry<?>> group) {
    boolean interrupted = Thread.interrupted();
    try {
      return writing.many(() -> requests(queue.begin(group)));
    } catch (DatabaseBusyException e) {
      apartUntil = System.nanoTime() + apartNanos;
      return List.of();
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** All that are in the queue are of the same kind. */
  @SuppressWarnings("unchecked")
  private List<R> requests(List<WriteQueue.Entry<?>> group) {
    List<R> requests = new ArrayList<>(group.size());
    group.forEach(entry -> requests.add((R) entry.request()));
    return requests;
  }
}
