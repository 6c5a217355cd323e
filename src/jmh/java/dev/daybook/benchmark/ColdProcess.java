package dev.daybook.benchmark;

import java.io.IOException;
import java.util.List;

/** A process that does a task some times and prints the nanoseconds that each time took. */
final class ColdProcess {

  private static final String PREPARE = "PREPARE";

  private ColdProcess() {}

  /** Has a version of Daybook make what the task needs. */
  static void prepare(String classPath, StoreKind kind, String home, ColdTask task, String version)
      throws IOException, InterruptedException {
    OwnProcess.run(
        classPath, List.of(), ColdProcess.class, kind.name(), home, task, version, PREPARE);
  }

  /**
   * Starts such a process and waits for its end.
   *
   * @return what each time took; or, where all of the process counts, what that took
   */
  static long[] run(
      String classPath, StoreKind kind, String home, ColdTask task, String version, Turn turn)
      throws IOException, InterruptedException {
    long begun = System.nanoTime();
    long[] nanos =
        OwnProcess.run(
            classPath, List.of(), ColdProcess.class, kind.name(), home, task, version, turn);
    return task.countsWholeProcess() ? new long[] {System.nanoTime() - begun} : nanos;
  }

  public static void main(String[] args) throws Exception {
    long begun = System.nanoTime();
    BenchmarkStore store = StoreKind.valueOf(args[0]).in(args[1]);
    ColdTask task = ColdTask.valueOf(args[2]);
    String version = args[3];
    if (args[4].equals(PREPARE)) {
      task.prepare(store, version);
      return;
    }
    Turn turn = Turn.valueOf(args[4]);
    StringBuilder nanos = new StringBuilder();
    for (int time = 0; time < task.times; time++) {
      if (turn == Turn.OURS) {
        task.ours(store, version, time);
      } else {
        task.reference(store, version, time);
      }
      nanos.append(System.nanoTime() - begun).append(' ');
      task.cleanUp(store, version, time);
      begun = System.nanoTime();
    }
    System.out.println(nanos);
  }
}
