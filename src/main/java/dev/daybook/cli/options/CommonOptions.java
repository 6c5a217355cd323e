package dev.daybook.cli.options;

import dev.daybook.Daybook;
import dev.daybook.DaybookBuilder;
import dev.daybook.cli.output.ResultPrinter;
import dev.daybook.cli.output.Terminal;
import dev.daybook.error.DaybookException;
import dev.daybook.error.InvalidInputException;
import dev.daybook.error.OpenException;
import dev.daybook.settings.TableNames;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * The options of every command that works on stores, and the ways to open a store that options
 * name.
 */
public sealed class CommonOptions permits Store {

  /** A database that is refused for these can be checked and copied all the same. */
  private static final Set<OpenException.Reason> ABOUT_CONTENT =
      EnumSet.of(
          OpenException.Reason.NOT_A_DATABASE,
          OpenException.Reason.READ_ONLY,
          OpenException.Reason.OLDER_SCHEMA,
          OpenException.Reason.NEWER_SCHEMA,
          OpenException.Reason.POSITIONS);

  @Mixin private Login login = new Login();

  @Option(names = "--json", description = "Print one JSON object a line.")
  private boolean json;

  @Option(names = "--sql", description = "Print each SQL statement to standard error.")
  private boolean sql;

  @Option(names = "--verbose", description = "Print the stack trace of a failure.")
  @SuppressWarnings("UnusedVariable") // Read from the parsed command line when it fails.
  private boolean verbose;

  @Spec(Spec.Target.MIXEE)
  private @Nullable CommandSpec spec;

  public CommonOptions() {}

  public final Terminal terminal() {
    CommandSpec command = Objects.requireNonNull(spec);
    return ((DaybookCommand) command.root().userObject()).terminal();
  }

  public final ResultPrinter printer() {
    return new ResultPrinter(terminal(), json);
  }

  final boolean json() {
    return json;
  }

  /**
   * Makes sure that the options fit all stores that the command is going to open; before any is.
   *
   * @throws ParameterException if not
   */
  final void requireUsable(NamedStore... stores) {
    List<NamedStore> all = Arrays.asList(stores);
    usage(
        () -> {
          login.requireOneServer(
              terminal().environment(), all.stream().map(NamedStore::address).toList());
          all.forEach(NamedStore::requireUsable);
        });
  }

  /**
   * Makes sure that the options fit two stores, and that these are not one; before any is opened.
   *
   * @throws ParameterException if an option does not fit
   * @throws InvalidInputException if it is one store
   */
  public final void requireTwoStores(NamedStore one, NamedStore other) throws IOException {
    requireUsable(one, other);
    one.requireOther(other);
  }

  /** Another store, to be read: opening it changes nothing. */
  public final Daybook openToRead(NamedStore store) throws IOException {
    return opened(builder(store).readOnly(), store);
  }

  /** Another store, which must be there and up to date. */
  public final Daybook openExisting(NamedStore store) throws IOException {
    return opened(builder(store).migrate(false), store);
  }

  /** Another store, made if it is missing. */
  public final Daybook openOrMake(NamedStore store) throws IOException {
    return openOrMake(store, () -> builder(store));
  }

  /** What a store is opened by, which differs by the options that a command has. */
  interface Builders {
    DaybookBuilder builder() throws IOException;
  }

  /**
   * A store, made if it is missing, and brought up to date if it is older, which is said. One that
   * is missing in a database with others is not made, unless the names of its tables were given: it
   * is more likely that they were forgotten.
   */
  final Daybook openOrMake(NamedStore store, Builders builders) throws IOException {
    if (store.isMissingFile()) {
      return builders.builder().build();
    }
    boolean older = false;
    Daybook existing = builders.builder().migrate(false).build();
    try {
      existing.schemaVersion();
      return existing;
    } catch (OpenException e) {
      older = e.reason() == OpenException.Reason.OLDER_SCHEMA;
      if (!older) {
        requireToBeMade(store, existing, e);
      }
    } catch (Throwable e) {
      existing.close();
      throw e;
    }
    existing.close();
    Daybook made = builders.builder().build();
    if (older) {
      say(made, "%s: its schema was older, and now has version %s", store);
    }
    return made;
  }

  /**
   * Makes sure that a store is there, or may be made.
   *
   * @throws OpenException if not; the store is closed then
   */
  static void requireNotForgotten(NamedStore store, Daybook existing) {
    if (!store.isMissingFile()) {
      try {
        existing.schemaVersion();
      } catch (OpenException e) {
        if (e.reason() == OpenException.Reason.TABLES) {
          requireToBeMade(store, existing, e);
        }
      } catch (Throwable e) {
        existing.close();
        throw e;
      }
    }
  }

  private static void requireToBeMade(NamedStore store, Daybook existing, OpenException failure) {
    try {
      if (failure.reason() != OpenException.Reason.TABLES) {
        throw failure;
      }
      if (!store.namesTables()) {
        requireNoOthers(store, existing, failure);
      }
    } catch (Throwable e) {
      existing.close();
      throw e;
    }
  }

  private static void requireNoOthers(NamedStore store, Daybook daybook, OpenException failure) {
    List<TableNames> others = daybook.maintenance().otherStores();
    if (!others.isEmpty()) {
      throw store.hasOthers(others, failure);
    }
  }

  private void say(Daybook made, String what, NamedStore store) {
    try {
      terminal().err().println("daybook: " + what.formatted(store.address(), made.schemaVersion()));
    } catch (Throwable e) {
      made.close();
      throw e;
    }
  }

  /**
   * Opens a store as it is.
   *
   * @throws FileNotFoundException if the file does not exist
   * @throws OpenException if the tables are missing or older; the message says what helps
   */
  final Daybook opened(DaybookBuilder builder, NamedStore store) throws IOException {
    return opened(builder, store, true);
  }

  /** The same for a store that need not be whole: it is enough that it is there. */
  final Daybook found(DaybookBuilder builder, NamedStore store) throws IOException {
    return opened(builder, store, false);
  }

  private static Daybook opened(DaybookBuilder builder, NamedStore store, boolean whole)
      throws IOException {
    store.requireThere();
    Daybook daybook = builder.build();
    try {
      // Opens it, and so finds out whether the tables are there.
      daybook.schemaVersion();
    } catch (OpenException e) {
      if (whole || !ABOUT_CONTENT.contains(e.reason())) {
        throw refusal(e, store, daybook);
      }
    } catch (DaybookException e) {
      if (whole) {
        daybook.close();
        throw e;
      }
    } catch (Throwable e) {
      daybook.close();
      throw e;
    }
    return daybook;
  }

  private static OpenException refusal(OpenException failure, NamedStore store, Daybook daybook) {
    try (daybook) {
      if (failure.reason() == OpenException.Reason.TABLES) {
        requireNoOthers(store, daybook, failure);
        if (daybook.maintenance().migrationScript().isEmpty()) {
          // Another set of tables is not what helps.
          return store.namesTables() ? failure : store.withRenamed(failure);
        }
      }
      return store.withRemedy(failure);
    } catch (OpenException e) {
      return e;
    }
  }

  final DaybookBuilder builder(NamedStore store) throws IOException {
    DaybookBuilder builder = login.builder(store.address(), terminal().environment());
    builder.tables(store.names());
    if (sql) {
      builder.sqlListener(terminal().err()::println);
    }
    return builder;
  }

  /** Runs what refuses an option. */
  final void usage(Runnable requirement) {
    try {
      requirement.run();
    } catch (InvalidInputException e) {
      throw wrongUsage(String.valueOf(e.getMessage()));
    }
  }

  final ParameterException wrongUsage(String problem) {
    return new ParameterException(Objects.requireNonNull(spec).commandLine(), problem);
  }
}
