package dev.daybook.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.daybook.InvalidInputException;
import dev.daybook.journal.Append;
import dev.daybook.journal.ExpectedSeq;
import dev.daybook.journal.Journal;
import dev.daybook.recovery.Recovered;
import dev.daybook.recovery.Recovery;
import dev.daybook.recovery.RecoveryGapException;
import dev.daybook.snapshot.SnapshotOptions;
import dev.daybook.snapshot.SnapshotStore;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
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

  private SnapshotStore<Tally> snapshots;
  private Recovery<Tally, ParcelEvent> recovery;

  protected RecoveryConformance(Function<Path, DatabaseFixture> databases) {
    super(databases);
  }

  @BeforeEach
  void takeRecovery() {
    snapshots = daybook.snapshots(Tally.class);
    recovery =
        Recovery.of(journal, snapshots, Tally.NONE, (tally, event) -> tally.plus(event.seq()));
  }

  @Test
  void a_stream_without_events_has_the_initial_state() {
    assertThat(recovery.recover("s"))
        .isEqualTo(new Recovered<>("s", Tally.NONE, 0, OptionalLong.empty(), 0));
  }

  @Test
  void events_alone_are_enough() {
    appendMoves("s", 4);

    assertThat(recovery.recover("s"))
        .isEqualTo(new Recovered<>("s", new Tally(4, 10), 4, OptionalLong.empty(), 4));
  }

  @Test
  void it_begins_with_the_newest_snapshot_and_goes_on_with_the_events_behind_it() {
    appendMoves("s", 5);
    snapshots.save("s", 2, new Tally(2, 3));
    snapshots.save("s", 3, new Tally(3, 6));

    assertThat(recovery.recover("s"))
        .isEqualTo(new Recovered<>("s", new Tally(5, 15), 5, OptionalLong.of(3), 2));
  }

  @Test
  void a_snapshot_that_misses_falls_back_to_the_events() {
    appendMoves("s", 3);
    daybook
        .snapshots(String.class, SnapshotOptions.defaults().withSchemaVersion(9))
        .save("s", 3, "of another version");
    daybook.snapshots(String.class).save("s", 2, "of another kind");

    assertThat(recovery.recover("s"))
        .isEqualTo(new Recovered<>("s", new Tally(3, 6), 3, OptionalLong.empty(), 3));
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
        .isEqualTo(new Recovered<>("s", new Tally(3, 6), 3, OptionalLong.of(3), 0));
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
            Tally.NONE,
            (tally, event) -> tally.plus(event.seq()));

    assertThatThrownBy(() -> raced.recover("s"))
        .isInstanceOf(RecoveryGapException.class)
        .hasMessageContaining("events 4 to 5 were deleted");
  }

  @Test
  void recovery_works_inside_a_transaction() {
    daybook.transaction(
        tx -> {
          journal.with(tx).append(Append.of("s", ExpectedSeq.any(), moves(3)));
          Recovery<Tally, ParcelEvent> inside =
              Recovery.of(
                  journal.with(tx),
                  snapshots.with(tx),
                  Tally.NONE,
                  (tally, event) -> tally.plus(event.seq()));
          assertThat(inside.snapshotEvery(1).recover("s").state()).isEqualTo(new Tally(3, 6));
        });

    assertThat(snapshots.loadLatest("s")).map(it -> it.state()).contains(new Tally(3, 6));
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
