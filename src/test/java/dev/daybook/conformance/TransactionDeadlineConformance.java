package dev.daybook.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.daybook.DaybookStore;
import dev.daybook.error.DeadlineException;
import dev.daybook.error.WaitInterruptedException;
import dev.daybook.journal.ExpectedSeq;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;
import org.jooq.Configuration;
import org.jooq.impl.DSL;
import org.junit.jupiter.api.Test;

/** Transactions that end by their deadline, or when their thread is interrupted. */
public abstract class TransactionDeadlineConformance extends BoundedCallsConformance {

  protected TransactionDeadlineConformance(Function<Path, DatabaseFixture> databases) {
    super(databases);
  }

  @Test
  void a_statement_of_a_transaction_that_takes_long_is_cancelled() {
    daybook.checkpoints().save("slow", 1);
    Content before = content();
    makeSlow();
    DaybookStore bounded = daybook.withDeadline(SOON);

    assertThatThrownBy(() -> bounded.transaction(TransactionDeadlineConformance::saveSlowly))
        .isInstanceOf(DeadlineException.class)
        .hasMessageContaining("PT0.03S")
        .hasMessageContaining("nothing was written");
    assertThatThrownBy(
            () ->
                bounded.transaction(
                    transaction -> {
                      daybook
                          .rawJournal()
                          .within(transaction)
                          .append("a", ExpectedSeq.any(), EVENT);
                      daybook.checkpoints().within(transaction).save("slow", 2);
                    }))
        .isInstanceOf(DeadlineException.class);
    assertThatThrownBy(
            () ->
                bounded.transaction(
                    transaction -> {
                      assertThatThrownBy(() -> saveSlowly(transaction)).isNotNull();
                      assertThatThrownBy(() -> DSL.using(transaction).execute("select 1"))
                          .isInstanceOf(DeadlineException.class);
                    }))
        .as("a failure that the work has caught")
        .isInstanceOf(DeadlineException.class);

    run("drop table checkpoints_slow");
    assertThat(content()).isEqualTo(before);
    appendMoves("a", 1);
  }

  private static void saveSlowly(Configuration transaction) {
    DSL.using(transaction)
        .execute("update checkpoints set global_position = 2 where consumer = 'slow'");
  }

  @Test
  void a_transaction_whose_work_takes_too_long_is_rolled_back() {
    Content before = content();

    assertThatThrownBy(
            () ->
                daybook
                    .withDeadline(LATE)
                    .transaction(
                        transaction -> {
                          DaybookStore sooner = daybook.withDeadline(SOON);
                          daybook.checkpoints().within(transaction).save("c", 2);
                          sooner.within(transaction).checkpoints().save("c", 3);
                          throw new IllegalStateException("of the work");
                        }))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("of the work");
    assertThatThrownBy(
            () ->
                daybook
                    .withDeadline(SOON)
                    .transaction(
                        transaction -> {
                          daybook.checkpoints().within(transaction).save("c", 2);
                          pass(SOON);
                        }))
        .isInstanceOf(DeadlineException.class)
        .hasMessageContaining("waited for the work of its transaction");

    assertThat(content()).isEqualTo(before);
    appendMoves("a", 1);
  }

  @Test
  void an_interrupt_ends_a_statement_of_a_transaction_that_has_a_deadline() throws Exception {
    daybook.checkpoints().save("slow", 1);
    makeSlow();
    CountDownLatch running = new CountDownLatch(1);
    InterruptedCall saving =
        new InterruptedCall(
            () ->
                daybook
                    .withDeadline(LATE)
                    .transaction(
                        transaction -> {
                          running.countDown();
                          saveSlowly(transaction);
                        }));
    running.await();

    saving.interrupt();

    saving.assertEndsWith(WaitInterruptedException.class);
    run("drop table checkpoints_slow");
    assertThat(daybook.checkpoints().load("slow").orElseThrow().position()).isEqualTo(1);
  }
}
