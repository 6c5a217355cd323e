package dev.daybook.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daybook.Daybook;
import dev.daybook.codec.jackson3.Jackson3Json;
import dev.daybook.conformance.Await;
import dev.daybook.docs.shop.Order;
import dev.daybook.docs.shop.Order.Placed;
import dev.daybook.docs.shop.Shop;
import dev.daybook.docs.shop.ShopApplication;
import dev.daybook.journal.EventQuery;
import dev.daybook.journal.Journal;
import dev.daybook.journal.RecordedEvent;
import dev.daybook.spring.boot.DaybookCustomizer;
import dev.daybook.spring.boot.DaybookListener;
import dev.daybook.spring.boot.DaybookProperties;
import dev.daybook.spring.boot.DaybookSubscriptions;
import dev.daybook.subscription.AtLeastOnce;
import dev.daybook.subscription.OnFailure;
import dev.daybook.subscription.Subscriber;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.orm.jpa.HibernateJpaAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

/** The application of the page on Spring Boot, as a reader would have it at the end. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class SpringBootPageTest {

  private static final Path PAGE = Block.MANUAL.resolve("spring-boot.md");
  private static final String FROM_SCRATCH = "## From a fresh pom.xml to a running projection";
  private static final int MOST_LINES = 40;

  /** Other listeners that the page shows. */
  static class Listeners {
    final List<String> got = Collections.synchronizedList(new ArrayList<>());

    @DaybookListener(name = "mails", onFailure = OnFailure.Then.PARK, retries = 3, partitions = 4)
    void mail(RecordedEvent<Placed> placed) {
      got.add("mail " + placed.streamId());
    }

    @DaybookListener(name = "search", batch = 500)
    void index(List<Order> orders) {
      got.add("index " + orders);
    }
  }

  @Configuration(proxyBeanMethods = false)
  static class More {
    @Bean
    Subscriber<Order> audit(Journal<Order> orders) {
      return Subscriber.of("audit", orders, AtLeastOnce.<Order>each(event -> {}))
          .select(EventQuery.all().recordedFrom(Instant.EPOCH))
          .lease(Duration.ofSeconds(30));
    }

    @Bean
    DaybookCustomizer verifiedReads() {
      return builder -> builder.verifyReads(true);
    }
  }

  @Configuration(proxyBeanMethods = false)
  static class WithJackson3 {
    @Bean
    JsonMapper jsonMapper() {
      return JsonMapper.builder()
          .propertyNamingStrategy(PropertyNamingStrategies.UPPER_CAMEL_CASE)
          .build();
    }

    @Bean
    DaybookCustomizer byJackson3(JsonMapper mapper) {
      return builder -> builder.json(Jackson3Json.of(mapper));
    }
  }

  @TempDir private Path directory;

  @Test
  void the_page_leads_from_a_fresh_pom_to_a_running_projection_in_forty_lines() throws Exception {
    assertThat(lines()).hasSizeLessThanOrEqualTo(MOST_LINES);

    Files.writeString(directory.resolve("schema.sql"), String.join("\n", block("schema.sql")));
    for (int start = 1; start <= 2; start++) {
      try (ConfigurableApplicationContext application = run(ShopApplication.class)) {
        application.getBean(Shop.class).place("order-" + start, "book");
        Await.position(
            application.getBean(DaybookSubscriptions.class).find("sales").orElseThrow(), start);
        assertThat(
                application
                    .getBean(JdbcTemplate.class)
                    .queryForObject("select count(*) from sales", Integer.class))
            .isEqualTo(start);
      }
    }
    assertThat(directory.resolve("shop.db")).isNotEmptyFile();
  }

  @Test
  void other_listeners_and_beans() throws Exception {
    Files.writeString(directory.resolve("schema.sql"), String.join("\n", block("schema.sql")));
    try (ConfigurableApplicationContext application =
        run(ShopApplication.class, Listeners.class, More.class)) {
      application.getBean(Shop.class).place("order-1", "book");
      DaybookSubscriptions subscriptions = application.getBean(DaybookSubscriptions.class);
      for (String name : subscriptions.names()) {
        Await.position(subscriptions.find(name).orElseThrow(), 1);
      }
      assertThat(application.getBean(Listeners.class).got)
          .containsExactlyInAnyOrder("mail order-1", "index [Placed[item=book]]");
    }
  }

  @Test
  void a_mapper_of_jackson_3() throws Exception {
    Files.writeString(directory.resolve("schema.sql"), String.join("\n", block("schema.sql")));
    try (ConfigurableApplicationContext application =
        run(ShopApplication.class, WithJackson3.class)) {
      application.getBean(Shop.class).place("order-1", "book");
      Await.position(
          application.getBean(DaybookSubscriptions.class).find("sales").orElseThrow(), 1);
      Daybook daybook = application.getBean(Daybook.class);
      assertThat(daybook.rawJournal().read(EventQuery.all()).get(0).data().text())
          .isEqualTo("{\"Item\":\"book\"}");
    }
  }

  @Test
  void the_table_of_properties_is_that_of_the_class() throws IOException {
    List<String> declared =
        Arrays.stream(DaybookProperties.class.getRecordComponents())
            .filter(each -> !each.getType().isRecord())
            .map(each -> "`daybook." + each.getName().replaceAll("([A-Z])", "-$1") + "`")
            .map(name -> name.toLowerCase(Locale.ROOT))
            .toList();
    assertThat(Block.page(PAGE)).contains(declared.toArray(String[]::new));
  }

  /** As {@code main} does, but for the directory that it runs in. */
  private ConfigurableApplicationContext run(Class<?>... sources) throws IOException {
    String[] properties =
        block("application.properties").stream()
            .map(line -> line.replace("shop.db", directory.resolve("shop.db").toString()))
            .toArray(String[]::new);
    return new SpringApplicationBuilder(sources)
        .web(WebApplicationType.NONE)
        .properties(properties)
        .properties(
            "spring.sql.init.schema-locations=file:" + directory.resolve("schema.sql"),
            // A reader has no JPA.
            "spring.autoconfigure.exclude=" + HibernateJpaAutoConfiguration.class.getName(),
            "spring.main.banner-mode=off",
            "spring.main.register-shutdown-hook=false")
        .run();
  }

  /** The lines of a reader's that the first part of the page shows. */
  private static List<String> lines() throws IOException {
    return scratch().stream()
        .flatMap(block -> block.code().stream())
        .filter(line -> !line.isBlank())
        .toList();
  }

  private static List<Block> scratch() throws IOException {
    String page = Block.page(PAGE);
    int begin = page.indexOf(FROM_SCRATCH);
    return Block.of(PAGE, page.substring(begin, page.indexOf("\n## ", begin + 1)));
  }

  private static List<String> block(String file) throws IOException {
    return scratch().stream()
        .filter(block -> block.marker().equals("file: " + file))
        .flatMap(block -> block.code().stream())
        .toList();
  }
}
