package dev.daybook.subscription;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daybook.Daybook;
import dev.daybook.conformance.JavaProcess;
import dev.daybook.conformance.Scale;
import dev.daybook.fixture.SeededJournal;
import dev.daybook.journal.EncodedEvent;
import dev.daybook.journal.EventQuery;
import dev.daybook.journal.ExpectedSeq;
import dev.daybook.journal.NewEvent;
import dev.daybook.journal.RecordedEvent;
import dev.daybook.settings.Synchronous;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Subscriptions to more than fits into their memory. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class SubscriptionScaleTest {

  private static final int EVENTS_PER_STREAM = 100;
  private static final int STREAMS = Scale.ROWS / EVENTS_PER_STREAM;
  private static final int TAGGED_EVERY = 4;
  private static final int LARGE_EVENTS = Scale.of(300, 500);
  private static final int LARGE_BYTES = 300_000;
  private static final Duration LONG = Duration.ofMinutes(4);

  @TempDir private Path directory;

  @Test
  void many_events_are_handled_with_a_small_heap() throws Exception {
    Path file = directory.resolve("large.db");
    run("512m", Seeding.class, file, "seeded");

    run(Scale.HEAP, HandlingAll.class, file, "handled " + Scale.ROWS);
    run(Scale.HEAP, HandlingTagged.class, file, "handled " + Scale.ROWS / TAGGED_EVERY);
  }

  @Test
  void large_events_do_not_pile_up_in_front_of_slow_partitions() throws Exception {
    Path file = directory.resolve("heavy.db");
    run("512m", SeedingLarge.class, file, "seeded");

    run("64m", HandlingLarge.class, file, "handled " + LARGE_EVENTS);
  }

  private void run(String heap, Class<?> main, Path file, String expected) throws Exception {
    try (JavaProcess process = JavaProcess.start(directory, heap, main, file.toString())) {
      String printed = process.succeed();
      assertThat(printed).contains(expected);
      System.out.print(printed);
    }
  }

  private static Daybook open(String file) {
    return Daybook.builder(Path.of(file)).synchronous(Synchronous.NORMAL).build();
  }

  /** Runs a subscription to the end, whose handler counts. */
  private static void handle(Daybook daybook, Subscriber<EncodedEvent> subscriber, AtomicLong count)
      throws InterruptedException {
    long start = System.nanoTime();
    try (Subscription subscription = daybook.subscriptions().start(subscriber)) {
      if (!subscription.awaitPosition(daybook.rawJournal().latestPosition(), LONG)) {
        throw new IllegalStateException("still at " + subscription.position());
      }
    }
    System.out.printf(
        "%s: handled %d in %.1f s%n",
        subscriber.name(), count.get(), (System.nanoTime() - start) / 1e9);
  }

  /** Events, of which every fourth has a tag. */
  static final class Seeding {
    private Seeding() {}

    public static void main(String[] args) {
      try (Daybook daybook = open(args[0])) {
        SeededJournal.fill(
            daybook, STREAMS, EVENTS_PER_STREAM, stream -> "s" + stream, Seeding::event);
      }
      System.out.println("seeded");
    }

    private static NewEvent<EncodedEvent> event(int n) {
      NewEvent<EncodedEvent> event =
          NewEvent.of(
              EncodedEvent.json("counted", "{\"n\":" + n + ",\"text\":\"some more text\"}"));
      return n % TAGGED_EVERY == 0 ? event.tagged("fourth") : event;
    }
  }

  /** Handles all, each of which must be the next. */
  static final class HandlingAll {
    private HandlingAll() {}

    public static void main(String[] args) throws Exception {
      AtomicLong count = new AtomicLong();
      try (Daybook daybook = open(args[0])) {
        handle(
            daybook,
            Subscriber.of(
                "all",
                daybook.rawJournal(),
                AtLeastOnce.each(event -> requireNext(event, count.incrementAndGet()))),
            count);
      }
    }

    private static void requireNext(RecordedEvent<EncodedEvent> event, long position) {
      if (event.position() != position) {
        throw new IllegalStateException(event + " instead of " + position);
      }
    }
  }

  /** Handles those that have the tag. */
  static final class HandlingTagged {
    private HandlingTagged() {}

    public static void main(String[] args) throws Exception {
      AtomicLong count = new AtomicLong();
      try (Daybook daybook = open(args[0])) {
        handle(
            daybook,
            Subscriber.of(
                    "tagged",
                    daybook.rawJournal(),
                    AtLeastOnce.<EncodedEvent>each(
                        event ->
                            HandlingAll.requireNext(
                                event, TAGGED_EVERY * count.getAndIncrement() + 1)))
                .select(EventQuery.all().taggedAllOf("fourth")),
            count);
      }
    }
  }

  /** Events that are more than twice the memory together. */
  static final class SeedingLarge {
    private SeedingLarge() {}

    public static void main(String[] args) {
      String payload = "\"" + "x".repeat(LARGE_BYTES) + "\"";
      try (Daybook daybook = open(args[0])) {
        for (int n = 0; n < LARGE_EVENTS; n++) {
          daybook
              .rawJournal()
              .append("s" + n % 20, ExpectedSeq.any(), EncodedEvent.json("large", payload));
        }
      }
      System.out.println("seeded");
    }
  }

  /** Handles events on several threads, slower than they are read. */
  static final class HandlingLarge {
    private HandlingLarge() {}

    public static void main(String[] args) throws Exception {
      AtomicLong count = new AtomicLong();
      try (Daybook daybook = open(args[0])) {
        handle(
            daybook,
            Subscriber.of(
                    "large",
                    daybook.rawJournal(),
                    AtLeastOnce.<EncodedEvent>each(
                        event -> {
                          LockSupport.parkNanos(5_000_000);
                          count.incrementAndGet();
                        }))
                .partitions(4),
            count);
      }
    }
  }
}
