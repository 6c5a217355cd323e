package dev.daybook.cli;

import dev.daybook.DaybookException;
import dev.daybook.InvalidInputException;
import dev.daybook.maintenance.MaintenanceException;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * What a command reads from and writes to: results on {@code out}, all else on {@code err}.
 *
 * @param environment what the environment's variables are set to
 */
record Terminal(InputStream in, PrintStream out, PrintStream err, Map<String, String> environment) {

  private static final Path STDERR = Path.of("/proc/self/fd/2");

  PrintWriter printer(PrintStream stream) {
    return new PrintWriter(stream, true, StandardCharsets.UTF_8);
  }

  /**
   * All of the standard input.
   *
   * @throws InvalidInputException if it is no text in UTF-8
   */
  String input() throws IOException {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(in.readAllBytes())) + "";
    } catch (CharacterCodingException e) {
      throw new InvalidInputException("the standard input is no text in UTF-8");
    }
  }

  /** Says in one line what went wrong. */
  void fail(Exception failure, boolean verbose) {
    out.flush();
    String message = failure.getMessage();
    boolean known = failure instanceof DaybookException || failure instanceof IOException;
    String line =
        message == null || !known
            ? failure.toString()
            : message.lines().findFirst().orElse(message);
    err.println("daybook: " + line + remedy(failure));
    if (verbose) {
      failure.printStackTrace(err);
    } else if (!known) {
      err.println("daybook: --verbose shows where");
    }
    err.flush();
  }

  private static String remedy(Exception failure) {
    return failure instanceof MaintenanceException refused
            && refused.reason() == MaintenanceException.Reason.TARGET_EXISTS
        ? "; --force replaces it"
        : "";
  }

  /**
   * Whether standard error is a terminal: a progress bar in a log file helps nobody. Java can't
   * tell; the kernel can, where it has /proc.
   */
  boolean isWatched() {
    try {
      String target = Files.readSymbolicLink(STDERR).toString();
      return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty");
    } catch (IOException e) {
      return false;
    }
  }
}
