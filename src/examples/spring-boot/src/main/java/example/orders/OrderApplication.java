package example.orders;

import dev.daybook.journal.EventTypes;
import dev.daybook.spring.boot.DaybookCustomizer;
import dev.daybook.subscription.Causation;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;

/** The service. */
@SpringBootApplication
public class OrderApplication {

  @Bean
  EventTypes<OrderEvent> orderEvents() {
    return EventTypes.ofSealed(OrderEvent.class);
  }

  /** What the saga appends says which event it was appended for. */
  @Bean
  DaybookCustomizer causation() {
    return builder -> builder.observe(new Causation());
  }

  public static void main(String[] args) {
    SpringApplication.run(OrderApplication.class, args);
  }
}
