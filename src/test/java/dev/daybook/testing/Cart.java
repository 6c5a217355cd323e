package dev.daybook.testing;

import dev.daybook.journal.RecordedEvent;
import dev.daybook.testing.CartEvent.Added;
import dev.daybook.testing.CartEvent.CheckedOut;
import dev.daybook.testing.CartEvent.Removed;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A shopping cart as it should be. */
record Cart(Map<String, BigDecimal> lines, boolean checkedOut) {

  static final Cart EMPTY = new Cart(Map.of(), false);

  Cart after(RecordedEvent<CartEvent> event) {
    Map<String, BigDecimal> next = new TreeMap<>(lines);
    if (event.data() instanceof Added added) {
      next.merge(
          added.sku(), added.price().multiply(BigDecimal.valueOf(added.pieces())), BigDecimal::add);
    } else if (event.data() instanceof Removed removed) {
      next.remove(removed.sku());
    }
    return new Cart(next, checkedOut || event.data() instanceof CheckedOut);
  }

  List<CartEvent> add(String sku, int pieces, BigDecimal price) {
    requireOpen();
    return List.of(new Added(sku, pieces, price));
  }

  List<CartEvent> replace(String sku, int pieces, BigDecimal price) {
    requireOpen();
    return List.of(new Removed(sku), new Added(sku, pieces, price));
  }

  List<CartEvent> checkOut() {
    if (checkedOut) {
      return List.of();
    }
    if (lines.isEmpty()) {
      throw new IllegalStateException("the cart is empty");
    }
    return List.of(
        new CheckedOut(lines.values().stream().reduce(BigDecimal.ZERO, BigDecimal::add)));
  }

  private void requireOpen() {
    if (checkedOut) {
      throw new IllegalStateException("the cart is checked out");
    }
  }
}
