package dev.daybook.cli.importing.foreign.sources;

import dev.daybook.error.InvalidInputException;
import dev.daybook.internal.connections.ForeignFile;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Finds the tables of a program in a file. What is called otherwise there is named by options; what
 * nothing reads is refused, unless an option leaves it out, so that nothing is lost unnoticed.
 */
public final class SourceLayout {

  /**
   * What is called otherwise, and what is left out.
   *
   * @param tables what a table is called, by its name in the layout
   * @param columns what a column is called, by its name in the layout, which may have the table's
   *     and a full stop before it
   * @param ignored columns that are not read
   */
  public record Names(
      Map<String, String> tables, Map<String, String> columns, Set<String> ignored) {}

  private final String program;
  private final ForeignFile file;
  private final Names names;
  private final Map<String, List<String>> found;
  private final List<SourceTable.Layout> expected = new ArrayList<>();
  private final Set<String> read = new LinkedHashSet<>();
  private final Set<String> usedNames = new LinkedHashSet<>();

  SourceLayout(String program, ForeignFile file, Names names) {
    this.program = program;
    this.file = file;
    this.names = names;
    this.found = file.tables();
  }

  /**
   * Says what is looked for, so that a message can name it.
   *
   * @throws InvalidInputException if an option names a table or a column that the layout has not
   */
  SourceLayout expecting(SourceTable.Layout... tables) {
    expected.addAll(List.of(tables));
    for (String name : names.tables().keySet()) {
      if (expected.stream().noneMatch(table -> table.name().equals(name))) {
        throw new InvalidInputException(
            "--table %s=%s: %s has no table %s; expected one of %s"
                .formatted(name, names.tables().get(name), program, name, tableNames()));
      }
    }
    for (String name : names.columns().keySet()) {
      if (expected.stream()
          .noneMatch(
              table ->
                  table.columns().stream()
                      .anyMatch(
                          column ->
                              name.equals(column.name())
                                  || name.equals(qualified(table, column))))) {
        throw new InvalidInputException(
            "--column %s=%s: %s has no column %s; expected %s"
                .formatted(name, names.columns().get(name), program, name, allColumns()));
      }
    }
    return this;
  }

  /**
   * A table that must be there.
   *
   * @throws InvalidInputException if it is not, or lacks a column, or has one that nothing reads
   */
  SourceTable require(SourceTable.Layout table) {
    return find(table, List.of()).orElseThrow(() -> otherLayout(table));
  }

  /**
   * A table that may be there.
   *
   * @param more what else it may be called
   * @throws InvalidInputException if it lacks a column, or has one that nothing reads
   */
  Optional<SourceTable> find(SourceTable.Layout table, List<String> more) {
    String given = names.tables().get(table.name());
    if (given != null && !found.containsKey(given)) {
      throw new InvalidInputException(
          "--table %s=%s: %s has no such table; it has %s"
              .formatted(table.name(), given, file.path(), tables()));
    }
    List<String> possible = new ArrayList<>();
    if (given != null) {
      possible.add(given);
    } else {
      possible.addAll(more);
      possible.add(table.name());
      possible.addAll(table.others());
    }
    for (String name : possible) {
      List<String> columns = found.get(name);
      if (columns != null) {
        return Optional.of(resolved(table, name, columns));
      }
    }
    return Optional.empty();
  }

  private SourceTable resolved(SourceTable.Layout table, String name, List<String> columns) {
    Map<String, String> resolved = new LinkedHashMap<>();
    for (SourceTable.Column column : table.columns()) {
      Optional<String> there = there(table, column, name, columns);
      there.ifPresent(found -> resolved.put(column.name(), found));
      if (there.isEmpty() && column.required()) {
        throw otherLayout(table);
      }
    }
    List<String> unread =
        columns.stream()
            .filter(column -> !resolved.containsValue(column))
            .filter(column -> !names.ignored().contains(column))
            .toList();
    if (!unread.isEmpty()) {
      throw new InvalidInputException(
          "%s(%s) is read by nothing; --column NAME=%s reads it, where NAME is one of %s, and --ignore-column %s leaves it out"
              .formatted(
                  name,
                  String.join(", ", unread),
                  unread.get(0),
                  table.columns().stream()
                      .map(SourceTable.Column::name)
                      .filter(column -> !resolved.containsKey(column))
                      .toList(),
                  unread.get(0)));
    }
    read.add(name);
    return new SourceTable(name, resolved);
  }

  /** A name that is given for one table must be there; one for all tables in any of them. */
  private Optional<String> there(
      SourceTable.Layout table, SourceTable.Column column, String name, List<String> columns) {
    String given = names.columns().get(qualified(table, column));
    if (given != null && !columns.contains(given)) {
      throw new InvalidInputException(
          "--column %s=%s: %s has no such column; it has %s"
              .formatted(qualified(table, column), given, name, String.join(", ", columns)));
    }
    if (given == null) {
      given = names.columns().get(column.name());
      if (given != null && columns.contains(given)) {
        usedNames.add(column.name());
      } else {
        given = null;
      }
    }
    if (given != null) {
      return Optional.of(given);
    }
    return Stream.concat(Stream.of(column.name()), column.others().stream())
        .filter(columns::contains)
        .findFirst();
  }

  /**
   * What is found is all that was looked for.
   *
   * @throws InvalidInputException if an option names a column that no table has
   */
  void requireAllNamesUsed() {
    names
        .columns()
        .forEach(
            (name, other) -> {
              if (name.indexOf('.') < 0 && !usedNames.contains(name)) {
                throw new InvalidInputException(
                    "--column %s=%s: no table has such a column; %s has %s"
                        .formatted(name, other, file.path(), tables()));
              }
            });
  }

  /** The tables that nothing reads. */
  List<String> unreadTables() {
    return found.keySet().stream().filter(table -> !read.contains(table)).toList();
  }

  private InvalidInputException otherLayout(SourceTable.Layout table) {
    return new InvalidInputException(
        "%s is not a file of %s: it has %s; expected %s; --table and --column name what is called otherwise"
            .formatted(file.path(), program, tables(), layout(table)));
  }

  private String tables() {
    return found.isEmpty()
        ? "no tables"
        : found.entrySet().stream()
            .map(table -> "%s(%s)".formatted(table.getKey(), String.join(", ", table.getValue())))
            .collect(Collectors.joining(", "));
  }

  private String allColumns() {
    return expected.stream().map(SourceLayout::columns).collect(Collectors.joining(", "));
  }

  /** The tables that must be there, and one more. */
  private String layout(SourceTable.Layout also) {
    return expected.stream()
        .filter(table -> table.required() || table.equals(also))
        .map(SourceLayout::columns)
        .collect(Collectors.joining(", "));
  }

  private static String columns(SourceTable.Layout table) {
    return "%s(%s)"
        .formatted(
            names(table.name(), table.others()),
            table.columns().stream()
                .map(
                    column ->
                        names(column.name(), column.others()) + (column.required() ? "" : "?"))
                .collect(Collectors.joining(", ")));
  }

  private static String names(String name, List<String> others) {
    return others.isEmpty() ? name : name + "|" + String.join("|", others);
  }

  private List<String> tableNames() {
    return expected.stream().map(SourceTable.Layout::name).toList();
  }

  private static String qualified(SourceTable.Layout table, SourceTable.Column column) {
    return table.name() + "." + column.name();
  }
}
