package dev.daybook.micrometer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.daybook.Daybook;
import dev.daybook.conformance.Await;
import dev.daybook.conformance.ParcelEvent;
import dev.daybook.journal.ConflictException;
import dev.daybook.journal.EncodedEvent;
import dev.daybook.journal.EventQuery;
import dev.daybook.journal.ExpectedSeq;
import dev.daybook.journal.Journal;
import dev.daybook.subscription.AtLeastOnce;
import dev.daybook.subscription.OnFailure;
import dev.daybook.subscription.Subscriber;
import dev.daybook.subscription.Subscription;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MockClock;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.simple.SimpleConfig;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class DaybookMetricsTest {

  private final MockClock clock = new MockClock();
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry(SimpleConfig.DEFAULT, clock);
  private final AtomicInteger statements = new AtomicInteger();

  @TempDir private Path directory;
  private Daybook daybook;
  private Journal<ParcelEvent> journal;

  @BeforeEach
  void open() {
    daybook =
        Daybook.builder(directory.resolve("metrics.db"))
            .sqlListener(sql -> statements.incrementAndGet())
            .build();
    journal = daybook.journal(ParcelEvent.class);
  }

  @AfterEach
  void close() {
    daybook.close();
    registry.close();
  }

  private void append(String stream) {
    journal.append(stream, ExpectedSeq.any(), ParcelEvent.moved(1));
  }

  private void runToTheEnd(Subscriber<ParcelEvent> subscriber) throws InterruptedException {
    try (Subscription subscription = daybook.subscriptions().start(subscriber)) {
      Await.position(subscription, journal.latestPosition());
    }
  }

  private double gauge(String name, String... tags) {
    return registry.get(name).tags(tags).gauge().value();
  }

  private long timed(String name, String... tags) {
    return registry.get(name).tags(tags).timer().count();
  }

  private double counted(String name, String... tags) {
    return registry.get(name).tags(tags).counter().count();
  }

  @Test
  void appends_reads_and_snapshots_are_counted_by_what_became_of_them() {
    DaybookMetrics metrics = DaybookMetrics.of(daybook);
    metrics.bindTo(registry);
    metrics.bindTo(registry);

    append("a");
    append("b");
    assertThatThrownBy(() -> journal.append("a", ExpectedSeq.noStream(), ParcelEvent.delivered()))
        .isInstanceOf(ConflictException.class);
    assertThat(journal.read(EventQuery.stream("a"))).hasSize(1);
    assertThat(daybook.snapshots(Legs.class).loadLatest("a")).isEmpty();

    assertThat(timed("daybook.append", "outcome", "appended")).isEqualTo(2);
    assertThat(timed("daybook.append", "outcome", "conflict")).isEqualTo(1);
    assertThat(timed("daybook.append", "outcome", "unknown")).isZero();
    assertThat(counted("daybook.events.appended", "type", "Moved")).isEqualTo(2);
    assertThat(registry.get("daybook.append.group").summary().count()).isEqualTo(2);
    assertThat(registry.get("daybook.append.group").summary().max()).isEqualTo(1);
    assertThat(timed("daybook.read", "kind", "stream")).isEqualTo(1);
    assertThat(counted("daybook.snapshot", "outcome", "none")).isEqualTo(1);
  }

  /** A state. */
  record Legs(int count) {}

  @Test
  void subscriptions_have_gauges_whichever_process_runs_them() throws Exception {
    append("a");
    append("a");
    runToTheEnd(
        Subscriber.of(
                "parking",
                journal,
                AtLeastOnce.<ParcelEvent>each(
                    event -> {
                      throw new IllegalArgumentException("no");
                    }))
            .onFailure(OnFailure.park()));
    append("a");
    DaybookMetrics.of(daybook).bindTo(registry);

    assertThat(gauge("daybook.subscription.lag", "subscription", "parking")).isEqualTo(1);
    assertThat(gauge("daybook.subscription.lag.time", "subscription", "parking"))
        .isBetween(0.0, (double) Await.PATIENCE.toSeconds());
    assertThat(gauge("daybook.dead.letters", "subscription", "parking")).isEqualTo(2);
    assertThat(gauge("daybook.subscription.state", "subscription", "parking", "state", "idle"))
        .isOne();
    assertThat(gauge("daybook.subscription.state", "subscription", "parking", "state", "running"))
        .isZero();

    runToTheEnd(Subscriber.of("handling", journal, AtLeastOnce.each(event -> {})));
    assertThat(
            timed("daybook.subscription.handle", "subscription", "handling", "outcome", "handled"))
        .isEqualTo(3);
    assertThat(registry.find("daybook.subscription.lag").tags("subscription", "handling").gauge())
        .isNull();
    clock.add(Duration.ofSeconds(5));
    assertThat(gauge("daybook.journal.position")).isEqualTo(3);
    assertThat(gauge("daybook.subscription.lag", "subscription", "handling")).isZero();
    assertThat(gauge("daybook.subscription.lag", "subscription", "parking")).isEqualTo(1);
  }

  @Test
  void a_scrape_reads_the_status_once_in_five_seconds() {
    append("a");
    DaybookMetrics.of(daybook).bindTo(registry);
    clock.add(Duration.ofSeconds(5));
    statements.set(0);

    assertThat(values()).isNotEmpty();
    int ofOne = statements.get();
    assertThat(ofOne).isBetween(1, 4);
    clock.add(Duration.ofMillis(4_999));
    assertThat(values()).isNotEmpty();
    assertThat(statements).hasValue(ofOne);
    append("a");
    statements.set(0);
    assertThat(gauge("daybook.journal.position")).isEqualTo(1);
    clock.add(Duration.ofMillis(1));
    assertThat(gauge("daybook.journal.position")).isEqualTo(2);
    assertThat(statements).hasValue(ofOne);
    assertThat(gauge("daybook.wal.size")).isPositive();
  }

  private List<Double> values() {
    return registry.getMeters().stream()
        .filter(Gauge.class::isInstance)
        .map(meter -> ((Gauge) meter).value())
        .toList();
  }

  @Test
  void a_scrape_opens_nothing_and_after_the_close_no_gauge_throws() {
    DaybookMetrics metrics = DaybookMetrics.of(daybook);
    metrics.bindTo(registry);
    assertThat(values()).hasSize(3).containsOnly(Double.NaN);
    assertThat(directory).isEmptyDirectory();

    append("a");
    assertThat(gauge("daybook.journal.position")).isOne();
    daybook.close();
    clock.add(Duration.ofSeconds(5));
    assertThat(values()).hasSize(3).containsOnly(Double.NaN);
    metrics.close();
    assertThat(registry.find("daybook.journal.position").gauge()).isNull();
  }

  @Test
  void a_scrape_does_not_wait_for_a_long_transaction_of_a_database_in_memory() throws Exception {
    ExecutorService other = Executors.newSingleThreadExecutor();
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch end = new CountDownLatch(1);
    try (Daybook memory = Daybook.inMemory()) {
      DaybookMetrics.of(memory).bindTo(registry);
      memory.journal(ParcelEvent.class).append("a", ExpectedSeq.any(), ParcelEvent.moved(1));
      assertThat(gauge("daybook.journal.position")).isOne();
      Future<?> transaction =
          other.submit(
              () ->
                  memory.transaction(
                      tx -> {
                        begun.countDown();
                        Await.reached(end);
                      }));
      Await.reached(begun);
      clock.add(Duration.ofSeconds(5));

      assertThat(values()).containsOnly(Double.NaN);
      end.countDown();
      Await.result(transaction);
      clock.add(Duration.ofSeconds(5));
      assertThat(gauge("daybook.journal.position")).isOne();
    } finally {
      end.countDown();
      other.shutdown();
    }
  }

  @Test
  void the_number_of_types_is_bounded_and_no_tag_has_a_stream_id() {
    DaybookMetrics.of(daybook, Tags.of("store", "orders")).bindTo(registry);
    Journal<EncodedEvent> raw = daybook.rawJournal();
    for (int i = 0; i < DaybookMetrics.MOST_TYPES + 5; i++) {
      raw.append("stream-" + i, ExpectedSeq.any(), EncodedEvent.json("Type" + i, "{}"));
    }
    raw.append("stream-0", ExpectedSeq.any(), EncodedEvent.json("Type0", "{}"));
    assertThat(raw.read(EventQuery.stream("stream-1"))).hasSize(1);

    assertThat(registry.get("daybook.events.appended").counters())
        .hasSize(DaybookMetrics.MOST_TYPES + 1);
    assertThat(counted("daybook.events.appended", "type", "Type0")).isEqualTo(2);
    assertThat(counted("daybook.events.appended", "type", "other")).isEqualTo(5);
    assertThat(registry.getMeters())
        .allSatisfy(
            meter -> {
              assertThat(meter.getId().getTag("store")).isEqualTo("orders");
              assertThat(meter.getId().getTags().stream().map(Tag::getValue))
                  .noneMatch(value -> value.contains("stream-"));
            });
  }

  @Test
  void prometheus_scrapes_all_of_them() throws Exception {
    PrometheusMeterRegistry prometheus = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    append("a");
    runToTheEnd(Subscriber.of("reading", journal, AtLeastOnce.each(event -> {})));
    DaybookMetrics.of(daybook).bindTo(prometheus);
    append("a");
    runToTheEnd(Subscriber.of("reading", journal, AtLeastOnce.each(event -> {})));

    String scraped = prometheus.scrape();
    assertThat(scraped.lines())
        .contains(
            "daybook_append_seconds_count{outcome=\"appended\"} 1",
            "daybook_append_group_count 1",
            "daybook_events_appended_total{type=\"Moved\"} 1.0",
            "daybook_subscription_handle_seconds_count{outcome=\"handled\",subscription=\"reading\"} 1",
            "daybook_subscription_state{state=\"idle\",subscription=\"reading\"} 1.0",
            "daybook_dead_letters{subscription=\"reading\"} 0.0",
            "daybook_writer_queue 0.0")
        .anyMatch(line -> line.startsWith("daybook_read_seconds_count{kind=\"page\"}"))
        .anyMatch(line -> line.startsWith("daybook_wal_size_bytes "))
        .anyMatch(line -> line.startsWith("daybook_journal_position "))
        .anyMatch(line -> line.startsWith("daybook_subscription_lag{"))
        .anyMatch(line -> line.startsWith("daybook_subscription_lag_time_seconds{"));
    daybook.close();
    assertThat(prometheus.scrape()).contains("daybook_append_seconds_count");
    prometheus.close();
  }
}
