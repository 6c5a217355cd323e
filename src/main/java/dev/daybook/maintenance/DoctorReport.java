package dev.daybook.maintenance;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * How far readers of the journal come, and who keeps them from the rest; and how long the
 * write-ahead log is.
 *
 * @param database what the database is, with its version
 * @param lastEvent the position of the last event that is committed, whether readers get it yet or
 *     not; 0 if there is none
 * @param watermark up to which position readers across streams get events, whole transactions only;
 *     it is not held back where one transaction writes at a time
 * @param highestGiven the highest position that was ever given to an event, also to one that is not
 *     committed yet, was rolled back or deleted
 * @param heldBack how many events are committed behind the watermark
 * @param holders who holds readers back, the one that does so most first; empty for nobody
 * @param log the write-ahead log; empty where the database is not a file
 */
public record DoctorReport(
    String database,
    long lastEvent,
    long watermark,
    long highestGiven,
    long heldBack,
    List<Holder> holders,
    Optional<WriteAheadLog> log) {

  public DoctorReport {
    Objects.requireNonNull(database, "database");
    holders = List.copyOf(holders);
    Objects.requireNonNull(log, "log");
  }
}
