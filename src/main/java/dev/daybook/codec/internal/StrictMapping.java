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

  private StrictMapping() {}

  /** Changes a mapper that is used nowhere else, and returns the shapes of classes to it. */
  static Shapes of(ObjectMapper own) {
    Set<String> derived = ConcurrentHashMap.newKeySet();
    SimpleModule module = new SimpleModule(StrictMapping.class.getName());
    module.setSerializerModifier(new EmptyObjects());
    module.setDeserializerModifier(new MissingProperties(new WrittenProperties(own, derived)));
    own.enable(SerializationFeature.FAIL_ON_EMPTY_BEANS).registerModule(module);
    return new Shapes(type -> JacksonValue.of(own, type), derived);
  }
}
