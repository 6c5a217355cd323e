package dev.daybook.internal.sql;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jooq.TransactionContext;
import org.jooq.TransactionProvider;

/**
 * What jOOQ does for {@code dsl.transaction(...)} inside a transaction of the store's own: a
 * savepoint. The transaction itself is begun and ended by the store's writer.
 */
public final class NestedTransactions implements TransactionProvider {

  private final Session session;
  private final TransactionSql sql;
  private final Deque<Integer> marks = new ArrayDeque<>();
  private boolean ended;

  public NestedTransactions(Session session, TransactionSql sql) {
    this.session = session;
    this.sql = sql;
  }

  @Override
  public void begin(TransactionContext context) {
    session.run(sql.savepoint(marks.size() + 1));
    marks.push(session.commitActions().mark());
  }

  @Override
  public void commit(TransactionContext context) {
    session.run(sql.release(marks.size()));
    marks.pop();
  }

  @Override
  public void rollback(TransactionContext context) {
    int level = marks.size();
    session.commitActions().rolledBackTo(marks.pop());
    session.run(sql.rollbackTo(level));
    session.run(sql.release(level));
  }

  /** Says that the store's writer is about to end the transaction. */
  public void end() {
    ended = true;
  }

  boolean hasEnded() {
    return ended;
  }

  Session session() {
    return session;
  }
}
