package dev.daybook.codec.jackson3;

import dev.daybook.codec.Codecs;
import dev.daybook.codec.TreeCodec;
import dev.daybook.codec.internal.Shapes;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.cfg.DateTimeFeature;
import tools.jackson.databind.cfg.EnumFeature;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;

/**
 * JSON by a mapper of Jackson 3, such as that of Spring Boot 4: for a whole Daybook by {@link
 * dev.daybook.DaybookBuilder#json(TreeCodec)}, for one journal by {@link Codecs#json(TreeCodec)}.
 * It writes what Daybook's own mapper of Jackson 2 writes, byte for byte, and each reads what the
 * other has written, unless modules, mix-ins or a naming strategy of the mapper say otherwise,
 * which apply. So a store may change from one to the other at any time.
 *
 * <p>What {@link Codecs} says of JSON holds for it: unknown and missing fields, numbers without a
 * type, what is read back. A class that can't be read is refused when the journal or the snapshot
 * store is made. And whatever the mapper says: properties are in the order of the class, {@code
 * java.time} is ISO 8601 text, an enum is its name, {@code null} for a number or a boolean that is
 * set by no constructor is 0 or {@code false}, and a field without a setter is set if it is final,
 * and a collection without one if it has a getter, as by Jackson 2.
 *
 * <p>Experimental. Safe for several threads.
 */
public final class Jackson3Json {

  private Jackson3Json() {}

  /** By the settings of a mapper, which is not changed. */
  public static TreeCodec of(JsonMapper mapper) {
    Objects.requireNonNull(mapper, "mapper");
    JsonMapper alike = asJackson2(mapper);
    Set<String> derived = ConcurrentHashMap.newKeySet();
    SimpleModule strict = new SimpleModule(Jackson3Json.class.getName());
    strict.setSerializerModifier(new Jackson3EmptyObjects());
    strict.setDeserializerModifier(
        new Jackson3MissingProperties(new Jackson3WrittenProperties(alike, derived)));
    JsonMapper own = alike.rebuild().addModule(strict).build();
    return Jackson3Codec.of(own, new Shapes(type -> Jackson3Value.of(own, type), derived));
  }

  private static JsonMapper asJackson2(JsonMapper mapper) {
    return mapper
        .rebuild()
        .disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
        .enable(MapperFeature.USE_GETTERS_AS_SETTERS, MapperFeature.ALLOW_FINAL_FIELDS_AS_MUTATORS)
        .enable(SerializationFeature.FAIL_ON_EMPTY_BEANS)
        .disable(SerializationFeature.INDENT_OUTPUT)
        .disable(
            DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES,
            DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES,
            DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
        .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
        .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
        .disable(EnumFeature.WRITE_ENUMS_USING_TO_STRING, EnumFeature.READ_ENUMS_USING_TO_STRING)
        .enable(DateTimeFeature.WRITE_DATES_WITH_ZONE_ID)
        .disable(
            DateTimeFeature.WRITE_DATES_AS_TIMESTAMPS,
            DateTimeFeature.WRITE_DURATIONS_AS_TIMESTAMPS,
            DateTimeFeature.ADJUST_DATES_TO_CONTEXT_TIME_ZONE)
        .disable(
            JsonWriteFeature.ESCAPE_FORWARD_SLASHES,
            JsonWriteFeature.COMBINE_UNICODE_SURROGATES_IN_UTF8)
        .build();
  }
}
