package dev.daybook.spring.boot.test;

import dev.daybook.Daybook;
import dev.daybook.DaybookBuilder;
import dev.daybook.spring.boot.DaybookAutoConfiguration;
import dev.daybook.testing.TestDaybook;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

/** The Daybook of a test, in place of the application's. Only {@link DaybookTest} knows it. */
@AutoConfiguration(before = DaybookAutoConfiguration.class)
@ConditionalOnMissingBean(Daybook.class)
final class DaybookTestAutoConfiguration {

  /** Closed by the bean below; {@link LeftOpenCheck} says what a test has left open. */
  @Bean(destroyMethod = "")
  TestDaybook testDaybook(DaybookBuilder builder) {
    return TestDaybook.of(builder);
  }

  @Bean
  Daybook daybook(TestDaybook test) {
    return test.daybook();
  }
}
