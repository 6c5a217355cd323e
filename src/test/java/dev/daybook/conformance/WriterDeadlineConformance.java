package dev.daybook.conformance;

import static dev.daybook.conformance.ParcelEvent.moved;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.daybook.conformance.ConcurrentRendezvous.Outcome;
import dev.daybook.error.OutcomeUnknownException;
import dev.daybook.error.WaitInterruptedException;
import dev.daybook.journal.ExpectedSeq;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.function.Function;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** Callers that are interrupted while they wait for the one writer of a database. */
public abstract class WriterDeadlineConformance extends JournalConformance {

  protected WriterDeadlineConformance(Function<Path, DatabaseFixture> databases) {
    super(databases);
  }

  @Test
  void an_interrupt_ends_the_wait_for_the_writer() {
    Convoy convoy = new Convoy(daybook);
    List<Thread> waiting = new ArrayList<>();
    for (ThrowingCallable write : DeadlineConformance.writes(daybook).values()) {
      waiting.add(
          convoy.add(
              () -> {
                Throwable failure = catchThrowable(write);
                return failure instanceof WaitInterruptedException && Thread.interrupted();
              }));
    }

    waiting.forEach(Thread::interrupt);
    Await.until(() -> waiting.stream().noneMatch(Thread::isAlive));

    assertThat(convoy.release()).extracting(Outcome::orThrow).containsOnly(true);
    assertThat(journal.stats().events()).isZero();
  }

  @Test
  void a_write_that_another_caller_has_begun_has_an_unknown_outcome() throws Exception {
    CountDownLatch writing = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    openWith(
        options ->
            options.sqlListener(
                sql -> {
                  if (sql.startsWith("insert into") && sql.contains("payload")) {
                    writing.countDown();
                    awaitUninterrupted(goOn);
                  }
                }));
    Convoy convoy = new Convoy(daybook);
    convoy.add(() -> journal.append("leader", ExpectedSeq.any(), moved(1)));
    InterruptedCall other =
        new InterruptedCall(() -> journal.append("other", ExpectedSeq.any(), moved(1)));
    other.awaitWaiting();
    FutureTask<List<Outcome<Object>>> released = new FutureTask<>(convoy::release);
    new Thread(released).start();
    writing.await();

    other.interrupt();

    other.assertEndsWith(OutcomeUnknownException.class);
    goOn.countDown();
    released.get().forEach(Outcome::orThrow);
    assertThat(readStream("leader")).hasSize(1);
    assertThat(readStream("other")).hasSize(1);
  }

  private static void awaitUninterrupted(CountDownLatch latch) {
    boolean interrupted = false;
    while (true) {
      try {
        latch.await();
        break;
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
