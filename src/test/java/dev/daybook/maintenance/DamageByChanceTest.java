package dev.daybook.maintenance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daybook.Daybook;
import dev.daybook.conformance.FilledStore;
import dev.daybook.conformance.ParcelEvent;
import dev.daybook.conformance.Scale;
import dev.daybook.error.DaybookException;
import dev.daybook.journal.EncodedEvent;
import dev.daybook.journal.EventQuery;
import dev.daybook.journal.ExpectedSeq;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Damage wherever chance puts it: the check finds it, or it changes nothing that anybody reads; and
 * whoever reads what is damaged is answered, or told by an exception of the library. Where the dice
 * fall is chosen by {@code -Ddaybook.damage.seed}, and told by a failure.
 */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class DamageByChanceTest {

  private static final int FLIPS_IN_VALUES = Scale.of(80, 240);
  private static final int FLIPS_IN_THE_FILE = Scale.of(20, 60);
  private static final int SECTORS = Scale.of(20, 60);
  private static final int MORE_EVENTS = 200;
  private static final int SECTOR_BYTES = 512;
  private static final long SEED = Long.getLong("daybook.damage.seed", 2_026);

  private final Random random = new Random(SEED);
  @TempDir private Path directory;
  private Path whole;
  private Path file;

  @BeforeEach
  void fill() throws SQLException {
    whole = directory.resolve("whole.db");
    file = directory.resolve("damaged.db");
    try (Daybook daybook = Daybook.open(whole)) {
      FilledStore.fill(daybook);
      for (int n = 0; n < MORE_EVENTS; n++) {
        EncodedEvent event = EncodedEvent.json("t", "{\"n\":\"%s\"}".formatted("n".repeat(n)));
        daybook.rawJournal().append("more", ExpectedSeq.any(), event);
      }
      assertThat(daybook.maintenance().verify().findings()).isEmpty();
    }
    // So that there are no remains of rows that have moved.
    try (Connection connection = connect(whole);
        Statement statement = connection.createStatement()) {
      statement.execute("vacuum");
    }
  }

  @Test
  void each_flipped_bit_of_a_value_is_found() throws Exception {
    Files.copy(whole, file);
    try (Daybook daybook = Daybook.open(file);
        Connection connection = connect(file)) {
      List<StoredValue> values = StoredValue.all(connection);
      int flipped = 0;
      while (flipped < FLIPS_IN_VALUES) {
        StoredValue value = values.get(random.nextInt(values.size()));
        String flip = value.flip(connection, random);
        if (!flip.isEmpty()) {
          flipped++;
          requireFound(flip, daybook);
          readAll(flip, daybook);
          value.putBack(connection);
        }
      }
      assertThat(daybook.maintenance().verify().findings()).as("all is put back").isEmpty();
    }
  }

  @Test
  void each_flipped_bit_of_the_file_is_found_or_means_nothing() throws Exception {
    byte[] bytes = Files.readAllBytes(whole);
    int flipped = 0;
    while (flipped < FLIPS_IN_THE_FILE) {
      int at = random.nextInt(bytes.length);
      if (bytes[at] != 0) {
        flipped++;
        byte[] damaged = bytes.clone();
        damaged[at] ^= (byte) (1 << random.nextInt(Byte.SIZE));
        requireFoundOrSame("a flipped bit of byte " + at, damaged);
      }
    }
  }

  @Test
  void each_sector_of_zeros_is_found_or_means_nothing() throws Exception {
    byte[] bytes = Files.readAllBytes(whole);
    List<Integer> sectors = new ArrayList<>();
    for (int at = 0; at < bytes.length; at += SECTOR_BYTES) {
      sectors.add(at);
    }
    int zeroed = 0;
    while (zeroed < SECTORS && !sectors.isEmpty()) {
      int at = sectors.remove(random.nextInt(sectors.size()));
      byte[] damaged = bytes.clone();
      Arrays.fill(damaged, at, at + SECTOR_BYTES, (byte) 0);
      if (!Arrays.equals(bytes, damaged)) {
        zeroed++;
        requireFoundOrSame("zeros from byte " + at, damaged);
      }
    }
    assertThat(zeroed).as("sectors with something in them").isEqualTo(SECTORS);
  }

  private void requireFoundOrSame(String damage, byte[] damaged) throws Exception {
    Map<String, String> before = read(whole);
    for (String suffix : List.of("-wal", "-shm")) {
      Files.deleteIfExists(directory.resolve("damaged.db" + suffix));
    }
    Files.write(file, damaged);
    boolean found = false;
    try (Daybook daybook = Daybook.builder(file).migrate(false).build()) {
      found = !daybook.maintenance().verify().isHealthy();
    } catch (DaybookException e) {
      found = true;
    }
    Map<String, String> after;
    try (Daybook daybook = Daybook.builder(file).migrate(false).build()) {
      after = readAll(damage, daybook);
    }
    if (!found) {
      Map<String, String> others = new LinkedHashMap<>(after);
      others.entrySet().removeAll(before.entrySet());
      assertThat(others).as("what is read otherwise after %s, seed %s", damage, SEED).isEmpty();
    }
  }

  private static Map<String, String> read(Path path) {
    try (Daybook daybook = Daybook.builder(path).migrate(false).build()) {
      return readAll("nothing", daybook);
    }
  }

  private static void requireFound(String damage, Daybook daybook) {
    assertThat(daybook.maintenance().verify().findings())
        .as("findings after %s, seed %s", damage, SEED)
        .isNotEmpty();
  }

  /**
   * What each method that reads has answered, or which exception of the library's it has thrown.
   */
  @SuppressWarnings("MustBeClosed") // What lists them closes them.
  private static Map<String, String> readAll(String damage, Daybook daybook) {
    Map<String, Callable<Object>> readings = new LinkedHashMap<>();
    var raw = daybook.rawJournal();
    var typed = daybook.journal(ParcelEvent.class).with(FilledStore.SEALED);
    readings.put("all", () -> raw.read(EventQuery.all()));
    readings.put("all typed", () -> typed.read(EventQuery.all()));
    readings.put("tagged", () -> raw.read(EventQuery.all().taggedAnyOf("all", "tag-1")));
    readings.put("typed tagged", () -> typed.read(EventQuery.all().taggedAllOf("all")));
    readings.put("ids", () -> raw.streamIds("", "", 100));
    readings.put("latest", raw::latestPosition);
    readings.put("stats", raw::stats);
    for (String id : List.of("a", "archived", "tombstoned", "emptied", "last")) {
      readings.put("stream " + id, () -> raw.read(EventQuery.stream(id)));
      readings.put("highest of " + id, () -> raw.highestSeq(id));
      readings.put("status of " + id, () -> daybook.streams().status(id));
    }
    var snapshots = daybook.snapshots(Integer.class).with(FilledStore.SEALED);
    readings.put("snapshot", () -> snapshots.loadLatest("a"));
    readings.put("snapshot before", () -> snapshots.loadBefore("a", 4));
    readings.put("snapshots", () -> list(snapshots.listAll()));
    readings.put("documents", () -> daybook.documents().listDocIds("", "", 100));
    for (String id : List.of("note \uD83D\uDE00", "note \uFFFD")) {
      readings.put("records of " + id, () -> list(daybook.documents().loadAll(id)));
      readings.put("meta of " + id, () -> daybook.documents().currentMeta(id));
    }
    // What is said of consumers has no checksum: it is enough that it can be read.
    readings.put("checkpoints", () -> !daybook.checkpoints().list().isEmpty());
    readings.put("checkpoint", () -> daybook.checkpoints().load("orders") != null);
    readings.put("dead letters", () -> !daybook.subscriptions().deadLetters().isEmpty());
    readings.put("doctor", () -> daybook.maintenance().doctor());
    Map<String, String> answers = new LinkedHashMap<>();
    readings.forEach((name, reading) -> answers.put(name, answer(damage, name, reading)));
    return answers;
  }

  private static String answer(String damage, String name, Callable<Object> reading) {
    try {
      return String.valueOf(reading.call());
    } catch (DaybookException e) {
      return e.getClass().getSimpleName();
    } catch (Throwable e) {
      throw new AssertionError("reading \"%s\" after %s, seed %s".formatted(name, damage, SEED), e);
    }
  }

  private static <T> List<T> list(Stream<T> rows) {
    try (rows) {
      return rows.toList();
    }
  }

  private static Connection connect(Path path) throws SQLException {
    return DriverManager.getConnection("jdbc:sqlite:" + path);
  }
}
