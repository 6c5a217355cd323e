package dev.daybook.subscription.internal.handling;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Events that several threads are handling, in the order of their positions: all before the first
 * that is not done are handled. Not safe for several threads by itself.
 */
final class InFlight {

  /** One of them. */
  static final class Entry {
    private final long position;
    private final long bytes;
    private boolean done;

    private Entry(long position, long bytes) {
      this.position = position;
      this.bytes = bytes;
    }

    long position() {
      return position;
    }

    boolean done() {
      return done;
    }
  }

  private final Deque<Entry> entries = new ArrayDeque<>();
  private long handledTo;
  private long takenTo;
  private long bytes;

  InFlight(long position) {
    this.handledTo = position;
    this.takenTo = position;
  }

  /**
   * @param size how many bytes it holds until it is done
   */
  Entry add(long position, long size) {
    Entry entry = new Entry(position, size);
    entries.addLast(entry);
    takenTo = position;
    bytes += size;
    return entry;
  }

  /** There is nothing else up to this position. */
  void scanned(long position) {
    takenTo = Math.max(takenTo, position);
    advance();
  }

  void done(Entry entry) {
    if (!entry.done) {
      entry.done = true;
      bytes -= entry.bytes;
      advance();
    }
  }

  long handledTo() {
    return handledTo;
  }

  /** Up to where events were added, or there are none. */
  long takenTo() {
    return takenTo;
  }

  /** How many bytes those hold that are not done. */
  long bytes() {
    return bytes;
  }

  int size() {
    return entries.size();
  }

  private void advance() {
    Entry first = entries.peekFirst();
    while (first != null && first.done) {
      handledTo = first.position;
      entries.removeFirst();
      first = entries.peekFirst();
    }
    if (first == null) {
      handledTo = Math.max(handledTo, takenTo);
    }
  }
}
