package dev.daybook.conformance;

import dev.daybook.Daybook;
import dev.daybook.journal.EncodedEvent;
import dev.daybook.journal.EventQuery;
import dev.daybook.journal.ExpectedSeq;
import dev.daybook.subscription.AtLeastOnce;
import dev.daybook.subscription.Subscriber;
import dev.daybook.subscription.Subscription;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * The classes that most processes of the tests load, in an archive of the JVM, by which they start
 * in half of the processor time. It is made by the first process that needs it, for the class files
 * as they are then, and used by all test JVMs of a build. The JVM archives classes of jars only, so
 * the directories of the class path are packed into one.
 */
final class SharedClasses {

  private static final Path DIRECTORY = Path.of("target", "shared-classes");
  private static final String LOCK = "lock";
  private static final long TIMEOUT_MINUTES = 5;

  private static @Nullable List<String> options;

  private SharedClasses() {}

  /** The options of a JVM that runs with this process's class path, the class path included. */
  static synchronized List<String> options() {
    if (options == null) {
      try {
        options = prepare(System.getProperty("java.class.path"));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException(e);
      }
    }
    return options;
  }

  private static List<String> prepare(String classPath) throws IOException, InterruptedException {
    List<Path> directories = new ArrayList<>();
    List<Path> jars = new ArrayList<>();
    for (String entry : classPath.split(File.pathSeparator, -1)) {
      // An empty one would be the working directory, with all that is in it.
      if (!entry.isEmpty()) {
        Path path = Path.of(entry).toAbsolutePath();
        (Files.isDirectory(path) ? directories : jars).add(path);
      }
    }
    Files.createDirectories(DIRECTORY);
    String name = fingerprint(directories, classPath);
    Path packed = DIRECTORY.resolve(name + ".jar").toAbsolutePath();
    Path archive = DIRECTORY.resolve(name + ".jsa").toAbsolutePath();
    jars.add(0, packed);
    List<String> path =
        List.of(
            "-cp",
            jars.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator)));
    try (FileChannel channel =
            FileChannel.open(
                DIRECTORY.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock lock = channel.lock()) {
      Objects.requireNonNull(lock);
      if (!Files.exists(packed)) {
        deleteOlder();
        pack(directories, packed);
        archive(path, archive);
      }
    }
    List<String> all = new ArrayList<>(path);
    if (Files.exists(archive)) {
      all.add("-XX:SharedArchiveFile=" + archive);
    }
    return List.copyOf(all);
  }

  private static void deleteOlder() throws IOException {
    for (Path each : content(DIRECTORY)) {
      if (!each.endsWith(LOCK)) {
        Files.delete(each);
      }
    }
  }

  /** Another one as soon as a class file is another one. */
  private static String fingerprint(List<Path> directories, String classPath) throws IOException {
    long hash = 31L * classPath.hashCode() + Runtime.version().hashCode();
    for (Path directory : directories) {
      for (Path file : content(directory)) {
        hash = 31 * hash + file.hashCode();
        hash = 31 * hash + Files.getLastModifiedTime(file).toMillis();
      }
    }
    return Long.toHexString(hash);
  }

  /** What is in a directory, at any depth, directories before what is in them. */
  private static List<Path> content(Path directory) throws IOException {
    try (Stream<Path> all = Files.walk(directory)) {
      return all.filter(each -> !each.equals(directory)).sorted().toList();
    }
  }

  private static void pack(List<Path> directories, Path packed) throws IOException {
    Path part = Files.createTempFile(DIRECTORY, "packed", ".jar");
    Set<String> names = new HashSet<>();
    try (OutputStream file = Files.newOutputStream(part);
        ZipOutputStream jar = new ZipOutputStream(file)) {
      jar.setLevel(0);
      for (Path directory : directories) {
        for (Path each : content(directory)) {
          String name = directory.relativize(each).toString().replace(File.separatorChar, '/');
          boolean isDirectory = Files.isDirectory(each);
          if (names.add(name)) {
            jar.putNextEntry(new ZipEntry(isDirectory ? name + "/" : name));
            if (!isDirectory) {
              Files.copy(each, jar);
            }
            jar.closeEntry();
          }
        }
      }
    }
    Files.move(part, packed, StandardCopyOption.ATOMIC_MOVE);
  }

  /**
   * Without an archive, which some JVMs can't make, processes start as they are. It is made of the
   * names of classes: Java 17 may crash when it writes those that it has made for lambdas.
   */
  private static void archive(List<String> path, Path archive)
      throws IOException, InterruptedException {
    Path loaded = DIRECTORY.resolve("loaded");
    if (!java(path, "-XX:DumpLoadedClassList=" + loaded, Training.class.getName())) {
      return;
    }
    Path names = DIRECTORY.resolve("names");
    try (Stream<String> lines = Files.lines(loaded)) {
      Files.write(
          names,
          lines
              .filter(line -> !line.matches("[@#].*|.* source: .*"))
              .map(line -> line.replaceFirst(" .*", ""))
              .toList());
    }
    if (!java(
        path,
        "-Xshare:dump",
        "-XX:SharedClassListFile=" + names,
        "-XX:SharedArchiveFile=" + archive)) {
      Files.deleteIfExists(archive);
    }
  }

  private static boolean java(List<String> path, String... arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(JavaProcess.JAVA.toString()));
    command.addAll(JavaProcess.NATIVE_ACCESS);
    command.addAll(path);
    command.addAll(List.of(arguments));
    Process training =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(DIRECTORY.resolve("training.out").toFile())
            .start();
    if (!training.waitFor(TIMEOUT_MINUTES, TimeUnit.MINUTES)) {
      training.destroyForcibly().waitFor();
    }
    return training.exitValue() == 0;
  }

  /** Does something of what the processes do, so that its classes are loaded. */
  static final class Training {

    private Training() {}

    public static void main(String[] args) throws Exception {
      Path file = Files.createTempDirectory("daybook").resolve("training.db");
      try (Daybook daybook = Daybook.open(file)) {
        EncodedEvent event = EncodedEvent.json("Trained", "{}");
        daybook.rawJournal().append("training", ExpectedSeq.any(), event);
        long position = daybook.rawJournal().read(EventQuery.all()).get(0).position();
        daybook.journal(ParcelEvent.class).append("a", ExpectedSeq.any(), ParcelEvent.moved(1));
        daybook.transaction(tx -> daybook.within(tx).rawJournal().highestSeq("training"));
        daybook.maintenance().verify();
        try (Subscription subscription =
            daybook
                .subscriptions()
                .start(
                    Subscriber.of("training", daybook.rawJournal(), AtLeastOnce.each(it -> {})))) {
          if (!subscription.awaitPosition(position, Await.PATIENCE)) {
            throw new IllegalStateException(
                "the subscription has not come to position " + position);
          }
        }
      }
      try (Stream<Path> files = Files.list(file.getParent())) {
        files.forEach(each -> each.toFile().delete());
      }
      Files.delete(file.getParent());
    }
  }
}
