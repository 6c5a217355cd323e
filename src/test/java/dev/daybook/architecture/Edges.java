package dev.daybook.architecture;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Which package may depend on which, down to single packages. A package that is not mentioned may
 * not exist: whoever adds one says here what it may depend on.
 */
final class Edges extends ArchCondition<JavaClass> {

  private static final String BASE = "dev.daybook";

  /** What every package may use. */
  private static final List<String> COMMON =
      List.of(
          BASE + ".error",
          BASE + ".internal.input",
          BASE + ".meta",
          BASE + ".settings",
          BASE + ".transaction");

  /** What a repository's implementation runs on. */
  private static final List<String> STORE =
      List.of(
          BASE + ".internal.callback",
          BASE + ".internal.database",
          BASE + ".internal.deadlines",
          BASE + ".internal.dialect",
          BASE + ".internal.groupcommit",
          BASE + ".internal.observation",
          BASE + ".internal.statements",
          BASE + ".internal.transactions",
          BASE + ".internal.jooq",
          BASE + ".observation");

  private final Map<String, Set<String>> allowed = new LinkedHashMap<>();

  Edges() {
    super("depend only on packages that they may know");
  }

  /** A package, by its name below the base package's, and those it may depend on. */
  Edges allow(String from, String... to) {
    allowed.put(
        name(from),
        Stream.concat(
                Stream.concat(Stream.of(from), Stream.of(to)).map(Edges::name), COMMON.stream())
            .collect(Collectors.toSet()));
    return this;
  }

  /** The same, for the implementation of a repository. */
  Edges allowStore(String from, String... to) {
    allow(from, to);
    allowed.computeIfPresent(
        name(from),
        (pack, more) -> Stream.concat(more.stream(), STORE.stream()).collect(Collectors.toSet()));
    return this;
  }

  @Override
  public void check(JavaClass type, ConditionEvents events) {
    String from = ours(type);
    Set<String> to = allowed.get(from);
    if (to == null) {
      events.add(SimpleConditionEvent.violated(type, "package " + from + " has no allowed edges"));
      return;
    }
    for (Dependency dependency : type.getDirectDependenciesFromSelf()) {
      JavaClass target = dependency.getTargetClass().getBaseComponentType();
      if (target.getPackageName().startsWith(BASE) && !to.contains(ours(target))) {
        events.add(SimpleConditionEvent.violated(dependency, dependency.getDescription()));
      }
    }
  }

  private static String name(String belowBase) {
    return belowBase.isEmpty() ? BASE : BASE + "." + belowBase;
  }

  /** The generated tables have packages of their own, which are one here. */
  private static String ours(JavaClass type) {
    String name = type.getPackageName();
    String generated = BASE + ".internal.jooq";
    return name.startsWith(generated) ? generated : name;
  }
}
