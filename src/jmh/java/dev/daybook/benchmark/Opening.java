package dev.daybook.benchmark;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.concurrent.TimeUnit;

/**
 * Runs {@link ColdTask tasks} in processes of their own, of both sides by turns. The first time in
 * a process is cold; of the others the median counts, as warm.
 */
final class Opening {

  private final Settings settings;
  private final StoreKind kind;
  private final String home;

  Opening(Settings settings, StoreKind kind, String home) {
    this.settings = settings;
    this.kind = kind;
    this.home = home;
  }

  /** One row cold, and one warm. */
  List<Row> run(ColdTask task) throws Exception {
    Map<Turn, List<Double>> cold = Map.of(Turn.OURS, list(), Turn.REFERENCE, list());
    Map<Turn, List<Double>> warm = Map.of(Turn.OURS, list(), Turn.REFERENCE, list());
    task.prepare(kind.in(home), "");
    for (int round = 0; round < 2 * settings.mode().openings; round++) {
      Turn turn = Turn.of(round, 2);
      long[] nanos =
          ColdProcess.run(System.getProperty("java.class.path"), kind, home, task, "", turn);
      cold.get(turn).add(perSecond(nanos[0]));
      Row.median(Arrays.stream(nanos).skip(1).mapToObj(Opening::perSecond).toList())
          .ifPresent(warm.get(turn)::add);
    }
    if (task.countsWholeProcess()) {
      return List.of(row(task, "whole process", cold));
    }
    return task.times == 1
        ? List.of(row(task, "new process", cold))
        : List.of(row(task, "new process", cold), row(task, "same process again", warm));
  }

  private Row row(ColdTask task, String how, Map<Turn, List<Double>> speeds) {
    return new Row(
        task.name(),
        task.text + ", " + how,
        kind,
        "",
        1,
        Map.of(
            Turn.OURS, Row.Figures.of(speeds.get(Turn.OURS)),
            Turn.REFERENCE, Row.Figures.of(speeds.get(Turn.REFERENCE))),
        task.target,
        OptionalDouble.empty());
  }

  private static double perSecond(long nanos) {
    return (double) TimeUnit.SECONDS.toNanos(1) / nanos;
  }

  private static List<Double> list() {
    return new ArrayList<>();
  }
}
