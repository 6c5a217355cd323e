package dev.daybook.maintenance;

import static dev.daybook.conformance.ParcelEvent.moved;
import static dev.daybook.internal.jooq.Tables.STREAMS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.daybook.Daybook;
import dev.daybook.conformance.Await;
import dev.daybook.conformance.DatabaseFixture;
import dev.daybook.conformance.JournalConformance;
import dev.daybook.conformance.ParcelEvent;
import dev.daybook.conformance.PostgresFixture;
import dev.daybook.conformance.SqliteFileFixture;
import dev.daybook.conformance.SqliteMemoryFixture;
import dev.daybook.fixture.PostgresDatabase;
import dev.daybook.fixture.PostgresServer;
import dev.daybook.fixture.SteppedTransaction;
import dev.daybook.journal.ExpectedSeq;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jooq.Configuration;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

/** What the doctor says: of a journal at rest, and of transactions that hold readers back. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class DoctorTest {

  @Nested
  class OfAFile extends AtRest {
    OfAFile() {
      super(SqliteFileFixture::new, "SQLite 3\\..+", true);
    }
  }

  @Nested
  class InMemory extends AtRest {
    InMemory() {
      super(directory -> new SqliteMemoryFixture(), "SQLite 3\\..+", false);
    }
  }

  @Nested
  class OfAServer extends AtRest {
    OfAServer() {
      super(directory -> new PostgresFixture(), "PostgreSQL [1-9][0-9].*", false);
    }
  }

  /** The same on each database. */
  abstract static class AtRest extends JournalConformance {

    private final String product;
    private final boolean hasLog;

    AtRest(Function<Path, DatabaseFixture> databases, String product, boolean hasLog) {
      super(databases);
      this.product = product;
      this.hasLog = hasLog;
    }

    @Test
    void an_empty_journal_is_at_0() {
      assertThat(journal.latestPosition()).isZero();
      DoctorReport report = daybook.maintenance().doctor();

      assertThat(report.database()).matches(product);
      assertThat(report)
          .isEqualTo(
              new DoctorReport.DoctorReportValues(
                  report.database(),
                  0,
                  0,
                  0,
                  0,
                  List.of(),
                  report.log(),
                  report.fileUsers(),
                  report.connections(),
                  report.settings()));
    }

    @Test
    void only_a_file_has_a_log() {
      appendMoves("a", 3);

      Optional<WriteAheadLog> log = daybook.maintenance().doctor().log();

      assertThat(log.isPresent()).isEqualTo(hasLog);
      log.ifPresent(
          it -> {
            assertThat(it.bytes()).isPositive();
            assertThat(it.heldBytes().orElseThrow()).isLessThanOrEqualTo(it.bytes());
            assertThat(it.isHeldBack()).isFalse();
          });
    }

    @Test
    void nobody_is_held_back_when_nobody_writes() {
      long last = appendMoves("a", 3).get(2).position();
      journal.append("b", ExpectedSeq.any(), moved(1));
      journal.delete("b", 1);

      DoctorReport report = daybook.maintenance().doctor();

      assertThat(report)
          .isEqualTo(
              new DoctorReport.DoctorReportValues(
                  report.database(),
                  last,
                  last + 1,
                  last + 1,
                  0,
                  List.of(),
                  report.log(),
                  report.fileUsers(),
                  report.connections(),
                  report.settings()));
    }

    @Test
    void this_process_has_a_file_open_and_is_neither_reading_nor_writing() {
      appendMoves("a", 3);

      List<FileUser> users = daybook.maintenance().doctor().fileUsers();

      assertThat(users).hasSize(hasLog ? 1 : 0);
      for (FileUser user : users) {
        assertThat(user.process()).isEqualTo(ProcessHandle.current().pid());
        assertThat(user.command()).isPresent();
        assertThat(user.isReading()).isFalse();
        assertThat(user.isWriting()).isFalse();
      }
    }

    @Test
    void a_server_says_how_many_connections_it_has() {
      appendMoves("a", 1);

      ConnectionCounts counts = daybook.maintenance().doctor().connections();

      assertThat(counts.mostOfServer().isPresent()).isEqualTo(product.startsWith("PostgreSQL"));
      if (counts.mostOfServer().isPresent()) {
        assertThat(counts.ofDatabase().orElseThrow()).isPositive();
        assertThat(counts.ofServer().orElseThrow())
            .isBetween(counts.ofDatabase().orElseThrow(), counts.mostOfServer().orElseThrow());
      }
    }

    @Test
    void gaps_are_positions_without_an_event() {
      assertThat(daybook.maintenance().positionGaps())
          .isEqualTo(new PositionGaps.PositionGapsValues(0, 0, 0));
      appendMoves("a", 3);
      appendMoves("b", 2);
      journal.delete("a", 2);
      long last = appendMoves("c", 1).get(0).position();

      PositionGaps gaps = daybook.maintenance().positionGaps();

      assertThat(gaps).isEqualTo(new PositionGaps.PositionGapsValues(last, 4, 1));
      assertThat(gaps.missing()).isEqualTo(last - 4);
    }
  }

  @Nested
  class OfHolders extends JournalConformance {

    OfHolders() {
      super(directory -> new PostgresFixture());
    }

    @Test
    void it_names_who_holds_readers_back_and_until_when() throws Exception {
      long first = append();
      try (SteppedTransaction slow = begin()) {
        long held = slow.run(this::append);
        slow.run(tx -> tx.dsl().fetch("select 'for the tax office'"));
        long later = append();

        DoctorReport report = doctor();

        assertThat(report)
            .isEqualTo(
                new DoctorReport.DoctorReportValues(
                    report.database(),
                    later,
                    first,
                    later,
                    1,
                    report.holders(),
                    Optional.empty(),
                    List.of(),
                    report.connections(),
                    report.settings()));
        Holder holder = onlyOne(report);
        assertThat(holder.heldFrom()).isEqualTo(held);
        assertThat(holder.process()).hasValue(slow.backend());
        assertThat(holder.preparedAs()).isEmpty();
        assertThat(holder.user()).hasValue(slow.run(DoctorTest::user));
        assertThat(holder.application()).isPresent();
        assertThat(holder.age()).hasValueSatisfying(age -> assertThat(age.isNegative()).isFalse());
        assertThat(holder.state()).hasValue("idle in transaction");
        assertThat(holder.statement()).hasValue("select 'for the tax office'");
        assertThat(holder.waitsFor()).isEmpty();
        slow.commit();
        DoctorReport after = doctor();
        assertThat(after)
            .isEqualTo(
                new DoctorReport.DoctorReportValues(
                    report.database(),
                    later,
                    later,
                    later,
                    0,
                    List.of(),
                    Optional.empty(),
                    List.of(),
                    after.connections(),
                    after.settings()));
      }
    }

    @Test
    void each_transaction_is_named_once_the_lowest_position_first() throws Exception {
      try (SteppedTransaction one = begin();
          SteppedTransaction two = begin()) {
        int process = two.backend();
        long first = two.run(this::append);
        long second = append();
        one.run(this::append);
        two.run(this::append);

        assertThat(doctor().holders())
            .extracting(Holder::heldFrom)
            .containsExactly(first, second + 1);
        assertThat(doctor().holders().get(0).process()).hasValue(process);
      }
    }

    @Test
    void it_says_whom_a_holder_waits_for() throws Exception {
      append();
      try (SteppedTransaction blocking = begin();
          SteppedTransaction slow = begin()) {
        int blocker = blocking.backend();
        blocking.run(
            tx -> tx.dsl().fetch("select * from {0} for update", DSL.name(STREAMS.getName())));
        slow.run(tx -> journal.within(tx).append("other", ExpectedSeq.any(), moved(1)));
        CompletableFuture<Long> waiting =
            slow.start(
                tx -> journal.within(tx).append("a", ExpectedSeq.any(), moved(1)).position());

        Await.until(() -> onlyOne(doctor()).waitsFor().equals(List.of(blocker)));
        assertThat(onlyOne(doctor()).state()).hasValue("active");

        blocking.rollBack();
        assertThat(SteppedTransaction.await(waiting)).isGreaterThan(1);
      }
    }

    @Test
    void a_prepared_transaction_has_a_name_and_no_process() throws Exception {
      String name = "parcels-" + UUID.randomUUID();
      SteppedTransaction slow = begin();
      long held = slow.run(this::append);
      slow.run(tx -> tx.dsl().execute("prepare transaction {0}", DSL.inline(name)));
      slow.commit();
      long later = append();

      Holder holder = onlyOne(doctor());

      assertThat(holder.heldFrom()).isEqualTo(held);
      assertThat(holder.process()).isEmpty();
      assertThat(holder.preparedAs()).hasValue(name);
      assertThat(holder.user()).isPresent();
      assertThat(holder.age()).isPresent();
      assertThat(holder.statement()).isEmpty();
      assertThat(everything()).isEmpty();

      callers().execute("commit prepared {0}", DSL.inline(name));
      assertThat(positions(everything())).containsExactly(held, later);
      assertThat(doctor().holders()).isEmpty();
    }

    private DoctorReport doctor() {
      return daybook.maintenance().doctor();
    }

    private long append() {
      return journal.append("a", ExpectedSeq.any(), moved(1)).position();
    }

    private long append(Configuration transaction) {
      return journal
          .within(transaction)
          .append("b-" + UUID.randomUUID(), ExpectedSeq.any(), moved(1))
          .position();
    }

    private DSLContext callers() {
      return DSL.using(database.callersDataSource(), SQLDialect.POSTGRES);
    }

    private SteppedTransaction begin() {
      return SteppedTransaction.begin(database.callersDataSource());
    }
  }

  @Test
  void what_the_server_hides_from_other_users_is_left_out() throws Exception {
    String role = "reader_" + UUID.randomUUID().toString().replace('-', '_');
    try (PostgresDatabase database = PostgresServer.shared().newDatabase();
        Daybook daybook = Daybook.builder(database.pool(2)).build()) {
      DSLContext owner = DSL.using(database.dataSource(), SQLDialect.POSTGRES);
      assertThat(daybook.rawJournal().latestPosition()).isZero();
      owner.execute("create role " + role + " login password 'secret'");
      try (SteppedTransaction slow = SteppedTransaction.begin(database.dataSource())) {
        owner.execute("grant select, insert on all tables in schema public to " + role);
        owner.execute("grant select on all sequences in schema public to " + role);
        slow.run(
            tx ->
                daybook
                    .within(tx)
                    .journal(ParcelEvent.class)
                    .append("a", ExpectedSeq.any(), moved(1)));

        Holder holder = onlyOne(asSeenBy(role, database));

        assertThat(holder.process()).hasValue(slow.backend());
        assertThat(holder.user()).hasValue(slow.run(DoctorTest::user));
        assertThat(holder.age()).isEmpty();
        assertThat(holder.state()).isEmpty();
        assertThat(holder.statement()).hasValue("<insufficient privilege>");
      } finally {
        owner.execute("drop owned by " + role);
        owner.execute("drop role " + role);
      }
    }
  }

  private static DoctorReport asSeenBy(String role, PostgresDatabase database) {
    PGSimpleDataSource dataSource = new PGSimpleDataSource();
    dataSource.setUrl(database.url());
    dataSource.setUser(role);
    dataSource.setPassword("secret");
    try (Daybook daybook = Daybook.builder(dataSource).migrate(false).build()) {
      return daybook.maintenance().doctor();
    }
  }

  private static Holder onlyOne(DoctorReport report) {
    assertThat(report.holders()).hasSize(1);
    return report.holders().get(0);
  }

  private static String user(Configuration transaction) {
    return Objects.requireNonNull(
        transaction.dsl().resultQuery("select current_user").fetchSingle(0, String.class));
  }
}
