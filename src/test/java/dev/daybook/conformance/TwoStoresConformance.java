package dev.daybook.conformance;

import dev.daybook.Daybook;
import dev.daybook.journal.EncodedEvent;
import dev.daybook.journal.ExpectedSeq;
import dev.daybook.journal.Journal;
import dev.daybook.payload.PayloadOptions;
import dev.daybook.stream.Streams;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A store and another one, its archive, that streams are moved to. */
public abstract class TwoStoresConformance extends JournalConformance {

  protected static final PayloadOptions SEALED = FilledStore.SEALED;

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
    streams = daybook.streams();
    useArchive(archiveDatabase.open());
  }

  private void useArchive(Daybook opened) {
    archive = opened;
    archived = opened.journal(ParcelEvent.class);
    archives = opened.streams();
  }

  /** Opens the archive anew, with somebody who hears its statements. */
  protected final void listenToArchive(Consumer<String> sqlListener) {
    archive.close();
    useArchive(archiveDatabase.open(options -> options.sqlListener(sqlListener)));
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
    for (int n = 1; n <= 4; n++) {
      FilledStore.appendOfMostKinds(journal, n);
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
