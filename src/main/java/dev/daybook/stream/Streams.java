package dev.daybook.stream;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import org.jooq.Configuration;

/**
 * The life of streams.
 *
 * <pre>
 *              archive                tombstone
 *   ACTIVE ──────────────▶ ARCHIVED ─────────────▶ TOMBSTONED      delete, from each:
 *     ▲                       │                        │             DELETED
 *     └────── restore ────────┴──────── restore ───────┘
 * </pre>
 *
 * <p><b>Refusals.</b> Only an active stream takes appends, {@link
 * dev.daybook.journal.Journal#delete} and {@link dev.daybook.journal.Journal#raiseHighWaterMark};
 * all others refuse with a {@link dev.daybook.journal.StreamStateException} that says why and when,
 * and write nothing. An append whose idempotency key was seen before writes nothing anyway, and
 * still returns what was recorded, if the stream can be read. An archived stream is read as before,
 * unless its events were moved to another store; that, a tombstoned and a deleted stream refuse
 * every {@link dev.daybook.journal.StreamQuery}, and so does recovery.
 *
 * <p>Reads of the whole journal don't ask for the state: until they are moved or deleted, the
 * events of archived and tombstoned streams are among those that a {@link
 * dev.daybook.journal.JournalQuery} finds, by tag too, and that subscriptions and live queries get,
 * because a journal whose events disappear and reappear can't be followed. The ids of all streams
 * stay listed, and their high-water marks can be asked for. Snapshots are independent of the state.
 *
 * <p><b>Repeated calls.</b> To archive an archived stream, to restore an active one, and to
 * tombstone one again for the same reason, or again without one, does nothing. A change that is not
 * in the picture is refused with the {@link dev.daybook.journal.StreamStateException} that an
 * append would get. An append that races with a change of state is either recorded before it or
 * refused.
 *
 * <p>Threads, arguments and the errors of every method are as with {@link
 * dev.daybook.journal.Journal}.
 */
public interface Streams {

  /** The state of a stream; {@code UNKNOWN} if nothing was ever appended to it. */
  StreamStatus status(String streamId);

  /**
   * Archives an active stream where it is: it is read as before, and takes no appends.
   *
   * @throws UnknownStreamException if the stream is unknown
   * @throws dev.daybook.journal.StreamStateException if it is tombstoned or deleted
   */
  void archive(String streamId);

  /**
   * Makes an archived or tombstoned stream active again, whichever it was before.
   *
   * @throws UnknownStreamException if the stream is unknown
   * @throws dev.daybook.journal.StreamStateException if it is deleted, or its events were moved to
   *     another store: then {@link #restoreFrom} brings it back
   */
  void restore(String streamId);

  /**
   * Tombstones an active or archived stream: it takes no appends and is not read, until it is
   * restored.
   *
   * @param reason why, for the message of the exceptions: 1 to {@link
   *     dev.daybook.settings.Limits#MAX_REASON_LENGTH} characters
   * @throws UnknownStreamException if the stream is unknown
   * @throws dev.daybook.journal.StreamStateException if it is deleted, tombstoned for another
   *     reason, or its events were moved to another store
   */
  void tombstone(String streamId, String reason);

  /**
   * The same without a reason. For a stream that is tombstoned for a reason, this is another one.
   *
   * @throws UnknownStreamException if the stream is unknown
   * @throws dev.daybook.journal.StreamStateException as {@link #tombstone(String, String)}
   * @throws UnsupportedOperationException if these are streams of another maker without this method
   */
  default void tombstone(String streamId) {
    throw new UnsupportedOperationException(
        "%s can't tombstone a stream without a reason".formatted(getClass()));
  }

  /**
   * Deletes a stream in any state permanently: its events, their tags, its snapshots and the reason
   * of its tombstone. The store keeps the stream's id, its highest number and the time of the
   * deletion: the id can't be used again, so that no number is ever given twice. A copy that was
   * moved to another store stays there. Checkpoints and dead letters of subscriptions stay. Once
   * this has returned, no event of the stream is delivered in this process any more, as {@link
   * dev.daybook.journal.Journal#delete} says, and in other processes from their next check of the
   * database on.
   *
   * @return how many events were deleted
   * @throws UnknownStreamException if the stream is unknown or was deleted before
   */
  @CanIgnoreReturnValue
  long delete(String streamId);

  /**
   * Archives a stream and moves its events to another store. There it is archived too; this store
   * keeps its id and its high-water mark.
   *
   * <p><b>What survives.</b> Every part of every event except its position: number, type, schema
   * version, codec, payload to the byte, compressed and encrypted as it is, time, tags, metadata
   * and idempotency key; also the high-water mark, the number up to which events were deleted, and
   * the snapshots. In the other store the events get new positions after all others there, in their
   * order; so listeners and subscriptions there get them, and only stream id and sequence number
   * identify an event in every store.
   *
   * <p><b>Interruption.</b> Whatever interrupts the call, at any point, nothing is lost, and
   * calling it again completes it: the stream is archived here, copied in one transaction there,
   * both sides are compared by count and hash, and only then is it emptied here. Until then both
   * stores may have it, and it can be restored where it is. Called again afterwards it changes
   * nothing. To survive a loss of power both stores must have been opened with {@link
   * dev.daybook.settings.Synchronous#FULL}, the default.
   *
   * <p><b>Snapshots.</b> Those that the other store has of the stream already stay there; one with
   * the same number is replaced. Snapshots under the id of a stream that the other store does not
   * know may be of anything: then the move is refused.
   *
   * <p>Takes memory for some megabytes, or the largest event if that is more. While it copies,
   * others can't write to the other store; while it compares, they can't write to this one. A
   * process moves one stream at a time.
   *
   * @param archive the streams of another store; a copy there that is a part of this stream is
   *     brought up to date
   * @return the stream as it is there
   * @throws UnknownStreamException if the stream is unknown
   * @throws dev.daybook.journal.StreamStateException if it is tombstoned or deleted
   * @throws StreamMoveException if the archive has other events under the same id, a stream that is
   *     not archived, or snapshots of a stream that it does not know; nothing is touched. Also if
   *     its events are in yet another store, or if the stream was restored or deleted meanwhile:
   *     nothing is lost
   * @throws dev.daybook.error.InvalidInputException if the archive is this very store, or one of
   *     the two is bound to a caller's transaction, which could be rolled back after the other
   *     store has committed
   */
  @CanIgnoreReturnValue
  MovedStream archiveTo(String streamId, Streams archive);

  /**
   * Moves a stream back from the store to which {@link #archiveTo} has moved it, in the same way,
   * and makes it active. The archive keeps its id and its high-water mark. Its events get new
   * positions at the end of this journal: a reader that has seen position p never sees a new event
   * at or below p, and so subscriptions get these events once more.
   *
   * <p>Here the stream must be unknown, or as {@link #archiveTo} has left it, or have been restored
   * in part. The stream becomes active when all its events are here and deleted from the archive.
   *
   * @param archive the streams of the other store, where it must be archived
   * @return the stream as it is here
   * @throws UnknownStreamException if the archive does not have the stream
   * @throws dev.daybook.journal.StreamStateException if it is tombstoned or deleted in the archive
   * @throws StreamMoveException if there are other events under the same id here, a stream that is
   *     active, tombstoned or deleted, one with a higher high-water mark, or one that the archive
   *     itself has moved here by {@link #archiveTo}; nothing is touched. Also as with {@link
   *     #archiveTo}
   * @throws dev.daybook.error.InvalidInputException as with {@link #archiveTo}
   */
  @CanIgnoreReturnValue
  MovedStream restoreFrom(String streamId, Streams archive);

  /**
   * The same inside the caller's jOOQ transaction; see {@link dev.daybook.journal.Journal#within}.
   */
  Streams within(Configuration transaction);
}
