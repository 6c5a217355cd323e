package dev.daybook.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daybook.conformance.JavaProcess;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The launcher script beside the jar. Whatever becomes of the classes that it keeps, a command
 * prints what it prints without it.
 */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class LauncherTest {

  private static final Path SCRIPT = Path.of("src/main/launcher/daybook");
  private static final Path JAVA_HOME = Path.of(System.getProperty("java.home"));

  @TempDir private Path directory;
  private Path script;
  private Path cache;
  private String db;
  private int runs;
  private final Map<String, String> environment = new LinkedHashMap<>();

  @BeforeEach
  void install() throws IOException {
    Path home = Files.createDirectory(directory.resolve("a place"));
    script = Files.copy(SCRIPT, home.resolve("daybook"));
    Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
    makeJar(home.resolve("daybook-cli.jar"));
    cache = directory.resolve("cache");
    db = directory.resolve("journal.db").toString();
    environment.put("JAVA_HOME", JAVA_HOME.toString());
    environment.put("DAYBOOK_CACHE", cache.toString());
  }

  @Test
  void the_second_start_has_the_classes_of_the_first() throws Exception {
    assertThat(append(1)).isEqualTo(appended(1));

    assertThat(archives()).hasSize(1);
    assertThat(append(2)).isEqualTo(appended(2));
    assertThat(isShared()).isTrue();
  }

  @Test
  void help_keeps_no_classes() throws Exception {
    assertThat(run("help").out()).contains("Commands:");
    assertThat(run("append", "--help").out()).contains("Appends one event");

    assertThat(archives()).isEmpty();
  }

  @Test
  void without_a_directory_for_them_a_command_starts_as_ever() throws Exception {
    environment.put("DAYBOOK_CACHE", Files.createFile(directory.resolve("file")) + "/cache");
    assertThat(append(1)).isEqualTo(appended(1));
    environment.put("DAYBOOK_CACHE", "/proc/daybook");
    assertThat(append(2)).isEqualTo(appended(2));
    environment.put("DAYBOOK_CACHE", "");
    assertThat(append(3)).isEqualTo(appended(3));
  }

  @Test
  void damaged_classes_are_not_taken() throws Exception {
    assertThat(append(1)).isEqualTo(appended(1));
    Path archive = archives().get(0);
    byte[] whole = Files.readAllBytes(archive);
    byte[] holed = whole.clone();
    Arrays.fill(holed, whole.length / 3, whole.length / 2, (byte) 0);

    int n = 2;
    for (byte[] damaged :
        List.of(holed, Arrays.copyOf(whole, whole.length / 2), new byte[0], new byte[9_000])) {
      Files.write(archive, damaged);
      assertThat(append(n)).isEqualTo(appended(n));
      n++;
    }
  }

  @Test
  void a_newer_jar_has_classes_of_its_own() throws Exception {
    assertThat(append(1)).isEqualTo(appended(1));
    makeJar(script.resolveSibling("daybook-cli.jar"));

    assertThat(append(2)).isEqualTo(appended(2));
    assertThat(append(3)).isEqualTo(appended(3));
    assertThat(isShared()).isTrue();
  }

  @Test
  void several_first_starts_at_once_make_one_file() throws Exception {
    List<Process> processes = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      Path own = Files.createDirectory(directory.resolve("run" + i));
      ProcessBuilder builder =
          builder("append", "stream-" + i, "--db", db, "--type", "T", "--expect", "none", "{}");
      processes.add(Run.start(own, builder));
    }
    for (int i = 0; i < 3; i++) {
      Run run = Run.finish(directory.resolve("run" + i), processes.get(i));
      assertThat(run.status()).as(run.toString()).isZero();
      assertThat(run.err()).isEmpty();
      assertThat(run.lines()).hasSize(1);
    }

    assertThat(archives()).hasSize(1);
    assertThat(isShared()).isTrue();
  }

  @Test
  void a_first_command_that_fails_keeps_too_few_classes_and_the_next_keeps_its_own()
      throws Exception {
    assertThat(run("stats", "--db", db).err()).startsWith("daybook: " + db + " does not exist");

    assertThat(append(1)).isEqualTo(appended(1));
    assertThat(append(2)).isEqualTo(appended(2));
    assertThat(isShared()).isTrue();
  }

  @Test
  void a_java_that_does_not_say_which_it_is_starts_without() throws Exception {
    Path other = directory.resolve("other");
    Path java =
        Files.writeString(
            Files.createDirectories(other.resolve("bin")).resolve("java"),
            "#!/bin/sh\nexec '" + JAVA_HOME + "/bin/java' \"$@\"\n");
    Files.setPosixFilePermissions(java, PosixFilePermissions.fromString("rwxr-xr-x"));
    environment.put("JAVA_HOME", other.toString());

    assertThat(append(1)).isEqualTo(appended(1));
    assertThat(archives()).isEmpty();
  }

  @Test
  void a_link_leads_to_the_jar_and_a_missing_jar_is_named() throws Exception {
    Path link = Files.createSymbolicLink(directory.resolve("link"), script);
    script = Files.createSymbolicLink(directory.resolve("other"), Path.of("link"));
    assertThat(append(1)).isEqualTo(appended(1));
    assertThat(link).isSymbolicLink();

    Files.delete(directory.resolve("a place/daybook-cli.jar"));
    assertThat(run("help"))
        .isEqualTo(
            new Run(
                1,
                "",
                "daybook: %s is missing; expected it beside this script\n"
                    .formatted(directory.resolve("a place/daybook-cli.jar"))));
  }

  @Test
  @Tag("system")
  void each_java_has_its_own_classes() throws Exception {
    assertThat(append(1)).isEqualTo(appended(1));
    environment.put("JAVA_HOME", System.getProperty("daybook.jdk25.home"));
    assertThat(append(2)).isEqualTo(appended(2));
    assertThat(append(3)).isEqualTo(appended(3));
    assertThat(isShared()).isTrue();
    Path archive = archives().stream().max(LauncherTest::younger).orElseThrow();
    Files.write(archive, new byte[9_000]);
    assertThat(append(4)).isEqualTo(appended(4));
    assertThat(append(5)).isEqualTo(appended(5));
    assertThat(isShared()).as("it is made again").isTrue();

    assertThat(archives()).hasSize(2);
  }

  private static int younger(Path one, Path other) {
    return Long.compare(one.toFile().lastModified(), other.toFile().lastModified());
  }

  /** Whether the library's classes come from the file. */
  private boolean isShared() throws Exception {
    Path log = directory.resolve("classes" + runs + ".log");
    environment.put("DAYBOOK_OPTIONS", "-Xlog:class+load:file=" + log);
    assertThat(run("stats", "--db", db).status()).isZero();
    environment.remove("DAYBOOK_OPTIONS");
    return Files.readString(log).contains("dev.daybook.Daybook source: shared objects file (top)");
  }

  private Run append(int n) throws Exception {
    Run run = run("append", "s", "--db", db, "--type", "T", "{\"n\":" + n + "}");
    return new Run(run.status(), run.out().replaceFirst("20\\S*Z", "TIME"), run.err());
  }

  private static Run appended(int n) {
    return new Run(0, "%s\tTIME\ts\t%s\tT\t\t{\"n\":%s}\n".formatted(n, n, n), "");
  }

  private Run run(String... args) throws Exception {
    Path own = Files.createDirectory(directory.resolve("output" + runs));
    runs++;
    return Run.finish(own, Run.start(own, builder(args)));
  }

  private ProcessBuilder builder(String... args) {
    List<String> command = new ArrayList<>(List.of(script.toString()));
    command.addAll(Arrays.asList(args));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().keySet().removeIf(name -> name.startsWith("DAYBOOK_"));
    builder.environment().putAll(environment);
    return builder;
  }

  private List<Path> archives() throws IOException {
    if (!Files.exists(cache)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(cache)) {
      return files.filter(file -> file.toString().endsWith(".jsa")).toList();
    }
  }

  /** One whose class path is this process's: the real one is made after the tests. */
  private static void makeJar(Path jar) throws IOException {
    List<String> options = JavaProcess.withClassPath();
    String classPath = options.get(options.indexOf("-cp") + 1);
    Manifest manifest = new Manifest();
    Attributes main = manifest.getMainAttributes();
    main.put(Attributes.Name.MANIFEST_VERSION, "1.0");
    main.put(Attributes.Name.MAIN_CLASS, Main.class.getName());
    main.put(
        Attributes.Name.CLASS_PATH,
        Arrays.stream(classPath.split(File.pathSeparator, -1))
            .map(path -> Path.of(path).toUri().toString())
            .collect(Collectors.joining(" ")));
    main.putValue("Enable-Native-Access", "ALL-UNNAMED");
    try (OutputStream file = Files.newOutputStream(jar);
        JarOutputStream made = new JarOutputStream(file, manifest)) {
      made.finish();
    }
  }
}
