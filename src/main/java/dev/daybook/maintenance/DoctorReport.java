package dev.daybook.maintenance;

import dev.daybook.meta.Internal;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Up to which position readers of the journal get events, which transactions hold them back, and
 * how long the write-ahead log is.
 *
 * <p>Made by Daybook only; later versions may add methods.
 */
public sealed interface DoctorReport {

  /** The database's kind and version. */
  String database();

  /**
   * The position of the last event that is committed, whether readers get it yet or not; 0 if there
   * is none.
   */
  long lastEvent();

  /**
   * Up to which position readers across streams get events, whole transactions only; it is not held
   * back where one transaction writes at a time.
   */
  long watermark();

  /**
   * The highest position that was ever given to an event, also to one that is not committed yet,
   * was rolled back or deleted.
   */
  long highestGiven();

  /** How many events are committed after the watermark. */
  long heldBack();

  /** The transactions that hold readers back, the lowest position first; empty if none does. */
  List<Holder> holders();

  /** The write-ahead log; empty where the database is not a file. */
  Optional<WriteAheadLog> log();

  /**
   * The values.
   *
   * @hidden
   */
  @Internal("maintenance.internal makes it")
  record DoctorReportValues(
      String database,
      long lastEvent,
      long watermark,
      long highestGiven,
      long heldBack,
      List<Holder> holders,
      Optional<WriteAheadLog> log)
      implements DoctorReport {

    public DoctorReportValues {
      Objects.requireNonNull(database, "database");
      holders = List.copyOf(holders);
      Objects.requireNonNull(log, "log");
    }
  }
}
