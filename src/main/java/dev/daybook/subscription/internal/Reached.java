package dev.daybook.subscription.internal;

/** Hears up to where everything is done with. */
@FunctionalInterface
interface Reached {
  void position(long position);
}
