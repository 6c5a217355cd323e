package dev.daybook.subscription.internal.store;

import static dev.daybook.internal.jooq.Tables.CHECKPOINTS;
import static dev.daybook.internal.jooq.Tables.DEAD_LETTERS;
import static dev.daybook.internal.jooq.Tables.EVENTS;
import static dev.daybook.internal.jooq.Tables.STREAMS;
import static org.jooq.impl.DSL.excluded;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.noCondition;
import static org.jooq.impl.DSL.param;
import static org.jooq.impl.DSL.select;
import static org.jooq.impl.DSL.when;

import dev.daybook.internal.dialect.Dialect;
import dev.daybook.internal.statements.Script;
import dev.daybook.journal.internal.read.StreamRow;
import java.util.List;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.InsertValuesStep10;
import org.jooq.Param;
import org.jooq.Query;

/** The statements of dead letters. */
public final class DeadLetterStatements {

  public static final Param<String> NAME = param(DEAD_LETTERS.CONSUMER);
  public static final Param<Long> POSITION = param(DEAD_LETTERS.GLOBAL_POSITION);
  public static final Param<Long> NOW = param(DEAD_LETTERS.PARKED_AT);
  public static final Param<String> STREAM_ID = param(DEAD_LETTERS.STREAM_ID);
  public static final Param<Long> SEQ = param(DEAD_LETTERS.SEQ);
  public static final Param<String> TYPE = param(DEAD_LETTERS.EVENT_TYPE);
  public static final Param<Long> ATTEMPTS = param(DEAD_LETTERS.ATTEMPTS);
  public static final Param<Long> ASKED_AT = param(DEAD_LETTERS.RETRY_ASKED_AT);
  public static final Param<String> ERROR = param(DEAD_LETTERS.ERROR);
  public static final Param<Long> HOLDS_STREAM = param(DEAD_LETTERS.HOLDS_STREAM);
  public static final Param<String> STACK_TRACE = param(DEAD_LETTERS.STACK_TRACE);

  private static final List<Field<?>> LETTER =
      List.of(
          DEAD_LETTERS.CONSUMER,
          DEAD_LETTERS.GLOBAL_POSITION,
          DEAD_LETTERS.STREAM_ID,
          DEAD_LETTERS.SEQ,
          DEAD_LETTERS.EVENT_TYPE,
          DEAD_LETTERS.ATTEMPTS,
          DEAD_LETTERS.ERROR,
          DEAD_LETTERS.PARKED_AT,
          DEAD_LETTERS.RETRY_ASKED_AT,
          DEAD_LETTERS.HOLDS_STREAM,
          DEAD_LETTERS.STACK_TRACE);

  private static final Condition HOLDS = DEAD_LETTERS.HOLDS_STREAM.eq(inline(1L));

  public final Script park;
  public final Script queue;
  public final Script holdsAny;
  public final Script lastQueued;
  public final Script askFirstQueued;
  public final Script askFirstUntried;
  public final Script lockConsumer;
  public final Script letter;
  public final Script letters;
  public final Script allLetters;
  public final Script nextAsked;
  public final Script askedFor;
  public final Script whereabouts;
  public final Script askRetry;
  public final Script failedAgain;
  public final Script drop;
  public final Script dropAll;

  public DeadLetterStatements(DSLContext dsl) {
    this.park = Script.of(dsl, () -> park(dsl));
    this.queue = Script.of(dsl, () -> newLetter(dsl).onConflictDoNothing());
    this.holdsAny = Script.of(dsl, () -> holdsAny(dsl));
    this.lastQueued = Script.of(dsl, () -> lastQueued(dsl));
    this.askFirstQueued = Script.of(dsl, () -> askFirst(dsl, noCondition()));
    this.askFirstUntried =
        Script.of(dsl, () -> askFirst(dsl, DEAD_LETTERS.ATTEMPTS.eq(inline(0L))));
    this.lockConsumer = Script.of(dsl, () -> lockConsumer(dsl));
    this.letter =
        Script.of(
            dsl,
            () ->
                dsl.select(LETTER)
                    .from(DEAD_LETTERS)
                    .where(thisLetter())
                    .and(Dialect.of(dsl).onPrimary()));
    this.letters = Script.of(dsl, () -> letters(dsl, DEAD_LETTERS.CONSUMER.eq(NAME)));
    this.allLetters = Script.of(dsl, () -> letters(dsl, noCondition()));
    this.nextAsked = Script.of(dsl, () -> nextAsked(dsl));
    this.askedFor = Script.of(dsl, () -> askedFor(dsl));
    this.whereabouts = Script.of(dsl, () -> whereabouts(dsl));
    this.askRetry = Script.of(dsl, () -> askRetry(dsl));
    this.failedAgain = Script.of(dsl, () -> failedAgain(dsl));
    this.drop = Script.of(dsl, () -> dsl.deleteFrom(DEAD_LETTERS).where(thisLetter()));
    this.dropAll =
        Script.of(dsl, () -> dsl.deleteFrom(DEAD_LETTERS).where(DEAD_LETTERS.CONSUMER.eq(NAME)));
  }

  private static InsertValuesStep10<?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?> newLetter(DSLContext dsl) {
    return dsl.insertInto(
            DEAD_LETTERS,
            DEAD_LETTERS.CONSUMER,
            DEAD_LETTERS.GLOBAL_POSITION,
            DEAD_LETTERS.STREAM_ID,
            DEAD_LETTERS.SEQ,
            DEAD_LETTERS.EVENT_TYPE,
            DEAD_LETTERS.ATTEMPTS,
            DEAD_LETTERS.ERROR,
            DEAD_LETTERS.PARKED_AT,
            DEAD_LETTERS.HOLDS_STREAM,
            DEAD_LETTERS.STACK_TRACE)
        .values(
            NAME, POSITION, STREAM_ID, SEQ, TYPE, ATTEMPTS, ERROR, NOW, HOLDS_STREAM, STACK_TRACE);
  }

  private static Query park(DSLContext dsl) {
    return newLetter(dsl)
        .onConflict(DEAD_LETTERS.CONSUMER, DEAD_LETTERS.GLOBAL_POSITION)
        .doUpdate()
        .set(DEAD_LETTERS.ATTEMPTS, DEAD_LETTERS.ATTEMPTS.plus(excluded(DEAD_LETTERS.ATTEMPTS)))
        .set(DEAD_LETTERS.ERROR, excluded(DEAD_LETTERS.ERROR))
        .set(DEAD_LETTERS.PARKED_AT, excluded(DEAD_LETTERS.PARKED_AT))
        .set(DEAD_LETTERS.HOLDS_STREAM, excluded(DEAD_LETTERS.HOLDS_STREAM))
        .set(DEAD_LETTERS.STACK_TRACE, excluded(DEAD_LETTERS.STACK_TRACE));
  }

  private static Query holdsAny(DSLContext dsl) {
    return dsl.select(DEAD_LETTERS.SEQ)
        .from(DEAD_LETTERS)
        .where(DEAD_LETTERS.CONSUMER.eq(NAME))
        .and(HOLDS)
        .and(Dialect.of(dsl).onPrimary())
        .limit(1);
  }

  /** The last parked event up to a number, in a stream which is held up. */
  private static Query lastQueued(DSLContext dsl) {
    return dsl.select(DEAD_LETTERS.SEQ)
        .from(DEAD_LETTERS)
        .where(queueOfStream())
        .and(DEAD_LETTERS.SEQ.le(SEQ))
        .and(Dialect.of(dsl).onPrimary())
        .orderBy(DEAD_LETTERS.SEQ.desc())
        .limit(1);
  }

  /** Has the one that holds up a stream tried. */
  private static Query askFirst(DSLContext dsl, Condition which) {
    return dsl.update(DEAD_LETTERS)
        .set(DEAD_LETTERS.RETRY_ASKED_AT, NOW)
        .where(DEAD_LETTERS.CONSUMER.eq(NAME))
        .and(
            DEAD_LETTERS.GLOBAL_POSITION.eq(
                field(
                    select(DEAD_LETTERS.GLOBAL_POSITION)
                        .from(DEAD_LETTERS)
                        .where(queueOfStream())
                        .orderBy(DEAD_LETTERS.SEQ)
                        .limit(1))))
        .and(which);
  }

  /**
   * Like the lease's holder before it checks whether a stream is held up: so no event is parked to
   * wait for one that is being dropped.
   */
  private static Query lockConsumer(DSLContext dsl) {
    return dsl.update(CHECKPOINTS)
        .set(CHECKPOINTS.FENCE, CHECKPOINTS.FENCE)
        .where(CHECKPOINTS.CONSUMER.eq(NAME));
  }

  private static Condition queueOfStream() {
    return DEAD_LETTERS.CONSUMER.eq(NAME).and(DEAD_LETTERS.STREAM_ID.eq(STREAM_ID)).and(HOLDS);
  }

  private static Query letters(DSLContext dsl, Condition which) {
    return Dialect.of(dsl)
        .rowOrder()
        .all(
            dsl.select(LETTER)
                .from(DEAD_LETTERS)
                .where(which)
                .and(Dialect.of(dsl).onPrimary())
                .orderBy(DEAD_LETTERS.CONSUMER, DEAD_LETTERS.GLOBAL_POSITION));
  }

  /** What was asked for first comes first. */
  private static Query nextAsked(DSLContext dsl) {
    return dsl.select(LETTER)
        .from(DEAD_LETTERS)
        .where(DEAD_LETTERS.CONSUMER.eq(NAME))
        .and(DEAD_LETTERS.RETRY_ASKED_AT.isNotNull())
        .and(Dialect.of(dsl).onPrimary())
        .orderBy(DEAD_LETTERS.RETRY_ASKED_AT, DEAD_LETTERS.GLOBAL_POSITION)
        .limit(1);
  }

  /** Subscriptions with dead letters whose retry is due. */
  private static Query askedFor(DSLContext dsl) {
    return Dialect.of(dsl)
        .rowOrder()
        .all(
            dsl.select(DEAD_LETTERS.CONSUMER)
                .from(DEAD_LETTERS)
                .where(DEAD_LETTERS.RETRY_ASKED_AT.isNotNull())
                .and(Dialect.of(dsl).onPrimary())
                .orderBy(
                    DEAD_LETTERS.CONSUMER,
                    DEAD_LETTERS.RETRY_ASKED_AT,
                    DEAD_LETTERS.GLOBAL_POSITION));
  }

  /** By its number: a stream that was moved away and back has other positions. */
  private static Query whereabouts(DSLContext dsl) {
    return dsl.select(StreamRow.columns(dsl))
        .select(
            field(
                select(EVENTS.GLOBAL_POSITION)
                    .from(EVENTS)
                    .where(EVENTS.STREAM_ID.eq(DEAD_LETTERS.STREAM_ID))
                    .and(EVENTS.SEQ.eq(DEAD_LETTERS.SEQ))))
        .from(DEAD_LETTERS)
        .leftJoin(STREAMS)
        .on(STREAMS.STREAM_ID.eq(DEAD_LETTERS.STREAM_ID))
        .where(thisLetter())
        .and(Dialect.of(dsl).onPrimary());
  }

  private static Query askRetry(DSLContext dsl) {
    return dsl.update(DEAD_LETTERS).set(DEAD_LETTERS.RETRY_ASKED_AT, NOW).where(thisLetter());
  }

  /** What was asked for is done; what was asked for since is not. */
  private static Query failedAgain(DSLContext dsl) {
    return dsl.update(DEAD_LETTERS)
        .set(DEAD_LETTERS.ATTEMPTS, DEAD_LETTERS.ATTEMPTS.plus(1))
        .set(DEAD_LETTERS.ERROR, ERROR)
        .set(DEAD_LETTERS.STACK_TRACE, STACK_TRACE)
        .set(DEAD_LETTERS.PARKED_AT, NOW)
        .set(
            DEAD_LETTERS.RETRY_ASKED_AT,
            when(DEAD_LETTERS.RETRY_ASKED_AT.ne(ASKED_AT), DEAD_LETTERS.RETRY_ASKED_AT))
        .where(thisLetter());
  }

  private static Condition thisLetter() {
    return DEAD_LETTERS.CONSUMER.eq(NAME).and(DEAD_LETTERS.GLOBAL_POSITION.eq(POSITION));
  }
}
