package dev.daybook.journal.internal.types;

import dev.daybook.error.InvalidInputException;
import dev.daybook.journal.EventTypes;
import dev.daybook.journal.Upcast;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The plan for events of each type and version, computed in advance.
 *
 * @param <E> the type of the events
 */
final class EventSchema<E> {

  /** The class that comes out, and the steps to get there; none for a current event. */
  record Plan<E>(Class<? extends E> type, List<Upcast> steps) {}

  private final EventTypes<E> types;
  private final Map<String, Integer> currentVersions = new LinkedHashMap<>();
  private final Map<String, String> currentNames = new HashMap<>();
  private final Map<TypeVersion, Plan<E>> plans = new HashMap<>();

  /**
   * @throws InvalidInputException if the upcasters don't fit together
   */
  EventSchema(EventTypes<E> types) {
    this.types = types;
    for (String name : types.names()) {
      Class<? extends E> type = types.classOf(name).orElseThrow();
      currentVersions.put(name, types.versionOf(type));
      types.aliasesOf(type).forEach(alias -> currentNames.put(alias, name));
      plan(new TypeVersion(name, types.versionOf(type)), new Plan<>(type, List.of()));
    }
    new UpcastChains(currentVersions, this::currentName, types.upcasts())
        .resolve()
        .forEach((start, chain) -> plan(start, planOf(chain)));
  }

  /** The name and the version that an event is stored with. */
  TypeVersion current(E event) {
    String name = types.nameOf(event);
    return new TypeVersion(name, currentVersions.getOrDefault(name, 1));
  }

  /** The registered classes. */
  List<Class<? extends E>> classes() {
    List<Class<? extends E>> classes = new ArrayList<>();
    currentVersions.keySet().forEach(name -> classes.add(types.classOf(name).orElseThrow()));
    return classes;
  }

  /** The class of events at the current version of a type. */
  Class<? extends E> classOf(TypeVersion current) {
    return types.classOf(current.type()).orElseThrow();
  }

  /** What to do with an event; {@code null} if that is not known. */
  @Nullable Plan<E> plan(String type, int version) {
    return plans.get(new TypeVersion(type, version));
  }

  /** What to do with an older event of a registered type, if no upcaster is needed to read it. */
  @Nullable Plan<E> planWithoutUpcasters(String type, int version) {
    Integer current = currentVersions.get(currentName(type));
    return current == null || version > current
        ? null
        : types.classOf(type).map(it -> new Plan<E>(it, List.of())).orElse(null);
  }

  /** Why an event can't be decoded. */
  String whyUnknown(String type, int version) {
    Integer current = currentVersions.get(currentName(type));
    if (current == null) {
      return plans.keySet().stream().anyMatch(it -> it.type().equals(type))
          ? "no upcaster starts from its schema version %s".formatted(version)
          : "the type is not among " + types.names();
    }
    return version > current
        ? "its schema version is %s, and version %s is the latest that is known here"
            .formatted(version, current)
        : "its schema version is %s, and no upcaster leads from there to version %s"
            .formatted(version, current);
  }

  private Plan<E> planOf(UpcastChains.Chain chain) {
    return new Plan<>(types.classOf(chain.end().type()).orElseThrow(), chain.steps());
  }

  /** An event may be stored under any name of its type. */
  private void plan(TypeVersion at, Plan<E> plan) {
    plans.put(at, plan);
    types
        .classOf(at.type())
        .ifPresent(
            type ->
                types
                    .aliasesOf(type)
                    .forEach(alias -> plans.put(new TypeVersion(alias, at.version()), plan)));
  }

  private String currentName(String name) {
    return currentNames.getOrDefault(name, name);
  }
}
