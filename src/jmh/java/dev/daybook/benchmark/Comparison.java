package dev.daybook.benchmark;

import dev.daybook.settings.Synchronous;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.infra.Blackhole;
import org.openjdk.jmh.infra.IterationParams;
import org.openjdk.jmh.runner.IterationType;

/**
 * All sides of one scenario in one process, by turns: each iteration of JMH is a round of one side,
 * and {@link Turn} says whose. JMH itself would run all rounds of one side and then, minutes later
 * and in another process, all of the other's; whatever else the machine does meanwhile would stand
 * in the ratio. Here rounds that are compared lie within seconds of each other, share one heap, one
 * disk and one state of the machine, and a ratio is taken of each such set of rounds.
 *
 * <p>JMH does the rest: processes of their own for each scenario, warm-up (of all sides), the
 * measured loop, the sink that keeps results alive, and the profilers, whose figures come per round
 * too. The price is that all sides are compiled with one profile of the shared driver and
 * libraries. All are called at the same place, which costs each of them the same. Several callers
 * are a {@link Crowd} of our own.
 *
 * <p>A side that writes has a database of its own, a copy of the same dataset (the free reference
 * one that it has filled with the same events); rounds last as long as each other, so the faster
 * side works on a database that has grown a little more.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
public class Comparison {

  private static final String OURS = "ours";
  private static final String REFERENCE = "reference";
  private static final String FREE = "free";

  /** Who takes part: all, or for a profile only one. */
  public enum Who {
    ALL,
    OURS,
    REFERENCE,
    FREE;

    Turn turn(int round, Scenario scenario) {
      return switch (this) {
        case ALL -> Turn.of(round, scenario.isFree() ? 3 : 2);
        case OURS -> Turn.OURS;
        case REFERENCE -> Turn.REFERENCE;
        case FREE -> Turn.FREE;
      };
    }
  }

  @Param public Scenario scenario;

  @Param("SQLITE")
  public StoreKind store;

  @Param("")
  public String home;

  @Param public Synchronous durability;

  @Param("1")
  public int size;

  @Param("ALL")
  public Who who;

  private BenchmarkStore databases;
  private Dataset dataset;
  private Data data;
  private final Map<Turn, Work> works = new EnumMap<>(Turn.class);
  private Work now;
  private final List<AutoCloseable> toClose = new ArrayList<>();
  private IterationType type;
  private int round;

  /** Opens all sides and makes sure that their answers are the same. */
  @Setup(Level.Trial)
  public void open() throws Exception {
    databases = store.in(home);
    dataset = new Dataset(size);
    data = scenario.data(dataset);
    open(Turn.OURS, databases.daybook(database(data.name(), OURS), durability));
    open(Turn.REFERENCE, databases.reference(database(data.name(), REFERENCE), durability));
    if (scenario.isFree()) {
      open(Turn.FREE, databases.free(database(data.freeName(), FREE), durability));
    }
    requireSameAnswers();
  }

  /** Rounds are counted anew when the warm-up is over. */
  @Setup(Level.Iteration)
  public void take(IterationParams params) {
    if (params.getType() != type) {
      type = params.getType();
      round = 0;
    }
    now = works.get(who.turn(round, scenario));
    round++;
  }

  @TearDown(Level.Trial)
  public void close() throws Exception {
    for (AutoCloseable each : toClose) {
      each.close();
    }
    if (scenario.writes) {
      databases.delete(OURS);
      databases.delete(REFERENCE);
      databases.delete(FREE);
    }
  }

  /** Does the scenario's work once, for the side whose round it is. */
  @Benchmark
  public long round(Blackhole sink) throws Exception {
    return now.run(sink::consume);
  }

  private String database(String filled, String side) throws Exception {
    if (!scenario.writes) {
      return filled;
    }
    databases.copy(filled, side);
    return side;
  }

  private void open(Turn turn, Side side) throws Exception {
    if (scenario.callers > 1) {
      Crowd crowd = new Crowd(side, scenario, dataset);
      works.put(turn, crowd);
      toClose.add(crowd);
    } else {
      Caller caller = side.caller();
      works.put(turn, scenario.work(caller, dataset, "caller-"));
      toClose.add(caller);
    }
    toClose.add(side);
  }

  /** The free reference may count from elsewhere, if it writes. */
  private void requireSameAnswers() throws Exception {
    List<Long> found = answers(Turn.OURS);
    requireSame(found, Turn.REFERENCE, answers(Turn.REFERENCE));
    if (scenario.isFree()) {
      List<Long> free = answers(Turn.FREE);
      long further = scenario.writes ? found.get(0) - free.get(0) : 0;
      requireSame(found, Turn.FREE, free.stream().map(answer -> answer + further).toList());
    }
  }

  private List<Long> answers(Turn turn) throws Exception {
    Work work = works.get(turn);
    return List.of(work.run(row -> {}), work.run(row -> {}));
  }

  private void requireSame(List<Long> found, Turn turn, List<Long> expected) {
    if (!found.equals(expected)) {
      throw new IllegalStateException(
          "%s: %s here and %s by %s".formatted(scenario, found, expected, turn));
    }
  }
}
