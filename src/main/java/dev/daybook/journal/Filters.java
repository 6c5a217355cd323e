package dev.daybook.journal;

import dev.daybook.internal.input.InputRules;
import dev.daybook.settings.Limits;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Set;

/** The names in a query's filter: checked, without doubles, in the order given. */
final class Filters {

  private Filters() {}

  static Set<String> set(String... names) {
    return new LinkedHashSet<>(Arrays.asList(names));
  }

  static Set<String> names(String what, Set<String> names) {
    Set<String> copy = new LinkedHashSet<>(names);
    InputRules.requireAtMost("names in one filter", copy, Limits.MAX_TAGS);
    copy.forEach(name -> InputRules.requireName(what, name));
    return Collections.unmodifiableSet(copy);
  }
}
