package dev.daybook;

import dev.daybook.checkpoint.CheckpointStore;
import dev.daybook.codec.Codecs;
import dev.daybook.document.DocumentStore;
import dev.daybook.error.ClosedException;
import dev.daybook.error.DatabaseMovedException;
import dev.daybook.internal.transactions.JdbcTransaction;
import dev.daybook.journal.EncodedEvent;
import dev.daybook.journal.EventTypes;
import dev.daybook.journal.Journal;
import dev.daybook.snapshot.SnapshotOptions;
import dev.daybook.snapshot.SnapshotStore;
import dev.daybook.stream.Streams;
import dev.daybook.transaction.HostTransaction.Outcome;
import org.jooq.Configuration;

/**
 * The repositories inside the transaction on a caller's own connection; see {@link Daybook#join}.
 * They use this connection and no other, and see what was written on it before. A failed write
 * leaves nothing in the transaction, which may continue.
 *
 * <p>The caller ends the transaction on the connection, and then says how: {@link #committed()} or
 * {@link #rolledBack()}. After that this can't be used, and its repositories can't either: a {@link
 * ClosedException} says so. Listeners are notified soon after, on their own threads, of what the
 * database has then; so a rollback to a savepoint needs no word.
 *
 * <p>If the caller forgets to say it, nothing is lost: what was committed is stored. Subscriptions
 * and the notifier find it at their next check for commits of other processes; listeners of appends
 * are not notified of it. On SQLite, other writes of this thread are refused until the connection
 * is closed, or commits by itself again.
 *
 * <p>For one thread at a time.
 */
public final class JoinedTransaction implements Repositories {

  private final JdbcTransaction transaction;
  private final Configuration configuration;
  private final Repositories repositories;

  JoinedTransaction(
      JdbcTransaction transaction, Configuration configuration, Repositories repositories) {
    this.transaction = transaction;
    this.configuration = configuration;
    this.repositories = repositories;
  }

  /**
   * The transaction for what has a {@code within(transaction)} of its own, such as an {@linkplain
   * dev.daybook.subscription.Subscriptions#inline inline journal}, and for jOOQ's statements. In
   * it, {@code dsl.transaction(...)} is a savepoint.
   */
  public Configuration configuration() {
    return configuration;
  }

  @Override
  public <E> Journal<E> journal(EventTypes<E> types, Codecs codecs) {
    return repositories.journal(types, codecs);
  }

  @Override
  public Journal<EncodedEvent> rawJournal() {
    return repositories.rawJournal();
  }

  @Override
  public <S> SnapshotStore<S> snapshots(Class<S> type, SnapshotOptions options) {
    return repositories.snapshots(type, options);
  }

  @Override
  public DocumentStore documents() {
    return repositories.documents();
  }

  @Override
  public CheckpointStore checkpoints() {
    return repositories.checkpoints();
  }

  @Override
  public Streams streams() {
    return repositories.streams();
  }

  /**
   * Says that the transaction was committed. To be called after the commit on the connection,
   * before that is used for another transaction.
   *
   * @throws ClosedException if its end was said before
   * @throws DatabaseMovedException if it was committed in a file that has been moved or deleted
   */
  public void committed() {
    transaction.end(Outcome.COMMITTED);
  }

  /**
   * Says that the transaction was rolled back.
   *
   * @throws ClosedException if its end was said before
   */
  public void rolledBack() {
    transaction.end(Outcome.ROLLED_BACK);
  }

  /**
   * Says that it is not known how the transaction has ended: its commit has failed. Listeners are
   * notified of what the database has. Roll the connection back before: SQLite keeps a transaction
   * open whose commit it has refused.
   *
   * @throws ClosedException if its end was said before
   */
  public void ended() {
    transaction.end(Outcome.UNKNOWN);
  }
}
