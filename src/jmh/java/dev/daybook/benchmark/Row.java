package dev.daybook.benchmark;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.IntStream;

/**
 * The result of a scenario.
 *
 * @param ours what our side did in a second, in each of its rounds
 * @param reference the same of the reference; the rounds of one index are a pair
 * @param target the ratio that is aimed at
 * @param ourBytes what our side allocated for each unit, the median; empty if not measured
 * @param referenceBytes the same of the reference
 */
record Row(
    String name,
    String scenario,
    StoreKind store,
    String durability,
    int size,
    List<Double> ours,
    List<Double> reference,
    OptionalDouble target,
    OptionalDouble ourBytes,
    OptionalDouble referenceBytes) {

  @JsonProperty
  OptionalDouble oursPerSecond() {
    return median(ours);
  }

  @JsonProperty
  OptionalDouble referencePerSecond() {
    return median(reference);
  }

  /** The median of the ratios of all pairs. */
  @JsonProperty
  OptionalDouble ratio() {
    return median(
        IntStream.range(0, Math.min(ours.size(), reference.size()))
            .mapToObj(pair -> ours.get(pair) / reference.get(pair))
            .toList());
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
