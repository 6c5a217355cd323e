package dev.daybook.subscription;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.daybook.transaction.TransactionWork;
import java.util.List;
import java.util.Optional;

/**
 * The subscriptions of a store: starts those that are to run here, and manages all, by their names,
 * wherever they run.
 *
 * <p><b>What a subscription gets.</b> Every event that it selects, from its checkpoint on, in the
 * order of positions; none is missed, also of those that other processes append. An event that was
 * deleted before it came to it is not given.
 *
 * <p><b>A database that is taken back</b> to an earlier state, by a standby that was behind and is
 * promoted or by a backup that is restored, has lost events, and gives their positions to others. A
 * subscription that runs meanwhile notices at the next save or signal, at the latest before it is
 * given the next event. With {@link ExactlyOnce} what its handler has written went back too: it
 * logs from where to where, and goes on from the checkpoint that the database has. With {@link
 * AtLeastOnce} it stops with a {@link dev.daybook.error.JournalRolledBackException} as the cause,
 * unless it was made {@link AtLeastOnce#goingOnAfterRollback}.
 *
 * <p><b>One at a time.</b> Of all subscriptions with one name, in whichever process, one has the
 * lease and works; the others stand by. The lease is kept up while the process lives and taken over
 * once it has run out. A process that was paused for longer and wakes up can't save any more: each
 * change of hands raises the fence that a save must name.
 *
 * <p>Safe for use by several threads; every method may block for the database, and throws {@link
 * dev.daybook.error.ClosedException} after the {@link dev.daybook.Daybook} was closed, which stops
 * all subscriptions.
 */
public interface Subscriptions {

  /**
   * Starts a subscription; it runs until it is closed, or stops by itself.
   *
   * @throws dev.daybook.error.InvalidInputException if its options don't fit together
   */
  <E> Subscription start(Subscriber<E> subscriber);

  /** How all subscriptions stand that have a checkpoint, in the order of their names. */
  List<SubscriptionInfo> list();

  /** How a subscription stands; empty if there is no checkpoint of this name. */
  Optional<SubscriptionInfo> find(String name);

  /**
   * Moves a subscription to another place, wherever it runs: it goes on from there. A handler that
   * is at work finishes. With {@link AtLeastOnce} what it was given is not saved; with {@link
   * ExactlyOnce} this waits for the handler's transaction, which {@link #release} does not; so such
   * a handler must not wait for a reset of its own subscription by another thread.
   */
  void reset(String name, StartFrom where);

  /**
   * Resets a subscription to the beginning, and clears what it has made so far in the same
   * transaction, so that with {@link ExactlyOnce} no moment is seen in which they don't fit. Its
   * dead letters are dropped. A handler that is at work finishes, as with {@link #reset}.
   *
   * @param clear deletes what the subscription's handler has written
   * @throws X what the clearing threw; then nothing has happened
   */
  <X extends Exception> void rebuild(String name, TransactionWork<X> clear) throws X;

  /**
   * Pauses a subscription by its name, in whichever process it runs: it lets the handler finish
   * what it has, and begins nothing new until {@link #resume}, as with {@link Subscription#pause}.
   * The pause stands in the database. It holds for whoever has the lease, also for one that takes
   * over or is started later, and one that runs nowhere is paused when it is started. Pausing twice
   * does nothing.
   *
   * <p>A process looks at all its names together, by one heartbeat. That of this Daybook is brought
   * forward by the call, but not waited for. In other processes the next one is a third of their
   * shortest lease away at most; it is brought forward when polling finds that the database was
   * changed, or by {@link Notifier#signal}. Until then they may begin calls of the handler.
   *
   * @throws dev.daybook.error.InvalidInputException if there is no checkpoint of this name; one
   *     that was started for the first time has none before it has had the lease
   */
  void pause(String name);

  /**
   * Undoes {@link #pause}, as soon as that is noticed. One that {@link Subscription#pause} has
   * paused, too, stays so. Resuming one that is not paused does nothing.
   *
   * @throws dev.daybook.error.InvalidInputException if there is no checkpoint of this name
   */
  void resume(String name);

  /**
   * Takes the lease away from whoever has it, for an operator who knows that it is stuck or gone,
   * and does not want to wait. Whoever stands by takes over, and goes on from the checkpoint; if
   * nobody does, the one that had the lease takes it again as soon as it can.
   *
   * <p>A handler that is at work is not stopped by that. Nothing is missed. With {@link
   * ExactlyOnce} nothing is done twice: what the old handler writes through its transaction is
   * rolled back, since the lease that it would save with is void. With {@link AtLeastOnce} the
   * events since the checkpoint are given again, and until the old handler returns there may be two
   * at work at the same time, so that an old effect can come after a newer one. To be sure that
   * there is one, end the process that is stuck.
   *
   * <p>On SQLite an {@link ExactlyOnce} handler that is stuck inside its transaction keeps the only
   * write lock. In its own process this waits for that, in others it fails with a {@link
   * dev.daybook.error.DatabaseBusyException}, and only the end of the process helps.
   *
   * @return whether somebody had the lease
   * @throws dev.daybook.error.InvalidInputException if there is no checkpoint of this name
   */
  @CanIgnoreReturnValue
  boolean release(String name);

  /** What all subscriptions have put aside, by their names, in the order of positions. */
  List<DeadLetter> deadLetters();

  /** What a subscription has put aside, in the order of positions. */
  List<DeadLetter> deadLetters(String name);

  /**
   * Asks for an event to be handled once more: by the subscription of this name, as soon as it runs
   * and has come to a rest, in whichever process. If it fails again it stays a dead letter, with
   * one attempt more. So it does while its stream is in another store; once it is back, the event
   * is handled at its new position. One that was deleted is forgotten.
   *
   * <p>If it {@link DeadLetter#holdsStream holds up its stream}, or waits there itself, that asks
   * for all that wait there: they are handled in order, up to the first that fails, and if none
   * does the stream goes on.
   *
   * @return whether there is such a dead letter
   */
  @CanIgnoreReturnValue
  boolean retryDeadLetter(String name, long position);

  /**
   * Forgets a dead letter: its event counts as done. If others have waited behind it, and behind no
   * other, they are handled as if a retry had been asked for.
   *
   * @return whether there was such a one
   */
  @CanIgnoreReturnValue
  boolean dropDeadLetter(String name, long position);
}
