package dev.daybook.journal.internal.read;

import dev.daybook.conformance.Scale;
import dev.daybook.internal.connections.Databases;
import dev.daybook.internal.schema.Schema;
import dev.daybook.internal.statements.Script;
import dev.daybook.journal.EventQuery;
import dev.daybook.settings.TableNames;
import dev.daybook.sqlcatalogue.ExpectedPlan;
import dev.daybook.sqlcatalogue.SqliteExplainer;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Optional;
import java.util.function.BiFunction;
import org.jooq.DSLContext;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What queries by tag, and by prefix, cost among many events, on each database. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class TagScaleTest {

  /** Among a million events, or a part of them. */
  @Nested
  class OnSqlite extends TagScale<SqliteMeter> {

    OnSqlite(@TempDir Path directory) {
      super(Scale.of(40_000, 200_000), new SqliteMeter(directory));
    }

    @Test
    void the_plan_of_a_tag_query_is_the_tag_index_and_then_event_by_event() throws SQLException {
      checkPlan(
          (statements, dsl) ->
              new EventReads(statements, Optional.empty(), dsl)
                  .of(EventQuery.all().taggedAllOf("marked"), Long.MAX_VALUE)
                  .sql(),
          ExpectedPlan.searching(
              "SEARCH t$ USING COVERING INDEX events_tags_by_tag (tag=? AND global_position>? AND global_position<?)",
              "SEARCH events USING INTEGER PRIMARY KEY (rowid=?)"));
    }

    @Test
    void the_plan_of_a_prefix_is_a_range_of_the_primary_key() throws SQLException {
      checkPlan(
          (statements, dsl) -> statements.ids.statement("100%_off\\", ""),
          ExpectedPlan.searching("SEARCH streams USING PRIMARY KEY (stream_id>? AND stream_id<?)"));
    }

    private void checkPlan(
        BiFunction<JournalStatements, DSLContext, Script> statement, ExpectedPlan expected)
        throws SQLException {
      DSLContext dsl =
          new Schema(TableNames.defaults()).renderer(Databases.dialect(meter().reader()));
      Script rendered = statement.apply(new JournalStatements(dsl), dsl);
      expected.check("the query", new SqliteExplainer(meter().reader()), rendered.sql());
    }
  }

  /** Among 200 000 events. */
  @Nested
  class OnPostgres extends TagScale<PostgresMeter> {

    OnPostgres() {
      super(40_000, new PostgresMeter());
    }
  }
}
