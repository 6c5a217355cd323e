package dev.daybook.conformance.hosts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daybook.conformance.Heard;
import dev.daybook.conformance.JournalConformance;
import dev.daybook.conformance.Orders;
import dev.daybook.conformance.ParcelEvent;
import dev.daybook.journal.EventQuery;
import dev.daybook.journal.Journal;
import java.time.Duration;
import java.util.List;
import javax.sql.DataSource;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;
import org.junit.jupiter.api.BeforeEach;

/**
 * A Daybook and an application that write to one database. What was committed is asserted by
 * another Daybook, and by other connections.
 */
abstract class SharedDatabaseConformance extends JournalConformance {

  /** A wait for the writer would be as long as the test is. */
  static final Duration NO_WAIT = Duration.ZERO;

  private static final String LINES =
      "create table lines (id bigint primary key, order_id bigint references orders (id) deferrable initially deferred)";

  final SharedDatabase kind;
  final Heard heard = new Heard();
  Orders orders;
  Journal<ParcelEvent> outside;

  SharedDatabaseConformance(SharedDatabase kind) {
    super(kind::make);
    this.kind = kind;
  }

  @BeforeEach
  void makeOrders() {
    outside = daybook.journal(ParcelEvent.class);
    orders = new Orders(database.family());
    dsl().transaction(orders::create);
  }

  private DSLContext dsl() {
    return DSL.using(database.callersDataSource(), database.family());
  }

  /** Connections on which a line's order must be there when its transaction is committed. */
  final DataSource enforcingReferences() {
    dsl().execute(LINES);
    return kind.enforcing(database, directory);
  }

  /** A line of an order that is not there: the database says so at the commit. */
  static void breakRuleOfCommit(DSLContext dsl) {
    dsl.execute("insert into lines (id, order_id) values (1, 77)");
  }

  final long stored(String streamId) {
    return outside.highestSeq(streamId);
  }

  final List<Long> storedOrders() {
    return orders.all(dsl().configuration());
  }

  final void assertNothingStored() {
    assertThat(outside.read(EventQuery.all())).isEmpty();
    assertThat(storedOrders()).containsExactly(1L);
    assertThat(heard.all(journal)).isEmpty();
  }
}
