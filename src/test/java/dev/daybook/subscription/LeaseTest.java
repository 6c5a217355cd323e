package dev.daybook.subscription;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daybook.Daybook;
import dev.daybook.conformance.Await;
import dev.daybook.conformance.JavaProcess;
import dev.daybook.conformance.ParcelEvent;
import dev.daybook.journal.Append;
import dev.daybook.journal.ExpectedSeq;
import dev.daybook.journal.Journal;
import dev.daybook.journal.NewEvent;
import dev.daybook.journal.RecordedEvent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.LongStream;
import org.jooq.Configuration;
import org.jooq.Field;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two processes with a subscription of one name. The one that has the lease is stopped by a signal
 * for longer than that, and goes on when the other one has done its work.
 */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class LeaseTest {

  private static final int EVENTS = 30;
  private static final int MORE = 10;
  private static final int PAUSED_AT = 13;
  private static final Duration LEASE = Duration.ofSeconds(2);
  private static final String NAME = "leased";

  private static final Table<?> APPLIED = DSL.table(DSL.name("applied"));
  private static final Field<String> BY = DSL.field(DSL.name("by"), SQLDataType.VARCHAR);
  private static final Field<Long> SEQ = DSL.field(DSL.name("seq"), SQLDataType.BIGINT);

  @TempDir private Path directory;
  private Path file;
  private Path go;
  private Daybook daybook;
  private long last;

  @BeforeEach
  void fill() {
    file = directory.resolve("leased.db");
    go = directory.resolve("go");
    daybook = Daybook.open(file);
    daybook.transaction(tx -> DSL.using(tx).createTable(APPLIED).columns(BY, SEQ).execute());
    append(EVENTS);
  }

  @AfterEach
  void close() {
    daybook.close();
  }

  @Test
  void one_that_is_paused_between_transactions_applies_nothing_when_it_wakes_up() throws Exception {
    try (JavaProcess paused = start(PausedBeforeTransaction.class, "paused")) {
      Await.until(() -> paused.printed().contains("here"));
      List<Long> before = applied("paused");
      assertThat(before).isEqualTo(LongStream.rangeClosed(1, PAUSED_AT - 1).boxed().toList());
      paused.signal("STOP");
      try (JavaProcess other = start(Applying.class, "other")) {
        Await.until(() -> position() == last);
        Files.createFile(go);
        paused.signal("CONT");
        Await.until(() -> paused.printed().contains("STANDBY"));
        assertThat(paused.printed()).contains("was moved, or taken over");

        append(MORE);
        Await.until(() -> position() == last);
        other.kill();
      }
      // Whoever stood by takes over again, and goes on where the other one was.
      append(MORE);
      Await.until(() -> position() == last);
      assertThat(applied("paused"))
          .startsWith(before.toArray(Long[]::new))
          .hasSize(before.size() + MORE);
    }
    assertThat(appliedByAll()).isEqualTo(all());
  }

  @Test
  void one_that_is_paused_in_its_handler_can_not_save_when_it_wakes_up() throws Exception {
    try (JavaProcess paused = start(PausedInHandler.class, "paused")) {
      Await.until(() -> paused.printed().contains("here"));
      paused.signal("STOP");
      try (JavaProcess other = start(Handling.class, "other")) {
        Await.until(() -> position() == last);
        String owner = owner();
        Files.createFile(go);
        paused.signal("CONT");
        Await.until(() -> paused.printed().contains("STANDBY"));
        assertThat(paused.printed()).contains("was moved, or taken over");
        assertThat(position()).isEqualTo(last);
        assertThat(owner()).isEqualTo(owner);

        append(MORE);
        Await.until(() -> position() == last);
        assertThat(owner()).isEqualTo(owner);
        assertThat(handled(other)).endsWith(all().toArray(Long[]::new)[all().size() - 1]);
      }
      assertThat(handled(paused)).isEqualTo(LongStream.rangeClosed(1, PAUSED_AT).boxed().toList());
    }
  }

  @Test
  void one_that_is_paused_from_another_process_stands_still_until_it_is_resumed() throws Exception {
    try (JavaProcess paused = start(PausedByName.class, "paused")) {
      Await.until(() -> position() == last);
      daybook.subscriptions().pause(NAME);
      Await.until(() -> paused.printed().contains("PAUSED"));
      List<Long> before = handled(paused);
      append(MORE);
      Files.createFile(go);
      Await.until(() -> paused.printed().contains("witnessed"));
      assertThat(handled(paused)).isEqualTo(before);
      daybook.subscriptions().resume(NAME);
      Await.until(() -> position() == last);
      assertThat(handled(paused)).isEqualTo(all());
      String owner = owner();
      assertThat(daybook.subscriptions().release(NAME)).isTrue();
      append(MORE);
      Await.until(() -> position() == last);
      assertThat(owner()).isEqualTo(owner);
    }
  }

  private JavaProcess start(Class<?> main, String name) throws Exception {
    return JavaProcess.start(directory, "128m", main, file + "", name, go + "");
  }

  private void append(int events) {
    List<NewEvent<ParcelEvent>> moves =
        Collections.nCopies(events, NewEvent.of(ParcelEvent.moved(1)));
    List<RecordedEvent<ParcelEvent>> appended =
        daybook.journal(ParcelEvent.class).append(Append.of("a", ExpectedSeq.any(), moves));
    last = appended.get(events - 1).position();
  }

  private long position() {
    return daybook.subscriptions().find(NAME).map(SubscriptionInfo::position).orElse(0L);
  }

  private String owner() {
    return daybook.subscriptions().find(NAME).flatMap(SubscriptionInfo::owner).orElseThrow();
  }

  private List<Long> applied(String by) {
    return daybook.transactionResult(
        tx -> DSL.using(tx).select(SEQ).from(APPLIED).where(BY.eq(by)).orderBy(SEQ).fetch(SEQ));
  }

  private List<Long> appliedByAll() {
    return daybook.transactionResult(
        tx -> DSL.using(tx).select(SEQ).from(APPLIED).orderBy(SEQ).fetch(SEQ));
  }

  private static List<Long> handled(JavaProcess process) {
    return process
        .printed()
        .lines()
        .filter(line -> line.startsWith("handled "))
        .map(line -> Long.valueOf(line.substring("handled ".length())))
        .toList();
  }

  private List<Long> all() {
    return LongStream.rangeClosed(1, daybook.rawJournal().highestSeq("a")).boxed().toList();
  }

  private static void hold(Path go) {
    System.out.println("here");
    while (!Files.exists(go)) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
    }
  }

  /** Runs a subscription, and prints when it stands by after it has worked. */
  private static void run(Daybook daybook, Delivery<ParcelEvent> delivery) throws Exception {
    Journal<ParcelEvent> journal = daybook.journal(ParcelEvent.class);
    try (Subscription subscription =
        daybook.subscriptions().start(Subscriber.of(NAME, journal, delivery).lease(LEASE))) {
      if (!subscription.awaitState(SubscriptionState.CATCHING_UP, Await.PATIENCE)
          || !subscription.awaitState(SubscriptionState.STANDBY, Duration.ofMinutes(5))) {
        throw new IllegalStateException("it was never taken over");
      }
      System.out.println("STANDBY");
      subscription.done().toCompletableFuture().join();
    }
  }

  private static ExactlyOnce<ParcelEvent> applying(String by) {
    return ExactlyOnce.inBatches(1, (tx, events) -> apply(tx, by, events.get(0).seq()));
  }

  private static void apply(Configuration transaction, String by, long seq) {
    DSL.using(transaction).insertInto(APPLIED, BY, SEQ).values(by, seq).execute();
  }

  /** Applies in transactions. */
  static final class Applying {
    private Applying() {}

    public static void main(String[] args) throws Exception {
      try (Daybook daybook = Daybook.open(Path.of(args[0]))) {
        run(daybook, applying(args[1]));
      }
    }
  }

  /** Applies in transactions, and stays for a while in front of one. */
  static final class PausedBeforeTransaction {
    private PausedBeforeTransaction() {}

    public static void main(String[] args) throws Exception {
      AtomicInteger transactions = new AtomicInteger();
      Path go = Path.of(args[2]);
      try (Daybook daybook =
          Daybook.builder(Path.of(args[0]))
              .sqlListener(
                  sql -> {
                    boolean begins =
                        Thread.currentThread().getName().equals("daybook-" + NAME)
                            && sql.startsWith("begin");
                    // The first one takes the lease.
                    if (begins && transactions.getAndIncrement() == PAUSED_AT) {
                      hold(go);
                    }
                  })
              .build()) {
        run(daybook, applying(args[1]));
      }
    }
  }

  /** Handles at least once. */
  static final class Handling {
    private Handling() {}

    public static void main(String[] args) throws Exception {
      try (Daybook daybook = Daybook.open(Path.of(args[0]))) {
        run(daybook, AtLeastOnce.each(event -> System.out.println("handled " + event.seq())));
      }
    }
  }

  /** Handles at least once, and says when it is paused, and what another sees meanwhile. */
  static final class PausedByName {
    private PausedByName() {}

    public static void main(String[] args) throws Exception {
      try (Daybook daybook = Daybook.open(Path.of(args[0]))) {
        Journal<ParcelEvent> journal = daybook.journal(ParcelEvent.class);
        AtLeastOnce<ParcelEvent> printing =
            AtLeastOnce.each(event -> System.out.println("handled " + event.seq()));
        try (Subscription subscription =
            daybook.subscriptions().start(Subscriber.of(NAME, journal, printing).lease(LEASE))) {
          if (!subscription.awaitState(SubscriptionState.PAUSED, Await.PATIENCE)) {
            throw new IllegalStateException("it was never paused");
          }
          System.out.println("PAUSED");
          hold(Path.of(args[2]));
          AtLeastOnce<ParcelEvent> nothing = AtLeastOnce.each(event -> {});
          try (Subscription witness =
              daybook.subscriptions().start(Subscriber.of("witness", journal, nothing))) {
            if (!witness.awaitPosition(journal.latestPosition(), Await.PATIENCE)) {
              throw new IllegalStateException("it does not come to the end");
            }
          }
          System.out.println("witnessed");
          subscription.done().toCompletableFuture().join();
        }
      }
    }
  }

  /** Handles at least once, and stays for a while in the handler. */
  static final class PausedInHandler {
    private PausedInHandler() {}

    public static void main(String[] args) throws Exception {
      Path go = Path.of(args[2]);
      try (Daybook daybook = Daybook.open(Path.of(args[0]))) {
        run(
            daybook,
            AtLeastOnce.each(
                event -> {
                  System.out.println("handled " + event.seq());
                  if (event.seq() == PAUSED_AT) {
                    hold(go);
                  }
                }));
      }
    }
  }
}
