package dev.daybook.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daybook.journal.Journal;
import dev.daybook.journal.RecordedEvent;
import dev.daybook.subscription.ExactlyOnce;
import dev.daybook.subscription.Subscriber;
import dev.daybook.subscription.TransactionalHandler;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import org.jooq.Configuration;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;
import org.junit.jupiter.api.BeforeEach;

/** What the suites of inline projections share: one that writes a row for each event. */
abstract class InliningConformance extends SubscribingConformance {

  static final Table<?> APPLIED = DSL.table(DSL.name("applied"));
  static final Field<Long> AT = DSL.field(DSL.name("at"), SQLDataType.BIGINT);
  private static final Field<String> STREAM = DSL.field(DSL.name("stream"), SQLDataType.VARCHAR);
  Journal<ParcelEvent> inline;

  InliningConformance(Function<Path, DatabaseFixture> databases) {
    super(databases);
  }

  /** Whatever is applied twice is there twice. */
  @BeforeEach
  void inlineProjection() {
    daybook.transaction(
        transaction -> DSL.using(transaction).createTable(APPLIED).columns(AT, STREAM).execute());
    inline = daybook.subscriptions().inline(applying());
  }

  final Subscriber<ParcelEvent> applying() {
    return applying((transaction, event) -> {});
  }

  final Subscriber<ParcelEvent> applying(TransactionalHandler<ParcelEvent> afterwards) {
    return subscriber(
        ExactlyOnce.each(
            (transaction, event) -> {
              apply(transaction, event);
              handled.add(event);
              afterwards.handle(transaction, event);
            }));
  }

  private static void apply(Configuration transaction, RecordedEvent<?> event) {
    DSL.using(transaction)
        .insertInto(APPLIED, AT, STREAM)
        .values(event.position(), event.streamId())
        .execute();
  }

  static void clear(Configuration transaction) {
    DSL.using(transaction).deleteFrom(APPLIED).execute();
  }

  /** The positions that were applied, in order, each as often as that was done. */
  final List<Long> applied() {
    return daybook.transactionResult(
        transaction -> {
          DSLContext dsl = DSL.using(transaction);
          return dsl.select(AT).from(APPLIED).orderBy(AT).fetch(AT);
        });
  }

  final void assertAllAppliedOnce() {
    assertThat(applied()).isEqualTo(positions(everything()));
  }
}
