package dev.daybook.sqlcatalogue;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a statement's plan must be: these searches and no others, no full scan of a table or an
 * index, no sort and no collecting of rows, except where an allowance says why.
 *
 * @param searches the steps that look rows up, each naming its index, in the order of the plan
 * @param allowances other steps, each with its reason
 */
public record ExpectedPlan(List<String> searches, Map<String, String> allowances) {

  /** The plan of a statement that looks nothing up. */
  public static ExpectedPlan nothing() {
    return searching();
  }

  public static ExpectedPlan searching(String... steps) {
    return new ExpectedPlan(List.of(steps), Map.of());
  }

  /** This, with a full scan, a sort or a collection that there is a reason for. */
  public ExpectedPlan allowing(String step, String reason) {
    Map<String, String> more = new LinkedHashMap<>(allowances);
    more.put(step, reason);
    return new ExpectedPlan(searches, more);
  }

  /** Fails if a statement's plan is another one. */
  public void check(String statement, Explainer explainer, String sql) {
    List<String> steps = explainer.explain(sql).stream().map(String::strip).toList();
    assertThat(steps.stream().filter(explainer::isSearch))
        .as("searches of %s: %s", statement, sql)
        .containsExactlyElementsOf(searches);
    assertThat(steps.stream().filter(explainer::isSuspect).distinct())
        .as("full scans, sorts and collections of %s: %s", statement, sql)
        .containsExactlyInAnyOrderElementsOf(allowances.keySet());
  }
}
