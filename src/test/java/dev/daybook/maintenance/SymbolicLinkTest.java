package dev.daybook.maintenance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.daybook.Daybook;
import dev.daybook.journal.EncodedEvent;
import dev.daybook.journal.ExpectedSeq;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Where a path leads through symbolic links, as with the volumes of containers, the file behind
 * them is replaced, and they stay.
 */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class SymbolicLinkTest {

  private static final CopyOptions OVERWRITE = CopyOptions.defaults().withOverwrite(true);

  @TempDir private Path directory;
  private Path volume;
  private Path backup;

  @BeforeEach
  void back_up_one_event() throws IOException {
    volume = Files.createDirectory(directory.resolve("volume"));
    backup = directory.resolve("backup.db");
    Path original = directory.resolve("original.db");
    try (Daybook daybook = Daybook.open(original)) {
      append(daybook);
      daybook.maintenance().backup(backup);
    }
  }

  @Test
  void restoring_replaces_the_file_behind_a_link_to_a_link() throws IOException {
    Path real = volume.resolve("journal.db");
    Path middle = Files.createSymbolicLink(volume.resolve("middle"), Path.of("journal.db"));
    Path link = Files.createSymbolicLink(directory.resolve("link.db"), Path.of("volume/middle"));
    try (Daybook daybook = Daybook.open(link)) {
      append(daybook);
      append(daybook);
    }

    try (Daybook daybook = Daybook.open(link)) {
      daybook.maintenance().restore(backup, OVERWRITE);
    }

    assertThat(events(real)).isEqualTo(1);
    assertThat(Files.isSymbolicLink(link)).isTrue();
    assertThat(Files.isSymbolicLink(middle)).isTrue();
    assertThat(names(volume)).containsExactlyInAnyOrder("journal.db", "middle");
  }

  @Test
  void restoring_makes_the_file_that_a_link_leads_to() throws IOException {
    Path link =
        Files.createSymbolicLink(directory.resolve("link.db"), volume.resolve("journal.db"));

    try (Daybook daybook = Daybook.open(link)) {
      daybook.maintenance().restore(backup);
    }

    assertThat(events(volume.resolve("journal.db"))).isEqualTo(1);
    assertThat(Files.isSymbolicLink(link)).isTrue();
  }

  @Test
  void backing_up_replaces_the_file_behind_a_link() throws IOException {
    Path real = Files.copy(backup, volume.resolve("copy.db"));
    Path link = Files.createSymbolicLink(directory.resolve("link.db"), real);
    try (Daybook daybook = Daybook.open(directory.resolve("original.db"))) {
      append(daybook);

      daybook.maintenance().backup(link, OVERWRITE);
    }

    assertThat(events(real)).isEqualTo(2);
    assertThat(Files.isSymbolicLink(link)).isTrue();
    assertThat(names(volume)).containsExactly("copy.db");
  }

  @Test
  void a_target_behind_a_link_that_is_in_use_is_refused() throws IOException {
    Path real = Files.copy(backup, volume.resolve("used.db"));
    Path link = Files.createSymbolicLink(directory.resolve("link.db"), real);
    try (Daybook user = Daybook.open(real);
        Daybook daybook = Daybook.open(directory.resolve("original.db"))) {
      append(user);

      assertInUse(() -> daybook.maintenance().backup(link, OVERWRITE));
      try (Daybook restored = Daybook.open(link)) {
        assertInUse(() -> restored.maintenance().restore(backup, OVERWRITE));
      }
      append(user);
    }
    assertThat(Files.isSymbolicLink(link)).isTrue();
    assertThat(events(real)).isEqualTo(3);
  }

  @Test
  void links_in_a_circle_are_an_error() throws IOException {
    Path one = Files.createSymbolicLink(directory.resolve("one"), Path.of("two"));
    Files.createSymbolicLink(directory.resolve("two"), Path.of("one"));
    try (Daybook daybook = Daybook.open(directory.resolve("original.db"))) {
      assertThatThrownBy(() -> daybook.maintenance().backup(one, OVERWRITE))
          .isInstanceOfSatisfying(
              MaintenanceException.class,
              refusal -> assertThat(refusal.reason()).isEqualTo(MaintenanceException.Reason.FILE));
    }
  }

  private static void append(Daybook daybook) {
    daybook.rawJournal().append("a", ExpectedSeq.any(), EncodedEvent.json("t", "{}"));
  }

  private static long events(Path file) {
    try (Daybook daybook = Daybook.open(file)) {
      return daybook.rawJournal().highestSeq("a");
    }
  }

  private static void assertInUse(Runnable work) {
    assertThatThrownBy(work::run)
        .isInstanceOfSatisfying(
            MaintenanceException.class,
            refusal ->
                assertThat(refusal.reason()).isEqualTo(MaintenanceException.Reason.TARGET_IN_USE));
  }

  private static List<String> names(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.map(path -> path.getFileName().toString()).toList();
    }
  }
}
