package dev.daybook.journal;

import dev.daybook.error.EventEncodeException;
import java.util.List;

/**
 * A load of many events from elsewhere, such as a file or another store, which goes on where it was
 * interrupted: how far it has come in its source is committed together with the events.
 *
 * <pre>{@code
 * BulkLoad<OrderEvent> load = journal.bulkLoad("orders of 2025");
 * try (OldOrders source = OldOrders.behind(load.progress().offset())) {
 *   for (OldOrders.Page page = source.next(); page != null; page = source.next()) {
 *     load.append(page.appends(), page.lastNumber(), "");
 *   }
 * }
 * }</pre>
 *
 * <p>Some hundreds to thousands of events a call are the fastest: each call is one transaction.
 * What comes into the journal is events like all others; listeners and subscriptions hear of them.
 * Others may append meanwhile. If a call fails, nothing of it was written, unless the connection
 * was lost during the commit; then the next call throws {@link StaleLoadException}, and {@link
 * Journal#bulkLoad} gives a load that knows how far it is.
 *
 * <p>For one thread. A second load of the same name, here or in another process, does not get in
 * between: from the first call of one on, the next call of the other throws {@link
 * StaleLoadException} and writes nothing.
 *
 * @see Journal#bulkLoad
 */
public interface BulkLoad<E> {

  /** What it is called. */
  String name();

  /** How far it has come: everything up to the offset is committed. */
  LoadProgress progress();

  /**
   * Appends events and moves the offset, in one transaction. No append at all moves the offset
   * alone.
   *
   * @param offset up to where the source is in the journal afterwards: a number of the caller's,
   *     such as that of a line, which only ascends
   * @param note a text of the caller's that is kept with the offset; may be empty
   * @return how far it has come
   * @throws dev.daybook.error.InvalidInputException if the offset is not higher than before, there
   *     are more than {@link dev.daybook.settings.Limits#MAX_EVENTS_PER_APPEND} events, or the note
   *     has U+0000
   * @throws ConflictException if a stream is not as it is expected to be
   * @throws StreamStateException if a stream can't be written
   * @throws EventEncodeException if an event can't be encoded
   * @throws StaleLoadException if another load of this name has come further
   */
  LoadProgress append(List<? extends Append<? extends E>> appends, long offset, String note);

  /**
   * Appends events that were recorded elsewhere, each with the sequence number, the position and
   * the time that it had, and moves the offset, in one transaction. A sequence number must be the
   * next of its stream. Positions may have gaps, ascend, and must be higher than every position
   * that this store has given; the next that it gives is behind them.
   *
   * <p>On PostgreSQL all who append wait until the transaction ends, because they must not get a
   * position in between. There positions stay given if the connection is lost right before the
   * commit: the same events are then refused, and keep their positions in another store only.
   *
   * @param offset as for {@link #append}
   * @param note as for {@link #append}
   * @return how far it has come
   * @throws dev.daybook.error.InvalidInputException as {@link #append} does, or if a position is
   *     not higher than the one before
   * @throws ConflictException if a sequence number is not the next of its stream
   * @throws StreamStateException if a stream can't be written
   * @throws EventEncodeException if an event can't be encoded
   * @throws StaleLoadException if another load of this name has come further
   */
  LoadProgress appendRecorded(
      List<? extends RecordedEvent<? extends E>> events, long offset, String note);

  /**
   * Forgets how far it has come, and keeps the events: a load of this name begins at the beginning
   * again.
   *
   * @throws StaleLoadException if another load of this name has come further
   */
  void forget();
}
