package dev.daybook.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A main class in a process of its own, with this process's class path. */
public final class JavaProcess implements AutoCloseable {

  /** No warning of native code, such as SQLite's driver has. The first Java to print one is 24. */
  static final List<String> NATIVE_ACCESS =
      Runtime.version().feature() < 24 ? List.of() : List.of("--enable-native-access=ALL-UNNAMED");

  /** What takes the least of a processor's time for a process that is over soon. */
  public static final List<String> SHORT_LIVED =
      Stream.concat(
              Stream.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"), NATIVE_ACCESS.stream())
          .toList();

  /** What runs this process. */
  public static final Path JAVA = Path.of(System.getProperty("java.home"), "bin", "java");

  private static final String CLASS_PATH = System.getProperty("java.class.path");

  private final Process process;
  private final Path output;

  private JavaProcess(Process process, Path output) {
    this.process = process;
    this.output = output;
  }

  /** Starts a main class; what it prints goes to a file in the directory. */
  public static JavaProcess start(Path directory, String heap, Class<?> main, String... args)
      throws IOException {
    return start(JAVA, directory, heap, withClassPath(), main, args);
  }

  /** The same for one that works for so long that the second compiler is worth its while. */
  public static JavaProcess startLong(Path directory, String heap, Class<?> main, String... args)
      throws IOException {
    List<String> options = new ArrayList<>(withClassPath());
    options.add("-XX:TieredStopAtLevel=4");
    return start(JAVA, directory, heap, options, main, args);
  }

  /** The options of a process with this process's class path, the class path included. */
  public static List<String> withClassPath() {
    return SharedClasses.options();
  }

  /** The same with a small heap, and without those libraries whose paths contain one of these. */
  public static JavaProcess startWithout(
      Path directory, List<String> libraries, Class<?> main, String... args) throws IOException {
    String fewer =
        Stream.of(CLASS_PATH.split(File.pathSeparator))
            .filter(path -> libraries.stream().noneMatch(path::contains))
            .collect(Collectors.joining(File.pathSeparator));
    return start(JAVA, directory, "64m", List.of("-cp", fewer), main, args);
  }

  /** The same with a small heap, this process's class path, and other options of the JVM. */
  public static JavaProcess startWith(
      Path directory, List<String> options, Class<?> main, String... args) throws IOException {
    List<String> all = new ArrayList<>(options);
    all.addAll(List.of("-cp", CLASS_PATH));
    return start(JAVA, directory, "64m", all, main, args);
  }

  /** The same with another Java and another class path. */
  public static JavaProcess start(
      Path java, Path directory, String classPath, Class<?> main, String... args)
      throws IOException {
    return start(java, directory, "256m", List.of("-cp", classPath), main, args);
  }

  private static JavaProcess start(
      Path java,
      Path directory,
      String heap,
      List<String> withClassPath,
      Class<?> main,
      String... args)
      throws IOException {
    Path output = Files.createTempFile(directory, main.getSimpleName(), ".out");
    List<String> command = new ArrayList<>();
    command.add(java.toString());
    command.add("-Xmx" + heap);
    command.addAll(SHORT_LIVED);
    command.add(Scale.argument());
    command.add("-Dorg.jooq.no-logo=true");
    command.add("-Dorg.jooq.no-tips=true");
    command.addAll(withClassPath);
    command.add(main.getName());
    command.addAll(List.of(args));
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    return new JavaProcess(process, output);
  }

  /** Waits for its end and gives back what it printed; fails if it did not end well. */
  public String succeed() throws IOException, InterruptedException {
    Await.ended(process);
    String printed = Files.readString(output);
    if (process.exitValue() != 0) {
      throw new AssertionError("exited with " + process.exitValue() + ": " + printed);
    }
    return printed;
  }

  public boolean isRunning() {
    return process.isAlive();
  }

  /** What it has printed so far. */
  public String printed() {
    try {
      return Files.readString(output);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Sends it a signal, such as STOP. */
  public void signal(String name) throws IOException, InterruptedException {
    signal(process, name);
  }

  private static void signal(Process process, String name)
      throws IOException, InterruptedException {
    Process sender =
        new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).inheritIO().start();
    if (sender.waitFor() != 0 && process.isAlive()) {
      throw new AssertionError("the signal " + name + " could not be sent");
    }
  }

  /**
   * Kills a process once it has come to a point. It stands still while it is looked at, so that it
   * has not ended by the time it is killed.
   *
   * @param done how far it is
   */
  public static void killAt(long point, Process process, LongSupplier done)
      throws InterruptedException {
    Await.until(() -> !process.isAlive() || standsAt(point, process, done), done);
    assertThat(process.isAlive()).as("killed at %s, before it was done", point).isTrue();
    Await.ended(process.destroyForcibly());
  }

  private static boolean standsAt(long point, Process process, LongSupplier done) {
    try {
      signal(process, "STOP");
      boolean reached = done.getAsLong() >= point;
      if (!reached) {
        signal(process, "CONT");
      }
      return reached;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** Kills it, as {@code kill -9} does, and waits until it is gone. */
  public void kill() throws InterruptedException {
    Await.ended(process.destroyForcibly());
  }

  /** Ends it, if it is still running. */
  @Override
  public void close() {
    process.destroyForcibly();
  }
}
