package dev.daybook.subscription.internal;

import dev.daybook.journal.internal.read.JournalFeed;
import dev.daybook.subscription.SubscriptionState;
import dev.daybook.subscription.SubscriptionStoppedException;
import dev.daybook.subscription.internal.handling.Attempts;
import dev.daybook.subscription.internal.handling.Checkpointing;
import dev.daybook.subscription.internal.handling.Control;
import dev.daybook.subscription.internal.handling.Lanes;
import dev.daybook.subscription.internal.handling.RetryUntilStopped;
import dev.daybook.subscription.internal.leases.Leases;
import dev.daybook.subscription.internal.store.Lease;
import dev.daybook.subscription.internal.threads.Steps;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;

/**
 * The time for which a subscription has its lease: reads events, has them handled and saves, as
 * long as there is something to do, and again when it is woken, until it has to stop or has lost
 * the lease.
 */
final class LeasedRun {

  private static final int PAGE = 500;
  private static final long WAIT_FOR_LANES_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

  private final Lease lease;
  private final Leases leases;
  private final JournalFeed feed;
  private final Attempts<?> attempts;
  private final Lanes lanes;
  private final Checkpointing checkpointing;
  private final Control control;
  private final RetryUntilStopped retrying;
  private final SubscriptionProgress progress;
  private long readTo;
  private boolean nothingNew;
  private boolean rested = true;
  private boolean begun;
  private boolean pausing;

  LeasedRun(
      Lease lease,
      Leases leases,
      JournalFeed feed,
      Attempts<?> attempts,
      Lanes lanes,
      Checkpointing checkpointing,
      Control control,
      RetryUntilStopped retrying,
      SubscriptionProgress progress) {
    this.lease = lease;
    this.leases = leases;
    this.feed = feed;
    this.attempts = attempts;
    this.lanes = lanes;
    this.checkpointing = checkpointing;
    this.control = control;
    this.retrying = retrying;
    this.progress = progress;
    this.readTo = lease.position();
  }

  /**
   * Does what there is to do.
   *
   * @return for how long to wait then, or {@link Steps#UNTIL_WOKEN}
   */
  long step() {
    if (!begun) {
      begin();
    }
    while (!control.stopping()) {
      if (control.paused()) {
        pause();
        return Steps.UNTIL_WOKEN;
      }
      if (pausing) {
        pausing = false;
        progress.state(SubscriptionState.CATCHING_UP);
      }
      if (readOn()) {
        long wait = rest();
        if (wait > 0) {
          return wait;
        }
      }
    }
    return Steps.UNTIL_WOKEN;
  }

  private void begin() {
    feed.forget();
    retrying.untilDone("finding the end of the journal", this::requireNotAhead);
    progress.begin(lease);
    begun = true;
  }

  /** From there it would continue as if nothing was wrong, and miss new events. */
  private boolean requireNotAhead() {
    long highest = feed.highest();
    if (lease.position() > highest) {
      throw new SubscriptionStoppedException(
          lease.name(),
          "its checkpoint is at position %s, and the highest that the journal ever had is %s; reset it to where it should continue"
              .formatted(lease.position(), highest),
          OptionalLong.of(lease.position()),
          null);
    }
    return true;
  }

  /** Saves what is done with, at the end. */
  void saveLast() {
    if (lanes.handledTo() > lease.position()) {
      checkpointing.save(lanes.handledTo());
    }
  }

  /** Has the next page handled, and says whether that was all there is. */
  private boolean readOn() {
    Optional<JournalFeed.Page> read =
        retrying.untilDone("reading events", () -> feed.after(readTo, PAGE));
    if (read.isEmpty()) {
      return false;
    }
    JournalFeed.Page page = read.get();
    if (!page.end()) {
      progress.state(SubscriptionState.CATCHING_UP);
    }
    nothingNew = page.events().isEmpty();
    if (rested && !nothingNew && !attempts.saves()) {
      // Nothing else would notice before the handler is called.
      retrying.untilDone("renewing the lease", this::checkLease);
    }
    rested = false;
    readTo = lanes.take(page);
    checkpointing.saveIfDue(lanes.handledTo());
    return page.end() && readTo == page.scannedTo();
  }

  /**
   * Does what else is due.
   *
   * @return for how long there is nothing; 0 if there is
   */
  private long rest() {
    rested = true;
    boolean idle = lanes.idle();
    if (idle) {
      progress.state(SubscriptionState.LIVE);
    }
    if (nothingNew) {
      // The checkpoint may have been moved, and that has to be noticed.
      retrying.untilDone("renewing the lease", this::checkLease);
    }
    if (idle && retriedDeadLetter()) {
      return 0;
    }
    long due = checkpointing.nanosUntilDue(lanes.handledTo());
    if (due == 0) {
      checkpointing.save(lanes.handledTo());
      return 0;
    }
    return Math.min(due, idle ? Steps.UNTIL_WOKEN : WAIT_FOR_LANES_NANOS);
  }

  /** Reads nothing more. */
  private void pause() {
    if (!pausing) {
      lanes.settle();
      checkpointing.save(lanes.handledTo());
      progress.state(SubscriptionState.PAUSED);
      pausing = true;
    }
    retrying.untilDone("renewing the lease", this::checkLease);
  }

  private boolean retriedDeadLetter() {
    return retrying
        .unlessPaused("retrying a dead letter", () -> attempts.retried(feed::at))
        .orElse(false);
  }

  private boolean checkLease() {
    leases.check(lease, checkpointing.saved());
    return true;
  }
}
