package dev.daybook.benchmark;

import dev.daybook.settings.Synchronous;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * What to run, from the system properties that begin with {@code bench.}; those left empty have
 * their default.
 *
 * @param mode {@code quick}: each ratio once, in at most five minutes; {@code full}: five processes
 *     each, and ten times the data too
 * @param stores the kinds of database
 * @param scenarios which scenarios, by their names or parts of them
 * @param sizes how many times the data
 * @param who all sides, or one of them for a profile
 * @param profilers further profilers of JMH, beside that of allocation
 * @param jmh benchmarks without a reference to run instead, by their names or parts of them
 * @param old the class path of an older version of Daybook, to compare this one with instead
 * @param meters whether this version has meters attached and the older one has none: what they cost
 * @param idle how many subscriptions that have nothing to do are to be looked at instead; none by
 *     default
 * @param pairs how many pairs of rounds of these two are compared
 * @param durabilities at which these two are compared and latency is measured, if not by default
 * @param rates how many appends a second are due, if it is to be looked at instead how long each
 *     takes at a constant rate
 * @param open how many open stores are to be looked at instead; none by default
 * @param directory where the databases are kept meanwhile
 * @param json where to write the results
 */
record Settings(
    Mode mode,
    List<StoreKind> stores,
    Pattern scenarios,
    List<Integer> sizes,
    Comparison.Who who,
    List<String> profilers,
    String jmh,
    String old,
    boolean meters,
    List<Integer> idle,
    int pairs,
    List<Synchronous> durabilities,
    List<Integer> rates,
    List<Integer> open,
    Path directory,
    Path json) {

  /** What every measured process is started with. */
  static final List<String> JVM_ARGS =
      List.of("-Xms1g", "-Xmx1g", "-Dorg.jooq.no-logo=true", "-Dorg.jooq.no-tips=true");

  /**
   * How long to run.
   *
   * @param forks processes for each scenario
   * @param pairs pairs of rounds in each process
   * @param warmups pairs of rounds before them: until then the compiler is at work on two cores
   * @param roundMillis how long a round is
   * @param openings processes of each side that open a database
   * @param paces processes of each side in which appends are due at a constant rate
   * @param paceSeconds how long that is measured
   */
  enum Mode {
    QUICK(1, 5, 20, 300, 5, 3, 10),
    FULL(5, 5, 8, 1_000, 15, 5, 30);

    final int forks;
    final int pairs;
    final int warmups;
    final int roundMillis;
    final int openings;
    final int paces;
    final int paceSeconds;

    Mode(
        int forks,
        int pairs,
        int warmups,
        int roundMillis,
        int openings,
        int paces,
        int paceSeconds) {
      this.forks = forks;
      this.pairs = pairs;
      this.warmups = warmups;
      this.roundMillis = roundMillis;
      this.openings = openings;
      this.paces = paces;
      this.paceSeconds = paceSeconds;
    }
  }

  static Settings read() {
    Mode mode = Mode.valueOf(upper("mode", "quick"));
    return new Settings(
        mode,
        words("store", "sqlite").stream()
            .map(word -> StoreKind.valueOf(word.toUpperCase(Locale.ROOT)))
            .toList(),
        Pattern.compile(value("scenario", ""), Pattern.CASE_INSENSITIVE),
        words("size", mode == Mode.FULL ? "1,10" : "1").stream().map(Integer::valueOf).toList(),
        Comparison.Who.valueOf(upper("who", "all")),
        words("profilers", ""),
        value("jmh", ""),
        value("old", ""),
        Boolean.parseBoolean(value("meters", "false")),
        words("idle", "").stream().map(Integer::valueOf).toList(),
        Integer.parseInt(value("pairs", "20")),
        words("durability", "").stream().map(Synchronous::valueOf).toList(),
        words("rate", "").stream().map(Integer::valueOf).toList(),
        words("open", "").stream().map(Integer::valueOf).toList(),
        Path.of(value("directory", "target/benchmarks")),
        Path.of(value("json", "target/benchmarks.json")));
  }

  /** The class path of this version, and of the older one if there is one. */
  Map<String, String> classPaths() {
    Map<String, String> versions = new LinkedHashMap<>();
    versions.put("new", System.getProperty("java.class.path"));
    if (!old.isEmpty()) {
      versions.put("old", VersionComparison.withInstead(old));
    }
    return versions;
  }

  boolean runs(String name) {
    return scenarios.matcher(name).find();
  }

  /** Whether a scenario was asked for, and is not left out for its length. */
  boolean runs(Scenario scenario, StoreKind kind) {
    boolean named = !scenarios.pattern().isEmpty();
    return runs(scenario.name())
        && (scenario.isOn(kind) || named)
        && (!scenario.isOnDemand() || named);
  }

  private static List<String> words(String name, String byDefault) {
    List<String> words = new ArrayList<>(Arrays.asList(value(name, byDefault).split(",")));
    words.removeIf(String::isBlank);
    return words;
  }

  private static String upper(String name, String byDefault) {
    return value(name, byDefault).toUpperCase(Locale.ROOT);
  }

  private static String value(String name, String byDefault) {
    String given = System.getProperty("bench." + name, "");
    return given.isBlank() ? byDefault : given.strip();
  }
}
