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
  private final Map<String, Long> earlierTypes = new HashMap<>();
  private String type = "";
  private long ofType;
  private long events;
  private int appends;
  private long committedAt;

  private ObservedCommit(Observers observers) {
    this.observers = observers;
  }

  /** Empty if no one observes. */
  public static Optional<ObservedCommit> begin(Observers observers) {
    return observers.isAny() ? Optional.of(new ObservedCommit(observers)) : Optional.empty();
  }

  /** Adds one caller's append. */
  public void addAppend() {
    appends++;
  }

  /** Adds an event that an append has written. */
  public void addEvent(String written) {
    if (!written.equals(type)) {
      countType();
      type = written;
      ofType = 0;
    }
    ofType++;
    events++;
  }

  private void countType() {
    if (ofType > 0) {
      earlierTypes.merge(type, ofType, Long::sum);
    }
  }

  private Map<String, Long> byType() {
    if (earlierTypes.isEmpty()) {
      return Collections.singletonMap(type, ofType);
    }
    countType();
    return Collections.unmodifiableMap(earlierTypes);
  }

  @Override
  public void committed() {
    committedAt = System.nanoTime();
  }

  @Override
  public void released() {
    if (events > 0) {
      observers.committed(
          new CommittedAppends.CommittedAppendsValues(
              appends, events, byType(), Duration.ofNanos(committedAt - begunAt)));
    }
  }

  @Override
  public void unsure() {}
}
