package dev.daybook.subscription.internal.handling;

/** Receives the position up to which everything is done. */
@FunctionalInterface
public interface PositionListener {
  void position(long position);
}
