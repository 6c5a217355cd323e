package dev.daybook.maintenance;

import java.nio.file.Path;

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
   * begins: everything committed before this call is in it, and of what others commit meanwhile
   * nothing or, if it comes before the copy's first read, all of a transaction. The copy is one
   * file that needs no other.
   *
   * <p>Readers and writers go on meanwhile, and the write-ahead log grows until the copy is done;
   * then it becomes short again. Without a write-ahead log writers wait for the copy, and give up
   * after their busy timeout; in memory everybody waits for it.
   *
   * <p>The copy is written under another name beside the target, written through to the disk and
   * then moved there in one step. One that fails leaves nothing behind; one whose process is killed
   * may leave a file whose name ends with {@code .part}, which can be deleted. If the target is a
   * symbolic link, it stays, and the file that it leads to is meant.
   *
   * <p>Nothing is migrated: a database with an older schema is copied with it. The database must be
   * there; a file is not made.
   *
   * @throws MaintenanceException if the target exists and is not to be overwritten, is a database
   *     in use, or can't be written
   * @throws dev.daybook.error.OpenException if there is no database
   * @throws dev.daybook.error.InvalidInputException if the database is on a server, which has means
   *     of its own: {@code pg_dump}
   */
  void backup(Path target, CopyOptions options);

  /** {@link #restore(Path, CopyOptions)} where no file is yet, without progress. */
  default void restore(Path backup) {
    restore(backup, CopyOptions.defaults());
  }

  /**
   * Puts a copy of a backup in the place of this Daybook's file. The backup itself stays. The copy
   * is made under another name, {@link #verify checked} and brought to this version's schema before
   * anything is replaced; warnings don't hinder it. Whoever kills this at any time leaves the old
   * file or the new one, and perhaps a file whose name ends with {@code .part}, which can be
   * deleted.
   *
   * <p>A file that is there is replaced only if the options say so, and then is gone: back it up
   * before. If this Daybook's path is a symbolic link, it stays, and the file that it leads to is
   * replaced. It must not be in use, by this Daybook or by another, in this process or in another:
   * a file with a write-ahead log shows that it is; one without shows it only while it is being
   * read or written.
   *
   * @throws MaintenanceException if there is no backup, it is damaged, the target exists and is not
   *     to be overwritten, or is in use; or if a file can't be written
   * @throws dev.daybook.error.OpenException if the backup is no database, has no tables by this
   *     Daybook's names, or was written by a newer version
   * @throws dev.daybook.error.InvalidInputException if this Daybook is not one of a file
   */
  void restore(Path backup, CopyOptions options);

  /** {@link #verify(VerifyOptions)} without decoding and progress. */
  default VerifyReport verify() {
    return verify(VerifyOptions.defaults());
  }

  /**
   * Looks at everything in the database: its pages and foreign keys, then the rows of the store,
   * each against the others; {@link Finding.Kind} has what is looked for. What it can describe it
   * reports and does not throw.
   *
   * <p>The rows are read one by one in one state of the database. Readers and writers go on
   * meanwhile as they do for a {@link #backup(Path, CopyOptions) backup}.
   *
   * <p>Events, snapshots, documents and the states of streams have a checksum of what they say,
   * which was stored with them and is compared, so that a change that leaves everything readable is
   * found. It does not cover the position of an event, which must fit to those before and behind it
   * in its stream and to that of its tags; nor what is said of consumers. Rows that were written
   * before schema version 8 have none.
   *
   * <p>A payload is decompressed, and parsed if it is JSON. What it means is looked at only through
   * a journal, see {@link VerifyOptions#decoding}; encrypted payloads are opened only with that
   * journal's keys, and otherwise counted.
   *
   * <p>A check that the database can't make, for want of memory, because of its disk or because it
   * was interrupted, is no finding: it says nothing about what is stored.
   *
   * @throws dev.daybook.error.OpenException if the database can't be opened for another reason than
   *     damage
   * @throws dev.daybook.error.DatabaseException if a check can't be made
   */
  VerifyReport verify(VerifyOptions options);

  /**
   * Says how far readers of the journal come, and who holds them back: for whoever wonders where an
   * event is that was appended. Each figure is as it is when it is looked at, one soon after the
   * other, so they need not fit together to the last event while others append.
   *
   * <p>Where several transactions write at a time, which is on PostgreSQL, a read across streams, a
   * subscription, a live query and the notifier stop before the first event of a transaction that
   * is still open: it could not be read later in its place. Reads of one stream don't. Where one
   * transaction writes at a time nobody is ever held back. A transaction of a moment is no cause
   * for concern; one that stays is: end it, on PostgreSQL by {@code pg_terminate_backend} with its
   * process id, or {@code rollback prepared} with its name.
   *
   * <p>Of a SQLite file it also says how long the write-ahead log is, and how much of it somebody
   * who reads holds back. SQLite does not say who that is.
   *
   * <p>How far each subscription is, and who runs it, {@link
   * dev.daybook.subscription.Subscriptions#list} has.
   */
  DoctorReport doctor();

  /**
   * Makes sure that new events get positions behind those of all events, of all subscriptions and
   * of all dead letters. It is for a database that has forgotten which positions it gave, and that
   * is therefore refused with {@link dev.daybook.error.OpenException.Reason#POSITIONS}: its rows
   * came there without that, by logical replication or by a copy of the tables alone. Nothing is
   * opened or migrated, and where nothing was forgotten nothing is changed.
   *
   * <p>What was appended in the meantime may have got positions that other events have. {@link
   * #verify} finds them; subscriptions that have passed such a position must be reset to one before
   * it.
   *
   * @throws dev.daybook.error.OpenException if there is no database
   * @throws dev.daybook.error.DatabaseException if it has no tables by this Daybook's names
   */
  FixedPositions fixPositions();
}
