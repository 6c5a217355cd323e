package dev.daybook.benchmark;

import dev.daybook.settings.Synchronous;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * How long single appends take when they come at a constant rate: the median, and what one of a
 * hundred and one of a thousand takes longer than. Each round is a {@link Pace process} of its own;
 * Daybook, an older version if there is one, and both references take turns.
 */
final class Latency {

  private final Settings settings;

  Latency(Settings settings) {
    this.settings = settings;
  }

  /** Who appends, and on a copy of which database. */
  private record Contestant(String name, String classPath, String filled, Turn turn) {}

  void run() throws Exception {
    System.out.println(
        "database    rate/s  durability  side       p50 ms   p99 ms  p99.9 ms (rounds)         longest ms");
    for (StoreKind kind : settings.stores()) {
      Path directory = Files.createDirectories(settings.directory().resolve(kind.word()));
      Benchmarks.delete(directory);
      Files.createDirectories(directory);
      try (StoreKind.Running running = kind.start(directory.toAbsolutePath())) {
        List<Contestant> contestants = fill(kind, running.home());
        List<Synchronous> all = kind.in(running.home()).durabilities();
        List<Synchronous> asked = settings.durabilities();
        for (Synchronous durability : asked.isEmpty() ? all : asked) {
          for (int rate : settings.rates()) {
            compare(kind, running.home(), contestants, durability, rate);
          }
        }
      } finally {
        Benchmarks.delete(directory);
      }
    }
  }

  private List<Contestant> fill(StoreKind kind, String home) throws Exception {
    List<Contestant> contestants = new ArrayList<>();
    for (Map.Entry<String, String> version : settings.classPaths().entrySet()) {
      String name = version.getKey();
      boolean isNew = contestants.isEmpty();
      Turn fills = isNew ? Turn.FREE : Turn.OURS;
      OwnProcess.run(
          version.getValue(), List.of(), Pace.class, kind.name(), home, "uuids_" + name, fills);
      contestants.add(new Contestant(name, version.getValue(), "uuids_" + name, Turn.OURS));
    }
    String classPath = contestants.get(0).classPath();
    contestants.add(new Contestant("reference", classPath, "uuids_new", Turn.REFERENCE));
    contestants.add(new Contestant("free", classPath, "free_uuids_new", Turn.FREE));
    return contestants;
  }

  private void compare(
      StoreKind kind, String home, List<Contestant> contestants, Synchronous durability, int rate)
      throws Exception {
    Map<Contestant, List<long[]>> rounds = new LinkedHashMap<>();
    for (int round = 0; round < settings.mode().paces; round++) {
      for (int place = 0; place < contestants.size(); place++) {
        int last = contestants.size() - 1;
        Contestant now = contestants.get(round % 2 == 0 ? place : last - place);
        rounds
            .computeIfAbsent(now, each -> new ArrayList<>())
            .add(
                OwnProcess.run(
                    now.classPath(),
                    List.of(),
                    Pace.class,
                    kind.name(),
                    home,
                    now.filled(),
                    now.turn(),
                    durability,
                    rate,
                    settings.mode().paceSeconds));
      }
    }
    for (Contestant contestant : contestants) {
      print(kind, contestant, durability, rate, rounds.getOrDefault(contestant, List.of()));
    }
  }

  private static void print(
      StoreKind kind,
      Contestant contestant,
      Synchronous durability,
      int rate,
      List<long[]> rounds) {
    List<Double> worst = millis(rounds, 2);
    System.out.println(
        String.format(
            Locale.ROOT,
            "%-10s %,7d  %-10s  %-9s %7.2f  %7.2f  %8.2f (%.2f–%.2f)  %10.2f",
            kind.word(),
            rate,
            durability,
            contestant.name(),
            Row.median(millis(rounds, 0)).orElse(Double.NaN),
            Row.median(millis(rounds, 1)).orElse(Double.NaN),
            Row.median(worst).orElse(Double.NaN),
            worst.stream().mapToDouble(Double::doubleValue).min().orElse(Double.NaN),
            worst.stream().mapToDouble(Double::doubleValue).max().orElse(Double.NaN),
            Row.median(millis(rounds, 3)).orElse(Double.NaN)));
  }

  private static List<Double> millis(List<long[]> rounds, int column) {
    return rounds.stream().map(round -> round[column] / 1e6).toList();
  }
}
