package dev.daybook.model;

import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What a call has returned, or the class of what it has thrown. */
record Answer<T>(@Nullable T value, @Nullable Class<? extends Exception> refusal) {

  static <T> Answer<T> of(T value) {
    return new Answer<>(value, null);
  }

  static <T> Answer<T> refused(Class<? extends Exception> by) {
    return new Answer<>(null, by);
  }

  /** What a model says, which refuses by {@link Refusal}. */
  static <T> Answer<T> ofModel(Supplier<T> call) {
    try {
      return of(call.get());
    } catch (Refusal e) {
      return refused(e.by());
    }
  }

  /** What a store says, which refuses by exceptions of its own. */
  static <T> Answer<T> ofStore(Supplier<T> call) {
    try {
      return of(call.get());
    } catch (RuntimeException e) {
      return refused(e.getClass());
    }
  }

  /** The same with something else in place of what was returned. */
  <R> Answer<R> map(Function<T, R> change) {
    return value == null ? new Answer<>(null, refusal) : of(change.apply(value));
  }

  /** A model refuses what the store must refuse by this exception. */
  static final class Refusal extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final Class<? extends Exception> by;

    Refusal(Class<? extends Exception> by) {
      super(by.getName());
      this.by = by;
    }

    Class<? extends Exception> by() {
      return by;
    }
  }
}
