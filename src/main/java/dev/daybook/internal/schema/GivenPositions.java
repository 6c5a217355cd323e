package dev.daybook.internal.schema;

import static dev.daybook.internal.jooq.Tables.CHECKPOINTS;
import static dev.daybook.internal.jooq.Tables.DEAD_LETTERS;
import static dev.daybook.internal.jooq.Tables.EVENTS;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.max;

import dev.daybook.error.OpenException;
import dev.daybook.internal.dialect.Dialect;
import dev.daybook.internal.statements.Execution;
import dev.daybook.internal.statements.Script;
import dev.daybook.internal.statements.Session;
import java.util.stream.LongStream;
import org.jooq.DSLContext;
import org.jooq.Name;

/**
 * The highest position that the database knows it has given, against those that rows have. It knows
 * less if the rows came without the sequence: by logical replication, or by a copy of the tables
 * alone.
 */
public final class GivenPositions {

  private final Dialect dialect;
  private final Name events;
  private final Script given;
  private final Script ofEvents;
  private final Script ofSubscriptions;
  private final Script ofDeadLetters;

  /**
   * What was done.
   *
   * @param before up to which position they were given, as far as the database knew
   * @param now the same by now
   */
  public record Raised(long before, long now) {}

  public GivenPositions(Dialect dialect, Schema schema) {
    this.dialect = dialect;
    this.events = schema.name(EVENTS);
    DSLContext dsl = schema.renderer(dialect);
    this.given = Script.of(dsl, () -> dialect.highestPosition(dsl, events));
    this.ofEvents =
        Script.of(
            dsl,
            () -> dsl.select(max(EVENTS.GLOBAL_POSITION)).from(EVENTS).where(dialect.onPrimary()));
    this.ofSubscriptions =
        Script.of(
            dsl,
            () ->
                dsl.select(max(CHECKPOINTS.GLOBAL_POSITION))
                    .from(CHECKPOINTS)
                    .where(CHECKPOINTS.FENCE.gt(inline(0L)))
                    .and(dialect.onPrimary()));
    this.ofDeadLetters =
        Script.of(
            dsl,
            () ->
                dsl.select(max(DEAD_LETTERS.GLOBAL_POSITION))
                    .from(DEAD_LETTERS)
                    .where(dialect.onPrimary()));
  }

  /**
   * Makes sure that new events get positions after the existing ones. The events are read first: an
   * event that is appended meanwhile has its position before it is seen.
   *
   * @throws OpenException if they would not
   */
  public void requireBehindEvents(Session session) {
    long highest = number(session, ofEvents);
    long known = highest == 0 ? 0 : number(session, given);
    if (known < highest) {
      throw new OpenException(
          OpenException.Reason.POSITIONS,
          "an event is at position %s, and the database knows of none given beyond %s: readers would not reach the events in between, and new ones would get their positions; `daybook doctor --fix positions`, or fixPositions() of maintenance(), raises that"
              .formatted(highest, known));
    }
  }

  /** Makes sure that no position is given again that an event, or one of its followers, has. */
  public Raised raise(Session session) {
    long before = number(session, given);
    long used =
        LongStream.of(
                number(session, ofEvents),
                number(session, ofSubscriptions),
                number(session, ofDeadLetters))
            .max()
            .orElse(0);
    if (used > before) {
      session.act(it -> dialect.raisePosition(it, events, used));
    }
    return new Raised(before, number(session, given));
  }

  private static long number(Session session, Script query) {
    try (Execution prepared = session.prepareOnce(query)) {
      return prepared.first(row -> row.optionalNumber(1) == null ? 0 : row.number(1)).orElse(0L);
    }
  }
}
