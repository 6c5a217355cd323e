package dev.daybook.benchmark;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What subscriptions cost that have nothing to do: how many statements they run, what is written to
 * the disk, how many threads they keep and how much of a processor they take. Each number of
 * subscriptions is looked at in a process of its own; with an older version, that one too.
 */
final class IdleSubscriptions {

  private final Settings settings;

  IdleSubscriptions(Settings settings) {
    this.settings = settings;
  }

  void run() throws Exception {
    System.out.println("database    version subscriptions  statements/s  MB/day  threads  CPU %");
    for (StoreKind kind : settings.stores()) {
      Path directory = Files.createDirectories(settings.directory().resolve(kind.word()));
      Benchmarks.delete(directory);
      Files.createDirectories(directory);
      try (StoreKind.Running running = kind.start(directory.toAbsolutePath())) {
        for (int number : settings.idle()) {
          for (Map.Entry<String, String> version : classPaths().entrySet()) {
            String database = version.getKey() + "_" + number;
            print(
                kind,
                version.getKey(),
                number,
                measure(version.getValue(), kind, running.home(), database, number));
            kind.in(running.home()).delete(database);
          }
        }
      } finally {
        Benchmarks.delete(directory);
      }
    }
  }

  private Map<String, String> classPaths() {
    Map<String, String> versions = new LinkedHashMap<>();
    versions.put("new", System.getProperty("java.class.path"));
    if (!settings.old().isEmpty()) {
      versions.put("old", VersionComparison.withInstead(settings.old()));
    }
    return versions;
  }

  private static IdleProcess.Figures measure(
      String classPath, StoreKind kind, String home, String database, int number)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(Settings.JVM_ARGS);
    // The machine's own figures are in a file, and writing that would be counted.
    command.add("-XX:-UsePerfData");
    command.addAll(List.of("-cp", classPath, IdleProcess.class.getName()));
    command.addAll(List.of(kind.name(), home, database, Integer.toString(number)));
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IllegalStateException("%d of %s failed: %s".formatted(number, kind, printed));
    }
    return IdleProcess.Figures.parse(printed);
  }

  private static void print(
      StoreKind kind, String version, int number, IdleProcess.Figures figures) {
    System.out.println(
        String.format(
            Locale.ROOT,
            "%-10s  %-7s %13d  %12.1f  %6.1f  %7d  %5.2f",
            kind.word(),
            version,
            number,
            figures.statementsASecond(),
            figures.megabytesADay(),
            figures.threads(),
            figures.processorPercent()));
  }
}
