package dev.daybook.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/**
 * A package can be taken in at a glance. A nested type of more than 30 lines counts as one of its
 * package.
 */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class PackageSizeTest {

  private static final int MAX_TYPES = 25;
  private static final int MAX_PUBLIC_TYPES = 30;
  private static final int SHORT_LINES = 30;

  private static final Path MAIN = Path.of("src/main/java");

  private static final Pattern NESTED =
      Pattern.compile(
          "^( +)(?:(?:public|protected|private|static|abstract|final|sealed|non-sealed) )*"
              + "(?:class|record|interface|enum) \\w+.*");

  @Test
  void no_package_has_too_many_types() throws IOException {
    Map<Path, Integer> types = new TreeMap<>();
    for (Path file : sources()) {
      types.merge(MAIN.relativize(file).getParent(), 1 + longNestedTypes(file), Integer::sum);
    }

    assertThat(types).isNotEmpty();
    assertThat(types)
        .allSatisfy(
            (pack, count) ->
                assertThat(count).as("%s", pack).isLessThanOrEqualTo(most(pack.toString())));
  }

  @Test
  void a_long_nested_type_counts_and_a_short_one_does_not() {
    String body = "    int a;\n".repeat(SHORT_LINES);
    List<String> lines =
        """
        class Outer {
          private static final class Long {
        %s  }
          record Short(int a) {}
        }
        """
            .formatted(body)
            .lines()
            .toList();

    assertThat(longNestedTypes(lines)).isOne();
  }

  @Test
  void no_two_types_share_a_simple_name() throws IOException {
    Map<String, Long> files =
        sources().stream()
            .collect(
                Collectors.groupingBy(
                    file -> file.getFileName().toString(), TreeMap::new, Collectors.counting()));

    assertThat(files).allSatisfy((name, count) -> assertThat(count).as(name).isOne());
  }

  private static int most(String pack) {
    return pack.contains("internal") || pack.contains("cli") ? MAX_TYPES : MAX_PUBLIC_TYPES;
  }

  private static List<Path> sources() throws IOException {
    try (Stream<Path> files = Files.walk(MAIN)) {
      return files
          .filter(file -> file.toString().endsWith(".java"))
          .filter(file -> !file.endsWith("package-info.java"))
          .collect(Collectors.toList());
    }
  }

  private static int longNestedTypes(Path file) {
    try {
      return longNestedTypes(Files.readAllLines(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The formatter puts a type's closing brace under its first word. */
  private static int longNestedTypes(List<String> lines) {
    int found = 0;
    for (int i = 0; i < lines.size(); i++) {
      Matcher nested = NESTED.matcher(lines.get(i));
      if (nested.matches()) {
        int end = i + lines.subList(i, lines.size()).indexOf(nested.group(1) + "}");
        found += end - i + 1 > SHORT_LINES ? 1 : 0;
      }
    }
    return found;
  }
}
