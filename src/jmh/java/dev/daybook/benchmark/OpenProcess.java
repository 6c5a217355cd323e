package dev.daybook.benchmark;

import dev.daybook.settings.Synchronous;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A process that opens many stores, each of which has appended and read an event, and what that
 * costs. A single store works more: it holds many streams, and has loaded and appended to all of
 * them, so that what it keeps in memory is there.
 */
final class OpenProcess {

  private static final String TEMPLATE = "template";
  private static final UuidStreams STREAMS = new UuidStreams(20_000);
  private static final int APPENDS = 2_000;

  /** Threads and connections that are not needed any more are given up by then. */
  private static final long SETTLING_SECONDS = 10;

  private OpenProcess() {}

  /** What is counted, in bytes or as a number. */
  private record Figures(long heap, long resident, long threads, long descriptors) {

    static Figures now() throws IOException {
      for (int time = 0; time < 3; time++) {
        System.gc();
      }
      return new Figures(
          ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed(),
          1024 * status("VmRSS:"),
          status("Threads:"),
          openDescriptors());
    }

    private static long status(String name) throws IOException {
      return Files.readAllLines(Path.of("/proc/self/status")).stream()
          .filter(line -> line.startsWith(name))
          .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
          .findFirst()
          .orElseThrow();
    }

    private static long openDescriptors() throws IOException {
      try (Stream<Path> open = Files.list(Path.of("/proc/self/fd"))) {
        return open.count();
      }
    }
  }

  public static void main(String[] args) throws Exception {
    BenchmarkStore store = new SqliteStore(Path.of(args[0]));
    Turn turn = Turn.valueOf(args[1]);
    int number = Integer.parseInt(args[2]);
    List<AutoCloseable> open = new ArrayList<>();
    use(open(store, TEMPLATE, turn, open), open);
    close(open);
    for (int n = 0; n < number; n++) {
      store.copy(number == 1 ? fill(store, turn) : TEMPLATE, "store" + n);
    }
    warmUp(store, turn);
    Figures before = Figures.now();
    long begun = System.nanoTime();
    for (int n = 0; n < number; n++) {
      use(open(store, "store" + n, turn, open), open);
    }
    long opened = System.nanoTime() - begun;
    if (number == 1) {
      work((Caller) open.get(0));
    }
    TimeUnit.SECONDS.sleep(SETTLING_SECONDS);
    Figures after = Figures.now();
    System.out.println(
        Stream.of(
                after.heap() - before.heap(),
                after.resident() - before.resident(),
                after.threads() - before.threads(),
                after.descriptors() - before.descriptors(),
                opened,
                after.resident())
            .map(String::valueOf)
            .reduce("", (all, each) -> all + " " + each));
    close(open);
  }

  private static String fill(BenchmarkStore store, Turn turn) throws Exception {
    try (DaybookSide side = store.daybook(STREAMS.name(), Synchronous.NORMAL)) {
      STREAMS.fill(side.daybook());
    }
    if (turn != Turn.FREE) {
      return STREAMS.name();
    }
    store.fillFree(STREAMS);
    return STREAMS.freeName();
  }

  private static void work(Caller caller) throws Exception {
    for (String id : STREAMS.ids()) {
      caller.readDecoded(id, event -> {});
    }
    caller.replay(event -> {});
    UuidAppending appending = new UuidAppending(caller, STREAMS);
    for (int n = 0; n < APPENDS; n++) {
      appending.run(event -> {});
    }
  }

  /** So that what is loaded once for all stores is there before anything is counted. */
  private static void warmUp(BenchmarkStore store, Turn turn) throws Exception {
    List<AutoCloseable> open = new ArrayList<>();
    for (int time = 0; time < 20; time++) {
      use(open(store, TEMPLATE, turn, open), open);
      close(open);
    }
  }

  private static Side open(
      BenchmarkStore store, String database, Turn turn, List<AutoCloseable> open) throws Exception {
    Side side =
        turn == Turn.FREE
            ? store.free(database, Synchronous.FULL)
            : store.daybook(database, Synchronous.FULL);
    open.add(0, side);
    return side;
  }

  private static void use(Side side, List<AutoCloseable> open) throws Exception {
    Caller caller = side.caller();
    open.add(0, caller);
    String streamId = "used-" + System.nanoTime();
    caller.appendTyped(streamId, 0, Deposited.number(1));
    caller.readDecoded(streamId, event -> {});
  }

  /** The newest first: callers before their sides. */
  private static void close(List<AutoCloseable> open) throws Exception {
    for (AutoCloseable each : open) {
      each.close();
    }
    open.clear();
  }
}
