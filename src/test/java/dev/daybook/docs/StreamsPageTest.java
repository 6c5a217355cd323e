package dev.daybook.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.daybook.Daybook;
import dev.daybook.docs.Account.Deposited;
import dev.daybook.docs.Account.Opened;
import dev.daybook.docs.Account.Withdrawn;
import dev.daybook.journal.Append;
import dev.daybook.journal.AppendResult;
import dev.daybook.journal.Appended;
import dev.daybook.journal.ConflictException;
import dev.daybook.journal.ExpectedSeq;
import dev.daybook.journal.Journal;
import dev.daybook.journal.Metadata;
import dev.daybook.journal.NewEvent;
import dev.daybook.journal.RecordedEvent;
import dev.daybook.journal.Registration;
import dev.daybook.recovery.Executed;
import dev.daybook.recovery.Recovery;
import dev.daybook.settings.Limits;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The Java of the page on streams and expectations, and its table of limits. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class StreamsPageTest {

  private static final Path PAGE = Path.of("src/docs/streams-and-expectations.md");

  @TempDir private Path directory;
  private Daybook daybook;
  private Journal<Account> accounts;

  @BeforeEach
  void open() {
    daybook = Daybook.inMemory();
    accounts = daybook.journal(Account.class);
  }

  @AfterEach
  void close() {
    daybook.close();
  }

  @Test
  void of_two_appends_with_one_expectation_the_second_fails() throws IOException {
    try (Daybook daybook = Daybook.open(directory.resolve("accounts.db").toString())) {
      Journal<Account> accounts = daybook.journal(Account.class);
      accounts.append("account-1", ExpectedSeq.noStream(), new Opened("Ann"));
      accounts.append("account-1", ExpectedSeq.exactly(1), new Deposited(BigDecimal.TEN));
      try {
        accounts.append("account-1", ExpectedSeq.exactly(1), new Withdrawn(BigDecimal.ONE));
      } catch (ConflictException conflict) {
        System.out.println(conflict.getMessage());
      }
      ConflictException conflict =
          catchThrowableOfType(
              ConflictException.class,
              () ->
                  accounts.append(
                      "account-1", ExpectedSeq.exactly(1), new Withdrawn(BigDecimal.ONE)));
      assertThat(Block.output(PAGE, "conflict")).isEqualTo(conflict.getMessage());
    }
  }

  @Test
  void what_is_not_covered_is_not_withdrawn() {
    accounts.append("account-1", ExpectedSeq.noStream(), new Deposited(new BigDecimal("13")));
    for (int round = 0; round < 2; round++) {
      Recovery<Balance, Account> balances =
          Recovery.of(accounts, () -> Balance.ZERO, Balance::after);
      Executed<Balance, Account> executed =
          balances.execute(
              "account-1",
              "withdrawal-7",
              balance -> {
                if (balance.amount().compareTo(BigDecimal.TEN) < 0) {
                  throw new IllegalStateException("the account has " + balance.amount());
                }
                return List.of(new Withdrawn(BigDecimal.TEN));
              });
      System.out.println(executed.state() + " at event " + executed.seq());
      assertThat(executed.state().amount()).isEqualTo("3");
      assertThat(executed.isRepeated()).isEqualTo(round == 1);
    }
    assertThat(accounts.highestSeq("account-1")).isEqualTo(2);
  }

  @Test
  void a_repeated_key_writes_nothing() {
    NewEvent<Deposited> deposit =
        NewEvent.of(new Deposited(BigDecimal.TEN))
            .tagged("branch:7", "customer:ann")
            .withMetadata(Metadata.none().withCorrelationId("request-9"));
    Append<Deposited> append =
        Append.of("account-1", ExpectedSeq.any(), List.of(deposit)).withIdempotencyKey("deposit-9");
    List<RecordedEvent<Account>> first = accounts.append(append);
    AppendResult<Account> again = accounts.appendOnce(append);
    List<RecordedEvent<Account>> found = accounts.findByKey("account-1", "deposit-9");
    assertThat(again.events()).isEqualTo(first).isEqualTo(found).hasSize(1);
    assertThat(again.hasOtherEvents()).isFalse();
    assertThat(found.get(0).tags()).containsExactly("branch:7", "customer:ann");
    assertThat(found.get(0).metadata().correlationId()).contains("request-9");
  }

  @Test
  void a_transfer_is_all_or_nothing() {
    accounts.append("account-1", ExpectedSeq.noStream(), new Opened("Ann"));
    accounts.append("account-2", ExpectedSeq.noStream(), new Opened("Bob"));
    accounts.appendAll(
        List.of(
            Append.of("account-1", ExpectedSeq.exactly(1), new Withdrawn(BigDecimal.TEN)),
            Append.of("account-2", ExpectedSeq.exactly(1), new Deposited(BigDecimal.TEN))));
    assertThatThrownBy(
            () ->
                accounts.appendAll(
                    List.of(
                        Append.of(
                            "account-1", ExpectedSeq.exactly(2), new Withdrawn(BigDecimal.TEN)),
                        Append.of(
                            "account-2", ExpectedSeq.exactly(1), new Deposited(BigDecimal.TEN)))))
        .isInstanceOf(ConflictException.class);
    assertThat(accounts.highestSeq("account-1")).isEqualTo(2);
    assertThat(accounts.highestSeq("account-2")).isEqualTo(2);
  }

  @Test
  @SuppressWarnings("try") // The registration is only closed.
  void a_listener_hears_of_an_append() throws InterruptedException {
    BlockingQueue<Appended> heard = new LinkedBlockingQueue<>();
    try (Registration registration = accounts.onAppend(heard::add)) {
      accounts.append("account-1", ExpectedSeq.any(), new Deposited(BigDecimal.TEN));
      Appended appended = heard.take();
      System.out.println(appended);
      assertThat(appended).isEqualTo(new Appended("account-1", 1, 1, 1, 1));
    }
  }

  @Test
  void deleted_numbers_are_not_given_again() {
    accounts.append("account-1", ExpectedSeq.noStream(), new Opened("Ann"));
    accounts.append("account-1", ExpectedSeq.exactly(1), new Deposited(BigDecimal.TEN));
    accounts.delete("account-1", 2);
    RecordedEvent<Account> next =
        accounts.append("account-1", ExpectedSeq.exactly(2), new Deposited(BigDecimal.ONE));
    System.out.println(next.seq());
    assertThat(next.seq()).isEqualTo(3);
  }

  @Test
  void the_table_has_the_limits_of_the_code() throws IOException {
    assertThat(Block.page(PAGE))
        .contains("| length of a name | %,d characters |".formatted(Limits.MAX_NAME_LENGTH))
        .contains("| tags of one event | %,d |".formatted(Limits.MAX_TAGS))
        .contains("| metadata entries of one event | %,d |".formatted(Limits.MAX_METADATA_ENTRIES))
        .contains(
            "| length of a metadata value | %,d characters |"
                .formatted(Limits.MAX_METADATA_VALUE_LENGTH))
        .contains("| events of one atomic append | %,d |".formatted(Limits.MAX_EVENTS_PER_APPEND))
        .contains(
            "| length of a tombstone's reason | %,d characters |"
                .formatted(Limits.MAX_REASON_LENGTH));
  }
}
