package dev.daybook.maintenance;

import dev.daybook.journal.Journal;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * How a database is checked.
 *
 * <p>Immutable; each option returns another one.
 */
public final class VerifyOptions {

  private static final VerifyOptions DEFAULTS =
      new VerifyOptions(Optional.empty(), finding -> {}, (step, done, total) -> {});

  private final Optional<Journal<?>> journal;
  private final Consumer<Finding> findings;
  private final Progress progress;

  private VerifyOptions(
      Optional<Journal<?>> journal, Consumer<Finding> findings, Progress progress) {
    Objects.requireNonNull(journal, "journal");
    Objects.requireNonNull(findings, "findings");
    Objects.requireNonNull(progress, "progress");
    this.journal = journal;
    this.findings = findings;
    this.progress = progress;
  }

  public static VerifyOptions defaults() {
    return DEFAULTS;
  }

  /** Decodes each event by a journal: with its classes, and with its keys if it has some. */
  public VerifyOptions decoding(Journal<?> by) {
    return new VerifyOptions(Optional.of(by), findings, progress);
  }

  public VerifyOptions withFindings(Consumer<Finding> listener) {
    return new VerifyOptions(journal, listener, progress);
  }

  public VerifyOptions withProgress(Progress listener) {
    return new VerifyOptions(journal, findings, listener);
  }

  /** Decodes each event; none by default. */
  public Optional<Journal<?>> journal() {
    return journal;
  }

  /** Receives each finding when it is found, on the thread that checks; by default nothing does. */
  public Consumer<Finding> findings() {
    return findings;
  }

  /** Receives the progress; by default nothing does. */
  public Progress progress() {
    return progress;
  }
}
