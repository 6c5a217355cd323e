package dev.daybook.docs.shop;

import dev.daybook.journal.EventTypes;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;

/** The application. */
@SpringBootApplication
public class ShopApplication {
  public static void main(String[] args) {
    SpringApplication.run(ShopApplication.class, args);
  }

  @Bean
  EventTypes<Order> orders() {
    return EventTypes.ofSealed(Order.class);
  }
}
