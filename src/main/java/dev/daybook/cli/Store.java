package dev.daybook.cli;

import dev.daybook.Daybook;
import dev.daybook.DaybookBuilder;
import java.io.FileNotFoundException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The options that every command has, and the journal and the printing that follow from them. */
final class Store {

  @Option(names = "--db", required = true, paramLabel = "FILE", description = "The SQLite file.")
  private @Nullable Path file;

  @Option(names = "--json", description = "Print one JSON object a line.")
  private boolean json;

  @Option(names = "--sql", description = "Print each SQL statement to standard error.")
  private boolean sql;

  @Option(names = "--verbose", description = "Print where a failure came from.")
  @SuppressWarnings("UnusedVariable") // Read from the parsed command line when it fails.
  private boolean verbose;

  @Spec(Spec.Target.MIXEE)
  private @Nullable CommandSpec spec;

  /** The store, made if it is missing. */
  Daybook open() {
    return builder().build();
  }

  /** The store as it is: looking after a file should not change it. */
  Daybook openUnmigrated() throws FileNotFoundException {
    requireFile();
    DaybookBuilder builder = builder();
    builder.migrate(false);
    return builder.build();
  }

  /**
   * The store, which must be there: looking at a file whose name is misspelt should not make one.
   *
   * @throws FileNotFoundException if it is not
   */
  Daybook openExisting() throws FileNotFoundException {
    requireFile();
    return open();
  }

  private void requireFile() throws FileNotFoundException {
    if (!Files.exists(file())) {
      throw new FileNotFoundException(
          "%s does not exist; `daybook migrate --db %s` makes a new file"
              .formatted(file(), file()));
    }
  }

  private DaybookBuilder builder() {
    DaybookBuilder builder = Daybook.builder(file());
    if (sql) {
      builder.sqlListener(terminal().err()::println);
    }
    return builder;
  }

  Path file() {
    return Objects.requireNonNull(file);
  }

  boolean json() {
    return json;
  }

  Terminal terminal() {
    CommandSpec command = Objects.requireNonNull(spec);
    return ((DaybookCommand) command.root().userObject()).terminal();
  }

  EventPrinter printer() {
    return new EventPrinter(terminal().out(), json);
  }
}
