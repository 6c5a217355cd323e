package dev.daybook.internal.dialect.sqlite;

import dev.daybook.internal.dialect.FileUse;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The processes that have a database's file open, by what Linux reports: the locks of all
 * processes, and the open files of those of the same user. SQLite's locks are at fixed bytes. No
 * file of the database is opened for this: closing it again would release this process's locks.
 */
final class SqliteFileUses {

  private static final Path PROCESSES = Path.of("/proc");
  private static final Pattern LOCK =
      Pattern.compile("\\d+: POSIX +\\S+ +(READ|WRITE) +(\\d+) (\\S+) (\\d+) (\\d+|EOF)");

  /** In the database's file: of the one that is going to write, and of those who read. */
  private static final long RESERVED = 0x40000001L;

  private static final long SHARED = 0x40000002L;

  /** In the file of the locks beside a log: of the one that writes, and of those who read. */
  private static final long WRITER = 120;

  private static final long FIRST_READER = 123;
  private static final long LAST_READER = 127;

  private final Path database;
  private final Optional<Path> locks;
  private final Map<Long, FileUse> uses = new TreeMap<>();

  private SqliteFileUses(Path database) {
    this.database = database;
    this.locks = SqliteFiles.locks(database);
  }

  /** In the order of their ids; empty where the system does not report them. */
  static List<FileUse> of(Path database) {
    SqliteFileUses found = new SqliteFileUses(database);
    try {
      found.addByLocks();
      found.addByFiles();
    } catch (IOException | UnsupportedOperationException | IllegalArgumentException e) {
      // Another system than Linux, or one that does not let us see.
    }
    return List.copyOf(found.uses.values());
  }

  private void addByLocks() throws IOException {
    String ofDatabase = inode(database);
    String ofLocks = locks.isPresent() ? inode(locks.get()) : "";
    for (String line : Files.readAllLines(PROCESSES.resolve("locks"))) {
      Matcher lock = LOCK.matcher(line);
      if (lock.matches()) {
        boolean writes = lock.group(1).equals("WRITE");
        long process = Long.parseLong(lock.group(2));
        long from = Long.parseLong(lock.group(4));
        long to = lock.group(5).equals("EOF") ? Long.MAX_VALUE : Long.parseLong(lock.group(5));
        if (lock.group(3).equals(ofLocks)) {
          add(
              process,
              from <= LAST_READER && to >= FIRST_READER,
              writes && from <= WRITER && to >= WRITER);
        } else if (lock.group(3).equals(ofDatabase)) {
          // Beside a log each connection keeps the lock of a reader as long as it is open.
          boolean reads = locks.isEmpty() && from <= SHARED && to >= SHARED;
          add(process, reads, writes && from <= RESERVED && to >= RESERVED);
        }
      }
    }
  }

  /** As the system of the locks names a file: by its device and its number there. */
  private static String inode(Path file) throws IOException {
    long device = ((Number) Files.getAttribute(file, "unix:dev")).longValue();
    long major = ((device >>> 8) & 0xfff) | ((device >>> 32) & ~0xfffL);
    long minor = (device & 0xff) | ((device >>> 12) & ~0xffL);
    return String.format(
        Locale.ROOT, "%02x:%02x:%s", major, minor, Files.getAttribute(file, "unix:ino"));
  }

  private void addByFiles() throws IOException {
    Path real = database.toRealPath();
    try (DirectoryStream<Path> processes = Files.newDirectoryStream(PROCESSES, "[0-9]*")) {
      for (Path process : processes) {
        if (hasOpen(process, real)) {
          add(Long.parseLong(process.getFileName().toString()), false, false);
        }
      }
    }
  }

  private static boolean hasOpen(Path process, Path file) {
    try (DirectoryStream<Path> files = Files.newDirectoryStream(process.resolve("fd"))) {
      for (Path open : files) {
        if (file.equals(target(open))) {
          return true;
        }
      }
    } catch (IOException | DirectoryIteratorException e) {
      // It has ended, or belongs to another user.
    }
    return false;
  }

  /** Where a link leads to; to itself if it was deleted. */
  private static Path target(Path link) {
    try {
      return Files.readSymbolicLink(link);
    } catch (IOException e) {
      return link;
    }
  }

  private void add(long process, boolean reads, boolean writes) {
    FileUse before = uses.get(process);
    uses.put(
        process,
        before == null
            ? new FileUse(process, command(process), reads, writes)
            : new FileUse(
                process, before.command(), before.reads() || reads, before.writes() || writes));
  }

  private static Optional<String> command(long process) {
    try {
      return Optional.of(Files.readString(PROCESSES.resolve(process + "").resolve("comm")).strip());
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
