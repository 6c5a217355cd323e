package dev.daybook.conformance;

import dev.daybook.document.Meta;
import dev.daybook.document.ReplicaType;
import dev.daybook.document.SyncMode;
import dev.daybook.journal.EncodedEvent;
import dev.daybook.journal.EventQuery;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jooq.Configuration;
import org.jooq.impl.DSL;
import org.junit.jupiter.api.BeforeEach;

/** A store with something of everything, whose calls have deadlines. */
abstract class BoundedCallsConformance extends JournalConformance {

  protected static final Duration SOON = Duration.ofMillis(30);
  protected static final Duration LATE = Duration.ofMinutes(10);
  protected static final Meta META =
      new Meta(new ReplicaType("text", 1, 0), new SyncMode("a", "b", "c"), "hash");
  protected static final EncodedEvent EVENT = EncodedEvent.json("t", "{}");

  protected BoundedCallsConformance(Function<Path, DatabaseFixture> databases) {
    super(databases);
  }

  @BeforeEach
  void fill() {
    appendMoves("a", 3);
    appendMoves("archived", 1);
    daybook.streams().archive("archived");
    daybook.documents().append("d", META);
    daybook.snapshots(String.class).save("a", 1, "state");
    daybook.checkpoints().save("c", 1);
  }

  /** Lets time pass that a deadline has. */
  protected static void pass(Duration time) {
    long until = System.nanoTime() + time.toNanos();
    while (System.nanoTime() - until < 0) {
      LockSupport.parkNanos(until - System.nanoTime());
    }
  }

  /** What a deadline could leave behind. */
  protected record Content(Object stats, List<?> events, Object streams, Object rest) {}

  protected Content content() {
    try (Stream<?> records = daybook.documents().loadAll("d");
        Stream<?> snapshots = daybook.snapshots(String.class).listAll()) {
      return new Content(
          journal.stats(),
          daybook.rawJournal().read(EventQuery.all()),
          List.of(daybook.streams().status("a"), daybook.streams().status("archived")),
          List.of(records.toList(), snapshots.toList(), daybook.checkpoints().list()));
    }
  }

  /** Statements that write checkpoints do not end by themselves, as long as a table is there. */
  protected void makeSlow() {
    run("create table checkpoints_slow (id int)");
    if (database.writesInParallel()) {
      run(
          """
          create function be_slow() returns trigger language plpgsql as $$
          begin
            if to_regclass('checkpoints_slow') is not null then perform pg_sleep(10000); end if;
            return new;
          end $$""");
      for (String event : List.of("insert", "update")) {
        run(
            "create trigger slow_%s before %s on checkpoints for each row execute function be_slow()"
                .formatted(event, event));
      }
    } else {
      run(
          "create view endless as with recursive n(i) as (select 1 union all select i + 1 from n) select max(i) as m from n");
      for (String event : List.of("insert", "update")) {
        run(
            "create trigger slow_%s before %s on checkpoints begin insert into checkpoints_slow select m from endless; end"
                .formatted(event, event));
      }
    }
  }

  /** The database is slow no longer. */
  protected void run(String sql) {
    if (sql.startsWith("drop table") && !database.writesInParallel()) {
      run("drop trigger slow_insert");
      run("drop trigger slow_update");
      run("drop view endless");
    }
    daybook.transaction((Configuration transaction) -> DSL.using(transaction).execute(sql));
  }
}
