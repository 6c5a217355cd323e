package dev.daybook.journal.internal;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.daybook.internal.database.Database;
import dev.daybook.internal.sql.Sessions;
import dev.daybook.journal.EncodedEvent;
import dev.daybook.journal.EventQuery;
import dev.daybook.journal.EventTypes;
import dev.daybook.journal.Journal;
import dev.daybook.payload.PayloadOptions;
import java.time.Clock;
import org.jooq.Configuration;

/** Makes the journals of one Daybook. */
public final class Journals {

  private final JournalStore store;
  private final ObjectMapper json;
  private final Sessions sessions;

  public Journals(Database database, Clock clock, ObjectMapper json) {
    this(new JournalStore(database, clock), json, database);
  }

  private Journals(JournalStore store, ObjectMapper json, Sessions sessions) {
    this.store = store;
    this.json = json;
    this.sessions = sessions;
  }

  public <E> Journal<E> of(EventTypes<E> types) {
    return new JooqJournal<>(
        store, new JsonEventCodec<>(types, json, PayloadOptions.plain()), sessions);
  }

  public Journal<EncodedEvent> raw() {
    return new JooqJournal<>(store, EventCodec.NONE, sessions);
  }

  /**
   * What follows the events that a query selects; the query's own lower bound is the first page's
   * affair.
   *
   * @throws dev.daybook.InvalidInputException if the query ends somewhere, or goes backwards
   */
  public JournalFeed feed(EventQuery query) {
    return JournalFeed.of(store, query);
  }

  /**
   * Makes sure that a query can be followed, and opens nothing.
   *
   * @throws dev.daybook.InvalidInputException if it ends somewhere, or goes backwards
   */
  public void requireOpenEnded(EventQuery query) {
    JournalFeed.requireOpenEnded(query);
  }

  /** The same journals inside a caller's transaction. */
  public Journals with(Configuration transaction) {
    return new Journals(store, json, store.database().join(transaction));
  }
}
