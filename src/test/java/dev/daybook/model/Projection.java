package dev.daybook.model;

import dev.daybook.Daybook;
import dev.daybook.Repositories;
import dev.daybook.checkpoint.CheckpointStore;
import dev.daybook.codec.Codecs;
import dev.daybook.document.DocumentStore;
import dev.daybook.journal.EncodedEvent;
import dev.daybook.journal.EventTypes;
import dev.daybook.journal.Journal;
import dev.daybook.journal.RecordedEvent;
import dev.daybook.snapshot.SnapshotOptions;
import dev.daybook.snapshot.SnapshotStore;
import dev.daybook.stream.Streams;
import dev.daybook.subscription.ExactlyOnce;
import dev.daybook.subscription.Subscriber;
import java.util.List;
import org.jooq.Configuration;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;

/** An inline projection, which has a row for each event that it has handled. */
final class Projection {

  static final String NAME = "projection";

  private static final Table<?> APPLIED = DSL.table(DSL.name("applied"));
  private static final Field<Long> AT = DSL.field(DSL.name("at"), SQLDataType.BIGINT);

  private Projection() {}

  /** The repositories of a Daybook, where appends to the journal are handled. */
  static Repositories of(Daybook daybook) {
    return new Inline(daybook, journal(daybook));
  }

  /** The same in a transaction. */
  static Repositories of(Daybook daybook, Configuration transaction) {
    return new Inline(daybook.within(transaction), journal(daybook).within(transaction));
  }

  private static Journal<EncodedEvent> journal(Daybook daybook) {
    return daybook
        .subscriptions()
        .inline(Subscriber.of(NAME, daybook.rawJournal(), ExactlyOnce.each(Projection::apply)));
  }

  private static void apply(Configuration transaction, RecordedEvent<EncodedEvent> event) {
    table(transaction).insertInto(APPLIED, AT).values(event.position()).execute();
  }

  private static DSLContext table(Configuration transaction) {
    DSLContext dsl = DSL.using(transaction);
    dsl.createTableIfNotExists(APPLIED).column(AT).execute();
    return dsl;
  }

  /** The positions that were handled, each as often as that was done. */
  static List<Long> applied(Daybook daybook) {
    return daybook.transactionResult(
        transaction -> table(transaction).select(AT).from(APPLIED).orderBy(AT).fetch(AT));
  }

  private record Inline(Repositories others, Journal<EncodedEvent> rawJournal)
      implements Repositories {

    @Override
    public <E> Journal<E> journal(EventTypes<E> types, Codecs codecs) {
      return others.journal(types, codecs);
    }

    @Override
    public <S> SnapshotStore<S> snapshots(Class<S> type, SnapshotOptions options) {
      return others.snapshots(type, options);
    }

    @Override
    public DocumentStore documents() {
      return others.documents();
    }

    @Override
    public CheckpointStore checkpoints() {
      return others.checkpoints();
    }

    @Override
    public Streams streams() {
      return others.streams();
    }
  }
}
