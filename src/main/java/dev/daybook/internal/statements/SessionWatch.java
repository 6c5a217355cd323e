package dev.daybook.internal.statements;

import dev.daybook.error.DaybookException;
import dev.daybook.error.DeadlineException;
import dev.daybook.error.WaitInterruptedException;
import dev.daybook.internal.deadlines.Deadline;
import dev.daybook.internal.deadlines.Watch;
import java.sql.SQLException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Cancels what a {@link Session} runs when the deadline of its thread's call passes, or the thread
 * is interrupted. One that begins inside another has no effect.
 */
final class SessionWatch implements Watch.Target {

  private static final System.Logger LOG = System.getLogger("dev.daybook.database");
  private static final String DATABASE = "the database";
  private static final String NO_ANSWER =
      "the connection was aborted, because the server did not answer within a call's deadline";

  private final Session session;
  private @Nullable Watch watch;
  private int begun;

  SessionWatch(Session session) {
    this.session = session;
  }

  void begin(Deadline deadline) {
    if (watch != null) {
      begun++;
    } else if (deadline.isLimited()) {
      begun = 1;
      watch = Watch.begin(deadline, this);
    }
  }

  void end() {
    Watch last = watch;
    if (last != null) {
      begun--;
      if (begun == 0) {
        last.end();
        watch = null;
      }
    }
  }

  /** Makes sure that no statement follows what was cancelled, until that is noticed. */
  void requireNotCancelled() {
    Watch last = watch;
    if (last != null && last.isUnnoticed()) {
      throw last.failure(DATABASE, false, null);
    }
  }

  /** Cancels nothing any more, if it has cancelled something. */
  void notice() {
    Watch last = watch;
    if (last != null) {
      last.notice();
    }
  }

  boolean hasCancelled() {
    Watch last = watch;
    return last != null && last.hasCancelled();
  }

  /**
   * Makes sure that there is time for something, of which nothing was written yet.
   *
   * @throws DeadlineException if there is none
   * @throws WaitInterruptedException if what ran before was cancelled by an interrupt
   */
  void requireLeft(String what) {
    Watch last = watch;
    if (last != null && last.hasCancelled()) {
      throw last.failure(what, false, null);
    }
    Deadline.current().requireLeft(what);
  }

  /** The exception for a failure of what was cancelled. */
  DaybookException failure(boolean mayBeWritten, SQLException failure) {
    return Objects.requireNonNull(watch).failure(DATABASE, mayBeWritten, failure);
  }

  @Override
  public void cancel() {
    try {
      session.context().dialect().cancel(session.connection());
    } catch (SQLException e) {
      LOG.log(System.Logger.Level.DEBUG, "a statement was not cancelled in good order", e);
    }
  }

  /** The one writer is needed by others, and its thread would not notice. */
  @Override
  public void abort() {
    if (!session.context().dialect().hasOneWriter()) {
      try {
        session.breakOff(NO_ANSWER);
      } catch (DaybookException e) {
        LOG.log(System.Logger.Level.DEBUG, "a connection was not cancelled in good order", e);
      }
    }
  }
}
