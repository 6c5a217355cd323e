package dev.daybook.spring.boot.test;

/** The events. */
sealed interface Ticket {
  /** A ticket was sold. */
  record Sold(String seat) implements Ticket {}
}
