package dev.daybook.conformance.hosts;

import static dev.daybook.conformance.ParcelEvent.moved;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.daybook.Daybook;
import dev.daybook.checkpoint.Checkpoint;
import dev.daybook.conformance.DatabaseFixture;
import dev.daybook.conformance.Heard;
import dev.daybook.conformance.ParcelEvent;
import dev.daybook.document.Meta;
import dev.daybook.document.ReplicaType;
import dev.daybook.document.SyncMode;
import dev.daybook.error.InvalidInputException;
import dev.daybook.journal.Append;
import dev.daybook.journal.EventQuery;
import dev.daybook.journal.Journal;
import dev.daybook.journal.StreamState;
import dev.daybook.settings.TableNames;
import javax.sql.DataSource;
import org.jooq.Configuration;
import org.jooq.impl.DSL;
import org.junit.jupiter.api.Test;

/** What joins the transactions of a host, and what is refused in them. */
abstract class HostRepositoryConformance extends HostConformance {

  private static final Meta META =
      new Meta(
          new ReplicaType("text", 1, 0), new SyncMode("concurrent", "broadcast", "durable"), "1");

  HostRepositoryConformance(SharedDatabase kind, HostFixture.Maker hosts) {
    super(kind, hosts);
  }

  @Test
  void jooq_joins_by_the_configuration_that_the_framework_injects() {
    host.inTransaction(
        () -> {
          Configuration injected = host.dsl().configuration();
          orders.insert(injected, 2);
          host.insertOrder(3);
          daybook.within(injected).journal(ParcelEvent.class).append("a", any(), moved(1));
          append("a", 2);
          assertThat(stored("a")).isZero();
        });

    assertThat(stored("a")).isEqualTo(2);
    assertThat(storedOrders()).containsExactly(1L, 2L, 3L);
  }

  @Test
  void a_configuration_of_another_connection_is_refused() {
    DataSource callers = database.callersDataSource();
    host.inTransaction(
        () ->
            assertThatThrownBy(
                    () -> daybook.within(DSL.using(callers, database.family()).configuration()))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("the transaction that this thread is in"));
    assertThatThrownBy(() -> daybook.within(DSL.using(callers, database.family()).configuration()))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("not inside a jOOQ transaction");
  }

  @Test
  void every_repository_joins() {
    append("a", 1);
    append("a", 2);
    append("b", 1);
    append("c", 1);
    Runnable all =
        () -> {
          daybook.snapshots(State.class).save("a", 2, new State(2));
          daybook.documents().append("d", META);
          daybook.checkpoints().save("consumer", 1);
          journal.delete("a", 1);
          daybook.streams().archive("b");
          daybook.streams().delete("c");
        };
    host.inTransaction(
        () -> {
          all.run();
          host.markForRollback();
        });
    assertThat(everythingOf()).isEqualTo(new Stored(false, false, false, 2, false, 1));
    host.inTransaction(
        () -> {
          all.run();
          assertThat(everythingOf()).isEqualTo(new Stored(false, false, false, 2, false, 1));
        });

    assertThat(everythingOf()).isEqualTo(new Stored(true, true, true, 1, true, 0));
  }

  private record State(int legs) {}

  private record Stored(
      boolean snapshot, boolean document, boolean checkpoint, int ofA, boolean archived, int ofC) {}

  private Stored everythingOf() {
    try (Daybook other = database.open()) {
      Journal<ParcelEvent> events = other.journal(ParcelEvent.class);
      boolean deleted = other.streams().status("c").state() == StreamState.DELETED;
      return new Stored(
          other.snapshots(State.class).loadLatest("a").isPresent(),
          other.documents().currentMeta("d").isPresent(),
          other.checkpoints().load("consumer").map(Checkpoint::position).isPresent(),
          events.read(EventQuery.stream("a")).size(),
          other.streams().status("b").state() == StreamState.ARCHIVED,
          deleted ? 0 : events.read(EventQuery.stream("c")).size());
    }
  }

  @Test
  void two_daybooks_share_a_transaction() {
    Daybook second =
        open(
            options ->
                options
                    .transactions(host.host())
                    .busyTimeout(NO_WAIT)
                    .tables(TableNames.prefixed("second_")));
    Journal<ParcelEvent> others = second.journal(ParcelEvent.class);
    Heard heardBySecond = new Heard();
    others.onAppend(heardBySecond);
    assertThat(second.schemaVersion()).isNotEmpty();
    host.inTransaction(
        () -> {
          append("a", 1);
          others.append("a", any(), moved(1));
          append("a", 2);
          host.markForRollback();
        });
    assertThat(others.highestSeq("a")).isZero();
    host.inTransaction(
        () -> {
          append("a", 1);
          others.append("a", any(), moved(1));
          append("a", 2);
        });

    assertThat(stored("a")).isEqualTo(2);
    assertThat(others.highestSeq("a")).isEqualTo(1);
    assertThat(heard.all(journal)).hasSize(2);
    assertThat(heardBySecond.all(others)).hasSize(1);
  }

  @Test
  void what_commits_by_itself_is_refused_inside() {
    append("a", 1);
    host.inTransaction(
        () -> {
          assertThat(readStream("a")).hasSize(1);
          assertThatThrownBy(() -> journal.bulkLoad("load"))
              .isInstanceOf(InvalidInputException.class);
          assertThatThrownBy(() -> daybook.streams().archiveTo("a", daybook.streams()))
              .isInstanceOf(InvalidInputException.class);
          assertThatThrownBy(daybook::close).isInstanceOf(IllegalStateException.class);
        });
  }

  @Test
  void a_transaction_of_another_database_is_refused_before_anything_is_written() {
    try (DatabaseFixture another = another()) {
      try (HostFixture there = hosts.on(another.callersDataSource(), another.family())) {
        requireRefused(there);
      }
      another.requireNothingLeft();
    }
  }

  private void requireRefused(HostFixture there) {
    try (Daybook lost =
        database.open(
            options ->
                options.transactions(there.host()).tables(TableNames.prefixed("here_only_")))) {
      assertThat(lost.schemaVersion()).isNotEmpty();
      there.inTransaction(
          () ->
              assertThatThrownBy(
                      () -> lost.journal(ParcelEvent.class).append(Append.of("a", any(), moves(1))))
                  .isInstanceOf(InvalidInputException.class)
                  .hasMessageContaining("expected a transaction of the"));
    }
  }

  /** It opens the database, on connections that must not be those of the transaction. */
  @Test
  void the_first_use_may_be_inside_a_transaction() {
    try (Daybook late =
        Daybook.builder(host.dataSource()).transactions(host.host()).busyTimeout(NO_WAIT).build()) {
      Journal<ParcelEvent> events = late.journal(ParcelEvent.class);
      host.inTransaction(
          () -> {
            events.append("a", any(), moved(1));
            host.insertOrder(2);
            host.markForRollback();
          });
      assertThat(stored("a")).isZero();
      host.inTransaction(() -> events.append("a", any(), moved(1)));
    }

    assertThat(stored("a")).isEqualTo(1);
    assertThat(storedOrders()).containsExactly(1L);
  }
}
