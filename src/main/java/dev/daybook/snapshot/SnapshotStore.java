package dev.daybook.snapshot;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import com.google.errorprone.annotations.MustBeClosed;
import dev.daybook.payload.PayloadOptions;
import java.util.Optional;
import java.util.stream.Stream;
import org.jooq.Configuration;

/**
 * Snapshots of streams' states. They are a cache: without one a recovery only takes longer, unless
 * the snapshot's events were deleted ({@code Recovery.compact}). A snapshot is not used if
 *
 * <ul>
 *   <li>it is of another schema version, even if nothing else has changed;
 *   <li>its state's class has another name: that of {@link dev.daybook.journal.TypeName}, which
 *       also gives the names that it had before, or else the simple name;
 *   <li>its state's class has other properties, or properties of other types, than when it was
 *       saved: a fingerprint of them is stored with the snapshot, whatever the schema version says.
 *       It covers all nested types, but not their names;
 *   <li>its state can't be decoded, lacks a property or has one too many.
 * </ul>
 *
 * <p>That is reported to the options' listener and to the log, and the next older one is tried. A
 * snapshot that an earlier version of Daybook has saved may have neither name nor fingerprint: it
 * is used if its state has exactly the properties of the class. A snapshot that can't be decrypted
 * is an error, because it can't be checked.
 *
 * <p>The states of a sealed type may have any of its classes, as events do.
 *
 * <p>The store does not use the journal: it also saves snapshots of a stream that has no events.
 *
 * <p>Safe for use by several threads; every method may block for the database. A store got from
 * {@link #within(Configuration)} belongs to its transaction's thread. {@link
 * dev.daybook.settings.Limits} says which stream ids are valid; {@code null} is refused with a
 * {@link NullPointerException}; every method throws {@link dev.daybook.error.ClosedException} after
 * the {@link dev.daybook.Daybook} was closed.
 *
 * <p>A stream has snapshots of one type of states: snapshots of two types would replace each other,
 * and could not be used. To keep several types of states for one stream, give each its own tables
 * by {@link dev.daybook.settings.TableNames}.
 *
 * @param <S> the type of the states
 */
public interface SnapshotStore<S> {

  /**
   * Saves a state and, in the same transaction, removes all but the newest that the options keep. A
   * snapshot at the same sequence number is replaced. Where several transactions write at a time,
   * two that save snapshots of one stream don't see each other's, and more may stay until the next
   * save.
   *
   * @param seq the sequence number of the last event that is folded into the state, from 1
   * @throws dev.daybook.error.InvalidInputException if the sequence number is less than 1
   * @throws SnapshotEncodeException if the state can't be encoded, or what was encoded can't be
   *     read back: that is tried with the first state of each class, and with each one if anything
   *     can be in it
   */
  @CanIgnoreReturnValue
  Snapshot<S> save(String streamId, long seq, S state);

  /**
   * The newest usable snapshot of a stream. One that can't be read, or is not what was written by
   * its checksum, is skipped, and the miss listener is called.
   *
   * @throws dev.daybook.payload.PayloadException if it is encrypted and can't be decrypted
   */
  Optional<Snapshot<S>> loadLatest(String streamId);

  /**
   * The newest usable snapshot of a stream whose sequence number is less than this one.
   *
   * @throws dev.daybook.payload.PayloadException if it is encrypted and can't be decrypted
   */
  Optional<Snapshot<S>> loadBefore(String streamId, long seq);

  /**
   * Deletes a stream's snapshots up to and including a sequence number.
   *
   * @return how many were deleted
   */
  @CanIgnoreReturnValue
  long delete(String streamId, long toSeq);

  /**
   * Deletes a stream's snapshots after a sequence number.
   *
   * @return how many were deleted
   */
  @CanIgnoreReturnValue
  long deleteAfter(String streamId, long seq);

  /**
   * Deletes all snapshots of a stream, so that the next recovery begins with its events.
   *
   * @return how many were deleted
   */
  @CanIgnoreReturnValue
  long invalidate(String streamId);

  /**
   * Deletes all snapshots of all streams.
   *
   * @return how many were deleted
   */
  @CanIgnoreReturnValue
  long invalidateAll();

  /** The snapshots of one stream, the newest first, without reading the states. To be closed. */
  @MustBeClosed
  Stream<SnapshotInfo> list(String streamId);

  /** The snapshots of all streams, by stream and sequence number. To be closed. */
  @MustBeClosed
  Stream<SnapshotInfo> listAll();

  /**
   * Reports a snapshot that could not be used or saved to the options' listener and to the log, for
   * callers that find that out by themselves. What the listener throws is logged.
   */
  void report(SnapshotMiss miss);

  /** The same store with other compression and encryption: the options of one call. */
  SnapshotStore<S> with(PayloadOptions options);

  /**
   * The same store inside the caller's jOOQ transaction; see {@link
   * dev.daybook.journal.Journal#within}.
   */
  SnapshotStore<S> within(Configuration transaction);
}
