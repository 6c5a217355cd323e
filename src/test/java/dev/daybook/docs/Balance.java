package dev.daybook.docs;

import dev.daybook.docs.Account.Deposited;
import dev.daybook.docs.Account.Withdrawn;
import dev.daybook.journal.RecordedEvent;
import java.math.BigDecimal;

/** The state of the pages' examples. */
record Balance(BigDecimal amount) {
  static final Balance ZERO = new Balance(BigDecimal.ZERO);

  Balance after(RecordedEvent<Account> event) {
    if (event.data() instanceof Deposited deposited) {
      return new Balance(amount.add(deposited.amount()));
    } else if (event.data() instanceof Withdrawn withdrawn) {
      return new Balance(amount.subtract(withdrawn.amount()));
    }
    return this;
  }
}
