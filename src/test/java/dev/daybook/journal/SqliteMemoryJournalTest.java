package dev.daybook.journal;

import dev.daybook.conformance.AppendConformance;
import dev.daybook.conformance.DeleteConformance;
import dev.daybook.conformance.GroupCommitConformance;
import dev.daybook.conformance.IdempotencyConformance;
import dev.daybook.conformance.LifecycleConformance;
import dev.daybook.conformance.ListenerConformance;
import dev.daybook.conformance.MixedWritersConformance;
import dev.daybook.conformance.MultiStreamConformance;
import dev.daybook.conformance.QueryConformance;
import dev.daybook.conformance.ReadConformance;
import dev.daybook.conformance.SqliteMemoryFixture;
import dev.daybook.conformance.StreamIdsConformance;
import dev.daybook.conformance.StreamingConformance;
import dev.daybook.conformance.TransactionConformance;
import dev.daybook.conformance.TypedEventsConformance;
import dev.daybook.conformance.ValidationConformance;
import org.junit.jupiter.api.Nested;

/** The journal in memory, which no caller's connection can share. */
class SqliteMemoryJournalTest {

  @Nested
  class Appending extends AppendConformance {
    Appending() {
      super(directory -> new SqliteMemoryFixture());
    }
  }

  @Nested
  class Reading extends ReadConformance {
    Reading() {
      super(directory -> new SqliteMemoryFixture());
    }
  }

  @Nested
  class Querying extends QueryConformance {
    Querying() {
      super(directory -> new SqliteMemoryFixture());
    }
  }

  @Nested
  class ListingStreamIds extends StreamIdsConformance {
    ListingStreamIds() {
      super(directory -> new SqliteMemoryFixture());
    }
  }

  @Nested
  class Deleting extends DeleteConformance {
    Deleting() {
      super(directory -> new SqliteMemoryFixture());
    }
  }

  @Nested
  class Repeating extends IdempotencyConformance {
    Repeating() {
      super(directory -> new SqliteMemoryFixture());
    }
  }

  @Nested
  class AppendingToSeveralStreams extends MultiStreamConformance {
    AppendingToSeveralStreams() {
      super(directory -> new SqliteMemoryFixture());
    }
  }

  @Nested
  class Listening extends ListenerConformance {
    Listening() {
      super(directory -> new SqliteMemoryFixture());
    }
  }

  @Nested
  class InTransactions extends TransactionConformance {
    InTransactions() {
      super(directory -> new SqliteMemoryFixture());
    }
  }

  @Nested
  class Streaming extends StreamingConformance {
    Streaming() {
      super(directory -> new SqliteMemoryFixture());
    }
  }

  @Nested
  class OpeningAndClosing extends LifecycleConformance {
    OpeningAndClosing() {
      super(directory -> new SqliteMemoryFixture());
    }
  }

  @Nested
  class Validating extends ValidationConformance {
    Validating() {
      super(directory -> new SqliteMemoryFixture());
    }
  }

  @Nested
  class TypedEvents extends TypedEventsConformance {
    TypedEvents() {
      super(directory -> new SqliteMemoryFixture());
    }
  }

  @Nested
  class MixingWriters extends MixedWritersConformance {
    MixingWriters() {
      super(directory -> new SqliteMemoryFixture());
    }
  }

  @Nested
  class Grouping extends GroupCommitConformance {
    Grouping() {
      super(directory -> new SqliteMemoryFixture());
    }
  }
}
