package dev.daybook.spring.boot.internal;

import dev.daybook.Daybook;
import dev.daybook.spring.boot.DaybookAutoConfiguration;
import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.context.annotation.Bean;

/** The endpoint of the store, where there is an actuator, and where it is exposed. */
@AutoConfiguration(after = DaybookAutoConfiguration.class)
@ConditionalOnClass(
    name =
        "org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint")
@ConditionalOnSingleCandidate(Daybook.class)
@ConditionalOnAvailableEndpoint(endpoint = DaybookEndpoint.class)
final class EndpointAutoConfiguration {

  @Bean
  @ConditionalOnMissingBean
  DaybookEndpoint daybookEndpoint(Daybook daybook) {
    return new DaybookEndpoint(daybook);
  }
}
