package dev.daybook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.daybook.journal.EncodedEvent;
import dev.daybook.journal.EventQuery;
import dev.daybook.journal.ExpectedSeq;
import dev.daybook.journal.Journal;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A file with a damaged page. The driver gives up a statement that has failed on it, and does not
 * say so: the next use of the same text must not find it.
 */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class SqliteDamagedFileTest {

  private static final int STREAMS = 300;
  private static final int PAGE_BYTES = 4096;
  private static final int DAMAGED = 77;

  @TempDir private Path directory;

  @Test
  void what_can_not_be_read_is_in_nobodys_way() throws IOException {
    Path file = fill("x".repeat(1_500));
    damage(file, "\"of-%d-".formatted(DAMAGED), "{");

    try (Daybook daybook = Daybook.open(file)) {
      Journal<EncodedEvent> journal = daybook.rawJournal();
      for (int round = 0; round < 2; round++) {
        assertThatThrownBy(() -> journal.read(EventQuery.stream(stream(DAMAGED))))
            .isInstanceOf(DatabaseException.class);
        assertThat(journal.read(EventQuery.stream(stream(3)))).hasSize(1);
        try (var events = journal.stream(EventQuery.stream(stream(250)))) {
          assertThat(events).hasSize(1);
        }
      }
    }
  }

  @Test
  void what_can_not_be_appended_is_in_nobodys_way() throws IOException {
    Path file = fill("");
    damage(file, stream(DAMAGED), "ACTIVE");

    try (Daybook daybook = Daybook.open(file)) {
      Journal<EncodedEvent> journal = daybook.rawJournal();
      for (int round = 0; round < 2; round++) {
        assertThatThrownBy(() -> append(journal, DAMAGED, ""))
            .isInstanceOf(DatabaseException.class);
        append(journal, 3, "");
        append(journal, 250, "");
      }
      assertThat(journal.highestSeq(stream(3))).isEqualTo(3);
    }
  }

  private Path fill(String padding) {
    Path file = directory.resolve("damaged.db");
    try (Daybook daybook = Daybook.open(file)) {
      for (int n = 0; n < STREAMS; n++) {
        append(daybook.rawJournal(), n, padding);
      }
    }
    return file;
  }

  private static void append(Journal<EncodedEvent> journal, int n, String padding) {
    EncodedEvent event = EncodedEvent.json("t", "{\"of-%d-%s\":1}".formatted(n, padding));
    journal.append(stream(n), ExpectedSeq.any(), event);
  }

  private static String stream(int n) {
    return "stream-%04d-%s".formatted(n, "p".repeat(100));
  }

  /** Overwrites the beginning of the pages that have both of these. */
  private static void damage(Path file, String text, String andText) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    int damaged = 0;
    for (int page = 0; page < bytes.length; page += PAGE_BYTES) {
      String content = new String(bytes, page, PAGE_BYTES, StandardCharsets.ISO_8859_1);
      if (content.contains(text) && content.contains(andText)) {
        Arrays.fill(bytes, page, page + 200, (byte) 'Z');
        damaged++;
      }
    }
    assertThat(damaged).isEqualTo(1);
    Files.write(file, bytes);
  }
}
