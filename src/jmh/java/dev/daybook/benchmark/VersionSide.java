package dev.daybook.benchmark;

import dev.daybook.micrometer.DaybookMetrics;
import dev.daybook.settings.Synchronous;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.function.LongToDoubleFunction;

/**
 * One version of Daybook in a {@link VersionComparison}, loaded along with that version. The other
 * side of the class loader knows it by types of the JDK alone.
 */
public final class VersionSide implements LongToDoubleFunction, AutoCloseable {

  private static final Dataset DATASET = new Dataset(1);

  private final BenchmarkStore store;
  private final Scenario scenario;
  private final String database;
  private final DaybookSide side;
  private final AutoCloseable callers;
  private final Work work;

  /**
   * Opens a database that this version has filled, or a copy of it if the scenario writes.
   *
   * @param meters whether to attach meters
   */
  public VersionSide(
      String kind, String home, String version, String scenario, String durability, boolean meters)
      throws Exception {
    this.store = StoreKind.valueOf(kind).in(home);
    this.scenario = Scenario.valueOf(scenario);
    String filled = name(this.scenario, version);
    this.database = this.scenario.writes ? "copy_of_" + filled : filled;
    if (this.scenario.writes) {
      store.copy(filled, database);
    }
    this.side = store.daybook(database, Synchronous.valueOf(durability));
    if (meters) {
      DaybookMetrics.of(side.daybook()).bindTo(new SimpleMeterRegistry());
    }
    if (this.scenario.callers > 1) {
      Crowd crowd = new Crowd(side, this.scenario, DATASET);
      this.callers = crowd;
      this.work = crowd;
    } else {
      Caller caller = side.caller();
      this.callers = caller;
      this.work = this.scenario.work(caller, DATASET, "caller-");
    }
  }

  /** Fills the database that a scenario needs by this version. */
  public static void fill(String kind, String home, String version, String scenario)
      throws Exception {
    BenchmarkStore store = StoreKind.valueOf(kind).in(home);
    Scenario needs = Scenario.valueOf(scenario);
    try (DaybookSide side = store.daybook(name(needs, version), Synchronous.NORMAL)) {
      needs.data(DATASET).fill(side.daybook());
    }
    store.settle(name(needs, version));
  }

  private static String name(Scenario scenario, String version) {
    return scenario.data(DATASET).name() + "_" + version;
  }

  /** Works for some nanoseconds, and says how many units it did in a second. */
  @Override
  public double applyAsDouble(long nanos) {
    long begun = System.nanoTime();
    long units = 0;
    long taken = 0;
    try {
      while (taken < nanos) {
        work.run(row -> {});
        units += scenario.units(DATASET);
        taken = System.nanoTime() - begun;
      }
    } catch (Exception e) {
      throw new IllegalStateException(scenario + " failed", e);
    }
    return units * 1e9 / taken;
  }

  @Override
  public void close() throws Exception {
    callers.close();
    side.close();
    if (scenario.writes) {
      store.delete(database);
    }
  }
}
