package dev.daybook.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daybook.Daybook;
import dev.daybook.cli.Run;
import dev.daybook.conformance.Await;
import dev.daybook.conformance.ParcelEvent;
import dev.daybook.journal.ExpectedSeq;
import dev.daybook.journal.Journal;
import dev.daybook.snapshot.SnapshotStore;
import dev.daybook.subscription.AtLeastOnce;
import dev.daybook.subscription.OnFailure;
import dev.daybook.subscription.Subscriber;
import dev.daybook.subscription.Subscription;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The page that shows what each command takes, refuses and prints is what the commands print: this
 * makes it, and compares it. {@code -Ddaybook.manual.update=true} writes it.
 */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class CommandReferenceTest {

  private static final Path PAGE = Path.of("src/docs/command-reference.md");
  private static final Path EXAMPLES = Path.of("src/test/resources/command-examples.txt");
  private static final int WIDTH = 118;

  /** After which a person types. */
  private static final String ASKED = "[y/N] ";

  /** What a terminal no longer shows: progress, whose line was used again. */
  private static final Pattern ERASED = Pattern.compile("[^\\n]*\\r\\u001B\\[K");

  private static final Pattern WORD = Pattern.compile("'([^']*)'|(\\S+)");
  private static final Pattern FILE = Pattern.compile("[\\w-]+\\.(db|ndjson|txt)");
  private static final Pattern COMMAND = Pattern.compile("^  ([a-z][a-z-]+)  ", Pattern.MULTILINE);

  @TempDir private Path directory;

  /** What a section shows of its command, beside its help. */
  enum Form {
    IN_A_PIPE,
    ON_A_TERMINAL,
    REFUSED
  }

  /** What is not shown of a command, with the reason. */
  private static final Map<String, Set<Form>> NOT_SHOWN =
      Map.of(
          // A script of hundreds of lines, which CompletionTest runs.
          "completion", Set.of(Form.IN_A_PIPE, Form.ON_A_TERMINAL));

  private final StringBuilder page = new StringBuilder();
  private final EnumSet<Form> shown = EnumSet.noneOf(Form.class);
  private final List<String> notShown = new ArrayList<>();

  @Test
  void the_page_shows_what_the_commands_print() throws Exception {
    makeStore();
    Map<String, List<String>> examples = examples();
    page.append(
        """
        # All commands

        [Manual](README.md)

        What each command takes, what it says if it is used wrongly, and what it prints in a pipe and on a terminal. A test
        makes this page from the commands. [The command line](command-line.md) explains them. The examples use one store, one
        after the other; long lines are broken here.

        """);
    add("daybook", "", examples);
    for (String name : commands("")) {
      add("daybook " + name, name, examples);
    }
    page.append(
        """
        ## Pitfalls

        - Times, hashes and the names of processes differ from what is shown.
        """);
    assertThat(examples).as("examples of no command").isEmpty();
    assertThat(notShown).as("what no example shows").isEmpty();
    if (Boolean.getBoolean("daybook.manual.update")) {
      Files.writeString(PAGE, page);
    }
    assertThat(page.toString()).isEqualTo(Files.readString(PAGE));
  }

  /** A section for a command, and one for each command below it. */
  private void add(String title, String path, Map<String, List<String>> examples) {
    page.append("## `").append(title).append("`\n\n");
    addBlock(run(false, ("help " + path).strip()));
    List<String> own = examples.remove(path);
    assertThat(own).as("examples of " + title).isNotNull();
    shown.clear();
    for (String example : own) {
      addExample(example);
    }
    List<String> commands = commands(path);
    if (commands.isEmpty()) {
      Set<Form> missing = EnumSet.complementOf(shown);
      missing.removeAll(NOT_SHOWN.getOrDefault(path, Set.of()));
      missing.forEach(form -> notShown.add(path + ": " + form));
    }
    if (!path.isEmpty()) {
      for (String below : commands) {
        add(title + " " + below, path + " " + below, examples);
      }
    }
  }

  /**
   * An example; one that begins with > is run on a terminal, where what follows < is typed, and one
   * that begins with * both ways.
   */
  private void addExample(String example) {
    if (example.startsWith("* ")) {
      addExample(example.substring(2));
      addExample("> " + example.substring(2));
      return;
    }
    boolean isTerminal = example.startsWith("> ");
    String line = isTerminal ? example.substring(2) : example;
    String[] parts = line.split(" <", 2);
    boolean isPiped = parts.length > 1 && !isTerminal;
    page.append(isTerminal ? "On a terminal:\n\n" : "");
    addBlock(
        (isPiped ? "$ echo '" + parts[1] + "' | daybook " : "$ daybook ")
            + parts[0]
            + "\n"
            + run(isTerminal, line));
  }

  private void addBlock(String text) {
    page.append("```\n");
    text.lines().forEach(line -> page.append(broken(line)).append('\n'));
    page.append("```\n\n");
  }

  private static String broken(String line) {
    StringBuilder broken = new StringBuilder();
    String left = line.stripTrailing();
    while (left.length() > WIDTH) {
      int space = left.lastIndexOf(' ', WIDTH);
      int end = space <= 4 ? WIDTH : space;
      broken.append(left, 0, end).append('\n');
      left = "    " + left.substring(end).stripLeading();
    }
    return broken.append(left).toString();
  }

  private String run(boolean isTerminal, String line) {
    String[] parts = line.split(" <", 2);
    String[] args = words(parts[0]).toArray(String[]::new);
    String typed = parts.length == 1 ? "" : parts[1].strip() + "\n";
    Run run = isTerminal ? Run.onTerminal(typed, args) : Run.withInput(typed, args);
    if (run.status() != 0) {
      shown.add(Form.REFUSED);
    } else {
      shown.add(isTerminal ? Form.ON_A_TERMINAL : Form.IN_A_PIPE);
    }
    String answered = isTerminal ? run.err().replace(ASKED, ASKED + typed) : run.err();
    String printed = typed.isEmpty() ? run.out() + run.err() : answered + run.out();
    String end = run.status() == 0 ? "" : "(exit status " + run.status() + ")\n";
    return ERASED
            .matcher(printed)
            .replaceAll("")
            .replace(directory + "/", "")
            .replaceAll("\\S+/daybook-demo\\d+/", "/tmp/daybook-demo/")
            .replaceAll(
                "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z", "2026-01-31T12:00:00.000Z")
            .replaceAll(
                "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?Z", "2026-01-31T12:00:00.000Z")
            .replaceAll("\\b[0-9a-f]{64}\\b", "…")
            .replaceAll("in \\d+\\.\\d s", "in 0.1 s")
            .replaceAll("((fileBytes|logBytes)\\s+)\\d+", "$1…")
            .replaceAll("(\"lagMillis\":|\"fileBytes\":|\"bytes\":)\\d+", "$1…")
        + (printed.isEmpty() || printed.endsWith("\n") ? "" : "\n")
        + end;
  }

  private List<String> words(String line) {
    List<String> words = new ArrayList<>();
    Matcher matcher = WORD.matcher(line);
    while (matcher.find()) {
      String word = matcher.group(1) == null ? matcher.group() : matcher.group(1);
      words.add(FILE.matcher(word).matches() ? directory.resolve(word).toString() : word);
    }
    return words;
  }

  private static List<String> commands(String path) {
    String help = Run.of(("help " + path).strip().split(" ")).out();
    int list = help.indexOf("\nCommands:\n");
    return list < 0
        ? List.of()
        : COMMAND.matcher(help.substring(list)).results().map(it -> it.group(1)).toList();
  }

  /** By the commands that they show: a line with the command in brackets, then one for each. */
  private static Map<String, List<String>> examples() throws IOException {
    Map<String, List<String>> all = new LinkedHashMap<>();
    List<String> current = new ArrayList<>();
    for (String line : Files.readAllLines(EXAMPLES)) {
      if (line.startsWith("[")) {
        current = new ArrayList<>();
        all.put(line.substring(1, line.length() - 1), current);
      } else if (!line.isBlank() && !line.startsWith("#")) {
        current.add(line);
      }
    }
    return all;
  }

  /** What commands can't make: a snapshot, and subscriptions with dead letters. */
  private void makeStore() throws Exception {
    Files.writeString(directory.resolve("known.txt"), "Lost 2\n");
    Files.writeString(
        directory.resolve("orders.ndjson"),
        """
        {"id":"order-5","type":"OrderPlaced","total":"7.00"}
        {"id":"order-5","type":
        {"id":"order-6","type":"OrderPlaced","total":"9.50"}
        """);
    Files.writeString(
        directory.resolve("more.ndjson"),
        """
        {"id":"order-7","type":"OrderPlaced","total":"1.25"}
        """);
    Files.writeString(
        directory.resolve("records.ndjson"),
        """
        {"record":"meta","replicaType":{"name":"text","major":1,"minor":0},"syncMode":{"writerModel":"one","delivery":"pull","durability":"all"},"schemaHash":"s1"}
        {"record":"entry","kind":"entirety","encoding":"json","data":[1,2],"version":"v2"}
        """);
    try (Daybook daybook = Daybook.open(directory.resolve("parcels.db"))) {
      Journal<ParcelEvent> journal = daybook.journal(ParcelEvent.class);
      journal.append("parcel-1", ExpectedSeq.any(), ParcelEvent.moved(1));
      SnapshotStore<Integer> snapshots = daybook.snapshots(Integer.class);
      snapshots.save("parcel-1", 1, 1);
      AtLeastOnce<ParcelEvent> failing =
          AtLeastOnce.each(
              event -> {
                throw new IllegalStateException("no such parcel");
              });
      for (String name : List.of("labels", "mails")) {
        Subscriber<ParcelEvent> subscriber =
            Subscriber.of(name, journal, failing).onFailure(OnFailure.park().withoutRetries());
        try (Subscription subscription = daybook.subscriptions().start(subscriber)) {
          Await.position(subscription, 1);
        }
      }
    }
  }
}
