package dev.daybook.subscription.internal.handling;

import dev.daybook.journal.EncodedEvent;
import dev.daybook.journal.RecordedEvent;
import dev.daybook.journal.internal.read.JournalFeed;
import java.util.List;

/** Handles events on the thread that reads them. */
public final class SingleLane implements Lanes {

  private final Attempts<?> attempts;
  private final ChunkSize size;
  private final Control control;
  private final PositionListener reached;
  private final PositionListener done;
  private long handledTo;

  /**
   * @param reached receives the position up to which nothing is left to handle
   * @param done receives each event that is done, before that
   */
  public SingleLane(
      Attempts<?> attempts,
      ChunkSize size,
      long position,
      Control control,
      PositionListener reached,
      PositionListener done) {
    this.attempts = attempts;
    this.size = size;
    this.handledTo = position;
    this.control = control;
    this.reached = reached;
    this.done = done;
  }

  @Override
  public long take(JournalFeed.Page page) {
    List<RecordedEvent<EncodedEvent>> events = page.events();
    int from = 0;
    while (from < events.size()) {
      int to = Math.min(from + size.next(), events.size());
      List<RecordedEvent<EncodedEvent>> next = events.subList(from, to);
      long began = System.nanoTime();
      if (control.halting() || !attempts.deliver(next, page.asOf(), this::done)) {
        return handledTo;
      }
      size.took(System.nanoTime() - began);
      from = to;
    }
    if (page.scannedTo() > handledTo) {
      handled(page.scannedTo());
    }
    return handledTo;
  }

  private void done(long position) {
    handled(position);
    done.position(position);
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
  public void wake() {}

  @Override
  public void close() {}
}
