package dev.daybook.recovery;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.daybook.error.InvalidInputException;
import dev.daybook.journal.EventQuery;
import dev.daybook.journal.Journal;
import dev.daybook.journal.RecordedEvent;
import dev.daybook.snapshot.Snapshot;
import dev.daybook.snapshot.SnapshotMiss;
import dev.daybook.snapshot.SnapshotStore;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Recovers the state of streams: the newest usable snapshot, then the events after it, folded one
 * by one. As many events are in memory as {@link Journal#stream} has. Immutable; safe for several
 * threads if the fold is.
 *
 * @param <S> the type of the states
 * @param <E> the type of the events
 */
public final class Recovery<S, E> {

  private static final int ATTEMPTS = 3;

  private final Journal<E> journal;
  private final SnapshotStore<S> snapshots;
  private final Supplier<? extends S> initial;
  private final BiFunction<S, RecordedEvent<E>, S> fold;
  private final long snapshotEvery;

  private Recovery(
      Journal<E> journal,
      SnapshotStore<S> snapshots,
      Supplier<? extends S> initial,
      BiFunction<S, RecordedEvent<E>, S> fold,
      long snapshotEvery) {
    this.journal = Objects.requireNonNull(journal, "journal");
    this.snapshots = Objects.requireNonNull(snapshots, "snapshots");
    this.initial = Objects.requireNonNull(initial, "initial");
    this.fold = Objects.requireNonNull(fold, "fold");
    this.snapshotEvery = snapshotEvery;
  }

  /**
   * A recovery that saves no snapshots. The journal and the snapshots must belong to the same
   * transaction, or neither to any.
   *
   * @param initial gives the state before the first event, once for each recovery that begins
   *     there: a new one if the fold changes it
   * @param fold the state after an event, from the state before it, which it may change
   */
  public static <S, E> Recovery<S, E> of(
      Journal<E> journal,
      SnapshotStore<S> snapshots,
      Supplier<? extends S> initial,
      BiFunction<S, RecordedEvent<E>, S> fold) {
    return new Recovery<>(journal, snapshots, initial, fold, Long.MAX_VALUE);
  }

  /**
   * This, with a snapshot saved after each recovery that replayed at least so many events. If the
   * snapshot can't be saved, that is reported like a snapshot that can't be used, and the recovered
   * state is returned all the same.
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
   * <p>A snapshot that is ahead of its stream, such as after the journal alone was restored from a
   * backup, is not used but deleted: once the stream is longer, it would be impossible to tell that
   * it has folded other events. That is reported to the listener of the snapshot store's options
   * and to the log, and so is a failure to delete it, such as in a Daybook that only reads. After
   * such a restore {@linkplain SnapshotStore#invalidateAll invalidate all snapshots} before
   * anything is appended: otherwise such a snapshot may be used.
   *
   * @throws RecoveryGapException if events that are needed were deleted
   * @throws dev.daybook.error.EventDecodeException if an event can't be decoded
   * @throws dev.daybook.payload.PayloadException if something is encrypted and can't be decrypted
   */
  public Recovered<S> recover(String streamId) {
    Recovered<S> recovered = recoverWhole(streamId);
    if (recovered.replayed() >= snapshotEvery) {
      save(recovered);
    }
    return recovered;
  }

  private void save(Recovered<S> recovered) {
    try {
      snapshots.save(recovered.streamId(), recovered.seq(), recovered.state());
    } catch (RuntimeException | Error e) {
      snapshots.report(
          new SnapshotMiss(
              recovered.streamId(), recovered.seq(), "it could not be saved: " + e.getMessage()));
    }
  }

  /**
   * Deletes the events that are folded into the newest usable snapshot. From then on the stream's
   * state can't be recovered without that snapshot: don't invalidate it, also not while this call
   * runs, which reads the snapshot and then deletes the events in its own transaction.
   *
   * <p>No event is deleted that came after the snapshot was saved: a snapshot that is ahead of the
   * stream is itself deleted, and for one that is older than the event whose number it has, by the
   * times of both, nothing is deleted. Either is reported as in {@link #recover}.
   *
   * @return how many events were deleted; 0 without a usable snapshot
   */
  @CanIgnoreReturnValue
  public long compact(String streamId) {
    Optional<Snapshot<S>> newest = snapshots.loadLatest(streamId);
    if (newest.isPresent()) {
      long highest = journal.highestSeq(streamId);
      if (newest.get().seq() > highest) {
        reportAhead(newest.get(), highest);
        snapshots.deleteAfter(streamId, highest);
        newest = snapshots.loadLatest(streamId);
      }
    }
    return newest
        .filter(this::hasFoldedItsEvent)
        .map(snapshot -> journal.delete(streamId, snapshot.seq()))
        .orElse(0L);
  }

  /** A snapshot that was once ahead of its stream may no longer be, and has folded other events. */
  private boolean hasFoldedItsEvent(Snapshot<S> snapshot) {
    EventQuery last =
        EventQuery.stream(snapshot.streamId()).from(snapshot.seq()).to(snapshot.seq());
    boolean folded =
        journal.raw().read(last).stream().noneMatch(it -> it.time().isAfter(snapshot.time()));
    if (!folded) {
      report(snapshot, "it was saved before the event whose number it has");
    }
    return folded;
  }

  /**
   * Another process may compact the stream between the two reads: then there is a newer snapshot.
   */
  private Recovered<S> recoverWhole(String streamId) {
    for (int attempt = 1; ; attempt++) {
      try {
        return recoverFrom(streamId, snapshots.loadLatest(streamId));
      } catch (RecoveryGapException e) {
        if (attempt == ATTEMPTS) {
          throw e;
        }
      }
    }
  }

  private Recovered<S> recoverFrom(String streamId, Optional<Snapshot<S>> snapshot) {
    long from = snapshot.map(Snapshot::seq).orElse(0L);
    S state =
        snapshot.isPresent()
            ? snapshot.get().state()
            : Objects.requireNonNull(initial.get(), "the initial state");
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
      long highest = journal.highestSeq(streamId);
      if (highest < from) {
        passOver(snapshot.orElseThrow(), highest);
        return recoverFrom(streamId, snapshots.loadBefore(streamId, highest + 1));
      }
      requireNothingDeleted(streamId, seq, highest);
    }
    OptionalLong began = snapshot.isPresent() ? OptionalLong.of(from) : OptionalLong.empty();
    return new Recovered.RecoveredValues<>(streamId, state, seq, began, seq - from);
  }

  /** If it stayed, it would be kept as the newest, and used once the stream is longer. */
  private void passOver(Snapshot<S> ahead, long highest) {
    reportAhead(ahead, highest);
    try {
      snapshots.deleteAfter(ahead.streamId(), highest);
    } catch (RuntimeException | Error e) {
      report(ahead, "it could not be deleted: " + e.getMessage());
    }
  }

  private void reportAhead(Snapshot<S> ahead, long highest) {
    report(ahead, "it is ahead of the stream, whose last event is " + highest);
  }

  private void report(Snapshot<S> snapshot, String reason) {
    snapshots.report(new SnapshotMiss(snapshot.streamId(), snapshot.seq(), reason));
  }

  /**
   * No events after the snapshot: there were none, or they were deleted. If the next one is there
   * now, it was appended meanwhile, and the state is what it was before.
   */
  private void requireNothingDeleted(String streamId, long seq, long highest) {
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
