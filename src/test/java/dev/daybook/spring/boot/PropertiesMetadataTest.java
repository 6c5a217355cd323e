package dev.daybook.spring.boot;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.InputStream;
import java.lang.reflect.RecordComponent;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.util.ClassUtils;

/** What editors know of the properties is what the class has. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class PropertiesMetadataTest {

  @Test
  void editors_are_told_of_each_property_its_type_and_its_default() throws Exception {
    Map<String, String> declared = new TreeMap<>();
    collect("daybook", DaybookProperties.class, declared);

    Map<String, String> told = new TreeMap<>();
    for (JsonNode each : metadata().path("properties")) {
      assertThat(each.path("description").asText()).endsWith(".");
      if (each.path("name").asText().startsWith("daybook.")) {
        assertThat(ConfigurationPropertyName.isValid(each.path("name").asText())).isTrue();
        told.put(
            each.path("name").asText(),
            describe(each.path("type").asText(), each.path("defaultValue").asText()));
      }
    }
    assertThat(told).isEqualTo(declared);
  }

  private static void collect(String prefix, Class<?> type, Map<String, String> into) {
    for (RecordComponent each : type.getRecordComponents()) {
      String name =
          prefix + "." + each.getName().replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
      if (each.getType().isRecord()) {
        collect(name, each.getType(), into);
      } else {
        into.put(
            name,
            describe(
                ClassUtils.resolvePrimitiveIfNecessary(each.getType()).getName(),
                defaultOf(type, each)));
      }
    }
  }

  /** Java gives an annotation of a component to the constructor's parameter. */
  private static String defaultOf(Class<?> type, RecordComponent component) {
    RecordComponent[] all = type.getRecordComponents();
    for (int i = 0; i < all.length; i++) {
      DefaultValue given =
          type.getDeclaredConstructors()[0].getParameters()[i].getAnnotation(DefaultValue.class);
      if (all[i].getName().equals(component.getName()) && given != null) {
        return String.join(",", given.value());
      }
    }
    return "";
  }

  private static String describe(String type, String value) {
    return type + " " + value;
  }

  private static JsonNode metadata() throws Exception {
    try (InputStream in =
        DaybookProperties.class.getResourceAsStream(
            "/META-INF/spring-configuration-metadata.json")) {
      return new ObjectMapper().readTree(in);
    }
  }
}
