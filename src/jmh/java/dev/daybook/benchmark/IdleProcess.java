package dev.daybook.benchmark;

import dev.daybook.Daybook;
import dev.daybook.journal.EncodedEvent;
import dev.daybook.journal.ExpectedSeq;
import dev.daybook.settings.Synchronous;
import dev.daybook.subscription.AtLeastOnce;
import dev.daybook.subscription.Subscriber;
import dev.daybook.subscription.Subscription;
import dev.daybook.subscription.SubscriptionState;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A process with subscriptions that have nothing to do, and what that costs. */
final class IdleProcess {

  private static final Duration LONG = Duration.ofMinutes(2);

  /** Threads and connections that were needed at the start are given up by then. */
  private static final long SETTLING_NANOS = TimeUnit.SECONDS.toNanos(20);

  /** Six times a third of a lease. */
  private static final long MEASURED_NANOS = TimeUnit.SECONDS.toNanos(20);

  private IdleProcess() {}

  public static void main(String[] args) throws Exception {
    BenchmarkStore store = StoreKind.valueOf(args[0]).in(args[1]);
    AtomicLong statements = new AtomicLong();
    long threads = threads();
    try (DaybookSide side =
        store.daybook(args[2], Synchronous.FULL, sql -> statements.incrementAndGet())) {
      side.daybook()
          .rawJournal()
          .append("stream", ExpectedSeq.any(), EncodedEvent.json("Happened", "{}"));
      List<Subscription> subscriptions = start(side.daybook(), Integer.parseInt(args[3]));
      pause(SETTLING_NANOS);
      long begun = System.nanoTime();
      long ranBefore = statements.get();
      long writtenBefore = store.written();
      long processorBefore = processorNanos();
      pause(MEASURED_NANOS);
      Figures figures =
          new Figures(
              System.nanoTime() - begun,
              statements.get() - ranBefore,
              store.written() - writtenBefore,
              threads() - threads,
              processorNanos() - processorBefore);
      subscriptions.forEach(Subscription::close);
      System.out.println(figures.print());
    }
  }

  private static List<Subscription> start(Daybook daybook, int number) throws InterruptedException {
    List<Subscription> subscriptions = new ArrayList<>();
    for (int n = 0; n < number; n++) {
      subscriptions.add(
          daybook
              .subscriptions()
              .start(
                  Subscriber.of("idle-" + n, daybook.rawJournal(), AtLeastOnce.each(event -> {}))));
    }
    for (Subscription subscription : subscriptions) {
      if (!subscription.awaitState(SubscriptionState.LIVE, LONG)) {
        throw new IllegalStateException(subscription.name() + " is not live");
      }
    }
    return subscriptions;
  }

  private static void pause(long nanos) throws InterruptedException {
    TimeUnit.NANOSECONDS.sleep(nanos);
  }

  private static long threads() {
    return ManagementFactory.getThreadMXBean().getThreadCount();
  }

  private static long processorNanos() {
    return ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO).toNanos();
  }

  /**
   * What was counted.
   *
   * @param nanos in how long a time
   * @param statements as Daybook's SQL listener heard them
   * @param written bytes that the database wrote
   * @param threads more than before
   * @param processorNanos of this process alone
   */
  record Figures(long nanos, long statements, long written, long threads, long processorNanos) {

    static Figures of(long[] values) {
      return new Figures(values[0], values[1], values[2], values[3], values[4]);
    }

    String print() {
      return Stream.of(nanos, statements, written, threads, processorNanos)
          .map(String::valueOf)
          .collect(Collectors.joining(" "));
    }

    private double aSecond(long count) {
      return count * 1e9 / nanos;
    }

    double statementsASecond() {
      return aSecond(statements);
    }

    double megabytesADay() {
      return aSecond(written) * TimeUnit.DAYS.toSeconds(1) / 1e6;
    }

    double processorPercent() {
      return 100.0 * processorNanos / nanos;
    }
  }
}
