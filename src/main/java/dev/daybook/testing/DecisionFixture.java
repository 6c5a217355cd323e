package dev.daybook.testing;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.errorprone.annotations.CheckReturnValue;
import dev.daybook.codec.Codecs;
import dev.daybook.codec.TreeCodec;
import dev.daybook.codec.internal.DefaultJson;
import dev.daybook.codec.internal.JacksonFormats;
import dev.daybook.codec.internal.ResolvedCodecs;
import dev.daybook.codec.internal.StrictJson;
import dev.daybook.error.InvalidInputException;
import dev.daybook.internal.input.InputRules;
import dev.daybook.internal.statements.Lazy;
import dev.daybook.journal.EventTypes;
import dev.daybook.journal.NewEvent;
import dev.daybook.journal.RecordedEvent;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Tests decisions and folds without a database. It is given the initial state and the fold that
 * {@link dev.daybook.recovery.Recovery} gets in production, and asks the decisions that {@link
 * dev.daybook.recovery.Recovery#execute execute} gets there.
 *
 * <pre>{@code
 * DecisionFixture<Stock, StockEvent> stock =
 *     DecisionFixture.of(StockEvent.class, () -> Stock.EMPTY, Stock::after);
 *
 * stock.given(new Stocked(5)).when(it -> it.take(2)).then(new Taken(2));
 * stock.givenNothing().when(it -> it.take(2)).thenThrows(SoldOut.class);
 * }</pre>
 *
 * <p>It also finds what production would find too late. Each of these is a failure:
 *
 * <ul>
 *   <li>an event, given or decided, that the journal's codec can't write, or not read back; the
 *       fold gets what was read back;
 *   <li>a fold that throws, or returns {@code null};
 *   <li>an initial state that is not the same for the second recovery, because the fold has changed
 *       it;
 *   <li>with {@link #withSnapshots}, a state that can't be saved and loaded, or that becomes
 *       another one if a snapshot is used;
 *   <li>a decision that changes the state, or that has another answer if it is asked again about
 *       the same state.
 * </ul>
 *
 * <p>A failure is an {@link AssertionError}. Events are the same if the journal would write the
 * same for both, so that their classes need no {@code equals}. States are the same if they are
 * equal, or are of one class and have the same values in their fields.
 *
 * <p>A class of events or states that can't be written and read is refused as by a journal or a
 * snapshot store, with an {@link InvalidInputException}, once a stream is given.
 *
 * <p>Immutable: each option returns another one. Safe for use by several threads if the fold and
 * the decisions are.
 *
 * @param <S> the type of the states
 * @param <E> the type of the events
 */
@CheckReturnValue
public final class DecisionFixture<S, E> {

  /** What can be chosen; changed only while it is made. */
  private static final class Options<S> {
    private Codecs codecs = Codecs.json();
    private Supplier<ObjectMapper> mapper = DefaultJson::mapper;
    private @Nullable StrictJson json;
    private boolean written = true;
    private @Nullable Class<S> snapshots;
    private boolean asksTwice = true;
    private String streamId = "stream-1";

    Options<S> copy() {
      Options<S> copy = new Options<>();
      copy.codecs = codecs;
      copy.mapper = mapper;
      copy.json = json;
      copy.written = written;
      copy.snapshots = snapshots;
      copy.asksTwice = asksTwice;
      copy.streamId = streamId;
      return copy;
    }
  }

  /** How events and states are written and read. */
  private record Forms<S, E>(EventForms<E> events, @Nullable StateCopies<S> states) {}

  private final EventTypes<E> types;
  private final Supplier<? extends S> initial;
  private final BiFunction<S, RecordedEvent<E>, S> fold;
  private final Options<S> options;
  private final Lazy<Forms<S, E>> forms;

  private DecisionFixture(
      EventTypes<E> types,
      Supplier<? extends S> initial,
      BiFunction<S, RecordedEvent<E>, S> fold,
      Options<S> options) {
    this.types = Objects.requireNonNull(types, "types");
    this.initial = Objects.requireNonNull(initial, "initial");
    this.fold = Objects.requireNonNull(fold, "fold");
    this.options = options;
    this.forms = new Lazy<>(this::forms);
  }

  private Forms<S, E> forms() {
    JacksonFormats formats = new JacksonFormats(options.mapper.get(), options.json);
    Class<S> snapshots = options.snapshots;
    return new Forms<>(
        new EventForms<>(types, new ResolvedCodecs(options.codecs, formats), options.written),
        snapshots == null ? null : new StateCopies<>(formats.states(), snapshots));
  }

  /**
   * A fixture for the events of a sealed hierarchy, which are written as JSON.
   *
   * @param initial gives the state before the first event, as for a recovery
   * @param fold the state after an event, as for a recovery
   * @throws InvalidInputException as {@link EventTypes#ofSealed}
   */
  public static <S, E> DecisionFixture<S, E> of(
      Class<E> sealedType, Supplier<? extends S> initial, BiFunction<S, RecordedEvent<E>, S> fold) {
    return of(EventTypes.ofSealed(sealedType), initial, fold);
  }

  /**
   * A fixture for events of these classes, which are written as JSON.
   *
   * @param initial gives the state before the first event, as for a recovery
   * @param fold the state after an event, as for a recovery
   */
  public static <S, E> DecisionFixture<S, E> of(
      EventTypes<E> types, Supplier<? extends S> initial, BiFunction<S, RecordedEvent<E>, S> fold) {
    return new DecisionFixture<>(types, initial, fold, new Options<>());
  }

  private DecisionFixture<S, E> with(Consumer<Options<S>> change) {
    Options<S> other = options.copy();
    change.accept(other);
    return new DecisionFixture<>(types, initial, fold, other);
  }

  /**
   * This for a recovery with snapshots of states of a class: the state after each given event is
   * saved and loaded, and the events after it are folded into what was loaded.
   */
  public DecisionFixture<S, E> withSnapshots(Class<S> type) {
    Objects.requireNonNull(type, "type");
    return with(it -> it.snapshots = type);
  }

  /** This with events that are written as by a journal with these codecs. */
  public DecisionFixture<S, E> withCodecs(Codecs codecs) {
    Objects.requireNonNull(codecs, "codecs");
    return with(it -> it.codecs = codecs);
  }

  /**
   * This with the mapper that {@link dev.daybook.DaybookBuilder#json(ObjectMapper)} gets in
   * production.
   */
  public DecisionFixture<S, E> withJson(ObjectMapper mapper) {
    ObjectMapper copy = mapper.copy();
    return with(it -> it.mapper = copy::copy);
  }

  /**
   * This with the codec that {@link dev.daybook.DaybookBuilder#json(TreeCodec)} gets in production.
   *
   * @throws InvalidInputException as that
   */
  public DecisionFixture<S, E> withJson(TreeCodec codec) {
    StrictJson json = StrictJson.require(codec);
    return with(it -> it.json = json);
  }

  /**
   * This without writing and reading events. They are the same if they are equal, or are of one
   * class and have the same values in their fields.
   */
  public DecisionFixture<S, E> withoutCodec() {
    return with(it -> it.written = false);
  }

  /** This, asking each decision once: for one whose answers differ, such as by a random id. */
  public DecisionFixture<S, E> askingOnce() {
    return with(it -> it.asksTwice = false);
  }

  /**
   * This for a stream of this id, which the fold sees in the events; {@code stream-1} by default.
   *
   * @throws InvalidInputException if it is not a valid name
   */
  public DecisionFixture<S, E> inStream(String streamId) {
    InputRules.requireName("stream id", streamId);
    return with(it -> it.streamId = streamId);
  }

  /** A stream without events. */
  public Given<S, E> givenNothing() {
    return givenRecorded(List.of());
  }

  /**
   * A stream with these events, from number 1 on, each recorded at the time at which a {@link
   * TestClock} begins.
   *
   * @throws AssertionError if an event can't be written and read back, or can't be folded
   */
  @SafeVarargs
  @SuppressWarnings("varargs") // The array is only read.
  public final Given<S, E> given(E... events) {
    return given(Arrays.stream(events).toList());
  }

  /**
   * A stream with these events, from number 1 on.
   *
   * @throws AssertionError as {@link #given(Object...)}
   */
  public Given<S, E> given(List<? extends E> events) {
    return givenRecorded(events.stream().map(NewEvent::<E>of).toList());
  }

  /**
   * A stream with these events, from number 1 on, for a fold that reads tags, metadata or times.
   *
   * @throws AssertionError as {@link #given(Object...)}
   */
  @SafeVarargs
  @SuppressWarnings("varargs") // The array is only read.
  public final Given<S, E> givenNewEvents(NewEvent<? extends E>... events) {
    return givenRecorded(Arrays.stream(events).toList());
  }

  /**
   * A stream in this state, whatever its events are. With {@link #withSnapshots} it is saved, and
   * loaded for each recovery; a fold that changes its state needs that.
   *
   * @throws AssertionError if it can't be
   */
  public Given<S, E> givenState(S state) {
    Objects.requireNonNull(state, "state");
    StateCopies<S> states = forms.get().states();
    return given(states == null ? () -> state : () -> states.copy(state, 0), List.of());
  }

  private Given<S, E> givenRecorded(List<? extends NewEvent<? extends E>> events) {
    return given(
        initial, forms.get().events().recorded(events, options.streamId, 0, "a given event"));
  }

  private Given<S, E> given(Supplier<? extends S> beginning, List<RecordedEvent<E>> history) {
    Scenario<S, E> scenario =
        new Scenario<>(
            forms.get().events(), forms.get().states(), beginning, fold, options.streamId, history);
    scenario.requireSteadyRecovery();
    return new Given<>(scenario, options.asksTwice);
  }
}
