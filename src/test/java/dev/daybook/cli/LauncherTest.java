package dev.daybook.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daybook.conformance.Await;
import dev.daybook.conformance.JavaProcess;
import dev.daybook.conformance.Scale;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The launcher script beside the jar. Whatever becomes of the archive that is made in the
 * background, a command prints what it prints without it, and ends as it does.
 */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class LauncherTest {

  private static final Path SCRIPT = Path.of("src/main/launcher/daybook");
  private static final Path JAVA_HOME = Path.of(System.getProperty("java.home"));

  @TempDir private Path directory;
  private Path script;
  private Path jar;
  private Path cache;
  private String db;
  private int runs;
  private final Map<String, String> environment = new LinkedHashMap<>();

  @BeforeEach
  void install() throws IOException {
    Path home = Files.createDirectory(directory.resolve("installed"));
    script = executable(home.resolve("daybook"), Files.readString(SCRIPT));
    jar = home.resolve("daybook-cli.jar");
    makeJar();
    cache = directory.resolve("cache");
    db = directory.resolve("journal.db").toString();
    environment.put("JAVA_HOME", JAVA_HOME.toString());
    environment.put("DAYBOOK_CACHE", cache.toString());
  }

  @AfterEach
  void uninstall() throws IOException {
    // Otherwise the directory could not be deleted.
    Await.until("processes in the background", this::making);
    deleteAll(jar.resolveSibling("lib"));
  }

  @Test
  void later_starts_have_the_classes_of_the_archive_unless_it_is_damaged() throws Exception {
    assertThat(append(1)).isEqualTo(appended(1));
    awaitArchive();
    assertThat(append(2)).isEqualTo(appended(2));
    assertThat(isShared()).isTrue();
    environment.put("DAYBOOK_JAVA_OPTS", "-XX:+UseParallelGC -Xmx64m");
    assertThat(append(3)).isEqualTo(appended(3));
    environment.remove("DAYBOOK_JAVA_OPTS");

    Path archive = archives().get(0);
    byte[] whole = Files.readAllBytes(archive);
    byte[] holed = whole.clone();
    Arrays.fill(holed, whole.length / 3, whole.length / 2, (byte) 0);
    int n = 4;
    List<byte[]> all =
        List.of(holed, new byte[0], Arrays.copyOf(whole, whole.length / 2), new byte[9_000]);
    for (byte[] damaged : all.subList(0, Scale.of(2, all.size()))) {
      Files.delete(archive);
      Files.write(archive, damaged);
      assertThat(append(n)).isEqualTo(appended(n));
      n++;
    }
    assertThat(crashes()).isEmpty();
  }

  @Test
  @Tag("system")
  void several_first_starts_at_once_make_one_archive_and_a_newer_jar_gets_its_own()
      throws Exception {
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
    awaitArchive();
    assertThat(archives()).hasSize(1);
    assertThat(isShared()).isTrue();

    Files.setLastModifiedTime(jar, FileTime.from(Instant.now().minus(Duration.ofDays(1))));
    assertThat(isShared()).isFalse();
    awaitArchive();
    assertThat(archives()).hasSize(2);
    assertThat(isShared()).isTrue();
    assertThat(crashes()).isEmpty();
  }

  @Test
  void without_a_directory_of_its_own_a_command_starts_as_ever() throws Exception {
    fakeJava("touch '" + directory + "/made'");
    Path open = Files.createDirectory(directory.resolve("open"));
    Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rwxrwxr-x"));
    Path link = Files.createSymbolicLink(directory.resolve("link"), Path.of("elsewhere"));
    Files.createDirectory(
        directory.resolve("elsewhere"),
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    List<String> unusable =
        List.of(
            Files.createFile(directory.resolve("file")) + "/cache",
            "/proc/daybook",
            "",
            "relative",
            open.toString(),
            link.toString());
    for (String each : unusable) {
      environment.put("DAYBOOK_CACHE", each);
      assertThat(run("--version")).as(each).isEqualTo(printed());
    }
    environment.remove("DAYBOOK_CACHE");
    environment.put("HOME", "");
    environment.put("XDG_CACHE_HOME", "");
    assertThat(run("--version")).isEqualTo(printed());

    assertThat(directory.resolve("made")).doesNotExist();
  }

  @Test
  void an_archive_where_others_can_write_is_not_taken() throws Exception {
    fakeJava(installing());
    run("--version");
    awaitArchive();
    assertThat(run("stats").out()).contains("SharedArchiveFile=" + archives().get(0));

    Files.setPosixFilePermissions(cache, PosixFilePermissions.fromString("rwxrwxrwx"));
    assertThat(run("stats").out()).doesNotContain("SharedArchiveFile");
  }

  @Test
  void an_archive_that_can_t_be_made_is_tried_again_an_hour_later() throws Exception {
    for (String failure :
        List.of("kill -SEGV $$", "exit 1", "case $* in *-Xshare:on*) exit 1 ;; esac")) {
      String log = "echo \"$*\" >> '" + directory + "/rehearsals'";
      fakeJava(installing() + "; " + log + "; " + failure);
      assertThat(run("--version")).isEqualTo(printed());
      Await.untilExists(directory.resolve("rehearsals"));
      Await.until("the files of the attempt", this::leftBesideLog);
      long attempts = Files.size(directory.resolve("rehearsals"));

      assertThat(run("--version")).isEqualTo(printed());
      assertThat(archives()).isEmpty();
      assertThat(Files.size(directory.resolve("rehearsals"))).isEqualTo(attempts);

      Files.setLastModifiedTime(
          making().get(0), FileTime.from(Instant.now().minus(Duration.ofHours(2))));
      fakeJava(installing());
      assertThat(run("--version")).isEqualTo(printed());
      awaitArchive();
      assertThat(run("stats").out()).contains("SharedArchiveFile");
      Files.delete(archives().get(0));
      Files.delete(directory.resolve("rehearsals"));
    }
  }

  @Test
  void a_command_does_not_wait_for_the_archive_and_keeps_nothing_open_for_it() throws Exception {
    fakeJava("while ! [ -e '" + directory + "/go' ]; do sleep 0.1; done");
    Process process = builder("--version").redirectErrorStream(true).start();
    // To the end of what is printed: no other process has it open.
    byte[] printed = process.getInputStream().readAllBytes();

    assertThat(process.waitFor()).isZero();
    assertThat(new String(printed, StandardCharsets.UTF_8)).isEqualTo("daybook\n");
    Path attempt = making().get(0);
    Files.createFile(directory.resolve("go"));
    Await.until(() -> attempt.resolve("log").toFile().length() > 0);
    Await.until("the files of the attempt", this::leftBesideLog);
    deleteAll(attempt);
  }

  @Test
  void the_process_is_that_of_the_command_with_its_status_and_its_signals() throws Exception {
    environment.put("DAYBOOK_CACHE", "");
    fakeJava("exit 0");
    Path own = Files.createDirectory(directory.resolve("own"));
    Process process = Run.start(own, builder("status"));
    Run run = Run.finish(own, process);
    assertThat(run.status()).isEqualTo(7);
    assertThat(run.out()).startsWith("started " + process.pid() + " ");

    Path killed = Files.createDirectory(directory.resolve("killed"));
    Run terminated = Run.finish(killed, Run.start(killed, builder("signal")));
    assertThat(terminated.status()).isEqualTo(128 + 15);
  }

  @Test
  void options_and_a_choice_of_collector_reach_java() throws Exception {
    environment.put("DAYBOOK_CACHE", "");
    fakeJava("exit 0");
    assertThat(run("stats").out()).contains("TieredStopAtLevel=1").contains("UseSerialGC");
    assertThat(run("import").out()).doesNotContain("TieredStopAtLevel");
    environment.put("DAYBOOK_JAVA_OPTS", "-XX:+UseZGC -Dname=*");
    assertThat(run("stats", "a b").out())
        .contains("-XX:+UseZGC -Dname=* -jar ")
        .doesNotContain("UseSerialGC")
        .endsWith(" stats a b\n");
  }

  @Test
  void a_java_that_does_not_say_which_it_is_starts_without() throws Exception {
    fakeJava("touch '" + directory + "/made'");
    Files.delete(directory.resolve("java/release"));

    assertThat(run("--version")).isEqualTo(printed());
    assertThat(cache).doesNotExist();
  }

  @Test
  void a_link_leads_to_the_jar_and_what_is_missing_is_named() throws Exception {
    environment.put("DAYBOOK_CACHE", "");
    fakeJava("exit 0");
    Files.createSymbolicLink(directory.resolve("link"), script);
    script = Files.createSymbolicLink(directory.resolve("other"), Path.of("link"));
    assertThat(run("--version")).isEqualTo(printed());

    environment.put("JAVA_HOME", "/nowhere");
    assertThat(run("help").err()).startsWith("daybook: JAVA_HOME is /nowhere, which has no bin/");
    Path missing = jar.toRealPath();
    Files.delete(jar);
    assertThat(run("help"))
        .isEqualTo(
            new Run(
                1,
                "",
                "daybook: %s is missing; expected it beside this script\n".formatted(missing)));
  }

  @Test
  @Tag("system")
  void each_java_has_its_own_classes() throws Exception {
    environment.put("JAVA_HOME", System.getProperty("daybook.jdk25.home"));
    assertThat(append(1)).isEqualTo(appended(1));
    awaitArchive();
    assertThat(append(2)).isEqualTo(appended(2));
    assertThat(isShared()).isTrue();
    Path archive = archives().get(0);
    Files.delete(archive);
    Files.write(archive, new byte[9_000]);
    assertThat(append(3)).isEqualTo(appended(3));

    environment.put("JAVA_HOME", JAVA_HOME.toString());
    assertThat(append(4)).isEqualTo(appended(4));
    awaitArchive();
    assertThat(isShared()).isTrue();
    assertThat(archives()).hasSize(2);
    assertThat(crashes()).isEmpty();
  }

  /** Whether the library's classes come from the archive. */
  private boolean isShared() throws Exception {
    Path log = directory.resolve("classes" + runs + ".log");
    environment.put("DAYBOOK_JAVA_OPTS", "-Xlog:class+load:file=" + log);
    assertThat(run("stats", "--db", db).status()).isZero();
    environment.remove("DAYBOOK_JAVA_OPTS");
    return Files.readString(log).contains("dev.daybook.Daybook source: shared objects file");
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

  /**
   * A Java that prints how it was started.
   *
   * @param rehearsal what it does instead when an archive is made
   */
  private void fakeJava(String rehearsal) throws IOException {
    Path home = directory.resolve("java");
    Files.createDirectories(home.resolve("bin"));
    Files.writeString(home.resolve("release"), "JAVA_VERSION=\"17\"\n");
    executable(
        home.resolve("bin/java"),
        """
        #!/bin/sh
        case "$*" in
          *cli.Rehearsal* | *-Xshare:dump*) %s ;;
          *--version) echo daybook ;;
          *) echo "started $$ $*" ;;
        esac
        case "$*" in
          *" status") exit 7 ;;
          *" signal") kill $$ ;;
        esac
        """
            .formatted(rehearsal));
    environment.put("JAVA_HOME", home.toString());
  }

  private static Run printed() {
    return new Run(0, "daybook\n", "");
  }

  /** What makes an archive of a fake Java. */
  private static String installing() {
    return "touch loaded; case \"$*\" in *-Xshare:dump*) touch new.jsa ;; esac";
  }

  private static Path executable(Path file, String text) throws IOException {
    Files.writeString(file, text);
    return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private void awaitArchive() {
    Await.until(() -> making().isEmpty(), () -> files(cache).mapToLong(LauncherTest::size).sum());
  }

  private List<Path> archives() {
    return files(cache).filter(file -> file.toString().endsWith(".jsa")).toList();
  }

  /** The directories of attempts, in progress or failed. */
  private List<Path> making() {
    return Stream.of(list(cache)).filter(file -> file.toString().endsWith(".making")).toList();
  }

  private List<Path> leftBesideLog() {
    return making().stream()
        .flatMap(LauncherTest::files)
        .filter(file -> !file.endsWith("log"))
        .toList();
  }

  /** What a crash of Java leaves in the directories that were used. */
  private List<Path> crashes() {
    return Stream.of(Path.of("."), directory, cache)
        .flatMap(each -> Stream.of(list(each)))
        .filter(file -> file.getFileName().toString().matches("(hs_err|core|crash).*"))
        .toList();
  }

  private static Stream<Path> files(Path in) {
    return Stream.of(list(in))
        .flatMap(file -> Files.isDirectory(file) ? files(file) : Stream.of(file));
  }

  /** Without a failure where something disappears meanwhile. */
  private static Path[] list(Path in) {
    File[] found = in.toFile().listFiles();
    return found == null
        ? new Path[0]
        : Arrays.stream(found).map(File::toPath).toArray(Path[]::new);
  }

  private static long size(Path file) {
    return file.toFile().length();
  }

  private static void deleteAll(Path directory) throws IOException {
    for (Path each : list(directory)) {
      if (Files.isDirectory(each)) {
        deleteAll(each);
      } else {
        Files.delete(each);
      }
    }
    Files.delete(directory);
  }

  /** One whose class path is this process's: the real one is made after the tests. */
  private void makeJar() throws IOException {
    List<String> options = JavaProcess.withClassPath();
    String[] classPath = options.get(options.indexOf("-cp") + 1).split(File.pathSeparator, -1);
    Path libraries = Files.createDirectory(jar.resolveSibling("lib"));
    List<String> links = new ArrayList<>();
    for (String each : classPath) {
      Path link = libraries.resolve(links.size() + ".jar");
      Files.createSymbolicLink(link, Path.of(each));
      // Java takes no other names into an archive than those of files beside the jar.
      links.add("lib/" + link.getFileName());
    }
    Manifest manifest = new Manifest();
    Attributes main = manifest.getMainAttributes();
    main.put(Attributes.Name.MANIFEST_VERSION, "1.0");
    main.put(Attributes.Name.MAIN_CLASS, Main.class.getName());
    main.put(Attributes.Name.CLASS_PATH, String.join(" ", links));
    main.putValue("Enable-Native-Access", "ALL-UNNAMED");
    try (OutputStream file = Files.newOutputStream(jar);
        JarOutputStream made = new JarOutputStream(file, manifest)) {
      made.finish();
    }
  }
}
