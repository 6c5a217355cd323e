package dev.daybook;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.daybook.ReadmeExampleTest.Account.Deposited;
import dev.daybook.ReadmeExampleTest.Account.Opened;
import dev.daybook.ReadmeExampleTest.Ledger.LedgerCredited;
import dev.daybook.ReadmeExampleTest.Ledger.LedgerOpened;
import dev.daybook.codec.Codecs;
import dev.daybook.document.DocumentRecord;
import dev.daybook.document.DocumentStore;
import dev.daybook.document.Entry;
import dev.daybook.document.EntryData;
import dev.daybook.document.Meta;
import dev.daybook.document.ReplicaType;
import dev.daybook.document.SyncMode;
import dev.daybook.journal.EventQuery;
import dev.daybook.journal.EventTypes;
import dev.daybook.journal.ExpectedSeq;
import dev.daybook.journal.Journal;
import dev.daybook.journal.RecordedEvent;
import dev.daybook.journal.StreamState;
import dev.daybook.journal.StreamTombstonedException;
import dev.daybook.journal.TypeName;
import dev.daybook.recovery.Recovery;
import dev.daybook.snapshot.SnapshotStore;
import dev.daybook.stream.Streams;
import dev.daybook.subscription.ExactlyOnce;
import dev.daybook.subscription.OnFailure;
import dev.daybook.subscription.Subscriber;
import dev.daybook.subscription.Subscription;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.jooq.Configuration;
import org.jooq.Field;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The README's Java, compiled and run. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ReadmeExampleTest {

  sealed interface Account {
    record Opened(String owner) implements Account {}

    record Deposited(BigDecimal amount) implements Account {}
  }

  record Balance(BigDecimal amount) {
    static Balance after(Balance before, RecordedEvent<Account> event) {
      return event.data() instanceof Deposited deposited
          ? new Balance(before.amount().add(deposited.amount()))
          : before;
    }
  }

  sealed interface Ledger {
    @TypeName(value = "ledger-opened", aliases = "Opened", version = 2)
    record LedgerOpened(String owner, String currency) implements Ledger {}

    @TypeName(value = "ledger-credited", aliases = "Deposited")
    record LedgerCredited(BigDecimal amount) implements Ledger {}
  }

  static final Table<?> DEPOSITS = DSL.table(DSL.name("deposits"));
  static final Field<String> ACCOUNT = DSL.field(DSL.name("account"), String.class);
  static final Field<BigDecimal> AMOUNT = DSL.field(DSL.name("amount"), BigDecimal.class);

  static class Deposits {
    static void record(Configuration transaction, RecordedEvent<Account> event) {
      if (event.data() instanceof Deposited deposited) {
        DSL.using(transaction)
            .insertInto(DEPOSITS, ACCOUNT, AMOUNT)
            .values(event.streamId(), deposited.amount())
            .execute();
      }
    }
  }

  @TempDir private Path directory;

  @Test
  void the_example_prints_the_balance() {
    assertThat(run(directory.resolve("accounts.db"))).isEqualTo("12.50");
  }

  @Test
  void the_recovery_has_the_same_balance_before_and_after_compacting() {
    try (Daybook daybook = Daybook.open(directory.resolve("accounts.db"))) {
      Journal<Account> accounts = daybook.journal(Account.class);
      accounts.append("account-1", ExpectedSeq.noStream(), new Opened("Ann"));
      for (int n = 0; n < 100; n++) {
        accounts.append("account-1", ExpectedSeq.any(), new Deposited(BigDecimal.ONE));
      }
      for (int round = 0; round < 2; round++) {
        SnapshotStore<Balance> snapshots = daybook.snapshots(Balance.class);
        Recovery<Balance, Account> recovery =
            Recovery.of(accounts, snapshots, () -> new Balance(BigDecimal.ZERO), Balance::after)
                .snapshotEvery(100);
        Balance balance = recovery.recover("account-1").state();
        recovery.compact("account-1");

        assertThat(balance.amount()).isEqualTo("100");
        assertThat(accounts.read(EventQuery.stream("account-1"))).isEmpty();
      }
    }
  }

  @Test
  void the_events_are_read_by_other_classes_and_go_on_in_cbor() {
    Path file = directory.resolve("accounts.db");
    assertThat(run(file)).isEqualTo("12.50");
    try (Daybook daybook = Daybook.open(file)) {
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
              new LedgerCredited(new BigDecimal("12.50")),
              new LedgerCredited(new BigDecimal("7.50")));
    }
  }

  @Test
  void the_subscription_has_applied_each_deposit_once() throws InterruptedException {
    try (Daybook daybook = Daybook.open(directory.resolve("accounts.db"))) {
      Journal<Account> accounts = daybook.journal(Account.class);
      accounts.append("account-1", ExpectedSeq.noStream(), new Opened("Ann"));
      daybook.transaction(
          tx -> DSL.using(tx).createTable(DEPOSITS).columns(ACCOUNT, AMOUNT).execute());
      Subscriber<Account> deposits =
          Subscriber.of("deposits", accounts, ExactlyOnce.each(Deposits::record))
              .select(EventQuery.all().inStreams("account-"))
              .onFailure(OnFailure.park());
      try (Subscription subscription = daybook.subscriptions().start(deposits)) {
        var deposited =
            accounts.append("account-1", ExpectedSeq.any(), new Deposited(BigDecimal.TEN));
        boolean there = subscription.awaitPosition(deposited.position(), Duration.ofSeconds(5));
        System.out.println(there);
        assertThat(there).isTrue();
      }
      assertThat(
              daybook.<Integer, RuntimeException>transactionResult(
                  tx -> DSL.using(tx).fetchCount(DEPOSITS)))
          .isOne();
    }
  }

  @Test
  void the_document_holds_what_it_was_replaced_by() {
    try (Daybook daybook = Daybook.open(directory.resolve("notes.db"))) {
      DocumentStore documents = daybook.documents();
      Meta meta =
          new Meta(
              new ReplicaType("text", 1, 0),
              new SyncMode("concurrent", "broadcast", "durable"),
              "schema-1");
      documents.append("note-1", meta);
      documents.append("note-1", Entry.since(EntryData.json("[\"insert\",0,\"Hi\"]"), "v1"));
      documents.append("note-1", Entry.since(EntryData.binary(new byte[] {1, 2}), "v2"));
      documents.replace("note-1", List.of(meta, Entry.entirety(EntryData.json("\"Hi!\""), "v2")));
      try (Stream<DocumentRecord> records = documents.loadAll("note-1")) {
        assertThat(records).containsExactly(meta, Entry.entirety(EntryData.json("\"Hi!\""), "v2"));
      }
    }
  }

  @Test
  void the_stream_is_deleted_at_the_end_of_its_life() {
    Path archiveFile = directory.resolve("archive.db");
    try (Daybook daybook = Daybook.open(directory.resolve("accounts.db"))) {
      Journal<Account> accounts = daybook.journal(Account.class);
      accounts.append("account-1", ExpectedSeq.noStream(), new Opened("Ann"));
      Streams streams = daybook.streams();
      streams.archive("account-1");
      streams.restore("account-1");
      streams.tombstone("account-1", "court order 7");
      try {
        accounts.append("account-1", ExpectedSeq.any(), new Deposited(BigDecimal.TEN));
      } catch (StreamTombstonedException refused) {
        System.out.println(refused.reason() + " since " + refused.since());
      }
      streams.restore("account-1");
      try (Daybook archive = Daybook.open(archiveFile)) {
        streams.archiveTo("account-1", archive.streams());
        streams.restoreFrom("account-1", archive.streams());
      }
      streams.delete("account-1");
      System.out.println(streams.status("account-1"));

      assertThat(streams.status("account-1").state()).isEqualTo(StreamState.DELETED);
      assertThat(accounts.read(EventQuery.all())).isEmpty();
    }
  }

  @Test
  void the_readme_shows_what_is_compiled_here() throws IOException {
    assertShown("sealed interface Account {", "System.out.println(balance);");
    assertShown("record Balance(BigDecimal amount) {", "A snapshot of another schema version");
    assertShown("static class Deposits {", "`DEPOSITS` is a table");
    assertShown("sealed interface Ledger {", "- **Upcasters**");
    assertShown("Streams streams = daybook.streams();", "- **Archived** in place");
    assertShown(
        "DocumentStore documents = daybook.documents();", "records.forEach(System.out::println);");
  }

  private static void assertShown(String first, String behind) throws IOException {
    List<String> readme = code(Files.readString(Path.of("README.md")));
    List<String> here =
        code(Files.readString(Path.of("src/test/java/dev/daybook/ReadmeExampleTest.java")));
    int end = 0;
    while (!readme.get(end).startsWith(behind)) {
      end++;
    }

    List<String> example =
        readme.subList(readme.indexOf(first), end).stream()
            .filter(line -> !line.equals("```"))
            .map(line -> line.replace("Path.of(\"accounts.db\")", "file"))
            .toList();

    assertThat(example).hasSizeGreaterThan(10);
    assertThat(here).containsSubsequence(example);
  }

  private static String run(Path file) {
    try (Daybook daybook = Daybook.open(file)) {
      Journal<Account> accounts = daybook.journal(Account.class);
      accounts.append("account-1", ExpectedSeq.noStream(), new Opened("Ann"));
      accounts.append("account-1", ExpectedSeq.exactly(1), new Deposited(new BigDecimal("12.50")));
      BigDecimal balance = BigDecimal.ZERO;
      for (RecordedEvent<Account> event : accounts.read(EventQuery.stream("account-1"))) {
        if (event.data() instanceof Deposited deposited) {
          balance = balance.add(deposited.amount());
        }
      }
      return balance.toPlainString();
    }
  }

  private static List<String> code(String text) {
    return text.lines().map(String::strip).filter(line -> !line.isEmpty()).toList();
  }
}
