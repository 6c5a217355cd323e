package dev.daybook.benchmark;

import dev.daybook.settings.Synchronous;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * A process in which appends are due at a constant rate, and how long each takes from the moment
 * when it was due: one that has to wait for others before it takes as long as its caller waits.
 * Several callers take what is due next, each to streams of its own. A side that can't keep the
 * pace is stopped after twice the time; what it has not done by then counts as done then.
 */
final class Pace {

  private static final int CALLERS = 16;
  private static final int WARM_UP_SECONDS = 3;
  private static final UuidStreams STREAMS = new UuidStreams(20_000);

  /** A thread that is woken comes late; it wakes this much too early and then turns in a loop. */
  private static final long SPUN_NANOS = TimeUnit.MICROSECONDS.toNanos(150);

  private Pace() {}

  /** Fills a database: {@code kind home name}; or measures: {@link #measure}. */
  public static void main(String[] args) throws Exception {
    BenchmarkStore store = StoreKind.valueOf(args[0]).in(args[1]);
    if (args.length == 4) {
      fill(store, args[2], Turn.valueOf(args[3]));
      return;
    }
    Turn turn = Turn.valueOf(args[3]);
    Synchronous durability = Synchronous.valueOf(args[4]);
    int rate = Integer.parseInt(args[5]);
    int seconds = Integer.parseInt(args[6]);
    String copy = "paced_" + args[2];
    store.copy(args[2], copy);
    try (Side side = side(store, copy, turn, durability)) {
      long[] nanos = measure(side, rate, seconds);
      System.out.printf(
          "%d %d %d %d%n",
          percentile(nanos, 0.5),
          percentile(nanos, 0.99),
          percentile(nanos, 0.999),
          nanos[nanos.length - 1]);
    } finally {
      store.delete(copy);
    }
  }

  private static void fill(BenchmarkStore store, String database, Turn turn) throws Exception {
    try (DaybookSide side = store.daybook(database, Synchronous.NORMAL)) {
      STREAMS.fill(side.daybook());
      if (turn == Turn.FREE) {
        try (var free = store.free("free_" + database, Synchronous.NORMAL)) {
          free.fill(side.daybook(), STREAMS.snapshots());
        }
      }
    }
    store.settle(database);
  }

  private static Side side(BenchmarkStore store, String database, Turn turn, Synchronous durability)
      throws Exception {
    return switch (turn) {
      case OURS -> store.daybook(database, durability);
      case REFERENCE -> store.reference(database, durability);
      case FREE -> store.free(database, durability);
    };
  }

  /** What each append took, the shortest first, without those that warmed up. */
  private static long[] measure(Side side, int rate, int seconds) throws Exception {
    int warmUps = WARM_UP_SECONDS * rate;
    long[] nanos = new long[warmUps + seconds * rate];
    AtomicInteger next = new AtomicInteger();
    List<Caller> callers = new ArrayList<>();
    List<Work> works = new ArrayList<>();
    List<String> ids = STREAMS.ids();
    for (int n = 0; n < CALLERS; n++) {
      Caller caller = side.caller();
      callers.add(caller);
      works.add(new UuidAppending(caller, ids, n, CALLERS));
    }
    ExecutorService threads = Executors.newFixedThreadPool(CALLERS);
    try {
      long start = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(100);
      long end = start + 2 * TimeUnit.SECONDS.toNanos(WARM_UP_SECONDS + seconds);
      List<Future<?>> done = new ArrayList<>();
      for (Work work : works) {
        done.add(threads.submit(() -> appendWhenDue(work, next, start, end, rate, nanos)));
      }
      for (Future<?> each : done) {
        each.get();
      }
      for (int n = 0; n < nanos.length; n++) {
        if (nanos[n] == 0) {
          nanos[n] = end - due(start, n, rate);
        }
      }
    } finally {
      threads.shutdownNow();
      for (Caller caller : callers) {
        caller.close();
      }
    }
    long[] measured = Arrays.copyOfRange(nanos, warmUps, nanos.length);
    Arrays.sort(measured);
    return measured;
  }

  private static Object appendWhenDue(
      Work work, AtomicInteger next, long start, long end, int rate, long[] nanos)
      throws Exception {
    for (int n = next.getAndIncrement();
        n < nanos.length && System.nanoTime() < end;
        n = next.getAndIncrement()) {
      long due = due(start, n, rate);
      for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
        if (left > SPUN_NANOS) {
          LockSupport.parkNanos(left - SPUN_NANOS);
        } else {
          Thread.onSpinWait();
        }
      }
      work.run(row -> {});
      nanos[n] = System.nanoTime() - due;
    }
    return nanos;
  }

  private static long due(long start, int n, int rate) {
    return start + n * TimeUnit.SECONDS.toNanos(1) / rate;
  }

  private static long percentile(long[] sorted, double part) {
    return sorted[(int) Math.min(sorted.length - 1L, Math.round(part * sorted.length))];
  }
}
