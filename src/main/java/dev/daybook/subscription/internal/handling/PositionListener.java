package dev.daybook.subscription.internal.handling;

/** Hears up to where everything is done with. */
@FunctionalInterface
public interface PositionListener {
  void position(long position);
}
