package dev.daybook.benchmark;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * Several callers at once, until together they have done a number of things: who is quick does
 * more. What counts is the time that all of them take together. JMH's own threads won't do: it adds
 * up what each did in its own time, and a thread that waited for a lock during most of a round, and
 * then did one quick thing, would count as if it had been quick all along.
 */
final class Crowd implements Work, AutoCloseable {

  /** How many things are done at once, for each caller on average. */
  static final int EACH = 32;

  private final List<Caller> callers = new ArrayList<>();
  private final List<Work> works = new ArrayList<>();
  private final ExecutorService threads;

  Crowd(Side side, Scenario scenario, Dataset dataset) throws Exception {
    for (int n = 0; n < scenario.callers; n++) {
      Caller caller = side.caller();
      callers.add(caller);
      works.add(scenario.work(caller, dataset, "caller-" + n + "-"));
    }
    this.threads = Executors.newFixedThreadPool(scenario.callers);
  }

  @Override
  public long run(Consumer<Object> sink) throws Exception {
    int total = EACH * works.size();
    AtomicInteger taken = new AtomicInteger();
    List<Future<Integer>> done = new ArrayList<>();
    for (Work work : works) {
      done.add(threads.submit(() -> some(work, taken, total, sink)));
    }
    int sum = 0;
    for (Future<Integer> caller : done) {
      sum += caller.get();
    }
    return sum;
  }

  @Override
  public void close() throws Exception {
    threads.shutdownNow();
    for (Caller caller : callers) {
      caller.close();
    }
  }

  private static int some(Work work, AtomicInteger taken, int total, Consumer<Object> sink)
      throws Exception {
    int count = 0;
    while (taken.getAndIncrement() < total) {
      work.run(sink);
      count++;
    }
    return count;
  }
}
