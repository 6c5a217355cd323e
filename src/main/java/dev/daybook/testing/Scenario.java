package dev.daybook.testing;

import com.fasterxml.jackson.databind.JsonNode;
import dev.daybook.internal.callback.Callbacks;
import dev.daybook.journal.NewEvent;
import dev.daybook.journal.RecordedEvent;
import dev.daybook.recovery.Decision;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What is given: how a stream is recovered, and what is in it.
 *
 * @param snapshots how states are saved; {@code null} if they are not
 * @param initial gives the state before the first event
 * @param history the events of the stream
 */
record Scenario<S, E>(
    EventForms<E> forms,
    @Nullable StateCopies<S> snapshots,
    Supplier<? extends S> initial,
    BiFunction<S, RecordedEvent<E>, S> fold,
    String streamId,
    List<RecordedEvent<E>> history) {

  /**
   * What a decision has answered: events, or an exception.
   *
   * @param recorded the events as they are recorded
   */
  record Answer<E>(
      List<NewEvent<E>> events, List<RecordedEvent<E>> recorded, @Nullable Exception thrown) {

    /** In one line. */
    String line(EventForms<E> forms) {
      if (thrown != null) {
        return thrown.toString();
      }
      return events.isEmpty()
          ? "no events"
          : String.join("; ", events.stream().map(it -> forms.shown(it.data()).line()).toList());
    }
  }

  /** The same with more events. */
  Scenario<S, E> after(List<RecordedEvent<E>> more) {
    List<RecordedEvent<E>> all = new ArrayList<>(history);
    all.addAll(more);
    return new Scenario<>(forms, snapshots, initial, fold, streamId, all);
  }

  /** The state after all events. */
  S recovered() {
    S begun = initial.get();
    if (begun == null) {
      throw new AssertionError("the initial state is null");
    }
    return folded(begun, 0);
  }

  private S folded(S state, int from) {
    return folded(state, from, history.size());
  }

  private S folded(S state, int from, int to) {
    S folded = state;
    for (RecordedEvent<E> event : history.subList(from, to)) {
      S next;
      try {
        next = fold.apply(folded, event);
      } catch (RuntimeException e) {
        throw failure(
            "the fold failed on event %s (%s): %s"
                .formatted(event.seq(), event.type(), Callbacks.text(e)),
            e);
      }
      if (next == null) {
        throw failure(
            "the fold returned null for event %s (%s)".formatted(event.seq(), event.type()), null);
      }
      folded = next;
    }
    return folded;
  }

  /** Makes sure that the same state is recovered each time, with a snapshot or without one. */
  void requireSteadyRecovery() {
    Optional<JsonNode> first = FieldTree.of(recovered());
    S second = recovered();
    requireSame(
        first,
        second,
        "recovered twice from the same events, the state is another one; the initial state must be a new one each time if the fold changes it");
    StateCopies<S> copies = snapshots;
    if (copies != null) {
      for (int at = 1; at <= history.size(); at++) {
        S copy = copies.copy(folded(Objects.requireNonNull(initial.get()), 0, at), at);
        requireSame(
            first,
            folded(copy, at),
            "recovered from a snapshot after event %s, the state is another one".formatted(at));
      }
    }
  }

  private void requireSame(Optional<JsonNode> expected, S found, String problem) {
    Optional<JsonNode> content = FieldTree.of(found);
    if (expected.isPresent() && content.isPresent() && !expected.equals(content)) {
      SideBySide comparison = SideBySide.ofTwo(found, expected.get(), found, content.get());
      throw failure(problem + ": " + comparison.firstDifference("the state"), comparison, null);
    }
  }

  /** Requires the stream to be in a state. */
  void requireState(S expected) {
    S found = recovered();
    if (!FieldTree.areSame(expected, found)) {
      SideBySide comparison =
          SideBySide.ofTwo(expected, FieldTree.shown(expected), found, FieldTree.shown(found));
      throw failure(comparison.firstDifference("the state"), comparison, null);
    }
  }

  /** Asks a decision, twice if it is to be the same each time. */
  <X extends Exception> Answer<E> ask(
      Decision<? super S, ? extends NewEvent<? extends E>, X> decision, boolean twice) {
    S state = recovered();
    Optional<JsonNode> before = FieldTree.of(state);
    Answer<E> answer = answer(decision, state);
    requireSame(before, state, "the decision has changed the state that it was given");
    if (twice) {
      requireSame(answer, answer(decision, recovered()));
    }
    return answer;
  }

  private Answer<E> answer(
      Decision<? super S, ? extends NewEvent<? extends E>, ?> decision, S state) {
    List<NewEvent<E>> events;
    try {
      events = widened(requireEvents(decision.decide(state)));
    } catch (Exception e) {
      return new Answer<>(List.of(), List.of(), e);
    }
    String origin = "an event that the decision returned";
    return new Answer<>(events, forms.recorded(events, streamId, history.size(), origin), null);
  }

  /** The events of a decision that gives them no tags, metadata or times. */
  static <E> List<NewEvent<E>> news(List<? extends E> events) {
    return requireEvents(events).stream().map(NewEvent::<E>of).toList();
  }

  private static <T> List<T> requireEvents(@Nullable List<T> events) {
    if (events == null || events.stream().anyMatch(Objects::isNull)) {
      throw new AssertionError(
          "the decision returned %s; expected a list of events, an empty one for none"
              .formatted(events == null ? "null" : "a list with null in it"));
    }
    return events;
  }

  /** Safe because nothing is added. */
  @SuppressWarnings("unchecked")
  private static <E> List<NewEvent<E>> widened(List<? extends NewEvent<? extends E>> events) {
    return (List<NewEvent<E>>) List.copyOf(events);
  }

  private void requireSame(Answer<E> first, Answer<E> second) {
    String problem = "asked twice about the same state, the decision has two answers";
    if (first.thrown() == null && second.thrown() == null) {
      SideBySide comparison = forms.compare(first.events(), second.events(), true);
      if (!comparison.isSame()) {
        throw failure(problem + ": " + comparison.firstDifference("event"), comparison, null);
      }
    } else if (!String.valueOf(first.thrown()).equals(String.valueOf(second.thrown()))) {
      throw failure(
          "%s: first %s, then %s".formatted(problem, first.line(forms), second.line(forms)),
          second.thrown());
    }
  }

  AssertionError failure(String problem, @Nullable Throwable cause) {
    return failure(problem, null, cause);
  }

  /** A failure that also says what was given. */
  AssertionError failure(
      String problem, @Nullable SideBySide comparison, @Nullable Throwable cause) {
    StringBuilder text = new StringBuilder(problem).append("\n\n");
    if (comparison != null) {
      text.append(comparison.table()).append('\n');
    }
    text.append(history.isEmpty() ? "given no events" : "given:");
    for (RecordedEvent<E> event : history) {
      text.append("\n  ").append(event.seq()).append(' ');
      text.append(forms.shown(event.data()).line());
    }
    return new AssertionError(text.toString(), cause);
  }
}
