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
import dev.daybook.internal.json.JacksonMessages;
import java.util.Collection;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A value as a mapper of Jackson 2 reads it. */
final class JacksonValue implements MappedValue {

  private final DeserializationContext context;
  private final JavaType type;
  private final @Nullable AnnotatedMember member;
  private final @Nullable TypeDeserializer chooser;
  private final JsonDeserializer<?> deserializer;

  private JacksonValue(
      DeserializationContext context,
      JavaType type,
      @Nullable AnnotatedMember member,
      @Nullable TypeDeserializer chooser,
      JsonDeserializer<?> deserializer) {
    this.context = context;
    this.type = type;
    this.member = member;
    this.chooser = chooser;
    this.deserializer = deserializer;
  }

  /** Objects of a class. */
  static Lookup of(ObjectMapper mapper, Class<?> type) {
    DeserializationContext context =
        ((DefaultDeserializationContext) mapper.getDeserializationContext())
            .createDummyInstance(mapper.getDeserializationConfig());
    return lookup(context, mapper.constructType(type), null);
  }

  private static Lookup lookup(
      DeserializationContext context, JavaType type, @Nullable JsonDeserializer<?> known) {
    return where ->
        new JacksonValue(
            context,
            type,
            null,
            chooserOf(context, type),
            known == null ? find(context, type, null, where) : known);
  }

  private Lookup lookup(SettableBeanProperty property) {
    return where ->
        new JacksonValue(
            context,
            property.getType(),
            property.getMember(),
            property.getValueTypeDeserializer(),
            property.hasValueDeserializer()
                ? property.getValueDeserializer()
                : find(context, property.getType(), property, where));
  }

  @Override
  public Class<?> raw() {
    return type.getRawClass();
  }

  @Override
  public String canonical() {
    return type.toCanonical();
  }

  @Override
  public Kind kind() {
    JsonDeserializer<?> reading = reading();
    if (reading instanceof AbstractDeserializer) {
      return Kind.ABSTRACT;
    }
    if (reading instanceof BeanDeserializerBase) {
      return Kind.OBJECT;
    }
    return type.isReferenceType()
        ? Kind.REFERENCE
        : type.isContainerType() ? Kind.CONTAINER : type.isEnumType() ? Kind.ENUM : Kind.SIMPLE;
  }

  /** What reads the value in the end. */
  private JsonDeserializer<?> reading() {
    JsonDeserializer<?> inner = deserializer;
    while (!(inner instanceof BeanDeserializerBase) && inner.getDelegatee() != null) {
      inner = inner.getDelegatee();
    }
    return inner;
  }

  @Override
  public @Nullable Subtypes subtypes() {
    if (chooser == null) {
      return null;
    }
    DeserializationConfig config = context.getConfig();
    AnnotatedClass base = config.introspectClassAnnotations(type).getClassInfo();
    Collection<NamedType> named =
        member == null
            ? config.getSubtypeResolver().collectAndResolveSubtypesByTypeId(config, base)
            : config.getSubtypeResolver().collectAndResolveSubtypesByTypeId(config, member, type);
    JsonTypeInfo.Id id = chooser.getTypeIdResolver().getMechanism();
    Subtypes subtypes =
        new Subtypes(id == JsonTypeInfo.Id.CLASS || id == JsonTypeInfo.Id.MINIMAL_CLASS);
    named.forEach(each -> subtypes.add(each.getName(), each.getType()));
    return subtypes;
  }

  @Override
  public Lookup subtype(Class<?> subtype) {
    return lookup(context, context.constructType(subtype), null);
  }

  @Override
  public boolean canBeMade() {
    return reading() instanceof BeanDeserializerBase bean
        && bean.getValueInstantiator().canInstantiate();
  }

  @Override
  public Map<String, Lookup> properties() {
    Map<String, Lookup> all = new TreeMap<>();
    if (reading() instanceof BeanDeserializerBase bean) {
      for (Iterator<SettableBeanProperty> each = bean.properties(); each.hasNext(); ) {
        SettableBeanProperty property = each.next();
        all.put(property.getName(), lookup(property));
      }
    }
    return all;
  }

  /** Jackson keeps these apart from the other properties. */
  @Override
  public Map<String, Lookup> unwrapped() {
    Map<String, Lookup> all = new TreeMap<>();
    for (BeanPropertyDefinition property : propertiesOf(context, type)) {
      AnnotatedMember primary = property.couldDeserialize() ? property.getPrimaryMember() : null;
      if (primary != null
          && context.getAnnotationIntrospector().findUnwrappingNameTransformer(primary) != null) {
        all.put(property.getName(), lookup(context, property.getPrimaryType(), null));
      }
    }
    return all;
  }

  @Override
  public @Nullable Class<?> key() {
    return type.getKeyType() == null ? null : type.getKeyType().getRawClass();
  }

  @Override
  public Lookup content() {
    JsonDeserializer<?> known =
        reading() instanceof ContainerDeserializerBase<?> container
            ? container.getContentDeserializer()
            : null;
    return lookup(context, type.getContentType(), known);
  }

  private static @Nullable TypeDeserializer chooserOf(DeserializationContext context, JavaType type)
      throws UnreadableException {
    try {
      TypeDeserializer given = type.getTypeHandler();
      return given == null
          ? context.getFactory().findTypeDeserializer(context.getConfig(), type)
          : given;
    } catch (JsonMappingException e) {
      throw new UnreadableException(
          type.getRawClass().getTypeName() + ": " + JacksonMessages.reason(e));
    }
  }

  private static JsonDeserializer<?> find(
      DeserializationContext context,
      JavaType type,
      @Nullable SettableBeanProperty property,
      String where)
      throws UnreadableException {
    try {
      return context.findContextualValueDeserializer(type, property);
    } catch (JsonMappingException e) {
      requireParts(context, type, where, new HashSet<>());
      throw unreadable(type, where, e);
    }
  }

  /** Jackson does not say which property of a class is at fault. */
  private static void requireParts(
      DeserializationContext context, JavaType type, String where, Set<JavaType> seen)
      throws UnreadableException {
    if (type.isContainerType() || type.isReferenceType()) {
      return;
    }
    seen.add(type);
    for (BeanPropertyDefinition property : propertiesOf(context, type)) {
      JavaType part = property.getPrimaryType();
      String at = where + "." + property.getName();
      try {
        if (!seen.contains(part)) {
          context.findContextualValueDeserializer(part, null);
        }
      } catch (JsonMappingException e) {
        requireParts(context, part, at, seen);
        throw unreadable(part, at, e);
      }
    }
  }

  private static UnreadableException unreadable(
      JavaType type, String where, JsonMappingException e) {
    return new UnreadableException(
        Refusals.unreadable(where, JacksonMessages.reason(e), type.isMapLikeType()));
  }

  private static Collection<BeanPropertyDefinition> propertiesOf(
      DeserializationContext context, JavaType type) {
    return context.getConfig().introspect(type).findProperties();
  }
}
