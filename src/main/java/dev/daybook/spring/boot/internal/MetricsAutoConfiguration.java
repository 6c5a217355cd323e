package dev.daybook.spring.boot.internal;

import dev.daybook.Daybook;
import dev.daybook.micrometer.DaybookMetrics;
import dev.daybook.spring.boot.DaybookAutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.context.annotation.Bean;

/** The meters of the store, where there is Micrometer: Spring Boot binds them to its registry. */
@AutoConfiguration(after = DaybookAutoConfiguration.class)
@ConditionalOnClass(name = "io.micrometer.core.instrument.binder.MeterBinder")
@ConditionalOnSingleCandidate(Daybook.class)
final class MetricsAutoConfiguration {

  @Bean
  @ConditionalOnMissingBean
  DaybookMetrics daybookMetrics(Daybook daybook) {
    return DaybookMetrics.of(daybook);
  }
}
