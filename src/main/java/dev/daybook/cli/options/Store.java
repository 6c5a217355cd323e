package dev.daybook.cli.options;

import dev.daybook.Daybook;
import dev.daybook.DaybookBuilder;
import dev.daybook.cli.output.EventPrinter;
import dev.daybook.cli.output.Terminal;
import dev.daybook.error.InvalidInputException;
import dev.daybook.error.OpenException;
import dev.daybook.settings.TableNames;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options that every command has, and the journal and the printing that follow from them. */
public final class Store {

  @Option(
      names = "--db",
      required = true,
      paramLabel = StoreAddress.LABEL,
      converter = StoreAddress.Converter.class,
      description = {
        "The SQLite file, or jdbc:postgresql://HOST:PORT/DATABASE.",
        "Default: DAYBOOK_DB in the environment."
      })
  private @Nullable StoreAddress address;

  @Mixin private Login login = new Login();

  @Option(
      names = "--schema",
      paramLabel = "NAME",
      description = "The schema on the server that the tables are in. Default: the user's own.")
  private @Nullable String schema;

  @Option(
      names = "--cache",
      paramLabel = "SIZE",
      converter = CacheSize.class,
      description = {
        "How much of the SQLite file to keep in memory at most: bytes, or a number with K, M or G, such as 64M.",
        "Default: 32M."
      })
  private @Nullable Long cache;

  @Option(
      names = "--no-wal-checkpoints",
      description = {
        "Leave moving the SQLite file's write-ahead log into the file to another program,",
        "such as a tool that replicates it."
      })
  private boolean noWalCheckpoints;

  @Option(names = "--json", description = "Print one JSON object a line.")
  private boolean json;

  @Option(names = "--sql", description = "Print each SQL statement to standard error.")
  private boolean sql;

  @Option(names = "--verbose", description = "Print the stack trace of a failure.")
  @SuppressWarnings("UnusedVariable") // Read from the parsed command line when it fails.
  private boolean verbose;

  @Spec(Spec.Target.MIXEE)
  private @Nullable CommandSpec spec;

  /** The store, made if it is missing. */
  public Daybook open() throws IOException {
    requireOneServer();
    return builder().build();
  }

  /** The store as it is, in any state, for maintenance that only reads. */
  public Daybook openAsItIs() throws IOException {
    requireOneServer();
    requireThere(address());
    return builder().readOnly().build();
  }

  /** The store as it is, to be mended: nothing is made or migrated by the way. */
  public Daybook openToMend() throws IOException {
    requireOneServer();
    requireThere(address());
    return builder().migrate(false).build();
  }

  /**
   * The store, for reading: a command that reads must not change the database.
   *
   * @throws FileNotFoundException if the file does not exist
   * @throws OpenException if the tables are missing or older
   */
  public Daybook openToRead() throws IOException {
    requireOneServer();
    return opened(builder().readOnly(), address(), schema);
  }

  /**
   * The store, which must exist: a command on existing data must not make a store under a misspelt
   * name, and must not migrate one.
   *
   * @param others the other stores that the command is going to open
   * @throws FileNotFoundException if the file does not exist
   * @throws OpenException if the tables are missing or older
   */
  public Daybook openExisting(StoreAddress... others) throws IOException {
    requireOneServer(others);
    return opened(builder().migrate(false), address(), schema);
  }

  /** Another store beside this one, made if it is missing. */
  public Daybook openOther(StoreAddress other) throws IOException {
    return builder(other).build();
  }

  /** Another store beside this one, which must be there. */
  public Daybook openOtherExisting(StoreAddress other) throws IOException {
    return opened(builder(other).migrate(false), other, null);
  }

  public StoreAddress address() {
    return Objects.requireNonNull(address);
  }

  /**
   * The store's file.
   *
   * @throws ParameterException if it is not a file; the message says why the command needs one
   */
  public Path requireFile(String why) {
    return address()
        .file()
        .orElseThrow(() -> wrongUsage("--db is %s, and no file: %s".formatted(address(), why)));
  }

  boolean json() {
    return json;
  }

  public Terminal terminal() {
    CommandSpec command = Objects.requireNonNull(spec);
    return ((DaybookCommand) command.root().userObject()).terminal();
  }

  public EventPrinter printer() {
    return new EventPrinter(terminal().out(), json);
  }

  private void requireOneServer(StoreAddress... others) {
    List<StoreAddress> all = new ArrayList<>(List.of(others));
    all.add(0, address());
    try {
      login.requireOneServer(terminal().environment(), all);
    } catch (InvalidInputException e) {
      throw wrongUsage(String.valueOf(e.getMessage()));
    }
  }

  private ParameterException wrongUsage(String problem) {
    return new ParameterException(Objects.requireNonNull(spec).commandLine(), problem);
  }

  private static Daybook opened(DaybookBuilder builder, StoreAddress which, @Nullable String in)
      throws IOException {
    requireThere(which);
    Daybook daybook = builder.build();
    try {
      // Opens it, and so finds out whether the tables are there.
      daybook.schemaVersion();
      return daybook;
    } catch (OpenException e) {
      daybook.close();
      throw withRemedy(e, which, in);
    } catch (Throwable e) {
      daybook.close();
      throw e;
    }
  }

  private static OpenException withRemedy(
      OpenException failure, StoreAddress which, @Nullable String in) {
    String remedy =
        switch (failure.reason()) {
          case TABLES -> "; `daybook migrate %s` makes tables where there are none";
          case OLDER_SCHEMA -> "; `daybook migrate %s` brings it up to date";
          default -> "";
        };
    String where = "--db '" + which.text() + "'" + (in == null ? "" : " --schema " + in);
    return new OpenException(
        failure.reason(), failure.getMessage() + remedy.formatted(where), failure);
  }

  private static void requireThere(StoreAddress which) throws FileNotFoundException {
    Path file = which.file().orElse(null);
    if (file != null && !Files.exists(file)) {
      throw new FileNotFoundException(
          "%s does not exist; `daybook migrate --db %s` makes a new file".formatted(file, file));
    }
  }

  private DaybookBuilder builder() throws IOException {
    DaybookBuilder builder = builder(address());
    if (schema != null) {
      if (!address().isServer()) {
        throw wrongUsage("--schema is for the database of a jdbc:postgresql: URL; a file has none");
      }
      builder.tables(TableNames.defaults().inSchema(schema));
    }
    if (cache != null) {
      if (address().isServer()) {
        throw wrongUsage("--cache is for a SQLite file; a server has one for all who use it");
      }
      try {
        builder.cacheSize(cache);
      } catch (InvalidInputException e) {
        throw wrongUsage(String.valueOf(e.getMessage()));
      }
    }
    if (noWalCheckpoints) {
      if (address().isServer()) {
        throw wrongUsage("--no-wal-checkpoints is for a SQLite file; a server has none");
      }
      builder.walCheckpoints(false);
    }
    return builder;
  }

  private DaybookBuilder builder(StoreAddress which) throws IOException {
    DaybookBuilder builder = login.builder(which, terminal().environment());
    if (sql) {
      builder.sqlListener(terminal().err()::println);
    }
    return builder;
  }
}
