package dev.daybook.subscription.internal.store;

import static dev.daybook.internal.jooq.Tables.CHECKPOINTS;
import static dev.daybook.internal.jooq.Tables.DEAD_LETTERS;
import static dev.daybook.internal.jooq.Tables.EVENTS;
import static org.jooq.impl.DSL.coalesce;
import static org.jooq.impl.DSL.count;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.param;
import static org.jooq.impl.DSL.select;

import dev.daybook.internal.dialect.Dialect;
import dev.daybook.internal.rows.CopyMark;
import dev.daybook.internal.statements.Script;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Param;
import org.jooq.Query;
import org.jooq.UpdateSetMoreStep;

/** The statements of leases, and of the status of subscriptions. */
public final class SubscriptionStatements {

  public static final Param<String> NAME = param(CHECKPOINTS.CONSUMER);
  public static final Param<Long> POSITION = param(CHECKPOINTS.GLOBAL_POSITION);
  public static final Param<Long> NOW = param(CHECKPOINTS.UPDATED_AT);
  public static final Param<String> OWNER = param(CHECKPOINTS.OWNER);
  public static final Param<Long> FENCE = param(CHECKPOINTS.FENCE);
  public static final Param<Long> FROM = param(CHECKPOINTS.GLOBAL_POSITION);
  public static final Param<String> PLACE = param(CHECKPOINTS.PLACE);
  public static final Param<Long> LEASE = param(CHECKPOINTS.LEASE_MILLIS);
  public static final Param<Long> ASKED = param(CHECKPOINTS.ASKED);
  public static final Param<Long> STOPPED_AT = param(CHECKPOINTS.STOPPED_AT);
  public static final Param<Long> STOP_POSITION = param(CHECKPOINTS.STOP_POSITION);
  public static final Param<String> STOP_REASON = param(CHECKPOINTS.STOP_REASON);

  public final Script create;
  public final Script holder;
  public final Script holders;
  public final Script acquire;
  public final Script hold;
  public final Script save;
  public final Script claim;
  public final Script advance;
  public final Script ask;
  public final Script answer;
  public final Script release;
  public final Script stop;
  public final Script takeAway;
  public final Script pause;
  public final Script resume;
  public final Script list;
  public final Script find;
  public final Script status;

  public SubscriptionStatements(DSLContext dsl) {
    this.create = Script.of(dsl, () -> create(dsl));
    this.holder = Script.of(dsl, () -> holder(dsl, CHECKPOINTS.CONSUMER.eq(NAME)));
    this.holders = Script.of(dsl, () -> holder(dsl, CopyMark.isNone()));
    this.acquire = Script.of(dsl, () -> acquire(dsl));
    this.hold = Script.of(dsl, () -> hold(dsl));
    this.save = Script.of(dsl, () -> save(dsl));
    this.claim = Script.of(dsl, () -> claim(dsl));
    this.advance = Script.of(dsl, () -> advance(dsl));
    this.ask = Script.of(dsl, () -> ask(dsl));
    this.answer = Script.of(dsl, () -> answer(dsl));
    this.release = Script.of(dsl, () -> released(dsl).where(held()));
    this.stop = Script.of(dsl, () -> stop(dsl));
    this.takeAway = Script.of(dsl, () -> takeAway(dsl));
    this.pause = Script.of(dsl, () -> paused(dsl, coalesce(CHECKPOINTS.PAUSED_AT, NOW)));
    this.resume = Script.of(dsl, () -> paused(dsl, inline(null, CHECKPOINTS.PAUSED_AT)));
    this.list = Script.of(dsl, () -> info(dsl, CopyMark.isNone()));
    this.find = Script.of(dsl, () -> info(dsl, CHECKPOINTS.CONSUMER.eq(NAME)));
    this.status = Script.of(dsl, () -> status(dsl));
  }

  private static Query create(DSLContext dsl) {
    return dsl.insertInto(
            CHECKPOINTS,
            CHECKPOINTS.CONSUMER,
            CHECKPOINTS.GLOBAL_POSITION,
            CHECKPOINTS.UPDATED_AT,
            CHECKPOINTS.FENCE)
        .values(NAME, POSITION, NOW, FENCE)
        .onConflict(CHECKPOINTS.CONSUMER)
        .doNothing();
  }

  /** As {@link LeaseHolder#read} reads it. */
  private static Query holder(DSLContext dsl, Condition which) {
    return dsl.select(
            CHECKPOINTS.CONSUMER,
            CHECKPOINTS.FENCE,
            CHECKPOINTS.OWNER,
            CHECKPOINTS.PLACE,
            CHECKPOINTS.LEASE_MILLIS,
            CHECKPOINTS.ASKED,
            CHECKPOINTS.GLOBAL_POSITION,
            CHECKPOINTS.PAUSED_AT)
        .from(CHECKPOINTS)
        .where(which)
        .and(Dialect.of(dsl).onPrimary())
        .orderBy(CHECKPOINTS.CONSUMER);
  }

  /**
   * Raises the fence, if the lease is free or its known holder has not answered. The reason why the
   * last one stopped is cleared.
   */
  private static Query acquire(DSLContext dsl) {
    Condition free =
        CHECKPOINTS
            .OWNER
            .isNull()
            .or(CHECKPOINTS.OWNER.eq(OWNER))
            .or(CHECKPOINTS.FENCE.eq(FENCE).and(coalesce(CHECKPOINTS.ASKED, inline(0L)).eq(ASKED)));
    return dsl.update(CHECKPOINTS)
        .set(CHECKPOINTS.OWNER, OWNER)
        .set(CHECKPOINTS.FENCE, CHECKPOINTS.FENCE.plus(1))
        .set(CHECKPOINTS.PLACE, PLACE)
        .set(CHECKPOINTS.LEASE_MILLIS, LEASE)
        .set(CHECKPOINTS.ASKED, inline(null, CHECKPOINTS.ASKED))
        .set(CHECKPOINTS.STOPPED_AT, inline(null, CHECKPOINTS.STOPPED_AT))
        .set(CHECKPOINTS.STOP_POSITION, inline(null, CHECKPOINTS.STOP_POSITION))
        .set(CHECKPOINTS.STOP_REASON, inline(null, CHECKPOINTS.STOP_REASON))
        .where(CHECKPOINTS.CONSUMER.eq(NAME))
        .and(free)
        .returning(CHECKPOINTS.FENCE, CHECKPOINTS.GLOBAL_POSITION, CHECKPOINTS.PAUSED_AT);
  }

  /** A transaction that claims or deletes the checkpoint waits until this one ends. */
  private static Query hold(DSLContext dsl) {
    return Dialect.of(dsl)
        .hold(dsl.select(CHECKPOINTS.GLOBAL_POSITION).from(CHECKPOINTS).where(held()));
  }

  /** A transaction that holds or claims the checkpoint waits until this one ends. */
  private static Query claim(DSLContext dsl) {
    return Dialect.of(dsl)
        .claim(
            dsl.select(CHECKPOINTS.GLOBAL_POSITION)
                .from(CHECKPOINTS)
                .where(CHECKPOINTS.CONSUMER.eq(NAME)));
  }

  /** Saves the position of a checkpoint that is claimed. Its lease may be another one's. */
  private static Query advance(DSLContext dsl) {
    return dsl.update(CHECKPOINTS)
        .set(CHECKPOINTS.GLOBAL_POSITION, POSITION)
        .set(CHECKPOINTS.UPDATED_AT, NOW)
        .where(CHECKPOINTS.CONSUMER.eq(NAME));
  }

  /**
   * From where it was, and not from anywhere else: a database that was rolled back to an earlier
   * state is noticed. A commit whose answer was lost is retried: if it had been made, this finds
   * nothing to save, and what was done along with it is not done twice.
   */
  private static Query save(DSLContext dsl) {
    return dsl.update(CHECKPOINTS)
        .set(CHECKPOINTS.GLOBAL_POSITION, POSITION)
        .set(CHECKPOINTS.UPDATED_AT, NOW)
        .set(CHECKPOINTS.ASKED, inline(null, CHECKPOINTS.ASKED))
        .where(held())
        .and(CHECKPOINTS.GLOBAL_POSITION.eq(FROM));
  }

  /** Asks the holder for a sign of life, unless that was done. */
  private static Query ask(DSLContext dsl) {
    return dsl.update(CHECKPOINTS)
        .set(CHECKPOINTS.ASKED, ASKED)
        .where(CHECKPOINTS.CONSUMER.eq(NAME))
        .and(CHECKPOINTS.FENCE.eq(FENCE))
        .and(CHECKPOINTS.OWNER.isNotNull())
        .and(CHECKPOINTS.ASKED.isNull());
  }

  /** A sign of life, whether the holder was asked or not. */
  private static Query answer(DSLContext dsl) {
    return dsl.update(CHECKPOINTS)
        .set(CHECKPOINTS.ASKED, inline(null, CHECKPOINTS.ASKED))
        .where(held());
  }

  private static Query stop(DSLContext dsl) {
    return released(dsl)
        .set(CHECKPOINTS.STOPPED_AT, STOPPED_AT)
        .set(CHECKPOINTS.STOP_POSITION, STOP_POSITION)
        .set(CHECKPOINTS.STOP_REASON, STOP_REASON)
        .where(held());
  }

  /** The present holder of the lease can't save any more. */
  private static Query takeAway(DSLContext dsl) {
    return released(dsl)
        .set(CHECKPOINTS.FENCE, CHECKPOINTS.FENCE.plus(1))
        .where(CHECKPOINTS.CONSUMER.eq(NAME))
        .and(CHECKPOINTS.OWNER.isNotNull());
  }

  private static Query paused(DSLContext dsl, Field<Long> since) {
    return dsl.update(CHECKPOINTS)
        .set(CHECKPOINTS.PAUSED_AT, since)
        .where(CHECKPOINTS.CONSUMER.eq(NAME));
  }

  private static UpdateSetMoreStep<?> released(DSLContext dsl) {
    return dsl.update(CHECKPOINTS)
        .set(CHECKPOINTS.OWNER, inline(null, CHECKPOINTS.OWNER))
        .set(CHECKPOINTS.PLACE, inline(null, CHECKPOINTS.PLACE))
        .set(CHECKPOINTS.LEASE_MILLIS, inline(null, CHECKPOINTS.LEASE_MILLIS))
        .set(CHECKPOINTS.ASKED, inline(null, CHECKPOINTS.ASKED));
  }

  /** The owner too: a checkpoint that was deleted and made again counts its fences anew. */
  private static Condition held() {
    return CHECKPOINTS
        .CONSUMER
        .eq(NAME)
        .and(CHECKPOINTS.FENCE.eq(FENCE))
        .and(CHECKPOINTS.OWNER.eq(OWNER));
  }

  private static Query info(DSLContext dsl, Condition which) {
    return dsl.select(
            CHECKPOINTS.CONSUMER,
            CHECKPOINTS.GLOBAL_POSITION,
            CHECKPOINTS.UPDATED_AT,
            CHECKPOINTS.OWNER,
            CHECKPOINTS.PLACE,
            field(select(count()).from(EVENTS).where(behind())),
            firstBehind(),
            letters(),
            CHECKPOINTS.PAUSED_AT,
            CHECKPOINTS.STOPPED_AT,
            CHECKPOINTS.STOP_POSITION,
            CHECKPOINTS.STOP_REASON)
        .from(CHECKPOINTS)
        .where(which)
        .and(Dialect.of(dsl).onPrimary())
        .orderBy(CHECKPOINTS.CONSUMER);
  }

  /** What costs the same however many events are behind. */
  private static Query status(DSLContext dsl) {
    return dsl.select(
            CHECKPOINTS.CONSUMER,
            CHECKPOINTS.GLOBAL_POSITION,
            CHECKPOINTS.OWNER,
            CHECKPOINTS.PLACE,
            firstBehind(),
            letters(),
            CHECKPOINTS.PAUSED_AT,
            CHECKPOINTS.STOPPED_AT)
        .from(CHECKPOINTS)
        .where(CopyMark.isNone())
        .and(Dialect.of(dsl).onPrimary())
        .orderBy(CHECKPOINTS.CONSUMER);
  }

  private static Condition behind() {
    return EVENTS.GLOBAL_POSITION.gt(CHECKPOINTS.GLOBAL_POSITION);
  }

  /** The time of the first event after the checkpoint. */
  private static Field<Long> firstBehind() {
    return field(
        select(EVENTS.TS).from(EVENTS).where(behind()).orderBy(EVENTS.GLOBAL_POSITION).limit(1));
  }

  /** How many dead letters there are. */
  private static Field<Integer> letters() {
    return field(
        select(count()).from(DEAD_LETTERS).where(DEAD_LETTERS.CONSUMER.eq(CHECKPOINTS.CONSUMER)));
  }
}
