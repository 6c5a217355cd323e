package dev.daybook.docs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A fenced block of a page.
 *
 * @param page the page's file
 * @param line the number of the line with the opening fence
 * @param language what stands after the fence; empty for none
 * @param marker the text of the comment above the fence; empty for none
 * @param code the lines between the fences
 */
record Block(Path page, int line, String language, String marker, List<String> code) {

  static final Path README = Path.of("README.md");
  static final Path MANUAL = Path.of("src/docs");
  static final Path INDEX = MANUAL.resolve("README.md");

  private static final Pattern FENCE = Pattern.compile(" *```(?<language>\\S*)\\s*");
  private static final Pattern MARKER = Pattern.compile("<!-- (?<text>.+) -->");
  private static final String OUTPUT = "output: ";

  /** The README, CONTRIBUTING, and the pages of the manual with its index. */
  static List<Path> pages() throws IOException {
    List<Path> pages = new ArrayList<>(List.of(README, Path.of("CONTRIBUTING.md")));
    pages.addAll(manual());
    return pages;
  }

  /** The pages of the manual, with its index. */
  static List<Path> manual() throws IOException {
    try (Stream<Path> files = Files.list(MANUAL)) {
      return files.filter(file -> file.toString().endsWith(".md")).sorted().toList();
    }
  }

  /** The text of a page. */
  static String page(Path page) throws IOException {
    return Files.readString(page);
  }

  /** All blocks of the pages. */
  static List<Block> all() throws IOException {
    List<Block> all = new ArrayList<>();
    for (Path page : pages()) {
      all.addAll(of(page, page(page)));
    }
    return all;
  }

  /** All blocks in a language. */
  static List<Block> all(String language) throws IOException {
    return all().stream().filter(block -> block.language.equals(language)).toList();
  }

  /** The blocks in the text of a page. */
  static List<Block> of(Path page, String text) {
    List<Block> blocks = new ArrayList<>();
    List<String> lines = text.lines().toList();
    String marker = "";
    for (int i = 0; i < lines.size(); i++) {
      Matcher fence = FENCE.matcher(lines.get(i));
      if (!fence.matches()) {
        marker = lines.get(i).isBlank() ? marker : marker(lines.get(i));
        continue;
      }
      int begin = i + 1;
      do {
        i++;
      } while (i < lines.size() && !lines.get(i).strip().equals("```"));
      List<String> code = lines.subList(begin, Math.min(i, lines.size()));
      blocks.add(new Block(page, begin, fence.group("language"), marker, code));
      marker = "";
    }
    return blocks;
  }

  /** What a page says is printed, by the name in the marker above it. */
  static String output(Path page, String name) throws IOException {
    return of(page, page(page)).stream()
        .filter(block -> block.marker.equals(OUTPUT + name))
        .map(block -> String.join("\n", block.code))
        .findFirst()
        .orElseThrow(() -> new AssertionError(page + " has no output \"" + name + "\""));
  }

  boolean isNamedOutput() {
    return marker.startsWith(OUTPUT);
  }

  String outputName() {
    return marker.substring(OUTPUT.length());
  }

  /** Where it is, to be clicked at. */
  @Override
  public String toString() {
    return page + ":" + line;
  }

  private static String marker(String line) {
    Matcher comment = MARKER.matcher(line.strip());
    return comment.matches() ? comment.group("text") : "";
  }
}
