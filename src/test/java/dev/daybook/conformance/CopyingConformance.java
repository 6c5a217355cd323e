package dev.daybook.conformance;

import static dev.daybook.conformance.FilledStore.META;
import static dev.daybook.conformance.FilledStore.entry;
import static dev.daybook.conformance.ParcelEvent.moved;
import static dev.daybook.internal.jooq.Tables.CHECKPOINTS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.daybook.Daybook;
import dev.daybook.DaybookBuilder;
import dev.daybook.fixture.StoreTables;
import dev.daybook.journal.ExpectedSeq;
import dev.daybook.journal.Journal;
import dev.daybook.transfer.TransferException;
import dev.daybook.transfer.TransferException.Reason;
import dev.daybook.transfer.TransferOptions;
import dev.daybook.transfer.TransferProgress;
import dev.daybook.transfer.TransferProgress.Step;
import dev.daybook.transfer.TransferReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the suites of copies share: a source and a target, and how a copy is made and broken off.
 */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
public abstract class CopyingConformance {

  protected final Function<Path, DatabaseFixture> sources;
  protected final Function<Path, DatabaseFixture> targets;
  private final List<DatabaseFixture> databases = new ArrayList<>();
  private final List<Daybook> opened = new ArrayList<>();

  @TempDir private Path directory;
  protected DatabaseFixture sourceDatabase;

  protected DatabaseFixture targetDatabase;
  protected Daybook source;
  protected Daybook target;
  protected Journal<ParcelEvent> journal;

  protected CopyingConformance(
      Function<Path, DatabaseFixture> sources, Function<Path, DatabaseFixture> targets) {
    this.sources = sources;
    this.targets = targets;
  }

  @BeforeEach
  void open() {
    sourceDatabase = database(sources, "source");
    targetDatabase = database(targets, "target");
    source = open(sourceDatabase, options -> {});
    target = open(targetDatabase, options -> {});
    journal = source.journal(ParcelEvent.class);
  }

  @AfterEach
  void close() {
    opened.forEach(Daybook::close);
    databases.forEach(DatabaseFixture::requireNothingLeft);
    databases.forEach(DatabaseFixture::close);
  }

  protected static void changeSomething(Daybook daybook, int n) {
    Journal<ParcelEvent> journal = daybook.journal(ParcelEvent.class);
    journal.append("a", ExpectedSeq.any(), moved(n));
    journal.delete("a", n);
    daybook.documents().replace("note \uFFFD", List.of(META, entry("change " + n)));
    daybook.checkpoints().save("orders", 100 + n);
    daybook.snapshots(Integer.class).save("a", n, n);
  }

  protected TransferReport copy(TransferProgress progress) {
    return source.copyTo(target, TransferOptions.defaults().withProgress(progress));
  }

  protected static void interruptAt(Daybook from, Daybook to, Step last) {
    assertThatThrownBy(
            () ->
                from.copyTo(
                    to,
                    TransferOptions.defaults()
                        .withProgress(
                            (step, done, total) -> {
                              if (step == last) {
                                throw new Interruption();
                              }
                            })))
        .isInstanceOf(Interruption.class);
  }

  protected static void assertRefused(Reason reason, Runnable copy) {
    assertThatThrownBy(copy::run)
        .isInstanceOfSatisfying(
            TransferException.class, refused -> assertThat(refused.reason()).isEqualTo(reason));
  }

  protected static int rowsOfCopies(Daybook daybook) {
    return daybook.transactionResult(
        tx -> StoreTables.in(tx).fetchCount(CHECKPOINTS, CHECKPOINTS.CONSUMER.eq("")));
  }

  protected DatabaseFixture database(Function<Path, DatabaseFixture> kind, String name) {
    try {
      DatabaseFixture database = kind.apply(Files.createDirectory(directory.resolve(name)));
      databases.add(database);
      return database;
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  protected Daybook open(DatabaseFixture database, Consumer<DaybookBuilder> options) {
    Daybook daybook = database.open(options);
    opened.add(daybook);
    return daybook;
  }

  protected static final class Interruption extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }
}
