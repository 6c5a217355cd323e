package dev.daybook.cli.output;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.daybook.internal.json.StoredJson;
import java.io.IOException;
import java.io.PrintStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.Instant;

/** Writes one JSON object a line. Apart, so that it is loaded only where JSON is printed. */
public final class JsonLines {

  private static final JsonFactory FACTORY = new JsonMapper(StoredJson.factory()).getFactory();

  private JsonLines() {}

  /** What writes the value of one line. */
  interface Writing {
    void write(JsonGenerator generator) throws IOException;
  }

  /** Writes a record: its components that have a value, in their order. */
  static void print(PrintStream out, Record result) {
    print(out, generator -> write(generator, result));
  }

  static void print(PrintStream out, Writing writing) {
    // As text, because Jackson writes bytes of characters beyond U+FFFF as escapes.
    StringWriter line = new StringWriter();
    try (JsonGenerator generator = FACTORY.createGenerator(line)) {
      writing.write(generator);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    out.println(line);
  }

  /** Copies the value that a parser is at. */
  public static void copy(JsonParser from, JsonGenerator to) throws IOException {
    int depth = 0;
    do {
      JsonToken token = depth == 0 ? from.currentToken() : from.nextToken();
      depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
      if (token.isNumeric()) {
        to.writeNumber(from.getText());
      } else {
        to.copyCurrentEvent(from);
      }
    } while (depth > 0);
  }

  static void write(JsonGenerator generator, Record result) throws IOException {
    generator.writeStartObject();
    for (ResultField field : ResultField.of(result)) {
      if (field.value().isPresent()) {
        generator.writeFieldName(field.name());
        write(generator, field.value().get());
      }
    }
    generator.writeEndObject();
  }

  private static void write(JsonGenerator generator, Object value) throws IOException {
    if (value instanceof RawJson raw) {
      generator.writeRawValue(raw.text());
    } else if (value instanceof Record nested) {
      write(generator, nested);
    } else if (value instanceof Iterable<?> values) {
      generator.writeStartArray();
      for (Object each : values) {
        write(generator, each);
      }
      generator.writeEndArray();
    } else if (value instanceof Enum) {
      generator.writeString(ResultField.text(value));
    } else if (value instanceof Instant) {
      generator.writeString(value.toString());
    } else {
      generator.writeObject(value);
    }
  }
}
