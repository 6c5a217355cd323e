package dev.daybook.internal.groupcommit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.daybook.conformance.Await;
import dev.daybook.error.DatabaseBusyException;
import dev.daybook.error.WaitInterruptedException;
import dev.daybook.internal.statements.CommitAction;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** Who writes alone, who writes for others, and who waits. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class GroupCommitTest {

  private static final Duration FOREVER = Duration.ofHours(1);
  private static final Duration AT_ONCE = Duration.ZERO;

  private record Request(String name, Outcome outcome) implements WriteRequest {

    Request(String name) {
      this(name, new Outcome());
    }

    @Override
    public long bytes() {
      return name.length();
    }
  }

  /** Writes nothing but down who was written with whom; some wait at a gate before. */
  private static final class Written implements GroupCommit.Writing<Request> {

    private final List<List<String>> transactions = new CopyOnWriteArrayList<>();
    private final CountDownLatch gate = new CountDownLatch(1);
    private final CountDownLatch laterGate = new CountDownLatch(1);
    private final List<String> released = new CopyOnWriteArrayList<>();
    private volatile boolean busy;

    @Override
    public List<CommitAction> one(Request request) {
      if (request.name().startsWith("held")) {
        pass(gate);
      }
      if (request.name().startsWith("later")) {
        pass(laterGate);
      }
      return write(List.of(request));
    }

    @Override
    public List<CommitAction> many(Supplier<List<Request>> begin) {
      if (busy) {
        throw new DatabaseBusyException("locked", null);
      }
      return write(begin.get());
    }

    private static void pass(CountDownLatch gate) {
      Await.reached(gate);
    }

    private List<CommitAction> write(List<Request> requests) {
      // A pool's connection could not be waited for, and what is written here is others' too.
      assertThat(Thread.currentThread().isInterrupted()).isFalse();
      List<String> names = requests.stream().map(Request::name).toList();
      transactions.add(names);
      requests.stream()
          .filter(request -> !request.name().startsWith("strange"))
          .forEach(request -> request.outcome().written());
      return List.of(
          new CommitAction() {
            @Override
            public void committed() {}

            @Override
            public void released() {
              released.addAll(names);
            }
          });
    }
  }

  private final Written written = new Written();
  private final List<Request> requests = new ArrayList<>();
  private final List<Thread> threads = new ArrayList<>();

  @AfterEach
  void end() throws InterruptedException {
    written.gate.countDown();
    written.laterGate.countDown();
    for (Thread thread : threads) {
      thread.join();
    }
  }

  @Test
  void who_finds_nobody_writing_writes_alone() {
    GroupCommit<Request> turns = turns(FOREVER, FOREVER);
    Request first = new Request("first");
    Request second = new Request("second");
    turns.write(first);
    turns.write(second);

    assertThat(first.outcome().isKnown()).isTrue();
    assertThat(written.transactions).containsExactly(List.of("first"), List.of("second"));
  }

  @Test
  void who_finds_another_writing_waits_and_then_one_writes_for_all_in_the_order_of_their_arrival()
      throws InterruptedException {
    GroupCommit<Request> turns = turns(FOREVER, FOREVER);
    hold(turns);
    startWaiting(turns, "a", Thread.State.TIMED_WAITING);
    startWaiting(turns, "b", Thread.State.WAITING);
    startWaiting(turns, "c", Thread.State.WAITING);

    end();

    assertThat(written.transactions).contains(List.of("a", "b", "c")).hasSize(2);
    assertThat(requests).allMatch(request -> request.outcome().isKnown());
  }

  @Test
  void who_has_waited_long_enough_takes_all_along_who_wait_with_him() throws InterruptedException {
    GroupCommit<Request> turns = turns(Duration.ofSeconds(1), FOREVER);
    hold(turns);
    startWaiting(turns, "a", Thread.State.TIMED_WAITING);
    startWaiting(turns, "b", Thread.State.WAITING);

    Await.until(() -> !written.transactions.isEmpty());

    assertThat(written.transactions).containsExactly(List.of("a", "b"));
    end();
  }

  @Test
  void one_that_has_to_be_looked_at_more_closely_is_left_with_its_outcome_unknown()
      throws InterruptedException {
    GroupCommit<Request> turns = turns(FOREVER, FOREVER);
    hold(turns);
    startWaiting(turns, "a", Thread.State.TIMED_WAITING);
    startWaiting(turns, "strange", Thread.State.WAITING);

    end();

    assertThat(requests)
        .filteredOn(request -> !request.outcome().isKnown())
        .extracting(Request::name)
        .containsExactly("strange");
  }

  @Test
  void who_has_waited_long_enough_for_those_who_write_goes_on_in_their_place() {
    GroupCommit<Request> turns = turns(AT_ONCE, FOREVER);
    hold(turns);

    turns.write(new Request("impatient"));
    turns.write(new Request("another"));

    assertThat(written.transactions).containsExactly(List.of("impatient"), List.of("another"));
  }

  @Test
  void what_is_locked_for_several_is_written_alone_and_so_is_everything_for_a_while()
      throws InterruptedException {
    GroupCommit<Request> turns = turns(FOREVER, FOREVER);
    beBusyOnce(turns);

    startWaiting(turns, "later-1", Thread.State.TIMED_WAITING);
    startWaiting(turns, "later-2", Thread.State.TIMED_WAITING);
    turns.write(new Request("who would have to wait for a turn"));

    assertThat(written.transactions)
        .containsExactlyInAnyOrder(List.of("held"), List.of("who would have to wait for a turn"));
    assertThat(requests)
        .filteredOn(request -> request.name().length() == 1)
        .noneMatch(request -> request.outcome().isKnown());
  }

  @Test
  void after_that_while_they_share_again() throws InterruptedException {
    GroupCommit<Request> turns = turns(FOREVER, AT_ONCE);
    beBusyOnce(turns);

    startWaiting(turns, "later", Thread.State.TIMED_WAITING);
    startWaiting(turns, "x", Thread.State.TIMED_WAITING);
    startWaiting(turns, "y", Thread.State.WAITING);
    end();

    assertThat(written.transactions).contains(List.of("x", "y"));
  }

  @Test
  void what_is_left_to_be_done_is_done_when_nobody_waits_any_more() throws InterruptedException {
    GroupCommit<Request> turns = turns(FOREVER, FOREVER);
    hold(turns);
    startWaiting(turns, "a", Thread.State.TIMED_WAITING);
    startWaiting(turns, "b", Thread.State.WAITING);

    end();

    assertThat(written.released).containsExactlyInAnyOrder("held", "a", "b");
  }

  @Test
  void an_interrupt_ends_the_wait_takes_nobody_s_turn_away_and_is_there_afterwards()
      throws InterruptedException {
    GroupCommit<Request> turns = turns(FOREVER, FOREVER);
    hold(turns);
    List<Boolean> interrupted = new CopyOnWriteArrayList<>();
    for (Thread.State state : List.of(Thread.State.TIMED_WAITING, Thread.State.WAITING)) {
      Thread thread =
          start(
              () -> {
                assertThatThrownBy(() -> turns.write(new Request("interrupted")))
                    .isInstanceOf(WaitInterruptedException.class);
                interrupted.add(Thread.currentThread().isInterrupted());
              });
      Await.until(() -> thread.getState() == state);
    }
    startWaiting(turns, "another", Thread.State.WAITING);

    threads.get(1).interrupt();
    threads.get(2).interrupt();
    Await.until(() -> interrupted.size() == 2);
    end();

    assertThat(interrupted).containsExactly(true, true);
    assertThat(written.transactions).contains(List.of("another")).hasSize(2);
  }

  private void beBusyOnce(GroupCommit<Request> turns) throws InterruptedException {
    hold(turns);
    startWaiting(turns, "a", Thread.State.TIMED_WAITING);
    startWaiting(turns, "b", Thread.State.WAITING);
    written.busy = true;
    written.gate.countDown();
    for (Thread thread : threads) {
      thread.join();
    }
    written.busy = false;
  }

  private GroupCommit<Request> turns(Duration longestWait, Duration apart) {
    RequestWriter<Request> unused = (session, all) -> {};
    return new GroupCommit<>(unused, written, longestWait, apart);
  }

  /** Lets one write until the end. */
  private void hold(GroupCommit<Request> turns) {
    startWaiting(turns, "held", Thread.State.TIMED_WAITING);
  }

  private void startWaiting(GroupCommit<Request> turns, String name, Thread.State state) {
    Thread thread = start(turns, name);
    Await.until(() -> thread.getState() == state);
  }

  private Thread start(GroupCommit<Request> turns, String name) {
    Request request = new Request(name);
    requests.add(request);
    return start(() -> turns.write(request));
  }

  private Thread start(Runnable work) {
    Thread thread = new Thread(work, "caller-" + threads.size());
    threads.add(thread);
    thread.start();
    return thread;
  }
}
