package dev.daybook.journal;

import dev.daybook.conformance.AppendConformance;
import dev.daybook.conformance.CallerTransactionConformance;
import dev.daybook.conformance.DeleteConformance;
import dev.daybook.conformance.ForeignTransactionConformance;
import dev.daybook.conformance.GroupCommitConformance;
import dev.daybook.conformance.IdempotencyConformance;
import dev.daybook.conformance.LifecycleConformance;
import dev.daybook.conformance.ListenerConformance;
import dev.daybook.conformance.MixedWritersConformance;
import dev.daybook.conformance.MultiStreamConformance;
import dev.daybook.conformance.QueryConformance;
import dev.daybook.conformance.ReadConformance;
import dev.daybook.conformance.SqliteDataSourceFixture;
import dev.daybook.conformance.StreamIdsConformance;
import dev.daybook.conformance.StreamingConformance;
import dev.daybook.conformance.ThreadBoundTransactionConformance;
import dev.daybook.conformance.TransactionConformance;
import dev.daybook.conformance.TransactionRefusalConformance;
import dev.daybook.conformance.TypedEventsConformance;
import dev.daybook.conformance.ValidationConformance;
import org.junit.jupiter.api.Nested;

/** The journal in a file behind a user's data source. */
class SqliteDataSourceJournalTest {

  @Nested
  class Appending extends AppendConformance {
    Appending() {
      super(SqliteDataSourceFixture::new);
    }
  }

  @Nested
  class Reading extends ReadConformance {
    Reading() {
      super(SqliteDataSourceFixture::new);
    }
  }

  @Nested
  class Querying extends QueryConformance {
    Querying() {
      super(SqliteDataSourceFixture::new);
    }
  }

  @Nested
  class ListingStreamIds extends StreamIdsConformance {
    ListingStreamIds() {
      super(SqliteDataSourceFixture::new);
    }
  }

  @Nested
  class Deleting extends DeleteConformance {
    Deleting() {
      super(SqliteDataSourceFixture::new);
    }
  }

  @Nested
  class Repeating extends IdempotencyConformance {
    Repeating() {
      super(SqliteDataSourceFixture::new);
    }
  }

  @Nested
  class AppendingToSeveralStreams extends MultiStreamConformance {
    AppendingToSeveralStreams() {
      super(SqliteDataSourceFixture::new);
    }
  }

  @Nested
  class Listening extends ListenerConformance {
    Listening() {
      super(SqliteDataSourceFixture::new);
    }
  }

  @Nested
  class InTransactions extends TransactionConformance {
    InTransactions() {
      super(SqliteDataSourceFixture::new);
    }
  }

  @Nested
  class InCallersTransactions extends CallerTransactionConformance {
    InCallersTransactions() {
      super(SqliteDataSourceFixture::new);
    }
  }

  @Nested
  class RefusedInCallersTransactions extends TransactionRefusalConformance {
    RefusedInCallersTransactions() {
      super(SqliteDataSourceFixture::new);
    }
  }

  @Nested
  class Streaming extends StreamingConformance {
    Streaming() {
      super(SqliteDataSourceFixture::new);
    }
  }

  @Nested
  class OpeningAndClosing extends LifecycleConformance {
    OpeningAndClosing() {
      super(SqliteDataSourceFixture::withoutFile);
    }
  }

  @Nested
  class Validating extends ValidationConformance {
    Validating() {
      super(SqliteDataSourceFixture::new);
    }
  }

  @Nested
  class TypedEvents extends TypedEventsConformance {
    TypedEvents() {
      super(SqliteDataSourceFixture::new);
    }
  }

  @Nested
  class MixingWriters extends MixedWritersConformance {
    MixingWriters() {
      super(SqliteDataSourceFixture::new);
    }
  }

  @Nested
  class Grouping extends GroupCommitConformance {
    Grouping() {
      super(SqliteDataSourceFixture::new);
    }
  }

  @Nested
  class BesideForeignTransactions extends ForeignTransactionConformance {
    BesideForeignTransactions() {
      super(SqliteDataSourceFixture::new);
    }
  }

  @Nested
  class InThreadBoundTransactions extends ThreadBoundTransactionConformance {
    InThreadBoundTransactions() {
      super(SqliteDataSourceFixture::new);
    }
  }
}
