package dev.daybook.recovery;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.daybook.InvalidInputException;
import dev.daybook.journal.EventQuery;
import dev.daybook.journal.Journal;
import dev.daybook.journal.RecordedEvent;
import dev.daybook.snapshot.Snapshot;
import dev.daybook.snapshot.SnapshotStore;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.BiFunction;
import java.util.stream.Stream;

/**
 * Recovers the state of streams: the newest usable snapshot, then the events behind it, folded one
 * by one in constant memory. Immutable; safe for several threads if the fold is.
 *
 * @param <S> the type of the states
 * @param <E> the type of the events
 */
public final class Recovery<S, E> {

  private static final int ATTEMPTS = 3;

  private final Journal<E> journal;
  private final SnapshotStore<S> snapshots;
  private final S initial;
  private final BiFunction<S, RecordedEvent<E>, S> fold;
  private final long snapshotEvery;

  private Recovery(
      Journal<E> journal,
      SnapshotStore<S> snapshots,
      S initial,
      BiFunction<S, RecordedEvent<E>, S> fold,
      long snapshotEvery) {
    this.journal = Objects.requireNonNull(journal, "journal");
    this.snapshots = Objects.requireNonNull(snapshots, "snapshots");
    this.initial = Objects.requireNonNull(initial, "initial");
    this.fold = Objects.requireNonNull(fold, "fold");
    this.snapshotEvery = snapshotEvery;
  }

  /**
   * A recovery that saves no snapshots.
   *
   * @param initial the state before the first event
   * @param fold the state after an event, from the state before it
   */
  public static <S, E> Recovery<S, E> of(
      Journal<E> journal,
      SnapshotStore<S> snapshots,
      S initial,
      BiFunction<S, RecordedEvent<E>, S> fold) {
    return new Recovery<>(journal, snapshots, initial, fold, Long.MAX_VALUE);
  }

  /**
   * This, saving a snapshot of what it has recovered whenever it had to replay so many events.
   *
   * @throws InvalidInputException if the number is less than 1
   */
  public Recovery<S, E> snapshotEvery(long events) {
    if (events < 1) {
      throw new InvalidInputException(
          "a snapshot was asked for every %s events; expected 1 or more".formatted(events));
    }
    return new Recovery<>(journal, snapshots, initial, fold, events);
  }

  /**
   * Recovers a stream. A stream without events has the initial state.
   *
   * @throws RecoveryGapException if events that are needed were deleted
   * @throws dev.daybook.journal.EventDecodeException if an event can't be decoded
   * @throws dev.daybook.payload.PayloadException if something is encrypted and can't be decrypted
   */
  public Recovered<S> recover(String streamId) {
    Recovered<S> recovered = recoverWhole(streamId);
    if (recovered.replayed() >= snapshotEvery) {
      snapshots.save(streamId, recovered.seq(), recovered.state());
    }
    return recovered;
  }

  /**
   * Deletes the events that the newest usable snapshot stands for. That snapshot is from then on
   * what the stream's state rests on: don't invalidate it, nor while this is at work, which reads
   * the snapshot and then deletes the events by a transaction of its own.
   *
   * @return how many events were deleted; 0 without a usable snapshot
   */
  @CanIgnoreReturnValue
  public long compact(String streamId) {
    return snapshots
        .loadLatest(streamId)
        .map(snapshot -> journal.delete(streamId, snapshot.seq()))
        .orElse(0L);
  }

  /** Between its two reads somebody else may compact the stream: then there is a newer snapshot. */
  private Recovered<S> recoverWhole(String streamId) {
    for (int attempt = 1; ; attempt++) {
      try {
        return recoverOnce(streamId);
      } catch (RecoveryGapException e) {
        if (attempt == ATTEMPTS) {
          throw e;
        }
      }
    }
  }

  private Recovered<S> recoverOnce(String streamId) {
    Optional<Snapshot<S>> snapshot = snapshots.loadLatest(streamId);
    long from = snapshot.map(Snapshot::seq).orElse(0L);
    S state = snapshot.map(Snapshot::state).orElse(initial);
    long seq = from;
    try (Stream<RecordedEvent<E>> events =
        journal.stream(EventQuery.stream(streamId).from(from + 1))) {
      for (Iterator<RecordedEvent<E>> each = events.iterator(); each.hasNext(); ) {
        RecordedEvent<E> event = each.next();
        if (event.seq() != seq + 1) {
          throw new RecoveryGapException(streamId, seq + 1, event.seq() - 1);
        }
        state = fold.apply(state, event);
        seq = event.seq();
      }
    }
    if (seq == from) {
      requireNothingDeleted(streamId, seq);
    }
    OptionalLong began = snapshot.isPresent() ? OptionalLong.of(from) : OptionalLong.empty();
    return new Recovered<>(streamId, state, seq, began, seq - from);
  }

  /**
   * No events behind the snapshot: there were none, or they are gone. If the next one is there now,
   * it was appended meanwhile, and the state is what it was before.
   */
  private void requireNothingDeleted(String streamId, long seq) {
    long highest = journal.highestSeq(streamId);
    if (highest > seq) {
      List<RecordedEvent<E>> next =
          journal.read(EventQuery.stream(streamId).from(seq + 1).limit(1));
      long found = next.isEmpty() ? highest + 1 : next.get(0).seq();
      if (found != seq + 1) {
        throw new RecoveryGapException(streamId, seq + 1, found - 1);
      }
    }
  }
}
