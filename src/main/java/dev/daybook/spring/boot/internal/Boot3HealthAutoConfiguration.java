package dev.daybook.spring.boot.internal;

import dev.daybook.Daybook;
import dev.daybook.spring.boot.DaybookAutoConfiguration;
import dev.daybook.spring.boot.DaybookProperties;
import dev.daybook.spring.boot.DaybookSubscriptions;
import org.springframework.boot.actuate.autoconfigure.health.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

/** The health of the store, where Boot 3 has the classes for it. */
@AutoConfiguration(after = DaybookAutoConfiguration.class)
@ConditionalOnClass(name = "org.springframework.boot.actuate.health.HealthIndicator")
@ConditionalOnBean(DaybookSubscriptions.class)
@ConditionalOnEnabledHealthIndicator("daybook")
final class Boot3HealthAutoConfiguration {

  @Bean
  @ConditionalOnMissingBean(name = "daybookHealthIndicator")
  HealthIndicator daybookHealthIndicator(
      Daybook daybook, DaybookSubscriptions subscriptions, DaybookProperties properties) {
    StoreHealth health = new StoreHealth(daybook, subscriptions, properties.health());
    return () -> shown(health.check());
  }

  private static Health shown(StoreHealth.Finding finding) {
    Health.Builder shown = finding.isUp() ? Health.up() : Health.down();
    shown.withDetail("subscriptions", finding.lags());
    if (!finding.problems().isEmpty()) {
      shown.withDetail("problems", finding.problems());
    }
    Exception failure = finding.failure();
    return (failure == null ? shown : shown.withException(failure)).build();
  }
}
