package dev.daybook.maintenance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daybook.Daybook;
import dev.daybook.journal.EncodedEvent;
import dev.daybook.journal.ExpectedSeq;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who may open a file does not depend on whether it was backed up or restored. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class FilePermissionsTest {

  @TempDir private Path directory;

  @Test
  void a_new_file_is_like_any_other_and_one_that_is_replaced_keeps_its_permissions()
      throws IOException {
    Path db = directory.resolve("events.db");
    Path backup = directory.resolve("backup.db");
    Set<PosixFilePermission> usual =
        Files.getPosixFilePermissions(Files.createFile(directory.resolve("usual")));
    try (Daybook daybook = Daybook.open(db)) {
      daybook.rawJournal().append("a", ExpectedSeq.any(), EncodedEvent.json("t", "{}"));
      daybook.maintenance().backup(backup);
    }
    assertThat(Files.getPosixFilePermissions(backup)).isEqualTo(usual);

    Set<PosixFilePermission> shared = PosixFilePermissions.fromString("rw-rw----");
    Files.setPosixFilePermissions(db, shared);
    try (Daybook daybook = Daybook.open(db)) {
      daybook.maintenance().restore(backup, CopyOptions.defaults().withOverwrite(true));
    }
    assertThat(Files.getPosixFilePermissions(db)).isEqualTo(shared);
  }
}
