package dev.daybook.conformance;

import dev.daybook.observation.AppendCall;
import dev.daybook.observation.AppendEnd;
import dev.daybook.observation.CallEnd;
import dev.daybook.observation.CommittedAppends;
import dev.daybook.observation.Ending;
import dev.daybook.observation.GivenUp;
import dev.daybook.observation.HandledEvent;
import dev.daybook.observation.HandlerCall;
import dev.daybook.observation.ReadKind;
import dev.daybook.observation.SnapshotOutcome;
import dev.daybook.observation.StoreObserver;
import dev.daybook.observation.SubscriptionChange;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** An observer that writes down what it sees, but for reads of subscriptions. */
public final class SeenByObserver implements StoreObserver {

  private final List<String> seen = new CopyOnWriteArrayList<>();
  private final List<AppendEnd> appends = new CopyOnWriteArrayList<>();

  /** What was seen since the last call. */
  public List<String> take() {
    List<String> taken = List.copyOf(seen);
    seen.removeAll(taken);
    return taken;
  }

  public List<String> seen() {
    return seen;
  }

  /** How appends have ended. */
  public List<AppendEnd> appends() {
    return appends;
  }

  @Override
  public Ending<AppendEnd> appending(AppendCall call) {
    seen.add("append %s to %s".formatted(call.events(), call.streamId().orElse("several")));
    return how -> {
      appends.add(how);
      seen.add(how.outcome() + failure(how.failure()));
    };
  }

  @Override
  public void committed(CommittedAppends appended) {
    seen.add(
        "committed %s: %s of %s"
            .formatted(
                appended.appends(), appended.events(), new TreeMap<>(appended.eventsByType())));
  }

  @Override
  public Ending<CallEnd> reading(ReadKind kind) {
    return how -> {
      if (kind != ReadKind.PAGE) {
        seen.add(kind + failure(how.failure()));
      }
    };
  }

  @Override
  public Ending<CallEnd> handling(HandlerCall call) {
    String events = call.events().stream().map(HandledEvent::seq).toList().toString();
    return how -> seen.add(call.subscription() + " handles " + events + failure(how.failure()));
  }

  @Override
  public void subscriptionChanged(String subscription, SubscriptionChange change) {
    seen.add(subscription + " " + change);
  }

  @Override
  public void givenUp(String subscription, GivenUp how) {
    seen.add(subscription + " " + how);
  }

  @Override
  public void snapshot(SnapshotOutcome outcome) {
    seen.add("snapshot " + outcome);
  }

  private static String failure(Optional<Throwable> failure) {
    return failure.map(thrown -> " " + thrown.getClass().getSimpleName()).orElse("");
  }
}
