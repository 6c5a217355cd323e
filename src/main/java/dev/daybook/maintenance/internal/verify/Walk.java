package dev.daybook.maintenance.internal.verify;

import com.google.errorprone.annotations.MustBeClosed;
import dev.daybook.error.DamagedRowException;
import dev.daybook.internal.statements.Execution;
import dev.daybook.internal.statements.RowQuery;
import dev.daybook.internal.statements.RowReader;
import dev.daybook.internal.statements.Script;
import dev.daybook.internal.statements.Session;
import dev.daybook.maintenance.Finding.Kind;
import dev.daybook.maintenance.Progress;
import dev.daybook.maintenance.Progress.Step;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;

/** What the checks of rows share: one state of the database, and where findings and progress go. */
record Walk(Session session, Findings findings, Progress progress) {

  private static final long ROWS_BETWEEN_REPORTS = 1_000;

  /** A number that a query returns, 0 for none. */
  long number(Script query) {
    try (Execution prepared = session.prepareOnce(query)) {
      return prepared.first(row -> row.numberOrZero(1)).orElse(0L);
    }
  }

  /** Passes rows on one by one, and reports the progress. */
  <T> void forEach(Step step, Script count, Script query, RowReader<T> reader, Consumer<T> each) {
    try (Rows<T> rows = rows(step, query, reader)) {
      Steps steps = steps(step, count);
      for (T row = rows.poll(); row != null; row = rows.poll()) {
        each.accept(row);
        steps.one();
      }
      steps.end();
    }
  }

  /** Rows to be taken one by one. One that can't be read is found, and left out. */
  @MustBeClosed
  <T> Rows<T> rows(Step step, Script query, RowReader<T> reader) {
    RowReader<Optional<T>> readable =
        row -> {
          try {
            return Optional.of(reader.read(row));
          } catch (DamagedRowException e) {
            findings.add(
                Kind.ROW_UNREADABLE,
                "a row can't be read while %s are checked: %s"
                    .formatted(words(step), e.getMessage()));
            return Optional.empty();
          }
        };
    return new Rows<>(session, RowQuery.of(query, true, none -> {}, readable));
  }

  private static String words(Step step) {
    return step.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  Steps steps(Step step, Script count) {
    return new Steps(step, number(count));
  }

  /** Counts what is done. */
  final class Steps {

    private final Step step;
    private final long total;
    private long done;

    private Steps(Step step, long total) {
      this.step = step;
      this.total = total;
    }

    void one() {
      done++;
      if (done % ROWS_BETWEEN_REPORTS == 0) {
        progress.report(step, done, total);
      }
    }

    void end() {
      progress.report(step, done, total);
    }
  }
}
