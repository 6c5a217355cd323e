package dev.daybook.cli.options;

import dev.daybook.Daybook;
import dev.daybook.DaybookBuilder;
import dev.daybook.error.OpenException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** The options of a command that works on one store, and the ways to open that. */
public final class Store extends CommonOptions {

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

  @Option(
      names = "--schema",
      paramLabel = "NAME",
      description = "The schema on the server that the tables are in. Default: the user's own.")
  private @Nullable String schema;

  @Option(
      names = "--tables",
      paramLabel = TablesOption.LABEL,
      converter = TablesOption.Converter.class,
      description = {
        "What the names of the store's tables begin with, such as app_.",
        "Single tables have another name by TABLE=NAME, such as events=ledger,streams=accounts."
      })
  private @Nullable TablesOption tables;

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

  public Store() {}

  /**
   * The store, made if it is missing. Where other stores are in its database it is made only if the
   * names of its tables were given.
   *
   * @throws OpenException if it was not made, or can't be opened
   */
  public Daybook open() throws IOException {
    NamedStore store = required();
    return openOrMake(store, () -> ownBuilder(store));
  }

  /** The store, before it is opened or made. */
  public Daybook unopened() throws IOException {
    return ownBuilder(required()).build();
  }

  /** The store, which {@link #open} would open or make, and this does not. */
  public Daybook toBeMade() throws IOException {
    NamedStore store = required();
    Daybook daybook = ownBuilder(store).readOnly().build();
    requireNotForgotten(store, daybook);
    return daybook;
  }

  /** The store as it is, older or damaged, for maintenance that only reads. */
  public Daybook openAsItIs() throws IOException {
    NamedStore store = required();
    return found(ownBuilder(store).readOnly(), store);
  }

  /** The store as it is, to be mended: nothing is made or migrated by the way. */
  public Daybook openToMend() throws IOException {
    NamedStore store = required();
    return found(ownBuilder(store).migrate(false), store);
  }

  /**
   * The store, for reading: a command that reads must not change the database.
   *
   * @throws FileNotFoundException if the file does not exist
   * @throws OpenException if the tables are missing or older
   */
  public Daybook openToRead() throws IOException {
    NamedStore store = required();
    return opened(ownBuilder(store).readOnly(), store);
  }

  /**
   * The store, which must exist: a command on existing data must not make a store under a misspelt
   * name, and must not migrate one.
   *
   * @throws FileNotFoundException if the file does not exist
   * @throws OpenException if the tables are missing or older
   */
  public Daybook openExisting() throws IOException {
    NamedStore store = required();
    return opened(ownBuilder(store).migrate(false), store);
  }

  /**
   * The same for a command that is going to open another store, too, which must not be this one.
   */
  public Daybook openExistingBeside(NamedStore other) throws IOException {
    NamedStore store = named();
    requireTwoStores(store, other);
    return opened(ownBuilder(store).migrate(false), store);
  }

  /** A failure to open the store as it is, with the command that helps. */
  public OpenException withRemedy(OpenException failure) {
    return named().withRemedy(failure);
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

  private NamedStore required() {
    NamedStore store = named();
    requireUsable(store);
    return store;
  }

  private NamedStore named() {
    return new NamedStore(NamedStore.Options.DB, address(), schema, tables);
  }

  private DaybookBuilder ownBuilder(NamedStore store) throws IOException {
    DaybookBuilder builder = builder(store);
    if (cache != null) {
      if (address().isServer()) {
        throw wrongUsage("--cache is for a SQLite file; a server has one for all who use it");
      }
      long size = cache;
      usage(() -> builder.cacheSize(size));
    }
    if (noWalCheckpoints) {
      if (address().isServer()) {
        throw wrongUsage("--no-wal-checkpoints is for a SQLite file; a server has none");
      }
      builder.walCheckpoints(false);
    }
    return builder;
  }
}
