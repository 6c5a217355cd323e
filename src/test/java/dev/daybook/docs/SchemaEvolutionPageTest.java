package dev.daybook.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.daybook.Daybook;
import dev.daybook.codec.Codec;
import dev.daybook.codec.Codecs;
import dev.daybook.docs.Account.Deposited;
import dev.daybook.docs.Account.Opened;
import dev.daybook.docs.SchemaEvolutionPageTest.Ledger.LedgerCredited;
import dev.daybook.docs.SchemaEvolutionPageTest.Ledger.LedgerOpened;
import dev.daybook.journal.EventQuery;
import dev.daybook.journal.EventTypes;
import dev.daybook.journal.ExpectedSeq;
import dev.daybook.journal.Journal;
import dev.daybook.journal.RecordedEvent;
import dev.daybook.journal.TypeName;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The Java of the page on schema evolution. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class SchemaEvolutionPageTest {

  sealed interface Ledger {
    @TypeName(value = "ledger-opened", aliases = "Opened", version = 2)
    record LedgerOpened(String owner, String currency) implements Ledger {}

    @TypeName(value = "ledger-credited", aliases = "Deposited")
    record LedgerCredited(BigDecimal amount) implements Ledger {}
  }

  record Note(String text) {}

  static final class TextCodec implements Codec {
    @Override
    public String name() {
      return "text";
    }

    @Override
    public byte[] encode(Object value) {
      return ((Note) value).text().getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public <T> T decode(byte[] payload, Class<T> type, int schemaVersion) throws IOException {
      return type.cast(new Note(new String(payload, StandardCharsets.UTF_8)));
    }
  }

  @TempDir private Path directory;

  @Test
  void the_events_are_read_by_other_classes_and_go_on_in_cbor() {
    try (Daybook daybook = Daybook.open(directory.resolve("accounts.db"))) {
      Journal<Account> accounts = daybook.journal(Account.class);
      accounts.append("account-1", ExpectedSeq.noStream(), new Opened("Ann"));
      accounts.append("account-1", ExpectedSeq.exactly(1), new Deposited(BigDecimal.TEN));
      EventTypes<Ledger> types =
          EventTypes.ofSealed(Ledger.class)
              .upcast("ledger-opened", 1, data -> ((ObjectNode) data).put("currency", "EUR"));
      Journal<Ledger> ledger = daybook.journal(types).with(Codecs.cbor());
      ledger.append("account-1", ExpectedSeq.any(), new LedgerCredited(new BigDecimal("7.50")));
      List<RecordedEvent<Ledger>> whole = ledger.read(EventQuery.stream("account-1"));
      assertThat(whole)
          .extracting(RecordedEvent::data)
          .containsExactly(
              new LedgerOpened("Ann", "EUR"),
              new LedgerCredited(BigDecimal.TEN),
              new LedgerCredited(new BigDecimal("7.50")));
      List<RecordedEvent<Ledger>> credits =
          ledger.read(EventQuery.all().ofTypes(types.namesOf(LedgerCredited.class)));
      assertThat(credits).hasSize(2);
    }
  }

  @Test
  void a_codec_of_one_s_own_writes_and_reads() {
    try (Daybook daybook = Daybook.inMemory()) {
      EventTypes<Note> types = EventTypes.of(Note.class).with("note", Note.class);
      Journal<Note> notes = daybook.journal(types, Codecs.writing(new TextCodec()));
      notes.append("notes", ExpectedSeq.any(), new Note("Hi"));
      assertThat(notes.read(EventQuery.stream("notes")))
          .extracting(RecordedEvent::data)
          .containsExactly(new Note("Hi"));
    }
  }
}
