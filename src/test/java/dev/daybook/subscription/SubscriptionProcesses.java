package dev.daybook.subscription;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import dev.daybook.Daybook;
import dev.daybook.conformance.Await;
import dev.daybook.conformance.ConcurrentRendezvous;
import dev.daybook.conformance.ConcurrentRendezvous.Outcome;
import dev.daybook.conformance.JavaProcess;
import dev.daybook.conformance.ParcelEvent;
import dev.daybook.conformance.Scale;
import dev.daybook.journal.Append;
import dev.daybook.journal.EventQuery;
import dev.daybook.journal.ExpectedSeq;
import dev.daybook.journal.Journal;
import dev.daybook.journal.NewEvent;
import dev.daybook.journal.RecordedEvent;
import dev.daybook.settings.Synchronous;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.jooq.BatchBindStep;
import org.jooq.Configuration;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two processes append with some threads each, and now and then roll back, while three
 * subscriptions run in processes of their own; one of them begins when the first writer is done.
 * Each is killed four times, with a part of the scale once; and before each time, and at the end,
 * it is stopped and started again twice by itself: after as many more events as random numbers say.
 * That makes 42, or 15.
 */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
abstract class SubscriptionProcesses {

  private static final int WRITERS = 2;
  private static final int EVENTS = Scale.of(10_000, 100_000);
  private static final int STREAMS_PER_WRITER = 100;
  private static final int LARGEST_APPEND = 20;
  private static final int APPENDS_PER_ROLLBACK = 20;
  private static final int KILLS = Scale.of(1, 4);
  private static final int STOPS_PER_LIFE = 2;
  private static final int FEWEST_UNTIL_NEXT = 200;
  private static final int MOST_UNTIL_NEXT = Scale.of(2_000, 5_000);
  private static final String LATE = "each";
  private static final List<String> SUBSCRIPTIONS = List.of(LATE, "exactly", "partitioned");

  private static final Table<?> APPLIED = DSL.table(DSL.name("applied"));
  private static final Field<String> STREAM = DSL.field(DSL.name("stream"), SQLDataType.VARCHAR);
  private static final Field<Long> SEQ = DSL.field(DSL.name("seq"), SQLDataType.BIGINT);
  private static final Field<Long> NUMBER =
      DSL.field(DSL.name("number"), SQLDataType.BIGINT.identity(true));

  private final CountDownLatch oneIsDone = new CountDownLatch(1);
  @TempDir Path directory;

  void tryIn(String store, int threadsPerWriter) throws Exception {
    long seed = new Random().nextLong();
    try (Opened opened = Opened.of(store)) {
      opened
          .daybook()
          .transaction(
              tx ->
                  DSL.using(tx)
                      .createTable(APPLIED)
                      .columns(NUMBER, STREAM, SEQ)
                      .primaryKey(NUMBER)
                      .execute());
    }
    List<JavaProcess> writers = new ArrayList<>();
    ExecutorService threads = Executors.newFixedThreadPool(SUBSCRIPTIONS.size());
    try {
      for (int writer = 0; writer < WRITERS; writer++) {
        writers.add(
            JavaProcess.start(
                directory, "128m", Writing.class, store, "w" + writer, "" + threadsPerWriter));
      }
      List<Future<Boolean>> lives = new ArrayList<>();
      for (String name : SUBSCRIPTIONS) {
        Random random = new Random(seed + name.hashCode());
        lives.add(threads.submit(() -> runAndKill(store, name, random)));
      }
      for (JavaProcess writer : writers) {
        assertThat(writer.succeed()).contains("appended all");
        oneIsDone.countDown();
      }
      sayWhatIsLast(store);
      for (Future<Boolean> life : lives) {
        assertThat(life.get()).as("seed " + seed).isTrue();
      }
      Map<String, Long> expected = lengths(store);
      assertThat(expected.values().stream().mapToLong(Long::longValue).sum())
          .isEqualTo((long) eventsPerThread(threadsPerWriter) * threadsPerWriter * WRITERS);
      assertThat(appliedInOrder(store)).as("exactly, seed " + seed).isEqualTo(expected);
      assertThat(recorded("each")).as("each, seed " + seed).isEqualTo(expected);
      assertThat(recorded("partitioned")).as("partitioned, seed " + seed).isEqualTo(expected);
    } finally {
      threads.shutdownNow();
      writers.forEach(JavaProcess::close);
      Await.until(threads::isTerminated);
    }
  }

  private static int eventsPerThread(int threadsPerWriter) {
    return (EVENTS - 1) / (WRITERS * threadsPerWriter) + 1;
  }

  private Path last() {
    return directory.resolve("last");
  }

  /** Where the subscriptions are done, in a file that is there as a whole or not at all. */
  private void sayWhatIsLast(String store) throws IOException {
    Path part = directory.resolve("last.part");
    try (Opened opened = Opened.of(store)) {
      Files.writeString(part, "" + opened.daybook().rawJournal().latestPosition());
    }
    Files.move(part, last());
  }

  /** Lets a subscription run to the end, with all its kills and restarts on the way. */
  private boolean runAndKill(String store, String name, Random random) throws Exception {
    if (name.equals(LATE)) {
      oneIsDone.await();
    }
    for (int life = 0; life <= KILLS; life++) {
      List<String> args =
          new ArrayList<>(List.of(store, name, given(name, life, "") + "", last() + ""));
      for (int stop = 0; stop < STOPS_PER_LIFE; stop++) {
        args.add("" + next(random));
      }
      try (JavaProcess process =
          JavaProcess.start(directory, "128m", Subscribing.class, args.toArray(String[]::new))) {
        if (life == KILLS) {
          assertThat(process.succeed()).contains("handled all");
        } else {
          awaitHandled(process, given(name, life, STOPS_PER_LIFE), next(random));
          process.kill();
        }
      }
    }
    return true;
  }

  private Path given(String name, int life, Object part) {
    return directory.resolve(name + "-" + life + "-" + part);
  }

  private static int next(Random random) {
    return random.nextInt(FEWEST_UNTIL_NEXT, MOST_UNTIL_NEXT);
  }

  private static void awaitHandled(JavaProcess process, Path record, int events) {
    File file = record.toFile();
    long bytes = (long) events * Given.LINE;
    Await.until(() -> file.length() >= bytes || !process.isRunning(), file::length);
    assertThat(process.isRunning()).as(process.printed()).isTrue();
  }

  private static Map<String, Long> lengths(String store) {
    Map<String, Long> lengths = new HashMap<>();
    try (Opened opened = Opened.of(store);
        Stream<String> ids = opened.daybook().rawJournal().streamIds("")) {
      ids.forEach(id -> lengths.put(id, opened.daybook().rawJournal().highestSeq(id)));
    }
    return lengths;
  }

  /** How far each stream was applied, where each event must be the next of its stream. */
  private static Map<String, Long> appliedInOrder(String store) {
    Map<String, Long> last = new HashMap<>();
    try (Opened opened = Opened.of(store)) {
      opened
          .daybook()
          .transaction(
              tx ->
                  DSL.using(tx)
                      .select(STREAM, SEQ)
                      .from(APPLIED)
                      .orderBy(NUMBER)
                      .forEach(
                          row -> {
                            Long before = last.put(row.get(STREAM), row.get(SEQ));
                            assertThat(row.get(SEQ))
                                .as("applied of %s", row.get(STREAM))
                                .isEqualTo(before == null ? 1 : before + 1);
                          }));
    }
    return last;
  }

  /**
   * How far each stream was handled: in each run each event is the next of its stream, and the
   * first one is at most the next that was never seen before.
   */
  private Map<String, Long> recorded(String name) throws IOException {
    Map<String, Long> seen = new HashMap<>();
    for (int life = 0; life <= KILLS; life++) {
      for (int part = 0; part <= STOPS_PER_LIFE; part++) {
        Path record = given(name, life, part);
        Set<String> streams = new HashSet<>();
        Map<String, Long> last = new HashMap<>();
        for (String line : wholeLines(record)) {
          String stream = line.substring(0, line.indexOf(' '));
          long seq = Long.parseLong(line.substring(line.indexOf(' ') + 1));
          long never = seen.getOrDefault(stream, 0L) + 1;
          if (streams.add(stream)) {
            assertThat(seq).as("%s: first of %s", record, stream).isBetween(1L, never);
          } else {
            assertThat(seq)
                .as("%s: next of %s", record, stream)
                .isEqualTo(last.getOrDefault(stream, 0L) + 1);
          }
          last.put(stream, seq);
          seen.merge(stream, seq, Math::max);
        }
      }
    }
    return seen;
  }

  private static List<String> wholeLines(Path record) throws IOException {
    String text = Files.readString(record);
    return text.substring(0, text.lastIndexOf('\n') + 1).lines().toList();
  }

  /** A Daybook in a file, or on a server with as many connections as there may be threads. */
  private record Opened(Daybook daybook, AutoCloseable pool) implements AutoCloseable {

    private static final int MOST_CONNECTIONS = 40;

    static Opened of(String store) {
      return store.startsWith("jdbc:") ? onServer(store) : inFile(Path.of(store));
    }

    private static Opened inFile(Path file) {
      Daybook daybook =
          Daybook.builder(file)
              .synchronous(Synchronous.NORMAL)
              .busyTimeout(Duration.ofMinutes(1))
              .build();
      return new Opened(daybook, () -> {});
    }

    private static Opened onServer(String url) {
      HikariDataSource pool = new HikariDataSource();
      pool.setJdbcUrl(url);
      pool.setMaximumPoolSize(MOST_CONNECTIONS);
      pool.setMinimumIdle(0);
      return new Opened(Daybook.builder(pool).build(), pool);
    }

    @Override
    public void close() {
      daybook.close();
      try {
        pool.close();
      } catch (Exception e) {
        throw new IllegalStateException(e);
      }
    }
  }

  /** Appends from several threads, each to streams of its own, some events at once. */
  static final class Writing {

    private static final class RollBack extends RuntimeException {
      private static final long serialVersionUID = 1;
    }

    private Writing() {}

    public static void main(String[] args) {
      int threads = Integer.parseInt(args[2]);
      try (Opened opened = Opened.of(args[0])) {
        List<Outcome<Integer>> outcomes =
            ConcurrentRendezvous.collide(
                threads, thread -> () -> append(opened.daybook(), args[1], thread, threads));
        outcomes.forEach(Outcome::orThrow);
      }
      System.out.println("appended all");
    }

    private static int append(Daybook daybook, String writer, int thread, int threads) {
      Journal<ParcelEvent> journal = daybook.journal(ParcelEvent.class);
      Random random = new Random(thread);
      int left = eventsPerThread(threads);
      while (left > 0) {
        int count = Math.min(left, 1 + random.nextInt(LARGEST_APPEND));
        int stream = random.nextInt(STREAMS_PER_WRITER / threads);
        String id = "%s-%02d-%02d".formatted(writer, thread, stream);
        List<NewEvent<ParcelEvent>> events = new ArrayList<>();
        for (int i = 0; i < count; i++) {
          events.add(NewEvent.of(ParcelEvent.moved(left - i)));
        }
        Append<ParcelEvent> append = Append.of(id, ExpectedSeq.any(), events);
        if (random.nextInt(APPENDS_PER_ROLLBACK) == 0) {
          rollBack(daybook, journal, append);
        }
        left -= journal.append(append).size();
      }
      return thread;
    }

    private static void rollBack(
        Daybook daybook, Journal<ParcelEvent> journal, Append<ParcelEvent> append) {
      try {
        daybook.transaction(
            tx -> {
              journal.within(tx).append(append);
              throw new RollBack();
            });
      } catch (RollBack e) {
        // As if it had never been.
      }
    }
  }

  /**
   * Runs one of the subscriptions until it was stopped some times and then has handled everything.
   */
  static final class Subscribing {
    private Subscribing() {}

    public static void main(String[] args) throws Exception {
      String name = args[1];
      try (Opened opened = Opened.of(args[0])) {
        Daybook daybook = opened.daybook();
        for (int stop = 0; stop < STOPS_PER_LIFE; stop++) {
          try (Given record = new Given(Path.of(args[2] + stop));
              Subscription stopped = start(daybook, name, record)) {
            record.awaitHandled(Long.parseLong(args[4 + stop]), stopped);
          }
        }
        try (Given record = new Given(Path.of(args[2] + STOPS_PER_LIFE));
            Subscription last = start(daybook, name, record)) {
          if (!last.awaitPosition(
              awaitLast(Path.of(args[3]), daybook.rawJournal()::latestPosition), Await.PATIENCE)) {
            throw new IllegalStateException("still at " + last.position());
          }
        }
      }
      System.out.println("handled all");
    }

    private static long awaitLast(Path file, LongSupplier written) throws IOException {
      Await.until(() -> Files.exists(file), written);
      return Long.parseLong(Files.readString(file));
    }

    private static Subscription start(Daybook daybook, String name, Given record) {
      Journal<ParcelEvent> journal = daybook.journal(ParcelEvent.class);
      Delivery<ParcelEvent> delivery =
          switch (name) {
            case "each" -> AtLeastOnce.inBatches(20, record::add);
            case "exactly" -> ExactlyOnce.inBatches(100, (tx, events) -> apply(tx, events, record));
            case "partitioned" -> AtLeastOnce.each(event -> record.add(List.of(event)));
            default -> throw new IllegalArgumentException(name);
          };
      return daybook
          .subscriptions()
          .start(
              Subscriber.of(name, journal, delivery)
                  .select(EventQuery.all())
                  .partitions(name.equals("partitioned") ? 4 : 1)
                  .lease(Duration.ofMillis(500)));
    }

    private static void apply(
        Configuration transaction, List<RecordedEvent<ParcelEvent>> events, Given record)
        throws IOException {
      DSLContext dsl = DSL.using(transaction);
      BatchBindStep batch = dsl.batch(dsl.insertInto(APPLIED, STREAM, SEQ).values("", 0L));
      for (RecordedEvent<ParcelEvent> event : events) {
        batch = batch.bind(event.streamId(), event.seq());
      }
      batch.execute();
      record.add(events);
    }
  }

  /** What one run was given, a line for each event, in a file that outlives the process. */
  static final class Given implements AutoCloseable {

    /** How long a line is. */
    static final int LINE = "w0-00-00 000001\n".length();

    private final OutputStream file;
    private final AtomicLong handled = new AtomicLong();

    Given(Path file) throws IOException {
      this.file = Files.newOutputStream(file);
    }

    synchronized void add(List<RecordedEvent<ParcelEvent>> events) throws IOException {
      StringBuilder lines = new StringBuilder();
      for (RecordedEvent<ParcelEvent> event : events) {
        lines.append("%s %06d\n".formatted(event.streamId(), event.seq()));
      }
      file.write(lines.toString().getBytes(StandardCharsets.UTF_8));
      handled.addAndGet(events.size());
    }

    void awaitHandled(long events, Subscription subscription) {
      Await.until(
          () -> handled.get() >= events || subscription.state() == SubscriptionState.FAILED,
          handled::get);
      if (subscription.state() == SubscriptionState.FAILED) {
        throw new IllegalStateException("failed after " + handled);
      }
    }

    @Override
    public void close() throws IOException {
      file.close();
    }
  }
}
