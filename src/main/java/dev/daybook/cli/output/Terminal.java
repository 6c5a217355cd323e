package dev.daybook.cli.output;

import dev.daybook.error.DaybookException;
import dev.daybook.error.InvalidInputException;
import dev.daybook.maintenance.MaintenanceException;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.IntSupplier;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a command reads from and writes to: results on {@code out}, all else on {@code err}.
 *
 * @param environment what the environment's variables are set to
 * @param watched which of the streams are a terminal, where a person reads or types
 * @param measuredColumns asks the terminal how wide it is; 0 if it does not say
 */
public record Terminal(
    InputStream in,
    PrintStream out,
    PrintStream err,
    Map<String, String> environment,
    Set<Stream> watched,
    Color color,
    IntSupplier measuredColumns) {

  private static final int UNKNOWN = 0;
  private static final Pattern WIDTH = Pattern.compile("[1-9]\\d{0,4}");
  private static final String BOLD = "\u001B[1m";
  private static final String RED = "\u001B[1;31m";
  private static final String PLAIN = "\u001B[0m";

  /** The streams of a process. */
  public enum Stream {
    /** Standard input. */
    IN(0),
    /** Standard output. */
    OUT(1),
    /** Standard error. */
    ERR(2);

    private final int descriptor;

    Stream(int descriptor) {
      this.descriptor = descriptor;
    }

    /** Java does not know whether this is a terminal; the kernel does, where it has /proc. */
    private boolean isTerminal() {
      try {
        String target = Files.readSymbolicLink(Path.of("/proc/self/fd/" + descriptor)).toString();
        return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty");
      } catch (IOException e) {
        return false;
      }
    }
  }

  /** Streams of which none is a terminal. */
  public Terminal(
      InputStream in, PrintStream out, PrintStream err, Map<String, String> environment) {
    this(in, out, err, environment, Set.of(), Color.AUTO);
  }

  /** The same of which some are a terminal, whose width is known if the environment says it. */
  public Terminal(
      InputStream in,
      PrintStream out,
      PrintStream err,
      Map<String, String> environment,
      Set<Stream> watched,
      Color color) {
    this(in, out, err, environment, watched, color, () -> UNKNOWN);
  }

  /** The same with those of this process's streams watched that are a terminal. */
  public Terminal ofProcess() {
    Set<Stream> terminals =
        Arrays.stream(Stream.values()).filter(Stream::isTerminal).collect(Collectors.toSet());
    return new Terminal(in, out, err, environment, terminals, color, Terminal::askColumns);
  }

  public Terminal with(Color chosen) {
    return new Terminal(in, out, err, environment, watched, chosen, measuredColumns);
  }

  /** How many characters a line of standard output has; 0 if that is unknown. */
  int columns() {
    String given = environment.getOrDefault("COLUMNS", "");
    return WIDTH.matcher(given).matches() ? Integer.parseInt(given) : measuredColumns.getAsInt();
  }

  /** Java does not know that either; {@code stty} does, of its standard input. */
  private static int askColumns() {
    try {
      Process stty =
          new ProcessBuilder("stty", "size")
              .redirectInput(new File("/proc/self/fd/1"))
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      String size =
          new String(stty.getInputStream().readAllBytes(), StandardCharsets.US_ASCII).strip();
      String columns = size.substring(size.indexOf(' ') + 1);
      return WIDTH.matcher(columns).matches() ? Integer.parseInt(columns) : UNKNOWN;
    } catch (IOException e) {
      return UNKNOWN;
    }
  }

  boolean isTerminal(Stream stream) {
    return watched.contains(stream);
  }

  /**
   * Asks whether to do something that can't be undone.
   *
   * @throws InvalidInputException if there is no terminal to ask on
   */
  public boolean confirms(String plan) throws IOException {
    if (!isTerminal(Stream.IN) || !isTerminal(Stream.ERR)) {
      throw new InvalidInputException(
          "this would %s, and standard input is not a terminal to ask on; --force does it without asking, --dry-run shows what it would do"
              .formatted(plan));
    }
    err.print("This will " + plan + ". Continue? [y/N] ");
    err.flush();
    StringBuilder answer = new StringBuilder();
    for (int next = in.read(); next >= 0 && next != '\n'; next = in.read()) {
      answer.append((char) next);
    }
    return answer.toString().strip().toLowerCase(Locale.ROOT).matches("y|yes");
  }

  /** Whether a stream gets colours. */
  public boolean hasColors(Stream stream) {
    return switch (color) {
      case ALWAYS -> true;
      case NEVER -> false;
      case AUTO ->
          isTerminal(stream)
              && environment.getOrDefault("NO_COLOR", "").isEmpty()
              && !environment.getOrDefault("TERM", "").equals("dumb");
    };
  }

  String bold(Stream stream, String text) {
    return hasColors(stream) ? BOLD + text + PLAIN : text;
  }

  public PrintWriter printer(PrintStream stream) {
    return new PrintWriter(stream, true, StandardCharsets.UTF_8);
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
    printError(line + remedy(failure));
    if (verbose) {
      failure.printStackTrace(err);
    } else if (!known) {
      err.println("daybook: --verbose shows where");
    }
    err.flush();
  }

  /** Prints a message. */
  public void printError(String message) {
    String name = "daybook:";
    err.println((hasColors(Stream.ERR) ? RED + name + PLAIN : name) + " " + message);
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
}
