package dev.daybook.sqlcatalogue;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The statements that were run, and in which calls. For calls that come one after the other. */
final class HeardStatements implements Consumer<String> {

  /** What is called. */
  @FunctionalInterface
  interface Call {
    void run() throws Exception;
  }

  private static final Pattern SAVEPOINT = Pattern.compile("\\bdaybook_\\d+\\b");

  private final Map<String, Set<String>> callers = new ConcurrentHashMap<>();
  private volatile String caller = "";

  @Override
  public void accept(String sql) {
    callers.computeIfAbsent(comparable(sql), first -> new ConcurrentSkipListSet<>()).add(caller);
  }

  /** Savepoints have the numbers of their levels, of which the catalogue has one. */
  private static String comparable(String sql) {
    return CatalogueFile.comparable(SAVEPOINT.matcher(sql).replaceAll("daybook_1"));
  }

  /** Makes a call, and notes what it runs. */
  void during(String name, Call call) {
    caller = name;
    try {
      call.run();
    } catch (Exception e) {
      throw new AssertionError(name, e);
    } finally {
      caller = "";
    }
  }

  boolean has(String comparableSql) {
    return callers.containsKey(comparableSql);
  }

  Set<String> allCallers() {
    return callers.values().stream().flatMap(Set::stream).collect(Collectors.toSet());
  }

  /** The callers of each statement, by its {@link CatalogueFile#comparable} text. */
  Map<String, Set<String>> all() {
    return new TreeMap<>(callers);
  }
}
