package dev.daybook.journal;

import dev.daybook.conformance.AppendConformance;
import dev.daybook.conformance.CallerTransactionConformance;
import dev.daybook.conformance.DeleteConformance;
import dev.daybook.conformance.GroupCommitConformance;
import dev.daybook.conformance.IdempotencyConformance;
import dev.daybook.conformance.LifecycleConformance;
import dev.daybook.conformance.ListenerConformance;
import dev.daybook.conformance.MixedWritersConformance;
import dev.daybook.conformance.MultiStreamConformance;
import dev.daybook.conformance.QueryConformance;
import dev.daybook.conformance.ReadConformance;
import dev.daybook.conformance.SqliteFileFixture;
import dev.daybook.conformance.StreamIdsConformance;
import dev.daybook.conformance.StreamingConformance;
import dev.daybook.conformance.ThreadBoundTransactionConformance;
import dev.daybook.conformance.TransactionConformance;
import dev.daybook.conformance.TransactionRefusalConformance;
import dev.daybook.conformance.TypedEventsConformance;
import dev.daybook.conformance.ValidationConformance;
import org.junit.jupiter.api.Nested;

/** The journal in a file that Daybook opens by itself. */
class SqliteFileJournalTest {

  @Nested
  class Appending extends AppendConformance {
    Appending() {
      super(SqliteFileFixture::new);
    }
  }

  @Nested
  class Reading extends ReadConformance {
    Reading() {
      super(SqliteFileFixture::new);
    }
  }

  @Nested
  class Querying extends QueryConformance {
    Querying() {
      super(SqliteFileFixture::new);
    }
  }

  @Nested
  class ListingStreamIds extends StreamIdsConformance {
    ListingStreamIds() {
      super(SqliteFileFixture::new);
    }
  }

  @Nested
  class Deleting extends DeleteConformance {
    Deleting() {
      super(SqliteFileFixture::new);
    }
  }

  @Nested
  class Repeating extends IdempotencyConformance {
    Repeating() {
      super(SqliteFileFixture::new);
    }
  }

  @Nested
  class AppendingToSeveralStreams extends MultiStreamConformance {
    AppendingToSeveralStreams() {
      super(SqliteFileFixture::new);
    }
  }

  @Nested
  class Listening extends ListenerConformance {
    Listening() {
      super(SqliteFileFixture::new);
    }
  }

  @Nested
  class InTransactions extends TransactionConformance {
    InTransactions() {
      super(SqliteFileFixture::new);
    }
  }

  @Nested
  class InCallersTransactions extends CallerTransactionConformance {
    InCallersTransactions() {
      super(SqliteFileFixture::new);
    }
  }

  @Nested
  class RefusedInCallersTransactions extends TransactionRefusalConformance {
    RefusedInCallersTransactions() {
      super(SqliteFileFixture::new);
    }
  }

  @Nested
  class Streaming extends StreamingConformance {
    Streaming() {
      super(SqliteFileFixture::new);
    }
  }

  @Nested
  class OpeningAndClosing extends LifecycleConformance {
    OpeningAndClosing() {
      super(SqliteFileFixture::withoutFile);
    }
  }

  @Nested
  class Validating extends ValidationConformance {
    Validating() {
      super(SqliteFileFixture::new);
    }
  }

  @Nested
  class TypedEvents extends TypedEventsConformance {
    TypedEvents() {
      super(SqliteFileFixture::new);
    }
  }

  @Nested
  class MixingWriters extends MixedWritersConformance {
    MixingWriters() {
      super(SqliteFileFixture::new);
    }
  }

  @Nested
  class Grouping extends GroupCommitConformance {
    Grouping() {
      super(SqliteFileFixture::new);
    }
  }

  @Nested
  class InThreadBoundTransactions extends ThreadBoundTransactionConformance {
    InThreadBoundTransactions() {
      super(SqliteFileFixture::new);
    }
  }
}
