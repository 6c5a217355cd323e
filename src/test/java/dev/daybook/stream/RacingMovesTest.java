package dev.daybook.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.daybook.Daybook;
import dev.daybook.journal.EncodedEvent;
import dev.daybook.journal.ExpectedSeq;
import dev.daybook.journal.StreamState;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Moves of a stream that meet something else between two of their transactions. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class RacingMovesTest {

  @TempDir private Path directory;
  private final List<Daybook> opened = new ArrayList<>();

  @AfterEach
  void close() {
    opened.forEach(Daybook::close);
  }

  @Test
  void nothing_is_left_where_it_should_go_when_it_is_deleted_while_it_is_copied() {
    fill(open("source", sql -> {}));
    Daybook another = open("source", sql -> {});
    Daybook source = open("source", sql -> {});
    Daybook archive =
        open("archive", before(1, "insert into streams", () -> another.streams().delete("s")));

    assertThatThrownBy(() -> source.streams().archiveTo("s", archive.streams()))
        .isInstanceOf(StreamMoveException.class)
        .hasMessageContaining("its state was changed meanwhile");

    assertThat(archive.streams().status("s").state()).isEqualTo(StreamState.UNKNOWN);
    assertThat(archive.maintenance().verify().findings()).isEmpty();
  }

  private Daybook open(String name, Consumer<String> sqlListener) {
    Daybook daybook =
        Daybook.builder(directory.resolve(name + ".db")).sqlListener(sqlListener).build();
    opened.add(daybook);
    return daybook;
  }

  private static void fill(Daybook daybook) {
    daybook.rawJournal().append("s", ExpectedSeq.any(), EncodedEvent.json("moved", "{}"));
    daybook.snapshots(String.class).save("s", 1, "state");
  }

  /** Does something before one of the statements that begin like this. */
  private static Consumer<String> before(int which, String beginning, Runnable work) {
    AtomicInteger seen = new AtomicInteger();
    return sql -> {
      if (sql.startsWith(beginning) && seen.incrementAndGet() == which) {
        work.run();
      }
    };
  }
}
