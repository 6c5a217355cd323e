package dev.daybook.conformance.hosts;

import static dev.daybook.conformance.ParcelEvent.moved;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.daybook.conformance.ParcelEvent;
import dev.daybook.error.ClosedException;
import dev.daybook.journal.Appended;
import dev.daybook.journal.EventQuery;
import java.util.ArrayList;
import java.util.List;
import org.jooq.Configuration;
import org.jooq.impl.DSL;
import org.junit.jupiter.api.Test;

/** Transactions of a host inside others, and parts of one. */
abstract class HostNestingConformance extends HostConformance {

  HostNestingConformance(SharedDatabase kind, HostFixture.Maker hosts) {
    super(kind, hosts);
  }

  @Test
  void a_new_transaction_is_committed_though_the_one_around_it_is_rolled_back() {
    host.inTransaction(
        () -> {
          assertThat(readStream("a")).isEmpty();
          host.inNew(
              () -> {
                append("a", 1);
                host.insertOrder(2);
              });
          assertThat(stored("a")).isEqualTo(1);
          if (database.writesInParallel()) {
            append("b", 1);
          }
          host.markForRollback();
        });

    assertThat(stored("a")).isEqualTo(1);
    assertThat(stored("b")).isZero();
    assertThat(storedOrders()).containsExactly(1L, 2L);
    assertThat(heard.all(journal)).extracting(Appended::streamId).containsExactly("a");
  }

  @Test
  void a_new_transaction_inside_one_that_has_written_writes_or_is_refused_at_once() {
    host.inTransaction(
        () -> {
          append("a", 1);
          if (database.writesInParallel()) {
            host.inNew(() -> append("b", 1));
          } else {
            assertThatThrownBy(() -> host.inNew(() -> append("b", 1)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("SQLite lets one transaction write at a time");
            assertThatThrownBy(
                    () ->
                        host.inNew(
                            () ->
                                daybook.transaction(
                                    tx -> daybook.within(tx).checkpoints().save("c", 1))))
                .isInstanceOf(IllegalStateException.class);
          }
          append("a", 2);
        });

    assertThat(stored("a")).isEqualTo(2);
    assertThat(stored("b")).isEqualTo(database.writesInParallel() ? 1 : 0);
  }

  @Test
  void daybook_s_transaction_is_a_part_of_the_one_that_the_thread_is_in() {
    host.inTransaction(
        () -> {
          daybook.transaction(
              tx -> {
                append("a", 1);
                daybook.within(tx).journal(ParcelEvent.class).append("a", any(), moved(2));
                orders.insert(tx, 2);
              });
          assertThat(stored("a")).isZero();
          assertThatThrownBy(
                  () ->
                      daybook.transaction(
                          tx -> {
                            append("b", 1);
                            orders.insert(tx, 3);
                            DSL.using(tx).transaction(nested -> orders.insert(nested, 4));
                            throw new IllegalStateException("only this part");
                          }))
              .hasMessage("only this part");
          append("a", 3);
        });

    assertThat(stored("a")).isEqualTo(3);
    assertThat(stored("b")).isZero();
    assertThat(storedOrders()).containsExactly(1L, 2L);
    assertThat(heard.all(journal)).extracting(Appended::streamId).containsOnly("a").hasSize(3);
  }

  @Test
  void daybook_s_transaction_is_a_new_one_of_the_host_if_the_thread_is_in_none() {
    List<Configuration> kept = new ArrayList<>();
    daybook.transaction(
        tx -> {
          kept.add(tx);
          append("a", 1);
          daybook.within(tx).journal(ParcelEvent.class).append("a", any(), moved(2));
          host.insertOrder(2);
          orders.insert(tx, 3);
          daybook.transaction(inner -> append("a", 3));
          assertThat(stored("a")).isZero();
        });
    assertThatThrownBy(
            () ->
                daybook.transaction(
                    tx -> {
                      append("b", 1);
                      host.insertOrder(4);
                      throw new IllegalStateException("rolled back");
                    }))
        .hasMessage("rolled back");

    assertThat(stored("a")).isEqualTo(3);
    assertThat(stored("b")).isZero();
    assertThat(storedOrders()).containsExactly(1L, 2L, 3L);
    assertThat(heard.all(journal)).hasSize(3);
    assertThatThrownBy(() -> daybook.within(kept.get(0)).rawJournal().read(EventQuery.all()))
        .isInstanceOf(ClosedException.class);
  }
}
