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

  static final String ENDED = "the transaction that this was bound to has ended";

  private final Session reading;
  private final Session writing;
  private final TransactionSql sql;
  private final Deque<Integer> marks = new ArrayDeque<>();
  private boolean ended;

  /**
   * @param reading for what the caller reads, who may begin to read again before he has ended
   * @param writing for what is written on the same connection: the writer's own, with all that it
   *     keeps prepared
   */
  public NestedTransactions(Session reading, Session writing, TransactionSql sql) {
    this.reading = reading;
    this.writing = writing;
    this.sql = sql;
  }

  @Override
  public void begin(TransactionContext context) {
    writing.run(sql.savepoint(marks.size() + 1));
    marks.push(writing.commitActions().mark());
  }

  @Override
  public void commit(TransactionContext context) {
    writing.run(sql.release(marks.size()));
    marks.pop();
  }

  @Override
  public void rollback(TransactionContext context) {
    int level = marks.size();
    writing.commitActions().rolledBackTo(marks.pop());
    writing.run(sql.rollbackTo(level));
    writing.run(sql.release(level));
  }

  /**
   * Says that the store's writer is about to end the transaction. What is still being read in it
   * ends too: it would keep the writer's connection in the state that it reads.
   */
  public void end() {
    ended = true;
    reading.leave(ENDED);
  }

  boolean hasEnded() {
    return ended;
  }

  Session reading() {
    return reading;
  }

  Session writing() {
    return writing;
  }
}
