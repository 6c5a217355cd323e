package dev.daybook.benchmark;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.IntStream;

/**
 * The result of a scenario.
 *
 * @param sides what each side did that took part
 * @param target the ratio to the reference that is aimed at
 * @param freeTarget the ratio to the free reference that is aimed at
 */
record Row(
    String name,
    String scenario,
    StoreKind store,
    String durability,
    int size,
    Map<Turn, Figures> sides,
    OptionalDouble target,
    OptionalDouble freeTarget) {

  /**
   * What one side did.
   *
   * @param perSecond in each of its rounds; the rounds of one index are compared with each other
   * @param bytes what it allocated for each unit, the median; empty if not measured
   */
  record Figures(List<Double> perSecond, OptionalDouble bytes) {

    private static final Figures NONE = new Figures(List.of(), OptionalDouble.empty());

    static Figures of(List<Double> perSecond) {
      return new Figures(perSecond, OptionalDouble.empty());
    }
  }

  Figures side(Turn turn) {
    return sides.getOrDefault(turn, Figures.NONE);
  }

  OptionalDouble perSecond(Turn turn) {
    return median(side(turn).perSecond());
  }

  /** Our speed by another's, in all rounds that are compared, the smallest first. */
  List<Double> ratios(Turn other) {
    List<Double> ours = side(Turn.OURS).perSecond();
    List<Double> theirs = side(other).perSecond();
    return IntStream.range(0, Math.min(ours.size(), theirs.size()))
        .mapToObj(round -> ours.get(round) / theirs.get(round))
        .sorted()
        .toList();
  }

  @JsonProperty
  OptionalDouble ratio() {
    return median(ratios(Turn.REFERENCE));
  }

  @JsonProperty
  OptionalDouble ratioToFree() {
    return median(ratios(Turn.FREE));
  }

  static OptionalDouble median(List<Double> values) {
    double[] sorted = values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1
        ? OptionalDouble.of(sorted[middle])
        : Arrays.stream(sorted, Math.max(0, middle - 1), Math.min(sorted.length, middle + 1))
            .average();
  }
}
