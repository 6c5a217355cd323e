package dev.daybook.spring.boot;

import dev.daybook.journal.EventTypes;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.jdbc.DataSourceAutoConfiguration;
import org.springframework.boot.autoconfigure.jdbc.DataSourceTransactionManagerAutoConfiguration;
import org.springframework.boot.autoconfigure.jdbc.JdbcTemplateAutoConfiguration;
import org.springframework.boot.autoconfigure.sql.init.SqlInitializationAutoConfiguration;
import org.springframework.boot.autoconfigure.transaction.TransactionAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Small applications, and their events. */
final class Applications {

  /** The events. */
  sealed interface Order {
    /** An order was placed. */
    record Placed(String item) implements Order {}

    /** It was paid. */
    record Paid(long cents) implements Order {}
  }

  /** Says what the events are. */
  @Configuration(proxyBeanMethods = false)
  static class Orders {
    @Bean
    EventTypes<Order> orders() {
      return EventTypes.ofSealed(Order.class);
    }
  }

  private Applications() {}

  /** With no database. */
  static ApplicationContextRunner bare() {
    return new ApplicationContextRunner()
        .withConfiguration(AutoConfigurations.of(DaybookAutoConfiguration.class));
  }

  /** With a data source, transactions and a {@code JdbcTemplate}. */
  static ApplicationContextRunner on(String url) {
    return bare()
        .withConfiguration(
            AutoConfigurations.of(
                DataSourceAutoConfiguration.class,
                DataSourceTransactionManagerAutoConfiguration.class,
                TransactionAutoConfiguration.class,
                JdbcTemplateAutoConfiguration.class,
                SqlInitializationAutoConfiguration.class))
        .withPropertyValues("spring.datasource.url=" + url);
  }
}
