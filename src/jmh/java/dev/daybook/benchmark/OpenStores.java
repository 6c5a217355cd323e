package dev.daybook.benchmark;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What open stores cost a process that has one file for each tenant: memory, threads and file
 * descriptors. Each number of stores is looked at in a {@link OpenProcess process} of its own; with
 * an older version, that one too, and beside them the free reference. One store is a busy one.
 */
final class OpenStores {

  /** The heap is resident from the start, so that what becomes resident later is not heap. */
  private static final List<String> JVM_ARGS = List.of("-XX:+AlwaysPreTouch");

  private final Settings settings;

  OpenStores(Settings settings) {
    this.settings = settings;
  }

  void run() throws Exception {
    System.out.println(
        "side   stores  heap kB/store  other kB/store  threads  descriptors  ms to open one  MB resident in all");
    Path directory = Files.createDirectories(settings.directory().resolve("open"));
    for (int number : settings.open()) {
      for (Map.Entry<String, String> version : settings.classPaths().entrySet()) {
        measure(directory, version.getKey(), version.getValue(), Turn.OURS, number);
      }
      measure(directory, "free", System.getProperty("java.class.path"), Turn.FREE, number);
    }
    Benchmarks.delete(directory);
  }

  private static void measure(Path directory, String name, String classPath, Turn turn, int number)
      throws Exception {
    Benchmarks.delete(directory);
    Files.createDirectories(directory);
    long[] figures =
        OwnProcess.run(
            classPath, JVM_ARGS, OpenProcess.class, directory.toAbsolutePath(), turn, number);
    System.out.println(
        String.format(
            Locale.ROOT,
            "%-5s %7d  %13.1f  %14.1f  %7d  %11d  %14.2f  %18.0f",
            name,
            number,
            figures[0] / 1024.0 / number,
            figures[1] / 1024.0 / number,
            figures[2],
            figures[3],
            figures[4] / 1e6 / number,
            figures[5] / 1024.0 / 1024.0));
  }
}
