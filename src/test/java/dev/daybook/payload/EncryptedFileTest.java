package dev.daybook.payload;

import static dev.daybook.internal.jooq.Tables.EVENTS;
import static dev.daybook.internal.jooq.Tables.SNAPSHOTS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.daybook.Daybook;
import dev.daybook.conformance.ParcelEvent;
import dev.daybook.fixture.StoreTables;
import dev.daybook.journal.EventQuery;
import dev.daybook.journal.ExpectedSeq;
import dev.daybook.journal.Journal;
import dev.daybook.snapshot.SnapshotStore;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Table;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is on the disk when payloads are encrypted. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class EncryptedFileTest {

  private static final String SECRET = "Zanzibar";

  @TempDir private Path directory;

  @Test
  void the_files_hold_no_plaintext_of_events_or_snapshots() throws IOException {
    for (Compression compression : Compression.values()) {
      Path file = directory.resolve(compression + ".db");
      try (Daybook daybook = Daybook.open(file)) {
        write(daybook, options().compressed(compression));

        assertThat(filesHold(file, SECRET)).as(compression + ", open").isFalse();
      }
      assertThat(filesHold(file, SECRET)).as(compression + ", closed").isFalse();
    }
    Path plain = directory.resolve("plain.db");
    try (Daybook daybook = Daybook.open(plain)) {
      write(daybook, PayloadOptions.plain());
    }
    assertThat(filesHold(plain, SECRET)).as("the search finds what is there").isTrue();
  }

  @Test
  void payloads_that_were_swapped_on_the_disk_are_noticed() {
    try (Daybook daybook = Daybook.open(directory.resolve("swapped.db"))) {
      write(daybook, options());
      Journal<ParcelEvent> journal = daybook.journal(ParcelEvent.class).with(options());
      SnapshotStore<String> snapshots = daybook.snapshots(String.class).with(options());
      assertThat(journal.read(EventQuery.stream("s"))).hasSize(2);

      daybook.transaction(
          tx -> {
            swap(StoreTables.in(tx), EVENTS, EVENTS.SEQ, EVENTS.PAYLOAD);
            swap(StoreTables.in(tx), SNAPSHOTS, SNAPSHOTS.SEQ, SNAPSHOTS.STATE);
            // Or they would be missed for that alone.
            StoreTables.in(tx).update(SNAPSHOTS).setNull(SNAPSHOTS.CONTENT_CHECKSUM).execute();
          });

      assertThatThrownBy(() -> journal.read(EventQuery.stream("s")))
          .isInstanceOf(PayloadException.class)
          .hasMessageContaining("event 1 of stream \"s\" can't be decrypted with the key \"k1\"");
      assertThatThrownBy(() -> snapshots.loadLatest("s"))
          .isInstanceOf(PayloadException.class)
          .hasMessageContaining(
              "snapshot 2 of stream \"s\" can't be decrypted with the key \"k1\"");
    }
  }

  private static void write(Daybook daybook, PayloadOptions options) {
    Journal<ParcelEvent> journal = daybook.journal(ParcelEvent.class).with(options);
    journal.append("s", ExpectedSeq.any(), ParcelEvent.posted(SECRET));
    journal.append("s", ExpectedSeq.any(), ParcelEvent.posted(SECRET + " again"));
    daybook.snapshots(String.class).with(options).save("s", 1, "one " + SECRET);
    daybook.snapshots(String.class).with(options).save("s", 2, "two " + SECRET);
  }

  private static void swap(DSLContext dsl, Table<?> table, Field<Long> seq, Field<byte[]> bytes) {
    List<byte[]> stored = dsl.select(bytes).from(table).orderBy(seq).fetch(bytes);
    assertThat(stored).hasSize(2);
    assertThat(dsl.update(table).set(bytes, stored.get(1)).where(seq.eq(1L)).execute()).isOne();
    assertThat(dsl.update(table).set(bytes, stored.get(0)).where(seq.eq(2L)).execute()).isOne();
  }

  private static PayloadOptions options() {
    byte[] key = new byte[32];
    Arrays.fill(key, (byte) 7);
    return PayloadOptions.plain().encrypted(KeyRing.of("k1", key));
  }

  /** Whether the database file, or one beside it, holds the text. */
  private static boolean filesHold(Path database, String text) throws IOException {
    try (Stream<Path> files = Files.list(database.getParent())) {
      for (Path file : files.filter(it -> it.toString().startsWith(database + "")).toList()) {
        String bytes = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
        if (bytes.contains(text)) {
          return true;
        }
      }
    }
    return false;
  }
}
