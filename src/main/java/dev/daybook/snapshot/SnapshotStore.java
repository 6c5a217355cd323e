package dev.daybook.snapshot;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import com.google.errorprone.annotations.MustBeClosed;
import dev.daybook.payload.PayloadOptions;
import java.util.Optional;
import java.util.stream.Stream;
import org.jooq.Configuration;

/**
 * Snapshots of streams' states. They are a cache: losing one loses nothing but time, unless its
 * events were deleted since ({@code Recovery.compact}). A snapshot is not used if
 *
 * <ul>
 *   <li>it is of another schema version, even if nothing else has changed;
 *   <li>its state's class has another name: that of {@link dev.daybook.journal.TypeName}, which
 *       also gives the names that it had before, or else the simple name;
 *   <li>its state's class has not the properties, and these have not the types, that they had when
 *       it was saved: a fingerprint of them is stored with it, whatever the schema version says. It
 *       goes through all types inside; what those are called is not part of it;
 *   <li>its state can't be decoded, lacks a property or has one too many.
 * </ul>
 *
 * <p>That is told to the options' listener and the log, and the next older one is looked at. Of one
 * that an earlier version of Daybook has saved neither name nor fingerprint is known: it is used if
 * its state has exactly the properties of the class. One that can't be decrypted is an error,
 * because nobody can tell what is wrong with it.
 *
 * <p>The states of a sealed type may have any of its classes, as events do.
 *
 * <p>The store does not look at the journal: whether a stream has events is not its business.
 *
 * <p>Safe for use by several threads; every method may block for the database. A store got from
 * {@link #within(Configuration)} belongs to its transaction's thread. A stream id is a name as
 * {@link dev.daybook.settings.Limits} has it; {@code null} is refused with a {@link
 * NullPointerException}; every method throws {@link dev.daybook.error.ClosedException} after the
 * {@link dev.daybook.Daybook} was closed.
 *
 * <p>A stream has snapshots of one type of states: those of another would be missed, and would
 * replace each other. Whoever keeps several states of a stream gives each a store of its own, by
 * {@link dev.daybook.settings.TableNames}.
 *
 * @param <S> the type of the states
 */
public interface SnapshotStore<S> {

  /**
   * Saves a state and, in the same transaction, removes all but the newest that the options keep. A
   * snapshot that is there at the same sequence number is replaced. Where several transactions
   * write at a time, two that save snapshots of one stream don't see each other's, and more may be
   * left until the next.
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
   * its checksum, is passed over, and the miss listener is told.
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
   * Deletes a stream's snapshots behind a sequence number.
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

  /** What there is of one stream, the newest first, without reading the states. To be closed. */
  @MustBeClosed
  Stream<SnapshotInfo> list(String streamId);

  /** What there is of all streams, by stream and sequence number. To be closed. */
  @MustBeClosed
  Stream<SnapshotInfo> listAll();

  /**
   * Tells the options' listener and the log of a snapshot that could not be used or saved, for whom
   * finds that out by other means. Whatever the listener throws is logged.
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
