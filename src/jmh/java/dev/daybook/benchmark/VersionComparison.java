package dev.daybook.benchmark;

import dev.daybook.settings.Synchronous;
import java.io.File;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.LongToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * This version of Daybook beside an older one, both in one process, by turns: two rounds that are
 * compared lie within a second of each other. Each version, with the benchmarks, has a class loader
 * of its own, and a database that it has filled by itself; what they are built on is loaded once
 * for both. Every two pairs, both begin anew with databases of their own. A ratio is taken of each
 * pair of rounds, and the median of the ratios told with the interval in which it lies with a
 * probability of 95 %, whatever the ratios' distribution.
 */
final class VersionComparison {

  private static final String OLD = "old";
  private static final String NEW = "new";
  private static final int FIRST_WARMUPS = 8;
  private static final int WARMUPS = 1;

  /** For how many pairs a database is open: two copies of one file are not equally fast. */
  private static final int OPENED_FOR = 2;

  private static final long ROUND_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

  private final Settings settings;
  private final Map<String, ClassLoader> loaders;

  /**
   * @param settings {@code old} is the class path of the older version
   */
  VersionComparison(Settings settings) throws IOException {
    this.settings = settings;
    List<Path> all = paths(System.getProperty("java.class.path"));
    List<Path> ours = all.stream().filter(VersionComparison::isOurs).toList();
    List<Path> benchmarks = ours.stream().filter(VersionComparison::hasBenchmarks).toList();
    List<Path> others = all.stream().filter(path -> !ours.contains(path)).toList();
    ClassLoader shared = new URLClassLoader(urls(others), ClassLoader.getPlatformClassLoader());
    List<Path> old = new ArrayList<>(paths(settings.old()));
    old.addAll(benchmarks);
    this.loaders =
        Map.of(
            OLD, new URLClassLoader(urls(old), shared),
            NEW, new URLClassLoader(urls(ours), shared));
  }

  void run() throws Exception {
    for (StoreKind kind : settings.stores()) {
      Path directory = Files.createDirectories(settings.directory().resolve(kind.word()));
      Benchmarks.delete(directory);
      Files.createDirectories(directory);
      try (StoreKind.Running running = kind.start(directory.toAbsolutePath())) {
        Set<Data> filled = new HashSet<>();
        for (Scenario scenario : Scenario.values()) {
          if (settings.runs(scenario, kind)) {
            if (filled.add(scenario.data(new Dataset(1)))) {
              fill(kind, running.home(), scenario);
            }
            for (Synchronous durability : durabilities(kind.in(running.home()))) {
              compare(kind, running.home(), scenario, durability);
            }
          }
        }
        for (ColdTask task : ColdTask.values()) {
          if (settings.runs(task.name())) {
            if (task.needsDataset() && filled.add(new Dataset(1))) {
              fill(kind, running.home(), Scenario.REPLAY);
            }
            compare(kind, running.home(), task);
          }
        }
      } finally {
        Benchmarks.delete(directory);
      }
    }
  }

  private void fill(StoreKind kind, String home, Scenario scenario) throws Exception {
    for (Map.Entry<String, ClassLoader> version : loaders.entrySet()) {
      side(version.getValue())
          .getMethod("fill", String.class, String.class, String.class, String.class)
          .invoke(null, kind.name(), home, version.getKey(), scenario.name());
    }
  }

  /** Unless told, where it can be chosen, the one that waits least for the disk: it shows most. */
  private List<Synchronous> durabilities(BenchmarkStore store) {
    List<Synchronous> all = store.durabilities();
    return settings.durabilities().isEmpty()
        ? all.subList(all.size() - 1, all.size())
        : settings.durabilities();
  }

  /** In processes of their own, by turns; each version has databases of its own. */
  private void compare(StoreKind kind, String home, ColdTask task) throws Exception {
    List<Double> before = new ArrayList<>();
    List<Double> now = new ArrayList<>();
    for (String version : List.of(OLD, NEW)) {
      ColdProcess.prepare(classPath(version), kind, home, task, "_" + version);
    }
    for (int round = 0; round < 2 * settings.pairs(); round++) {
      String version = Turn.of(round, 2) == Turn.OURS ? NEW : OLD;
      long[] nanos =
          ColdProcess.run(classPath(version), kind, home, task, "_" + version, Turn.OURS);
      (version.equals(NEW) ? now : before).add(1e9 / nanos[0]);
    }
    print(kind, task.name(), array(before), array(now));
  }

  private static double[] array(List<Double> values) {
    return values.stream().mapToDouble(Double::doubleValue).toArray();
  }

  private String classPath(String version) {
    return version.equals(OLD)
        ? withInstead(settings.old())
        : System.getProperty("java.class.path");
  }

  private void compare(StoreKind kind, String home, Scenario scenario, Synchronous durability)
      throws Exception {
    int openedFor = scenario.isOnDemand() ? settings.pairs() : OPENED_FOR;
    double[] before = new double[settings.pairs()];
    double[] now = new double[before.length];
    for (int pair = 0; pair < before.length; pair += openedFor) {
      boolean newFirst = pair / openedFor % 2 == 0;
      LongToDoubleFunction first = open(kind, home, newFirst ? NEW : OLD, scenario, durability);
      LongToDoubleFunction second = open(kind, home, newFirst ? OLD : NEW, scenario, durability);
      try (AutoCloseable one = (AutoCloseable) first;
          AutoCloseable other = (AutoCloseable) second) {
        LongToDoubleFunction older = newFirst ? second : first;
        LongToDoubleFunction newer = newFirst ? first : second;
        for (int warmUp = pair == 0 ? FIRST_WARMUPS : WARMUPS; warmUp > 0; warmUp--) {
          older.applyAsDouble(ROUND_NANOS);
          newer.applyAsDouble(ROUND_NANOS);
        }
        for (int i = pair; i < Math.min(pair + openedFor, before.length); i++) {
          if (i % 2 == 0) {
            now[i] = newer.applyAsDouble(ROUND_NANOS);
            before[i] = older.applyAsDouble(ROUND_NANOS);
          } else {
            before[i] = older.applyAsDouble(ROUND_NANOS);
            now[i] = newer.applyAsDouble(ROUND_NANOS);
          }
        }
      }
    }
    print(kind, scenario.writes ? scenario + " " + durability : scenario.name(), before, now);
  }

  private static void print(StoreKind kind, String what, double[] before, double[] now) {
    double[] ratios = new double[now.length];
    Arrays.setAll(ratios, pair -> now[pair] / before[pair]);
    Arrays.sort(ratios);
    int outside = Math.max(0, (int) ((ratios.length - 1.96 * Math.sqrt(ratios.length)) / 2));
    System.out.println(
        String.format(
            Locale.ROOT,
            "%-10s %-24s old %,11.2f/s  new %,11.2f/s  new/old %.3f [%.3f, %.3f] of %d pairs",
            kind.word(),
            what,
            median(before),
            median(now),
            median(ratios),
            ratios[outside],
            ratios[ratios.length - 1 - outside],
            ratios.length));
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int half = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
  }

  private LongToDoubleFunction open(
      StoreKind kind, String home, String version, Scenario scenario, Synchronous durability)
      throws Exception {
    return (LongToDoubleFunction)
        side(loaders.get(version))
            .getConstructor(
                String.class, String.class, String.class, String.class, String.class, boolean.class)
            .newInstance(
                kind.name(),
                home,
                version,
                scenario.name(),
                durability.name(),
                settings.meters() && version.equals(NEW));
  }

  private static Class<?> side(ClassLoader loader) throws ClassNotFoundException {
    return loader.loadClass(VersionSide.class.getName());
  }

  /** A class path with an older version in this one's place. */
  static String withInstead(String old) {
    return Stream.concat(
            paths(old).stream(),
            paths(System.getProperty("java.class.path")).stream()
                .filter(path -> !isOurs(path) || hasBenchmarks(path)))
        .map(Path::toString)
        .collect(Collectors.joining(File.pathSeparator));
  }

  private static List<Path> paths(String classPath) {
    return Stream.of(classPath.split(File.pathSeparator)).map(Path::of).toList();
  }

  /** Whether this is Daybook or its benchmarks, and not a library. */
  private static boolean isOurs(Path path) {
    return Files.isDirectory(path) || path.getFileName().toString().startsWith("daybook");
  }

  private static boolean hasBenchmarks(Path path) {
    return Files.exists(path.resolve("dev/daybook/benchmark"));
  }

  private static URL[] urls(List<Path> paths) throws MalformedURLException {
    List<URL> urls = new ArrayList<>();
    for (Path path : paths) {
      urls.add(path.toUri().toURL());
    }
    return urls.stream().collect(Collectors.toList()).toArray(URL[]::new);
  }
}
