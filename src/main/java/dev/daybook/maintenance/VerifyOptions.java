package dev.daybook.maintenance;

import dev.daybook.journal.Journal;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * How a database is checked.
 *
 * @param journal decodes each event; none by default
 * @param findings hears each finding as it is made, on the thread that checks; nobody by default
 * @param progress hears how far it has come; nobody by default
 */
public record VerifyOptions(
    Optional<Journal<?>> journal, Consumer<Finding> findings, Progress progress) {

  private static final VerifyOptions DEFAULTS =
      new VerifyOptions(Optional.empty(), finding -> {}, (step, done, total) -> {});

  public VerifyOptions {
    Objects.requireNonNull(journal, "journal");
    Objects.requireNonNull(findings, "findings");
    Objects.requireNonNull(progress, "progress");
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
}
