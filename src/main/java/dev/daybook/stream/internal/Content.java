package dev.daybook.stream.internal;

import dev.daybook.internal.rows.RowHash;
import dev.daybook.journal.internal.read.StreamRow;

/**
 * How many events there are in a part of a stream, and a hash over everything that they and their
 * tags hold, but for their positions.
 */
record Content(long events, String hash) {

  /** A hash of a stream's last event, or of nothing if it is not there. */
  static String ofLast(StreamPages pages, StreamRow stream) {
    Content last = of(pages, stream.lastSeq() - 1, stream.lastSeq());
    return last.events() == 0 ? "" : last.hash();
  }

  static Content of(StreamPages pages, long after, long to) {
    RowHash hash = new RowHash();
    long[] events = {0};
    pages.events(
        after,
        to,
        event -> {
          events[0]++;
          hash.add(event.values());
          hash.add(event.tags().size());
          event.tags().forEach(hash::add);
        });
    return new Content(events[0], hash.hex());
  }
}
