package dev.daybook.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daybook.Daybook;
import dev.daybook.docs.Account.Deposited;
import dev.daybook.docs.Account.Opened;
import dev.daybook.journal.EventQuery;
import dev.daybook.journal.ExpectedSeq;
import dev.daybook.journal.Journal;
import dev.daybook.recovery.Recovered;
import dev.daybook.recovery.Recovery;
import dev.daybook.snapshot.Snapshot;
import dev.daybook.snapshot.SnapshotMiss;
import dev.daybook.snapshot.SnapshotOptions;
import dev.daybook.snapshot.SnapshotStore;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** The Java of the page on snapshots and recovery. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class SnapshotsPageTest {

  private Daybook daybook;
  private Journal<Account> accounts;

  @BeforeEach
  void open() {
    daybook = Daybook.inMemory();
    accounts = daybook.journal(Account.class);
    accounts.append("account-1", ExpectedSeq.noStream(), new Opened("Ann"));
    for (int n = 0; n < 100; n++) {
      accounts.append("account-1", ExpectedSeq.any(), new Deposited(BigDecimal.ONE));
    }
  }

  @AfterEach
  void close() {
    daybook.close();
  }

  @Test
  void the_balance_is_the_same_before_and_after_compacting() {
    for (int round = 0; round < 2; round++) {
      SnapshotStore<Balance> snapshots = daybook.snapshots(Balance.class);
      Recovery<Balance, Account> recovery =
          Recovery.of(accounts, snapshots, () -> Balance.ZERO, Balance::after).snapshotEvery(100);
      Recovered<Balance> recovered = recovery.recover("account-1");
      System.out.println(recovered.state() + " at event " + recovered.seq());
      assertThat(recovered.state().amount()).isEqualByComparingTo("100");
      assertThat(recovered.seq()).isEqualTo(101);
      long deleted = recovery.compact("account-1");
      assertThat(deleted).isEqualTo(round == 0 ? 101 : 0);
      assertThat(accounts.read(EventQuery.stream("account-1"))).isEmpty();
    }
  }

  @Test
  void a_snapshot_of_another_version_is_missed_and_told() {
    List<SnapshotMiss> misses = new ArrayList<>();
    daybook.snapshots(Balance.class).save("account-1", 101, new Balance(BigDecimal.TEN));
    SnapshotOptions options =
        SnapshotOptions.defaults().withSchemaVersion(2).withKeep(1).withMissListener(misses::add);
    SnapshotStore<Balance> snapshots = daybook.snapshots(Balance.class, options);
    assertThat(snapshots.loadLatest("account-1")).isEmpty();
    assertThat(misses).extracting(SnapshotMiss::seq).containsExactly(101L);
  }

  @Test
  void a_state_is_saved_and_loaded_without_recovery() {
    SnapshotStore<Balance> snapshots = daybook.snapshots(Balance.class);
    snapshots.save("account-1", 101, new Balance(new BigDecimal("100")));
    Optional<Snapshot<Balance>> latest = snapshots.loadLatest("account-1");
    snapshots.invalidate("account-1");
    assertThat(latest).map(Snapshot::state).contains(new Balance(new BigDecimal("100")));
    assertThat(snapshots.loadLatest("account-1")).isEmpty();
  }
}
