package dev.daybook.snapshot;

import dev.daybook.error.InvalidInputException;
import dev.daybook.internal.input.InputRules;
import dev.daybook.payload.PayloadOptions;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * How snapshots are kept.
 *
 * <p>Immutable; each option returns another one.
 */
public final class SnapshotOptions {

  private static final SnapshotOptions DEFAULTS =
      new SnapshotOptions(1, 3, PayloadOptions.plain(), miss -> {});

  private final int schemaVersion;
  private final int keep;
  private final PayloadOptions payload;
  private final Consumer<SnapshotMiss> missListener;

  private SnapshotOptions(
      int schemaVersion, int keep, PayloadOptions payload, Consumer<SnapshotMiss> missListener) {
    if (schemaVersion < 1) {
      throw new InvalidInputException(
          "the schema version is %s; expected 1 or more".formatted(schemaVersion));
    }
    InputRules.requireNotNegative("the number of snapshots to keep", keep);
    Objects.requireNonNull(payload, "payload");
    Objects.requireNonNull(missListener, "missListener");
    this.schemaVersion = schemaVersion;
    this.keep = keep;
    this.payload = payload;
    this.missListener = missListener;
  }

  public static SnapshotOptions defaults() {
    return DEFAULTS;
  }

  /**
   * These with another version of the state's schema.
   *
   * @throws InvalidInputException if it is less than 1
   */
  public SnapshotOptions withSchemaVersion(int version) {
    return new SnapshotOptions(version, keep, payload, missListener);
  }

  /**
   * These with another number of snapshots that a save leaves of a stream; 0 for all.
   *
   * @throws InvalidInputException if it is negative
   */
  public SnapshotOptions withKeep(int newest) {
    return new SnapshotOptions(schemaVersion, newest, payload, missListener);
  }

  public SnapshotOptions withPayload(PayloadOptions options) {
    return new SnapshotOptions(schemaVersion, keep, options, missListener);
  }

  public SnapshotOptions withMissListener(Consumer<SnapshotMiss> listener) {
    return new SnapshotOptions(schemaVersion, keep, payload, listener);
  }

  /**
   * The version of the state's schema, 1 by default: snapshots of another version are not used.
   * Raise it when the meaning of the state changes and its class does not show that; changed
   * properties are noticed without it.
   */
  public int schemaVersion() {
    return schemaVersion;
  }

  /**
   * How many snapshots of a stream a save leaves, the newest; 3 by default, 0 for all. Where
   * several transactions write at a time, and some save the same stream's, a few more may stay
   * until the next save.
   */
  public int keep() {
    return keep;
  }

  /** Compression and encryption; plain by default. */
  public PayloadOptions payload() {
    return payload;
  }

  /**
   * Is called for each snapshot that can't be used, on the thread that found that; what it throws
   * is logged. By default such snapshots are only logged.
   */
  public Consumer<SnapshotMiss> missListener() {
    return missListener;
  }
}
