package dev.daybook.testing;

import dev.daybook.codec.internal.SealedClasses;
import dev.daybook.codec.internal.StateCodec;
import dev.daybook.internal.callback.Callbacks;
import java.io.IOException;
import java.util.Set;

/** States as they come out of a snapshot. */
final class StateCopies<S> {

  private final StateCodec codec;
  private final Class<S> type;
  private final Set<Class<?>> classes;

  /**
   * @param type what states are saved as
   * @throws dev.daybook.error.InvalidInputException if they could be written and not be read
   */
  StateCopies(StateCodec codec, Class<S> type) {
    this.codec = codec;
    this.type = type;
    Set<Class<?>> sealed = SealedClasses.of(type);
    this.classes = sealed.isEmpty() ? Set.of(type) : sealed;
    classes.forEach(codec::shapeOf);
  }

  /**
   * A state that was saved and loaded.
   *
   * @param seq the last event in it
   */
  S copy(S state, long seq) {
    Class<?> own =
        state instanceof Enum<?> constant ? constant.getDeclaringClass() : state.getClass();
    Class<? extends S> as = classes.contains(own) ? own.asSubclass(type) : type;
    try {
      return codec.decode(codec.encode(state, as), as);
    } catch (IOException e) {
      throw new AssertionError(
          "the state after event %s can't be saved as a snapshot and loaded: %s%n%s"
              .formatted(
                  seq,
                  Callbacks.message(e),
                  Shown.of(own.getSimpleName(), FieldTree.shown(state)).line()),
          e);
    }
  }
}
