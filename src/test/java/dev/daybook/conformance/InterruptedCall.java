package dev.daybook.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.util.concurrent.FutureTask;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** A call on another thread, which is going to be interrupted. */
final class InterruptedCall {

  private final FutureTask<Throwable> call;
  private final Thread thread;
  private volatile boolean interrupted;

  InterruptedCall(ThrowingCallable called) {
    this.call =
        new FutureTask<>(
            () -> {
              Throwable failure = catchThrowable(called);
              interrupted = Thread.interrupted();
              return failure;
            });
    this.thread = new Thread(call, "interrupted");
    thread.start();
  }

  void awaitWaiting() {
    Await.until(() -> thread.getState() == Thread.State.WAITING);
  }

  void interrupt() {
    thread.interrupt();
  }

  void assertEndsWith(Class<? extends Throwable> failure) throws Exception {
    Await.until(call::isDone);
    assertThat(call.get()).isInstanceOf(failure);
    assertThat(interrupted).as("still interrupted").isTrue();
  }
}
