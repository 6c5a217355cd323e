package dev.daybook.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** The messages on the page on troubleshooting are those of the code. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class TroubleshootingPageTest {

  private static final Path PAGE = Path.of("src/docs/troubleshooting.md");
  private static final int LEAST_MESSAGES = 30;

  private static final Pattern MESSAGE = Pattern.compile("^\\*\\*`(.+)`\\*\\*", Pattern.MULTILINE);

  @Test
  void every_message_is_in_the_code() throws IOException {
    String code = code();
    List<String> messages =
        MESSAGE.matcher(Block.page(PAGE)).results().map(found -> found.group(1)).toList();
    assertThat(messages).hasSizeGreaterThanOrEqualTo(LEAST_MESSAGES).doesNotHaveDuplicates();
    List<String> missing = new ArrayList<>();
    for (String message : messages) {
      for (String part : message.split("…", -1)) {
        if (!code.contains(part.strip())) {
          missing.add(message + ": " + part.strip());
        }
      }
    }
    assertThat(missing).isEmpty();
  }

  @Test
  void every_exception_of_the_library_is_on_the_page() throws IOException {
    String page = Block.page(PAGE);
    try (Stream<Path> files = Files.walk(Path.of("src/main/java/dev/daybook"))) {
      List<String> exceptions =
          files
              .filter(file -> !file.toString().contains("internal"))
              .map(file -> file.getFileName().toString())
              .filter(name -> name.endsWith("Exception.java"))
              .map(name -> name.replace(".java", ""))
              .toList();
      assertThat(exceptions).hasSizeGreaterThan(30);
      assertThat(exceptions).allSatisfy(name -> assertThat(page).contains("`" + name + "`"));
    }
  }

  /** All text of the code, with literals that are put together joined. */
  private static String code() throws IOException {
    StringBuilder code = new StringBuilder();
    try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
      for (Path file : files.filter(it -> it.toString().endsWith(".java")).toList()) {
        code.append(Files.readString(file));
      }
    }
    return code.toString().replace("\\\"", "\"").replaceAll("\"\\s*\\+\\s*\"", "");
  }
}
