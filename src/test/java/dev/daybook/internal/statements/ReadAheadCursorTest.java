package dev.daybook.internal.statements;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.table;

import com.google.errorprone.annotations.MustBeClosed;
import dev.daybook.conformance.Await;
import dev.daybook.error.WaitInterruptedException;
import dev.daybook.internal.connections.Databases;
import dev.daybook.internal.dialect.Dialect;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rows of a short and of a long answer, where a long one is read on a thread of its own. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ReadAheadCursorTest {

  private static final Table<?> NUMBERS = table(name("numbers"));
  private static final Field<Long> N = field(name("n"), SQLDataType.BIGINT.notNull());
  private static final int ROWS = 20_000;

  private final Set<Thread> readers = ConcurrentHashMap.newKeySet();
  private final List<String> released = new ArrayList<>();
  private Connection connection;
  private Session session;
  private DSLContext dsl;

  @BeforeEach
  void connectAndFill() throws SQLException {
    connection = DriverManager.getConnection("jdbc:sqlite::memory:");
    Dialect dialect = Databases.dialect(connection);
    session = Session.unheard(connection, dialect);
    dsl = DSL.using(dialect.family());
    try (Statement statement = connection.createStatement()) {
      statement.execute("create table numbers (n integer primary key)");
      statement.execute(
          "with recursive r(n) as (select 1 union all select n + 1 from r where n < "
              + ROWS
              + ") insert into numbers select n from r");
    }
  }

  @AfterEach
  void nothingIsLeft() throws SQLException {
    assertThat(released).as("given back once").containsExactly("released");
    readers.remove(Thread.currentThread());
    Await.until("threads that read", () -> readers.stream().filter(Thread::isAlive).toList());
    connection.close();
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1, 999, 1_000, 1_001, 3_047, 3_048, 3_049, 5_096, ROWS})
  void every_row_comes_once_and_in_order(long rows) {
    try (Stream<Long> numbers = numbers(rows, row -> row.number(1))) {
      assertThat(numbers.toList()).isEqualTo(LongStream.rangeClosed(1, rows).boxed().toList());
    }
  }

  @Test
  void only_a_long_answer_has_a_thread() {
    try (Stream<Long> numbers = numbers(1_000, this::numberNotingThread)) {
      assertThat(numbers).hasSize(1_000);
    }
    assertThat(readers).containsExactly(Thread.currentThread());
    released.clear();

    try (Stream<Long> numbers = numbers(ROWS, this::numberNotingThread)) {
      assertThat(numbers).hasSize(ROWS);
    }
    assertThat(readers).hasSize(2);
  }

  @Test
  void the_next_piece_is_read_while_one_is_worked_on() {
    CountDownLatch readOn = new CountDownLatch(1);
    try (Stream<Long> numbers =
        numbers(
            ROWS,
            row -> {
              if (row.number(1) == 5_000) {
                readOn.countDown();
              }
              return row.number(1);
            })) {
      Iterator<Long> iterator = numbers.iterator();
      long last = 0;
      while (last < 3_000) {
        last = iterator.next();
      }
      Await.until(() -> readOn.getCount() == 0);
      assertThat(iterator.next()).isEqualTo(3_001);
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 1_000, 5_000, ROWS})
  void the_rows_before_a_failure_come_before_it(long failing) {
    List<Long> read = new ArrayList<>();
    try (Stream<Long> numbers =
        numbers(
            ROWS,
            row -> {
              if (row.number(1) == failing) {
                throw new IllegalStateException("row " + failing);
              }
              return row.number(1);
            })) {
      assertThatThrownBy(() -> numbers.forEach(read::add)).hasMessage("row " + failing);
    }
    assertThat(read).isEqualTo(LongStream.range(1, failing).boxed().toList());
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1, 2_000, 10_000})
  void it_can_be_closed_at_any_row(long last) {
    try (Stream<Long> numbers = numbers(ROWS, this::numberNotingThread)) {
      Iterator<Long> iterator = numbers.iterator();
      for (long n = 1; n <= last; n++) {
        assertThat(iterator.next()).isEqualTo(n);
      }
    }
  }

  @Test
  void an_interrupt_ends_the_reading_and_is_kept() {
    List<Long> read = new ArrayList<>();
    try (Stream<Long> numbers = numbers(ROWS, row -> row.number(1))) {
      assertThatThrownBy(
              () ->
                  numbers.forEach(
                      number -> {
                        read.add(number);
                        if (number == 5_000) {
                          Thread.currentThread().interrupt();
                        }
                      }))
          .isInstanceOf(WaitInterruptedException.class);
    } finally {
      assertThat(Thread.interrupted()).isTrue();
    }
    assertThat(read).hasSize(5_000);
  }

  @Test
  void an_interrupt_ends_the_wait_for_the_next_piece() {
    CountDownLatch goOn = new CountDownLatch(1);
    Thread user = Thread.currentThread();
    Thread interrupting =
        new Thread(
            () -> {
              Await.until(() -> user.getState() == Thread.State.WAITING);
              user.interrupt();
            });
    List<Long> read = new ArrayList<>();

    try (Stream<Long> numbers = numbers(ROWS, row -> slowAt(10_000, row.number(1), goOn))) {
      interrupting.start();
      assertThatThrownBy(() -> numbers.forEach(read::add))
          .isInstanceOf(WaitInterruptedException.class);
      assertThat(Thread.interrupted()).isTrue();
      goOn.countDown();
    }

    assertThat(read).hasSizeLessThan(10_000);
    assertThat(released).hasSize(1);
  }

  private static long slowAt(long last, long number, CountDownLatch goOn) {
    if (number == last) {
      try {
        goOn.await();
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
    }
    return number;
  }

  private long numberNotingThread(Row row) {
    readers.add(Thread.currentThread());
    return row.number(1);
  }

  @MustBeClosed
  private Stream<Long> numbers(long rows, RowReader<Long> reader) {
    Script query =
        Script.of(dsl, () -> dsl.select(N).from(NUMBERS).orderBy(N).limit(DSL.inline(rows)));
    return Cursor.openAhead(
        session, RowQuery.of(query, parameters -> {}, reader), () -> released.add("released"));
  }
}
