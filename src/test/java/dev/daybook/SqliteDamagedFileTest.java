package dev.daybook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.daybook.document.DocumentDecodeException;
import dev.daybook.document.Meta;
import dev.daybook.document.ReplicaType;
import dev.daybook.document.SyncMode;
import dev.daybook.error.DamagedRowException;
import dev.daybook.error.DatabaseException;
import dev.daybook.error.EventDecodeException;
import dev.daybook.journal.EncodedEvent;
import dev.daybook.journal.EventQuery;
import dev.daybook.journal.ExpectedSeq;
import dev.daybook.journal.Journal;
import dev.daybook.maintenance.Finding.Kind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;
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

  @Test
  void a_value_of_another_kind_is_an_exception_to_readers_and_a_finding() throws SQLException {
    Path file = fill("");
    try (Daybook daybook = Daybook.open(file)) {
      daybook.checkpoints().save("mailer", 1);
      daybook.snapshots(String.class).save(stream(5), 1, "five");
      execute(file, "update events set ts = 'soon' where stream_id = '%s'".formatted(stream(3)));
      execute(
          file,
          "update events set metadata = '{\"k\":{\"n\":1},\"z\":\"v\"}' where stream_id = '%s'"
              .formatted(stream(4)));
      execute(file, "update checkpoints set updated_at = 'never'");
      execute(file, "update snapshots set schema_version = 'one'");
      execute(
          file, "update streams set last_seq = 'many' where stream_id = '%s'".formatted(stream(6)));

      for (int damaged : List.of(3, 4)) {
        assertThatThrownBy(() -> daybook.rawJournal().read(EventQuery.stream(stream(damaged))))
            .isInstanceOfSatisfying(
                EventDecodeException.class,
                e -> {
                  assertThat(e.streamId()).isEqualTo(stream(damaged));
                  assertThat(e.seq()).isEqualTo(1);
                });
      }
      assertThatThrownBy(() -> daybook.rawJournal().read(EventQuery.all()))
          .isInstanceOf(EventDecodeException.class);
      assertThatThrownBy(() -> daybook.checkpoints().load("mailer"))
          .isInstanceOf(DamagedRowException.class)
          .hasMessageContaining("updated_at");
      assertThatThrownBy(() -> append(daybook.rawJournal(), 6, ""))
          .isInstanceOf(DamagedRowException.class);
      assertThat(daybook.snapshots(String.class).loadLatest(stream(5))).isEmpty();
      assertThat(daybook.maintenance().verify().counts().keySet())
          .contains(
              Kind.EVENT_UNREADABLE,
              Kind.METADATA_UNREADABLE,
              Kind.ROW_UNREADABLE,
              Kind.SNAPSHOT_UNREADABLE);
    }
  }

  @Test
  void what_was_changed_is_read_only_by_who_does_not_ask_for_a_check() throws SQLException {
    Path file = fill("");
    try (Daybook daybook = Daybook.open(file);
        Daybook verifying = Daybook.builder(file).verifyReads(true).build()) {
      Meta meta = new Meta(new ReplicaType("t", 1, 0), new SyncMode("a", "b", "c"), "hash");
      daybook.documents().append("note", meta);
      assertThat(verifying.rawJournal().read(EventQuery.stream(stream(3)))).hasSize(1);
      try (var records = verifying.documents().loadAll("note")) {
        assertThat(records).containsExactly(meta);
      }
      execute(file, "update events set ts = ts + 1 where stream_id = '%s'".formatted(stream(3)));
      execute(file, "update doc_records set payload = replace(payload, 'hash', 'hush')");

      assertThat(daybook.rawJournal().read(EventQuery.stream(stream(3)))).hasSize(1);
      for (EventQuery query : List.of(EventQuery.stream(stream(3)), EventQuery.all())) {
        assertThatThrownBy(() -> verifying.rawJournal().read(query))
            .isInstanceOf(EventDecodeException.class)
            .hasMessageContaining("is not what was written");
      }
      try (var records = verifying.documents().loadAll("note")) {
        assertThatThrownBy(records::toList).isInstanceOf(DocumentDecodeException.class);
      }
    }
  }

  @Test
  void a_snapshot_that_was_changed_is_not_used() throws SQLException {
    Path file = fill("");
    try (Daybook daybook = Daybook.open(file)) {
      daybook.snapshots(String.class).save(stream(5), 1, "five");
      execute(file, "update snapshots set state = cast('\"four\"' as blob)");

      assertThat(daybook.snapshots(String.class).loadLatest(stream(5))).isEmpty();
    }
  }

  private static void execute(Path file, String sql) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement statement = connection.createStatement()) {
      assertThat(statement.executeUpdate(sql)).isPositive();
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
