package dev.daybook.maintenance;

import dev.daybook.error.DaybookException;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A backup or a restore failed. What was there before is unchanged. */
public final class MaintenanceException extends DaybookException {

  private static final long serialVersionUID = 1L;

  /** Why. */
  public enum Reason {
    /** The target exists, and is not to be overwritten. */
    TARGET_EXISTS,
    /** The target is a database in use. */
    TARGET_IN_USE,
    /** The backup does not exist. */
    NO_BACKUP,
    /** The backup is damaged; {@link MaintenanceException#report} says how. */
    DAMAGED,
    /** A file can't be read or written. */
    FILE
  }

  private final Reason reason;
  private final @Nullable VerifyReport report;

  public MaintenanceException(Reason reason, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.reason = Objects.requireNonNull(reason, "reason");
    this.report = null;
  }

  public MaintenanceException(String message, VerifyReport report) {
    super(message);
    this.reason = Reason.DAMAGED;
    this.report = Objects.requireNonNull(report, "report");
  }

  public Reason reason() {
    return reason;
  }

  /** The report of a check that found damage. */
  public Optional<VerifyReport> report() {
    return Optional.ofNullable(report);
  }
}
