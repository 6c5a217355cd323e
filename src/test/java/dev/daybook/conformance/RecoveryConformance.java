package dev.daybook.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.daybook.error.InvalidInputException;
import dev.daybook.journal.Append;
import dev.daybook.journal.ExpectedSeq;
import dev.daybook.journal.Journal;
import dev.daybook.recovery.Recovered;
import dev.daybook.recovery.Recovery;
import dev.daybook.recovery.RecoveryGapException;
import dev.daybook.snapshot.Snapshot;
import dev.daybook.snapshot.SnapshotMiss;
import dev.daybook.snapshot.SnapshotOptions;
import dev.daybook.snapshot.SnapshotStore;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Recovery: a snapshot and the events behind it are the state. */
public abstract class RecoveryConformance extends JournalConformance {

  /** A state: how many events, and the sum of their sequence numbers. */
  public record Tally(long events, long sum) {
    static final Tally NONE = new Tally(0, 0);

    Tally plus(long seq) {
      return new Tally(events + 1, sum + seq);
    }
  }

  /** A state that the fold changes. */
  public static final class Sum {
    public long sum;

    Sum plus(long seq) {
      sum += seq;
      return this;
    }
  }

  /** A state that can't be saved. */
  public static final class Secret {
    private final long sum;

    Secret(long sum) {
      this.sum = sum;
    }

    private Secret() {
      this(0);
    }
  }

  private SnapshotStore<Tally> snapshots;
  private Recovery<Tally, ParcelEvent> recovery;

  protected RecoveryConformance(Function<Path, DatabaseFixture> databases) {
    super(databases);
  }

  @BeforeEach
  void takeRecovery() {
    snapshots = daybook.snapshots(Tally.class);
    recovery =
        Recovery.of(
            journal, snapshots, () -> Tally.NONE, (tally, event) -> tally.plus(event.seq()));
  }

  @Test
  void a_stream_without_events_has_the_initial_state() {
    assertThat(recovery.recover("s"))
        .isEqualTo(new Recovered.RecoveredValues<>("s", Tally.NONE, 0, OptionalLong.empty(), 0));
  }

  @Test
  void events_alone_are_enough() {
    appendMoves("s", 4);

    assertThat(recovery.recover("s"))
        .isEqualTo(
            new Recovered.RecoveredValues<>("s", new Tally(4, 10), 4, OptionalLong.empty(), 4));
  }

  @Test
  void it_begins_with_the_newest_snapshot_and_goes_on_with_the_events_behind_it() {
    appendMoves("s", 5);
    snapshots.save("s", 2, new Tally(2, 3));
    snapshots.save("s", 3, new Tally(3, 6));

    assertThat(recovery.recover("s"))
        .isEqualTo(
            new Recovered.RecoveredValues<>("s", new Tally(5, 15), 5, OptionalLong.of(3), 2));
  }

  @Test
  void a_snapshot_that_misses_falls_back_to_the_events() {
    appendMoves("s", 3);
    daybook
        .snapshots(String.class, SnapshotOptions.defaults().withSchemaVersion(9))
        .save("s", 3, "of another version");
    daybook.snapshots(String.class).save("s", 2, "of another kind");

    assertThat(recovery.recover("s"))
        .isEqualTo(
            new Recovered.RecoveredValues<>("s", new Tally(3, 6), 3, OptionalLong.empty(), 3));
  }

  @Test
  void it_saves_a_snapshot_when_it_had_to_replay_so_many_events() {
    Recovery<Tally, ParcelEvent> every = recovery.snapshotEvery(3);
    appendMoves("s", 2);
    every.recover("s");
    assertThat(snapshots.loadLatest("s")).isEmpty();

    appendMoves("s", 1);
    every.recover("s");

    assertThat(snapshots.loadLatest("s")).map(it -> it.seq()).contains(3L);
    assertThat(every.recover("s"))
        .isEqualTo(new Recovered.RecoveredValues<>("s", new Tally(3, 6), 3, OptionalLong.of(3), 0));
    assertThatThrownBy(() -> recovery.snapshotEvery(0)).isInstanceOf(InvalidInputException.class);
  }

  @Test
  void compacting_deletes_what_the_snapshot_stands_for_and_changes_no_state() {
    appendMoves("s", 5);
    assertThat(recovery.compact("s")).isZero();
    recovery.snapshotEvery(1).recover("s");
    appendMoves("s", 2);
    Tally before = recovery.recover("s").state();

    assertThat(recovery.compact("s")).isEqualTo(5);

    assertThat(recovery.recover("s").state()).isEqualTo(before).isEqualTo(new Tally(7, 28));
    assertThat(readStream("s")).hasSize(2);
  }

  @Test
  void a_stream_at_the_last_number_that_there_is_is_recovered_and_has_no_findings() {
    journal.raiseHighWaterMark("s", Long.MAX_VALUE - 1);
    snapshots.save("s", Long.MAX_VALUE - 1, Tally.NONE);
    appendMoves("s", 1);
    journal.raiseHighWaterMark("t", Long.MAX_VALUE);

    assertThat(recovery.snapshotEvery(1).recover("s").seq()).isEqualTo(Long.MAX_VALUE);
    assertThat(recovery.recover("s"))
        .isEqualTo(
            new Recovered.RecoveredValues<>(
                "s",
                new Tally(1, Long.MAX_VALUE),
                Long.MAX_VALUE,
                OptionalLong.of(Long.MAX_VALUE),
                0));
    assertThat(daybook.maintenance().verify().findings()).isEmpty();
    assertThat(recovery.compact("s")).isOne();
    assertThat(recovery.recover("s").seq()).isEqualTo(Long.MAX_VALUE);
    assertThat(daybook.maintenance().verify().findings()).isEmpty();
  }

  @Test
  void events_that_are_gone_without_a_snapshot_are_an_error_and_no_wrong_state() {
    appendMoves("s", 5);
    journal.delete("s", 2);
    assertThatThrownBy(() -> recovery.recover("s"))
        .isInstanceOf(RecoveryGapException.class)
        .hasMessageContaining("events 1 to 2 were deleted");

    journal.delete("s", 5);
    snapshots.save("s", 3, new Tally(3, 6));

    assertThatThrownBy(() -> recovery.recover("s"))
        .isInstanceOf(RecoveryGapException.class)
        .hasMessageContaining("events 4 to 5 were deleted");
  }

  @Test
  void an_event_that_comes_while_it_looks_for_a_gap_does_not_hide_the_gap() {
    appendMoves("s", 5);
    snapshots.save("s", 3, new Tally(3, 6));
    journal.delete("s", 5);
    Recovery<Tally, ParcelEvent> raced =
        Recovery.of(
            appendingBeforeHighestSeq(),
            snapshots,
            () -> Tally.NONE,
            (tally, event) -> tally.plus(event.seq()));

    assertThatThrownBy(() -> raced.recover("s"))
        .isInstanceOf(RecoveryGapException.class)
        .hasMessageContaining("events 4 to 5 were deleted");
  }

  @Test
  void a_state_that_the_fold_changes_is_nobody_elses() {
    appendMoves("s", 3);
    SnapshotStore<Sum> sums = daybook.snapshots(Sum.class);
    Recovery<Sum, ParcelEvent> changing =
        Recovery.of(journal, sums, Sum::new, (sum, event) -> sum.plus(event.seq()));

    for (int i = 0; i < 3; i++) {
      assertThat(changing.recover("s").state().sum).isEqualTo(6);
    }
    assertThatThrownBy(
            () -> Recovery.of(journal, sums, () -> null, (sum, event) -> sum).recover("s"))
        .isInstanceOf(NullPointerException.class)
        .hasMessageContaining("the initial state");
  }

  @Test
  void a_snapshot_that_is_ahead_of_its_stream_is_a_miss() {
    List<SnapshotMiss> misses = new ArrayList<>();
    Recovery<Tally, ParcelEvent> told = telling(misses);
    appendMoves("s", 4);
    snapshots.save("s", 2, new Tally(2, 3));
    snapshots.save("s", 9, new Tally(9, 999));

    assertThat(told.recover("s"))
        .isEqualTo(
            new Recovered.RecoveredValues<>("s", new Tally(4, 10), 4, OptionalLong.of(2), 2));

    assertThat(misses).extracting(SnapshotMiss::seq).containsExactly(9L);
    assertThat(misses.get(0).reason()).contains("ahead of the stream, whose last event is 4");
    assertThat(told.recover("nobody's").state()).isEqualTo(Tally.NONE);
  }

  @Test
  void a_snapshot_that_is_ahead_is_told_once_and_not_believed_when_the_stream_has_grown_past_it() {
    List<SnapshotMiss> misses = new ArrayList<>();
    Recovery<Tally, ParcelEvent> told = telling(misses);
    appendMoves("s", 4);
    snapshots.save("s", 2, new Tally(2, 3));
    snapshots.save("s", 9, new Tally(9, 999));

    told.recover("s");
    told.recover("s");
    appendMoves("s", 8);

    assertThat(told.recover("s").state()).isEqualTo(new Tally(12, 78));
    assertThat(misses).extracting(SnapshotMiss::seq).containsExactly(9L);
    assertThat(snapshots.loadLatest("s")).map(Snapshot::seq).contains(2L);
  }

  @Test
  void compacting_deletes_no_event_that_was_not_folded() {
    List<SnapshotMiss> misses = new ArrayList<>();
    Recovery<Tally, ParcelEvent> told = telling(misses);
    appendMoves("s", 4);
    snapshots.save("s", 9, new Tally(9, 999));

    assertThat(told.compact("s")).isZero();
    assertThat(misses).extracting(SnapshotMiss::seq).containsExactly(9L);
    assertThat(readStream("s")).hasSize(4);

    snapshots.save("s", 2, new Tally(2, 3));
    snapshots.save("s", 9, new Tally(9, 999));
    assertThat(told.compact("s")).isEqualTo(2);
    assertThat(told.recover("s").state()).isEqualTo(new Tally(4, 10));
  }

  @Test
  void compacting_does_not_believe_a_snapshot_that_was_ahead_once() {
    List<SnapshotMiss> misses = new ArrayList<>();
    snapshots.save("s", 2, new Tally(2, 999));
    openWith(it -> it.clock(Clock.offset(Clock.systemUTC(), Duration.ofHours(1))));
    appendMoves("s", 4);

    assertThat(telling(misses).compact("s")).isZero();
    assertThat(misses).hasSize(database.isShared() ? 1 : 0);
    assertThat(readStream("s")).hasSize(4);
  }

  @Test
  void what_was_recovered_is_returned_even_if_it_can_not_be_saved() {
    appendMoves("s", 3);
    List<SnapshotMiss> misses = new ArrayList<>();
    SnapshotStore<Secret> secrets =
        daybook.snapshots(Secret.class, SnapshotOptions.defaults().withMissListener(misses::add));
    Recovery<Secret, ParcelEvent> saving =
        Recovery.of(
                journal,
                secrets,
                () -> new Secret(0),
                (secret, event) -> new Secret(secret.sum + event.seq()))
            .snapshotEvery(1);

    assertThat(saving.recover("s").state().sum).isEqualTo(6);
    assertThat(misses).extracting(SnapshotMiss::seq).containsExactly(3L);
    assertThat(misses.get(0).reason()).contains("could not be saved", "has the fields [sum]");
  }

  @Test
  void a_listener_that_throws_does_not_stop_a_recovery() {
    appendMoves("s", 3);
    SnapshotOptions throwing =
        SnapshotOptions.defaults()
            .withMissListener(
                miss -> {
                  throw new IllegalStateException("the listener's own");
                });
    snapshots.save("s", 9, new Tally(9, 999));
    daybook.snapshots(String.class).save("s", 2, "of another kind");

    assertThat(
            Recovery.of(
                    journal,
                    daybook.snapshots(Tally.class, throwing),
                    () -> Tally.NONE,
                    (tally, event) -> tally.plus(event.seq()))
                .recover("s")
                .state())
        .isEqualTo(new Tally(3, 6));
  }

  @Test
  void recovery_works_inside_a_transaction() {
    daybook.transaction(
        tx -> {
          journal.within(tx).append(Append.of("s", ExpectedSeq.any(), moves(3)));
          Recovery<Tally, ParcelEvent> inside =
              Recovery.of(
                  journal.within(tx),
                  snapshots.within(tx),
                  () -> Tally.NONE,
                  (tally, event) -> tally.plus(event.seq()));
          assertThat(inside.snapshotEvery(1).recover("s").state()).isEqualTo(new Tally(3, 6));
        });

    assertThat(snapshots.loadLatest("s")).map(it -> it.state()).contains(new Tally(3, 6));
  }

  private Recovery<Tally, ParcelEvent> telling(List<SnapshotMiss> misses) {
    return Recovery.of(
        journal,
        daybook.snapshots(Tally.class, SnapshotOptions.defaults().withMissListener(misses::add)),
        () -> Tally.NONE,
        (tally, event) -> tally.plus(event.seq()));
  }

  /** The journal, in which somebody appends just before its high-water mark is read. */
  @SuppressWarnings("unchecked")
  private Journal<ParcelEvent> appendingBeforeHighestSeq() {
    return (Journal<ParcelEvent>)
        Proxy.newProxyInstance(
            RecoveryConformance.class.getClassLoader(),
            new Class<?>[] {Journal.class},
            (proxy, method, args) -> {
              if (method.getName().equals("highestSeq")) {
                appendMoves("s", 1);
              }
              return method.invoke(journal, args);
            });
  }
}
