package dev.daybook.recovery;

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
import org.jooq.Configuration;
import org.jspecify.annotations.Nullable;

/**
 * The states of streams: from snapshots, if there is a store of them, and from events.
 *
 * @param snapshots {@code null} to begin with the first event each time
 * @param initial gives the state before the first event
 * @param fold the state after an event
 */
record StreamStates<S, E>(
    Journal<E> journal,
    @Nullable SnapshotStore<S> snapshots,
    Supplier<? extends S> initial,
    BiFunction<S, RecordedEvent<E>, S> fold) {

  private static final int ATTEMPTS = 3;

  StreamStates {
    Objects.requireNonNull(journal, "journal");
    Objects.requireNonNull(initial, "initial");
    Objects.requireNonNull(fold, "fold");
  }

  /** The same inside a caller's transaction. */
  StreamStates<S, E> within(Configuration transaction) {
    return new StreamStates<>(
        journal.within(transaction),
        snapshots == null ? null : snapshots.within(transaction),
        initial,
        fold);
  }

  /** The state after more events than it has. */
  S fold(S state, List<RecordedEvent<E>> events) {
    S folded = state;
    for (RecordedEvent<E> event : events) {
      folded = fold.apply(folded, event);
    }
    return folded;
  }

  private Optional<Snapshot<S>> newest(String streamId) {
    return snapshots == null ? Optional.empty() : snapshots.loadLatest(streamId);
  }

  /** Where a snapshot came from. */
  private SnapshotStore<S> store() {
    return Objects.requireNonNull(snapshots, "snapshots");
  }

  /** Saves a state as a snapshot. That it could not be saved is reported. */
  void save(Recovered<S> recovered) {
    try {
      store().save(recovered.streamId(), recovered.seq(), recovered.state());
    } catch (RuntimeException | Error e) {
      store()
          .report(
              new SnapshotMiss(
                  recovered.streamId(),
                  recovered.seq(),
                  "it could not be saved: " + e.getMessage()));
    }
  }

  /** See {@link Recovery#compact}. */
  long compact(String streamId) {
    Optional<Snapshot<S>> newest = newest(streamId);
    if (newest.isPresent()) {
      long highest = journal.highestSeq(streamId);
      if (newest.get().seq() > highest) {
        reportAhead(newest.get(), highest);
        store().deleteAfter(streamId, highest);
        newest = newest(streamId);
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
   * See {@link Recovery#recover}. Another process may compact the stream between the two reads:
   * then there is a newer snapshot.
   */
  Recovered<S> recover(String streamId) {
    for (int attempt = 1; ; attempt++) {
      try {
        return recoverFrom(streamId, newest(streamId));
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
    // The last number that there is has no next one.
    EventQuery after =
        from == Long.MAX_VALUE
            ? EventQuery.stream(streamId).limit(0)
            : EventQuery.stream(streamId).from(from + 1);
    try (Stream<RecordedEvent<E>> events = journal.stream(after)) {
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
        return recoverFrom(streamId, store().loadBefore(streamId, highest + 1));
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
      store().deleteAfter(ahead.streamId(), highest);
    } catch (RuntimeException | Error e) {
      report(ahead, "it could not be deleted: " + e.getMessage());
    }
  }

  private void reportAhead(Snapshot<S> ahead, long highest) {
    report(ahead, "it is ahead of the stream, whose last event is " + highest);
  }

  private void report(Snapshot<S> snapshot, String reason) {
    store().report(new SnapshotMiss(snapshot.streamId(), snapshot.seq(), reason));
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
