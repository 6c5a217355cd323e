package dev.daybook.subscription.internal;

import dev.daybook.journal.EncodedEvent;
import dev.daybook.journal.RecordedEvent;
import java.util.List;

/** Handles events on the thread that reads them. */
final class SingleLane implements Lanes {

  private final Attempts<?> attempts;
  private final ChunkSize size;
  private final Reached reached;
  private final Control control;
  private long handledTo;

  SingleLane(
      Attempts<?> attempts, ChunkSize size, long position, Control control, Reached reached) {
    this.attempts = attempts;
    this.size = size;
    this.handledTo = position;
    this.control = control;
    this.reached = reached;
  }

  @Override
  public long take(List<RecordedEvent<EncodedEvent>> events, long scannedTo) {
    int from = 0;
    while (from < events.size()) {
      int to = Math.min(from + size.next(), events.size());
      List<RecordedEvent<EncodedEvent>> next = events.subList(from, to);
      long began = System.nanoTime();
      if (control.stopping() || control.paused() || !attempts.deliver(next)) {
        return handledTo;
      }
      size.took(System.nanoTime() - began);
      handled(next.get(next.size() - 1).position());
      from = to;
    }
    if (scannedTo > handledTo) {
      handled(scannedTo);
    }
    return handledTo;
  }

  private void handled(long position) {
    handledTo = position;
    reached.position(position);
  }

  @Override
  public long handledTo() {
    return handledTo;
  }

  @Override
  public boolean idle() {
    return true;
  }

  @Override
  public void settle() {}

  @Override
  public void resume() {}

  @Override
  public void close() {}
}
