package dev.daybook.golden;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A checked-in text that what the code produces must equal, so that a change of it shows in a
 * review. With its switch on, the file is rewritten instead.
 */
public final class GoldenFile {

  private static final Path EXPECTED = Path.of("src", "test", "resources");
  private static final Path ACTUAL = Path.of("target", "golden");

  private final String file;
  private final String updateSwitch;

  /**
   * @param file below {@code src/test/resources}
   * @param updateSwitch the system property that has the file rewritten
   */
  public GoldenFile(String file, String updateSwitch) {
    this.file = file;
    this.updateSwitch = updateSwitch;
  }

  /** Compares, or rewrites the file. */
  public void check(String text) {
    Path expected = EXPECTED.resolve(file);
    if (Boolean.getBoolean(updateSwitch)) {
      write(expected, text);
    }
    Path actual = ACTUAL.resolve(file);
    write(actual, text);
    assertThat(actual)
        .as(
            "%s no longer matches the code. If the change is meant, run the test with -D%s=true and commit the file",
            expected, updateSwitch)
        .hasSameTextualContentAs(expected, StandardCharsets.UTF_8);
  }

  private static void write(Path file, String text) {
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new AssertionError("can't write " + file, e);
    }
  }
}
