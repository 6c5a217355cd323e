package dev.daybook.codec.internal;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.databind.DeserializationConfig;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.deser.AbstractDeserializer;
import com.fasterxml.jackson.databind.deser.BeanDeserializerBase;
import com.fasterxml.jackson.databind.deser.DefaultDeserializationContext;
import com.fasterxml.jackson.databind.deser.SettableBeanProperty;
import com.fasterxml.jackson.databind.deser.std.ContainerDeserializerBase;
import com.fasterxml.jackson.databind.introspect.AnnotatedClass;
import com.fasterxml.jackson.databind.introspect.AnnotatedMember;
import com.fasterxml.jackson.databind.introspect.BeanPropertyDefinition;
import com.fasterxml.jackson.databind.jsontype.NamedType;
import com.fasterxml.jackson.databind.jsontype.TypeDeserializer;
import com.fasterxml.jackson.databind.util.ClassUtil;
import dev.daybook.internal.json.JacksonMessages;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Goes through everything that a mapper would read an object with, and finds out whether it could.
 * The description of a class has its properties by name, each with its type. A class that was
 * described before is named by a number, so that the search through a class that contains itself
 * ends.
 */
final class ShapeReader {

  private static final String ANYTHING = "any";

  private final DeserializationConfig config;
  private final DeserializationContext context;
  private final Map<String, Integer> described = new HashMap<>();
  private boolean open;

  private ShapeReader(ObjectMapper mapper) {
    this.config = mapper.getDeserializationConfig();
    this.context =
        ((DefaultDeserializationContext) mapper.getDeserializationContext())
            .createDummyInstance(config);
  }

  /**
   * @throws UnreadableException if objects of the class, or something in them, could be written and
   *     not be read
   */
  static ClassShape read(ObjectMapper mapper, Class<?> type) throws UnreadableException {
    ShapeReader reader = new ShapeReader(mapper);
    String description =
        reader.describe(mapper.constructType(type), null, null, type.getSimpleName());
    return new ClassShape(reader.open, description);
  }

  /** Any type, by what reads it. */
  private String describe(
      JavaType type,
      @Nullable SettableBeanProperty property,
      @Nullable AnnotatedMember member,
      String where)
      throws UnreadableException {
    JsonDeserializer<?> deserializer =
        property != null && property.hasValueDeserializer()
            ? property.getValueDeserializer()
            : find(type, property, where);
    TypeDeserializer subtypes =
        property == null ? subtypesOf(type) : property.getValueTypeDeserializer();
    if (subtypes != null && !type.isContainerType()) {
      return describeSubtypes(type, subtypes, member, where);
    }
    return describe(type, deserializer, where);
  }

  private String describe(JavaType type, JsonDeserializer<?> deserializer, String where)
      throws UnreadableException {
    Class<?> raw = type.getRawClass();
    JsonDeserializer<?> inner = deserializer;
    while (!(inner instanceof BeanDeserializerBase) && inner.getDelegatee() != null) {
      inner = inner.getDelegatee();
    }
    if (raw == Object.class || raw == Number.class) {
      open = true;
      return ANYTHING;
    }
    if (inner instanceof AbstractDeserializer) {
      throw new UnreadableException(
          raw.isSealed()
              ? "%s: %s is sealed, and Jackson does not know which of its classes a value has; annotate it with @JsonTypeInfo and @JsonSubTypes"
                  .formatted(where, raw.getTypeName())
              : "%s: %s is abstract, and Jackson does not know which class a value has; annotate it with @JsonTypeInfo and @JsonSubTypes, or use a class"
                  .formatted(where, raw.getTypeName()));
    }
    if (inner instanceof BeanDeserializerBase bean && !isOfTheJdk(raw)) {
      open |= Modifier.isAbstract(raw.getModifiers());
      return describeObject(type, bean, where);
    }
    if (type.isReferenceType()) {
      return nameOf(raw) + "<" + describe(type.getReferencedType(), null, null, where) + ">";
    }
    if (type.isContainerType()) {
      return describeContents(type, inner, where);
    }
    return type.isEnumType() ? "enum" : nameOf(raw);
  }

  private String describeObject(JavaType type, BeanDeserializerBase bean, String where)
      throws UnreadableException {
    if (!bean.getValueInstantiator().canInstantiate()) {
      throw new UnreadableException(
          "%s: %s has no constructor that Jackson can use; %s"
              .formatted(where, type.getRawClass().getTypeName(), remedy(type.getRawClass())));
    }
    Integer number = described.putIfAbsent(type.toCanonical(), described.size());
    if (number != null) {
      return "#" + number;
    }
    Map<String, SettableBeanProperty> properties = new TreeMap<>();
    for (Iterator<SettableBeanProperty> each = bean.properties(); each.hasNext(); ) {
      SettableBeanProperty property = each.next();
      properties.put(property.getName(), property);
    }
    Map<String, String> all = new TreeMap<>();
    for (Map.Entry<String, SettableBeanProperty> each : properties.entrySet()) {
      SettableBeanProperty property = each.getValue();
      all.put(
          each.getKey(),
          describe(
              property.getType(), property, property.getMember(), where + "." + each.getKey()));
    }
    for (BeanPropertyDefinition unwrapped : unwrappedOf(type)) {
      all.put(
          unwrapped.getName(),
          "unwrapped "
              + describe(
                  unwrapped.getPrimaryType(), null, null, where + "." + unwrapped.getName()));
    }
    return all.toString();
  }

  /** Jackson keeps these apart from the other properties. */
  private Iterable<BeanPropertyDefinition> unwrappedOf(JavaType type) {
    return config.introspect(type).findProperties().stream()
        .filter(it -> it.couldDeserialize() && it.getPrimaryMember() != null)
        .filter(
            it ->
                config
                        .getAnnotationIntrospector()
                        .findUnwrappingNameTransformer(it.getPrimaryMember())
                    != null)
        .toList();
  }

  private String describeContents(JavaType type, JsonDeserializer<?> deserializer, String where)
      throws UnreadableException {
    String key =
        type.getKeyType() == null
            ? ""
            : (type.getKeyType().isEnumType() ? "enum" : nameOf(type.getKeyType().getRawClass()))
                + ",";
    JavaType content = type.getContentType();
    TypeDeserializer subtypes = content.getTypeHandler();
    JsonDeserializer<?> ofContent =
        deserializer instanceof ContainerDeserializerBase<?> container
            ? container.getContentDeserializer()
            : null;
    String contents;
    if (subtypes != null) {
      contents = describeSubtypes(content, subtypes, null, where + "[]");
    } else if (ofContent == null || subtypesOf(content) != null) {
      contents = describe(content, null, null, where + "[]");
    } else {
      contents = describe(content, ofContent, where + "[]");
    }
    return nameOf(type.getRawClass()) + "<" + key + contents + ">";
  }

  /** A type that the stored object names, among several. */
  private String describeSubtypes(
      JavaType type, TypeDeserializer subtypes, @Nullable AnnotatedMember member, String where)
      throws UnreadableException {
    AnnotatedClass base = config.introspectClassAnnotations(type).getClassInfo();
    Collection<NamedType> named =
        member == null
            ? config.getSubtypeResolver().collectAndResolveSubtypesByTypeId(config, base)
            : config.getSubtypeResolver().collectAndResolveSubtypesByTypeId(config, member, type);
    Map<String, Class<?>> byName = new TreeMap<>();
    for (NamedType each : named) {
      if (!Modifier.isAbstract(each.getType().getModifiers()) || each.getType().isEnum()) {
        byName.put(each.hasName() ? each.getName() : nameOf(each.getType()), each.getType());
      }
    }
    if (!Modifier.isAbstract(type.getRawClass().getModifiers())
        && !byName.containsValue(type.getRawClass())) {
      byName.put(nameOf(type.getRawClass()), type.getRawClass());
    }
    boolean byClass = isByClass(subtypes);
    Set<Class<?>> permitted = SealedClasses.of(type.getRawClass());
    if (permitted.isEmpty()) {
      open |= !type.isFinal();
    } else if (byClass) {
      permitted.forEach(each -> byName.put(nameOf(each), each));
    }
    Set<Class<?>> unknown =
        permitted.stream().filter(each -> !byName.containsValue(each)).collect(Collectors.toSet());
    if (!unknown.isEmpty()) {
      throw new UnreadableException(
          "%s: %s can be a %s, which Jackson does not know; add it to @JsonSubTypes"
              .formatted(
                  where,
                  type.getRawClass().getTypeName(),
                  unknown.iterator().next().getTypeName()));
    }
    Integer number = described.putIfAbsent("of " + type.toCanonical(), described.size());
    if (number != null) {
      return "#" + number;
    }
    Map<String, String> all = new TreeMap<>();
    for (Map.Entry<String, Class<?>> each : byName.entrySet()) {
      JavaType subtype = config.constructType(each.getValue());
      String at = where + "(" + each.getValue().getSimpleName() + ")";
      all.put(each.getKey(), describe(subtype, find(subtype, null, at), at));
    }
    return "one of " + all;
  }

  private static boolean isByClass(TypeDeserializer subtypes) {
    JsonTypeInfo.Id id = subtypes.getTypeIdResolver().getMechanism();
    return id == JsonTypeInfo.Id.CLASS || id == JsonTypeInfo.Id.MINIMAL_CLASS;
  }

  private @Nullable TypeDeserializer subtypesOf(JavaType type) throws UnreadableException {
    try {
      TypeDeserializer given = type.getTypeHandler();
      return given == null ? context.getFactory().findTypeDeserializer(config, type) : given;
    } catch (JsonMappingException e) {
      throw new UnreadableException(
          type.getRawClass().getTypeName() + ": " + JacksonMessages.reason(e));
    }
  }

  private JsonDeserializer<?> find(
      JavaType type, @Nullable SettableBeanProperty property, String where)
      throws UnreadableException {
    try {
      return context.findContextualValueDeserializer(type, property);
    } catch (JsonMappingException e) {
      throw unreadable(type, e, where);
    }
  }

  /** Jackson does not say which property of a class is at fault. */
  private UnreadableException unreadable(JavaType type, JsonMappingException e, String where) {
    if (!type.isContainerType() && !type.isReferenceType()) {
      for (BeanPropertyDefinition property : config.introspect(type).findProperties()) {
        try {
          find(property.getPrimaryType(), null, where + "." + property.getName());
        } catch (UnreadableException inner) {
          return inner;
        }
      }
    }
    return new UnreadableException(
        where
            + ": "
            + JacksonMessages.reason(e)
            + (type.isMapLikeType()
                ? "; the class of a key needs a constructor or a static factory that takes its text"
                : ""));
  }

  private static String remedy(Class<?> type) {
    boolean kotlin =
        Arrays.stream(type.getAnnotations())
            .anyMatch(it -> it.annotationType().getName().equals("kotlin.Metadata"));
    return kotlin
        ? "a Kotlin class needs com.fasterxml.jackson.module:jackson-module-kotlin on the class path, and registered with a custom ObjectMapper"
        : "make it a record, annotate a constructor with @JsonCreator, or give it one without arguments";
  }

  private static boolean isOfTheJdk(Class<?> type) {
    return type.getName().startsWith("java.");
  }

  /** Classes may move to another package, and the JDK's don't. */
  private static String nameOf(Class<?> type) {
    Class<?> wrapped = type.isPrimitive() ? ClassUtil.wrapperType(type) : type;
    return isOfTheJdk(wrapped) ? wrapped.getName() : wrapped.getSimpleName();
  }
}
