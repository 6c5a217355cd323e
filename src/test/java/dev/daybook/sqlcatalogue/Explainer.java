package dev.daybook.sqlcatalogue;

import java.util.List;

/** Asks a database how it is going to run a statement. One for each dialect. */
public interface Explainer {

  /** The folder of the dialect's catalogue. */
  String dialect();

  /** The plan, a step a line, indented by two blanks where one step is part of another. */
  List<String> explain(String sql);

  /** Whether a step looks up rows of a table, so that an expected plan must name it. */
  boolean isSearch(String step);

  /** Whether a step reads a table or an index from end to end, or sorts or collects rows. */
  boolean isSuspect(String step);
}
