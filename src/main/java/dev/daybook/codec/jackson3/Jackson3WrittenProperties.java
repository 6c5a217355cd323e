package dev.daybook.codec.jackson3;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.daybook.codec.internal.NullableTypes;
import java.lang.reflect.Executable;
import java.lang.reflect.Member;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.BeanDescription;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.SerializationConfig;
import tools.jackson.databind.introspect.AnnotatedMember;
import tools.jackson.databind.introspect.AnnotatedParameter;
import tools.jackson.databind.introspect.BeanPropertyDefinition;
import tools.jackson.databind.introspect.ClassIntrospector;

/** What a mapper of Jackson 3 writes of a class: known, so that reading can ask for it. */
final class Jackson3WrittenProperties {

  private final SerializationConfig config;
  private final Set<String> derived;

  /**
   * @param mapper writes as the one that is used
   * @param derived where the names of those go that can't be read
   */
  Jackson3WrittenProperties(ObjectMapper mapper, Set<String> derived) {
    this.config = mapper.serializationConfig();
    this.derived = derived;
  }

  /** The properties of one class, by their names. */
  final class Of {

    private final BeanDescription written;
    private final Map<String, BeanPropertyDefinition> properties = new LinkedHashMap<>();

    private Of(JavaType type) {
      ClassIntrospector introspector = config.classIntrospectorInstance();
      this.written =
          introspector.introspectForSerialization(
              type, introspector.introspectClassAnnotations(type));
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
