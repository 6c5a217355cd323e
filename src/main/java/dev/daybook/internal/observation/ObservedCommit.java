package dev.daybook.internal.observation;

import dev.daybook.internal.statements.CommitAction;
import dev.daybook.observation.CommittedAppends;
import java.time.Duration;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Calls observers with the appends of a transaction, once it is committed and holds nothing. */
public final class ObservedCommit implements CommitAction {

  private final Observers observers;
  private final long begunAt = System.nanoTime();
  private final Map<String, Long> types = new HashMap<>();
  private int appends;
  private long committedAt;

  private ObservedCommit(Observers observers) {
    this.observers = observers;
  }

  /** Empty if no one observes. */
  public static Optional<ObservedCommit> begin(Observers observers) {
    return observers.isAny() ? Optional.of(new ObservedCommit(observers)) : Optional.empty();
  }

  /**
   * Adds one caller's append.
   *
   * @param written how many events of each type it has written
   */
  public void add(Map<String, Long> written) {
    appends++;
    written.forEach((type, events) -> types.merge(type, events, Long::sum));
  }

  @Override
  public void committed() {
    committedAt = System.nanoTime();
  }

  @Override
  public void released() {
    long events = types.values().stream().mapToLong(Long::longValue).sum();
    if (events > 0) {
      observers.committed(
          new CommittedAppends.CommittedAppendsValues(
              appends,
              events,
              Collections.unmodifiableMap(types),
              Duration.ofNanos(committedAt - begunAt)));
    }
  }

  @Override
  public void unsure() {}
}
