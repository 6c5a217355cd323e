package dev.daybook.internal.schema;

import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.table;

import dev.daybook.internal.dialect.Dialect;
import java.util.List;
import java.util.Map;
import org.jooq.DSLContext;
import org.jooq.Name;
import org.jooq.Query;
import org.jooq.conf.Settings;
import org.jooq.conf.StatementType;

/**
 * Migrations as one SQL script, for a database whose tables are made by its administrator. It also
 * writes the history that Flyway would have written, by which the store finds the tables up to
 * date.
 */
final class MigrationScript {

  private static final String HISTORY = "/dev/daybook/internal/schema";

  /** As Flyway has it for a script of SQL. */
  private static final String KIND = "SQL";

  private final Dialect dialect;
  private final Schema schema;
  private final String location;
  private final StringBuilder text = new StringBuilder();

  /**
   * @param location the folder of the migrations
   */
  MigrationScript(Dialect dialect, Schema schema, String location) {
    this.dialect = dialect;
    this.schema = schema;
    this.location = location;
  }

  /**
   * The script; empty if nothing is to be run.
   *
   * @param before the version of the schema
   * @param history the table with the history
   * @param makesHistory whether that table is to be made
   * @param rank of the first migration
   */
  String of(
      List<String> migrations, String before, String history, boolean makesHistory, long rank) {
    if (migrations.isEmpty()) {
      return "";
    }
    line(
        "-- Daybook: the tables from schema version %s to %s. Stop at the first error."
            .formatted(before, MigrationHistory.VERSION));
    line(dialect.beginScript(schema.schema()));
    if (makesHistory) {
      lines(HISTORY, "history-" + dialect.migrations() + ".sql", Map.of("history", history));
    }
    long next = rank;
    for (String migration : migrations) {
      line("");
      line("-- " + migration);
      lines(location, migration, schema.placeholders());
      line("");
      line(note(name(history), next, migration));
      next++;
    }
    line("");
    line("commit;");
    return text.toString();
  }

  private void lines(String folder, String script, Map<String, String> placeholders) {
    for (String line : MigrationHistory.lines(folder, script)) {
      String filled = line;
      for (Map.Entry<String, String> each : placeholders.entrySet()) {
        filled = filled.replace("${" + each.getKey() + "}", each.getValue());
      }
      line(filled);
    }
  }

  /** The row of the history for a migration. */
  private String note(Name history, long rank, String migration) {
    DSLContext dsl =
        dialect.renderer(new Settings().withStatementType(StatementType.STATIC_STATEMENT));
    String title = migration.substring(migration.indexOf("__") + 2, migration.indexOf(".sql"));
    Query insert =
        dsl.insertInto(table(history))
            .set(field(name(MigrationHistory.RANK_COLUMN), Long.class), inline(rank))
            .set(field(name("version"), String.class), inline(MigrationHistory.version(migration)))
            .set(field(name("description"), String.class), inline(title.replace('_', ' ')))
            .set(field(name("type"), String.class), inline(KIND))
            .set(field(name("script"), String.class), inline(migration))
            .set(
                field(name("checksum"), Long.class),
                inline(MigrationHistory.checksum(location, migration)))
            .set(field(name("installed_by"), String.class), inline("script"))
            .set(field(name("execution_time"), Long.class), inline(0L))
            .set(field(name("success"), Boolean.class), inline(true));
    return dsl.render(insert) + ";";
  }

  private void line(String line) {
    text.append(line).append('\n');
  }
}
