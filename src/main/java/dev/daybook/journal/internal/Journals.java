package dev.daybook.journal.internal;

import dev.daybook.codec.Codecs;
import dev.daybook.codec.internal.JacksonFormats;
import dev.daybook.codec.internal.ResolvedCodecs;
import dev.daybook.internal.database.Database;
import dev.daybook.internal.statements.CommitAction;
import dev.daybook.internal.statements.Lazy;
import dev.daybook.internal.transactions.SqlAccess;
import dev.daybook.journal.Appended;
import dev.daybook.journal.EncodedEvent;
import dev.daybook.journal.EventQuery;
import dev.daybook.journal.EventTypes;
import dev.daybook.journal.Journal;
import dev.daybook.journal.Metadata;
import dev.daybook.journal.internal.append.WritableJournal;
import dev.daybook.journal.internal.read.JournalFeed;
import dev.daybook.journal.internal.read.ReadableJournal;
import dev.daybook.journal.internal.types.EventCodec;
import dev.daybook.journal.internal.types.TypedEventCodec;
import java.time.Clock;
import java.util.List;
import java.util.function.Supplier;
import org.jooq.Configuration;

/** Makes the journals of one Daybook. */
public final class Journals implements AutoCloseable {

  private final Database database;
  private final ReadableJournal readable;
  private final WritableJournal writable;
  private final Lazy<ResolvedCodecs> codecs;
  private final SqlAccess access;

  /**
   * @param metadata asked for each append for metadata that its events get besides their own
   */
  public Journals(
      Database database,
      Clock clock,
      Supplier<JacksonFormats> formats,
      Supplier<Metadata> metadata) {
    this.database = database;
    this.readable = new ReadableJournal(database);
    this.writable = new WritableJournal(readable, database, clock, metadata);
    this.codecs = new Lazy<>(() -> new ResolvedCodecs(Codecs.json(), formats.get()));
    this.access = database;
  }

  private Journals(Journals others, SqlAccess access) {
    this.database = others.database;
    this.readable = others.readable;
    this.writable = others.writable;
    this.codecs = others.codecs;
    this.access = access;
  }

  public <E> Journal<E> of(EventTypes<E> types, Codecs choices) {
    return journal(TypedEventCodec.of(types, codecs.get().with(choices)));
  }

  public Journal<EncodedEvent> raw() {
    return journal(EventCodec.NONE);
  }

  private <E> Journal<E> journal(EventCodec<E> codec) {
    return new JooqJournal<>(database, readable, writable, codec, access);
  }

  /** The highest position that was ever given to an event, whether that still exists or not. */
  public long highestPosition() {
    return readable.highestPosition();
  }

  /**
   * A number that changes when readers may see other events: more were appended, less holds readers
   * back, or the database was rolled back.
   */
  public long headMark() {
    return 31 * readable.highestPosition() + readable.safePosition();
  }

  /** What to do once events that were added to the store are committed. */
  public CommitAction announcing(List<Appended> appended) {
    return writable.announcing(appended);
  }

  /** What to do once the deletion of events is committed. */
  public CommitAction deleting() {
    return writable.deleting();
  }

  /**
   * What follows the events that a query selects; the query's own lower bound is applied to the
   * first page.
   *
   * @throws dev.daybook.error.InvalidInputException if the query has an end or the opposite order
   */
  public JournalFeed feed(EventQuery query) {
    return JournalFeed.of(readable, query);
  }

  /**
   * Makes sure that a query can be followed, and opens nothing.
   *
   * @throws dev.daybook.error.InvalidInputException if it ends somewhere, or goes backwards
   */
  public void requireOpenEnded(EventQuery query) {
    JournalFeed.requireOpenEnded(query);
  }

  /** Stops notifying listeners while the database is still there for them. */
  @Override
  public void close() {
    writable.listeners().close();
  }

  /** The same journals for callers: inside the transaction that their thread is in. */
  public Journals ofCallers() {
    return new Journals(this, database.callers());
  }

  /** The same journals inside a caller's transaction. */
  public Journals within(Configuration transaction) {
    return new Journals(this, database.join(transaction));
  }
}
