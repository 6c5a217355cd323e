package dev.daybook.sqlcatalogue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daybook.golden.GoldenFile;
import dev.daybook.internal.rows.PrefixScan;
import dev.daybook.internal.statements.Script;
import java.lang.reflect.Field;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** The statements of one repository in one dialect, each under a name, with their plans. */
public final class SqlCatalogue {

  private static final String UPDATE = "daybook.sql.update";

  /** Reads a table, and neither writes nor locks nor draws anything. */
  private static final Pattern ONLY_READS =
      Pattern.compile(
          "(?!.*(insert into|update \"|delete from|for (update|key share)|nextval))(select|with) .*from .*",
          Pattern.DOTALL);

  private static final int LONGEST_COMMENT = SqlLayout.LONGEST_LINE - "-- ".length();

  private final String title;
  private final String file;
  private final Map<String, NamedSql> statements = new LinkedHashMap<>();
  private final Set<Script> scripts = new HashSet<>();
  private final Map<String, ExpectedPlan> plans = new TreeMap<>();
  private final Map<String, Set<String>> callers = new TreeMap<>();
  private final Set<String> elsewhere = new HashSet<>();
  private final ParameterNames parameterNames = new ParameterNames();

  /**
   * @param title what the file's first line says
   * @param file its name without the folder and the ending
   */
  public SqlCatalogue(String title, String file) {
    this.title = title;
    this.file = file;
  }

  /** Adds one statement. */
  public SqlCatalogue add(String name, Script script) {
    assertThat(statements).as("names of the catalogue").doesNotContainKey(name);
    statements.put(name, new NamedSql(script, parameterNames));
    return this;
  }

  /**
   * Leaves statements out that are rendered in every dialect, and run in others only.
   *
   * @param why this dialect does not run them
   */
  public SqlCatalogue without(String why, String... names) {
    assertThat(statements).as("not run, because " + why).containsKeys(names);
    elsewhere.addAll(List.of(names));
    statements.keySet().removeAll(elsewhere);
    return this;
  }

  /**
   * Adds every statement that an object has in a field, under the field's name; none for a field
   * that is empty in this dialect, or has a script of statements that are in other fields.
   */
  public SqlCatalogue addFieldsOf(Object holder) {
    parameterNames.addFieldsOf(holder);
    return addFieldsOf(holder, "");
  }

  private SqlCatalogue addFieldsOf(Object holder, String prefix) {
    for (Field field : holder.getClass().getDeclaredFields()) {
      String name = prefix.isEmpty() ? field.getName() : prefix + capitalized(field.getName());
      if (field.getType() == Script.class) {
        addUnlessKnown(name, (Script) ParameterNames.value(field, holder));
      } else if (field.getType() == Optional.class) {
        ((Optional<?>) ParameterNames.value(field, holder))
            .ifPresent(statement -> add(name, (Script) statement));
      } else if (field.getType() == PrefixScan.class) {
        addFieldsOf(ParameterNames.value(field, holder), name);
      }
    }
    return this;
  }

  private void addUnlessKnown(String name, Script script) {
    if (!script.isSeveral() && scripts.add(script)) {
      add(name, script);
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

  /**
   * Says who runs statements: a public method, or a command of the command line.
   *
   * @param names of statements, of which this dialect may be {@link #without} some
   */
  public SqlCatalogue runBy(String caller, String... names) {
    for (String name : names) {
      callers.computeIfAbsent(name, unknown -> new LinkedHashSet<>()).add(caller);
    }
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

  /** Fails if nobody is said to run a statement, or to run one that there is not. */
  public void checkThatSomebodyRunsEach() {
    Set<String> run = new TreeSet<>(callers.keySet());
    run.removeAll(elsewhere);
    assertThat(run)
        .as("statements of %s that somebody is said to run", file)
        .containsExactlyInAnyOrderElementsOf(statements.keySet());
  }

  /** Fails if what the file shows of a statement is not what runs. */
  public void checkThatFileShows(String name) {
    NamedSql statement = statement(name);
    String shown = NamedSql.places(SqlLayout.lines(statement.text()));
    assertThat(NamedSql.withoutSpace(shown))
        .as("the text of %s, without the space between words", name)
        .isEqualTo(NamedSql.withoutSpace(statement.sql()));
  }

  private NamedSql statement(String name) {
    return Objects.requireNonNull(statements.get(name), name);
  }

  /** Fails if a statement's plan is not as expected. */
  public void checkPlan(String name, Explainer explainer) {
    ExpectedPlan plan = plans.get(name);
    if (plan == null) {
      throw new AssertionError("no expected plan is called " + name);
    }
    plan.check(name, explainer, statement(name).sql());
  }

  /**
   * Fails if a statement that only reads lacks what keeps others than the primary from answering.
   */
  public void checkThatReadsContain(String condition) {
    assertThat(statements)
        .as("statements of %s without the condition", file)
        .allSatisfy(
            (name, statement) ->
                assertThat(statement.sql())
                    .as(name)
                    .satisfiesAnyOf(
                        text -> assertThat(text).contains(condition),
                        text -> assertThat(text).doesNotMatch(ONLY_READS)));
  }

  /** Fails if the catalogue is not the one that is checked in, or rewrites it. */
  public void checkText(Explainer explainer) {
    StringBuilder text = new StringBuilder("-- ").append(title).append('\n');
    statements.forEach((name, statement) -> append(text, name, statement, explainer));
    new GoldenFile("sql/%s/%s.sql".formatted(explainer.dialect(), file), UPDATE)
        .check(text.toString());
  }

  private void append(StringBuilder text, String name, NamedSql statement, Explainer explainer) {
    text.append("\n-- ").append(name).append('\n');
    comment(text, "run by: " + String.join(", ", callers.getOrDefault(name, Set.of())));
    statement
        .values()
        .forEach(
            (parameter, value) -> comment(text, "always: :%s = %s".formatted(parameter, value)));
    text.append(SqlLayout.lines(statement.text())).append(";\n");
    for (String step : explainer.explain(statement.sql())) {
      ExpectedPlan plan = plans.get(name);
      String reason = plan == null ? null : plan.allowances().get(step.strip());
      comment(text, "  " + step + (reason == null ? "" : "  -- allowed: " + reason));
    }
  }

  /** A comment, which goes on on further lines if it is long. */
  private static void comment(StringBuilder text, String comment) {
    String indent = " ".repeat(comment.length() - comment.stripLeading().length() + 4);
    String left = comment;
    while (left.length() > LONGEST_COMMENT) {
      int end = left.lastIndexOf(' ', LONGEST_COMMENT);
      text.append("-- ").append(left.substring(0, end).stripTrailing()).append('\n');
      left = indent + left.substring(end).strip();
    }
    text.append("-- ").append(left).append('\n');
  }
}
