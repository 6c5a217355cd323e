package dev.daybook.codec.internal;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.Module;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import dev.daybook.codec.CodecException;
import dev.daybook.internal.json.StoredJson;
import java.util.List;

/** The default mapper. In its own class, which is loaded once something has to be mapped. */
public final class DefaultJson {

  private static final String KOTLIN = "com.fasterxml.jackson.module.kotlin.KotlinModule$Builder";

  private DefaultJson() {}

  public static ObjectMapper mapper() {
    return JsonMapper.builder(StoredJson.factory())
        .addModule(new JavaTimeModule())
        .addModule(new Jdk8Module())
        .addModules(kotlin())
        .enable(SerializationFeature.WRITE_DATES_WITH_ZONE_ID)
        .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
        .disable(SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
        .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
        .disable(DeserializationFeature.ADJUST_DATES_TO_CONTEXT_TIME_ZONE)
        .build();
  }

  /**
   * The module that makes Kotlin's classes readable, where an application has it.
   *
   * @throws CodecException if it is there and can't be used
   */
  private static List<Module> kotlin() {
    try {
      Class<?> builder = Class.forName(KOTLIN);
      Object made = builder.getConstructor().newInstance();
      return List.of((Module) builder.getMethod("build").invoke(made));
    } catch (ClassNotFoundException e) {
      return List.of();
    } catch (ReflectiveOperationException | LinkageError e) {
      throw new CodecException(
          "jackson-module-kotlin is on the class path and can't be used; it needs kotlin-reflect, and the version of the other libraries of Jackson",
          e);
    }
  }
}
