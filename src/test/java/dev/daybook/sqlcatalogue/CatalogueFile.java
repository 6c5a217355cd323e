package dev.daybook.sqlcatalogue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** A file of the catalogue, as it is checked in. */
record CatalogueFile(Path path, List<Statement> statements) {

  static final Path FOLDER = Path.of("src", "test", "resources", "sql");

  private static final String RUN_BY = "-- run by: ";
  private static final String NAME = "-- ";
  private static final String CONTINUED = "--     ";

  /**
   * A statement of a file.
   *
   * @param callers who runs it
   * @param sql what runs, without the space between words
   */
  record Statement(String name, Set<String> callers, String sql) {}

  /** The files of a dialect. */
  static List<CatalogueFile> of(String dialect) {
    try (Stream<Path> files = Files.list(FOLDER.resolve(dialect))) {
      return files.sorted().map(CatalogueFile::read).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static CatalogueFile read(Path path) {
    try {
      List<Statement> statements = new ArrayList<>();
      for (String paragraph : Files.readString(path).strip().split("\\n\\n", -1)) {
        if (paragraph.contains("\n" + RUN_BY)) {
          statements.add(statement(paragraph.split("\\n", -1)));
        }
      }
      return new CatalogueFile(path, statements);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Statement statement(String[] lines) {
    StringBuilder callers = new StringBuilder(lines[1].substring(RUN_BY.length()));
    StringBuilder sql = new StringBuilder();
    boolean inCallers = true;
    for (int i = 2; i < lines.length; i++) {
      inCallers &= lines[i].startsWith(CONTINUED);
      if (inCallers) {
        callers.append(' ').append(lines[i].substring(CONTINUED.length()));
      } else if (!lines[i].startsWith("--")) {
        sql.append(lines[i]).append('\n');
      }
    }
    return new Statement(
        lines[0].substring(NAME.length()),
        Set.of(callers.toString().split(", ")),
        comparable(NamedSql.places(sql.toString())));
  }

  /** A statement as it runs, to be compared with those of a file. */
  static String comparable(String sql) {
    return NamedSql.withoutSpace(sql.strip().replaceAll(";$", ""));
  }

  /** The name of the file, without its ending. */
  String name() {
    return path.getFileName().toString().replace(".sql", "");
  }
}
