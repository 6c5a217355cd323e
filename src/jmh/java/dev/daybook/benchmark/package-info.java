/**
 * Daybook beside two references in JDBC written by hand, in one run: {@link
 * dev.daybook.benchmark.Benchmarks} runs it, {@link dev.daybook.benchmark.Scenario} says what,
 * {@link dev.daybook.benchmark.Comparison} how a ratio comes about.
 *
 * <p>The <i>reference</i> works on Daybook's own tables: a ratio to it tells what Daybook's code
 * costs. The <i>free reference</i> ({@link dev.daybook.benchmark.free.FreeSqlite}, {@link
 * dev.daybook.benchmark.free.FreePostgres}) is the best JDBC that one would write for just what is
 * compared: a ratio to it tells what Daybook's tables, settings and guarantees cost, too.
 *
 * <p><b>What is the same.</b> Daybook and the reference use one kind of database with tables that
 * Daybook's migrations have made and Daybook has filled ({@link dev.daybook.benchmark.Dataset}); a
 * scenario that writes gives each side a copy of its own. Events have about 200 bytes of JSON,
 * states 2 KB. SQLite has a write-ahead log, {@code foreign_keys}, the same {@code synchronous},
 * and does not read generated keys back; PostgreSQL has {@code fsync} and {@code
 * synchronous_commit} on. All databases are on one disk. Both sides keep every statement prepared,
 * write in one transaction an operation, and return objects that tell the same: {@code StoredEvent}
 * has all that a {@code RecordedEvent} has. Before anything is measured their answers are compared.
 *
 * <p><b>What is different.</b> The reference knows what it is asked and no more. Where there was a
 * choice, it has the faster form, also if that leaves out what Daybook does for its contract. For
 * each operation, the reference's statements, and what Daybook does beside or instead of them:
 *
 * <ul>
 *   <li><b>Append of one event.</b> begin immediate; select the state of the stream, and the
 *       greater of last_seq and the highest number of its events; insert of 8 values returning the
 *       position; if it has a tag, insert of that; of a stream's first event, insert of its row;
 *       commit. PostgreSQL: every append updates the stream's row. <i>Daybook:</i> the same. On
 *       SQLite it asks for the highest position before the insert, which then returns nothing. It
 *       inserts 12 values where some are not what most are (NULL for what is not there), checks
 *       names and limits, builds a recorded event for each new one, and tells those who wait for
 *       news.
 *   <li><b>Append of 100 events.</b> The same, where the events are one batch, the tags another,
 *       and the last position is asked for in between. <i>Daybook:</i> the positions are known
 *       before, and all events are one batch.
 *   <li><b>Several callers.</b> On SQLite one connection writes, with a lock around each
 *       transaction, because a connection for each caller and the busy timeout is slower. On
 *       PostgreSQL each caller has its own. One transaction an append. <i>Daybook:</i> one object
 *       for all callers; those who wait share a transaction, and each is answered after its commit.
 *   <li><b>Append with an inline projection.</b> An append and a checkpoint's save in one
 *       transaction. The projection's handler does nothing. <i>Daybook:</i> locks the checkpoint
 *       first, reads the events after it, and calls the handler with them.
 *   <li><b>Recovery.</b> One select of 11 columns by the stream's key; the stream id itself, which
 *       is known, is not read. Decoded: one kept Jackson reader. <i>Daybook:</i> the same columns
 *       and one that says whether most of them need to be looked at, bounds and a limit, and
 *       whether the stream's row lets it be read. Decoded: the plan for the event's type and
 *       version, and the codec that its row names.
 *   <li><b>Replay, tag query.</b> One select of 12 columns, by the primary key, and by the index of
 *       tags joined by the position. <i>Daybook:</i> the same with a limit.
 *   <li><b>Ids by prefix.</b> One select of a range of the key. <i>Daybook:</i> the same with a
 *       limit.
 *   <li><b>Snapshot save.</b> begin; upsert; delete of those behind the three newest; commit. The
 *       state is encoded before. <i>Daybook:</i> the same.
 *   <li><b>Snapshot load.</b> One select, and Jackson. <i>Daybook:</i> the same.
 *   <li><b>Document append.</b> begin; select of the document's row; select of its highest number;
 *       insert; commit. <i>Daybook:</i> begin; one insert from a select of both; commit.
 *   <li><b>Document load.</b> One select; each record's JSON becomes a map. <i>Daybook:</i> the
 *       same, and a typed record of it.
 *   <li><b>Checkpoint save.</b> One upsert with a condition, a transaction by itself.
 *       <i>Daybook:</i> begin; the same upsert; commit.
 *   <li><b>Opening.</b> Flyway alone with the same migrations: no check of what was found, no
 *       connection afterwards, no append. <i>Daybook:</i> opens, migrates or finds that there is
 *       nothing to migrate, appends an event and closes.
 * </ul>
 *
 * <p><b>The free reference.</b> It takes over the same events, with their positions, into a table
 * with one unique key, and tags into a table of tag and position. An append is blind: the unique
 * key alone refuses what comes too late. There is no check of what is expected but missing, no
 * stream that is deleted or moved, no other writer. SQLite has a page cache of 16 MB and a {@code
 * wal_autocheckpoint} of 10 000 pages; one connection writes and counts the positions, and one
 * event is one statement without a transaction around it. PostgreSQL gives positions by an
 * identity; one event is one insert that commits by itself, several are a batch that the driver
 * rewrites, and callers who come while a commit is under way are gathered and committed together by
 * the next of them. It reads events with their position, stream, number, type, time and payload,
 * and no tags or metadata. Prefixes, documents, checkpoints and the saving of snapshots are not
 * part of it.
 *
 * <p><b>A peer of one's own.</b> To see another library beside these, write a {@link
 * dev.daybook.benchmark.Side} with its {@link dev.daybook.benchmark.Caller} for it, outside of the
 * repository, which has nothing of other projects in it: {@link
 * dev.daybook.benchmark.free.FreeSide} is the shape, with a {@code fill} that takes over the events
 * of a Daybook; what it can't do throws. Return it from {@code BenchmarkStore.free} in place of the
 * free reference, and put its jars on the class path. It then takes its turns in the same processes
 * and its figures stand in the columns of the free reference. Answers are compared with Daybook's
 * before anything is measured. A program that is no library of the JVM can't share a process: give
 * it the same events, and let it and Daybook take turns by processes.
 *
 * <p>On PostgreSQL the reference's transaction begins with its first statement; several events are
 * one insert from {@code unnest}, which was faster than rows of {@code VALUES} and than a batch,
 * and their tags another; long results are fetched by 1 000 rows, in a transaction that is
 * committed behind them. <i>Daybook:</i> an append to one stream is one statement for the stream's
 * row, events and tags, and what else takes several statements that do not depend on each other's
 * answers is sent as one, and commits by itself: a snapshot's upsert and delete, the lock of a
 * document's row and the insert. JDBC can do that by hand, too; the reference does what is usual,
 * and asks four times. The reference has no watermark: a reader of its journal who remembers a
 * position may miss what a slower transaction commits behind it. Daybook pays for that not to
 * happen, in appends and in reads of the journal, where one statement more is sent along with the
 * query.
 */
@NullMarked
package dev.daybook.benchmark;

import org.jspecify.annotations.NullMarked;
