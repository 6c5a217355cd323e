package dev.daybook.testing;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.daybook.Daybook;
import dev.daybook.DaybookBuilder;
import dev.daybook.subscription.Subscription;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.Set;

/**
 * A Daybook for a test: with a clock to set, a wait for its subscriptions, and a {@link #close}
 * that finds what the test has left open. In a test of JUnit, {@link
 * dev.daybook.testing.junit.DaybookExtension} makes one for each test.
 *
 * <p>Safe for use by several threads, but for {@link #reopen} and {@link #close}.
 */
public final class TestDaybook implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final DaybookBuilder builder;
  private final TestClock clock = TestClock.atBeginning();
  private final LeftOpen leftOpen = new LeftOpen();
  private volatile Daybook daybook;

  private TestDaybook(DaybookBuilder builder) {
    this.builder = builder.clock(clock).following(leftOpen::opened);
    this.daybook = builder.build();
  }

  /** A database in memory. */
  public static TestDaybook inMemory() {
    return of(Daybook.builder(":memory:"));
  }

  /** A SQLite file, made when it is missing. The directory must exist. */
  public static TestDaybook inFile(Path file) {
    return of(Daybook.builder(file));
  }

  /**
   * A database with other options, or on a server.
   *
   * @param builder is given the clock of this, and is not to be used any more
   */
  public static TestDaybook of(DaybookBuilder builder) {
    return new TestDaybook(Objects.requireNonNull(builder, "builder"));
  }

  /** The Daybook, to be given to what is tested. */
  public Daybook daybook() {
    return daybook;
  }

  /** The clock that gives the events of the Daybook their times. */
  public TestClock clock() {
    return clock;
  }

  /**
   * Waits until the subscriptions that run here have handled everything that is appended, also what
   * their handlers append meanwhile. An event that was skipped or parked counts as handled.
   *
   * @throws AssertionError if a subscription of the store has stopped by itself; or if nothing has
   *     moved for 30 seconds: it says which subscription is behind, its state, where its handler
   *     is, and what its last attempt failed with
   * @throws IllegalStateException if the thread is inside a transaction in which the Daybook was
   *     used: no subscription gets what is not committed
   */
  public void awaitAll() throws InterruptedException {
    awaitAll(PATIENCE);
  }

  /**
   * {@link #awaitAll()} with another patience.
   *
   * @param patience for how long nothing may move; the wait as a whole may take longer
   * @throws AssertionError as {@link #awaitAll()}
   * @throws IllegalStateException as {@link #awaitAll()}
   */
  public void awaitAll(Duration patience) throws InterruptedException {
    daybook.requireOutsideTransaction();
    new CaughtUp(daybook, Objects.requireNonNull(patience, "patience")).await();
  }

  /**
   * Closes the Daybook and opens its database with another one, as a process does that is started
   * again. A database in memory is empty then.
   *
   * @return the new one, which {@link #daybook()} returns from now on
   * @throws AssertionError as {@link #close}
   */
  @CanIgnoreReturnValue
  public Daybook reopen() {
    close();
    daybook = builder.build();
    return daybook;
  }

  /**
   * Stops the subscriptions and closes the Daybook. Closing twice does nothing.
   *
   * @throws AssertionError if the test has left something open: a stream of a repository that was
   *     neither closed nor read to its end, a transaction whose work has not ended, or a joined
   *     transaction whose end was not said. It says where each was opened.
   */
  @Override
  public void close() {
    Set<Object> open;
    try (Daybook closing = daybook) {
      closing.subscriptions().running().forEach(Subscription::close);
      open = leftOpen.ofTest();
    }
    open.addAll(leftOpen.all());
    fail(open);
  }

  /**
   * Checks what {@link #close} checks, and closes nothing.
   *
   * @throws AssertionError as {@link #close}; what it names is not named again
   */
  public void requireNothingOpen() {
    fail(leftOpen.ofTest());
  }

  private void fail(Set<Object> left) {
    leftOpen
        .failure(left)
        .ifPresent(
            failure -> {
              throw failure;
            });
  }
}
