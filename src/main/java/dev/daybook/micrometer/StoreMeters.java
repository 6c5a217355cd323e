package dev.daybook.micrometer;

import dev.daybook.observation.AppendCall;
import dev.daybook.observation.AppendEnd;
import dev.daybook.observation.AppendOutcome;
import dev.daybook.observation.CallEnd;
import dev.daybook.observation.CommittedAppends;
import dev.daybook.observation.Ending;
import dev.daybook.observation.HandlerCall;
import dev.daybook.observation.ReadKind;
import dev.daybook.observation.SnapshotOutcome;
import dev.daybook.observation.StoreObserver;
import io.micrometer.core.instrument.Clock;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** What is counted and timed, in one registry. */
final class StoreMeters implements StoreObserver {

  private static final String OUTCOME = "outcome";
  private static final String OTHER = "other";

  private record Handling(String subscription, String outcome) {}

  private final MeterRegistry registry;
  private final Tags tags;

  /** A registry holds a gauge's object weakly: this holds it as long as the Daybook is there. */
  @SuppressWarnings("UnusedVariable")
  private final StatusGauges gauges;

  private final Clock clock;
  private final Ending<AppendEnd> appended = this::appended;
  private final Map<AppendOutcome, Timer> appends;
  private final Map<ReadKind, Timer> reads;
  private final Map<SnapshotOutcome, Counter> snapshots;
  private final DistributionSummary group;
  private final Map<String, Counter> types = new ConcurrentHashMap<>();
  private final Map<Handling, Timer> handlers = new ConcurrentHashMap<>();

  StoreMeters(MeterRegistry registry, Tags tags, StatusGauges gauges) {
    this.registry = registry;
    this.tags = tags;
    this.gauges = gauges;
    this.clock = registry.config().clock();
    this.appends =
        each(
            AppendOutcome.class,
            outcome ->
                timer("daybook.append", "Calls that append", tags.and(OUTCOME, word(outcome))));
    this.reads =
        each(
            ReadKind.class,
            kind -> timer("daybook.read", "Reads of events", tags.and("kind", word(kind))));
    this.snapshots =
        each(
            SnapshotOutcome.class,
            outcome ->
                Counter.builder("daybook.snapshot")
                    .description("Snapshots that were saved or looked for")
                    .tags(tags.and(OUTCOME, word(outcome)))
                    .register(registry));
    this.group =
        DistributionSummary.builder("daybook.append.group")
            .description("How many appends share a transaction")
            .tags(tags)
            .register(registry);
  }

  private static <K extends Enum<K>, M> Map<K, M> each(Class<K> keys, Function<K, M> meter) {
    Map<K, M> meters = new EnumMap<>(keys);
    for (K key : keys.getEnumConstants()) {
      meters.put(key, meter.apply(key));
    }
    return meters;
  }

  private static <K, M> M of(Map<K, M> meters, K key) {
    return Objects.requireNonNull(meters.get(key));
  }

  private Timer timer(String name, String description, Tags all) {
    return Timer.builder(name).description(description).tags(all).register(registry);
  }

  static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }

  @Override
  public Ending<AppendEnd> appending(AppendCall call) {
    return appended;
  }

  /** Each append pays for this, so no clock is read for it. */
  private void appended(AppendEnd how) {
    of(appends, how.outcome())
        .record(how.waited().toNanos() + how.written().toNanos(), TimeUnit.NANOSECONDS);
  }

  private void record(Timer timer, long begun) {
    timer.record(clock.monotonicTime() - begun, TimeUnit.NANOSECONDS);
  }

  @Override
  public void committed(CommittedAppends committed) {
    group.record(committed.appends());
    committed.eventsByType().forEach((type, events) -> counter(type).increment(events));
  }

  private Counter counter(String type) {
    Counter known = types.get(type);
    return known == null ? newCounter(type) : known;
  }

  private synchronized Counter newCounter(String type) {
    boolean room = types.size() < DaybookMetrics.MOST_TYPES || types.containsKey(type);
    return room ? types.computeIfAbsent(type, this::counterOf) : counterOf(OTHER);
  }

  private Counter counterOf(String type) {
    return Counter.builder("daybook.events.appended")
        .description("Committed events")
        .tags(tags.and("type", type))
        .register(registry);
  }

  @Override
  public Ending<CallEnd> reading(ReadKind kind) {
    long begun = clock.monotonicTime();
    return how -> record(of(reads, kind), begun);
  }

  @Override
  public Ending<CallEnd> handling(HandlerCall call) {
    long begun = clock.monotonicTime();
    return how -> {
      String outcome = how.failure().isPresent() ? "failed" : "handled";
      record(
          handlers.computeIfAbsent(new Handling(call.subscription(), outcome), this::timer), begun);
    };
  }

  private Timer timer(Handling handling) {
    return timer(
        "daybook.subscription.handle",
        "Calls of handlers",
        tags.and("subscription", handling.subscription(), OUTCOME, handling.outcome()));
  }

  @Override
  public void snapshot(SnapshotOutcome outcome) {
    of(snapshots, outcome).increment();
  }
}
