package dev.daybook.journal;

import dev.daybook.conformance.AppendConformance;
import dev.daybook.conformance.CallerTransactionConformance;
import dev.daybook.conformance.DeleteConformance;
import dev.daybook.conformance.ForeignTransactionConformance;
import dev.daybook.conformance.IdempotencyConformance;
import dev.daybook.conformance.LifecycleConformance;
import dev.daybook.conformance.ListenerConformance;
import dev.daybook.conformance.MixedWritersConformance;
import dev.daybook.conformance.MultiStreamConformance;
import dev.daybook.conformance.PostgresFixture;
import dev.daybook.conformance.QueryConformance;
import dev.daybook.conformance.ReadConformance;
import dev.daybook.conformance.StreamIdsConformance;
import dev.daybook.conformance.StreamingConformance;
import dev.daybook.conformance.ThreadBoundTransactionConformance;
import dev.daybook.conformance.TransactionConformance;
import dev.daybook.conformance.TransactionRefusalConformance;
import dev.daybook.conformance.TypedEventsConformance;
import dev.daybook.conformance.ValidationConformance;
import org.junit.jupiter.api.Nested;

/** The journal on a PostgreSQL server. */
class PostgresJournalTest {

  @Nested
  class Appending extends AppendConformance {
    Appending() {
      super(directory -> new PostgresFixture());
    }
  }

  @Nested
  class Reading extends ReadConformance {
    Reading() {
      super(directory -> new PostgresFixture());
    }
  }

  @Nested
  class Querying extends QueryConformance {
    Querying() {
      super(directory -> new PostgresFixture());
    }
  }

  @Nested
  class ListingStreamIds extends StreamIdsConformance {
    ListingStreamIds() {
      super(directory -> new PostgresFixture());
    }
  }

  @Nested
  class Deleting extends DeleteConformance {
    Deleting() {
      super(directory -> new PostgresFixture());
    }
  }

  @Nested
  class Repeating extends IdempotencyConformance {
    Repeating() {
      super(directory -> new PostgresFixture());
    }
  }

  @Nested
  class AppendingToSeveralStreams extends MultiStreamConformance {
    AppendingToSeveralStreams() {
      super(directory -> new PostgresFixture());
    }
  }

  @Nested
  class Listening extends ListenerConformance {
    Listening() {
      super(directory -> new PostgresFixture());
    }
  }

  @Nested
  class InTransactions extends TransactionConformance {
    InTransactions() {
      super(directory -> new PostgresFixture());
    }
  }

  @Nested
  class InCallersTransactions extends CallerTransactionConformance {
    InCallersTransactions() {
      super(directory -> new PostgresFixture());
    }
  }

  @Nested
  class RefusedInCallersTransactions extends TransactionRefusalConformance {
    RefusedInCallersTransactions() {
      super(directory -> new PostgresFixture());
    }
  }

  @Nested
  class Streaming extends StreamingConformance {
    Streaming() {
      super(directory -> new PostgresFixture());
    }
  }

  @Nested
  class OpeningAndClosing extends LifecycleConformance {
    OpeningAndClosing() {
      super(directory -> new PostgresFixture());
    }
  }

  @Nested
  class Validating extends ValidationConformance {
    Validating() {
      super(directory -> new PostgresFixture());
    }
  }

  @Nested
  class TypedEvents extends TypedEventsConformance {
    TypedEvents() {
      super(directory -> new PostgresFixture());
    }
  }

  @Nested
  class MixingWriters extends MixedWritersConformance {
    MixingWriters() {
      super(directory -> new PostgresFixture());
    }
  }

  @Nested
  class BesideForeignTransactions extends ForeignTransactionConformance {
    BesideForeignTransactions() {
      super(directory -> new PostgresFixture());
    }
  }

  @Nested
  class InThreadBoundTransactions extends ThreadBoundTransactionConformance {
    InThreadBoundTransactions() {
      super(directory -> new PostgresFixture());
    }
  }
}
