package dev.daybook.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
          for (Map.Entry<String, String> version : settings.classPaths().entrySet()) {
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

  private static IdleProcess.Figures measure(
      String classPath, StoreKind kind, String home, String database, int number)
      throws IOException, InterruptedException {
    // The machine's own figures are in a file, and writing that would be counted.
    return IdleProcess.Figures.of(
        OwnProcess.run(
            classPath,
            List.of("-XX:-UsePerfData"),
            IdleProcess.class,
            kind.name(),
            home,
            database,
            number));
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
