package dev.daybook.sqlcatalogue;

import dev.daybook.sqlcatalogue.SqlPart.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.BiPredicate;

/**
 * A statement's text for people: each clause on a line of its own, no line longer than {@link
 * #LONGEST_LINE}, and nothing changed but the space between words.
 */
final class SqlLayout {

  static final int LONGEST_LINE = 119;

  /** Room for what closes a statement, or a part of it. */
  private static final int CLOSING = 10;

  /** A query in parentheses that is no longer stays on a line. */
  private static final int SHORT_QUERY = 92;

  private static final int STEP = 2;

  private static final Set<String> CLAUSES =
      Set.of("where", "limit", "offset", "returning", "values", "set", "union", "fetch");
  private static final Set<String> OPERATORS = Set.of("+", "-", "||", "|");

  private final StringBuilder text = new StringBuilder();
  private int column;
  private int lines;

  private SqlLayout() {}

  static String lines(String sql) {
    SqlLayout layout = new SqlLayout();
    for (String statement : sql.strip().split(";\\R", -1)) {
      if (layout.column > 0) {
        layout.put(";");
        layout.newLine(0);
      }
      layout.query(SqlPart.parse(statement), 0);
    }
    return layout.text.toString();
  }

  private void query(List<SqlPart> parts, int indent) {
    List<SqlPart> clause = new ArrayList<>();
    for (int i = 0; i < parts.size(); i++) {
      if (i > 0 && startsClause(parts, i)) {
        clause(clause, indent);
        newLine(indent);
        clause.clear();
      }
      clause.add(parts.get(i));
    }
    clause(clause, indent);
  }

  private static boolean startsClause(List<SqlPart> parts, int i) {
    String before = parts.get(i - 1).word();
    String next = i + 1 < parts.size() ? parts.get(i + 1).word() : "";
    String word = parts.get(i).word();
    return CLAUSES.contains(word)
        || switch (word) {
          case "select", "insert" -> true;
          case "delete" -> next.equals("from");
          case "update" -> !Set.of("for", "do", "key").contains(before);
          case "from" -> !Set.of("delete", "distinct").contains(before);
          case "join" -> !Set.of("left", "outer", "cross", "inner").contains(before);
          case "left" -> Set.of("outer", "join").contains(next);
          case "cross", "inner" -> next.equals("join");
          case "order", "group" -> next.equals("by");
          case "on" -> next.equals("conflict");
          case "for" -> true;
          default -> false;
        };
  }

  private void clause(List<SqlPart> parts, int indent) {
    String head = parts.get(0).word();
    SqlPart second = parts.get(Math.min(1, parts.size() - 1));
    if (head.equals("with")) {
      commonTables(parts, indent);
    } else if (head.equals("where") && parts.size() == 2 && second.kind() == Kind.PARENTHESES) {
      put("where (");
      separated(second.parts(), SqlLayout::isLogic, false, indent + STEP);
      put(")");
    } else if (head.equals("select") || head.equals("set") || head.equals("values")) {
      put(head);
      fit(parts.subList(1, parts.size()), indent + STEP, true);
    } else {
      fit(parts, indent + STEP, false);
    }
  }

  private void commonTables(List<SqlPart> parts, int indent) {
    for (SqlPart part : parts) {
      if (part.kind() == Kind.PARENTHESES && isQuery(part.parts())) {
        put(" (");
        newLine(indent + STEP);
        query(part.parts(), indent + STEP);
        put(")");
      } else if (part.is(",")) {
        put(",");
        newLine(indent);
      } else {
        put((part.spaced() && column > indent ? " " : "") + part.flat());
      }
    }
  }

  /**
   * @param spaced whether a space belongs before it
   */
  private void fit(List<SqlPart> parts, int indent, boolean spaced) {
    if (parts.isEmpty()) {
      return;
    }
    String flat = (spaced ? " " : "") + SqlPart.flat(parts);
    if (fits(flat) && !hasLongQuery(parts)) {
      put(flat);
    } else if (has(parts, (all, i) -> all.get(i).is("on"))) {
      separated(parts, (all, i) -> all.get(i).is("on"), spaced, indent);
    } else if (has(parts, (all, i) -> all.get(i).is(","))) {
      separated(parts, (all, i) -> i > 0 && all.get(i - 1).is(","), spaced, indent);
    } else if (has(parts, SqlLayout::isLogic)) {
      separated(parts, SqlLayout::isLogic, spaced, indent);
    } else if (has(parts, SqlLayout::isOperator)) {
      separated(parts, SqlLayout::isOperator, spaced, indent);
    } else {
      oneByOne(parts, indent, spaced);
    }
  }

  private static boolean has(List<SqlPart> parts, BiPredicate<List<SqlPart>, Integer> separator) {
    for (int i = 1; i < parts.size() - 1; i++) {
      if (separator.test(parts, i)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isLogic(List<SqlPart> parts, int i) {
    return parts.get(i).is("or")
        || (parts.get(i).is("and") && !(i >= 2 && parts.get(i - 2).is("between")));
  }

  private static boolean isOperator(List<SqlPart> parts, int i) {
    return OPERATORS.contains(parts.get(i).word());
  }

  /** Each on a line, if what separates them is logic; otherwise as many on a line as fit. */
  private void separated(
      List<SqlPart> parts, BiPredicate<List<SqlPart>, Integer> begins, boolean spaced, int indent) {
    int from = 0;
    int line = lines;
    for (int i = 1; i <= parts.size(); i++) {
      if (i == parts.size() || begins.test(parts, i)) {
        List<SqlPart> chunk = parts.subList(from, i);
        boolean space = from > 0 || spaced;
        boolean stays =
            lines == line && !(from > 0 && isLogic(parts, from)) && fits(" " + SqlPart.flat(chunk));
        if (space && (!stays || hasLongQuery(chunk)) && (from > 0 || !stays)) {
          newLine(indent);
          space = false;
        }
        line = lines;
        fit(chunk, indent + (space && from == 0 ? 0 : STEP), space);
        from = i;
      }
    }
  }

  private void oneByOne(List<SqlPart> parts, int indent, boolean spaced) {
    for (int i = 0; i < parts.size(); i++) {
      SqlPart part = parts.get(i);
      String space = (i == 0 ? spaced : part.spaced()) ? " " : "";
      String flat = space + part.flat();
      if (fits(flat + joinedTo(parts, i)) && !hasLongQuery(List.of(part))) {
        put(flat);
      } else if (part.kind() == Kind.PARENTHESES) {
        put(space + "(");
        parentheses(part.parts(), indent);
        put(")");
      } else if (part.kind() == Kind.CASE) {
        put(space);
        branches(part.parts(), indent);
      } else {
        if (!space.isEmpty()) {
          newLine(indent);
        }
        put(part.flat());
      }
    }
  }

  /** What follows a part without a space. */
  private static String joinedTo(List<SqlPart> parts, int i) {
    int end = i + 1;
    while (end < parts.size() && !parts.get(end).spaced()) {
      end++;
    }
    return SqlPart.flat(parts.subList(i + 1, end));
  }

  private void parentheses(List<SqlPart> parts, int indent) {
    if (isQuery(parts)) {
      newLine(indent);
      query(parts, indent);
    } else {
      fit(parts, indent, false);
    }
  }

  private void branches(List<SqlPart> parts, int indent) {
    List<SqlPart> branch = new ArrayList<>();
    for (SqlPart part : parts) {
      if (part.is("when") || part.is("else")) {
        oneByOne(branch, indent + STEP, false);
        newLine(indent);
        branch.clear();
      }
      branch.add(part);
    }
    oneByOne(branch, indent + STEP, false);
  }

  private static boolean isQuery(List<SqlPart> parts) {
    SqlPart first = parts.isEmpty() ? null : parts.get(0);
    return first != null
        && (Set.of("select", "with", "insert", "update", "delete").contains(first.word())
            || (first.kind() == Kind.PARENTHESES && isQuery(first.parts())));
  }

  private static boolean hasLongQuery(List<SqlPart> parts) {
    return parts.stream()
        .anyMatch(
            part ->
                hasLongQuery(part.parts())
                    || (part.kind() == Kind.PARENTHESES
                        && isQuery(part.parts())
                        && part.flat().length() > SHORT_QUERY));
  }

  private boolean fits(String more) {
    return column + more.length() <= LONGEST_LINE - CLOSING;
  }

  private void put(String more) {
    text.append(more);
    column += more.length();
  }

  private void newLine(int indent) {
    text.append('\n').append(" ".repeat(indent));
    column = indent;
    lines++;
  }
}
