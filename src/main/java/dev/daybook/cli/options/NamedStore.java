package dev.daybook.cli.options;

import dev.daybook.error.InvalidInputException;
import dev.daybook.error.OpenException;
import dev.daybook.settings.TableNames;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A store as the options of a command name it: its database, and its tables there. */
public final class NamedStore {

  /** Which options name it. */
  enum Options {
    /** {@code --db}, {@code --schema} and {@code --tables}. */
    DB("--"),
    /** {@code --from}, {@code --from-schema} and {@code --from-tables}. */
    FROM("--from-"),
    /** {@code --to}, {@code --to-schema} and {@code --to-tables}. */
    TO("--to-");

    private final String start;

    Options(String start) {
      this.start = start;
    }
  }

  private final Options options;
  private final StoreAddress address;
  private final @Nullable String schema;
  private final @Nullable TablesOption tables;

  NamedStore(
      Options options,
      StoreAddress address,
      @Nullable String schema,
      @Nullable TablesOption tables) {
    this.options = options;
    this.address = address;
    this.schema = schema;
    this.tables = tables;
  }

  StoreAddress address() {
    return address;
  }

  TableNames names() {
    TableNames names = tables == null ? TableNames.defaults() : tables.names();
    return schema == null ? names : names.inSchema(schema);
  }

  /** Whether the options say how the tables are called: then they may be made beside others. */
  boolean namesTables() {
    return tables != null;
  }

  boolean isMissingFile() {
    return address.file().filter(file -> !Files.exists(file)).isPresent();
  }

  /**
   * Makes sure that the database can have what was asked for.
   *
   * @throws InvalidInputException if not
   */
  void requireUsable() {
    if (schema != null && !address.isServer()) {
      throw new InvalidInputException(
          "%sschema is for the database of a jdbc:postgresql: URL; a file has none"
              .formatted(options.start));
    }
  }

  /**
   * Makes sure that the database is there, if it is a file.
   *
   * @throws FileNotFoundException if not
   */
  void requireThere() throws FileNotFoundException {
    if (isMissingFile()) {
      String message =
          options == Options.DB
              ? "%s does not exist; `daybook migrate --db %s` makes a new file"
              : "%s does not exist";
      throw new FileNotFoundException(message.formatted(address, address));
    }
  }

  /**
   * Makes sure that another store is not this one by another path or link. What is on a server is
   * compared once it is reached.
   *
   * @throws InvalidInputException if it is
   */
  void requireOther(NamedStore other) throws IOException {
    if (names().equals(other.names()) && isSameFile(address, other.address)) {
      throw new InvalidInputException(
          "%s and %s are the same store; expected another one".formatted(address, other.address));
    }
  }

  private static boolean isSameFile(StoreAddress one, StoreAddress other) throws IOException {
    Path here = one.file().orElse(null);
    Path there = other.file().orElse(null);
    return here != null
        && there != null
        && Files.exists(here)
        && Files.exists(there)
        && Files.isSameFile(here, there);
  }

  /** A failure to open it, with the option or the command that helps. */
  OpenException withRemedy(OpenException failure) {
    String remedy =
        switch (failure.reason()) {
          case TABLES -> "; `daybook migrate %s` makes tables where there are none";
          case OLDER_SCHEMA -> "; `daybook migrate %s` brings it up to date";
          default -> "";
        };
    return new OpenException(
        failure.reason(), failure.getMessage() + remedy.formatted(asDb()), failure);
  }

  /** A failure to find a table that was made: no other one is to be made instead. */
  OpenException withRenamed(OpenException failure) {
    return new OpenException(
        failure.reason(),
        failure.getMessage()
            + "; %stables TABLE=NAME names a table that was renamed".formatted(options.start),
        failure);
  }

  /** The failure of a database that has other stores instead. */
  OpenException hasOthers(List<TableNames> others, @Nullable OpenException failure) {
    String found =
        others.stream()
            .map(other -> "%s (%s)".formatted(events(other), asks(other)))
            .collect(Collectors.joining(", "));
    return new OpenException(
        OpenException.Reason.TABLES,
        "%s has no store by the names that were asked for; it has tables %s%s"
            .formatted(
                address,
                found,
                "; `daybook migrate %s` makes another store beside them"
                    .formatted(namesTables() ? asDb() : asDb() + " --tables PREFIX")),
        failure);
  }

  private static String events(TableNames names) {
    return names
        .given(TableNames.Table.EVENTS)
        .orElse(names.prefix() + TableNames.Table.EVENTS.name().toLowerCase(Locale.ROOT));
  }

  /** The options that lead to a store. */
  private String asks(TableNames names) {
    List<String> asked = new ArrayList<>();
    if (!names.schema().isEmpty()) {
      asked.add(options.start + "schema " + names.schema());
    }
    String named = TablesOption.of(names);
    if (!named.isEmpty()) {
      asked.add(options.start + "tables " + named);
    } else if (namesTables()) {
      asked.add("no " + options.start + "tables");
    }
    return "use " + String.join(" ", asked);
  }

  /** The options by which a command that has one store names it. */
  private String asDb() {
    return "--db '"
        + address.text()
        + "'"
        + (schema == null ? "" : " --schema " + schema)
        + (tables == null ? "" : " --tables '" + tables.text() + "'");
  }
}
