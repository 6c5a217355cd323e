package dev.daybook.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/**
 * The command line's jar has other libraries in it, and of each its licence: as the library's jar
 * has it, or else from {@code src/main/licenses}, or this project's own text of the same licence,
 * as the build's assembly says.
 */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class BundledLicencesTest {

  /** What the assembly takes from a jar. */
  private static final Pattern LICENCE = Pattern.compile("(.*/)?LICENSE[^/]*");

  private static final Pattern OWN_TEXT =
      Pattern.compile(
          "<source>LICENSE</source>\\s*<outputDirectory>META-INF/licenses/([^<]+)</outputDirectory>");
  private static final Path TEXTS = Path.of("src/main/licenses");

  /** Maven writes it before it compiles the tests. */
  private static final Path BUNDLED = Path.of("target/bundled-libraries.txt");

  @Test
  void each_bundled_library_has_its_licence_in_the_jar() throws IOException {
    Set<String> without = new TreeSet<>();
    Set<String> superfluous = new TreeSet<>(given());
    for (Path jar : bundled()) {
      String artifact = artifact(jar);
      boolean given = superfluous.remove(artifact);
      if (!given && !hasLicence(jar)) {
        without.add(artifact);
      }
    }

    assertThat(without).as("libraries without a licence").isEmpty();
    assertThat(superfluous).as("licences of what is not bundled").isEmpty();
  }

  @Test
  void the_jars_themselves_have_the_licence_of_the_project() throws IOException {
    assertThat(getClass().getResourceAsStream("/META-INF/LICENSE"))
        .isNotNull()
        .hasContent(Files.readString(Path.of("LICENSE")));
  }

  private static List<Path> bundled() throws IOException {
    List<Path> jars =
        Arrays.stream(Files.readString(BUNDLED).strip().split(File.pathSeparator, -1))
            .map(Path::of)
            .toList();
    assertThat(jars).hasSizeGreaterThan(10);
    return jars;
  }

  /** In a Maven repository a jar is in a directory by its version, in one by its name. */
  private static String artifact(Path jar) {
    return jar.getName(jar.getNameCount() - 3).toString();
  }

  private static boolean hasLicence(Path jar) throws IOException {
    try (JarFile file = new JarFile(jar.toFile())) {
      return file.stream().anyMatch(entry -> LICENCE.matcher(entry.getName()).matches());
    }
  }

  private static Set<String> given() throws IOException {
    Set<String> given = new TreeSet<>();
    Matcher own = OWN_TEXT.matcher(Files.readString(Path.of("pom.xml")));
    while (own.find()) {
      given.add(own.group(1));
    }
    try (var texts = Files.list(TEXTS)) {
      texts.forEach(text -> given.add(text.getFileName().toString()));
    }
    return given;
  }
}
