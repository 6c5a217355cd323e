package dev.daybook.journal.internal.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.daybook.error.EventDecodeException;
import dev.daybook.internal.connections.Databases;
import dev.daybook.internal.statements.CommitActions;
import dev.daybook.internal.statements.Execution;
import dev.daybook.internal.statements.Script;
import dev.daybook.internal.statements.Session;
import dev.daybook.internal.statements.SqlContext;
import dev.daybook.journal.EncodedEvent;
import dev.daybook.journal.Metadata;
import dev.daybook.journal.RecordedEvent;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** An event to columns and back, through a real database but without its tables. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class EventRowsTest {

  private static final String ANY =
      "q\"b\\s/'\u0001\n\t\u0000\u2028 \uFEFF \u00FC\uD7FF\uE000\uFFFF \uD83D\uDE00\uDBFF\uDFFF";

  @Test
  void each_column_comes_back_where_it_belongs() throws SQLException {
    RecordedEvent<EncodedEvent> event =
        event("stream", 7, 8, "type", List.of("x", "y"), Metadata.of("k", "v"));

    assertThat(roundTrip(event)).isEqualTo(event);
  }

  @Test
  void an_event_that_is_compressed_and_encrypted_says_so() throws SQLException {
    EncodedEvent data = new EncodedEvent("type", "json", new byte[] {0, -1}, "gzip", "key-1");
    RecordedEvent<EncodedEvent> event =
        RecordedEvent.of(
            "s", 1, 1, "type", List.of(), Metadata.none(), Instant.ofEpochMilli(0), data);

    assertThat(roundTrip(event)).isEqualTo(event);
  }

  @Test
  void no_tags_and_no_metadata_are_no_text() throws SQLException {
    RecordedEvent<EncodedEvent> event = event("s", 1, 1, "t", List.of(), Metadata.none());

    assertThat(EventRows.text(event.tags())).isNull();
    assertThat(EventRows.text(event.metadata())).isNull();
    assertThat(roundTrip(event)).isEqualTo(event);
  }

  @Test
  void any_text_survives_in_tags_and_metadata_and_in_their_order() throws SQLException {
    List<String> tags = List.of("z", ANY.replaceAll("\\p{Cntrl}", ""), "a", "[", "]", ",", "{}");
    Metadata metadata =
        Metadata.of("z", ANY).with("a", "").with("\"\\\uD83D\uDE00", "null").with("0", "\r\n");
    RecordedEvent<EncodedEvent> event =
        event("s\"\\", Long.MAX_VALUE, Long.MAX_VALUE, "t'", tags, metadata);

    RecordedEvent<EncodedEvent> read = roundTrip(event);

    assertThat(read).isEqualTo(event);
    assertThat(new ArrayList<>(read.metadata().entries().keySet()))
        .isEqualTo(new ArrayList<>(metadata.entries().keySet()));
  }

  @Test
  void tags_and_metadata_are_plain_json() {
    assertThat(EventRows.text(List.of("a", "b\"c\\"))).isEqualTo("[\"a\",\"b\\\"c\\\\\"]");
    assertThat(EventRows.text(new Metadata(Map.of("k", "\u00FC")))).isEqualTo("{\"k\":\"\u00FC\"}");
  }

  @Test
  void text_of_another_shape_is_a_clear_error() {
    assertThatThrownBy(() -> read(event("s", 1, 1, "t", List.of(), Metadata.none()), "[\"a", null))
        .isInstanceOf(EventDecodeException.class)
        .hasMessageContaining("tags");
    assertThatThrownBy(
            () -> read(event("s", 1, 1, "t", List.of(), Metadata.none()), "[\"a\",\"b\"c\"]", null))
        .isInstanceOf(EventDecodeException.class)
        .hasMessageContaining("tags");
    assertThatThrownBy(
            () -> read(event("s", 1, 1, "t", List.of(), Metadata.none()), "{\"a\":1}", null))
        .isInstanceOf(EventDecodeException.class)
        .hasMessageContaining("tags");
    for (String metadata :
        List.of("{\"a\":", "[]", "{\"k\":{\"n\":1},\"z\":\"v\"}", "{\"k\":1}", "{\"\":\"v\"}")) {
      assertThatThrownBy(
              () -> read(event("s", 1, 1, "t", List.of(), Metadata.none()), null, metadata))
          .isInstanceOf(EventDecodeException.class)
          .hasMessageContaining("metadata");
    }
  }

  private static RecordedEvent<EncodedEvent> event(
      String streamId, long seq, long position, String type, List<String> tags, Metadata metadata) {
    return RecordedEvent.of(
        streamId,
        seq,
        position,
        type,
        tags,
        metadata,
        Instant.ofEpochMilli(-5),
        new EncodedEvent(type, 3, "none", new byte[] {0, 1, -1}, null, null));
  }

  private static RecordedEvent<EncodedEvent> roundTrip(RecordedEvent<EncodedEvent> event)
      throws SQLException {
    return read(event, EventRows.text(event.tags()), EventRows.text(event.metadata()));
  }

  private static RecordedEvent<EncodedEvent> read(
      RecordedEvent<EncodedEvent> event, @Nullable String tags, @Nullable String metadata)
      throws SQLException {
    DSLContext dsl = DSL.using(SQLDialect.SQLITE);
    EncodedEvent data = event.data();
    Script row =
        Script.of(
            dsl,
            () ->
                dsl.select(
                    DSL.val(event.position()),
                    DSL.val(event.seq()),
                    DSL.val(event.type()),
                    DSL.val(event.time().toEpochMilli()),
                    DSL.val(tags),
                    DSL.val(data.payload()),
                    DSL.val(0),
                    DSL.val((long) data.schemaVersion()),
                    DSL.val(data.codec()),
                    DSL.val(data.compression()),
                    DSL.val(data.keyId()),
                    DSL.val(metadata),
                    DSL.val((String) null),
                    DSL.val(event.streamId())));
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite::memory:")) {
      SqlContext context = new SqlContext(Databases.dialect(connection), sql -> {});
      Session session = Session.borrowed(connection, context, new CommitActions());
      try (Execution prepared = session.prepareOnce(row)) {
        return prepared.list(EventRows::read).get(0);
      }
    }
  }
}
