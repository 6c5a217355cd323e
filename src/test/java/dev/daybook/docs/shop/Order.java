package dev.daybook.docs.shop;

/** The events. */
public sealed interface Order {
  record Placed(String item) implements Order {}
}
