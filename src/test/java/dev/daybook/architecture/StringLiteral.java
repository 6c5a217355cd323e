package dev.daybook.architecture;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A string in a source file.
 *
 * @param file the name of the file
 * @param before the source in front of it
 * @param text what is between its quotation marks
 */
record StringLiteral(String file, String before, String text) {

  static final Path SOURCES = Path.of("src", "main", "java", "dev", "daybook");

  /** A string, or what a quotation mark may stand in without beginning one. */
  private static final Pattern TOKEN =
      Pattern.compile(
          "/\\*.*?\\*/|//[^\\n]*|'(?:\\\\.|[^'\\\\])+'|\"\"\"(?<block>.*?)\"\"\"|\"(?<text>(?:\\\\.|[^\"\\\\])*)\"",
          Pattern.DOTALL);

  /** Those in all source files of the library and the command line. */
  static List<StringLiteral> inSources() throws IOException {
    try (Stream<Path> files = Files.walk(SOURCES)) {
      return files
          .filter(file -> file.toString().endsWith(".java"))
          .flatMap(file -> in(SOURCES.relativize(file).toString(), text(file)))
          .toList();
    }
  }

  static Stream<StringLiteral> in(String file, String source) {
    return TOKEN
        .matcher(source)
        .results()
        .flatMap(
            token ->
                Stream.of(1, 2)
                    .map(token::group)
                    .filter(Objects::nonNull)
                    .map(
                        text -> new StringLiteral(file, source.substring(0, token.start()), text)));
  }

  @Override
  public String toString() {
    return file + ": " + text;
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
