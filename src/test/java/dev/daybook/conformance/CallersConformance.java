package dev.daybook.conformance;

import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Function;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import org.junit.jupiter.api.BeforeEach;

/**
 * A caller that has its own connections and transactions by jOOQ, and a listener of the journal.
 */
abstract class CallersConformance extends JournalConformance {

  protected final Heard heard = new Heard();
  protected DSLContext callers = DSL.using(SQLDialect.DEFAULT);

  protected CallersConformance(Function<Path, DatabaseFixture> databases) {
    super(databases);
  }

  /** With no patience at all a second writer would fail at once. */
  @BeforeEach
  void connect() {
    openWith(options -> options.busyTimeout(Duration.ZERO));
    callers = DSL.using(database.callersDataSource(), database.family());
    journal.onAppend(heard);
  }
}
