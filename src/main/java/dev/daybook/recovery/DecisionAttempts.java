package dev.daybook.recovery;

import dev.daybook.internal.deadlines.Deadline;
import dev.daybook.journal.Append;
import dev.daybook.journal.AppendResult;
import dev.daybook.journal.ConflictException;
import dev.daybook.journal.ExpectedSeq;
import dev.daybook.journal.NewEvent;
import dev.daybook.journal.RecordedEvent;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** The attempts to have a decision made about a stream and its events appended. */
final class DecisionAttempts<S, E> {

  private static final long FIRST_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(2);
  private static final int MOST_DOUBLINGS = 7;
  private static final String CONFLICT = "another writer of the stream";

  private final Recovery<S, E> recovery;
  private final StreamStates<S, E> states;
  private final String streamId;
  private final @Nullable String idempotencyKey;

  DecisionAttempts(
      Recovery<S, E> recovery,
      StreamStates<S, E> states,
      String streamId,
      @Nullable String idempotencyKey) {
    this.recovery = recovery;
    this.states = states;
    this.streamId = streamId;
    this.idempotencyKey = idempotencyKey;
  }

  /**
   * Makes attempts until one is not a conflict.
   *
   * @throws ConflictException the last attempt's failure
   */
  <X extends Exception> Executed<S, E> run(
      Decision<S, ? extends NewEvent<? extends E>, X> decision, int most) throws X {
    for (int attempt = 1; ; attempt++) {
      Recovered<S> before = recovery.recover(streamId);
      // After the state: if the key's events are not in the state, the decision is made about the
      // same state as theirs, and the append finds them.
      List<RecordedEvent<E>> recorded = recordedBefore();
      if (!recorded.isEmpty()) {
        return repeated(recorded, before);
      }
      List<? extends NewEvent<? extends E>> events =
          Objects.requireNonNull(decision.decide(before.state()), "what the decision returned");
      if (events.isEmpty()) {
        return executed(List.of(), before.state(), before.seq());
      }
      try {
        return append(before, events);
      } catch (ConflictException e) {
        if (attempt == most) {
          throw e;
        }
      }
      pause(attempt);
    }
  }

  private List<RecordedEvent<E>> recordedBefore() {
    return idempotencyKey == null
        ? List.of()
        : states.journal().findByKey(streamId, idempotencyKey);
  }

  private Executed<S, E> append(Recovered<S> before, List<? extends NewEvent<? extends E>> events) {
    Append<E> append = Append.<E>of(streamId, ExpectedSeq.exactly(before.seq()), events);
    if (idempotencyKey == null) {
      return appended(before, states.journal().append(append));
    }
    AppendResult<E> result = states.journal().appendOnce(append.withIdempotencyKey(idempotencyKey));
    return result.isRepeated()
        ? repeated(result.events(), before)
        : appended(before, result.events());
  }

  private Executed<S, E> appended(Recovered<S> before, List<RecordedEvent<E>> events) {
    return executed(
        events, states.fold(before.state(), events), events.get(events.size() - 1).seq());
  }

  /** Another call with the key may have recorded its events after the state was read. */
  private Executed<S, E> repeated(List<RecordedEvent<E>> events, Recovered<S> before) {
    Recovered<S> state =
        before.seq() >= events.get(events.size() - 1).seq() ? before : recovery.recover(streamId);
    return new Executed.ExecutedValues<>(streamId, events, true, state.state(), state.seq());
  }

  private Executed<S, E> executed(List<RecordedEvent<E>> events, S state, long seq) {
    return new Executed.ExecutedValues<>(streamId, events, false, state, seq);
  }

  /** Of random length, so that processes that conflict don't meet again. */
  private void pause(int attempt) {
    long longest = FIRST_PAUSE_NANOS << Math.min(attempt - 1, MOST_DOUBLINGS);
    LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(longest));
    Deadline.requireNotInterrupted(CONFLICT);
    Deadline.current().requireLeft(CONFLICT);
  }
}
