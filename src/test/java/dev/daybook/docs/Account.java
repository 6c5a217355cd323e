package dev.daybook.docs;

import java.math.BigDecimal;

/** The events of the pages' examples. */
sealed interface Account {
  record Opened(String owner) implements Account {}

  record Deposited(BigDecimal amount) implements Account {}

  record Withdrawn(BigDecimal amount) implements Account {}
}
