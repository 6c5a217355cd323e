package dev.daybook.snapshot.internal;

import dev.daybook.codec.internal.SealedClasses;
import dev.daybook.codec.internal.StateCodec;
import dev.daybook.error.InvalidInputException;
import dev.daybook.journal.TypeName;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The classes that the states of a store have, each by its stable name and with its shape: one
 * class, or all of a sealed hierarchy, as it is with events.
 *
 * @param <S> the type of the states
 */
final class StateTypes<S> {

  /** What a state is stored as. */
  record StateType<S>(String name, Class<? extends S> type, String shape) {}

  private final List<StateType<S>> all = new ArrayList<>();
  private final Map<String, StateType<S>> byName = new LinkedHashMap<>();

  private StateTypes() {}

  /**
   * @throws InvalidInputException if states could be written and not be read, or two classes of a
   *     sealed hierarchy have one name
   */
  static <S> StateTypes<S> of(Class<S> base, StateCodec codec) {
    StateTypes<S> types = new StateTypes<>();
    Set<Class<?>> classes = SealedClasses.of(base);
    if (classes.isEmpty()) {
      types.add(base, codec);
    }
    classes.forEach(each -> types.add(each.asSubclass(base), codec));
    return types;
  }

  private void add(Class<? extends S> type, StateCodec codec) {
    TypeName given = type.getAnnotation(TypeName.class);
    String name = given == null ? type.getSimpleName() : given.value();
    StateType<S> stored = new StateType<>(name, type, codec.shapeOf(type).fingerprint());
    all.add(stored);
    put(name, stored);
    for (String alias : given == null ? new String[0] : given.aliases()) {
      put(alias, stored);
    }
  }

  private void put(String name, StateType<S> stored) {
    StateType<S> other = byName.putIfAbsent(name, stored);
    if (other != null) {
      throw new InvalidInputException(
          "the state \"%s\" is the name of %s already; %s needs another one (see TypeName)"
              .formatted(name, other.type().getTypeName(), stored.type().getTypeName()));
    }
  }

  /** What a state is stored as. */
  StateType<S> of(S state) {
    Class<?> type =
        state instanceof Enum<?> constant ? constant.getDeclaringClass() : state.getClass();
    return all.stream().filter(it -> it.type() == type).findFirst().orElse(all.get(0));
  }

  /**
   * The class that a stored state is read as; {@code null} if it is not one of these.
   *
   * @param name what it is stored as; {@code null} if that was not kept yet
   */
  @Nullable StateType<S> find(@Nullable String name) {
    if (name == null) {
      return all.size() == 1 ? all.get(0) : null;
    }
    return byName.get(name);
  }

  /** The names of all, for a message. */
  Set<String> names() {
    return byName.keySet();
  }
}
