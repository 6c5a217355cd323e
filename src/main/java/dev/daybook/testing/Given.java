package dev.daybook.testing;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import com.google.errorprone.annotations.CheckReturnValue;
import dev.daybook.journal.NewEvent;
import dev.daybook.recovery.Decision;
import java.util.Objects;

/**
 * A stream of a {@link DecisionFixture}, about which a decision is asked.
 *
 * @param <S> the type of the states
 * @param <E> the type of the events
 */
@CheckReturnValue
public final class Given<S, E> {

  private final Scenario<S, E> scenario;
  private final boolean asksTwice;

  Given(Scenario<S, E> scenario, boolean asksTwice) {
    this.scenario = scenario;
    this.asksTwice = asksTwice;
  }

  /**
   * Asks a decision, as {@link dev.daybook.recovery.Recovery#execute(String, Decision)} does. An
   * exception that it throws is kept for {@link Decided#thenThrows}.
   *
   * @throws AssertionError if the decision changes the state, has two answers, or returns what it
   *     may not; or if one of its events can't be written and read back, or can't be folded
   */
  public <X extends Exception> Decided<S, E> when(Decision<? super S, ? extends E, X> decision) {
    Objects.requireNonNull(decision, "decision");
    return Decided.of(
        scenario, scenario.ask(state -> Scenario.news(decision.decide(state)), asksTwice));
  }

  /**
   * Asks a decision that gives events tags, metadata or times, as {@link
   * dev.daybook.recovery.Recovery#executeNewEvents(String, Decision)} does.
   *
   * @throws AssertionError as {@link #when}
   */
  public <X extends Exception> Decided<S, E> whenNewEvents(
      Decision<? super S, ? extends NewEvent<? extends E>, X> decision) {
    Objects.requireNonNull(decision, "decision");
    return Decided.of(scenario, scenario.ask(decision, asksTwice));
  }

  /** The state of the stream. */
  public S state() {
    return scenario.recovered();
  }

  /**
   * Requires the stream to be in a state.
   *
   * @throws AssertionError if it is in another one
   */
  @CanIgnoreReturnValue
  public Given<S, E> thenState(S expected) {
    scenario.requireState(expected);
    return this;
  }
}
