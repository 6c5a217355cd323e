package dev.daybook.internal.observation;

import com.google.errorprone.annotations.MustBeClosed;
import dev.daybook.internal.recording.FlightRecordings;
import dev.daybook.observation.AppendCall;
import dev.daybook.observation.AppendEnd;
import dev.daybook.observation.CallEnd;
import dev.daybook.observation.CommittedAppends;
import dev.daybook.observation.Ending;
import dev.daybook.observation.GivenUp;
import dev.daybook.observation.HandlerCall;
import dev.daybook.observation.ReadKind;
import dev.daybook.observation.SnapshotOutcome;
import dev.daybook.observation.StoreObserver;
import dev.daybook.observation.SubscriptionChange;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Those who observe one Daybook: the attached ones, and Java Flight Recorder while it records any
 * of Daybook's events. What one throws affects neither the work nor another one. Safe for several
 * threads.
 */
public final class Observers {

  private static final Optional<FlightRecordings> RECORDINGS = recordings();

  private volatile List<GuardedObserver> attached = List.of();

  /** Empty in a runtime without Java Flight Recorder. */
  private static Optional<FlightRecordings> recordings() {
    try {
      return Optional.of(new FlightRecordings());
    } catch (LinkageError withoutRecorder) {
      return Optional.empty();
    }
  }

  /** Whether any is attached, or records: if not, no call is needed. */
  public boolean isAny() {
    return !attached.isEmpty() || isRecording();
  }

  private static boolean isRecording() {
    return RECORDINGS.isPresent() && RECORDINGS.get().isAnyEnabled();
  }

  /**
   * Attaches one.
   *
   * @return detaches it; twice does nothing
   */
  public synchronized Runnable attach(StoreObserver observer) {
    GuardedObserver guarded = new GuardedObserver(observer);
    List<GuardedObserver> more = new ArrayList<>(attached);
    more.add(guarded);
    attached = List.copyOf(more);
    return () -> detach(guarded);
  }

  private synchronized void detach(GuardedObserver observer) {
    attached = attached.stream().filter(each -> each != observer).toList();
  }

  /** An append begins. */
  public Ending<AppendEnd> appending(AppendCall call) {
    return begin(observer -> observer.appending(call));
  }

  /** Appends are committed. */
  public void committed(CommittedAppends appends) {
    tell(observer -> observer.committed(appends));
  }

  /** A read begins. */
  public Ending<CallEnd> reading(ReadKind kind) {
    return begin(observer -> observer.reading(kind));
  }

  /** Runs a read, and reports its beginning and its end. */
  public <T> T reading(ReadKind kind, Supplier<T> read) {
    if (!isAny()) {
      return read.get();
    }
    Ending<CallEnd> ending = reading(kind);
    try {
      T found = read.get();
      ending.ended(new CallEnd.CallEndValues(Optional.empty()));
      return found;
    } catch (Throwable e) {
      ending.ended(new CallEnd.CallEndValues(Optional.of(e)));
      throw e;
    }
  }

  /** Opens a cursor, and reports its opening and its close. */
  @MustBeClosed
  @SuppressWarnings("MustBeClosedChecker") // Closed by the caller.
  public <T> Stream<T> reading(Supplier<Stream<T>> open) {
    if (!isAny()) {
      return open.get();
    }
    Ending<CallEnd> ending = reading(ReadKind.CURSOR);
    try {
      return open.get().onClose(() -> ending.ended(new CallEnd.CallEndValues(Optional.empty())));
    } catch (Throwable e) {
      ending.ended(new CallEnd.CallEndValues(Optional.of(e)));
      throw e;
    }
  }

  /** A handler is about to be called. */
  public Ending<CallEnd> handling(HandlerCall call) {
    return begin(observer -> observer.handling(call));
  }

  /** A subscription has changed. */
  public void subscriptionChanged(String subscription, SubscriptionChange change) {
    tell(observer -> observer.subscriptionChanged(subscription, change));
  }

  /** A subscription has given up an event. */
  public void givenUp(String subscription, GivenUp how) {
    tell(observer -> observer.givenUp(subscription, how));
  }

  /** A snapshot was saved or looked for. */
  public void snapshot(SnapshotOutcome outcome) {
    tell(observer -> observer.snapshot(outcome));
  }

  private void tell(Consumer<StoreObserver> call) {
    if (isRecording()) {
      call.accept(RECORDINGS.get());
    }
    for (GuardedObserver observer : attached) {
      observer.tell(call);
    }
  }

  /** The last one that is called at the beginning is the first one at the end. */
  private <T> Ending<T> begin(Function<StoreObserver, Ending<T>> call) {
    Ending<T> ending = isRecording() ? call.apply(RECORDINGS.get()) : Ending.none();
    for (GuardedObserver observer : attached) {
      ending = observer.begin(call, ending);
    }
    return ending;
  }
}
