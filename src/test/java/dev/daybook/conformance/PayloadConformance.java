package dev.daybook.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.daybook.error.InvalidInputException;
import dev.daybook.journal.EncodedEvent;
import dev.daybook.journal.EventQuery;
import dev.daybook.journal.ExpectedSeq;
import dev.daybook.journal.Journal;
import dev.daybook.journal.RecordedEvent;
import dev.daybook.payload.Compression;
import dev.daybook.payload.KeyRing;
import dev.daybook.payload.PayloadException;
import dev.daybook.payload.PayloadOptions;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** Events that are compressed and encrypted. */
public abstract class PayloadConformance extends JournalConformance {

  private static final String SECRET = "Zanzibar";
  private static final KeyRing KEYS = KeyRing.of("k1", SnapshotConformance.key(1));

  protected PayloadConformance(Function<Path, DatabaseFixture> databases) {
    super(databases);
  }

  @Test
  void each_way_to_write_can_be_read_and_is_named_in_the_row() {
    for (Compression compression : Compression.values()) {
      PayloadOptions options = PayloadOptions.plain().compressed(compression);
      journal.with(options).append("s", ExpectedSeq.any(), ParcelEvent.posted(SECRET));
      journal
          .with(options.encrypted(KEYS))
          .append("s", ExpectedSeq.any(), ParcelEvent.posted(SECRET));
    }

    List<RecordedEvent<EncodedEvent>> raw = journal.raw().read(EventQuery.stream("s"));

    assertThat(journal.with(PayloadOptions.plain().encrypted(KEYS)).read(EventQuery.stream("s")))
        .extracting(RecordedEvent::data)
        .hasSize(6)
        .containsOnly(ParcelEvent.posted(SECRET));
    assertThat(raw)
        .extracting(event -> event.data().compression())
        .containsExactly(null, null, "gzip", "gzip", "zstd", "zstd");
    assertThat(raw)
        .extracting(event -> event.data().keyId())
        .containsExactly(null, "k1", null, "k1", null, "k1");
  }

  @Test
  void an_encrypted_payload_shows_nothing_and_a_journal_without_the_key_says_which_one() {
    encrypted().append("s", ExpectedSeq.any(), ParcelEvent.posted(SECRET));

    byte[] stored = raw("s", 1).payload();

    assertThat(new String(stored, StandardCharsets.ISO_8859_1)).doesNotContain(SECRET);
    assertThatThrownBy(() -> readStream("s"))
        .isInstanceOf(PayloadException.class)
        .hasMessageContaining("event 1 of stream \"s\"")
        .hasMessageContaining("\"k1\"");
  }

  @Test
  void the_same_event_is_never_encrypted_the_same_way_twice() {
    encrypted().append("s", ExpectedSeq.any(), ParcelEvent.posted(SECRET));
    encrypted().append("s", ExpectedSeq.any(), ParcelEvent.posted(SECRET));

    assertThat(raw("s", 1).payload()).isNotEqualTo(raw("s", 2).payload());
  }

  @Test
  void a_payload_that_was_moved_or_changed_does_not_open() {
    encrypted().append("s", ExpectedSeq.any(), ParcelEvent.posted(SECRET));
    EncodedEvent first = raw("s", 1);
    byte[] changed = first.payload().clone();
    changed[changed.length - 1] ^= 1;

    journal.raw().append("s", ExpectedSeq.any(), first);
    journal.raw().append("t", ExpectedSeq.any(), first);
    journal
        .raw()
        .append(
            "u",
            ExpectedSeq.any(),
            new EncodedEvent(first.type(), first.codec(), changed, null, "k1"));

    for (EventQuery query :
        List.of(EventQuery.stream("s").from(2), EventQuery.stream("t"), EventQuery.stream("u"))) {
      assertThatThrownBy(() -> encrypted().read(query))
          .isInstanceOf(PayloadException.class)
          .hasMessageContaining("changed or moved");
    }
    assertThat(encrypted().read(EventQuery.stream("s").to(1))).hasSize(1);
  }

  @Test
  void rotation_keeps_old_events_readable_and_a_dropped_key_loses_exactly_its_own() {
    KeyRing rotated = KEYS.rotatedTo("k2", SnapshotConformance.key(2));
    encrypted().append("s", ExpectedSeq.any(), ParcelEvent.moved(1));
    with(rotated).append("s", ExpectedSeq.any(), ParcelEvent.moved(2));

    assertThat(with(rotated).read(EventQuery.stream("s"))).hasSize(2);
    assertThat(with(rotated.without("k1")).read(EventQuery.stream("s").from(2))).hasSize(1);
    assertThatThrownBy(() -> with(rotated.without("k1")).read(EventQuery.stream("s")))
        .isInstanceOf(PayloadException.class)
        .hasMessageContaining("\"k1\"");
  }

  @Test
  void an_unknown_compression_is_an_error_that_names_it() {
    journal
        .raw()
        .append(
            "s",
            ExpectedSeq.any(),
            new EncodedEvent("Delivered", EncodedEvent.JSON, new byte[] {1}, "lzma", null));

    assertThatThrownBy(() -> readStream("s"))
        .isInstanceOf(PayloadException.class)
        .hasMessageContaining("\"lzma\"");
  }

  @Test
  void a_raw_journal_cannot_honour_payload_options() {
    assertThatThrownBy(
            () -> journal.raw().with(PayloadOptions.plain().compressed(Compression.GZIP)))
        .isInstanceOf(InvalidInputException.class);
  }

  private Journal<ParcelEvent> encrypted() {
    return with(KEYS);
  }

  private Journal<ParcelEvent> with(KeyRing keys) {
    return journal.with(PayloadOptions.plain().encrypted(keys));
  }

  private EncodedEvent raw(String streamId, long seq) {
    return journal.raw().read(EventQuery.stream(streamId).from(seq).to(seq)).get(0).data();
  }
}
