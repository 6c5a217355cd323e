package dev.daybook.subscription;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.daybook.journal.Journal;
import dev.daybook.transaction.TransactionWork;
import java.util.List;
import java.util.Optional;

/**
 * The subscriptions of a store: starts them in this process, and manages them by their names in all
 * processes.
 *
 * <p><b>What a subscription gets.</b> Every event that it selects, from its checkpoint on, in the
 * order of positions; none is missed, also of those that other processes append. An event that was
 * deleted before its delivery is not delivered.
 *
 * <p><b>A database that is rolled back</b> to an earlier state, because a standby that was behind
 * is promoted or a backup is restored, has lost events, and gives their positions to others. A
 * running subscription notices that at the next save or signal, at the latest before the next event
 * is delivered. With {@link ExactlyOnce} what its handler has written was rolled back too: it logs
 * both positions, and continues from the checkpoint that the database has. With {@link AtLeastOnce}
 * it stops with a {@link dev.daybook.error.JournalRolledBackException} as the cause, unless it was
 * made {@link AtLeastOnce#goingOnAfterRollback}.
 *
 * <p><b>One at a time.</b> Of all subscriptions with one name, in whichever process, one has the
 * lease and works; the others stand by. The lease is renewed while the process runs, and another
 * process takes it over once it has expired. A process that was suspended for longer can't save any
 * more: each new holder raises the fencing token that a save must name.
 *
 * <p>Safe for use by several threads; every method may block for the database, and throws {@link
 * dev.daybook.error.ClosedException} after the {@link dev.daybook.Daybook} was closed, which stops
 * all subscriptions.
 */
public interface Subscriptions {

  /**
   * How many events of others an append to an inline journal handles before its own at the most.
   */
  int MOST_BEHIND = 1_000;

  /**
   * Starts a subscription; it runs until it is closed, or stops by itself.
   *
   * @throws dev.daybook.error.InvalidInputException if its options don't fit together
   */
  <E> Subscription start(Subscriber<E> subscriber);

  /**
   * {@link #inline(Subscriber, WhileBehind)} that refuses appends while the projection is behind.
   *
   * @throws dev.daybook.error.InvalidInputException if the projection can't be handled inline
   */
  default <E> Journal<E> inline(Subscriber<E> projection) {
    return inline(projection, WhileBehind.REFUSE);
  }

  /**
   * The projection's journal, whose appends call the projection's handler in their own transaction:
   * once an append has returned, everything that it returns is handled, and can be read in what the
   * handler writes. If the handler throws, nothing is written. What is read through this journal is
   * what the journal below returns.
   *
   * <p><b>Each event once, in order.</b> The projection has a checkpoint, under its name. An append
   * locks the checkpoint, appends, handles all selected events from the checkpoint on up to its own
   * last one, in the order of their positions and in batches as {@link ExactlyOnce} says, and saves
   * the position. So it first handles what others have appended without the projection: other
   * processes, other journals, bulk loads, the command line. The handler gets each event as it is
   * stored, as a subscription would. An append that is repeated under its idempotency key writes
   * nothing and handles nothing twice. An append without events calls nothing.
   *
   * <p><b>The same projection as a subscription.</b> {@link #start} with the same subscriber
   * handles events that others append without waiting for the next append, and {@link #rebuild}
   * clears the projection and begins anew; both move the same checkpoint, and lock it like an
   * append. An append that finds more than {@value #MOST_BEHIND} events to handle before its own is
   * refused, or leaves its events to the subscription, as {@link WhileBehind} says. When fewer are
   * left, appends handle them. {@link #find} says how many. {@link #pause} and {@link OnFailure}
   * concern the subscription only: an append fails at an event that can't be handled, also at one
   * of others.
   *
   * <p><b>One at a time.</b> No two calls of the projection's handler overlap, in whichever
   * processes: on PostgreSQL an append waits for the transactions that have appended through an
   * inline journal of this name, and for those of other journals that have begun to append before
   * it and are in progress, whatever they append. If one of the latter takes longer than 200
   * milliseconds, a transaction of this call's own is rolled back and tried again, up to 100 times;
   * then, and inside a caller's transaction at once, the append throws {@link
   * dev.daybook.error.TransactionConflictException}. So transactions that append should be short.
   * The handler may run again after it was rolled back: its effects outside of the transaction
   * happen again. An append of this journal does not share its transaction with other appends;
   * those of other journals do, as ever.
   *
   * <p><b>Transactions.</b> {@link Journal#within} joins a caller's transaction, and a Daybook with
   * {@link dev.daybook.DaybookBuilder#transactions} the thread's: the projection's checkpoint stays
   * locked until the end of that one. There a failed append leaves nothing in the transaction,
   * which may continue, and nothing is tried again. On PostgreSQL an append is refused from {@code
   * REPEATABLE READ} up. With {@link dev.daybook.Daybook#withDeadline} the time is for the append
   * with its handler; the statements of the handler in a caller's transaction are not cancelled.
   *
   * <p><b>What the handler may do.</b> It works on the transaction that it is given, and takes
   * other repositories from {@link dev.daybook.Daybook#within}. Events that it appends there are
   * handled by the next append or by the subscription. It must not append to an inline journal:
   * that throws {@link IllegalStateException}.
   *
   * <p>A journal can have several projections: inline one over the journal that another call has
   * returned. Their handlers are called in that order; an append locks their checkpoints in the
   * opposite one, so journals of the same projections should be made alike.
   *
   * <p>What the handler throws reaches the caller of the append: an unchecked exception or error as
   * it is, a checked one as the cause of a {@link ProjectionException}, and a conflict with another
   * transaction as a {@link dev.daybook.error.TransactionConflictException}, once that was tried
   * again as above.
   *
   * @param projection {@link ExactlyOnce}; where it has no checkpoint, its first append begins
   *     where it says
   * @throws dev.daybook.error.InvalidInputException if it is {@link AtLeastOnce}, or is to
   *     {@linkplain OnFailure#parkStream hold up streams}
   */
  <E> Journal<E> inline(Subscriber<E> projection, WhileBehind whileBehind);

  /**
   * The subscriptions that were started here and have not ended, in the order of their names: what
   * was neither closed nor stopped by itself.
   */
  List<Subscription> running();

  /** The status of all subscriptions that have a checkpoint, in the order of their names. */
  List<SubscriptionInfo> list();

  /** The status of a subscription; empty if it has no checkpoint. */
  Optional<SubscriptionInfo> find(String name);

  /**
   * Moves a subscription to another position, in whichever process it runs: it continues from
   * there. A running call of the handler finishes. With {@link AtLeastOnce} its events are not
   * saved as handled; with {@link ExactlyOnce} this waits for the handler's transaction, which
   * {@link #release} does not; so such a handler must not wait for another thread that resets its
   * subscription.
   */
  void reset(String name, StartFrom where);

  /**
   * Resets a subscription to the beginning, and clears what its handler has written in the same
   * transaction, so that with {@link ExactlyOnce} no reader sees one without the other. Its dead
   * letters are dropped. A running call of the handler finishes, as with {@link #reset}.
   *
   * @param clear deletes what the subscription's handler has written
   * @throws X what the clearing threw; then nothing was changed
   */
  <X extends Exception> void rebuild(String name, TransactionWork<X> clear) throws X;

  /**
   * Pauses a subscription by its name, in whichever process it runs: it lets the handler finish
   * what it has, and begins nothing new until {@link #resume}, as with {@link Subscription#pause}.
   * The pause is stored in the database. It holds for the holder of the lease, also for one that
   * takes over or is started later. A subscription that runs nowhere is paused when it is started.
   * Pausing twice does nothing.
   *
   * <p>A process checks all its names by one heartbeat. The call makes this Daybook's heartbeat
   * begin, but does not wait for it. In other processes the next one is a third of their shortest
   * lease away at most; it is brought forward when polling finds that the database was changed, or
   * by {@link Notifier#signal}. Until then they may begin calls of the handler.
   *
   * @throws dev.daybook.error.InvalidInputException if it has no checkpoint; one that was started
   *     for the first time gets its checkpoint with its first lease
   */
  void pause(String name);

  /**
   * Undoes {@link #pause}, as soon as that is noticed. If {@link Subscription#pause} has paused it
   * too, it stays paused. Resuming one that is not paused does nothing.
   *
   * @throws dev.daybook.error.InvalidInputException if it has no checkpoint
   */
  void resume(String name);

  /**
   * Takes the lease away from its holder, for an operator who knows that the holder is stuck or has
   * ended, and does not want to wait. A process that stands by takes over, and continues from the
   * checkpoint; if none does, the former holder takes the lease again as soon as it can.
   *
   * <p>A running call of the handler is not stopped by that. No event is missed. With {@link
   * ExactlyOnce} nothing is done twice: what the old handler writes through its transaction is
   * rolled back, since the lease that it would save with is void. With {@link AtLeastOnce} the
   * events since the checkpoint are delivered again, and until the old call returns two handlers
   * may run at the same time, so that an old effect can follow a newer one. To be sure that only
   * one runs, end the process that is stuck.
   *
   * <p>On SQLite an {@link ExactlyOnce} handler that is stuck inside its transaction keeps the only
   * write lock. In its own process this call waits for that, in others it fails with a {@link
   * dev.daybook.error.DatabaseBusyException}, and only the end of the process helps.
   *
   * @return whether the lease was held
   * @throws dev.daybook.error.InvalidInputException if it has no checkpoint
   */
  @CanIgnoreReturnValue
  boolean release(String name);

  /** The dead letters of all subscriptions, by their names, in the order of positions. */
  List<DeadLetter> deadLetters();

  /** The dead letters of a subscription, in the order of positions. */
  List<DeadLetter> deadLetters(String name);

  /**
   * Asks for an event to be handled once more: by the subscription of this name, as soon as it runs
   * and has no more new events, in whichever process. If it fails again it stays a dead letter,
   * with one attempt more. While its stream is in another store it stays one too; once the stream
   * is back, the event is handled at its new position. The dead letter of a deleted event is
   * removed.
   *
   * <p>If it {@link DeadLetter#holdsStream holds up its stream}, or waits there itself, the retry
   * is for all that wait there: they are handled in order, up to the first that fails, and if none
   * does the stream continues.
   *
   * @return whether the dead letter exists
   */
  @CanIgnoreReturnValue
  boolean retryDeadLetter(String name, long position);

  /**
   * Removes a dead letter: its event counts as done. Events that waited for it, and for no other,
   * are handled as if a retry had been asked for.
   *
   * @return whether the dead letter existed
   */
  @CanIgnoreReturnValue
  boolean dropDeadLetter(String name, long position);
}
