package dev.daybook.journal;

import dev.daybook.conformance.ConcurrencyConformance;
import dev.daybook.conformance.PostgresFixture;

/** On its own, because it takes longer than the other suites on a server together. */
class PostgresConcurrencyTest extends ConcurrencyConformance {

  PostgresConcurrencyTest() {
    super(directory -> new PostgresFixture());
  }
}
