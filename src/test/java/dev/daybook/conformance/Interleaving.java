package dev.daybook.conformance;

import dev.daybook.Daybook;
import dev.daybook.fixture.PostgresDatabase;
import dev.daybook.fixture.PostgresServer;
import dev.daybook.fixture.SteppedTransaction;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;

/**
 * Two Daybooks on one PostgreSQL database, where several transactions write at a time. What the one
 * does is tried once for every statement of it: all that the other does happens right before the
 * statement, or as much of it as need not wait for the one.
 */
public final class Interleaving implements AutoCloseable {

  private static final int CONNECTIONS = 4;

  /** Something that is done to what has an id. */
  @FunctionalInterface
  public interface Work {
    void on(Daybook daybook, String id);
  }

  /** What another does before a statement. */
  private static final class Meeting {

    private final Runnable other;
    private final AtomicInteger statementsUntil;
    private volatile CompletableFuture<Void> done = CompletableFuture.completedFuture(null);

    Meeting(int statement, Runnable other) {
      this.statementsUntil = new AtomicInteger(statement);
      this.other = other;
    }

    boolean isNow() {
      return statementsUntil.decrementAndGet() == 0;
    }

    boolean wasThere() {
      return statementsUntil.get() <= 0;
    }
  }

  private final PostgresDatabase server = PostgresServer.shared().newMigratedDatabase();
  private volatile Meeting meeting = new Meeting(0, () -> {});
  private final Daybook one =
      Daybook.builder(server.pool(CONNECTIONS)).push(false).sqlListener(sql -> meet()).build();
  private final Daybook another = Daybook.builder(server.pool(CONNECTIONS)).push(false).build();

  /** The one that nobody is waited for in. */
  public Daybook another() {
    return another;
  }

  /** How many deadlocks there have been. */
  public long deadlocks() {
    return server.deadlocks();
  }

  /**
   * Tries all ways for two to meet.
   *
   * @param id of what they both work on, by the number of the statement
   * @param before done by the other, before they meet
   */
  public void tryEach(IntFunction<String> id, Work before, Work first, Work second) {
    int statement = 0;
    do {
      statement++;
    } while (meet(statement, id.apply(statement), before, first, second));
  }

  /** Returns whether the first has that many statements. */
  private boolean meet(int statement, String id, Work before, Work first, Work second) {
    before.on(another, id);
    Meeting now = new Meeting(statement, () -> second.on(another, id));
    meeting = now;
    first.on(one, id);
    try {
      SteppedTransaction.await(now.done);
    } catch (Exception e) {
      throw new AssertionError(id, e);
    }
    return now.wasThere();
  }

  private void meet() {
    Meeting now = meeting;
    if (now.isNow()) {
      CompletableFuture<Void> other = CompletableFuture.runAsync(now.other);
      now.done = other;
      Await.until(() -> other.isDone() || !server.blockedSessions().isEmpty());
    }
  }

  @Override
  public void close() {
    one.close();
    another.close();
    server.close();
  }
}
