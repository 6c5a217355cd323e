package dev.daybook.observation;

/**
 * Is called once, when what a {@link StoreObserver} has seen begin has ended.
 *
 * @param <T> how it has ended
 */
@FunctionalInterface
public interface Ending<T> {

  /** It has ended. */
  void ended(T how);

  /** One that does nothing. */
  static <T> Ending<T> none() {
    return how -> {};
  }
}
