package dev.daybook.journal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daybook.Daybook;
import dev.daybook.conformance.DelegatingDataSource;
import dev.daybook.fixture.PostgresDatabase;
import dev.daybook.fixture.PostgresServer;
import java.lang.StackWalker.StackFrame;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.SQLiteDataSource;

/**
 * How many calls of the library lie between an append and the driver. For each kind of append this
 * prints the longest chain of them, from the journal to the execution of a statement.
 */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class AppendFramesTest {

  private static final int MOST_FRAMES = 12;

  private static final EncodedEvent EVENT = EncodedEvent.json("counted", "{}");

  /**
   * Remembers the library's frames on the stack whenever the thread that has made this executes a
   * prepared statement.
   */
  private static final class Walking extends DelegatingDataSource {

    private final Thread caller = Thread.currentThread();
    private final List<List<String>> chains = new ArrayList<>();

    Walking(DataSource delegate) {
      super(delegate);
    }

    @Override
    protected Connection wrap(Connection connection) {
      return proxy(Connection.class, connection);
    }

    private <T> T proxy(Class<T> type, T delegate) {
      return type.cast(
          Proxy.newProxyInstance(
              Walking.class.getClassLoader(),
              new Class<?>[] {type},
              (proxy, method, args) -> {
                if (Thread.currentThread() == caller
                    && delegate instanceof PreparedStatement
                    && method.getName().startsWith("execute")) {
                  chains.add(StackWalker.getInstance().walk(Walking::libraryFrames));
                }
                try {
                  Object result = method.invoke(delegate, args);
                  return method.getName().equals("prepareStatement")
                      ? proxy(PreparedStatement.class, (PreparedStatement) result)
                      : result;
                } catch (InvocationTargetException e) {
                  throw e.getCause();
                }
              }));
    }

    /** From the journal to the statement. Above the journal is this test, and below the driver. */
    private static List<String> libraryFrames(Stream<StackFrame> stack) {
      List<String> frames =
          stack
              .filter(frame -> frame.getClassName().startsWith("dev.daybook."))
              .dropWhile(frame -> topLevel(frame.getClassName()).equals(TEST))
              .takeWhile(frame -> !topLevel(frame.getClassName()).equals(TEST))
              .map(frame -> frame.getClassName() + "." + frame.getMethodName())
              .collect(Collectors.toCollection(ArrayList::new));
      Collections.reverse(frames);
      return frames;
    }
  }

  private static final String TEST = AppendFramesTest.class.getName();

  /** The class that a frame is in, or the one around it. */
  private static String topLevel(String className) {
    int nested = className.indexOf('$');
    return nested < 0 ? className : className.substring(0, nested);
  }

  abstract static class Suite {

    private Walking source;
    private Daybook daybook;
    private Journal<EncodedEvent> journal;

    abstract DataSource dataSource();

    @BeforeEach
    void openAndAppendOnce() {
      source = new Walking(dataSource());
      daybook = Daybook.builder(source).build();
      journal = daybook.rawJournal();
      journal.append("known", ExpectedSeq.noStream(), EVENT);
      source.chains.clear();
    }

    @AfterEach
    void close() {
      daybook.close();
    }

    @Test
    void a_single_append() {
      journal.append("known", ExpectedSeq.exactly(1), EVENT);
      journal.append("new", ExpectedSeq.any(), EVENT);

      assertShort("single append");
    }

    @Test
    void a_tagged_append() {
      NewEvent<EncodedEvent> tagged = NewEvent.of(EVENT).tagged("a", "b");
      journal.append(Append.of("known", ExpectedSeq.exactly(1), List.of(tagged)));
      journal.append(Append.of("new", ExpectedSeq.any(), List.of(tagged, tagged)));

      assertShort("tagged append");
    }

    @Test
    void an_append_to_two_streams() {
      journal.appendAll(
          List.of(
              Append.of("known", ExpectedSeq.exactly(1), EVENT),
              Append.of("new", ExpectedSeq.noStream(), EVENT)));

      assertShort("append to two streams");
    }

    private void assertShort(String name) {
      List<String> longest =
          source.chains.stream().max(Comparator.comparingInt(List::size)).orElseThrow();
      System.out.printf(
          "%s, %s: %s frames%n  %s%n",
          getClass().getSimpleName(), name, longest.size(), String.join("\n  ", longest));
      assertThat(source.chains)
          .allSatisfy(
              chain -> {
                assertThat(chain.get(0)).contains("JooqJournal.append");
                assertThat(chain).hasSizeLessThanOrEqualTo(MOST_FRAMES);
                assertThat(visits(chain)).doesNotHaveDuplicates();
              });
    }

    /** The classes of a chain in order; calls within a class are one visit. */
    private static List<String> visits(List<String> chain) {
      List<String> visits = new ArrayList<>();
      for (String frame : chain) {
        String visited = topLevel(frame.substring(0, frame.lastIndexOf('.')));
        if (visits.isEmpty() || !visits.get(visits.size() - 1).equals(visited)) {
          visits.add(visited);
        }
      }
      return visits;
    }
  }

  @Nested
  class OnSqlite extends Suite {

    @TempDir Path directory;

    @Override
    DataSource dataSource() {
      SQLiteDataSource file = new SQLiteDataSource();
      file.setUrl("jdbc:sqlite:" + directory.resolve("frames.db"));
      return file;
    }
  }

  @Nested
  class OnPostgres extends Suite {

    private final PostgresDatabase database = PostgresServer.shared().newMigratedDatabase();

    @Override
    DataSource dataSource() {
      return database.pool(2);
    }

    @AfterEach
    void drop() {
      database.close();
    }
  }
}
