package dev.daybook.journal.internal;

import dev.daybook.error.DeadlineException;
import dev.daybook.error.EventEncodeException;
import dev.daybook.error.InvalidInputException;
import dev.daybook.error.OutcomeUnknownException;
import dev.daybook.error.ReadOnlyException;
import dev.daybook.error.WaitInterruptedException;
import dev.daybook.internal.groupcommit.Outcome;
import dev.daybook.internal.observation.Observers;
import dev.daybook.journal.Append;
import dev.daybook.journal.ConflictException;
import dev.daybook.journal.StreamStateException;
import dev.daybook.journal.internal.append.AppendRequest;
import dev.daybook.observation.AppendCall;
import dev.daybook.observation.AppendEnd;
import dev.daybook.observation.AppendOutcome;
import dev.daybook.observation.Ending;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A call that appends, for those who observe it; one object for all calls if no one does. */
final class ObservedAppend {

  private static final ObservedAppend BY_NO_ONE = new ObservedAppend(Map.of(), null);

  private final Map<String, String> metadata;
  private final @Nullable Ending<AppendEnd> ending;
  private final long begunAt;
  private @Nullable Outcome outcome;

  private ObservedAppend(Map<String, String> metadata, @Nullable Ending<AppendEnd> ending) {
    this.metadata = metadata;
    this.ending = ending;
    this.begunAt = System.nanoTime();
  }

  static ObservedAppend begin(Observers observers, List<? extends Append<?>> appends) {
    if (!observers.isAny()) {
      return BY_NO_ONE;
    }
    String first = appends.get(0).streamId();
    boolean isOne = true;
    int events = 0;
    for (Append<?> append : appends) {
      isOne &= append.streamId().equals(first);
      events += append.events().size();
    }
    AppendCall call = new AppendCall(isOne ? first : null, events);
    Ending<AppendEnd> ending = observers.appending(call);
    return new ObservedAppend(call.added(), ending);
  }

  /** The metadata that observers add. */
  Map<String, String> metadata() {
    return metadata;
  }

  /** Asks for the time at which the request is written first. */
  void time(Outcome ofRequest) {
    if (ending != null) {
      outcome = ofRequest;
      ofRequest.time();
    }
  }

  void ended(AppendRequest<?> request) {
    if (ending != null) {
      tell(
          ending,
          request.isRepeated() ? AppendOutcome.REPEATED : AppendOutcome.APPENDED,
          Optional.empty());
    }
  }

  void failed(Throwable failure) {
    if (ending != null) {
      tell(ending, outcome(failure), Optional.of(failure));
    }
  }

  private void tell(Ending<AppendEnd> observers, AppendOutcome how, Optional<Throwable> failure) {
    long now = System.nanoTime();
    long writtenFrom = outcome == null ? now : outcome.begunAt(now);
    observers.ended(
        new AppendEnd.AppendEndValues(
            how,
            Duration.ofNanos(writtenFrom - begunAt),
            Duration.ofNanos(now - writtenFrom),
            failure));
  }

  private static AppendOutcome outcome(Throwable failure) {
    if (failure instanceof ConflictException) {
      return AppendOutcome.CONFLICT;
    }
    if (failure instanceof InvalidInputException
        || failure instanceof EventEncodeException
        || failure instanceof StreamStateException
        || failure instanceof ReadOnlyException) {
      return AppendOutcome.REFUSED;
    }
    if (failure instanceof DeadlineException || failure instanceof WaitInterruptedException) {
      return AppendOutcome.TIMED_OUT;
    }
    return failure instanceof OutcomeUnknownException
        ? AppendOutcome.UNKNOWN
        : AppendOutcome.FAILED;
  }
}
