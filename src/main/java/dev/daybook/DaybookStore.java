package dev.daybook;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.daybook.error.DatabaseException;
import dev.daybook.error.InvalidInputException;
import dev.daybook.journal.Journal;
import dev.daybook.maintenance.Maintenance;
import dev.daybook.observation.StoreStatus;
import dev.daybook.subscription.Subscriptions;
import dev.daybook.transaction.TransactionFunction;
import dev.daybook.transaction.TransactionWork;
import dev.daybook.transfer.TransferException;
import dev.daybook.transfer.TransferOptions;
import dev.daybook.transfer.TransferReport;
import java.util.Objects;
import java.util.Optional;
import org.jooq.Configuration;

/**
 * What can be done with a store as a whole: a {@link Daybook}, or one whose calls have a
 * {@linkplain Daybook#withDeadline deadline}. Implemented by Daybook only. Safe for use by several
 * threads.
 */
public interface DaybookStore extends Repositories {

  /**
   * The same repositories inside the caller's jOOQ transaction; see {@link Journal#within}. With
   * {@link DaybookBuilder#transactions}, also inside the transaction that the thread is in, if the
   * configuration's statements run in that: what a framework injects as {@code DSLContext} has such
   * a configuration. It is not needed there, since this Daybook's own repositories join that
   * transaction by themselves.
   *
   * <p>If this is the first use of a database that is still to be migrated, the migration waits for
   * the caller's own transaction and gives up after the busy timeout: open such a database before,
   * for example by {@link #schemaVersion()}.
   *
   * @throws InvalidInputException if the configuration is not inside such a transaction
   */
  Repositories within(Configuration transaction);

  /**
   * Runs work in one transaction that may write from its start: everything that it does through
   * {@link #within} and through jOOQ on the configuration that it is given is committed together,
   * or rolled back together if it throws. Inside, {@code DSL.using(transaction).transaction(...)}
   * is a savepoint. Listeners are notified of its appends after the commit.
   *
   * <p>Other writers of this process wait until it is done. Inside, this Daybook's own repositories
   * can't write, and in memory can't read either: an {@link IllegalStateException} says so.
   *
   * <p>With {@link DaybookBuilder#transactions} the transaction is one of the framework's: the one
   * that the thread is in, of which the work is a part that is rolled back alone if the work
   * throws; otherwise a new one. Then the framework's own tools take part in it, and so do this
   * Daybook's own repositories.
   *
   * <p>A statement that fails may take the transaction with it: on PostgreSQL any statement outside
   * a nested transaction, on SQLite a few, such as one on a full disk. After that every other
   * statement of the work is refused, and so is the commit. The configuration can't be used after
   * the end of the transaction.
   *
   * @throws DatabaseException if a statement had failed, and nothing could be committed
   * @throws X what the work threw
   */
  default <X extends Exception> void transaction(TransactionWork<X> work) throws X {
    Objects.requireNonNull(work, "work");
    this.<Boolean, X>transactionResult(
        transaction -> {
          work.run(transaction);
          return true;
        });
  }

  /**
   * {@link #transaction} with a result.
   *
   * @return what the work returned
   * @throws X what the work threw
   */
  @CanIgnoreReturnValue
  <T, X extends Exception> T transactionResult(TransactionFunction<T, X> work) throws X;

  /** The subscriptions. */
  Subscriptions subscriptions();

  /** Backs up, checks and restores the database. */
  Maintenance maintenance();

  /** {@link #copyTo(Daybook, TransferOptions)} without progress. */
  default TransferReport copyTo(Daybook target) {
    return copyTo(target, TransferOptions.defaults());
  }

  /**
   * Copies the whole store to another one, which may be in a database of another kind and have
   * other table names: streams with their marks and states, events at exactly their positions,
   * tags, snapshots, documents, checkpoints, dead letters and the progress of bulk loads, all as
   * they are stored. So encrypted payloads need no keys, idempotency keys are known there,
   * checkpoints stay true, and new events get positions after all that the source has ever given.
   * The holders of leases are not copied.
   *
   * <p>The source is only read, and can be written meanwhile: the copy also takes over later
   * changes. When a pass over it finds nothing new, everything is compared as it is at one moment,
   * row by row. A report that is {@linkplain TransferReport#isComplete() complete} says that the
   * target has what the source had at the end. If the source was written until then, the report
   * says how far the target {@linkplain TransferReport#isBehind() is behind}: stop all writers of
   * the source and call this again.
   *
   * <p>Another call continues where the last run ended, even if that was ended by {@code kill -9};
   * {@link TransferException.Reason} says what is refused. The progress is stored in the target, in
   * a checkpoint without a name, which no list returns. Until the copy is complete nothing else may
   * write to the target, and nothing should read it. A complete copy can be continued too, as long
   * as nothing in it has changed.
   *
   * <p>Some thousand rows are written in a transaction, on PostgreSQL by {@code COPY}. Memory is
   * needed for some pages of 4 MB, or of the largest row if that is more. Each store is read by its
   * own thread. While both stores are compared, the write-ahead log of a SQLite source that is
   * written grows; a database in memory waits.
   *
   * @throws TransferException if the target may not be written, or may no longer be written
   * @throws InvalidInputException if the target is the source
   */
  TransferReport copyTo(Daybook target, TransferOptions options);

  /**
   * The state of the store at a glance: its position, its queue, its log and its subscriptions. For
   * those who ask often: at most four statements, which take as long for a million events as for
   * one. Opens nothing.
   *
   * @return empty before the first use of the database, and after the close
   */
  Optional<StoreStatus> status();

  /** The version of the schema in the database, which this opens and migrates if need be. */
  String schemaVersion();
}
