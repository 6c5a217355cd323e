package dev.daybook.codec.internal;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.BeanDescription;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationConfig;
import com.fasterxml.jackson.databind.introspect.AnnotatedMember;
import com.fasterxml.jackson.databind.introspect.AnnotatedParameter;
import com.fasterxml.jackson.databind.introspect.BeanPropertyDefinition;
import java.lang.reflect.Executable;
import java.lang.reflect.Member;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a mapper writes of a class: known, so that reading can ask for it. */
final class WrittenProperties {

  private final ObjectMapper mapper;
  private final Set<String> derived;

  /**
   * @param derived where the names of those go that can't be read
   */
  WrittenProperties(ObjectMapper mapper, Set<String> derived) {
    this.mapper = mapper;
    this.derived = derived;
  }

  /** The properties of one class, by their names. */
  final class Of {

    private final BeanDescription written;
    private final Map<String, BeanPropertyDefinition> properties = new LinkedHashMap<>();

    private Of(JavaType type) {
      this.written = mapper.getSerializationConfig().introspect(type);
      for (BeanPropertyDefinition property : written.findProperties()) {
        if (property.couldSerialize()) {
          properties.put(property.getName(), property);
        }
      }
    }

    Set<String> names() {
      return properties.keySet();
    }

    @Nullable BeanPropertyDefinition find(String name) {
      return properties.get(name);
    }

    /** Whether a property may be null, by what reads it or by what is written. */
    boolean isNullable(AnnotatedMember reads, String name) {
      boolean isRead =
          (reads instanceof AnnotatedParameter parameter
                  && parameter.getOwner().getMember() instanceof Executable owner)
              ? NullableTypes.isNullable(owner, parameter.getIndex())
              : NullableTypes.isNullable(reads.getMember());
      BeanPropertyDefinition property = properties.get(name);
      return isRead
          || (property != null
              && (NullableTypes.isNullable(memberOf(property.getField()))
                  || NullableTypes.isNullable(memberOf(property.getGetter()))));
    }

    private static @Nullable Member memberOf(@Nullable AnnotatedMember annotated) {
      return annotated == null ? null : annotated.getMember();
    }

    void isDerived(String name) {
      derived.add(name);
    }

    /** Whether the property is left out for some of its values, as Jackson decides it. */
    boolean mayBeLeftOut(String name) {
      BeanPropertyDefinition property = properties.get(name);
      if (property == null) {
        return false;
      }
      SerializationConfig config = mapper.getSerializationConfig();
      JsonInclude.Value none = JsonInclude.Value.empty();
      JsonInclude.Value ofClass =
          JsonInclude.Value.merge(
              written.findPropertyInclusion(none),
              config.getDefaultPropertyInclusion(written.getBeanClass(), none));
      JsonInclude.Value otherwise =
          JsonInclude.Value.merge(config.getDefaultPropertyInclusion(), ofClass);
      JsonInclude.Include include =
          config
              .getDefaultInclusion(property.getRawPrimaryType(), written.getBeanClass(), otherwise)
              .withOverrides(property.findInclusion())
              .getValueInclusion();
      return include != JsonInclude.Include.ALWAYS && include != JsonInclude.Include.USE_DEFAULTS;
    }
  }

  Of of(JavaType type) {
    return new Of(type);
  }
}
