package dev.daybook.subscription.internal;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Events that several threads are handling, in the order of their positions: what is in front of
 * the first that is not done with is handled. Not safe for several threads by itself.
 */
final class InFlight {

  /** One of them. */
  static final class Entry {
    private final long position;
    private boolean done;

    private Entry(long position) {
      this.position = position;
    }
  }

  private final Deque<Entry> entries = new ArrayDeque<>();
  private long handledTo;
  private long takenTo;

  InFlight(long position) {
    this.handledTo = position;
    this.takenTo = position;
  }

  Entry add(long position) {
    Entry entry = new Entry(position);
    entries.addLast(entry);
    return entry;
  }

  /** There is nothing else up to this position. */
  void scanned(long position) {
    takenTo = Math.max(takenTo, position);
    advance();
  }

  void done(Entry entry) {
    entry.done = true;
    advance();
  }

  long handledTo() {
    return handledTo;
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
