package dev.daybook.internal.dialect.sqlite;

import dev.daybook.internal.dialect.Dialect;
import java.sql.Connection;
import java.sql.SQLException;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Name;
import org.jooq.Query;
import org.jooq.SQLDialect;
import org.jooq.Table;
import org.jooq.impl.DSL;

/** Which positions were given: what SQLite has in place of a sequence. */
final class SqlitePositions {

  /** SQLite's own word for an integer that is the primary key. */
  private static final Field<Long> POSITION = DSL.field(DSL.name("rowid"), Long.class);

  private static final Field<Long> ONLY_ROW = DSL.field(DSL.name("only_row"), Long.class);
  private static final Field<Long> GIVEN_TO = DSL.field(DSL.name("given_to"), Long.class);

  private SqlitePositions() {}

  /** The greater of what events have, and what was given before the newest were deleted. */
  static Field<Long> highest(Name events) {
    return DSL.greatest(
        DSL.coalesce(
            DSL.field(DSL.select(DSL.max(POSITION)).from(DSL.table(events))), DSL.inline(0L)),
        DSL.coalesce(DSL.field(DSL.select(GIVEN_TO).from(given(events))), DSL.inline(0L)));
  }

  /** At most one row. */
  private static Table<?> given(Name events) {
    return DSL.table(DSL.name(tableOf(String.valueOf(events.last()))));
  }

  static String tableOf(String events) {
    return events + "_position";
  }

  /** {@link Dialect#raisePosition}. */
  static void raise(Connection connection, Name events, long position) throws SQLException {
    DSLContext dsl = DSL.using(SQLDialect.SQLITE);
    Query raise =
        dsl.insertInto(given(events), ONLY_ROW, GIVEN_TO)
            .values(1L, position)
            .onConflict(ONLY_ROW)
            .doUpdate()
            .set(GIVEN_TO, DSL.greatest(GIVEN_TO, DSL.excluded(GIVEN_TO)));
    SqlitePragmas.execute(connection, dsl.renderInlined(raise));
  }
}
