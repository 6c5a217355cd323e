package dev.daybook.spring.boot;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** What the jar tells the builder of native images is there, and is all. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class NativeImageTest {

  private static final Path CLASSES = Path.of("target", "classes");
  private static final Path METADATA =
      CLASSES.resolve("META-INF").resolve("native-image").resolve("dev.daybook").resolve("daybook");

  @Test
  void every_class_that_is_named_is_there() throws Exception {
    JsonNode classes = read("reflect-config.json");
    assertThat(classes).isNotEmpty();
    for (JsonNode each : classes) {
      Class<?> found = Class.forName(each.path("name").asText());
      for (JsonNode method : each.path("methods")) {
        assertThat(method.path("name").asText()).isEqualTo("<init>");
        assertThat(found.getConstructor().newInstance()).isNotNull();
      }
    }
  }

  @Test
  void every_class_that_is_looked_up_by_its_name_is_named() throws IOException {
    List<String> named = read("reflect-config.json").findValuesAsText("name");
    for (Path source : sources()) {
      String code = Files.readString(source);
      if (code.contains("Class.forName(")) {
        // Kotlin's module of Jackson needs metadata of its own, and is not among them.
        assertThat(code.contains("com.fasterxml.jackson.module.kotlin"))
            .as(source.toString())
            .isNotEqualTo(
                named.stream()
                    .anyMatch(
                        name -> code.replaceAll("\"\\s*\\+\\s*\"", "").contains('"' + name + '"')));
      }
    }
  }

  @Test
  void every_resource_is_named_and_nothing_else() throws IOException {
    List<String> patterns =
        StreamSupport.stream(
                read("resource-config.json").at("/resources/includes").spliterator(), false)
            .map(each -> each.path("pattern").asText())
            .toList();
    List<String> resources = resources();
    assertThat(resources).isNotEmpty();
    assertThat(resources).allSatisfy(resource -> assertThat(patterns).anyMatch(resource::matches));
    assertThat(patterns)
        .allSatisfy(
            pattern -> assertThat(resources).anyMatch(resource -> resource.matches(pattern)));
  }

  private static JsonNode read(String file) throws IOException {
    return new ObjectMapper().readTree(METADATA.resolve(file).toFile());
  }

  /** Those of the library, without what Spring and Java read by themselves. */
  private static List<String> resources() throws IOException {
    try (Stream<Path> files = Files.walk(CLASSES)) {
      return files
          .filter(Files::isRegularFile)
          .map(file -> CLASSES.relativize(file).toString().replace('\\', '/'))
          .filter(name -> !name.endsWith(".class") && !name.startsWith("META-INF/"))
          .filter(name -> !name.startsWith("dev/daybook/cli/"))
          .toList();
    }
  }

  private static List<Path> sources() throws IOException {
    try (Stream<Path> files = Files.walk(Path.of("src", "main", "java"))) {
      return files
          .filter(file -> file.toString().endsWith(".java"))
          .filter(file -> !file.toString().contains("cli"))
          .toList();
    }
  }
}
