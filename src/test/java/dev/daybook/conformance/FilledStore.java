package dev.daybook.conformance;

import static dev.daybook.conformance.ParcelEvent.delivered;
import static dev.daybook.conformance.ParcelEvent.moved;
import static dev.daybook.internal.jooq.Tables.CHECKPOINTS;
import static dev.daybook.internal.jooq.Tables.DEAD_LETTERS;

import dev.daybook.Daybook;
import dev.daybook.document.Entry;
import dev.daybook.document.EntryData;
import dev.daybook.document.Meta;
import dev.daybook.document.ReplicaType;
import dev.daybook.document.SyncMode;
import dev.daybook.fixture.StoreTables;
import dev.daybook.journal.Append;
import dev.daybook.journal.EncodedEvent;
import dev.daybook.journal.ExpectedSeq;
import dev.daybook.journal.Journal;
import dev.daybook.journal.Metadata;
import dev.daybook.journal.NewEvent;
import dev.daybook.payload.Compression;
import dev.daybook.payload.KeyRing;
import dev.daybook.payload.PayloadOptions;
import java.time.Instant;
import java.util.List;

/** A store with some of everything that there is. */
public final class FilledStore {

  /** What some of the events and snapshots are written with. */
  public static final PayloadOptions SEALED =
      PayloadOptions.plain()
          .compressed(Compression.GZIP)
          .encrypted(KeyRing.of("key-1", new byte[32]));

  /** The meta of the documents. */
  public static final Meta META =
      new Meta(new ReplicaType("text", 1, 0), new SyncMode("a", "b", "c"), "hash");

  private FilledStore() {}

  /**
   * Streams in every state, of which "a" is active with sealed and foreign events, and the last
   * events of the journal are deleted; snapshots, documents, checkpoints and a dead letter.
   */
  public static void fill(Daybook daybook) {
    fillStreams(daybook);
    Journal<ParcelEvent> journal = daybook.journal(ParcelEvent.class);
    daybook.snapshots(Integer.class).save("a", 1, 1);
    daybook.snapshots(Integer.class).with(SEALED).save("a", 4, 4);
    daybook.documents().append("note \uD83D\uDE00", META);
    daybook.documents().append("note \uD83D\uDE00", entry("one"));
    daybook.documents().append("note \uFFFD", List.of(META, entry("two"), binary(0, 1, -1)));
    daybook.documents().replace("note \uFFFD", List.of(META, entry("three"), binary(7)));
    daybook.checkpoints().save("orders", 3);
    daybook.checkpoints().save("Orders", 5);
    takeAndStop(daybook, "orders");
    park(daybook, "orders", 2, "no \u0001 such 'thing'\n");
    journal.append(Append.of("last", ExpectedSeq.noStream(), List.of(NewEvent.of(delivered()))));
    daybook.streams().delete("last");
    daybook.rawJournal().bulkLoad("an import").append(List.of(), 8, "up to here");
  }

  /** An entry of a document. */
  public static Entry entry(String text) {
    return Entry.since(EntryData.json("\"" + text + "\""), "v1");
  }

  /** Puts an event aside, as a subscription does. */
  public static void park(Daybook daybook, String consumer, long position, String error) {
    daybook.transaction(
        tx ->
            StoreTables.in(tx)
                .insertInto(
                    DEAD_LETTERS,
                    DEAD_LETTERS.CONSUMER,
                    DEAD_LETTERS.GLOBAL_POSITION,
                    DEAD_LETTERS.STREAM_ID,
                    DEAD_LETTERS.SEQ,
                    DEAD_LETTERS.EVENT_TYPE,
                    DEAD_LETTERS.ATTEMPTS,
                    DEAD_LETTERS.ERROR,
                    DEAD_LETTERS.PARKED_AT,
                    DEAD_LETTERS.STACK_TRACE,
                    DEAD_LETTERS.HOLDS_STREAM)
                .values(
                    consumer,
                    position,
                    "a",
                    2L,
                    "ParcelEvent.Moved",
                    3L,
                    error,
                    4L,
                    "at a.b(c)",
                    1L)
                .execute());
  }

  /**
   * Gives a consumer's lease to nobody in particular, as one does that takes it and stops by
   * itself.
   */
  private static void takeAndStop(Daybook daybook, String consumer) {
    daybook.transaction(
        tx ->
            StoreTables.in(tx)
                .update(CHECKPOINTS)
                .set(CHECKPOINTS.FENCE, CHECKPOINTS.FENCE.plus(1))
                .set(CHECKPOINTS.PAUSED_AT, 5L)
                .set(CHECKPOINTS.STOPPED_AT, 6L)
                .set(CHECKPOINTS.STOP_POSITION, 2L)
                .set(CHECKPOINTS.STOP_REASON, "java.lang.IllegalStateException: bad event")
                .where(CHECKPOINTS.CONSUMER.eq(consumer))
                .execute());
  }

  private static Entry binary(int... bytes) {
    byte[] data = new byte[bytes.length];
    for (int i = 0; i < bytes.length; i++) {
      data[i] = (byte) bytes[i];
    }
    return Entry.since(EntryData.binary(data), "v2");
  }

  /**
   * Appends two events to the stream "a", of which four appends have all that an event may have:
   * tags, metadata, a time, a key, and a payload that is compressed and encrypted.
   *
   * @param n which append it is
   * @return one of the events, without its metadata and time
   */
  static NewEvent<ParcelEvent> appendOfMostKinds(Journal<ParcelEvent> journal, int n) {
    Instant time = Instant.parse("2020-02-29T23:59:59.999Z");
    Metadata metadata = Metadata.none().with("who", "Ann \"the\" Ünique").with("empty", "");
    NewEvent<ParcelEvent> event = NewEvent.<ParcelEvent>of(moved(n)).tagged("tag-" + n, "all");
    Append<ParcelEvent> append =
        Append.of(
            "a",
            ExpectedSeq.any(),
            List.of(event.withMetadata(metadata).at(time.plusSeconds(n)), event));
    Journal<ParcelEvent> to = n == 2 ? journal.with(SEALED) : journal;
    to.append(n == 3 ? append : append.withIdempotencyKey("key-" + n));
    return event;
  }

  private static void fillStreams(Daybook daybook) {
    Journal<ParcelEvent> journal = daybook.journal(ParcelEvent.class);
    for (int n = 1; n <= 4; n++) {
      NewEvent<ParcelEvent> event = appendOfMostKinds(journal, n);
      for (String other : List.of("archived", "tombstoned", "deleted \uD83D\uDE00", "emptied")) {
        journal.append(Append.of(other, ExpectedSeq.any(), List.of(event)));
      }
    }
    journal.delete("a", 1);
    journal.delete("emptied", 4);
    daybook.streams().archive("archived");
    daybook.streams().tombstone("tombstoned", "court order 7 \"of\" Ünder");
    daybook.streams().delete("deleted \uD83D\uDE00");
    EncodedEvent foreign =
        new EncodedEvent("Later", 7, "own", new byte[] {0, 1, -1}, "squeezed", "key-2");
    daybook.rawJournal().append("a", ExpectedSeq.any(), foreign);
  }
}
