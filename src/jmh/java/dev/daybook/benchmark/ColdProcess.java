package dev.daybook.benchmark;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A process that does a task some times and prints the nanoseconds that each time took. */
final class ColdProcess {

  private ColdProcess() {}

  /** Starts such a process, waits for its end, and gives back what it printed. */
  static long[] run(StoreKind kind, String home, ColdTask task, Turn turn, int times)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(Settings.JVM_ARGS);
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(List.of(ColdProcess.class.getName(), kind.name(), home));
    command.addAll(List.of(task.name(), turn.name(), Integer.toString(times)));
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IllegalStateException("%s of %s failed: %s".formatted(task, turn, printed));
    }
    return Arrays.stream(printed.strip().split(" ")).mapToLong(Long::parseLong).toArray();
  }

  public static void main(String[] args) throws Exception {
    long begun = System.nanoTime();
    BenchmarkStore store = StoreKind.valueOf(args[0]).in(args[1]);
    ColdTask task = ColdTask.valueOf(args[2]);
    Turn turn = Turn.valueOf(args[3]);
    StringBuilder nanos = new StringBuilder();
    for (int time = 0; time < Integer.parseInt(args[4]); time++) {
      if (turn == Turn.OURS) {
        task.ours(store, time);
      } else {
        task.reference(store, time);
      }
      nanos.append(System.nanoTime() - begun).append(' ');
      task.cleanUp(store, time);
      begun = System.nanoTime();
    }
    System.out.println(nanos);
  }
}
