package dev.daybook.internal.schema;

import dev.daybook.error.DaybookException;
import dev.daybook.error.OpenException;
import dev.daybook.internal.dialect.Dialect;
import dev.daybook.internal.statements.Lazy;
import dev.daybook.settings.TableNames;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationInfoService;
import org.flywaydb.core.api.MigrationState;
import org.flywaydb.core.api.MigrationVersion;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.jooq.Table;
import org.jspecify.annotations.Nullable;

/**
 * Runs the migrations on one connection, inside the transaction that the caller has begun there:
 * all of them are committed or none, and of several processes that open a database at once one
 * migrates and the others find it done.
 */
public final class SchemaMigrator {

  private static final int MOST_DESCRIBED = 5;
  private static final String BASELINE = "0";
  private static final String LOCATION = "/dev/daybook/db-migrations/";

  private final Connection connection;
  private final Dialect dialect;
  private final Schema schema;
  private final String location;
  private final FoundTables found;
  private final Lazy<Flyway> flyway = new Lazy<>(this::configure);
  private @Nullable String seen;

  public SchemaMigrator(Connection connection, Dialect dialect, Schema schema) {
    this.connection = connection;
    this.dialect = dialect;
    this.schema = schema;
    this.location = location(dialect);
    this.found = new FoundTables(connection, dialect, schema, location);
  }

  private static String location(Dialect dialect) {
    return LOCATION + dialect.migrations();
  }

  /**
   * Waits until no other process migrates this store, or another one in the same schema, which the
   * first one makes; inside a transaction.
   */
  public void lock() throws SQLException {
    dialect.lockMigrations(
        connection, schema.schema().isEmpty() ? schema.history() : schema.schema());
  }

  /**
   * Whether the schema is exactly the one that this version knows.
   *
   * @throws OpenException if a newer version has migrated it
   */
  public boolean isCurrent() {
    Optional<String> history = found.history();
    if (history.isEmpty()) {
      seen = BASELINE;
      return false;
    }
    if (history(history.get()).isCurrent()) {
      seen = MigrationHistory.VERSION;
      return true;
    }
    MigrationInfoService info = info();
    MigrationVersion known = newest(info, MigrationState::isResolved);
    MigrationVersion found = newest(info, MigrationState::isApplied);
    if (found.isNewerThan(known.getVersion())) {
      throw new OpenException(
          OpenException.Reason.NEWER_SCHEMA,
          "a newer Daybook has migrated this database: its schema has version %s, and this one knows versions up to %s"
              .formatted(found, known));
    }
    seen = found.getVersion();
    return info.pending().length == 0;
  }

  /** If not, or if that is unknown, Flyway decides. */
  private boolean hasRunAll() {
    return found.history().map(this::history).map(MigrationHistory::isCurrent).orElse(false);
  }

  private MigrationHistory history(String name) {
    return new MigrationHistory(connection, dialect, schema.name(name), location);
  }

  /** The stores in the database that are not the one that was asked for. */
  public List<TableNames> otherStores() {
    return found.otherStores();
  }

  /** Which tables exist, including other applications' tables, for messages. */
  public String describeTables() {
    List<TableNames> others = otherStores();
    if (!others.isEmpty()) {
      return "it has a store by other names (%s)"
          .formatted(others.stream().map(Schema::described).collect(Collectors.joining(", ")));
    }
    List<String> present = found.names();
    if (present.isEmpty()) {
      return "it has no tables";
    }
    String names =
        present.stream().limit(MOST_DESCRIBED).sorted().collect(Collectors.joining("\", \""));
    return "it has tables (\"%s\"%s)"
        .formatted(names, present.size() > MOST_DESCRIBED ? ", …" : "");
  }

  /** Whether the tables were ever made. */
  public boolean isMade() {
    boolean hasHistory =
        found.history().isPresent()
            || found.folded().contains(schema.history().toLowerCase(Locale.ROOT));
    return hasHistory && (hasRunAll() || info().applied().length > 0);
  }

  /**
   * Makes sure that a store without a named schema, which is not where its connection looks first,
   * is not in a schema where the connection looks next: it would be made a second time, empty.
   * PostgreSQL looks first into a schema by the user's name, which may be made at any time.
   *
   * @throws OpenException if it is there
   */
  public void requireNotFurtherOn() {
    String here = found.here();
    if (!schema.schema().isEmpty() || here == null || found.history().isPresent()) {
      return;
    }
    for (String further : found.searchedSchemas()) {
      if (!further.equals(here) && found.names(further).contains(schema.history())) {
        throw new OpenException(
            OpenException.Reason.TABLES,
            "the tables are in the schema \"%s\", and the connection's search_path leads to \"%s\" first; name the schema: TableNames.inSchema(\"%s\") for the store that is there, or inSchema(\"%s\") for a new one"
                .formatted(further, here, further, here));
      }
    }
  }

  /** Runs what has not been run. */
  public void migrate() {
    if (found.history().isEmpty() || info().current() == null) {
      requireNoTables();
    }
    seen = null;
    try {
      FlywayLog.during(flyway, Flyway::migrate);
    } catch (FlywayException e) {
      throw new OpenException(
          OpenException.Reason.MIGRATION, "a migration failed: " + e.getMessage(), e);
    }
  }

  /**
   * The statements that {@link #migrate} would run, as one script; empty if the schema is current.
   *
   * @throws OpenException if a newer version has migrated it, or its names belong to other tables
   */
  public String script() {
    if (isCurrent()) {
      return "";
    }
    MigrationScript script = new MigrationScript(dialect, schema, location);
    Optional<String> name = found.history();
    if (name.isEmpty()) {
      requireNotFurtherOn();
      requireNoTables();
      return script.of(MigrationHistory.SCRIPTS, BASELINE, schema.history(), true, 1);
    }
    MigrationHistory history = history(name.get());
    return script.of(history.pending(), version(), name.get(), false, history.nextRank());
  }

  /** The same for a database that is still to be made. */
  public static String script(Dialect dialect, Schema schema) {
    schema.requireHonoured(dialect);
    return new MigrationScript(dialect, schema, location(dialect))
        .of(MigrationHistory.SCRIPTS, BASELINE, schema.history(), true, 1);
  }

  /** The version of the schema, as the migrations number it. */
  public String version() {
    if (seen == null) {
      seen =
          hasRunAll()
              ? MigrationHistory.VERSION
              : newest(info(), MigrationState::isApplied).getVersion();
    }
    return seen;
  }

  /**
   * Makes sure that the tables are there under the names that were asked for.
   *
   * @throws OpenException if one is missing
   */
  public void requireTables() {
    Set<String> present = found.folded();
    for (Table<?> table : Schema.tables()) {
      String name = schema.actual(table);
      if (!present.contains(name.toLowerCase(Locale.ROOT))) {
        throw new OpenException(
            OpenException.Reason.TABLES,
            "table \"%s\" is missing, though \"%s\" says that it was made: the store was opened with other table names before"
                .formatted(name, historyName()));
      }
    }
    String events = schema.actual(Schema.events());
    Optional<String> positions = dialect.positionsTable(events);
    if (positions.filter(name -> !present.contains(name.toLowerCase(Locale.ROOT))).isPresent()) {
      throw new OpenException(
          OpenException.Reason.TABLES,
          "table \"%s\" is missing, which belongs to table \"%s\": if this one was renamed, rename the other one, too"
              .formatted(positions.get(), events));
    }
  }

  private void requireNoTables() {
    Set<String> present = found.folded();
    for (Table<?> table : Schema.tables()) {
      String name = schema.actual(table);
      if (present.contains(name.toLowerCase(Locale.ROOT))) {
        throw new OpenException(
            OpenException.Reason.TABLES,
            "table \"%s\" exists already and is not this store's; choose other names with TableNames%s"
                .formatted(name, describeUnclaimed()));
      }
    }
  }

  /** If there were one, it would have been taken for the store's. */
  private String describeUnclaimed() {
    List<String> unclaimed = found.unclaimedHistories();
    return unclaimed.isEmpty()
        ? ""
        : "; if its tables were renamed, rename the table with the history of its migrations, too: one of \"%s\" to \"%s\""
            .formatted(String.join("\", \"", unclaimed), schema.history());
  }

  /** As it is in the database, or should be. */
  private String historyName() {
    return found.history().orElse(schema.history());
  }

  private Flyway configure() {
    FluentConfiguration configuration =
        Flyway.configure(SchemaMigrator.class.getClassLoader())
            .dataSource(new OneConnection(connection))
            .resourceProvider(new NamedScripts(location))
            .javaMigrationClassProvider(List::of)
            .table(historyName())
            .placeholders(schema.placeholders())
            // The database may be an application's own, or another store's too.
            .baselineOnMigrate(true)
            .baselineVersion(BASELINE);
    if (!schema.schema().isEmpty()) {
      configuration.defaultSchema(schema.schema());
    }
    return configuration.load();
  }

  private MigrationInfoService info() {
    try {
      return FlywayLog.during(flyway, Flyway::info);
    } catch (FlywayException e) {
      throw failure(e);
    }
  }

  /** A failure of Flyway to read, as an exception of the library. */
  private DaybookException failure(RuntimeException failure) {
    return failure.getCause() instanceof SQLException cause
        ? dialect.translate(cause, connection)
        : new OpenException(
            OpenException.Reason.MIGRATION,
            "the schema can't be read: " + failure.getMessage(),
            failure);
  }

  private static MigrationVersion newest(
      MigrationInfoService info, Predicate<MigrationState> which) {
    return Arrays.stream(info.all())
        .filter(migration -> which.test(migration.getState()))
        .map(MigrationInfo::getVersion)
        .filter(Objects::nonNull)
        .max(MigrationVersion::compareTo)
        .orElse(MigrationVersion.fromVersion(BASELINE));
  }
}
