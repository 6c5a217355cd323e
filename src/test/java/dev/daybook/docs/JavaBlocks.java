package dev.daybook.docs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds what a page shows of Java in the test that compiles and runs it. */
final class JavaBlocks {

  /** A test of the build, or one of the examples, which a test compiles and runs. */
  private static final Pattern EXAMPLE =
      Pattern.compile("example: (?<source>src/(test/java|examples)/\\S+)");

  private static final Pattern FILE = Pattern.compile("Path\\.of\\((\"[^\"]*\")\\)");

  private static final Pattern PLAIN = Pattern.compile("Daybook\\.open\\((\"[^\":]*\")\\)");

  private static final String SERVER = "\"jdbc:postgresql://localhost:5432/app\"";

  private JavaBlocks() {}

  /** What is wrong with a block; empty if each of its paragraphs is in the source, in order. */
  static Optional<String> problem(Block block) throws IOException {
    Matcher example = EXAMPLE.matcher(block.marker());
    if (!example.matches()) {
      return Optional.of(
          block + ": no marker <!-- example: src/test/java/… --> or src/examples/… above it");
    }
    Path source = Path.of(example.group("source"));
    if (!Files.exists(source)) {
      return Optional.of(block + ": " + source + " does not exist");
    }
    String tested = squeezed(Files.readString(source));
    int from = 0;
    for (String paragraph : paragraphs(block)) {
      int at = tested.indexOf(open(squeezed(asTested(paragraph))), from);
      if (at < 0) {
        return Optional.of("%s: not in %s:%n%s".formatted(block, source, paragraph));
      }
      from = at + 1;
    }
    return Optional.empty();
  }

  /** Parts that blank lines divide: between them the test may have lines of its own. */
  private static List<String> paragraphs(Block block) {
    List<String> paragraphs = new ArrayList<>();
    for (String part : String.join("\n", block.code()).split("\n\\s*\n", -1)) {
      if (!part.isBlank()) {
        paragraphs.add(part);
      }
    }
    return paragraphs;
  }

  /** A test works in a directory and a database of its own. */
  private static String asTested(String shown) {
    String inDirectory =
        PLAIN.matcher(shown).replaceAll("Daybook.open(directory.resolve($1).toString())");
    return FILE.matcher(inDirectory).replaceAll("directory.resolve($1)").replace(SERVER, "url");
  }

  /** Without the braces at its end: before them the test may have lines of its own. */
  private static String open(String paragraph) {
    return paragraph.replaceFirst("}+$", "");
  }

  /** Lines are broken elsewhere, where the test has them further to the right. */
  private static String squeezed(String code) {
    return code.replaceAll("\\s+", "");
  }
}
