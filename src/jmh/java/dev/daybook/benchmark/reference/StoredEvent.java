package dev.daybook.benchmark.reference;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An event with all that its row tells. */
record StoredEvent<T>(
    long position,
    String streamId,
    long seq,
    String type,
    int schemaVersion,
    String codec,
    @Nullable String compression,
    @Nullable String keyId,
    long time,
    List<String> tags,
    Map<String, String> metadata,
    T data) {

  private static final JsonFactory JSON = new JsonFactory();

  /** A tag as the JSON array that its event's row has, if there is one. */
  static @Nullable String array(@Nullable String tag) {
    return tag == null
        ? null
        : "[\"" + new String(JsonStringEncoder.getInstance().quoteAsString(tag)) + "\"]";
  }

  static List<String> tags(@Nullable String array) {
    if (array == null) {
      return List.of();
    }
    List<String> tags = new ArrayList<>();
    try (JsonParser json = JSON.createParser(array)) {
      json.nextToken();
      while (json.nextToken() == JsonToken.VALUE_STRING) {
        tags.add(json.getText());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return tags;
  }

  static Map<String, String> metadata(@Nullable String object) {
    return object == null ? Map.of() : fields(object);
  }

  /** The fields of a flat JSON object. */
  static Map<String, String> fields(String object) {
    Map<String, String> fields = new LinkedHashMap<>();
    try (JsonParser json = JSON.createParser(object)) {
      json.nextToken();
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        String name = json.currentName();
        json.nextToken();
        fields.put(name, json.getText());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return fields;
  }
}
