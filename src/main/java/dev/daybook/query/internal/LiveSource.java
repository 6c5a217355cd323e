package dev.daybook.query.internal;

import dev.daybook.internal.signals.CommitSignal;
import dev.daybook.journal.EncodedEvent;
import dev.daybook.journal.RecordedEvent;
import dev.daybook.journal.internal.read.JournalFeed;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The stored events after a position, future ones included. */
final class LiveSource implements Source<RecordedEvent<EncodedEvent>> {

  private static final int PAGE = 100;
  private static final long LONGEST_WAIT_SECONDS = 60;

  private final JournalFeed feed;
  private final CommitSignal.Watch watch;
  private final Queue<RecordedEvent<EncodedEvent>> page = new ArrayDeque<>();
  private long readTo;
  private long asOf;
  private volatile boolean ended;

  LiveSource(JournalFeed feed, long after) {
    this.feed = feed;
    this.watch = feed.watch();
    this.readTo = after;
  }

  @Override
  public @Nullable RecordedEvent<EncodedEvent> next() throws InterruptedException {
    while (!ended) {
      RecordedEvent<EncodedEvent> event = page.poll();
      if (event != null) {
        if (isUndeleted(event)) {
          return event;
        }
      } else if (readOn() && page.isEmpty() && !ended) {
        watch.await(LONGEST_WAIT_SECONDS, TimeUnit.SECONDS);
      }
    }
    return null;
  }

  /** Whether an event of the page that was read last is still there. */
  boolean isUndeleted(RecordedEvent<?> event) {
    return feed.isUndeleted(event, asOf);
  }

  /** Reads a page, and says whether it was the last. */
  private boolean readOn() {
    JournalFeed.Page next = feed.after(readTo, PAGE);
    readTo = next.scannedTo();
    asOf = next.asOf();
    page.addAll(next.events());
    return next.end();
  }

  @Override
  public void end() {
    ended = true;
    watch.wake();
  }

  /** Also from another thread. */
  @Override
  public void close() {
    end();
    watch.close();
  }
}
