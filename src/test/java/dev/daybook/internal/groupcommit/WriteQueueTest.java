package dev.daybook.internal.groupcommit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.daybook.conformance.Await;
import dev.daybook.error.DeadlineException;
import dev.daybook.error.OutcomeUnknownException;
import dev.daybook.error.WaitInterruptedException;
import dev.daybook.internal.deadlines.Deadline;
import java.time.Duration;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** Who leads, who comes along, and who has to wait outside. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class WriteQueueTest {

  private static final long MEGABYTE = 1 << 20;

  private final AtomicLong now = new AtomicLong();
  private final WriteQueue queue = new WriteQueue(now::get);

  @Test
  void the_first_leads_and_takes_all_who_came_meanwhile_in_their_order() {
    WriteQueue.Entry<Request> first = enter(10);
    WriteQueue.Entry<Request> second = enter(10);
    WriteQueue.Entry<Request> third = enter(10);

    assertThat(queue.awaitLead(first)).isTrue();
    assertThat(queue.take()).isEqualTo(List.of(first, second, third));
  }

  @Test
  void a_leader_waits_for_as_many_as_were_answered_or_stood_in_line_before()
      throws InterruptedException {
    enter(1);
    answerInAnHour(queue.take(), () -> enter(1));
    List<WriteQueue.Entry<?>> group = new CopyOnWriteArrayList<>();
    Thread leader = new Thread(() -> group.addAll(queue.take()));
    leader.start();

    enter(1);
    leader.join();

    assertThat(group).hasSize(2);
  }

  @Test
  void a_leader_waits_for_half_a_millisecond_at_most() throws InterruptedException {
    enter(1);
    answerInAnHour(queue.take(), () -> enter(1));
    List<WriteQueue.Entry<?>> group = new CopyOnWriteArrayList<>();
    Thread leader = new Thread(() -> group.addAll(queue.take()));
    leader.start();

    while (leader.isAlive()) {
      now.addAndGet(TimeUnit.MICROSECONDS.toNanos(1));
    }

    assertThat(group).hasSize(1);
    assertThat(now.get() - TimeUnit.HOURS.toNanos(1))
        .isGreaterThanOrEqualTo(TimeUnit.MICROSECONDS.toNanos(500));
  }

  @Test
  void a_leader_waits_no_longer_than_half_of_what_the_last_group_took() {
    enter(1);
    List<WriteQueue.Entry<?>> first = queue.take();
    enter(1);
    queue.answer(first);

    assertThat(queue.take()).hasSize(1);
  }

  private void answerInAnHour(List<WriteQueue.Entry<?>> group, Runnable meanwhile) {
    now.addAndGet(TimeUnit.HOURS.toNanos(1));
    meanwhile.run();
    queue.answer(group);
  }

  @Test
  void a_group_takes_no_more_bytes_than_it_may_and_who_is_left_over_leads_next() {
    WriteQueue.Entry<Request> first = enter(3 * MEGABYTE);
    WriteQueue.Entry<Request> second = enter(2 * MEGABYTE);
    WriteQueue.Entry<Request> third = enter(MEGABYTE);

    assertThat(queue.take()).isEqualTo(List.of(first));
    assertThat(queue.awaitLead(second)).isTrue();
    assertThat(queue.take()).isEqualTo(List.of(second, third));
  }

  @Test
  void a_group_takes_no_more_requests_than_it_may() {
    for (int n = 0; n < 2_000; n++) {
      enter(1);
    }

    assertThat(queue.take()).hasSize(1_024);
    assertThat(queue.take()).hasSize(976);
  }

  @Test
  void one_that_is_too_large_for_a_group_and_for_the_queue_goes_alone() {
    WriteQueue.Entry<Request> large = enter(1_000 * MEGABYTE);
    assertThat(queue.take()).isEqualTo(List.of(large));
    queue.answer(List.of(large));
    queue.leave(large);

    WriteQueue.Entry<Request> small = enter(1);
    assertThat(queue.take()).isEqualTo(List.of(small));
  }

  @Test
  void who_leaves_instead_of_leading_lets_the_next_lead() {
    WriteQueue.Entry<Request> first = enter(1);
    WriteQueue.Entry<Request> second = enter(1);

    queue.leave(first);

    assertThat(queue.awaitLead(second)).isTrue();
    assertThat(queue.take()).isEqualTo(List.of(second));
  }

  @Test
  void when_all_have_left_the_next_who_comes_leads() {
    queue.leave(enter(1));

    WriteQueue.Entry<Request> next = enter(1);

    assertThat(queue.awaitLead(next)).isTrue();
    assertThat(queue.take()).isEqualTo(List.of(next));
  }

  @Test
  void who_leaves_instead_of_waiting_is_not_taken() {
    WriteQueue.Entry<Request> first = enter(1);
    queue.leave(enter(1));

    assertThat(queue.take()).isEqualTo(List.of(first));
  }

  @Test
  void who_leaves_while_he_is_written_wakes_those_who_rely_on_him() {
    WriteQueue.Entry<Request> first = enter(1);
    WriteQueue.Entry<Request> relied = enter(1);
    List<Thread> others = startWaiting(20);
    List<WriteQueue.Entry<?>> group = queue.take();
    assertThat(group).hasSize(2 + others.size());
    queue.answer(group);

    queue.leave(first);
    queue.leave(relied);

    Await.until(() -> others.stream().noneMatch(Thread::isAlive));
  }

  @Test
  void who_wakes_up_by_himself_while_his_group_is_answered_leaves_nobody_asleep() {
    enter(1);
    List<Thread> others = startWaiting(20);
    List<WriteQueue.Entry<?>> group = queue.take();
    Set<Integer> answered = new HashSet<>();

    queue.answer(
        new AbstractList<>() {
          @Override
          public WriteQueue.Entry<?> get(int place) {
            if (answered.add(place) && place == 5) {
              LockSupport.unpark(others.get(0));
              // Whoever has an answer by now goes on, and wakes some who come later.
              Await.until(() -> !answered.contains(1) || hasGoneOn(others.get(0), others.get(4)));
            }
            return group.get(place);
          }

          @Override
          public int size() {
            return group.size();
          }
        });

    Await.until(() -> others.stream().noneMatch(Thread::isAlive));
  }

  /** And the one whom he has woken sleeps again, if there was nothing for him. */
  private static boolean hasGoneOn(Thread thread, Thread woken) {
    return !thread.isAlive() && woken.getState() == Thread.State.WAITING;
  }

  private List<Thread> startWaiting(int number) {
    List<Thread> threads = new ArrayList<>();
    for (int n = 0; n < number; n++) {
      Thread thread = new Thread(() -> queue.awaitLead(enter(1)));
      thread.start();
      Await.until(() -> thread.getState() == Thread.State.WAITING);
      threads.add(thread);
    }
    return threads;
  }

  @Test
  void whose_time_is_over_in_line_is_not_taken() {
    WriteQueue.Entry<Request> first = enter(1);
    WriteQueue.Entry<Request> late = enter(1);

    assertThatThrownBy(() -> soon(() -> queue.awaitLead(late)))
        .isInstanceOf(DeadlineException.class);
    queue.leave(late);

    assertThat(queue.take()).isEqualTo(List.of(first));
  }

  @Test
  void whose_time_is_over_before_his_group_has_begun_is_not_written() {
    WriteQueue.Entry<Request> first = enter(1);
    WriteQueue.Entry<Request> late = enter(1);
    List<Thread> others = startWaiting(20);
    List<WriteQueue.Entry<?>> group = queue.take();

    assertThatThrownBy(() -> soon(() -> queue.awaitLead(late)))
        .isInstanceOf(DeadlineException.class);
    queue.leave(late);

    assertThat(queue.begin(group)).hasSize(1 + others.size()).contains(first).doesNotContain(late);
    queue.answer(group);
    Await.until(() -> others.stream().noneMatch(Thread::isAlive));
  }

  @Test
  void whose_time_is_over_while_he_is_written_leaves_without_an_outcome() {
    enter(1);
    WriteQueue.Entry<Request> late = enter(1);
    queue.takeBegun();

    assertThatThrownBy(() -> soon(() -> queue.awaitLead(late)))
        .isInstanceOf(OutcomeUnknownException.class);

    queue.leave(late);
  }

  @Test
  void who_left_without_an_outcome_leaves_nobody_asleep() {
    enter(1);
    List<WriteQueue.Entry<Request>> late = List.of(enter(1), enter(1), enter(1), enter(1));
    List<Thread> others = startWaiting(40);
    List<WriteQueue.Entry<?>> group = queue.takeBegun();
    late.forEach(
        each ->
            assertThatThrownBy(() -> soon(() -> queue.awaitLead(each)))
                .isInstanceOf(OutcomeUnknownException.class));
    late.forEach(queue::leave);

    queue.answer(group);

    Await.until(() -> others.stream().noneMatch(Thread::isAlive));
  }

  @Test
  void who_is_interrupted_in_line_is_not_taken_and_still_interrupted() {
    WriteQueue.Entry<Request> first = enter(1);
    WriteQueue.Entry<Request> interrupted = enter(1);
    Thread.currentThread().interrupt();

    assertThatThrownBy(() -> queue.awaitLead(interrupted))
        .isInstanceOf(WaitInterruptedException.class);
    assertThat(Thread.interrupted()).isTrue();
    queue.leave(interrupted);

    assertThat(queue.take()).isEqualTo(List.of(first));
  }

  @Test
  void who_is_interrupted_while_he_is_written_leaves_without_an_outcome() {
    enter(1);
    WriteQueue.Entry<Request> interrupted = enter(1);
    queue.takeBegun();
    Thread.currentThread().interrupt();

    assertThatThrownBy(() -> queue.awaitLead(interrupted))
        .isInstanceOf(OutcomeUnknownException.class);

    assertThat(Thread.interrupted()).isTrue();
    queue.leave(interrupted);
  }

  @Test
  void whose_time_is_over_outside_does_not_enter() {
    for (int n = 0; n < 64; n++) {
      enter(MEGABYTE - 1);
    }

    assertThatThrownBy(() -> soon(() -> enter(MEGABYTE - 1)))
        .isInstanceOf(DeadlineException.class)
        .hasMessageContaining("room in the queue");
  }

  private static <T> T soon(Deadline.Call<T, RuntimeException> call) {
    return Deadline.after(Duration.ofMillis(10)).bind(call);
  }

  @Test
  void who_finds_no_room_waits_outside_until_there_is_some() throws Exception {
    List<WriteQueue.Entry<Request>> inside = new ArrayList<>();
    for (int n = 0; n < 64; n++) {
      inside.add(enter(MEGABYTE - 1));
    }
    CompletableFuture<WriteQueue.Entry<Request>> outside = new CompletableFuture<>();
    Thread late = new Thread(() -> outside.complete(enter(MEGABYTE - 1)));
    late.start();
    Await.until(() -> late.getState() == Thread.State.WAITING);
    assertThat(outside).isNotDone();

    queue.leave(inside.get(0));

    Await.result(outside);
  }

  private WriteQueue.Entry<Request> enter(long bytes) {
    WriteQueue.Entry<Request> entry =
        new WriteQueue.Entry<>((session, requests) -> {}, new Request(bytes, new Outcome()));
    queue.enter(entry);
    return entry;
  }

  private record Request(long bytes, Outcome outcome) implements WriteRequest {}
}
