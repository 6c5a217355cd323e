package dev.daybook.internal.groupcommit;

import dev.daybook.error.DatabaseBusyException;
import dev.daybook.internal.statements.CommitAction;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Group commit where several transactions write at a time, for requests of one kind. Whoever finds
 * nobody writing writes at once. Whoever finds somebody waits for the permit, and the one who gets
 * it writes for all who wait: two transactions at the same time would each wait for the disk. If
 * that comes to nothing, each of them writes alone: so nobody fails for another's sake.
 *
 * <p>Nor does anybody wait long for another's sake, if somebody keeps a stream locked: a
 * transaction that belongs to several waits but a moment for that, and after it everybody writes
 * alone for a while; and whoever writes for longer than a moment goes on without the permit.
 */
public final class GroupCommit<R extends WriteRequest> {

  private static final Duration LONGEST_WAIT = Duration.ofMillis(20);
  private static final Duration APART = Duration.ofSeconds(1);

  /**
   * How requests are written, and get their outcomes. Some may still have none then. Both say what
   * is left to be done once nobody waits any more.
   */
  public interface Writing<R extends WriteRequest> {

    List<CommitAction> one(R request);

    /**
     * Writes requests in one transaction.
     *
     * @throws DatabaseBusyException if others keep locked what is to be written; nothing was
     */
    List<CommitAction> many(List<R> requests);
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
   * @param apart how long everybody writes alone when a transaction of several has waited in vain
   */
  GroupCommit(RequestWriter<R> writer, Writing<R> writing, Duration longestWait, Duration apart) {
    this.writer = writer;
    this.writing = writing;
    this.permits = new ExpiringPermits(longestWait);
    this.apartNanos = apart.toNanos();
  }

  /** Writes a request, or leaves its outcome unknown if it has to be looked at more closely. */
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

  /** An interrupt is left for later: what is written here is others' too. */
  private List<CommitAction> lead() {
    ExpiringPermits.Permit permit = permits.take();
    boolean interrupted = Thread.interrupted();
    try {
      List<WriteQueue.Entry<?>> group = queue.take();
      try {
        List<R> requests = requests(group);
        return requests.size() == 1 ? writing.one(requests.get(0)) : writeTogether(requests);
      } finally {
        queue.answer(group);
      }
    } finally {
      permits.end(permit);
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private List<CommitAction> writeTogether(List<R> requests) {
    try {
      return writing.many(requests);
    } catch (DatabaseBusyException e) {
      apartUntil = System.nanoTime() + apartNanos;
      return List.of();
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
