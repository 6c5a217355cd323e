package dev.daybook.transfer.internal;

import dev.daybook.internal.sql.Prepared;
import dev.daybook.internal.sql.Session;
import dev.daybook.transfer.TransferProgress;
import dev.daybook.transfer.TransferProgress.Step;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Copies events in the order of the journal, each with its position, a page a transaction, which
 * also moves the mark: so the target has exactly the events up to its mark, at whatever moment a
 * copy is killed. Only positions are read at or below which no event can still appear, so what is
 * behind the mark is never looked for again.
 */
final class EventCopy {

  /** Events and their tags, in whichever order the tags come. */
  private record Page(List<List<@Nullable Object>> events, List<List<@Nullable Object>> tags) {}

  private final Side source;
  private final Side target;
  private final Mark mark;
  private final TransferProgress progress;

  EventCopy(Side source, Side target, Mark mark, TransferProgress progress) {
    this.source = source;
    this.target = target;
    this.mark = mark;
    this.progress = progress;
  }

  /**
   * Copies what is behind the mark.
   *
   * @param upTo the highest position that is safe to read
   * @return how many events
   */
  long run(Reading reading, long upTo) {
    begin(Math.max(upTo, reading.read(source::highestPosition)));
    Scan scan = source.scan(reading, StoredTable.JOURNAL, List.<Object>of(mark.position()), upTo);
    long copied = 0;
    Page page = reading.read(session -> page(session, scan));
    while (!page.events().isEmpty()) {
      write(page);
      copied += page.events().size();
      progress.report(Step.EVENTS, mark.position(), upTo);
      page = reading.read(session -> page(session, scan));
    }
    finish(Math.max(upTo, mark.position()));
    return copied;
  }

  private Page page(Session session, Scan scan) {
    List<List<@Nullable Object>> events = scan.next(session);
    if (events.isEmpty()) {
      return new Page(events, List.of());
    }
    try (Prepared prepared = session.prepare(source.sql().tagsBetween)) {
      return new Page(
          events,
          prepared
              .set(TransferStatements.POSITION, mark.position())
              .set(TransferStatements.UP_TO, lastPosition(events))
              .list(StoredTable.TAGS.columns::read));
    }
  }

  private void write(Page page) {
    long last = lastPosition(page.events());
    target.write(
        session -> {
          mark.move(session, last);
          insert(session, StoredTable.JOURNAL, page.events());
          if (!page.tags().isEmpty()) {
            insert(session, StoredTable.TAGS, page.tags());
          }
          return last;
        });
    mark.moved(last);
  }

  /**
   * Positions that the source has given are not given again by the target. So an event that
   * somebody else appends there from now on is behind all that is copied, and is noticed.
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

  private void insert(Session session, StoredTable table, List<List<@Nullable Object>> rows) {
    try (Prepared insert = session.prepare(target.sql().of(table).upsert)) {
      rows.forEach(row -> table.columns.set(insert.nextRow(), row));
      insert.updateRows();
    }
  }

  private static long lastPosition(List<List<@Nullable Object>> events) {
    return (long) StoredTable.JOURNAL.key(events.get(events.size() - 1)).get(0);
  }
}
