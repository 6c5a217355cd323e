package dev.daybook.testing.junit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daybook.Daybook;
import dev.daybook.conformance.ParcelEvent;
import dev.daybook.fixture.LaunchedTests;
import dev.daybook.journal.EventQuery;
import dev.daybook.journal.ExpectedSeq;
import dev.daybook.journal.Journal;
import dev.daybook.settings.TableNames;
import dev.daybook.testing.TestClock;
import dev.daybook.testing.TestDaybook;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CyclicBarrier;
import org.jooq.impl.DSL;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Runs tests that use the extension. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class DaybookExtensionTest {

  private static final List<Object> SEEN = new CopyOnWriteArrayList<>();
  private static final int IN_PARALLEL = 4;
  private static final CyclicBarrier MEETING = new CyclicBarrier(IN_PARALLEL);

  private static long append(Daybook daybook) {
    Journal<ParcelEvent> parcels = daybook.journal(ParcelEvent.class);
    return parcels.append("parcel-1", ExpectedSeq.any(), ParcelEvent.moved(1)).position();
  }

  private static Path databaseFile(Daybook daybook) {
    return daybook.transactionResult(
        tx ->
            Path.of(DSL.using(tx).fetch("pragma database_list").get(0).get("file", String.class)));
  }

  @ExtendWith(DaybookExtension.class)
  static class Plain {
    @BeforeEach
    void fill(Daybook daybook) {
      append(daybook);
    }

    @AfterEach
    void look(TestDaybook store) {
      SEEN.add(store.daybook().rawJournal().latestPosition());
    }

    @Test
    void one(TestDaybook store, Daybook daybook, TestClock clock) {
      assertThat(store.daybook()).isSameAs(daybook);
      assertThat(store.clock()).isSameAs(clock);
      append(daybook);
    }

    @Test
    void other(Daybook daybook) {
      assertThat(daybook.rawJournal().latestPosition()).isEqualTo(1);
    }

    @Nested
    class Below {
      @Test
      void inner(Daybook daybook) {
        assertThat(append(daybook)).isEqualTo(2);
      }

      @Nested
      class FurtherBelow {
        @Test
        void innermost(Daybook daybook) {
          assertThat(append(daybook)).isEqualTo(2);
        }
      }
    }
  }

  static class InFile {
    @RegisterExtension
    static final DaybookExtension STORE =
        DaybookExtension.inFile().with(builder -> builder.tables(TableNames.prefixed("shop_")));

    @Test
    void file(TestDaybook store) {
      append(store.daybook());
      append(store.reopen());
      SEEN.add(databaseFile(store.daybook()));
      assertThat(store.daybook().rawJournal().count(EventQuery.all())).isEqualTo(2);
    }
  }

  @Execution(ExecutionMode.CONCURRENT)
  static class Parallel {
    @RegisterExtension
    static final DaybookExtension STORE = DaybookExtension.of(() -> Daybook.builder(":memory:"));

    @RepeatedTest(IN_PARALLEL)
    void at_once(Daybook daybook) throws Exception {
      MEETING.await();
      SEEN.add(append(daybook));
      MEETING.await();
      SEEN.add(append(daybook));
    }
  }

  @ExtendWith(DaybookExtension.class)
  static class Leaking {
    @Test
    @SuppressWarnings({"MustBeClosedChecker", "CheckReturnValue"}) // The leak.
    void leak(Daybook daybook) {
      append(daybook);
      daybook.rawJournal().stream(EventQuery.all());
    }

    @Test
    void none(Daybook daybook) {
      append(daybook);
    }
  }

  @ExtendWith(DaybookExtension.class)
  static class TooEarly {
    @BeforeAll
    static void beforeAll(Daybook daybook) {
      append(daybook);
    }

    @Test
    void never() {}
  }

  /** What became of each test by its name; {@code ""} for success. */
  private static Map<String, String> run(Class<?> tests) {
    SEEN.clear();
    return LaunchedTests.run(
        Map.of(
            "junit.jupiter.execution.parallel.enabled", "true",
            "junit.jupiter.execution.parallel.config.strategy", "fixed",
            "junit.jupiter.execution.parallel.config.fixed.parallelism", "" + IN_PARALLEL),
        tests);
  }

  @Test
  void each_test_has_its_own_store_in_nested_classes_too() {
    assertThat(run(Plain.class))
        .containsOnlyKeys(
            "one(TestDaybook, Daybook, TestClock)",
            "other(Daybook)",
            "inner(Daybook)",
            "innermost(Daybook)")
        .allSatisfy((test, failure) -> assertThat(failure).as(test).isEmpty());
    assertThat(new ArrayList<>(SEEN)).containsExactlyInAnyOrder(1L, 2L, 2L, 2L);
  }

  @Test
  void a_file_is_there_during_the_test_and_not_after_it() {
    assertThat(run(InFile.class)).containsExactly(Map.entry("file(TestDaybook)", ""));
    assertThat(SEEN)
        .singleElement()
        .satisfies(file -> assertThat(((Path) file).getParent()).doesNotExist());
  }

  @Test
  void tests_that_run_at_the_same_time_have_different_stores() {
    assertThat(run(Parallel.class))
        .hasSize(IN_PARALLEL)
        .allSatisfy((test, failure) -> assertThat(failure).as(test).isEmpty());
    assertThat(new ArrayList<>(SEEN)).containsOnly(1L, 2L).hasSize(2 * IN_PARALLEL);
  }

  @Test
  void a_test_that_leaves_something_open_fails() {
    Map<String, String> outcomes = run(Leaking.class);

    assertThat(outcomes).containsEntry("none(Daybook)", "");
    assertThat(outcomes.get("leak(Daybook)"))
        .startsWith("java.lang.AssertionError: left open:\n  a stream, opened at ")
        .contains("Leaking.leak(DaybookExtensionTest.java:");
  }

  @Test
  void a_parameter_that_belongs_to_no_test_is_refused() {
    assertThat(run(TooEarly.class).values())
        .singleElement()
        .asString()
        .contains(
            "each test has its own store; expected Daybook as a parameter of a test, a @BeforeEach or an @AfterEach method, found");
  }
}
