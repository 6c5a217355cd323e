package dev.daybook.benchmark;

import dev.daybook.Daybook;
import dev.daybook.journal.Append;
import dev.daybook.journal.EventQuery;
import dev.daybook.journal.EventTypes;
import dev.daybook.journal.ExpectedSeq;
import dev.daybook.journal.Journal;
import dev.daybook.journal.NewEvent;
import dev.daybook.journal.RecordedEvent;
import dev.daybook.settings.Synchronous;
import dev.daybook.subscription.AtLeastOnce;
import dev.daybook.subscription.Delivery;
import dev.daybook.subscription.ExactlyOnce;
import dev.daybook.subscription.StartFrom;
import dev.daybook.subscription.Subscriber;
import dev.daybook.subscription.Subscription;
import dev.daybook.subscription.SubscriptionState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * How soon a handler is called for an event that was appended, and how many events a subscription
 * handles that reads from the beginning, beside a plain read of the same journal.
 */
@Fork(1)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 2)
@Measurement(iterations = 4)
public class SubscriptionBenchmark {

  private static final int EVENTS = 100_000;
  private static final int AT_ONCE = 10_000;
  private static final long MOST_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(50);
  private static final Duration LONG = Duration.ofMinutes(1);
  private static final EventTypes<Moved> TYPES =
      EventTypes.of(Moved.class).with("moved", Moved.class);

  /** A leg of a parcel's way. */
  public record Moved(int leg, String place) {}

  /** A database file in a directory of its own. */
  private static final class TemporaryFile {
    private Path directory;

    Path make() throws IOException {
      directory = Files.createTempDirectory("subscriptions");
      return directory.resolve("events.db");
    }

    void remove() throws IOException {
      try (Stream<Path> files = Files.list(directory)) {
        for (Path file : files.toList()) {
          Files.delete(file);
        }
      }
      Files.delete(directory);
    }
  }

  /** A subscription that follows, and hands over when its handler was called. */
  @State(Scope.Benchmark)
  public static class Following {

    /** Which Daybook appends: the one of the subscription, or another one on the same file. */
    @Param({"same", "other"})
    public String appender;

    private final TemporaryFile file = new TemporaryFile();
    private final BlockingQueue<Long> calls = new LinkedBlockingQueue<>();
    private Daybook daybook;
    private Daybook other;
    private Subscription subscription;
    private Journal<Moved> journal;
    private RecordedEvent<Moved> appended;

    @Setup(Level.Trial)
    public void start() throws Exception {
      Path path = file.make();
      daybook = Daybook.builder(path).synchronous(Synchronous.NORMAL).build();
      other = Daybook.builder(path).synchronous(Synchronous.NORMAL).build();
      journal = (appender.equals("same") ? daybook : other).journal(TYPES);
      subscription =
          daybook
              .subscriptions()
              .start(
                  Subscriber.of(
                          "following",
                          daybook.journal(TYPES),
                          AtLeastOnce.<Moved>each(event -> calls.put(event.position())))
                      .from(StartFrom.end()));
      if (!subscription.awaitState(SubscriptionState.LIVE, LONG)) {
        throw new IllegalStateException("not live");
      }
    }

    /** What is measured begins when this has returned. */
    @Setup(Level.Invocation)
    public void append() {
      // So that the subscription has come to a rest, and polling is at no moment in particular.
      LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(MOST_PAUSE_NANOS));
      appended = journal.append("parcel", ExpectedSeq.any(), new Moved(1, "somewhere on the way"));
    }

    @TearDown(Level.Trial)
    public void stop() throws IOException {
      subscription.close();
      daybook.close();
      other.close();
      file.remove();
    }
  }

  /** A journal that is read from its beginning. */
  @State(Scope.Benchmark)
  public static class Filled {
    private final TemporaryFile file = new TemporaryFile();
    private Daybook daybook;
    private int runs;

    @Setup(Level.Trial)
    public void fill() throws IOException {
      daybook = Daybook.builder(file.make()).synchronous(Synchronous.NORMAL).build();
      Journal<Moved> journal = daybook.journal(TYPES);
      for (int n = 0; n < EVENTS; n += AT_ONCE) {
        List<NewEvent<Moved>> events = new ArrayList<>();
        for (int i = 0; i < AT_ONCE; i++) {
          events.add(NewEvent.of(new Moved(n + i, "somewhere on the way")));
        }
        journal.append(Append.of("parcel-" + n, ExpectedSeq.any(), events));
      }
    }

    @TearDown(Level.Trial)
    public void remove() throws IOException {
      daybook.close();
      file.remove();
    }

    private <E> long handle(Journal<E> journal, Delivery<E> delivery, int partitions)
        throws InterruptedException {
      runs++;
      try (Subscription subscription =
          daybook
              .subscriptions()
              .start(Subscriber.of("run-" + runs, journal, delivery).partitions(partitions))) {
        if (!subscription.awaitPosition(EVENTS, LONG)) {
          throw new IllegalStateException("still at " + subscription.position());
        }
        return subscription.position();
      }
    }
  }

  /** From the return of the append until the handler's call is heard of. */
  @Benchmark
  @BenchmarkMode(Mode.SampleTime)
  @Warmup(iterations = 1, time = 4)
  @Measurement(iterations = 2, time = 8)
  public long untilTheHandlerIsCalled(Following state) throws InterruptedException {
    long position = state.calls.take();
    if (position != state.appended.position()) {
      throw new IllegalStateException("called for " + position);
    }
    return position;
  }

  @Benchmark
  @OperationsPerInvocation(EVENTS)
  public long plainRead(Filled state) {
    try (Stream<RecordedEvent<Moved>> events =
        state.daybook.journal(TYPES).stream(EventQuery.all())) {
      return events.mapToLong(RecordedEvent::position).sum();
    }
  }

  @Benchmark
  @OperationsPerInvocation(EVENTS)
  public long eachAtLeastOnce(Filled state) throws InterruptedException {
    return state.handle(state.daybook.journal(TYPES), AtLeastOnce.each(event -> {}), 1);
  }

  @Benchmark
  @OperationsPerInvocation(EVENTS)
  public long batchesAtLeastOnce(Filled state) throws InterruptedException {
    return state.handle(state.daybook.journal(TYPES), AtLeastOnce.inBatches(100, events -> {}), 1);
  }

  @Benchmark
  @OperationsPerInvocation(EVENTS)
  public long rawAtLeastOnce(Filled state) throws InterruptedException {
    return state.handle(state.daybook.rawJournal(), AtLeastOnce.each(event -> {}), 1);
  }

  @Benchmark
  @OperationsPerInvocation(EVENTS)
  public long eachOnFourPartitions(Filled state) throws InterruptedException {
    return state.handle(state.daybook.journal(TYPES), AtLeastOnce.each(event -> {}), 4);
  }

  @Benchmark
  @OperationsPerInvocation(EVENTS)
  public long eachExactlyOnce(Filled state) throws InterruptedException {
    return state.handle(
        state.daybook.journal(TYPES), ExactlyOnce.each((transaction, event) -> {}), 1);
  }
}
