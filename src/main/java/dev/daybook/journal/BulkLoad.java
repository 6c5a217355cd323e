package dev.daybook.journal;

import dev.daybook.error.EventEncodeException;
import java.util.List;

/**
 * A load of many events from elsewhere, such as a file or another store, which continues where it
 * was interrupted: its progress in its source is committed together with the events.
 *
 * <pre>{@code
 * BulkLoad<OrderEvent> load = journal.bulkLoad("orders of 2025");
 * try (OldOrders source = OldOrders.after(load.progress().offset())) {
 *   for (OldOrders.Page page = source.next(); page != null; page = source.next()) {
 *     load.append(page.appends(), page.lastNumber(), "");
 *   }
 * }
 * }</pre>
 *
 * <p>Some hundreds to thousands of events a call are the fastest: each call is one transaction. The
 * loaded events are ordinary events; listeners and subscriptions receive them. Other callers may
 * append meanwhile. If a call fails, nothing of it was written, unless the connection was lost
 * during the commit; then the next call throws {@link StaleLoadException}, and {@link
 * Journal#bulkLoad} returns a load with the stored progress.
 *
 * <p>For one thread. Two loads of one name, in one process or in two, don't mix: after the first
 * call of one, the next call of the other throws {@link StaleLoadException} and writes nothing.
 *
 * @see Journal#bulkLoad
 */
public interface BulkLoad<E> {

  /** The name of the load. */
  String name();

  /** The progress of the load: everything up to the offset is committed. */
  LoadProgress progress();

  /**
   * Appends events and moves the offset, in one transaction. An empty list moves the offset alone.
   *
   * @param offset up to where the journal contains the source afterwards: a number that the caller
   *     chooses, such as that of a line, and that only ascends
   * @param note any text, which is kept with the offset; may be empty
   * @return the progress of the load
   * @throws dev.daybook.error.InvalidInputException if the offset is not higher than before, there
   *     are more than {@link dev.daybook.settings.Limits#MAX_EVENTS_PER_APPEND} events, or the note
   *     has U+0000
   * @throws ConflictException if a stream is not as it is expected to be
   * @throws StreamStateException if a stream can't be written
   * @throws EventEncodeException if an event can't be encoded
   * @throws StaleLoadException if another load of this name has continued
   */
  LoadProgress append(List<? extends Append<? extends E>> appends, long offset, String note);

  /**
   * Appends events that were recorded elsewhere, each with the sequence number, the position, the
   * time and the idempotency key that it had, and moves the offset, in one transaction. A sequence
   * number must be the next of its stream. Positions may have gaps, ascend, and must be higher than
   * every position that this store has given; the next one that it gives is higher.
   *
   * <p>On PostgreSQL all appends wait until the transaction ends, because they must not get a
   * position in between. There positions stay given if the connection is lost right before the
   * commit: the same events are then refused, and keep their positions in another store only.
   *
   * @param offset as for {@link #append}
   * @param note as for {@link #append}
   * @return the progress of the load
   * @throws dev.daybook.error.InvalidInputException as {@link #append} does, or if a position is
   *     not higher than the one before
   * @throws ConflictException if a sequence number is not the next of its stream
   * @throws StreamStateException if a stream can't be written
   * @throws EventEncodeException if an event can't be encoded
   * @throws StaleLoadException if another load of this name has continued
   */
  LoadProgress appendRecorded(
      List<? extends RecordedEvent<? extends E>> events, long offset, String note);

  /**
   * Deletes the progress of the load, and keeps the events: the next load of this name begins at
   * the beginning.
   *
   * @throws StaleLoadException if another load of this name has continued
   */
  void forget();
}
