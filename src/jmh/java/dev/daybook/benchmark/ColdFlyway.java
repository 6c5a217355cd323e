package dev.daybook.benchmark;

import dev.daybook.settings.TableNames;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.flywaydb.core.Flyway;

/** Daybook's migrations in a new process, by Flyway alone. */
final class ColdFlyway {

  private static final Map<String, String> PLACEHOLDERS =
      Stream.of(TableNames.Table.values())
          .map(table -> table.name().toLowerCase(Locale.ROOT))
          .collect(Collectors.toMap(name -> name, name -> name));

  private ColdFlyway() {}

  /** How many migrations were run. */
  static int migrate(Path file) {
    return Flyway.configure()
        .dataSource("jdbc:sqlite:" + file, null, null)
        .locations("classpath:dev/daybook/db-migrations/sqlite")
        .table("daybook_schema_history")
        .placeholders(PLACEHOLDERS)
        .load()
        .migrate()
        .migrationsExecuted;
  }
}
