package dev.daybook.subscription.internal.leases;

import dev.daybook.subscription.internal.store.LeaseHolder;
import java.time.Duration;

/**
 * What a process that waits for a lease knows of its holder. Time is measured by the waiting
 * process alone: even if a clock is wrong, it does not wait longer for a holder that has ended, and
 * does not take over from one that answers.
 */
public final class Vigil {

  /** What is to be done. */
  public enum Verdict {
    WAIT,
    /** Ask the holder for a sign of life. */
    ASK,
    /** Take the lease, if the holder is still the one that was seen, and has not answered. */
    TAKE
  }

  /** The holder is asked that often within the length of its lease. */
  private static final int SIGNS_OF_LIFE = 3;

  private static final long NONE = -1;

  private final String self;
  private final Duration ownLease;
  private long fence = NONE;
  private long asked;
  private long sign;

  /**
   * @param self the waiting owner
   * @param ownLease how long to wait for a holder that does not say how long
   */
  Vigil(String self, Duration ownLease) {
    this.self = self;
    this.ownLease = ownLease;
  }

  /**
   * The state of a holder, by what is known so far.
   *
   * @param now the time in nanoseconds since whenever
   */
  public synchronized Verdict look(LeaseHolder holder, long now) {
    if (holder.owner() == null
        || holder.owner().equals(self)
        || ProcessLocation.isGone(holder.place())) {
      return Verdict.TAKE;
    }
    boolean another = holder.fence() != fence;
    if (another || holder.asked() != asked) {
      fence = holder.fence();
      asked = holder.asked();
      sign = now;
    }
    long lease = (holder.lease().isZero() ? ownLease : holder.lease()).toNanos();
    if (asked == 0) {
      return another || now - sign >= lease / SIGNS_OF_LIFE ? Verdict.ASK : Verdict.WAIT;
    }
    return now - sign >= lease ? Verdict.TAKE : Verdict.WAIT;
  }

  /** The holder was asked; its last sign of life is not younger by that. */
  synchronized void asked(long number) {
    asked = number;
  }
}
