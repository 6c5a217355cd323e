package dev.daybook.benchmark;

import dev.daybook.settings.Synchronous;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.openjdk.jmh.Main;

/** Runs the comparisons that {@link Settings} asks for, prints a table and writes JSON. */
public final class Benchmarks {

  private final Settings settings;
  private final Report report = new Report(System.out);

  private Benchmarks(Settings settings) {
    this.settings = settings;
  }

  public static void main(String[] args) throws Exception {
    Settings settings = Settings.read();
    if (!settings.idle().isEmpty()) {
      new IdleSubscriptions(settings).run();
    } else if (!settings.rates().isEmpty()) {
      new Latency(settings).run();
    } else if (!settings.open().isEmpty()) {
      new OpenStores(settings).run();
    } else if (!settings.old().isEmpty()) {
      new VersionComparison(settings).run();
    } else if (settings.jmh().isEmpty()) {
      new Benchmarks(settings).run();
    } else {
      runPlainly(settings);
    }
  }

  /** A benchmark without a reference: JMH's own command line runs it and prints its table. */
  private static void runPlainly(Settings settings) throws IOException {
    String jvmArgs = String.join(" ", Settings.JVM_ARGS);
    String json = settings.json().toString();
    Main.main(new String[] {settings.jmh(), "-jvmArgs", jvmArgs, "-rf", "json", "-rff", json});
  }

  private void run() throws Exception {
    requireSome();
    report.begin();
    for (StoreKind kind : settings.stores()) {
      Path directory = Files.createDirectories(settings.directory().resolve(kind.word()));
      delete(directory);
      Files.createDirectories(directory);
      try (StoreKind.Running running = kind.start(directory.toAbsolutePath())) {
        compare(kind, running.home());
      } finally {
        delete(directory);
      }
    }
    report.growth();
    report.write(settings.json(), settings.mode());
  }

  private void requireSome() {
    List<String> names =
        Stream.<Enum<?>[]>of(Scenario.values(), ColdTask.values())
            .flatMap(Stream::of)
            .map(Enum::name)
            .toList();
    if (names.stream().noneMatch(settings::runs)) {
      throw new IllegalArgumentException(
          "no scenario has \"%s\" in its name; expected a part of one of %s"
              .formatted(settings.scenarios(), names));
    }
  }

  private void compare(StoreKind kind, String home) throws Exception {
    BenchmarkStore store = kind.in(home);
    Filled filled = new Filled(store);
    Comparing comparing = new Comparing(settings, kind, home);
    for (Scenario scenario : Scenario.values()) {
      if (settings.runs(scenario, kind)) {
        compare(comparing, filled, scenario, scenario.durabilities(store));
      }
    }
    openings(kind, home, filled);
    filled.delete();
  }

  /** All sizes at about the same time: how cost grows is told by two of these. */
  private void compare(
      Comparing comparing, Filled filled, Scenario scenario, List<Synchronous> durabilities)
      throws Exception {
    List<Integer> sizes = scenario.hasOwnData() ? List.of(1) : settings.sizes();
    for (int size : sizes) {
      filled.require(scenario.data(new Dataset(size)));
    }
    for (Synchronous durability : durabilities) {
      for (int size : sizes) {
        report.add(comparing.run(scenario, durability, size));
      }
    }
  }

  private void openings(StoreKind kind, String home, Filled filled) throws Exception {
    Opening opening = new Opening(settings, kind, home);
    for (ColdTask task : ColdTask.values()) {
      if (settings.runs(task.name())) {
        if (task.needsDataset()) {
          filled.require(new Dataset(1));
        }
        opening.run(task).forEach(report::add);
      }
    }
  }

  static void delete(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      files.sorted(Comparator.reverseOrder()).forEach(Benchmarks::deleteFile);
    }
  }

  private static void deleteFile(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
