package dev.daybook.journal;

/** A listener's registration. */
@FunctionalInterface
public interface Registration extends AutoCloseable {

  /** Ends the registration; ending it twice does nothing. */
  @Override
  void close();
}
