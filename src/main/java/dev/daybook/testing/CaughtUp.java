package dev.daybook.testing;

import dev.daybook.Daybook;
import dev.daybook.error.ClosedException;
import dev.daybook.internal.callback.Callbacks;
import dev.daybook.subscription.Subscription;
import dev.daybook.subscription.SubscriptionInfo;
import dev.daybook.subscription.SubscriptionState;
import dev.daybook.subscription.SubscriptionStoppedException;
import dev.daybook.subscription.Subscriptions;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Waits until all running subscriptions have handled everything. What its looks take is not
 * counted: on a machine that is busy, handlers take longer, too.
 */
final class CaughtUp {

  /** How long one look takes at most; it is woken by what it waits for. */
  private static final Duration LOOK = Duration.ofMillis(100);

  private final Daybook daybook;
  private final Subscriptions subscriptions;
  private final Duration patience;

  CaughtUp(Daybook daybook, Duration patience) {
    this.daybook = daybook;
    this.subscriptions = daybook.subscriptions();
    this.patience = patience;
  }

  /** Handlers may append, so that there is more to handle afterwards. */
  void await() throws InterruptedException {
    Duration quiet = Duration.ZERO;
    long last = progress();
    while (true) {
      long head = head();
      Optional<Subscription> behind = firstBehind(head);
      requireNoneStopped();
      if (behind.isEmpty() && head() == head) {
        return;
      }
      if (behind.isPresent() && !reaches(behind.get(), head)) {
        long now = progress();
        quiet = now == last ? quiet.plus(LOOK) : Duration.ZERO;
        last = now;
        if (quiet.compareTo(patience) >= 0) {
          throw gaveUp(behind.get(), head);
        }
      }
    }
  }

  private static boolean reaches(Subscription subscription, long head) throws InterruptedException {
    try {
      return subscription.awaitPosition(head, LOOK);
    } catch (ClosedException | SubscriptionStoppedException e) {
      // It runs no more; if it has stopped by itself, the next look says so.
      return true;
    }
  }

  private long head() {
    return daybook.rawJournal().latestPosition();
  }

  /** A number that changes as long as anything moves. */
  private long progress() {
    return subscriptions.running().stream()
        .mapToLong(Subscription::position)
        .reduce(head(), (sum, position) -> 31 * sum + position);
  }

  private Optional<Subscription> firstBehind(long head) {
    List<Subscription> running = subscriptions.running();
    return running.stream()
        .filter(it -> running.stream().noneMatch(other -> hasReached(other, it.name(), head)))
        .findFirst();
  }

  /** Where another process works, its position is that of its checkpoint. */
  private boolean hasReached(Subscription subscription, String name, long head) {
    return subscription.name().equals(name)
        && (subscription.position() >= head
            || (subscription.state() == SubscriptionState.STANDBY
                && subscriptions.find(name).map(SubscriptionInfo::position).orElse(0L) >= head));
  }

  private void requireNoneStopped() {
    for (SubscriptionInfo info : subscriptions.list()) {
      info.stop()
          .ifPresent(
              stop -> {
                throw new AssertionError(
                    "subscription \"%s\" has stopped by itself at position %s: %s"
                        .formatted(info.name(), stop.position(), stop.reason()));
              });
    }
  }

  private AssertionError gaveUp(Subscription subscription, long head) {
    Optional<Throwable> failure = subscription.lastFailure();
    return new AssertionError(
        "subscription \"%s\" has handled everything up to position %s, expected %s; nothing has moved for %s; it is %s%s%s"
            .formatted(
                subscription.name(),
                subscription.position(),
                head,
                patience,
                subscription.state(),
                failure.map(it -> "; the last attempt failed: " + Callbacks.text(it)).orElse(""),
                whereItIs(subscription.name())
                    .map(it -> "; its handler is at " + Shown.place(it))
                    .orElse("")),
        failure.orElse(null));
  }

  /** Where the code of the application is that a thread of the subscription runs. */
  private static Optional<StackTraceElement> whereItIs(String name) {
    String threads = "daybook-" + name;
    return Thread.getAllStackTraces().entrySet().stream()
        .filter(each -> each.getKey().getName().startsWith(threads))
        .map(Map.Entry::getValue)
        .flatMap(stack -> inHandler(stack).stream())
        .findFirst();
  }

  private static Optional<StackTraceElement> inHandler(StackTraceElement[] stack) {
    List<StackTraceElement> above =
        Arrays.stream(stack)
            .takeWhile(it -> !it.getClassName().startsWith("dev.daybook.subscription."))
            .toList();
    return above.size() == stack.length
        ? Optional.empty()
        : above.stream().filter(it -> !isOfPlatform(it)).findFirst();
  }

  private static boolean isOfPlatform(StackTraceElement frame) {
    return frame.getModuleName() != null && frame.getModuleName().matches("(java|jdk)\\..*");
  }
}
