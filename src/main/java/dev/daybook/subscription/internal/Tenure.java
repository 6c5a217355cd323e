package dev.daybook.subscription.internal;

import dev.daybook.internal.database.Changes;
import dev.daybook.journal.internal.JournalFeed;
import dev.daybook.subscription.SubscriptionState;
import dev.daybook.subscription.SubscriptionStoppedException;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * The time for which a subscription has its lease: reads what there is, has it handled, saves, and
 * waits for more, until it is to stop or has lost the lease.
 */
final class Tenure {

  private static final int PAGE = 500;
  private static final long LONGEST_WAIT_NANOS = TimeUnit.SECONDS.toNanos(60);
  private static final long WAIT_FOR_LANES_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

  private final Lease lease;
  private final Leases leases;
  private final JournalFeed feed;
  private final Changes.Watch watch;
  private final Attempts<?> attempts;
  private final Lanes lanes;
  private final Checkpointing checkpointing;
  private final Control control;
  private final Patience patience;
  private final Progress progress;
  private long readTo;
  private boolean nothingNew;
  private boolean rested = true;

  Tenure(
      Lease lease,
      Leases leases,
      JournalFeed feed,
      Changes.Watch watch,
      Attempts<?> attempts,
      Lanes lanes,
      Checkpointing checkpointing,
      Control control,
      Patience patience,
      Progress progress) {
    this.lease = lease;
    this.leases = leases;
    this.feed = feed;
    this.watch = watch;
    this.attempts = attempts;
    this.lanes = lanes;
    this.checkpointing = checkpointing;
    this.control = control;
    this.patience = patience;
    this.progress = progress;
    this.readTo = lease.position();
  }

  void run() throws InterruptedException {
    feed.forget();
    patience.untilDone("looking for the end of the journal", this::requireNotAhead);
    progress.begin(lease);
    while (!control.stopping()) {
      if (control.paused()) {
        pause();
      } else if (readOn()) {
        rest();
      }
    }
  }

  /** From there it would go on as if nothing was wrong, and miss what is still to come. */
  private boolean requireNotAhead() {
    long highest = feed.highest();
    if (lease.position() > highest) {
      throw new SubscriptionStoppedException(
          lease.name(),
          "its checkpoint is at position %s, and the highest that the journal ever had is %s; reset it to where it should go on"
              .formatted(lease.position(), highest),
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
        patience.untilDone("reading events", () -> feed.after(readTo, PAGE));
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
      patience.untilDone("looking after the lease", this::checkLease);
    }
    rested = false;
    readTo = lanes.take(page);
    checkpointing.saveIfDue(lanes.handledTo());
    return page.end() && readTo == page.scannedTo();
  }

  /** Looks after what else there is to do, and waits. */
  private void rest() throws InterruptedException {
    rested = true;
    boolean idle = lanes.idle();
    if (idle) {
      progress.state(SubscriptionState.LIVE);
    }
    if (nothingNew) {
      // Somebody may have moved the checkpoint, and wants that to be noticed.
      patience.untilDone("looking after the lease", this::checkLease);
    }
    if (idle && retriedDeadLetter()) {
      return;
    }
    long due = checkpointing.nanosUntilDue(lanes.handledTo());
    if (due == 0) {
      checkpointing.save(lanes.handledTo());
    } else if (!control.stopping()) {
      long longest = idle ? LONGEST_WAIT_NANOS : WAIT_FOR_LANES_NANOS;
      watch.await(Math.min(due, longest), TimeUnit.NANOSECONDS);
    }
  }

  /** Waits without reading on. */
  private void pause() throws InterruptedException {
    lanes.settle();
    checkpointing.save(lanes.handledTo());
    progress.state(SubscriptionState.PAUSED);
    while (control.paused() && !control.stopping()) {
      patience.untilDone("looking after the lease", this::checkLease);
      watch.await(LONGEST_WAIT_NANOS, TimeUnit.NANOSECONDS);
    }
    progress.state(SubscriptionState.CATCHING_UP);
  }

  private boolean retriedDeadLetter() {
    return patience
        .unlessPaused("retrying a dead letter", () -> attempts.retried(feed::at))
        .orElse(false);
  }

  private boolean checkLease() {
    leases.check(lease, checkpointing.saved());
    return true;
  }
}
