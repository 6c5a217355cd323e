package dev.daybook.conformance;

import static dev.daybook.internal.jooq.Tables.SNAPSHOTS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.daybook.error.InvalidInputException;
import dev.daybook.fixture.StoreTables;
import dev.daybook.journal.TypeName;
import dev.daybook.payload.Compression;
import dev.daybook.payload.KeyRing;
import dev.daybook.payload.PayloadException;
import dev.daybook.payload.PayloadOptions;
import dev.daybook.snapshot.Snapshot;
import dev.daybook.snapshot.SnapshotEncodeException;
import dev.daybook.snapshot.SnapshotInfo;
import dev.daybook.snapshot.SnapshotMiss;
import dev.daybook.snapshot.SnapshotOptions;
import dev.daybook.snapshot.SnapshotStore;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Snapshots: a cache that says when it misses. */
public abstract class SnapshotConformance extends JournalConformance {

  /** A state. */
  public record Balance(String owner, BigDecimal amount) {}

  /** A state with nothing in common with {@link Balance}. */
  public record Strict(int required) {
    public Strict {
      if (required == 0) {
        throw new IllegalArgumentException("required");
      }
    }
  }

  /** What becomes of a state's class from one release to the next. */
  interface Release {
    record First(int in) {}

    record More(int in, int out) {}

    record OtherType(long in) {}

    record Inner(int in) {}

    record Around(List<Inner> all) {}

    record AroundMore(List<More> all) {}

    @TypeName(value = "Around", aliases = "Surrounding")
    record SameAround(List<First> all) {}

    @TypeName(value = "Renamed", aliases = "First")
    record Renamed(int in) {}
  }

  /** A state that has one of several classes. */
  sealed interface Door {
    record Open(int degrees) implements Door {}

    record Shut(String why) implements Door {}

    enum Gone implements Door {
      BURNT
    }
  }

  /** States that could be written and never be read. */
  record Unreadable(Door door) {}

  private static final Balance STATE = new Balance("Ann", new BigDecimal("12.50"));

  private SnapshotStore<Balance> snapshots;

  protected SnapshotConformance(Function<Path, DatabaseFixture> databases) {
    super(databases);
  }

  @BeforeEach
  void takeSnapshots() {
    snapshots = daybook.snapshots(Balance.class);
  }

  @Test
  void the_latest_snapshot_comes_back_as_it_was_saved() {
    Instant now = Instant.parse("2026-03-01T12:00:00.123Z");
    openWith(it -> it.clock(Clock.fixed(now, ZoneOffset.UTC)));
    snapshots = daybook.snapshots(Balance.class);
    assertThat(snapshots.loadLatest("s")).isEmpty();

    Snapshot<Balance> saved = snapshots.save("s", 3, STATE);

    assertThat(saved).isEqualTo(new Snapshot<>("s", 3, 1, now, STATE));
    assertThat(snapshots.loadLatest("s")).contains(saved);
    assertThat(snapshots.loadLatest("t")).isEmpty();
  }

  @Test
  void the_newest_strictly_before_a_number_is_found() {
    save(snapshots, 10, 20, 30);

    assertThat(snapshots.loadBefore("s", 31)).map(Snapshot::seq).contains(30L);
    assertThat(snapshots.loadBefore("s", 30)).map(Snapshot::seq).contains(20L);
    assertThat(snapshots.loadBefore("s", 10)).isEmpty();
    assertThat(snapshots.loadBefore("s", 0)).isEmpty();
  }

  @Test
  void the_last_number_that_there_is_has_a_snapshot_too() {
    save(snapshots, 1, Long.MAX_VALUE);

    assertThat(snapshots.loadLatest("s")).map(Snapshot::seq).contains(Long.MAX_VALUE);
    assertThat(snapshots.loadBefore("s", Long.MAX_VALUE)).map(Snapshot::seq).contains(1L);
    assertThat(snapshots.deleteAfter("s", Long.MAX_VALUE - 1)).isOne();
  }

  @Test
  void a_save_keeps_the_newest_three_by_default_and_as_many_as_asked_for() {
    save(snapshots, 1, 2, 3, 4, 5);
    assertThat(seqs("s")).containsExactly(5L, 4L, 3L);

    SnapshotStore<Balance> one = with(SnapshotOptions.defaults().withKeep(1));
    one.save("s", 6, STATE);
    assertThat(seqs("s")).containsExactly(6L);

    save(with(SnapshotOptions.defaults().withKeep(0)), 7, 8, 9, 10);
    assertThat(seqs("s")).containsExactly(10L, 9L, 8L, 7L, 6L);
  }

  @Test
  void saving_again_at_the_same_number_replaces_it() {
    Balance other = new Balance("Bo", BigDecimal.ONE);
    snapshots.save("s", 3, STATE);
    snapshots.save("s", 3, other);

    assertThat(snapshots.loadLatest("s")).map(Snapshot::state).contains(other);
    assertThat(seqs("s")).containsExactly(3L);
  }

  @Test
  void streams_stay_apart_when_pruned_deleted_and_invalidated() {
    for (long seq = 1; seq <= 3; seq++) {
      snapshots.save("s", seq, STATE);
      snapshots.save("t", seq, STATE);
    }

    assertThat(snapshots.delete("s", 2)).isEqualTo(2);
    assertThat(seqs("s")).containsExactly(3L);
    assertThat(snapshots.invalidate("s")).isEqualTo(1);
    assertThat(seqs("s")).isEmpty();
    assertThat(seqs("t")).containsExactly(3L, 2L, 1L);
    assertThat(snapshots.invalidateAll()).isEqualTo(3);
    assertThat(seqs("t")).isEmpty();
  }

  @Test
  void what_there_is_can_be_listed_without_reading_the_states() {
    KeyRing keys = KeyRing.of("k1", new byte[32]);
    snapshots.save("b", 1, STATE);
    snapshots
        .with(PayloadOptions.plain().compressed(Compression.GZIP).encrypted(keys))
        .save("a", 2, STATE);

    try (Stream<SnapshotInfo> all = snapshots.listAll()) {
      List<SnapshotInfo> infos = all.toList();
      assertThat(infos).extracting(SnapshotInfo::streamId).containsExactly("a", "b");
      assertThat(infos.get(0).compression()).contains("gzip");
      assertThat(infos.get(0).keyId()).contains("k1");
      assertThat(infos.get(1).keyId()).isEmpty();
      assertThat(infos.get(1).codec()).isEqualTo("json");
      assertThat(infos.get(1).bytes()).isEqualTo("{\"owner\":\"Ann\",\"amount\":12.50}".length());
    }
  }

  @Test
  void another_schema_version_is_a_miss_that_is_told() {
    List<SnapshotMiss> misses = new ArrayList<>();
    SnapshotOptions second =
        SnapshotOptions.defaults().withSchemaVersion(2).withMissListener(misses::add);
    snapshots.save("s", 1, STATE);
    assertThat(with(second).loadLatest("s")).isEmpty();
    assertThat(misses).hasSize(1);
    assertThat(misses.get(0).streamId()).isEqualTo("s");
    assertThat(misses.get(0).reason()).contains("schema version is 1, and 2");

    with(second).save("s", 2, STATE);

    assertThat(with(second).loadLatest("s")).map(Snapshot::schemaVersion).contains(2);
    assertThat(snapshots.loadLatest("s")).map(Snapshot::seq).contains(1L);
  }

  @Test
  void a_state_whose_class_has_changed_is_a_miss_whatever_the_schema_version_says() {
    assertMissed(new Release.First(50), Release.More.class, "\"First\"");
    assertMissed(new Release.First(50), Release.OtherType.class, "\"First\"");
    assertMissed(STATE, Release.First.class, "\"Balance\"");
    changeTypes(new Release.First(50), "More");
    assertMissed(Release.More.class, "had other properties");
    changeTypes(new Release.First(50), "OtherType");
    assertMissed(Release.OtherType.class, "had other properties");
    changeTypes(new Release.Around(List.of(new Release.Inner(1))), "AroundMore");
    assertMissed(Release.AroundMore.class, "had other properties");
  }

  @Test
  void a_state_whose_class_was_renamed_and_says_so_is_used() {
    daybook.snapshots(Release.First.class).save("s", 1, new Release.First(50));
    assertThat(daybook.snapshots(Release.Renamed.class).loadLatest("s"))
        .map(Snapshot::state)
        .contains(new Release.Renamed(50));

    daybook
        .snapshots(Release.Around.class)
        .save("s", 2, new Release.Around(List.of(new Release.Inner(7))));
    assertThat(daybook.snapshots(Release.SameAround.class).loadLatest("s"))
        .as("what is inside may be called anything")
        .map(Snapshot::state)
        .contains(new Release.SameAround(List.of(new Release.First(7))));
  }

  @Test
  void one_that_was_saved_before_shapes_were_kept_is_used_if_it_has_just_the_right_properties() {
    daybook.snapshots(Release.First.class).save("s", 1, new Release.First(50));
    forgetTypes();

    assertThat(daybook.snapshots(Release.First.class).loadLatest("s"))
        .map(Snapshot::state)
        .contains(new Release.First(50));
    assertMissed(Release.More.class, "\"out\"");
    assertMissed(Door.class, "does not say which of the classes");
    assertMissed(Strict.class, "\"required\"");
  }

  /** A fingerprint that came out otherwise would be a miss for all that was ever saved. */
  @Test
  void a_fingerprint_stays_what_it_is() {
    daybook.snapshots(Release.Around.class).save("s", 1, new Release.Around(List.of()));
    daybook.snapshots(Balance.class).save("t", 1, STATE);
    daybook.snapshots(Door.class).save("u", 1, new Door.Shut("night"));

    assertThat(shapes())
        .containsExactly(
            "s Around 788f5689c5ba21a775db24beeae0c8f9",
            "t Balance 7b66bd43308dd481e217570e717e8485",
            "u Shut 081526bc8c82306e79e28a05ccbf3222");
  }

  @Test
  void states_of_a_sealed_type_survive_with_their_classes() {
    SnapshotStore<Door> doors = daybook.snapshots(Door.class);
    List<Door> states = List.of(new Door.Open(90), new Door.Shut("night"), Door.Gone.BURNT);
    for (int i = 0; i < states.size(); i++) {
      doors.save("s", i + 1L, states.get(i));

      assertThat(doors.loadLatest("s")).map(Snapshot::state).contains(states.get(i));
    }
  }

  @Test
  void states_that_could_never_be_read_are_refused() {
    assertThatThrownBy(() -> daybook.snapshots(Unreadable.class))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("Unreadable.door")
        .hasMessageContaining("@JsonSubTypes");
    assertThatThrownBy(() -> daybook.snapshots(Object.class).save("s", 1, new Object[] {this}))
        .isInstanceOf(SnapshotEncodeException.class);
    assertThat(seqs("s")).isEmpty();
  }

  @Test
  void what_a_listener_throws_stops_nobody_who_loads() {
    save(snapshots, 1);
    List<Throwable> thrown =
        List.of(
            new IllegalStateException("unchecked"),
            new IOException("checked"),
            new StackOverflowError(),
            new AssertionError());
    for (Throwable each : thrown) {
      SnapshotStore<Strict> told =
          daybook.snapshots(
              Strict.class, SnapshotOptions.defaults().withMissListener(miss -> sneaky(each)));

      assertThat(told.loadLatest("s")).isEmpty();
    }
  }

  @Test
  void a_state_that_cannot_be_decoded_is_a_miss_and_the_next_older_one_is_used() {
    List<SnapshotMiss> misses = new ArrayList<>();
    SnapshotStore<Strict> strict =
        daybook.snapshots(Strict.class, SnapshotOptions.defaults().withMissListener(misses::add));
    strict.save("s", 1, new Strict(7));
    snapshots.save("s", 2, STATE);

    Optional<Snapshot<Strict>> found = strict.loadLatest("s");

    assertThat(found).map(Snapshot::state).contains(new Strict(7));
    assertThat(misses).extracting(SnapshotMiss::seq).containsExactly(2L);
  }

  @Test
  void a_payload_that_cannot_be_decompressed_is_a_miss_and_the_next_older_one_is_used() {
    List<SnapshotMiss> misses = new ArrayList<>();
    SnapshotStore<Balance> told =
        daybook.snapshots(Balance.class, SnapshotOptions.defaults().withMissListener(misses::add));
    save(told, 1, 2);
    daybook.transaction(
        transaction ->
            StoreTables.in(transaction)
                .update(SNAPSHOTS)
                .set(SNAPSHOTS.COMPRESSION, "of-tomorrow")
                .where(SNAPSHOTS.SEQ.eq(2L))
                .execute());

    assertThat(told.loadLatest("s")).map(Snapshot::seq).contains(1L);
    assertThat(misses).extracting(SnapshotMiss::seq).containsExactly(2L);
  }

  @Test
  void every_way_to_store_a_state_can_be_read_by_a_store_that_has_the_keys() {
    KeyRing keys = KeyRing.of("k1", key(1));
    List<PayloadOptions> ways = new ArrayList<>();
    for (Compression compression : Compression.values()) {
      ways.add(PayloadOptions.plain().compressed(compression));
      ways.add(PayloadOptions.plain().compressed(compression).encrypted(keys));
    }
    SnapshotStore<Balance> all = with(SnapshotOptions.defaults().withKeep(0));
    for (int i = 0; i < ways.size(); i++) {
      all.with(ways.get(i)).save("s", i + 1L, STATE);
    }

    SnapshotStore<Balance> reader = all.with(PayloadOptions.plain().encrypted(keys));

    for (long seq = 2; seq <= ways.size() + 1; seq++) {
      assertThat(reader.loadBefore("s", seq)).map(Snapshot::state).contains(STATE);
    }
  }

  @Test
  void a_missing_or_wrong_key_is_an_error_that_names_it_and_rotation_keeps_old_rows_readable() {
    KeyRing first = KeyRing.of("k1", key(1));
    KeyRing rotated = first.rotatedTo("k2", key(2));
    snapshots.with(PayloadOptions.plain().encrypted(first)).save("s", 1, STATE);
    snapshots.with(PayloadOptions.plain().encrypted(rotated)).save("s", 2, STATE);
    SnapshotStore<Balance> both = snapshots.with(PayloadOptions.plain().encrypted(rotated));
    SnapshotStore<Balance> dropped =
        snapshots.with(PayloadOptions.plain().encrypted(rotated.without("k1")));

    assertThat(both.loadBefore("s", 2)).map(Snapshot::state).contains(STATE);
    assertThat(both.loadLatest("s")).map(Snapshot::seq).contains(2L);
    assertThat(dropped.loadLatest("s")).map(Snapshot::seq).contains(2L);
    assertThatThrownBy(() -> dropped.loadBefore("s", 2))
        .isInstanceOf(PayloadException.class)
        .hasMessageContaining("\"k1\"");
    assertThatThrownBy(() -> snapshots.loadLatest("s"))
        .isInstanceOf(PayloadException.class)
        .hasMessageContaining("\"k2\"")
        .hasMessageContaining("no key ring");
    SnapshotStore<Balance> wrong =
        snapshots.with(PayloadOptions.plain().encrypted(KeyRing.of("k2", key(9))));
    assertThatThrownBy(() -> wrong.loadLatest("s"))
        .isInstanceOf(PayloadException.class)
        .hasMessageContaining("can't be decrypted with the key \"k2\"");
  }

  @Test
  void bad_input_is_refused_before_anything_is_written() {
    assertThatThrownBy(() -> snapshots.save("", 1, STATE))
        .isInstanceOf(InvalidInputException.class);
    assertThatThrownBy(() -> snapshots.save("s", 0, STATE))
        .isInstanceOf(InvalidInputException.class);
    assertThatThrownBy(() -> snapshots.loadBefore("s", -1))
        .isInstanceOf(InvalidInputException.class);
    assertThatThrownBy(() -> SnapshotOptions.defaults().withKeep(-1))
        .isInstanceOf(InvalidInputException.class);
    assertThatThrownBy(() -> SnapshotOptions.defaults().withSchemaVersion(0))
        .isInstanceOf(InvalidInputException.class);
    assertThatThrownBy(() -> KeyRing.of("k", new byte[16]))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("16 bytes");

    assertThat(seqs("s")).isEmpty();
  }

  /** Saves a state, and makes the row say that it has another class with the same shape. */
  private <S> void changeTypes(S state, String stateType) {
    @SuppressWarnings("unchecked") // It is the class of the state.
    Class<S> type = (Class<S>) state.getClass();
    daybook.snapshots(type).save("s", 1, state);
    daybook.transaction(
        transaction ->
            StoreTables.in(transaction)
                .update(SNAPSHOTS)
                .set(SNAPSHOTS.STATE_TYPE, stateType)
                .set(SNAPSHOTS.CONTENT_CHECKSUM, (Long) null)
                .execute());
  }

  private void forgetTypes() {
    daybook.transaction(
        transaction ->
            StoreTables.in(transaction)
                .update(SNAPSHOTS)
                .set(SNAPSHOTS.STATE_TYPE, (String) null)
                .set(SNAPSHOTS.SHAPE, (String) null)
                .set(SNAPSHOTS.CONTENT_CHECKSUM, (Long) null)
                .execute());
  }

  private List<String> shapes() {
    return daybook.transactionResult(
        transaction ->
            StoreTables.in(transaction)
                .select(SNAPSHOTS.STREAM_ID, SNAPSHOTS.STATE_TYPE, SNAPSHOTS.SHAPE)
                .from(SNAPSHOTS)
                .orderBy(SNAPSHOTS.STREAM_ID)
                .fetch(row -> row.value1() + " " + row.value2() + " " + row.value3()));
  }

  private <S> void assertMissed(S saved, Class<?> type, String saying) {
    @SuppressWarnings("unchecked") // It is the class of the state.
    Class<S> savedAs = (Class<S>) saved.getClass();
    daybook.snapshots(savedAs).save("s", 1, saved);
    assertMissed(type, saying);
  }

  private void assertMissed(Class<?> type, String saying) {
    List<SnapshotMiss> misses = new ArrayList<>();
    SnapshotOptions told = SnapshotOptions.defaults().withMissListener(misses::add);

    assertThat(daybook.snapshots(type, told).loadLatest("s")).as(type.getSimpleName()).isEmpty();
    assertThat(misses).as(type.getSimpleName()).hasSize(1);
    assertThat(misses.get(0).reason()).contains(saying);
  }

  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // To throw what nobody declares.
  private static <X extends Throwable> void sneaky(Throwable thrown) throws X {
    throw (X) thrown;
  }

  private SnapshotStore<Balance> with(SnapshotOptions options) {
    return daybook.snapshots(Balance.class, options);
  }

  private static void save(SnapshotStore<Balance> store, long... seqs) {
    LongStream.of(seqs).forEach(seq -> store.save("s", seq, STATE));
  }

  private List<Long> seqs(String streamId) {
    try (Stream<SnapshotInfo> infos = snapshots.list(streamId)) {
      return infos.map(SnapshotInfo::seq).toList();
    }
  }

  static byte[] key(int of) {
    byte[] key = new byte[32];
    Arrays.fill(key, (byte) of);
    return key;
  }
}
