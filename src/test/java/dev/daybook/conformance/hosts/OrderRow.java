package dev.daybook.conformance.hosts;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.PostPersist;
import jakarta.persistence.Table;
import org.jspecify.annotations.Nullable;

/** An order, as JPA has it. */
@Entity
@Table(name = "orders")
class OrderRow {

  private static final ThreadLocal<@Nullable Runnable> WHEN_INSERTED = new ThreadLocal<>();

  @Id private long id;

  /** For JPA. */
  OrderRow() {}

  OrderRow(long id) {
    this.id = id;
  }

  long id() {
    return id;
  }

  /** Lets a thread run code when an order of its own is inserted, which may be at the commit. */
  static void whenInserted(Runnable code, HostFixture.Code around) throws Exception {
    WHEN_INSERTED.set(code);
    try {
      around.run();
    } finally {
      WHEN_INSERTED.remove();
    }
  }

  @PostPersist
  void inserted() {
    Runnable code = WHEN_INSERTED.get();
    if (code != null) {
      code.run();
    }
  }
}
