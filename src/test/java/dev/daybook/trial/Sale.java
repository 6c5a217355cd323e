package dev.daybook.trial;

/** The events. */
sealed interface Sale {
  /** Something was sold. */
  record Sold(long cents) implements Sale {}
}
