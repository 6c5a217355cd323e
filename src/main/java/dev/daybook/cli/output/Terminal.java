package dev.daybook.cli.output;

import dev.daybook.error.DaybookException;
import dev.daybook.error.InvalidInputException;
import dev.daybook.maintenance.MaintenanceException;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a command reads from and writes to: results on {@code out}, all else on {@code err}.
 *
 * @param environment what the environment's variables are set to
 */
public record Terminal(
    InputStream in, PrintStream out, PrintStream err, Map<String, String> environment) {

  private static final Path STDERR = Path.of("/proc/self/fd/2");

  public PrintWriter printer(PrintStream stream) {
    return new PrintWriter(stream, true, StandardCharsets.UTF_8);
  }

  /**
   * All of the standard input.
   *
   * @throws InvalidInputException if it is not text in UTF-8
   */
  public String input() throws IOException {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(in.readAllBytes())) + "";
    } catch (CharacterCodingException e) {
      throw new InvalidInputException("the standard input is not text in UTF-8");
    }
  }

  /** Describes in one line what went wrong. */
  public void fail(Exception failure, boolean verbose) {
    out.flush();
    String message =
        failure instanceof FileSystemException file ? message(file) : failure.getMessage();
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

  /** Many such exceptions say by their class alone what is wrong with the file that they name. */
  private static @Nullable String message(FileSystemException failure) {
    String file = failure.getFile();
    if (file == null || failure.getOtherFile() != null || failure.getReason() != null) {
      return failure.getMessage();
    }
    if (failure instanceof NoSuchFileException) {
      return file + (isInDirectory(file) ? " does not exist" : ": its directory does not exist");
    }
    if (failure instanceof AccessDeniedException) {
      return file + ": access is denied";
    }
    if (failure instanceof FileAlreadyExistsException) {
      return file + " exists already";
    }
    return failure instanceof NotDirectoryException
        ? file + " is not a directory"
        : failure.toString();
  }

  private static boolean isInDirectory(String file) {
    Path directory = Path.of(file).toAbsolutePath().getParent();
    return directory == null || Files.isDirectory(directory);
  }

  private static String remedy(Exception failure) {
    return failure instanceof MaintenanceException refused
            && refused.reason() == MaintenanceException.Reason.TARGET_EXISTS
        ? "; --force replaces it"
        : "";
  }

  /**
   * Whether standard error is a terminal: a progress bar in a log file is useless. Java does not
   * know it; the kernel does, where it has /proc.
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
