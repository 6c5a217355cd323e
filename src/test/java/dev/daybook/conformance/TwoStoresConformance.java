package dev.daybook.conformance;

import static dev.daybook.conformance.ParcelEvent.moved;

import dev.daybook.Daybook;
import dev.daybook.journal.Append;
import dev.daybook.journal.EncodedEvent;
import dev.daybook.journal.ExpectedSeq;
import dev.daybook.journal.Journal;
import dev.daybook.journal.Metadata;
import dev.daybook.journal.NewEvent;
import dev.daybook.payload.Compression;
import dev.daybook.payload.KeyRing;
import dev.daybook.payload.PayloadOptions;
import dev.daybook.stream.Streams;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A store and another one, its archive, that streams are moved to. */
public abstract class TwoStoresConformance extends JournalConformance {

  protected static final PayloadOptions SEALED =
      PayloadOptions.plain()
          .compressed(Compression.GZIP)
          .encrypted(KeyRing.of("key-1", new byte[32]));

  private final Function<Path, DatabaseFixture> archiveDatabases;
  protected DatabaseFixture archiveDatabase;
  protected Daybook archive;
  protected Journal<ParcelEvent> archived;
  protected Streams streams;
  protected Streams archives;

  /**
   * @param databases the databases that streams are moved from
   * @param archiveDatabases the ones that they are moved to
   */
  protected TwoStoresConformance(
      Function<Path, DatabaseFixture> databases, Function<Path, DatabaseFixture> archiveDatabases) {
    super(databases);
    this.archiveDatabases = archiveDatabases;
  }

  @BeforeEach
  void openArchive() throws IOException {
    archiveDatabase = archiveDatabases.apply(Files.createDirectory(directory.resolve("archive")));
    archive = archiveDatabase.open();
    archived = archive.journal(ParcelEvent.class);
    streams = daybook.streams();
    archives = archive.streams();
  }

  @AfterEach
  void closeArchive() {
    try (DatabaseFixture used = archiveDatabase) {
      archive.close();
      used.requireNothingLeft();
    }
  }

  /** Events of every kind, and other streams between them. */
  protected final void fillStream() {
    Instant time = Instant.parse("2020-02-29T23:59:59.999Z");
    Metadata metadata = Metadata.none().with("who", "Ann \"the\" Ünique").with("empty", "");
    for (int n = 1; n <= 4; n++) {
      NewEvent<ParcelEvent> event = NewEvent.<ParcelEvent>of(moved(n)).tagged("tag-" + n, "all");
      Append<ParcelEvent> append =
          Append.of(
              "a",
              ExpectedSeq.any(),
              List.of(event.withMetadata(metadata).at(time.plusSeconds(n)), event));
      Journal<ParcelEvent> to = n == 2 ? journal.with(SEALED) : journal;
      to.append(n == 3 ? append : append.withIdempotencyKey("key-" + n));
      appendMoves("b" + n, 1);
      journal.delete("b" + n, 1);
    }
    journal.delete("a", 1);
    daybook.snapshots(Integer.class).save("a", 1, 1);
    daybook.snapshots(Integer.class).with(SEALED).save("a", 4, 4);
    EncodedEvent foreign =
        new EncodedEvent("Later", 7, "own", new byte[] {0, 1, -1}, "squeezed", "key-2");
    daybook.rawJournal().append("a", ExpectedSeq.any(), foreign);
  }
}
