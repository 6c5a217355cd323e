package dev.daybook.benchmark;

import dev.daybook.settings.Synchronous;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Runs {@link Comparison} for one scenario, and sorts its rounds by side. */
final class Comparing {

  private static final String ALLOCATION = "gc.alloc.rate.norm";

  private final Settings settings;
  private final StoreKind kind;
  private final String home;

  Comparing(Settings settings, StoreKind kind, String home) {
    this.settings = settings;
    this.kind = kind;
    this.home = home;
  }

  Row run(Scenario scenario, Synchronous durability, int size) throws RunnerException {
    RunResult result = new Runner(options(scenario, durability, size).build()).runSingle();
    long units = scenario.units(new Dataset(size));
    Map<Turn, List<Double>> speeds = new EnumMap<>(Turn.class);
    Map<Turn, List<Double>> bytes = new EnumMap<>(Turn.class);
    for (BenchmarkResult fork : result.getBenchmarkResults()) {
      int round = 0;
      for (IterationResult iteration : fork.getIterationResults()) {
        Turn turn = settings.who().turn(round++, scenario);
        add(speeds, turn, iteration.getPrimaryResult().getScore() * units);
        allocated(iteration).ifPresent(each -> add(bytes, turn, each / units));
      }
    }
    Map<Turn, Row.Figures> sides = new EnumMap<>(Turn.class);
    speeds.forEach(
        (turn, perSecond) ->
            sides.put(
                turn, new Row.Figures(perSecond, Row.median(bytes.getOrDefault(turn, List.of())))));
    return new Row(
        scenario.name(),
        scenario.text,
        kind,
        scenario.writes ? durability.name() : "",
        size,
        sides,
        scenario.target.reference(durability),
        scenario.target.free(kind, durability));
  }

  private static void add(Map<Turn, List<Double>> all, Turn turn, double value) {
    all.computeIfAbsent(turn, side -> new ArrayList<>()).add(value);
  }

  private ChainedOptionsBuilder options(Scenario scenario, Synchronous durability, int size) {
    Settings.Mode mode = settings.mode();
    int sides = scenario.isFree() ? 3 : 2;
    ChainedOptionsBuilder options =
        new OptionsBuilder()
            .include(Comparison.class.getName() + ".round")
            .param("scenario", scenario.name())
            .param("store", kind.name())
            .param("home", home)
            .param("durability", durability.name())
            .param("size", Integer.toString(size))
            .param("who", settings.who().name())
            .forks(mode.forks)
            .warmupIterations(sides * mode.warmups)
            .warmupTime(TimeValue.milliseconds(mode.roundMillis))
            .measurementIterations(sides * mode.pairs)
            .measurementTime(TimeValue.milliseconds(mode.roundMillis))
            .jvmArgs(Settings.JVM_ARGS.toArray(String[]::new))
            .shouldFailOnError(true)
            .verbosity(VerboseMode.SILENT)
            .addProfiler("gc");
    for (String profiler : settings.profilers()) {
      int colon = profiler.indexOf(':');
      options =
          colon < 0
              ? options.addProfiler(profiler)
              : options.addProfiler(profiler.substring(0, colon), profiler.substring(colon + 1));
    }
    return options;
  }

  private static OptionalDouble allocated(IterationResult iteration) {
    Result<?> result = iteration.getSecondaryResults().get(ALLOCATION);
    return result == null ? OptionalDouble.empty() : OptionalDouble.of(result.getScore());
  }
}
