package dev.daybook.query.internal;

import dev.daybook.journal.EncodedEvent;
import dev.daybook.journal.EventQuery;
import dev.daybook.journal.RecordedEvent;
import dev.daybook.journal.internal.Journals;
import dev.daybook.journal.internal.read.JournalFeed;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The ids that a listing finds, and then those of first events. The events are followed from where
 * readers were before the listing; a stream that began after that may be listed too, and those are
 * few enough to be remembered.
 */
final class LiveStreamIds implements Source<String> {

  private final JournalFeed feed;
  private final LiveSource events;
  private final Stream<String> listing;
  private final Iterator<String> listed;
  private final Set<String> begunMeanwhile;
  private final Set<String> listedToo = new HashSet<>();
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
      // What the listing has seen has its positions by now, and is seen by the next statement.
      this.listedAt = feed.highest();
      this.begunMeanwhile = feed.streamsBetween(before, listedAt);
    } catch (Throwable e) {
      try (events) {
        ids.close();
      }
      throw e;
    }
  }

  @Override
  public @Nullable String next() throws InterruptedException {
    if (listed.hasNext()) {
      String id = listed.next();
      if (begunMeanwhile.remove(id)) {
        listedToo.add(id);
      }
      return id;
    }
    RecordedEvent<EncodedEvent> event = events.next();
    while (event != null && !isNew(event)) {
      event = events.next();
    }
    return event == null ? null : event.streamId();
  }

  private boolean isNew(RecordedEvent<EncodedEvent> event) {
    boolean listedToo = event.position() <= listedAt && this.listedToo.contains(event.streamId());
    return !listedToo && feed.isFirst(event);
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
