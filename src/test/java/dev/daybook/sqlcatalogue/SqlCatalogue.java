package dev.daybook.sqlcatalogue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daybook.golden.GoldenFile;
import dev.daybook.internal.rows.PrefixScan;
import dev.daybook.internal.statements.Script;
import java.lang.reflect.Field;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** The statements of one repository in one dialect, each under a name, with their plans. */
public final class SqlCatalogue {

  private static final String UPDATE = "daybook.sql.update";

  /** Reads a table, and neither writes nor locks nor draws anything. */
  private static final Pattern ONLY_READS =
      Pattern.compile(
          "(?!.*(insert into|update \"|delete from|for (update|key share)|nextval))(select|with) .*from .*",
          Pattern.DOTALL);

  private final String title;
  private final String file;
  private final Map<String, String> statements = new LinkedHashMap<>();
  private final Set<Script> scripts = new HashSet<>();
  private final Map<String, ExpectedPlan> plans = new TreeMap<>();

  /**
   * @param title what the file's first line says
   * @param file its name without the folder and the ending
   */
  public SqlCatalogue(String title, String file) {
    this.title = title;
    this.file = file;
  }

  /** Adds one statement. */
  public SqlCatalogue add(String name, String sql) {
    assertThat(statements).as("names of the catalogue").doesNotContainKey(name);
    statements.put(name, sql);
    return this;
  }

  /**
   * Adds every statement that an object has in a field, under the field's name; none for a field
   * that is empty in this dialect, or has a script of statements that are in other fields.
   */
  public SqlCatalogue addFieldsOf(Object holder) {
    return addFieldsOf(holder, "");
  }

  private SqlCatalogue addFieldsOf(Object holder, String prefix) {
    for (Field field : holder.getClass().getDeclaredFields()) {
      String name = prefix.isEmpty() ? field.getName() : prefix + capitalized(field.getName());
      if (field.getType() == Script.class) {
        addUnlessKnown(name, (Script) value(field, holder));
      } else if (field.getType() == Optional.class) {
        ((Optional<?>) value(field, holder))
            .ifPresent(statement -> add(name, ((Script) statement).sql()));
      } else if (field.getType() == PrefixScan.class) {
        addFieldsOf(value(field, holder), name);
      }
    }
    return this;
  }

  private void addUnlessKnown(String name, Script script) {
    if (!script.isSeveral() && scripts.add(script)) {
      add(name, script.sql());
    }
  }

  private static Object value(Field field, Object holder) {
    try {
      field.setAccessible(true);
      return field.get(holder);
    } catch (IllegalAccessException e) {
      throw new AssertionError(e);
    }
  }

  private static String capitalized(String name) {
    return Character.toUpperCase(name.charAt(0)) + name.substring(1);
  }

  /** Says what the plan of a statement must be. */
  public SqlCatalogue expect(String name, ExpectedPlan plan) {
    plans.put(name, plan);
    return this;
  }

  /** The names of all statements. */
  public List<String> names() {
    return List.copyOf(statements.keySet());
  }

  /** Fails if a statement has no expected plan, or an expected plan no statement. */
  public void checkThatNoneIsForgotten() {
    assertThat(plans.keySet())
        .as("statements of %s with an expected plan", file)
        .containsExactlyInAnyOrderElementsOf(statements.keySet());
  }

  /** Fails if a statement's plan is not as expected. */
  public void checkPlan(String name, Explainer explainer) {
    ExpectedPlan plan = plans.get(name);
    String sql = statements.get(name);
    if (plan == null || sql == null) {
      throw new AssertionError("no statement or no expected plan is called " + name);
    }
    plan.check(name, explainer, sql);
  }

  /**
   * Fails if a statement that only reads lacks what keeps others than the primary from answering.
   */
  public void checkThatReadsContain(String condition) {
    assertThat(statements)
        .as("statements of %s without the condition", file)
        .allSatisfy(
            (name, sql) ->
                assertThat(sql)
                    .as(name)
                    .satisfiesAnyOf(
                        text -> assertThat(text).contains(condition),
                        text -> assertThat(text).doesNotMatch(ONLY_READS)));
  }

  /** Fails if the catalogue is not the one that is checked in, or rewrites it. */
  public void checkText(Explainer explainer) {
    StringBuilder text = new StringBuilder("-- ").append(title).append('\n');
    statements.forEach((name, sql) -> append(text, name, sql, explainer));
    new GoldenFile("sql/%s/%s.sql".formatted(explainer.dialect(), file), UPDATE)
        .check(text.toString());
  }

  private void append(StringBuilder text, String name, String sql, Explainer explainer) {
    String lines = SqlText.lines(sql);
    assertThat(lines).as("the text of %s", name).isEqualToIgnoringWhitespace(sql);
    text.append("\n-- ").append(name).append('\n').append(lines).append(";\n");
    for (String step : explainer.explain(sql)) {
      text.append("--   ").append(step);
      ExpectedPlan plan = plans.get(name);
      String reason = plan == null ? null : plan.allowances().get(step.strip());
      if (reason != null) {
        text.append("  -- allowed: ").append(reason);
      }
      text.append('\n');
    }
  }
}
