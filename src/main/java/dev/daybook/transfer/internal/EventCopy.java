package dev.daybook.transfer.internal;

import dev.daybook.internal.deadlines.Deadline;
import dev.daybook.internal.rows.ReadScope;
import dev.daybook.internal.statements.Execution;
import dev.daybook.internal.statements.ReadAhead;
import dev.daybook.internal.statements.Session;
import dev.daybook.transfer.TransferProgress;
import dev.daybook.transfer.TransferProgress.Step;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Copies events in the order of the journal, each with its position, a page a transaction, which
 * also moves the mark: so the target has exactly the events up to its mark, at whatever moment a
 * copy is killed. Only positions are read at or below which no event can still appear, so positions
 * up to the mark are never read again.
 */
final class EventCopy {

  /** Events and their tags, in whichever order the tags come. */
  private record Page(List<List<@Nullable Object>> events, List<List<@Nullable Object>> tags) {}

  private final CopyStore source;
  private final CopyStore target;
  private final HeldMark mark;
  private final TransferProgress progress;

  EventCopy(CopyStore source, CopyStore target, HeldMark mark, TransferProgress progress) {
    this.source = source;
    this.target = target;
    this.mark = mark;
    this.progress = progress;
  }

  /**
   * Copies the events after the mark.
   *
   * @param upTo the highest position that is safe to read
   * @return how many events
   */
  long run(ReadScope reading, long upTo) {
    begin(Math.max(upTo, reading.read(source::highestPosition)));
    long copied = 0;
    try (Scan scan =
            source.scan(reading, StoredTable.EVENT_ROWS, List.<Object>of(mark.position()), upTo);
        ReadAhead<Page> pages =
            new ReadAhead<>(Deadline.carried(() -> reading.read(session -> page(session, scan))))) {
      Page page = pages.take();
      while (!page.events().isEmpty()) {
        pages.begin();
        write(page);
        copied += page.events().size();
        progress.report(Step.EVENTS, mark.position(), upTo);
        page = pages.take();
      }
    }
    finish(Math.max(upTo, mark.position()));
    return copied;
  }

  private Page page(Session session, Scan scan) {
    List<List<@Nullable Object>> events = scan.next(session);
    if (events.isEmpty()) {
      return new Page(events, List.of());
    }
    try (Execution prepared = session.prepare(source.sql().tagsBetween)) {
      return new Page(
          events,
          prepared
              .set(TransferStatements.POSITION, firstPosition(events) - 1)
              .set(TransferStatements.UP_TO, lastPosition(events))
              .list(StoredTable.TAGS.columns::read));
    }
  }

  /**
   * An event that was moved away and back has another position, and may be there by its old one.
   */
  private void write(Page page) {
    long last = lastPosition(page.events());
    target.writeNew(
        (session, areNew) -> {
          mark.move(session, last);
          target.write(session, StoredTable.EVENT_ROWS, page.events(), areNew);
          target.write(session, StoredTable.TAGS, page.tags(), areNew);
        });
    mark.moved(last);
  }

  /**
   * Positions that the source has given are not given again by the target. So an event that another
   * writer appends there from now on is after all that is copied, and is noticed.
   */
  private void begin(long highest) {
    target.write(
        session -> {
          mark.hold(session);
          target.raisePosition(session, highest);
          return highest;
        });
  }

  private void finish(long upTo) {
    target.write(
        session -> {
          mark.move(session, upTo);
          return upTo;
        });
    mark.moved(upTo);
    progress.report(Step.EVENTS, upTo, upTo);
  }

  private static long firstPosition(List<List<@Nullable Object>> events) {
    return (long) StoredTable.EVENT_ROWS.key(events.get(0)).get(0);
  }

  private static long lastPosition(List<List<@Nullable Object>> events) {
    return (long) StoredTable.EVENT_ROWS.key(events.get(events.size() - 1)).get(0);
  }
}
