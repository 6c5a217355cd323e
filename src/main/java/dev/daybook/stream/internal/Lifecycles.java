package dev.daybook.stream.internal;

import static dev.daybook.internal.jooq.Tables.EVENTS;

import dev.daybook.internal.database.Database;
import dev.daybook.internal.statements.Lazy;
import dev.daybook.journal.internal.Journals;
import dev.daybook.stream.Streams;
import java.time.Clock;

/** Makes the streams of one Daybook. */
public final class Lifecycles {

  private Lifecycles() {}

  public static Streams of(Database database, Journals journals, Clock clock) {
    return new JooqStreams(
        database,
        journals,
        clock,
        new Lazy<>(
            database::renderer,
            renderer ->
                new StreamStatements(
                    renderer, database.drawPositions(EVENTS, StreamStatements.DRAWN))),
        database.callers());
  }
}
