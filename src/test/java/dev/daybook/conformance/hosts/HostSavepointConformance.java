package dev.daybook.conformance.hosts;

import static dev.daybook.conformance.ParcelEvent.moved;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.daybook.conformance.ParcelEvent;
import dev.daybook.journal.Appended;
import dev.daybook.journal.Journal;
import org.junit.jupiter.api.Test;

/** Parts of a host's transaction that are rolled back alone, where it has such. */
abstract class HostSavepointConformance extends HostConformance {

  HostSavepointConformance(SharedDatabase kind, HostFixture.Maker hosts) {
    super(kind, hosts);
  }

  @Test
  void a_savepoint_is_rolled_back_alone_and_no_listener_hears_of_it() {
    host.inTransaction(
        () -> {
          append("a", 1);
          assertThatThrownBy(
                  () ->
                      host.inSavepoint(
                          () -> {
                            append("b", 1);
                            host.insertOrder(2);
                            throw new IllegalStateException("only this part");
                          }))
              .hasMessage("only this part");
          host.inSavepoint(() -> append("c", 1));
        });

    assertThat(stored("b")).isZero();
    assertThat(storedOrders()).containsExactly(1L);
    assertThat(heard.all(journal)).extracting(Appended::streamId).containsExactly("a", "c");
  }

  @Test
  void a_savepoint_that_is_older_than_the_first_use_is_rolled_back_as_well() {
    host.inTransaction(
        () -> {
          assertThatThrownBy(
                  () ->
                      host.inSavepoint(
                          () -> {
                            append("b", 1);
                            throw new IllegalStateException("only this part");
                          }))
              .hasMessage("only this part");
          append("a", 1);
        });

    assertThat(heard.all(journal)).extracting(Appended::streamId).containsExactly("a");
  }

  @Test
  void an_inline_projection_that_fails_leaves_the_transaction_as_it_was() {
    Journal<ParcelEvent> inline = inline();
    host.inTransaction(
        () -> {
          inline.append("a", any(), moved(1));
          assertThatThrownBy(() -> inline.append("a", any(), UNLUCKY)).hasMessage("unlucky");
          host.inSavepoint(() -> inline.append("a", any(), moved(2)));
        });

    assertThat(storedOrders()).containsExactly(1L, 101L, 102L);
    assertThat(stored("a")).isEqualTo(2);
  }
}
