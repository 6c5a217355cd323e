package dev.daybook.maintenance;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import com.google.errorprone.annotations.MustBeClosed;
import dev.daybook.journal.EventTypes;
import dev.daybook.settings.TableNames;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * Backs up, checks, diagnoses and restores the database of a {@link dev.daybook.Daybook}. Safe for
 * use by several threads.
 */
public interface Maintenance {

  /** {@link #backup(Path, CopyOptions)} to a new file, without progress. */
  default void backup(Path target) {
    backup(target, CopyOptions.defaults());
  }

  /**
   * Copies the whole database, an application's own tables in it included, as it is when the copy
   * begins: everything committed before this call is in it. A transaction that is committed
   * meanwhile is in it completely or not at all. The copy is one file that needs no other.
   *
   * <p>Readers and writers continue meanwhile, and the write-ahead log grows until the copy is
   * done; then it becomes short again. Without a write-ahead log writers wait for the copy, and
   * give up after their busy timeout; in memory all readers and writers wait for it.
   *
   * <p>The copy is written under another name beside the target, written through to the disk and
   * then moved there in one step. A copy that fails leaves no file; one whose process is killed may
   * leave a file whose name ends with {@code .part}, which can be deleted. If the target is a
   * symbolic link, the link stays, and the copy goes to the file that it leads to.
   *
   * <p>Nothing is migrated: a database with an older schema is copied with it. The database must be
   * there; a file is not made.
   *
   * @throws MaintenanceException if the target exists and is not to be overwritten, is a database
   *     in use, or can't be written
   * @throws dev.daybook.error.OpenException if the database does not exist
   * @throws dev.daybook.error.InvalidInputException if the database is on a server, which has its
   *     own tool: {@code pg_dump}
   */
  void backup(Path target, CopyOptions options);

  /** {@link #restore(Path, CopyOptions)} where no file is yet, without progress. */
  default void restore(Path backup) {
    restore(backup, CopyOptions.defaults());
  }

  /**
   * Puts a copy of a backup in the place of this Daybook's file. The backup itself stays. The copy
   * is made under another name, {@link #verify checked} and brought to this version's schema before
   * anything is replaced; warnings don't prevent it. If the process is killed, either the old file
   * or the new one is in place, and perhaps also a file whose name ends with {@code .part}, which
   * can be deleted.
   *
   * <p>An existing file is replaced only if the options say so, and can't be recovered then: back
   * it up before. If this Daybook's path is a symbolic link, it stays, and the file that it leads
   * to is replaced. It must not be in use, by this Daybook or by another, in this process or in
   * another: a file with a write-ahead log shows that it is; one without shows it only while it is
   * being read or written.
   *
   * @throws MaintenanceException if the backup does not exist or is damaged, the target exists and
   *     is not to be overwritten, or is in use; or if a file can't be written
   * @throws dev.daybook.error.OpenException if the backup is not a database, has no tables by this
   *     Daybook's names, or was written by a newer version
   * @throws dev.daybook.error.InvalidInputException if this Daybook is not one of a file
   */
  void restore(Path backup, CopyOptions options);

  /** {@link #verify(VerifyOptions)} without decoding and progress. */
  default VerifyReport verify() {
    return verify(VerifyOptions.defaults());
  }

  /**
   * Checks everything in the database: its pages and foreign keys, then the rows of the store, each
   * against the others; {@link Finding.Kind} lists the findings. Damage that it can describe it
   * reports and does not throw.
   *
   * <p>The rows are read one by one in one state of the database. Readers and writers continue
   * meanwhile as they do for a {@link #backup(Path, CopyOptions) backup}.
   *
   * <p>Events, snapshots, documents and the states of streams are stored with a checksum of their
   * content, which is compared. So a change is found even if everything can still be read. The
   * checksum does not cover the position of an event, which is compared with the positions before
   * and after it in its stream and with that of its tags; nor does it cover the data of consumers.
   * Rows that were written before schema version 8 have none.
   *
   * <p>A payload is decompressed, and parsed if it is JSON. It is decoded only by a journal, see
   * {@link VerifyOptions#decoding}; encrypted payloads are decrypted only with that journal's keys,
   * and otherwise counted.
   *
   * <p>If the database can't complete a check, for lack of memory, by an error of the disk or by an
   * interrupt, that is an exception and not a finding: it says nothing about what is stored.
   *
   * @throws dev.daybook.error.OpenException if the database can't be opened for another reason than
   *     damage
   * @throws dev.daybook.error.DatabaseException if a check can't be made
   */
  VerifyReport verify(VerifyOptions options);

  /**
   * Reports up to which position readers of the journal get events, and which transactions hold
   * them back: to find out why an appended event is not read yet. The figures are read one after
   * the other, so they may differ by some events while others append.
   *
   * <p>Where several transactions write at a time, which is on PostgreSQL, a read across streams, a
   * subscription, a live query and the notifier stop before the first event of a transaction that
   * is still open: its events could not be read in order later. Reads of one stream don't. Where
   * one transaction writes at a time no reader is ever held back. A short transaction needs no
   * action; end one that stays open, on PostgreSQL by {@code pg_terminate_backend} with its process
   * id, or {@code rollback prepared} with its name.
   *
   * <p>For a SQLite file it also reports how long the write-ahead log is, how much of it a reader
   * holds back, and which processes have the file open and are reading. Of a server it reports how
   * many connections it has, and of both the settings that differ from what is advised.
   *
   * <p>The position of each subscription, and the process that runs it, are in {@link
   * dev.daybook.subscription.Subscriptions#list}.
   */
  DoctorReport doctor();

  /**
   * How many of the positions that were given have no event. Counts all events and all streams; the
   * figures are read one after the other, so they may differ by some events while others append.
   */
  PositionGaps positionGaps();

  /**
   * Makes sure that new events get higher positions than all events, all subscriptions and all dead
   * letters have. It is for a database that does not know all positions that it has given, and that
   * is therefore refused with {@link dev.daybook.error.OpenException.Reason#POSITIONS}: logical
   * replication, or a copy of the tables alone, brought the rows but not the sequence. Nothing is
   * opened or migrated. If the sequence is right, nothing is changed.
   *
   * <p>Events that were appended in the meantime may have the positions of other events. {@link
   * #verify} finds them; a subscription that is past such a position must be reset to one before
   * it.
   *
   * @throws dev.daybook.error.OpenException if the database does not exist
   * @throws dev.daybook.error.DatabaseException if it has no tables by this Daybook's names
   */
  FixedPositions fixPositions();

  /**
   * The SQL that would make the tables, or bring an older schema up to date, for databases whose
   * tables are made by an administrator and not by the application. It is one transaction, which
   * writes the history of the migrations, too: after it a Daybook with {@link
   * dev.daybook.DaybookBuilder#migrate migrate(false)} opens the store. Nothing is opened, made or
   * migrated by this call; a file need not exist.
   *
   * @return the statements, with comments; empty if the schema is up to date
   * @throws dev.daybook.error.OpenException if the database can't be reached, was migrated by a
   *     newer version, or has other tables by these names
   */
  String migrationScript();

  /**
   * The stores that are in the database by other names than this Daybook's, or in another schema
   * that the user can read. They are found by the histories of their migrations. Of table names
   * that were given one by one, only that of the events is known. Nothing is opened, made or
   * migrated by this call.
   *
   * @return names to open each by, in no particular order
   * @throws dev.daybook.error.OpenException if the database does not exist
   */
  List<TableNames> otherStores();

  /**
   * How many events there are of each type and each version of its schema, in the order of types
   * and versions. Reads the whole journal. To be closed.
   */
  @MustBeClosed
  Stream<TypeCount> typeCounts();

  /**
   * The types and versions of events that are stored, and that a journal of these types can't
   * decode: to find out before a new version of an application is deployed. Reads the whole
   * journal.
   */
  default List<TypeCount> unknownTypes(EventTypes<?> types) {
    Objects.requireNonNull(types, "types");
    try (Stream<TypeCount> counts = typeCounts()) {
      return counts.filter(it -> !types.reads(it.type(), it.schemaVersion())).toList();
    }
  }

  /**
   * How many events have each tag, in the order of the tags. Reads the index of the tags. To be
   * closed.
   */
  @MustBeClosed
  Stream<TagCount> tagCounts();

  /** How much is stored beside events. Counts rows. */
  StoreTotals totals();

  /**
   * Gives the space that deleted rows have left in the file back to the disk. New rows use that
   * space anyway, so this is worth its time only after many were deleted. The file is written
   * again, which takes as much space once more until it is done. Others can read meanwhile, and
   * can't write. While another process has a read open, the file becomes shorter only later, when
   * its write-ahead log is moved into it.
   *
   * @return by how many bytes the database is smaller; 0 if there was nothing to give back
   * @throws dev.daybook.error.OpenException if the database does not exist
   * @throws dev.daybook.error.DatabaseBusyException if another process writes for longer than the
   *     busy timeout
   * @throws dev.daybook.error.InvalidInputException if the database is on a server, which has its
   *     own way: {@code vacuum}
   */
  @CanIgnoreReturnValue
  long compact();
}
