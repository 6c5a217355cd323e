package dev.daybook.query.internal;

import dev.daybook.journal.EncodedEvent;
import dev.daybook.journal.EventQuery;
import dev.daybook.journal.RecordedEvent;
import dev.daybook.journal.internal.JournalFeed;
import dev.daybook.journal.internal.Journals;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The ids that a listing finds, and then those of first events. The events are followed from where
 * the journal was before the listing; a stream that began between that and the listing is in both,
 * and those are few enough to be remembered.
 */
final class LiveStreamIds implements Source<String> {

  private static final int PAGE = 100;
  private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

  private final JournalFeed feed;
  private final LiveSource events;
  private final Stream<String> listing;
  private final Iterator<String> listed;
  private final Set<String> meanwhile = new HashSet<>();
  private final long listedAt;

  @SuppressWarnings("MustBeClosedChecker") // Closed by close().
  LiveStreamIds(Journals journals, String prefix) {
    this.feed = journals.feed(EventQuery.all().inStreams(prefix));
    long before = feed.head();
    this.events = new LiveSource(feed, before);
    Stream<String> ids = Stream.empty();
    try {
      ids = journals.raw().streamIds(prefix);
      this.listing = ids;
      this.listed = listing.iterator();
      this.listedAt = feed.head();
      remember(before);
    } catch (Throwable e) {
      try (events) {
        ids.close();
      }
      throw e;
    }
  }

  /** What is at or below a head once is so for ever; but nobody may be able to say so at once. */
  private void remember(long before) {
    for (long from = before; from < listedAt; ) {
      JournalFeed.Page page = feed.after(from, PAGE);
      page.events().stream()
          .filter(event -> event.position() <= listedAt)
          .forEach(event -> meanwhile.add(event.streamId()));
      if (page.scannedTo() == from) {
        LockSupport.parkNanos(PAUSE_NANOS);
      }
      from = page.scannedTo();
    }
  }

  @Override
  public @Nullable String next() throws InterruptedException {
    if (listed.hasNext()) {
      String id = listed.next();
      meanwhile.remove(id);
      return id;
    }
    RecordedEvent<EncodedEvent> event = events.next();
    while (event != null && !isNew(event)) {
      event = events.next();
    }
    return event == null ? null : event.streamId();
  }

  /** Of the streams from the time of the listing, those are left that it has not found. */
  private boolean isNew(RecordedEvent<EncodedEvent> event) {
    return event.position() <= listedAt ? meanwhile.remove(event.streamId()) : feed.isFirst(event);
  }

  @Override
  public void end() {
    events.end();
  }

  @Override
  public void close() {
    try {
      listing.close();
    } finally {
      events.close();
    }
  }
}
