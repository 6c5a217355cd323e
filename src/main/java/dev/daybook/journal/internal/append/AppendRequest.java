package dev.daybook.journal.internal.append;

import dev.daybook.internal.groupcommit.Outcome;
import dev.daybook.internal.groupcommit.WriteRequest;
import dev.daybook.internal.observation.ObservedCommit;
import dev.daybook.journal.AppendResult;
import dev.daybook.journal.RecordedEvent;
import dev.daybook.journal.internal.types.EventCodec;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What one caller appends, all or nothing, and where it went. */
public final class AppendRequest<E> implements WriteRequest {

  private final Outcome outcome = new Outcome();
  private final List<PendingAppend<E>> appends;
  private final EventCodec<E> codec;
  private final long[] positions;
  private List<ResolvedAppend<E>> placements = List.of();

  public AppendRequest(List<PendingAppend<E>> appends, EventCodec<E> codec) {
    this(appends, codec, new long[0]);
  }

  /**
   * @param positions the positions that the events are to have; empty for the next ones
   */
  public AppendRequest(List<PendingAppend<E>> appends, EventCodec<E> codec, long[] positions) {
    this.appends = appends;
    this.codec = codec;
    this.positions = positions;
  }

  List<PendingAppend<E>> appends() {
    return appends;
  }

  EventCodec<E> codec() {
    return codec;
  }

  /** The positions that the events are to have; empty for the next ones. */
  public long[] positions() {
    return positions;
  }

  /** Each append has its place now. */
  void place(List<ResolvedAppend<E>> places) {
    this.placements = places;
  }

  /** For each append the events as they were recorded. */
  public List<List<RecordedEvent<E>>> recorded() {
    List<List<RecordedEvent<E>>> recorded = new ArrayList<>(placements.size());
    for (ResolvedAppend<E> placement : placements) {
      recorded.add(placement.recorded());
    }
    return List.copyOf(recorded);
  }

  /** How many events were written. */
  public long writtenEvents() {
    return written().stream().mapToLong(append -> append.events().size()).sum();
  }

  /** What became of the only append, whose key may have been seen before. */
  public AppendResult<E> onlyResult() {
    ResolvedAppend<E> placement = placements.get(0);
    List<RecordedEvent<E>> events = placement.recorded();
    boolean repeated = placement.isRepeated();
    return new AppendResult.AppendResultValues<>(
        events, repeated, repeated && !appends.get(0).isRecordedAs(events, codec));
  }

  /** Whether the keys of all its appends were seen before, so that nothing was written. */
  public boolean isRepeated() {
    for (ResolvedAppend<E> placement : placements) {
      if (!placement.isRepeated()) {
        return false;
      }
    }
    return true;
  }

  /** Adds what it has written. */
  void addTo(ObservedCommit commit) {
    commit.addAppend();
    for (PendingAppend<E> append : written()) {
      for (PendingEvent<E> event : append.events()) {
        commit.addEvent(event.encoded().type());
      }
    }
  }

  /** Those whose key was not seen before, neither in the store nor in this request. */
  private List<PendingAppend<E>> written() {
    if (placements.size() == 1) {
      return placements.get(0).isRepeated() ? List.of() : appends;
    }
    // An append that repeats an earlier one of the same request is where that is.
    Set<ResolvedAppend<E>> seen = new HashSet<>();
    List<PendingAppend<E>> written = new ArrayList<>(placements.size());
    for (int i = 0; i < placements.size(); i++) {
      ResolvedAppend<E> placement = placements.get(i);
      if (!placement.isRepeated() && seen.add(placement)) {
        written.add(appends.get(i));
      }
    }
    return written;
  }

  @Override
  public long bytes() {
    long bytes = 0;
    for (PendingAppend<E> append : appends) {
      for (PendingEvent<E> event : append.events()) {
        bytes += event.bytes();
      }
    }
    return bytes;
  }

  @Override
  public Outcome outcome() {
    return outcome;
  }
}
