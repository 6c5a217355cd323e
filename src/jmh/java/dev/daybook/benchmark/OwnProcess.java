package dev.daybook.benchmark;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Processes of their own, each of which does one thing and prints numbers. */
final class OwnProcess {

  private OwnProcess() {}

  /**
   * Starts a process, waits for its end, and gives back what it printed.
   *
   * @param jvmArgs beside {@link Settings#JVM_ARGS}
   */
  static long[] run(String classPath, List<String> jvmArgs, Class<?> main, Object... arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(Settings.JVM_ARGS);
    command.addAll(jvmArgs);
    command.addAll(List.of("-cp", classPath, main.getName()));
    Arrays.stream(arguments).map(String::valueOf).forEach(command::add);
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IllegalStateException(
          "%s of %s failed: %s"
              .formatted(main.getSimpleName(), Arrays.toString(arguments), printed));
    }
    return Arrays.stream(printed.strip().split("\\s+"))
        .filter(word -> !word.isEmpty())
        .mapToLong(Long::parseLong)
        .toArray();
  }
}
