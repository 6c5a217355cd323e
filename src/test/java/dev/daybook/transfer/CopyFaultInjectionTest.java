package dev.daybook.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.daybook.Daybook;
import dev.daybook.conformance.FailingDataSource;
import dev.daybook.conformance.FailingDataSource.When;
import dev.daybook.conformance.FilledStore;
import dev.daybook.conformance.ParcelEvent;
import dev.daybook.conformance.Scale;
import dev.daybook.conformance.SqliteDataSources;
import dev.daybook.conformance.StoredStore;
import dev.daybook.error.DaybookException;
import dev.daybook.journal.ExpectedSeq;
import dev.daybook.settings.Synchronous;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A copy whose statements fail, one after the other, or every fifth: the next run finishes it. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class CopyFaultInjectionTest {

  @TempDir private Path directory;
  private Daybook source;
  private StoredStore whole;
  private int runs;

  /** What the target has before the run that fails. */
  enum Target {
    EMPTY,
    OLDER
  }

  @BeforeEach
  void prepare() {
    source = Daybook.open(directory.resolve("source.db"));
    try (Daybook empty = Daybook.open(directory.resolve("EMPTY.db"));
        Daybook older = Daybook.open(directory.resolve("OLDER.db"))) {
      empty.schemaVersion();
      FilledStore.fill(source);
      source.copyTo(older);
      source.journal(ParcelEvent.class).append("a", ExpectedSeq.any(), ParcelEvent.moved(9));
      source.journal(ParcelEvent.class).delete("a", 4);
      source.documents().delete("note \uFFFD");
      source.checkpoints().save("orders", 7);
      whole = StoredStore.of(source);
    }
  }

  @AfterEach
  void close() {
    assertThat(StoredStore.of(source)).isEqualTo(whole);
    source.close();
  }

  @ParameterizedTest
  @EnumSource(Target.class)
  void a_copy_that_failed_anywhere_is_finished_by_the_next(Target target) throws IOException {
    int points = 0;
    for (When when : When.values()) {
      int statement = 1;
      while (tryOne(target, statement, when)) {
        statement += Scale.of(5, 1);
        points++;
      }
    }

    assertThat(points).as("failure points").isGreaterThanOrEqualTo(Scale.of(40, 200));
    System.out.printf("fault injection: copy to %s, %d failure points%n", target, points);
  }

  /** Without a wait for the disk at each commit: nothing here depends on it. */
  private static Daybook opened(DataSource target) {
    return Daybook.builder(target).synchronous(Synchronous.NORMAL).build();
  }

  /** Says whether there was such a statement to fail. */
  private boolean tryOne(Target which, int statement, When when) throws IOException {
    runs++;
    Path there =
        Files.copy(directory.resolve(which + ".db"), directory.resolve(runs + "-" + which));
    FailingDataSource failing = new FailingDataSource(SqliteDataSources.file(there));
    boolean failed;
    try (Daybook target = opened(failing)) {
      target.schemaVersion();
      failing.failAt(statement, when);
      Throwable thrown = catchThrowable(() -> source.copyTo(target));
      failed = failing.disarm();

      if (failed) {
        assertThat(thrown).isInstanceOf(DaybookException.class);
      } else {
        assertThat(thrown).isNull();
      }
      assertThat(source.copyTo(target).isComplete()).isTrue();
      assertThat(StoredStore.of(target)).isEqualTo(whole);
    }
    return failed;
  }
}
