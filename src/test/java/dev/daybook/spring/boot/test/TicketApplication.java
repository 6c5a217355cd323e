package dev.daybook.spring.boot.test;

import dev.daybook.journal.EventTypes;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;

/** The application. What it scans for must not be in tests that don't choose it. */
@SpringBootApplication
class TicketApplication {

  @Bean
  EventTypes<Ticket> tickets() {
    return EventTypes.ofSealed(Ticket.class);
  }
}
