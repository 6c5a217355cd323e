package dev.daybook.document.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.daybook.document.DocumentRecord;
import dev.daybook.document.DocumentStore;
import dev.daybook.document.Entry;
import dev.daybook.document.EntryData;
import dev.daybook.document.Meta;
import dev.daybook.document.ReplicaType;
import dev.daybook.document.SyncMode;
import dev.daybook.error.DatabaseBusyException;
import dev.daybook.fixture.PostgresDatabase;
import dev.daybook.fixture.PostgresServer;
import dev.daybook.internal.connections.LentConnections;
import dev.daybook.internal.database.Database;
import dev.daybook.internal.database.Migrating;
import dev.daybook.internal.dialect.ConnectionOptions;
import dev.daybook.internal.schema.Schema;
import dev.daybook.internal.statements.Lazy;
import dev.daybook.settings.TableNames;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** Entries of several callers that are written together, where several transactions can write. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class DocumentAppendWriterTest {

  private static final Meta META =
      new Meta(
          new ReplicaType("account", 1, 0), new SyncMode("concurrent", "none", "durable"), "hash");

  private final PostgresDatabase server = PostgresServer.shared().newMigratedDatabase();
  private final Database database =
      new Database(
          LentConnections.of(server.pool(1)),
          new ConnectionOptions(null, null, Duration.ofSeconds(5), false, null, null, null, null),
          new Schema(TableNames.defaults()),
          Migrating.ALWAYS,
          sql -> {},
          false);
  private final DocumentStore documents = Documents.of(database);
  private final DocumentAppendWriter writer =
      new DocumentAppendWriter(
          database, new Lazy<>(() -> new DocumentStatements(database.renderer())));

  @AfterEach
  void close() {
    database.close();
    server.close();
  }

  @Test
  void documents_that_are_there_get_their_entries_in_order_and_the_others_nothing() {
    documents.append("b", List.of(META, entry(1)));
    documents.append("a", META);
    DocumentAppend missing = append("missing", entry(4));
    List<DocumentAppend> appends =
        List.of(
            append("b", entry(2)),
            append("a", binary(3)),
            missing,
            append("b", binary(5)),
            append("a", entry(6)));

    List<DocumentAppend> written = writeMany(appends);

    assertThat(written).containsExactlyElementsOf(without(appends, missing));
    assertThat(appends).noneMatch(append -> append.outcome().isKnown());
    assertThat(records("b")).containsExactly(META, entry(1), entry(2), binary(5));
    assertThat(records("a")).containsExactly(META, binary(3), entry(6));
    assertThat(records("missing")).isEmpty();
  }

  @Test
  void only_a_single_entry_fits() {
    assertThat(writer.fitsOneStatement(append("d", entry(1)))).isTrue();
    assertThat(writer.fitsOneStatement(append("d", META))).isFalse();
    assertThat(writer.fitsOneStatement(append("d", entry(1), entry(2)))).isFalse();
  }

  @Test
  void
      it_waits_but_a_moment_for_a_document_that_somebody_keeps_locked_and_leaves_no_setting_behind()
          throws SQLException {
    documents.append("locked", META);
    documents.append("free", META);
    List<String> before = settings();
    try (Connection other = server.dataSource().getConnection();
        Statement statement = other.createStatement()) {
      other.setAutoCommit(false);
      statement.execute("select 1 from doc_meta where doc_id = 'locked' for update");

      List<DocumentAppend> appends = List.of(append("free", entry(1)), append("locked", entry(2)));
      assertThatThrownBy(() -> writeMany(appends)).isInstanceOf(DatabaseBusyException.class);
    }

    assertThat(records("free")).containsExactly(META);
    assertThat(settings()).isEqualTo(before);
    assertThat(writeMany(List.of(append("locked", entry(3))))).hasSize(1);
    assertThat(settings()).isEqualTo(before);
  }

  private List<DocumentAppend> writeMany(List<DocumentAppend> appends) {
    return database.writeAtOnce(session -> writer.writeManyAtOnce(session, appends));
  }

  /** Of the pool's only connection. */
  private List<String> settings() {
    return database.read(
        session -> {
          try (Statement statement = session.connection().createStatement();
              ResultSet row =
                  statement.executeQuery(
                      "select current_setting('lock_timeout'), current_setting('plan_cache_mode')")) {
            assertThat(row.next()).isTrue();
            return List.of(row.getString(1), row.getString(2));
          } catch (SQLException e) {
            throw session.failure(e);
          }
        });
  }

  private List<DocumentRecord> records(String docId) {
    try (Stream<DocumentRecord> all = documents.loadAll(docId)) {
      return all.toList();
    }
  }

  private static List<DocumentAppend> without(List<DocumentAppend> all, DocumentAppend one) {
    return all.stream().filter(append -> append != one).toList();
  }

  private static DocumentAppend append(String docId, DocumentRecord... records) {
    return new DocumentAppend(docId, EncodedRecord.all(docId, List.of(records)));
  }

  private static Entry entry(int n) {
    return new Entry(Entry.Kind.SINCE, EntryData.json("{\"n\":" + n + "}"), "v" + n, null);
  }

  private static Entry binary(int n) {
    byte[] bytes = ("number " + n).getBytes(StandardCharsets.UTF_8);
    return new Entry(Entry.Kind.SINCE, EntryData.binary(bytes), "v" + n, null);
  }
}
