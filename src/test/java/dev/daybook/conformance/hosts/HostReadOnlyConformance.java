package dev.daybook.conformance.hosts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.daybook.error.ReadOnlyException;
import org.junit.jupiter.api.Test;

/** Transactions of a host that only read, where it has such. */
abstract class HostReadOnlyConformance extends HostConformance {

  HostReadOnlyConformance(SharedDatabase kind, HostFixture.Maker hosts) {
    super(kind, hosts);
  }

  @Test
  void a_transaction_that_only_reads_reads_and_refuses_to_write() {
    append("a", 1);
    host.readOnly(
        () -> {
          assertThat(readStream("a")).hasSize(1);
          assertThatThrownBy(() -> append("a", 2))
              .isInstanceOf(ReadOnlyException.class)
              .hasMessageContaining("begun only to read");
          daybook.transaction(
              tx ->
                  assertThatThrownBy(() -> daybook.within(tx).checkpoints().save("c", 1))
                      .isInstanceOf(ReadOnlyException.class));
          assertThat(readStream("a")).hasSize(1);
        });

    assertThat(stored("a")).isEqualTo(1);
  }
}
