package dev.daybook.internal.recording;

import dev.daybook.observation.AppendCall;
import dev.daybook.observation.AppendEnd;
import dev.daybook.observation.CallEnd;
import dev.daybook.observation.CommittedAppends;
import dev.daybook.observation.Ending;
import dev.daybook.observation.HandlerCall;
import dev.daybook.observation.ReadKind;
import dev.daybook.observation.StoreObserver;
import dev.daybook.observation.SubscriptionChange;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Writes events into the recordings of Java Flight Recorder. As long as nothing records them,
 * {@link #isAnyEnabled} is a constant to the JVM.
 */
public final class FlightRecordings implements StoreObserver {

  private final AppendEvent append = new AppendEvent();
  private final AppendGroupEvent group = new AppendGroupEvent();
  private final ReadEvent read = new ReadEvent();
  private final HandlerEvent handler = new HandlerEvent();
  private final SubscriptionEvent subscription = new SubscriptionEvent();

  /** Whether anything records one of the events. */
  public boolean isAnyEnabled() {
    return append.isEnabled()
        || group.isEnabled()
        || read.isEnabled()
        || handler.isEnabled()
        || subscription.isEnabled();
  }

  @Override
  public Ending<AppendEnd> appending(AppendCall call) {
    AppendEvent event = new AppendEvent();
    event.begin();
    return how -> {
      event.end();
      if (event.shouldCommit()) {
        event.stream = call.streamId().orElse(null);
        event.events = call.events();
        event.outcome = how.outcome().name();
        event.waited = how.waited().toNanos();
        event.written = how.written().toNanos();
        event.failure = name(how.failure());
        event.commit();
      }
    };
  }

  @Override
  public void committed(CommittedAppends appends) {
    AppendGroupEvent event = new AppendGroupEvent();
    if (event.shouldCommit()) {
      event.appends = appends.appends();
      event.events = appends.events();
      event.written = appends.written().toNanos();
      event.commit();
    }
  }

  @Override
  public Ending<CallEnd> reading(ReadKind kind) {
    ReadEvent event = new ReadEvent();
    event.begin();
    return how -> {
      event.end();
      if (event.shouldCommit()) {
        event.kind = kind.name();
        event.failure = name(how.failure());
        event.commit();
      }
    };
  }

  @Override
  public Ending<CallEnd> handling(HandlerCall call) {
    HandlerEvent event = new HandlerEvent();
    event.begin();
    return how -> {
      event.end();
      if (event.shouldCommit()) {
        event.subscription = call.subscription();
        event.events = call.events().size();
        event.firstPosition = call.events().get(0).position();
        event.failure = name(how.failure());
        event.commit();
      }
    };
  }

  @Override
  public void subscriptionChanged(String name, SubscriptionChange change) {
    SubscriptionEvent event = new SubscriptionEvent();
    if (event.shouldCommit()) {
      event.subscription = name;
      event.change = change.name();
      event.commit();
    }
  }

  /** The class alone: a message may say what is in an event. */
  private static @Nullable String name(Optional<Throwable> failure) {
    return failure.map(thrown -> thrown.getClass().getName()).orElse(null);
  }
}
