package dev.daybook.codec.internal;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.module.SimpleModule;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The settings of a mapper with which no data is lost silently: a class whose state Jackson does
 * not see is not written as an empty object, a property that is missing is not read as null or 0,
 * and what is derived from the state is written and left out again.
 */
final class StrictMapping {

  private final ObjectMapper mapper;
  private final Set<String> derived = ConcurrentHashMap.newKeySet();

  private StrictMapping(ObjectMapper mapper) {
    this.mapper = mapper;
  }

  /** Changes a mapper that is used nowhere else. */
  static StrictMapping of(ObjectMapper own) {
    StrictMapping mapping = new StrictMapping(own);
    SimpleModule module = new SimpleModule(StrictMapping.class.getName());
    module.setSerializerModifier(new EmptyObjects());
    module.setDeserializerModifier(
        new MissingProperties(new WrittenProperties(own, mapping.derived)));
    own.enable(SerializationFeature.FAIL_ON_EMPTY_BEANS).registerModule(module);
    return mapping;
  }

  ObjectMapper mapper() {
    return mapper;
  }

  /**
   * The names of properties that are written and can't be read, such as that of {@code isEmpty()},
   * of all classes that were analysed so far.
   */
  Set<String> derived() {
    return derived;
  }
}
