package dev.daybook.recovery;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.daybook.error.InvalidInputException;
import dev.daybook.internal.deadlines.Bounded;
import dev.daybook.internal.input.InputRules;
import dev.daybook.journal.ConflictException;
import dev.daybook.journal.Journal;
import dev.daybook.journal.NewEvent;
import dev.daybook.journal.RecordedEvent;
import dev.daybook.snapshot.SnapshotStore;
import java.util.List;
import java.util.Objects;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import org.jooq.Configuration;
import org.jspecify.annotations.Nullable;

/**
 * Recovers the state of streams: the newest usable snapshot, then the events after it, folded one
 * by one. As many events are in memory as {@link Journal#stream} has. {@link #execute(String,
 * String, Decision)} recovers a stream, has a decision made about it, and appends its events.
 *
 * <p>Safe for several threads if the fold is. Make one for a kind of stream and share it: threads
 * that decide about the same stream take turns.
 *
 * <pre>{@code
 * Recovery<Stock, StockEvent> stocks =
 *     Recovery.of(daybook.journal(StockEvent.class), () -> Stock.EMPTY, Stock::after);
 * stocks.execute("tea", "order-9", stock -> stock.take(1));
 * }</pre>
 *
 * @param <S> the type of the states
 * @param <E> the type of the events
 */
public final class Recovery<S, E> {

  private static final int ATTEMPTS = 20;

  private final StreamStates<S, E> states;
  private final long snapshotEvery;
  private final int attempts;
  private final Turns turns;

  private Recovery(StreamStates<S, E> states, long snapshotEvery, int attempts, Turns turns) {
    this.states = states;
    this.snapshotEvery = snapshotEvery;
    this.attempts = attempts;
    this.turns = turns;
  }

  /**
   * A recovery without snapshots, which begins with the first event each time.
   *
   * @param initial gives the state before the first event, once for each recovery: a new one if the
   *     fold changes it
   * @param fold the state after an event, from the state before it, which it may change
   */
  public static <S, E> Recovery<S, E> of(
      Journal<E> journal, Supplier<? extends S> initial, BiFunction<S, RecordedEvent<E>, S> fold) {
    return of(new StreamStates<>(journal, null, initial, fold));
  }

  /**
   * A recovery that uses snapshots and saves none. The journal and the snapshots must belong to the
   * same transaction, or neither to any.
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
    Objects.requireNonNull(snapshots, "snapshots");
    return of(new StreamStates<>(journal, snapshots, initial, fold));
  }

  private static <S, E> Recovery<S, E> of(StreamStates<S, E> states) {
    return new Recovery<>(states, Long.MAX_VALUE, ATTEMPTS, new Turns());
  }

  /**
   * This, with a snapshot saved after each recovery that replayed at least so many events. If the
   * snapshot can't be saved, that is reported like a snapshot that can't be used, and the recovered
   * state is returned all the same.
   *
   * @throws InvalidInputException if the number is less than 1, or this has no snapshot store
   */
  public Recovery<S, E> snapshotEvery(long events) {
    if (events < 1) {
      throw new InvalidInputException(
          "a snapshot was asked for every %s events; expected 1 or more".formatted(events));
    }
    if (states.snapshots() == null) {
      throw new InvalidInputException(
          "a recovery without a snapshot store can't save snapshots; expected one that was made with a store");
    }
    return new Recovery<>(states, events, attempts, turns);
  }

  /**
   * This with another number of attempts for {@link #execute(String, String, Decision)}; 20 by
   * default.
   *
   * @throws InvalidInputException if the number is less than 1
   */
  public Recovery<S, E> attempts(int most) {
    if (most < 1) {
      throw new InvalidInputException("%s attempts; expected 1 or more".formatted(most));
    }
    return new Recovery<>(states, snapshotEvery, most, turns);
  }

  /**
   * The same inside the caller's jOOQ transaction; see {@link Journal#within}. What it executes
   * commits or rolls back with the transaction.
   *
   * @throws InvalidInputException as {@link Journal#within}
   */
  public Recovery<S, E> within(Configuration transaction) {
    return new Recovery<>(states.within(transaction), snapshotEvery, attempts, new Turns());
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
    Recovered<S> recovered = states.recover(streamId);
    if (recovered.replayed() >= snapshotEvery) {
      states.save(recovered);
    }
    return recovered;
  }

  /**
   * Recovers a stream, has a decision made about its state, and appends what the decision returns.
   * If another writer has appended meanwhile, nothing was written, and all of that is done again
   * with the new state: after a pause of random length, which is longer after each attempt, up to a
   * quarter of a second. Threads that execute decisions about one stream through this object, or
   * one that was made from it by {@link #snapshotEvery} or {@link #attempts}, take turns in the
   * order of their arrival, so that they don't conflict with each other; a thread that has waited
   * for 30 seconds continues without its turn.
   *
   * <p>A snapshot is saved as {@link #snapshotEvery} says, before the decision is made. A decision
   * that returns no events appends nothing.
   *
   * <p>If the calls of the journal have a {@linkplain dev.daybook.Daybook#withDeadline deadline},
   * this has as much time as a whole, with its wait and all attempts.
   *
   * <p>{@linkplain #within Inside a transaction} nothing is saved or appended if the transaction is
   * rolled back, and pauses prolong it. In {@link dev.daybook.Daybook#transaction} on SQLite no
   * other transaction writes, so that there are no conflicts.
   *
   * @return the events as they were recorded, and the state after them
   * @throws X what the decision threw; nothing was written
   * @throws ConflictException if other writers were first in each of the {@link #attempts}; nothing
   *     was written
   * @throws dev.daybook.journal.StreamStateException if the stream is not active
   * @throws dev.daybook.error.EventEncodeException if an event can't be encoded
   * @throws dev.daybook.error.WaitInterruptedException if the thread was interrupted while it
   *     waited for its turn or paused; no event was written
   * @throws dev.daybook.error.DeadlineException if the journal's deadline has passed; no event was
   *     written
   * @throws RecoveryGapException and the other exceptions of {@link #recover}
   */
  @CanIgnoreReturnValue
  public <X extends Exception> Executed<S, E> execute(
      String streamId, Decision<? super S, ? extends E, X> decision) throws X {
    return run(streamId, null, state -> news(decision.decide(state)));
  }

  /**
   * {@link #execute(String, Decision)} under an idempotency key: if the key was seen before on the
   * stream, the decision is not made, nothing is written, and the result is {@linkplain
   * Executed#isRepeated repeated} and has the events recorded then. So it can be called again after
   * any failure, also one that leaves unknown whether it was written. A key is remembered as long
   * as its events are; of a decision that returned no events, none is remembered.
   *
   * @throws X what the decision threw; nothing was written
   * @throws InvalidInputException if the stream id or the key is not a valid name
   * @throws UnsupportedOperationException if the journal is not of a Daybook, and can't look up
   *     keys
   */
  @CanIgnoreReturnValue
  public <X extends Exception> Executed<S, E> execute(
      String streamId, String idempotencyKey, Decision<? super S, ? extends E, X> decision)
      throws X {
    InputRules.requireName("idempotency key", idempotencyKey);
    return run(streamId, idempotencyKey, state -> news(decision.decide(state)));
  }

  /**
   * {@link #execute(String, Decision)} for events with tags, metadata or their own times.
   *
   * @throws X what the decision threw; nothing was written
   */
  @CanIgnoreReturnValue
  public <X extends Exception> Executed<S, E> executeNewEvents(
      String streamId, Decision<? super S, ? extends NewEvent<? extends E>, X> decision) throws X {
    return run(streamId, null, decision::decide);
  }

  /**
   * {@link #execute(String, String, Decision)} for events with tags, metadata or their own times.
   *
   * @throws X what the decision threw; nothing was written
   */
  @CanIgnoreReturnValue
  public <X extends Exception> Executed<S, E> executeNewEvents(
      String streamId,
      String idempotencyKey,
      Decision<? super S, ? extends NewEvent<? extends E>, X> decision)
      throws X {
    InputRules.requireName("idempotency key", idempotencyKey);
    return run(streamId, idempotencyKey, decision::decide);
  }

  private static <E> List<NewEvent<E>> news(List<E> events) {
    Objects.requireNonNull(events, "what the decision returned");
    return events.stream().map(NewEvent::of).toList();
  }

  private <X extends Exception> Executed<S, E> run(
      String streamId,
      @Nullable String idempotencyKey,
      Decision<S, ? extends NewEvent<? extends E>, X> decision)
      throws X {
    InputRules.requireName("stream id", streamId);
    return Bounded.of(states.journal())
        .bind(
            () -> {
              Turns.Taken turn = turns.take(streamId);
              try {
                return new DecisionAttempts<>(this, states, streamId, idempotencyKey)
                    .run(decision, attempts);
              } finally {
                turn.end();
              }
            });
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
    return states.compact(streamId);
  }
}
