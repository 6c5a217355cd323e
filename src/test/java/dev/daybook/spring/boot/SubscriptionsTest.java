package dev.daybook.spring.boot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daybook.Daybook;
import dev.daybook.conformance.Await;
import dev.daybook.error.InvalidInputException;
import dev.daybook.fixture.PostgresDatabase;
import dev.daybook.fixture.PostgresServer;
import dev.daybook.journal.Append;
import dev.daybook.journal.EventTypes;
import dev.daybook.journal.ExpectedSeq;
import dev.daybook.journal.Journal;
import dev.daybook.journal.Metadata;
import dev.daybook.journal.NewEvent;
import dev.daybook.journal.RecordedEvent;
import dev.daybook.spring.boot.Applications.Order;
import dev.daybook.spring.boot.Applications.Order.Paid;
import dev.daybook.spring.boot.Applications.Order.Placed;
import dev.daybook.spring.boot.Applications.Orders;
import dev.daybook.spring.boot.DaybookListener.DeliveryMode;
import dev.daybook.spring.boot.DaybookListener.Start;
import dev.daybook.subscription.AtLeastOnce;
import dev.daybook.subscription.OnFailure;
import dev.daybook.subscription.Subscriber;
import dev.daybook.subscription.Subscription;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.jooq.Configuration;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.annotation.Transactional;

/** Beans of {@code Subscriber}, and methods with {@code @DaybookListener}. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class SubscriptionsTest {

  @TempDir private Path directory;

  private String file() {
    return "jdbc:sqlite:" + directory.resolve("app.db");
  }

  private static long append(ApplicationContext application) {
    @SuppressWarnings("unchecked") // From Spring: a bean's class does not say of what.
    Journal<Order> journal = application.getBean(Journal.class);
    NewEvent<Order> paid =
        NewEvent.<Order>of(new Paid(700)).tagged("gift").withMetadata(Metadata.of("by", "Ann"));
    journal.append("order-1", ExpectedSeq.any(), new Placed("book"));
    journal.append("other-1", ExpectedSeq.any(), new Placed("pen"));
    return journal.append(Append.of("order-1", ExpectedSeq.any(), List.of(paid))).get(0).position();
  }

  private static void await(ApplicationContext application, String name, long position)
      throws InterruptedException {
    Await.position(subscription(application, name), position);
  }

  private static Subscription subscription(ApplicationContext application, String name) {
    return application.getBean(DaybookSubscriptions.class).find(name).orElseThrow();
  }

  /** Every signature. */
  static class Listeners {
    final List<Object> got = Collections.synchronizedList(new ArrayList<>());

    @DaybookListener(name = "one")
    void one(Paid event) {
      got.add("one " + event.cents());
    }

    @DaybookListener(name = "all")
    void all(Order event) {
      got.add("all " + event);
    }

    @DaybookListener(name = "recorded")
    void recorded(RecordedEvent<Paid> event) {
      got.add("recorded " + event.streamId());
    }

    @DaybookListener(name = "further")
    void further(Paid event, long position, Metadata metadata) {
      got.add("further " + position + metadata.get("by").orElseThrow());
    }

    @DaybookListener(name = "list", batch = 10, retries = 2, partitions = 2)
    void list(List<Paid> events) {
      got.add("list " + events.get(0).cents());
    }

    @DaybookListener(name = "recorded list", inStreams = "other-", from = Start.BEGINNING)
    void recordedList(List<RecordedEvent<Placed>> events) {
      got.add("recorded list " + events.get(0).data().item());
    }

    @DaybookListener(
        name = "transaction",
        delivery = DeliveryMode.EXACTLY_ONCE,
        tags = "gift",
        onFailure = OnFailure.Then.PARK)
    void transaction(Order event, Configuration transaction) {
      got.add("transaction " + event + (transaction != null));
    }
  }

  @Test
  void the_parameters_of_a_method_say_what_it_gets() {
    Applications.on(file())
        .withUserConfiguration(Orders.class)
        .withBean(Listeners.class)
        .run(
            application -> {
              long last = append(application);
              for (String name : application.getBean(DaybookSubscriptions.class).names()) {
                await(application, name, last);
              }
              assertThat(application.getBean(Listeners.class).got)
                  .containsExactlyInAnyOrder(
                      "one 700",
                      "all Placed[item=book]",
                      "all Placed[item=pen]",
                      "all Paid[cents=700]",
                      "recorded order-1",
                      "further " + last + "Ann",
                      "list 700",
                      "recorded list pen",
                      "transaction Paid[cents=700]true");
            });
  }

  @Test
  void a_sealed_hierarchy_needs_no_bean_of_types() {
    Applications.on(file())
        .withBean(OneListener.class)
        .run(
            application -> {
              Journal<Order> journal = application.getBean(Daybook.class).journal(Order.class);
              long last = journal.append("order-1", ExpectedSeq.noStream(), new Paid(5)).position();
              await(application, "paid", last);
              assertThat(application.getBean(OneListener.class).cents).hasValue(5);
            });
  }

  /** One method. */
  static class OneListener {
    final AtomicInteger cents = new AtomicInteger();

    @DaybookListener(name = "paid")
    void on(Paid event) {
      cents.addAndGet((int) event.cents());
    }
  }

  /** Writes a row by the application's own tools, and fails the first time after it. */
  static class Projection {
    private final JdbcTemplate jdbc;
    final AtomicInteger calls = new AtomicInteger();

    Projection(JdbcTemplate jdbc) {
      this.jdbc = jdbc;
      jdbc.execute("create table items (item varchar(20))");
    }

    @Transactional
    @DaybookListener(name = "items", delivery = DeliveryMode.EXACTLY_ONCE)
    public void on(Placed event) {
      jdbc.update("insert into items (item) values (?)", event.item());
      if (calls.incrementAndGet() == 1) {
        throw new IllegalStateException("the first time");
      }
    }
  }

  @Test
  void what_a_method_writes_by_jdbc_is_there_exactly_once() throws Exception {
    try (PostgresDatabase database = PostgresServer.shared().newDatabase()) {
      for (String url : new String[] {file(), database.url()}) {
        Applications.on(url)
            .withUserConfiguration(Orders.class)
            .withBean(Projection.class)
            .run(
                application -> {
                  await(application, "items", append(application));
                  assertThat(
                          application
                              .getBean(JdbcTemplate.class)
                              .queryForList("select item from items", String.class))
                      .containsExactlyInAnyOrder("book", "pen");
                });
      }
    }
  }

  @Test
  void a_subscriber_bean_is_started_unless_it_is_told_not_to() {
    AtomicInteger handled = new AtomicInteger();
    Applications.on(file())
        .withUserConfiguration(Orders.class, Subscribing.class)
        .withBean(AtomicInteger.class, () -> handled)
        .run(
            application -> {
              await(application, "bean", append(application));
              assertThat(handled).hasValue(3);
            });
    Applications.on(file())
        .withUserConfiguration(Orders.class, Subscribing.class)
        .withBean(AtomicInteger.class, () -> handled)
        .withPropertyValues("daybook.subscriptions.auto-start=false")
        .run(
            application -> {
              DaybookSubscriptions all = application.getBean(DaybookSubscriptions.class);
              assertThat(all.names()).containsExactly("bean");
              assertThat(all.find("bean")).isEmpty();
              assertThat(all.isRunning()).isFalse();
              all.start();
              await(application, "bean", append(application));
              assertThat(handled).hasValue(6);
              all.stop();
              assertThat(all.isRunning()).isFalse();
            });
  }

  /** A bean of {@code Subscriber}. */
  @org.springframework.context.annotation.Configuration(proxyBeanMethods = false)
  static class Subscribing {
    @Bean
    Subscriber<Order> subscriber(Journal<Order> journal, AtomicInteger handled) {
      return Subscriber.of("bean", journal, AtLeastOnce.each(event -> handled.incrementAndGet()));
    }
  }

  /** Is still at work when the application is closed. */
  static class Slow {
    final CountDownLatch begun = new CountDownLatch(1);
    final CountDownLatch released = new CountDownLatch(1);
    private final JdbcTemplate jdbc;
    static int rows;

    Slow(JdbcTemplate jdbc) {
      this.jdbc = jdbc;
    }

    @DaybookListener(name = "slow")
    void on(Paid event) throws InterruptedException {
      begun.countDown();
      Await.reached(released);
      Integer found = jdbc.queryForObject("select " + event.cents(), Integer.class);
      rows = found == null ? 0 : found;
    }
  }

  @Test
  void a_handler_has_its_database_until_it_has_ended() {
    Slow.rows = 0;
    Applications.on(file())
        .withUserConfiguration(Orders.class)
        .withBean(Slow.class)
        .run(
            application -> {
              Slow slow = application.getBean(Slow.class);
              append(application);
              Await.reached(slow.begun);
              Thread closing = new Thread(application::close);
              closing.start();
              slow.released.countDown();
              closing.join();
            });
    assertThat(Slow.rows).isEqualTo(700);
  }

  @Test
  void two_of_one_name_fail_the_start() {
    Applications.on(file())
        .withUserConfiguration(Orders.class)
        .withBean("a", OneListener.class)
        .withBean("b", OneListener.class)
        .run(
            application ->
                assertThat(application)
                    .getFailure()
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessage(
                        "two subscriptions have the name \"paid\"; expected one of each name"));
  }

  /** Each with one wrong method. */
  static class Wrong {
    static class Returning {
      @DaybookListener(name = "x")
      int on(Paid event) {
        return 1;
      }
    }

    static class Nothing {
      @DaybookListener(name = "x")
      void on() {}
    }

    static class Untyped<E> {
      @DaybookListener(name = "x")
      void on(List<E> events) {}
    }

    static class Unknown {
      @DaybookListener(name = "x")
      void on(String event) {}
    }

    static class Unasked {
      @DaybookListener(name = "x")
      void on(Paid event, Configuration transaction) {}
    }

    static class InBatch {
      @DaybookListener(name = "x")
      void on(List<Paid> events, long position) {}
    }

    static class Twice {
      @DaybookListener(name = "x")
      void on(Paid event, long position, long again) {}
    }

    static class Further {
      @DaybookListener(name = "x")
      void on(Paid event, String what) {}
    }

    static class Partitioned {
      @DaybookListener(name = "x", partitions = 2, delivery = DeliveryMode.EXACTLY_ONCE)
      void on(Paid event) {}
    }

    static class Unnamed {
      @DaybookListener(name = "")
      void on(Paid event) {}
    }

    @Transactional
    static class Final {
      @DaybookListener(name = "x")
      public final void on(Paid event) {}
    }

    @Transactional
    static class Private {
      @DaybookListener(name = "x")
      @SuppressWarnings("unused")
      private void on(Paid event) {}
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Returning|it returns a int",
        "Nothing|it has no parameter",
        "Untyped|the type of its events is not given",
        "Unknown|no bean of EventTypes has events that are a java.lang.String",
        "Unasked|it asks for the transaction",
        "InBatch|a List<RecordedEvent<Paid>> has it of each",
        "Twice|it has two parameters of the type long",
        "Further|its parameter 2 is a java.lang.String",
        "Partitioned|2 partitions need AtLeastOnce",
        "Unnamed|name",
        "Final|its bean is a proxy, a subclass that can't override it",
        "Private|its bean is a proxy, a subclass that can't override it"
      })
  void a_wrong_method_fails_the_start_and_is_named(String name, String reason) throws Exception {
    Class<?> wrong = Class.forName(Wrong.class.getName() + "$" + name);
    Applications.on(file())
        .withUserConfiguration(Orders.class)
        .withBean(wrong)
        .run(
            application ->
                assertThat(application)
                    .getFailure()
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessageContaining("the listener method " + wrong.getName() + ".on ")
                    .hasMessageContaining(reason));
  }

  /** Has the same events as another bean. */
  @org.springframework.context.annotation.Configuration(proxyBeanMethods = false)
  static class MoreTypes {
    @Bean
    EventTypes<Order> more() {
      return EventTypes.ofSealed(Order.class);
    }
  }

  @Test
  void events_of_two_beans_are_refused() {
    Applications.on(file())
        .withUserConfiguration(Orders.class, MoreTypes.class)
        .withBean(OneListener.class)
        .run(
            application ->
                assertThat(application)
                    .getFailure()
                    .hasMessageContaining("the beans [orders, more] have events that are a"));
  }
}
