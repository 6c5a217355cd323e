package dev.daybook.benchmark;

import dev.daybook.Synchronous;
import java.util.ArrayList;
import java.util.List;
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
 * Both sides of one scenario in one process, by turns: each iteration of JMH is a round of one
 * side, and {@link Turn} says whose. JMH itself would run all rounds of one side and then, minutes
 * later and in another process, all of the other's; whatever else the machine does meanwhile would
 * stand in the ratio. Here two rounds that are compared lie within a second of each other, share
 * one heap, one disk and one state of the machine, and a ratio is taken of each such pair.
 *
 * <p>JMH does the rest: processes of their own for each scenario, warm-up (of both sides), the
 * measured loop, the sink that keeps results alive, and the profilers, whose figures come per round
 * too. The price is that both sides are compiled with one profile of the shared driver and
 * libraries. Both are called at the same place, which costs each of them the same. Several callers
 * are a {@link Crowd} of our own.
 *
 * <p>A side that writes has a database of its own, a copy of the same dataset; rounds last as long
 * as each other, so the faster side works on a database that has grown a little more.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
public class Comparison {

  private static final String OURS = "ours";
  private static final String REFERENCE = "reference";

  /** Who takes part: both, or for a profile only one. */
  public enum Who {
    BOTH,
    OURS,
    REFERENCE;

    Turn turn(int round) {
      return switch (this) {
        case BOTH -> Turn.of(round);
        case OURS -> Turn.OURS;
        case REFERENCE -> Turn.REFERENCE;
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

  @Param("BOTH")
  public Who who;

  private BenchmarkStore databases;
  private Dataset dataset;
  private Side ours;
  private Side reference;
  private Work ourWork;
  private Work referenceWork;
  private Work now;
  private final List<AutoCloseable> toClose = new ArrayList<>();
  private IterationType type;
  private int round;

  /** Opens both sides and makes sure that their answers are the same. */
  @Setup(Level.Trial)
  public void open() throws Exception {
    databases = store.in(home);
    dataset = new Dataset(size);
    ours = databases.daybook(database(OURS), durability);
    reference = databases.reference(database(REFERENCE), durability);
    ourWork = work(ours);
    referenceWork = work(reference);
    for (int time = 0; time < 2; time++) {
      requireSameAnswer();
    }
  }

  /** Rounds are counted anew when the warm-up is over. */
  @Setup(Level.Iteration)
  public void take(IterationParams params) {
    if (params.getType() != type) {
      type = params.getType();
      round = 0;
    }
    now = who.turn(round) == Turn.OURS ? ourWork : referenceWork;
    round++;
  }

  @TearDown(Level.Trial)
  public void close() throws Exception {
    for (AutoCloseable each : toClose) {
      each.close();
    }
    ours.close();
    reference.close();
    if (scenario.writes) {
      databases.delete(OURS);
      databases.delete(REFERENCE);
    }
  }

  /** Does the scenario's work once, for the side whose round it is. */
  @Benchmark
  public long round(Blackhole sink) throws Exception {
    return now.run(sink::consume);
  }

  private String database(String side) throws Exception {
    if (!scenario.writes) {
      return dataset.name();
    }
    databases.copy(dataset.name(), side);
    return side;
  }

  private Work work(Side side) throws Exception {
    if (scenario.callers > 1) {
      Crowd crowd = new Crowd(side, scenario, dataset);
      toClose.add(crowd);
      return crowd;
    }
    Caller caller = side.caller();
    toClose.add(caller);
    return scenario.work(caller, dataset, "caller-");
  }

  private void requireSameAnswer() throws Exception {
    long found = ourWork.run(row -> {});
    long expected = referenceWork.run(row -> {});
    if (found != expected) {
      throw new IllegalStateException(
          "%s: %d here and %d by the reference".formatted(scenario, found, expected));
    }
  }
}
