package dev.daybook.testing.junit;

import dev.daybook.Daybook;
import dev.daybook.DaybookBuilder;
import dev.daybook.testing.TestClock;
import dev.daybook.testing.TestDaybook;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolutionException;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives each test a fresh store, as a parameter of the test, of its {@code @BeforeEach} and of its
 * {@code @AfterEach} methods: a {@link TestDaybook}, its {@link Daybook} or its {@link TestClock}.
 * After the test the store is closed, and the test fails if it has left something open; see {@link
 * TestDaybook#close}.
 *
 * <pre>{@code
 * @ExtendWith(DaybookExtension.class)
 * class OrdersTest {
 *   @Test
 *   void an_order_is_placed(Daybook daybook) { … }
 * }
 * }</pre>
 *
 * <p>So the store is in memory. For another one, register it in a field:
 *
 * <pre>{@code
 * @RegisterExtension
 * static final DaybookExtension STORE = DaybookExtension.inFile();
 * }</pre>
 *
 * <p>Tests may run in parallel, and classes may be nested. A class has one store for each test: of
 * two extensions JUnit does not know which one is meant.
 */
public final class DaybookExtension
    implements BeforeEachCallback, AfterEachCallback, ParameterResolver {

  private static final String STORE = "store";
  private static final String DIRECTORY = "directory";
  private static final List<Class<?>> PARAMETERS =
      List.of(TestDaybook.class, Daybook.class, TestClock.class);

  /** Where the database of a test is. */
  @FunctionalInterface
  private interface Place {
    DaybookBuilder in(ExtensionContext.Store test) throws IOException;
  }

  private final Place place;
  private final Consumer<DaybookBuilder> options;

  private DaybookExtension(Place place, Consumer<DaybookBuilder> options) {
    this.place = place;
    this.options = options;
  }

  /** For {@code @ExtendWith}: as {@link #inMemory}. */
  public DaybookExtension() {
    this(test -> Daybook.builder(":memory:"), builder -> {});
  }

  /** Each test has a database in memory. */
  public static DaybookExtension inMemory() {
    return new DaybookExtension();
  }

  /** Each test has a SQLite file in a temporary directory, which is deleted after it. */
  public static DaybookExtension inFile() {
    return new DaybookExtension(
        test -> {
          Path directory = Files.createTempDirectory("daybook-test-");
          test.put(DIRECTORY, directory);
          return Daybook.builder(directory.resolve("test.db"));
        },
        builder -> {});
  }

  /**
   * Each test has a database of the caller's.
   *
   * @param fresh gives a builder of an empty one, once for each test
   */
  public static DaybookExtension of(Supplier<DaybookBuilder> fresh) {
    Objects.requireNonNull(fresh, "fresh");
    return new DaybookExtension(test -> fresh.get(), builder -> {});
  }

  /**
   * The same with options for each Daybook, such as a mapper.
   *
   * @param more sets them; the clock is set by this extension
   */
  public DaybookExtension with(Consumer<DaybookBuilder> more) {
    return new DaybookExtension(place, options.andThen(Objects.requireNonNull(more, "more")));
  }

  @Override
  public void beforeEach(ExtensionContext context) throws IOException {
    ExtensionContext.Store test = store(context);
    DaybookBuilder builder = place.in(test);
    options.accept(builder);
    test.put(STORE, TestDaybook.of(builder));
  }

  @Override
  public void afterEach(ExtensionContext context) {
    ExtensionContext.Store test = store(context);
    TestDaybook store = test.remove(STORE, TestDaybook.class);
    try {
      if (store != null) {
        store.close();
      }
    } finally {
      Path directory = test.remove(DIRECTORY, Path.class);
      if (directory != null) {
        delete(directory);
      }
    }
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return PARAMETERS.contains(parameter.getParameter().getType());
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    TestDaybook store = store(context).get(STORE, TestDaybook.class);
    if (store == null) {
      throw new ParameterResolutionException(
          "each test has its own store; expected %s as a parameter of a test, a @BeforeEach or an @AfterEach method, found %s"
              .formatted(
                  parameter.getParameter().getType().getSimpleName(),
                  parameter.getDeclaringExecutable()));
    }
    Class<?> type = parameter.getParameter().getType();
    if (type == TestDaybook.class) {
      return store;
    }
    return type == Daybook.class ? store.daybook() : store.clock();
  }

  private ExtensionContext.Store store(ExtensionContext context) {
    return context.getStore(ExtensionContext.Namespace.create(DaybookExtension.class, this));
  }

  private static void delete(Path directory) {
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
