package dev.daybook.maintenance;

import dev.daybook.meta.Internal;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Up to which position readers of the journal get events, which transactions hold them back, how
 * long the write-ahead log is, which processes have the file open, how many connections there are,
 * and which settings differ from what is advised.
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
   * The processes that have the database's file open, this one included, in the order of their ids.
   * Those of other users are among them as far as they hold a lock, as each does that uses a
   * write-ahead log. Empty where the database is not a file, and where the system does not report
   * it: Linux does.
   */
  List<FileUser> fileUsers();

  /** How many connections there are. */
  ConnectionCounts connections();

  /**
   * The settings that differ from what is advised; empty if none does. Of settings of a connection
   * it is that of this Daybook's, and not of other processes'. What Daybook sets on each of its
   * connections, such as {@code foreign_keys}, can't differ.
   */
  List<SettingAdvice> settings();

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
      Optional<WriteAheadLog> log,
      List<FileUser> fileUsers,
      ConnectionCounts connections,
      List<SettingAdvice> settings)
      implements DoctorReport {

    public DoctorReportValues {
      Objects.requireNonNull(database, "database");
      holders = List.copyOf(holders);
      Objects.requireNonNull(log, "log");
      fileUsers = List.copyOf(fileUsers);
      Objects.requireNonNull(connections, "connections");
      settings = List.copyOf(settings);
    }
  }
}
