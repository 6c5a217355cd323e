package dev.daybook.testing;

import java.math.BigDecimal;

/** What happens to a shopping cart. */
sealed interface CartEvent {

  record Added(String sku, int pieces, BigDecimal price) implements CartEvent {}

  record Removed(String sku) implements CartEvent {}

  record CheckedOut(BigDecimal total) implements CartEvent {}
}
