package dev.daybook.micrometer;

import dev.daybook.Daybook;
import dev.daybook.observation.StoreStatus;
import dev.daybook.observation.SubscriptionStatus;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What the last status of a store says, in one registry. A scrape reads it when it is too old. */
final class StatusGauges {

  private static final System.Logger LOG = System.getLogger("dev.daybook.observation");
  private static final long FRESH_NANOS = Duration.ofSeconds(5).toNanos();
  private static final Duration LONGEST_READ = Duration.ofSeconds(1);
  private static final String SUBSCRIPTION = "subscription";

  private record Known(Optional<StoreStatus> status, long at) {}

  private final Daybook daybook;
  private final MeterRegistry registry;
  private final Tags tags;
  private final ReentrantLock reading = new ReentrantLock();
  private final List<Meter> ofStore;
  private final MultiGauge lag;
  private final MultiGauge lagTime;
  private final MultiGauge state;
  private final MultiGauge deadLetters;
  private volatile Known known;

  StatusGauges(Daybook daybook, MeterRegistry registry, Tags tags) {
    this.daybook = daybook;
    this.registry = registry;
    this.tags = tags;
    this.known = new Known(Optional.empty(), now() - FRESH_NANOS);
    this.lag = gauges("daybook.subscription.lag", "Positions after the checkpoint", null);
    this.lagTime =
        gauges("daybook.subscription.lag.time", "Age of the first event to handle", "seconds");
    this.state = gauges("daybook.subscription.state", "1 for the present state", null);
    this.deadLetters = gauges("daybook.dead.letters", "Events that are parked", null);
    this.ofStore =
        List.of(
            gauge(
                "daybook.journal.position",
                "Position of the last event",
                null,
                StoreStatus::latestPosition),
            gauge(
                "daybook.writer.queue",
                "Appends that wait for their turn",
                null,
                StoreStatus::waitingWrites),
            gauge(
                "daybook.wal.size",
                "Size of the write-ahead log",
                "bytes",
                status ->
                    status.walBytes().isPresent()
                        ? (double) status.walBytes().getAsLong()
                        : Double.NaN));
    status();
  }

  private Gauge gauge(
      String name, String description, @Nullable String unit, ToDoubleFunction<StoreStatus> value) {
    return Gauge.builder(
            name, this, gauges -> gauges.status().map(value::applyAsDouble).orElse(Double.NaN))
        .description(description)
        .baseUnit(unit)
        .tags(tags)
        .register(registry);
  }

  private MultiGauge gauges(String name, String description, @Nullable String unit) {
    return MultiGauge.builder(name)
        .description(description)
        .baseUnit(unit)
        .tags(tags)
        .register(registry);
  }

  void close() {
    Stream.of(lag, lagTime, state, deadLetters).forEach(gauges -> gauges.register(List.of(), true));
    ofStore.forEach(registry::remove);
  }

  /** One thread reads; others that come meanwhile take what is known. */
  private Optional<StoreStatus> status() {
    if (now() - known.at() >= FRESH_NANOS && reading.tryLock()) {
      try {
        if (now() - known.at() >= FRESH_NANOS) {
          read();
        }
      } finally {
        reading.unlock();
      }
    }
    return known.status();
  }

  private long now() {
    return registry.config().clock().monotonicTime();
  }

  /** To learn that it is not open costs nothing, and so is found out anew each time. */
  private void read() {
    Optional<StoreStatus> read = Optional.empty();
    long at = now();
    try {
      read = daybook.withDeadline(LONGEST_READ).status();
      at = read.isPresent() ? now() : known.at();
    } catch (RuntimeException e) {
      LOG.log(System.Logger.Level.DEBUG, "the status of the store was not read for its gauges", e);
    }
    known = new Known(read, at);
    read.ifPresent(this::register);
  }

  /**
   * Those that are there already stay as they are, and those of deleted subscriptions are removed.
   */
  private void register(StoreStatus status) {
    List<SubscriptionStatus> subscriptions = status.subscriptions();
    lag.register(rows(subscriptions, SubscriptionStatus::lag));
    lagTime.register(rows(subscriptions, each -> each.lagTime().toMillis() / 1000.0));
    deadLetters.register(rows(subscriptions, SubscriptionStatus::deadLetters));
    state.register(
        subscriptions.stream()
            .flatMap(
                each -> Stream.of(SubscriptionStatus.State.values()).map(one -> row(each, one)))
            .toList());
  }

  private List<MultiGauge.Row<?>> rows(
      List<SubscriptionStatus> subscriptions, ToDoubleFunction<SubscriptionStatus> value) {
    return subscriptions.stream()
        .<MultiGauge.Row<?>>map(each -> row(each, Tags.empty(), value))
        .toList();
  }

  private MultiGauge.Row<?> row(SubscriptionStatus subscription, SubscriptionStatus.State one) {
    return row(
        subscription, Tags.of("state", StoreMeters.word(one)), each -> each.state() == one ? 1 : 0);
  }

  private MultiGauge.Row<?> row(
      SubscriptionStatus subscription, Tags more, ToDoubleFunction<SubscriptionStatus> value) {
    String name = subscription.name();
    return MultiGauge.Row.of(
        more.and(SUBSCRIPTION, name), this, gauges -> gauges.valueOf(name, value));
  }

  private double valueOf(String name, ToDoubleFunction<SubscriptionStatus> value) {
    return status().stream()
        .flatMap(found -> found.subscriptions().stream())
        .filter(each -> each.name().equals(name))
        .mapToDouble(value)
        .findFirst()
        .orElse(Double.NaN);
  }
}
