package dev.daybook.journal.internal.append;

import dev.daybook.error.ClosedException;
import dev.daybook.internal.statements.CommitAction;
import dev.daybook.journal.AppendListener;
import dev.daybook.journal.Appended;
import dev.daybook.journal.Registration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/** The listeners of the appends of one Daybook. */
public final class AppendListeners {

  private static final System.Logger LOG = System.getLogger("dev.daybook.journal");
  private static final long TO_BE_TOLD_NANOS = TimeUnit.SECONDS.toNanos(2);
  private static final long AFTER_INTERRUPT_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final AppendTeller.Journal journal;
  private final List<AppendTeller> tellers = new CopyOnWriteArrayList<>();
  private boolean closed;

  /**
   * @param journal from which appends are read that found no room in a listener's queue
   */
  AppendListeners(AppendTeller.Journal journal) {
    this.journal = journal;
  }

  /**
   * Begins to notify a listener.
   *
   * @throws ClosedException after the close
   */
  public synchronized Registration add(AppendListener listener) {
    if (closed) {
      throw new ClosedException("the Daybook is closed");
    }
    AppendTeller teller = new AppendTeller(listener, journal, tellers::remove);
    teller.start();
    tellers.add(teller);
    return teller;
  }

  /**
   * What to do once appends are committed: queue them in order, then wake the notifying threads.
   */
  CommitAction telling(List<Appended> appended) {
    return new CommitAction() {
      @Override
      public void committed() {
        for (AppendTeller teller : tellers) {
          teller.committed(appended);
        }
      }

      @Override
      public void released() {
        for (AppendTeller teller : tellers) {
          teller.wake();
        }
      }

      @Override
      public void unsure() {
        for (AppendTeller teller : tellers) {
          teller.perhapsCommitted(appended);
        }
        released();
      }
    };
  }

  /**
   * Ends the notifications: listeners still receive what was committed by now, if that does not
   * take too long. A listener that does not return is not waited for.
   */
  public void close() {
    synchronized (this) {
      closed = true;
    }
    List<AppendTeller> running = List.copyOf(tellers);
    running.forEach(AppendTeller::finish);
    List<AppendTeller> late = AppendTeller.join(running, TO_BE_TOLD_NANOS);
    late.forEach(AppendTeller::breakOff);
    AppendTeller.join(late, AFTER_INTERRUPT_NANOS)
        .forEach(
            stuck ->
                LOG.log(
                    System.Logger.Level.ERROR,
                    "a listener of appends does not return, even when interrupted: {0}",
                    stuck));
  }
}
