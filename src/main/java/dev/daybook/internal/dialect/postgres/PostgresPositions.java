package dev.daybook.internal.dialect.postgres;

import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.table;

import dev.daybook.internal.dialect.PlainSql;
import dev.daybook.internal.dialect.PositionProtocol;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Name;
import org.jooq.Param;
import org.jooq.Query;
import org.jooq.QueryPart;
import org.jooq.ResultQuery;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;

/**
 * How transactions that append at the same time keep readers from missing an event.
 *
 * <p>Positions come from a sequence, which gives them in the order of requests, not of commits. So
 * that a reader knows up to which position it may read, a writer, before it draws its first
 * position, reads the sequence's last value L and takes a shared advisory lock that has L in its
 * key, until its transaction ends. A reader reads the last value H, then the locks that are held,
 * and takes the lowest L among them, or H if none is lower: the <em>watermark</em> W. Only then, by
 * another statement, it reads the events up to W.
 *
 * <p><b>Why no event can appear at or below W once W is known.</b> Take any transaction that ever
 * draws a position p, and consider when it took its lock.
 *
 * <ul>
 *   <li>It held the lock when the reader read the locks. Then W is at most its L, and p is higher
 *       than L, because a sequence never goes back: p is above W.
 *   <li>It took the lock after the reader had read the locks. It draws p after that, and H was read
 *       before that: p is higher than H, and W is at most H.
 *   <li>It had released the lock by then. PostgreSQL makes a transaction's rows visible before it
 *       releases its locks, so whatever it has committed is seen by every statement that begins
 *       later, and the reader's does. If it was rolled back, its rows are never seen.
 * </ul>
 *
 * <p>Reading H before the locks, and the events after them, is what this depends on. The first is
 * one statement, in which the search for the locks depends on the row with H; the second is why
 * {@link #watermark} stands alone. A transaction that keeps to one state of the database, from
 * {@code REPEATABLE READ} up, would not see in the second statement what was committed before the
 * first; the watermark says so.
 *
 * <p>The last value is read once more after the locks. If it is W still, every transaction that has
 * drawn a position at or below W has drawn all of them at or below W: by then it had ended. If it
 * is higher, some of them may be above, and the reader has to go back to where no transaction has
 * events on both sides; for that the last event that is written to a stream says which L its
 * transaction has announced.
 *
 * <p>A transaction that reads does not hold itself back: what it has appended is its own, and it
 * sees that up to the same watermark as everything else.
 *
 * <p>Writers never wait for each other or for readers here: a shared lock conflicts with nothing
 * that we take. Only a transaction that itself has appended, to this store, holds readers back, and
 * only until it ends: nothing is ever skipped because it took too long. If a server process is
 * killed, its transaction ends with it. A savepoint that is rolled back gives back the locks that
 * were taken since, and takes its events along.
 *
 * <p>A transaction takes one lock, however often it appends: the server has room for so many, and
 * the first is the lowest. That it has it, and with which L, is in a setting of the session's,
 * which is undone when the lock is given back: at the end of the transaction, and with a savepoint.
 * A statement that is a transaction by itself takes the lock and needs no such setting.
 *
 * <p>A lock's key has 64 bits: the lower 16 of the events table's object id, which distinguish the
 * stores of one database, and 48 for L; the sequence ends before that is too little. If some other
 * lock, of another store or an application, has a key that looks like one of ours, readers may wait
 * for it, and still miss nothing. The locks are those of the server that the reader is connected
 * to. A standby has none, so it refuses to answer: see {@link PostgresPrimary}.
 *
 * <p>The sequence must not be cached by sessions: they would draw positions that were reserved
 * before they took their lock.
 */
final class PostgresPositions extends PostgresRows implements PositionProtocol {

  private static final String SEQUENCE_SUFFIX = "_position";

  private final DSLContext dsl;
  private final Name events;
  private final Name sequence;

  PostgresPositions(DSLContext dsl, Name events) {
    this.dsl = dsl;
    this.events = events;
    this.sequence = sequence(events);
  }

  /** The sequence that the positions of a table of events come from. */
  static Name sequence(Name events) {
    Name[] parts = events.parts();
    parts[parts.length - 1] = name(events.last() + SEQUENCE_SUFFIX);
    return name(parts);
  }

  /** The highest position that was ever drawn; 0 if none was. */
  static Query highest(DSLContext dsl, Name events) {
    return dsl.select(lastDrawn()).from(table(sequence(events))).where(PostgresPrimary.only());
  }

  /** Draws all positions up to one at once; nothing if they were drawn. */
  static ResultQuery<?> raise(DSLContext dsl, Name events, long position) {
    Name sequence = sequence(events);
    // The DSL does not know what can be done to a sequence.
    return PlainSql.of(
            """
            select setval({name}::regclass, {position})
            from {sequence} where last_value < {position} or not is_called
            """)
        .with("name", inline(dsl.render(sequence)))
        .with("position", inline(position))
        .with("sequence", table(sequence))
        .resultQuery(dsl);
  }

  /**
   * What tells the store of a table from every other one; an empty text without the table. Of two
   * servers one may be a copy of the other's files, and has the same ids; but they don't start at
   * the same moment.
   */
  static String identity(Name events) {
    DSLContext dsl = DSL.using(SQLDialect.POSTGRES);
    return dsl.renderInlined(
        DSL.resultQuery(
            """
            select coalesce(
              extract(epoch from pg_postmaster_start_time())
                || ' ' || d.oid || ' ' || to_regclass({0})::oid, '')
            from pg_database as d where d.datname = current_database()""",
            inline(dsl.render(events))));
  }

  /**
   * As many positions as asked for, a row each, with the position after which the transaction has
   * begun.
   */
  static Query draw(DSLContext dsl, Name events, Param<Integer> count) {
    PostgresPositions writing = new PostgresPositions(dsl, events);
    Name announced = name("announced");
    Name begun = name("begun");
    return dsl.with(announced)
        .asMaterialized(dsl.select(writing.announce().as(begun)))
        .select(writing.nextPosition(), writing.begun(announced.append(begun)))
        .from(table(announced))
        .crossJoin(DSL.generateSeries(inline(1), count));
  }

  @Override
  public Field<?> announce() {
    // A function that returns nothing can't be selected by the DSL, which knows no settings either.
    // Both answers are in one value, so that it is certain which is found out first.
    return PlainSql.of(
            """
            case when current_setting({setting}, true) <> ''
            then array[current_setting({setting}, true)::bigint, current_setting({setting}, true)::bigint]
            else (
              select case when concat(
                set_config({setting}, l.position::text, true),
                pg_advisory_xact_lock_shared({store} | l.position)::text) is not null
              then array[null, l.position] end
              from ({last drawn}) as l) end
            """)
        .with("setting", begunSetting())
        .with("store", storeBits())
        .with("last drawn", lastPosition())
        .field(Long[].class);
  }

  @Override
  public Field<Long> announceAlone() {
    // A function that returns nothing can't be selected by the DSL.
    return PlainSql.of(
            """
            (select case when pg_advisory_xact_lock_shared({store} | l.position)::text is not null
            then l.position end
            from ({last drawn}) as l)
            """)
        .with("store", storeBits())
        .with("last drawn", lastPosition())
        .field(Long.class);
  }

  @Override
  public Field<Long> begun(Name announcement) {
    return field("({0})[2]", Long.class, field(announcement));
  }

  @Override
  public Field<Long> begunBefore(Name announcement) {
    return field("({0})[1]", Long.class, field(announcement));
  }

  @Override
  public Condition isOthers(Field<Long> begun) {
    return PlainSql.of(
            "{begun} is distinct from nullif(current_setting({setting}, true), '')::bigint")
        .with("begun", begun)
        .with("setting", begunSetting())
        .condition();
  }

  /** The setting that says that a transaction has its lock, and which position is in its key. */
  private Field<String> begunSetting() {
    return field("'daybook.begun_after_' || {0}", String.class, tableId());
  }

  /**
   * A transaction that draws a position holds a lock of the table by then, because it is going to
   * write it.
   */
  @Override
  public Query keepOthersOut() {
    // The DSL locks rows, and no tables.
    return dsl.query("lock table {0} in share row exclusive mode", table(events));
  }

  @Override
  public Field<Long> nextPosition() {
    return DSL.sequence(sequence, Long.class).nextval();
  }

  @Override
  public Query watermark() {
    // The DSL knows neither the system's views nor the isolation of the transaction. It is the row
    // of "head" that the search for locks is made for, and so comes before it; and it is that of
    // "safe" that the last position is read once more for.
    return PlainSql.of(
            """
            with head(position) as materialized ({last drawn}),
            safe(position) as materialized (
              select coalesce(
                (select min({announced}) from pg_locks as l
                 where {ours} and {announced} < head.position and l.pid is distinct from pg_backend_pid()),
                head.position)
              from head)
            select safe.position,
              case when current_setting('transaction_isolation') like 'read%' then 1 else 0 end,
              ({last drawn} where safe.position is not null)
            from safe
            where {primary}
            """)
        .with("last drawn", lastPosition())
        .with("announced", announced())
        .with("ours", isOurs())
        .with("primary", PostgresPrimary.only())
        .resultQuery(dsl);
  }

  @Override
  public Query holders() {
    // The DSL does not know the system's views. A prepared transaction has a lock with its own id
    // under the virtual one that all its locks have.
    return PlainSql.of(
            """
            select h.position, h.pid, p.gid, coalesce(a.usename, p.owner), a.application_name,
              host(a.client_addr),
              (extract(epoch from clock_timestamp() - coalesce(a.xact_start, p.prepared)) * 1000)::bigint,
              a.state, a.query, array_to_string(pg_blocking_pids(h.pid), ',')
            from (
              select min({announced}) as position, l.pid, l.virtualtransaction
              from pg_locks as l where {ours} group by l.pid, l.virtualtransaction) as h
            left join pg_stat_activity as a on a.pid = h.pid
            left join pg_locks as x on h.pid is null and x.pid is null
              and x.locktype = 'transactionid' and x.mode = 'ExclusiveLock'
              and x.virtualtransaction = h.virtualtransaction
            left join pg_prepared_xacts as p on p.transaction = x.transactionid
            where {primary} order by h.position, h.pid
            """)
        .with("announced", announced())
        .with("ours", isOurs())
        .with("primary", PostgresPrimary.only())
        .resultQuery(dsl);
  }

  private Query lastPosition() {
    return dsl.select(lastDrawn().as(name("position"))).from(table(sequence));
  }

  /** {@code last_value} is the next one as long as none was drawn. */
  private static Field<Long> lastDrawn() {
    return field("case when is_called then last_value else 0 end", Long.class);
  }

  /** What the keys of all locks of this store begin with. */
  private Field<Long> storeBits() {
    return field("(({0} & 65535) << 48)", Long.class, tableId());
  }

  private Field<Long> tableId() {
    return field("{0}::regclass::oid::bigint", Long.class, inline(dsl.render(events)));
  }

  /** The position that a lock has in its key. */
  private static Field<Long> announced() {
    return field("((l.classid::bigint & 65535) << 32 | l.objid::bigint)", Long.class);
  }

  private QueryPart isOurs() {
    return PlainSql.of(
            """
            l.locktype = 'advisory' and l.objsubid = 1 and l.mode = 'ShareLock' and l.granted
            and l.database = (select d.oid from pg_database as d where d.datname = current_database())
            and l.classid::bigint >> 16 = {table} & 65535
            """)
        .with("table", tableId())
        .condition();
  }
}
