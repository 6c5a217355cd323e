package dev.daybook.subscription.internal.leases;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Identifies a process, so that others on the same machine can know that it has ended: by the
 * machine's boot, the PID namespace, its PID and the time of its start. Linux has all of that;
 * elsewhere a process that stands by has to wait for the lease to expire.
 *
 * @param boot a machine, and one time that it was booted
 * @param namespace in which the PID counts
 * @param start in ticks since the boot
 */
public record ProcessLocation(String boot, String namespace, long pid, String start) {

  private static final Path PROC = Path.of("/proc");
  private static final String SEPARATOR = " ";
  private static final int PARTS = 4;

  /** After the name of the program, which may have any characters, and ends with the last ")". */
  private static final int START_BEHIND_NAME = 19;

  private static final Optional<ProcessLocation> HERE = find();

  /** Where this process runs; empty if that can't be known. */
  static Optional<ProcessLocation> here() {
    return HERE;
  }

  /**
   * Whether the process of a location has certainly ended.
   *
   * @param text as {@link #text} has written it; {@code null} if nothing is known of it
   */
  public static boolean isGone(@Nullable String text) {
    String[] parts = text == null ? new String[0] : text.split(SEPARATOR, -1);
    if (HERE.isEmpty() || parts.length != PARTS) {
      return false;
    }
    ProcessLocation here = HERE.get();
    return parts[0].equals(here.boot)
        && parts[1].equals(here.namespace)
        && here.seesAll()
        && !parts[3].equals(start(parts[2]).orElse(""));
  }

  /** What {@link #isGone} understands. */
  String text() {
    return String.join(SEPARATOR, boot, namespace, Long.toString(pid), start);
  }

  /** Where processes of other users are hidden, one that can't be seen may be there. */
  private boolean seesAll() {
    return start("1").isPresent();
  }

  private static Optional<ProcessLocation> find() {
    long pid = ProcessHandle.current().pid();
    try {
      String boot = Files.readString(PROC.resolve("sys/kernel/random/boot_id")).trim();
      String namespace = Files.readSymbolicLink(PROC.resolve("self/ns/pid")).toString();
      return start(Long.toString(pid))
          .map(start -> new ProcessLocation(boot, namespace, pid, start));
    } catch (IOException | RuntimeException e) {
      return Optional.empty();
    }
  }

  /** When a process was started; empty if it does not run. */
  private static Optional<String> start(String pid) {
    try {
      String stat = Files.readString(PROC.resolve(pid).resolve("stat"));
      String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(SEPARATOR, -1);
      boolean ended = fields[0].equals("Z") || fields[0].equals("X");
      return ended ? Optional.empty() : Optional.of(fields[START_BEHIND_NAME]);
    } catch (IOException | RuntimeException e) {
      return Optional.empty();
    }
  }
}
