package dev.daybook.spring.boot;

import dev.daybook.DaybookBuilder;
import dev.daybook.error.InvalidInputException;
import dev.daybook.settings.Synchronous;
import dev.daybook.settings.TableNames;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.StringUtils;
import org.springframework.util.unit.DataSize;

/**
 * The properties {@code daybook.*} of an application. What is not set stays as {@link
 * DaybookBuilder} has it, and what the database can't honour fails when it is opened.
 *
 * @param enabled whether there is a {@code Daybook} bean and all that depends on it
 * @param url a database of Daybook's own: a SQLite file or a URL, as for {@link
 *     dev.daybook.Daybook#builder(String)}. Then it takes part in no transaction of the
 *     application's
 * @param dataSource the name of the bean whose database it is; by default, and if it is empty, the
 *     application's only data source, or its primary one
 * @param schema the schema of the tables, on PostgreSQL; if it is empty, as by default
 * @param tablePrefix what the names of the tables begin with
 * @param migrate whether to make and to update the tables
 * @param push whether processes notify each other of commits, on PostgreSQL
 * @param pollInterval how often to check for commits of other processes
 * @param busyTimeout how long to wait for another writer
 * @param wal whether a SQLite file has a write-ahead log
 * @param synchronous when to wait for the disk
 * @param cacheSize how much memory there is for pages of a SQLite file
 * @param subscriptions how subscriptions start
 * @param tracing whether appends and handlers are traced
 * @param health when the store counts as down
 */
@ConfigurationProperties("daybook")
public record DaybookProperties(
    @DefaultValue("true") boolean enabled,
    @Nullable String url,
    @Nullable String dataSource,
    @Nullable String schema,
    @Nullable String tablePrefix,
    @Nullable Boolean migrate,
    @Nullable Boolean push,
    @Nullable Duration pollInterval,
    @Nullable Duration busyTimeout,
    @Nullable Boolean wal,
    @Nullable Synchronous synchronous,
    @Nullable DataSize cacheSize,
    @DefaultValue Subscriptions subscriptions,
    @DefaultValue Tracing tracing,
    @DefaultValue Health health) {

  /**
   * How subscriptions start.
   *
   * @param autoStart whether those of the application's beans start by themselves, once everything
   *     else has
   */
  public record Subscriptions(@DefaultValue("true") boolean autoStart) {}

  /**
   * Whether appends and handlers are traced.
   *
   * @param enabled whether they are observed by the application's {@code ObservationRegistry}, or
   *     make spans by its {@code OpenTelemetry}
   */
  public record Tracing(@DefaultValue("true") boolean enabled) {}

  /**
   * When the store counts as down, besides when it can't be reached.
   *
   * @param maxLag how old the first event may be that a subscription has not handled, if it has
   *     saved no progress for as long
   * @param timeout how long a check may take
   */
  public record Health(@DefaultValue("5m") Duration maxLag, @DefaultValue("5s") Duration timeout) {}

  /**
   * Checks that they fit together.
   *
   * @throws InvalidInputException if a URL and a data source are given
   */
  public DaybookProperties {
    dataSource = StringUtils.hasText(dataSource) ? dataSource : null;
    schema = StringUtils.hasText(schema) ? schema : null;
    if (url != null && dataSource != null) {
      throw new InvalidInputException(
          "daybook.url and daybook.data-source are given; expected one of them");
    }
  }

  void applyTo(DaybookBuilder builder) {
    TableNames names =
        tablePrefix == null ? TableNames.defaults() : TableNames.prefixed(tablePrefix);
    builder.tables(schema == null ? names : names.inSchema(schema));
    if (migrate != null) {
      builder.migrate(migrate);
    }
    if (push != null) {
      builder.push(push);
    }
    if (pollInterval != null) {
      builder.pollInterval(pollInterval);
    }
    if (busyTimeout != null) {
      builder.busyTimeout(busyTimeout);
    }
    if (wal != null) {
      builder.wal(wal);
    }
    if (synchronous != null) {
      builder.synchronous(synchronous);
    }
    if (cacheSize != null) {
      builder.cacheSize(cacheSize.toBytes());
    }
  }
}
