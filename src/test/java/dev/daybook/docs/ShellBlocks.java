package dev.daybook.docs;

import dev.daybook.cli.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Runs the shell blocks of one page: {@code daybook} in this process, {@code echo} by itself. A
 * line is a command; {@code # exit status 3} after one says what it ends with.
 */
final class ShellBlocks {

  /** What a block may be called that is not run here, and why. {@link UnrunCommands} checks it. */
  static final Map<String, String> NOT_RUN =
      Map.of(
          "demo", "builds the jar that the build is about to make",
          "test", "would run all tests inside of one",
          "benchmarks", "takes forty minutes",
          "benchmark-options", "takes minutes",
          "fast-starts", "builds the jar, and takes a minute",
          "shared-classes", "needs the class path of a service",
          "flight-recording", "needs a process that is recorded",
          "aot-cache", "needs Java 25 and the class path of a service",
          "migrate-print", "needs the shells of the databases",
          "native-library", "needs a service's own jars");

  private static final Pattern WORD = Pattern.compile("'([^']*)'|(\\S+)");
  private static final Pattern FILE = Pattern.compile("[\\w-]+\\.(db|ndjson)");
  private static final Pattern STATUS = Pattern.compile(".*# exit status (\\d).*");
  private static final String URL = "jdbc:postgresql://localhost:5432/app";

  private final Path directory;
  private final String url;
  private final Map<String, String> environment;

  /**
   * @param directory where files are
   * @param url stands in place of the server's in the commands
   * @param environment says who to be there
   */
  ShellBlocks(Path directory, String url, Map<String, String> environment) {
    this.directory = directory;
    this.url = url;
    this.environment = environment;
  }

  static boolean isRun(Block block) {
    return block.language().equals("sh") && block.marker().isEmpty();
  }

  /**
   * Runs a block.
   *
   * @return what its last command has printed, with file names as they are shown
   */
  String run(Block block) throws IOException {
    String printed = "";
    String joined = String.join("\n", block.code()).replaceAll("\\\\\n *", "");
    for (String line : joined.split("\n", -1)) {
      if (!line.isBlank() && !line.startsWith("#") && !line.startsWith("alias daybook=")) {
        printed = run(line, block + ": " + line);
      }
    }
    return printed.replace(directory + "/", "");
  }

  private String run(String line, String where) throws IOException {
    Matcher status = STATUS.matcher(line);
    int expected = status.matches() ? Integer.parseInt(status.group(1)) : 0;
    String input = "";
    for (String command : line.replaceFirst(" +# .*", "").split(" \\| ", -1)) {
      input = run(words(command), input, expected, where);
    }
    return input;
  }

  private String run(List<String> words, String input, int expected, String where)
      throws IOException {
    int into = words.indexOf(">");
    int from = words.indexOf("<");
    List<String> args =
        words.stream().skip(1).takeWhile(word -> !word.equals(">") && !word.equals("<")).toList();
    String read = from < 0 ? input : Files.readString(Path.of(words.get(from + 1)));
    String printed = String.join(" ", args) + "\n";
    if (words.get(0).equals("daybook")) {
      String[] given = args.toArray(String[]::new);
      Run run =
          read.isEmpty() ? Run.withEnvironment(environment, given) : Run.withInput(read, given);
      printed = run.out() + run.err();
      if (run.status() != expected) {
        throw new AssertionError(where + "\nended with " + run.status() + ": " + printed);
      }
    } else if (!words.get(0).equals("echo")) {
      throw new AssertionError(where + "\nis no command that is run here");
    }
    if (into >= 0) {
      Files.writeString(Path.of(words.get(into + 1)), printed);
      return "";
    }
    return printed;
  }

  /** A command's words, with files in the directory and the server that is there. */
  private List<String> words(String command) {
    List<String> words = new ArrayList<>();
    Matcher matcher = WORD.matcher(command);
    while (matcher.find()) {
      String quoted = matcher.group(1);
      String word = quoted == null ? matcher.group() : quoted;
      words.add(
          FILE.matcher(word).matches()
              ? directory.resolve(word).toString()
              : word.replace(URL, url));
    }
    return words;
  }
}
