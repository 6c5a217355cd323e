package dev.daybook.spring.boot.test;

import dev.daybook.testing.TestDaybook;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.core.annotation.AliasFor;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.BootstrapWith;
import org.springframework.test.context.junit.jupiter.SpringExtension;

/**
 * A test of the listeners of an application of Spring Boot, with its own database and without the
 * rest of the application:
 *
 * <pre>{@code
 * @DaybookTest(OrderList.class)
 * class OrderListTest {
 *   @Autowired TestDaybook store;
 *   @Autowired Journal<OrderEvent> journal;
 *   @Autowired JdbcTemplate jdbc;
 *
 *   @Test
 *   void an_order_is_listed() throws InterruptedException {
 *     journal.append("order-1", ExpectedSeq.noStream(), new Placed("Ann", "tea", 2, 4_50));
 *     store.awaitAll();
 *     assertEquals("Ann", jdbc.queryForObject("select customer from order_list", String.class));
 *   }
 * }
 * }</pre>
 *
 * <p><b>The beans.</b> There are the {@code Daybook}, its {@link TestDaybook} with a clock to set,
 * {@code Journal}s, {@code DaybookSubscriptions}, which run, the data source with its transactions,
 * {@code JdbcTemplate}, {@code JdbcClient}, jOOQ's {@code DSLContext}, the mapper, and the
 * application's own scripts and migrations. Of the classes that the application scans for, those
 * that have a method with {@code @DaybookListener}, or the {@link #listeners} alone. Beans of the
 * class with {@code @SpringBootApplication} are there, too; those of other configurations, such as
 * of {@code EventTypes}, and what a listener needs besides come by {@code @Import},
 * {@code @MockitoBean} or {@code @ImportAutoConfiguration}. There is no web server. An application
 * that has a bean of {@code Daybook} itself keeps it, and has no {@code TestDaybook}.
 *
 * <p><b>A fresh database for each test.</b> A test method has its own application context and its
 * own database, {@link #database}, which is deleted after it. {@code @DirtiesContext} on the class
 * with {@code classMode = AFTER_CLASS} lets the methods of a class share both, which is faster.
 * {@code TestDaybook.reopen()} can't be used here: the beans keep the first Daybook.
 *
 * <p><b>No transaction around a test.</b> Listeners get an event after the commit of its append. So
 * a test commits, and nothing is rolled back after it. Within a method that has
 * {@code @Transactional}, appends join its transaction and are rolled back at its end: what is
 * appended can be read there, but no listener gets it, and {@code awaitAll()} is refused. Give
 * {@code @Transactional} to the beans that need it, as in the application.
 *
 * <p>A test fails that leaves something open; see {@link TestDaybook#close}.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Inherited
@ExtendWith(SpringExtension.class)
@BootstrapWith(DaybookTestBootstrapper.class)
@ImportAutoConfiguration
@DirtiesContext(classMode = DirtiesContext.ClassMode.AFTER_EACH_TEST_METHOD)
public @interface DaybookTest {

  /** Where the database is. */
  enum Database {
    /**
     * A SQLite file in a temporary directory. It is the application's data source, too. Where the
     * application sets {@code daybook.url}, the Daybook has a second file.
     */
    FILE,
    /**
     * The Daybook is in memory, which is faster. It joins no transactions, so this is for listeners
     * that write nothing to the data source, which is a file.
     */
    MEMORY,
    /**
     * What the application's properties say, such as a server of Testcontainers. Nothing is emptied
     * or deleted after a test.
     */
    APPLICATION
  }

  /** Alias of {@link #listeners}. */
  @AliasFor("listeners")
  Class<?>[] value() default {};

  /** The classes with listener methods that are beans of the test; all by default. */
  @AliasFor("value")
  Class<?>[] listeners() default {};

  /** Where the database is. */
  Database database() default Database.FILE;

  /** Properties of the application for this test, as {@code name=value}. */
  String[] properties() default {};
}
