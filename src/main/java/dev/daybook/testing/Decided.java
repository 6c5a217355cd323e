package dev.daybook.testing;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.daybook.internal.callback.Callbacks;
import dev.daybook.journal.NewEvent;
import java.util.Arrays;
import java.util.List;

/**
 * What became of a decision. Each {@code then…} fails with an {@link AssertionError} that shows
 * what was expected beside what was found, and names the first difference.
 *
 * @param <S> the type of the states
 * @param <E> the type of the events
 */
public final class Decided<S, E> {

  private final Scenario<S, E> before;
  private final Scenario.Answer<E> answer;
  private final Scenario<S, E> after;

  private Decided(Scenario<S, E> before, Scenario.Answer<E> answer, Scenario<S, E> after) {
    this.before = before;
    this.answer = answer;
    this.after = after;
  }

  /** Makes sure that the events can be folded. */
  static <S, E> Decided<S, E> of(Scenario<S, E> before, Scenario.Answer<E> answer) {
    Scenario<S, E> after = before.after(answer.recorded());
    after.requireSteadyRecovery();
    return new Decided<>(before, answer, after);
  }

  /** Requires these events, in this order. Their tags, metadata and times don't count. */
  @CanIgnoreReturnValue
  @SafeVarargs
  @SuppressWarnings("varargs") // The array is only read.
  public final Decided<S, E> then(E... events) {
    return then(Arrays.stream(events).toList());
  }

  /** Requires these events, in this order. Their tags, metadata and times don't count. */
  @CanIgnoreReturnValue
  public Decided<S, E> then(List<? extends E> events) {
    return then(events.stream().map(NewEvent::<E>of).toList(), false);
  }

  /** Requires these events, in this order, with exactly these tags, metadata and times. */
  @CanIgnoreReturnValue
  @SafeVarargs
  @SuppressWarnings("varargs") // The array is only read.
  public final Decided<S, E> thenNewEvents(NewEvent<? extends E>... events) {
    return then(Arrays.stream(events).toList(), true);
  }

  /** Requires that the decision has returned no events. */
  @CanIgnoreReturnValue
  public Decided<S, E> thenNothing() {
    return then(List.<NewEvent<E>>of(), false);
  }

  private Decided<S, E> then(List<? extends NewEvent<? extends E>> expected, boolean whole) {
    Exception thrown = answer.thrown();
    SideBySide comparison = before.forms().compare(expected, answer.events(), whole);
    if (thrown != null) {
      throw before.failure(
          "expected %s, but the decision has thrown %s"
              .formatted(number(expected.size()), Callbacks.text(thrown)),
          expected.isEmpty() ? null : comparison,
          thrown);
    }
    if (!comparison.isSame()) {
      String counts =
          expected.size() == answer.events().size()
              ? ""
              : "expected %s, found %s; "
                  .formatted(number(expected.size()), number(answer.events().size()));
      throw before.failure(counts + comparison.firstDifference("event"), comparison, null);
    }
    return this;
  }

  /**
   * Requires that the decision has thrown an exception of a class or a subclass.
   *
   * @return the exception
   */
  @CanIgnoreReturnValue
  public <X extends Exception> X thenThrows(Class<X> type) {
    return thenThrows(type, "");
  }

  /**
   * Requires that the decision has thrown an exception of a class or a subclass, whose message
   * contains a text.
   *
   * @return the exception
   */
  @CanIgnoreReturnValue
  public <X extends Exception> X thenThrows(Class<X> type, String inMessage) {
    Exception thrown = answer.thrown();
    String expected = "expected %s".formatted(type.getName());
    if (thrown == null) {
      throw before.failure(
          "%s, but the decision has returned %s".formatted(expected, answer.line(before.forms())),
          null);
    }
    if (!type.isInstance(thrown)) {
      throw before.failure("%s, found %s".formatted(expected, Callbacks.text(thrown)), thrown);
    }
    if (!String.valueOf(thrown.getMessage()).contains(inMessage)) {
      throw before.failure(
          "expected a message with \"%s\", found \"%s\"".formatted(inMessage, thrown.getMessage()),
          thrown);
    }
    return type.cast(thrown);
  }

  /** Requires that the stream is in a state after the events of the decision. */
  @CanIgnoreReturnValue
  public Decided<S, E> thenState(S expected) {
    after.requireState(expected);
    return this;
  }

  /** The events that the decision has returned; none if it has thrown. Unmodifiable. */
  public List<NewEvent<E>> events() {
    return answer.events();
  }

  /** The state of the stream after the events of the decision. */
  public S state() {
    return after.recovered();
  }

  private static String number(int events) {
    return switch (events) {
      case 0 -> "no events";
      case 1 -> "1 event";
      default -> events + " events";
    };
  }
}
