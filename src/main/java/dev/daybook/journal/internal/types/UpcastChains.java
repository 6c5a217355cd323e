package dev.daybook.journal.internal.types;

import dev.daybook.error.InvalidInputException;
import dev.daybook.journal.Upcast;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Follows upcasters from where each starts to the current version of a type. */
final class UpcastChains {

  /** The steps to take, and where they end. */
  record Chain(List<Upcast> steps, TypeVersion end) {}

  private final Map<String, Integer> currentVersions;
  private final UnaryOperator<String> currentName;
  private final Map<TypeVersion, Upcast> steps = new LinkedHashMap<>();

  /**
   * @param currentVersions the version of each registered type, by its name
   * @param currentName the name of a type that has aliases
   * @throws InvalidInputException if two upcasters start from the same version of a type
   */
  UpcastChains(
      Map<String, Integer> currentVersions,
      UnaryOperator<String> currentName,
      List<Upcast> upcasts) {
    this.currentVersions = currentVersions;
    this.currentName = currentName;
    for (Upcast step : upcasts) {
      Upcast other = steps.putIfAbsent(from(step), step);
      if (other != null) {
        throw new InvalidInputException(
            "two upcasters start from %s: one leads to %s, the other to %s"
                .formatted(from(step), to(other), to(step)));
      }
    }
  }

  /**
   * The chain of each version that an upcaster starts from.
   *
   * @throws InvalidInputException if one forms a cycle, does not end at the current version of a
   *     type, or starts from there
   */
  Map<TypeVersion, Chain> resolve() {
    Map<TypeVersion, Chain> chains = new LinkedHashMap<>();
    steps.keySet().forEach(start -> chains.put(start, follow(start)));
    steps.keySet().forEach(this::requireOld);
    return chains;
  }

  private Chain follow(TypeVersion start) {
    List<Upcast> taken = new ArrayList<>();
    Set<TypeVersion> passed = new LinkedHashSet<>();
    TypeVersion at = start;
    for (Upcast step = steps.get(at); step != null; step = steps.get(at)) {
      if (!passed.add(at)) {
        throw new InvalidInputException("the upcasters form a cycle: " + shown(passed, at));
      }
      taken.add(step);
      at = to(step);
    }
    Integer current = currentVersions.get(at.type());
    if (current == null || current != at.version()) {
      throw new InvalidInputException(
          "the upcasters %s have a gap after their end: %s"
              .formatted(
                  shown(passed, at),
                  current == null
                      ? "\"%s\" is not among the event types %s"
                          .formatted(at.type(), currentVersions.keySet())
                      : "\"%s\" is at version %s%s"
                          .formatted(at.type(), current, at.version() > current ? raise(at) : "")));
    }
    return new Chain(List.copyOf(taken), at);
  }

  /** An upcaster was added, and the class still says the version that it starts from. */
  private static String raise(TypeVersion to) {
    return "; raise that by @TypeName(value = \"%s\", version = %s) on its class, or by withVersion"
        .formatted(to.type(), to.version());
  }

  private void requireOld(TypeVersion start) {
    Integer current = currentVersions.get(start.type());
    if (current != null && start.version() >= current) {
      throw new InvalidInputException(
          "an upcaster starts from %s, but \"%s\" is at version %s; expected an older version"
              .formatted(start, start.type(), current));
    }
  }

  private TypeVersion from(Upcast step) {
    return new TypeVersion(currentName.apply(step.fromType()), step.fromVersion());
  }

  private TypeVersion to(Upcast step) {
    return new TypeVersion(currentName.apply(step.toType()), step.toVersion());
  }

  private static String shown(Set<TypeVersion> passed, TypeVersion end) {
    return Stream.concat(passed.stream(), Stream.of(end))
        .map(TypeVersion::toString)
        .collect(Collectors.joining(" -> "));
  }
}
