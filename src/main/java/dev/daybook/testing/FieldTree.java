package dev.daybook.testing;

import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import com.fasterxml.jackson.annotation.PropertyAccessor;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.TextNode;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What objects hold, as trees: to compare those without {@code equals}, and to show where two
 * differ. An object's fields are its content, whatever its annotations say.
 */
final class FieldTree {

  private static final ObjectMapper FIELDS =
      JsonMapper.builder()
          .addModule(new JavaTimeModule())
          .addModule(new Jdk8Module())
          .visibility(PropertyAccessor.ALL, Visibility.NONE)
          .visibility(PropertyAccessor.FIELD, Visibility.ANY)
          .disable(MapperFeature.USE_ANNOTATIONS)
          .disable(SerializationFeature.FAIL_ON_EMPTY_BEANS)
          .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
          .disable(SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .build();

  private FieldTree() {}

  /** What an object holds; empty if that can't be found out. */
  static Optional<JsonNode> of(Object object) {
    try {
      return Optional.ofNullable(FIELDS.<JsonNode>valueToTree(object));
    } catch (RuntimeException | StackOverflowError e) {
      return Optional.empty();
    }
  }

  /** What an object holds, or else what it says of itself. */
  static JsonNode shown(Object object) {
    return of(object).orElseGet(() -> TextNode.valueOf(object.toString()));
  }

  /** Whether two objects are equal, or are of one class and hold the same. */
  static boolean areSame(Object one, Object other) {
    return one.equals(other)
        || (one.getClass() == other.getClass()
            && of(one).map(content -> of(other).map(content::equals).orElse(false)).orElse(false));
  }

  /** The values in a tree, by their paths, such as {@code items[0].price}. */
  static Map<String, String> values(JsonNode tree) {
    Map<String, String> values = new LinkedHashMap<>();
    add(values, "", tree);
    return values;
  }

  private static void add(Map<String, String> values, String path, JsonNode tree) {
    if (tree.isObject() && !(tree.isEmpty() && !path.isEmpty())) {
      String before = path.isEmpty() ? "" : path + ".";
      tree.properties().forEach(field -> add(values, before + field.getKey(), field.getValue()));
    } else if (tree.isArray() && !tree.isEmpty()) {
      for (int i = 0; i < tree.size(); i++) {
        add(values, path + "[" + i + "]", tree.get(i));
      }
    } else {
      values.put(path, tree.toString());
    }
  }
}
