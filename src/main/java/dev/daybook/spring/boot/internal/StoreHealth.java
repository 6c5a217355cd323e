package dev.daybook.spring.boot.internal;

import dev.daybook.Daybook;
import dev.daybook.error.DaybookException;
import dev.daybook.spring.boot.DaybookProperties;
import dev.daybook.spring.boot.DaybookSubscriptions;
import dev.daybook.subscription.Subscription;
import dev.daybook.subscription.SubscriptionInfo;
import dev.daybook.subscription.SubscriptionState;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Whether a store can be used, and the application's subscriptions work. Only subscriptions of this
 * application's beans count: a name that is no longer used would be down permanently.
 */
final class StoreHealth {

  /**
   * What was found.
   *
   * @param problems by the name of the subscription; empty if all is well
   * @param failure why the database could not be asked
   */
  record Finding(
      Map<String, String> lags, Map<String, String> problems, @Nullable Exception failure) {

    boolean isUp() {
      return failure == null && problems.isEmpty();
    }
  }

  private final Daybook daybook;
  private final DaybookSubscriptions subscriptions;
  private final DaybookProperties.Health limits;
  private final Clock clock = Clock.systemUTC();

  StoreHealth(
      Daybook daybook, DaybookSubscriptions subscriptions, DaybookProperties.Health limits) {
    this.daybook = daybook;
    this.subscriptions = subscriptions;
    this.limits = limits;
  }

  Finding check() {
    Map<String, String> lags = new LinkedHashMap<>();
    Map<String, String> problems = new LinkedHashMap<>();
    try {
      Map<String, SubscriptionInfo> stored = new LinkedHashMap<>();
      daybook
          .withDeadline(limits.timeout())
          .subscriptions()
          .list()
          .forEach(info -> stored.put(info.name(), info));
      for (String name : subscriptions.names()) {
        Optional<SubscriptionInfo> info = Optional.ofNullable(stored.get(name));
        lags.put(name, info.map(it -> it.lagEvents() + " events").orElse("not started yet"));
        problem(subscriptions.find(name), info).ifPresent(it -> problems.put(name, it));
      }
      return new Finding(lags, problems, null);
    } catch (DaybookException e) {
      return new Finding(lags, problems, e);
    }
  }

  private Optional<String> problem(Optional<Subscription> here, Optional<SubscriptionInfo> stored) {
    Optional<String> stopped =
        stored.flatMap(SubscriptionInfo::stop).map(stop -> "has failed: " + stop.reason());
    if (stopped.isPresent()) {
      return stopped;
    }
    if (here.filter(it -> it.state() == SubscriptionState.FAILED).isPresent()) {
      return Optional.of("has failed");
    }
    return stored.filter(this::isStuck).map(it -> "has saved no progress for " + idle(it));
  }

  private boolean isStuck(SubscriptionInfo info) {
    return info.pausedAt().isEmpty()
        && info.lagTime().compareTo(limits.maxLag()) > 0
        && idle(info).compareTo(limits.maxLag()) > 0;
  }

  private Duration idle(SubscriptionInfo info) {
    return Duration.between(info.updatedAt(), clock.instant());
  }
}
