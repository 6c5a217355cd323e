package dev.daybook.codec.jackson3;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.daybook.codec.internal.MappedValue;
import dev.daybook.codec.internal.Refusals;
import dev.daybook.codec.internal.UnreadableException;
import java.util.Collection;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationConfig;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.deser.AbstractDeserializer;
import tools.jackson.databind.deser.SettableBeanProperty;
import tools.jackson.databind.deser.bean.BeanDeserializerBase;
import tools.jackson.databind.deser.std.ContainerDeserializerBase;
import tools.jackson.databind.introspect.AnnotatedClass;
import tools.jackson.databind.introspect.AnnotatedMember;
import tools.jackson.databind.introspect.BeanPropertyDefinition;
import tools.jackson.databind.introspect.ClassIntrospector;
import tools.jackson.databind.jsontype.NamedType;
import tools.jackson.databind.jsontype.TypeDeserializer;

/** A value as a mapper of Jackson 3 reads it. */
final class Jackson3Value implements MappedValue {

  private final DeserializationContext context;
  private final JavaType type;
  private final @Nullable AnnotatedMember member;
  private final @Nullable TypeDeserializer chooser;
  private final ValueDeserializer<?> deserializer;

  private Jackson3Value(
      DeserializationContext context,
      JavaType type,
      @Nullable AnnotatedMember member,
      @Nullable TypeDeserializer chooser,
      ValueDeserializer<?> deserializer) {
    this.context = context;
    this.type = type;
    this.member = member;
    this.chooser = chooser;
    this.deserializer = deserializer;
  }

  /** Objects of a class. */
  static Lookup of(ObjectMapper mapper, Class<?> type) {
    return lookup(mapper._deserializationContext(), mapper.constructType(type), null);
  }

  private static Lookup lookup(
      DeserializationContext context, JavaType type, @Nullable ValueDeserializer<?> known) {
    return where ->
        new Jackson3Value(
            context,
            type,
            null,
            chooserOf(context, type),
            known == null ? find(context, type, null, where) : known);
  }

  private Lookup lookup(SettableBeanProperty property) {
    return where ->
        new Jackson3Value(
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
    ValueDeserializer<?> reading = reading();
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
  private ValueDeserializer<?> reading() {
    ValueDeserializer<?> inner = deserializer;
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
    AnnotatedClass base = config.classIntrospectorInstance().introspectClassAnnotations(type);
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
          && context
                  .getAnnotationIntrospector()
                  .findUnwrappingNameTransformer(context.getConfig(), primary)
              != null) {
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
    ValueDeserializer<?> known =
        reading() instanceof ContainerDeserializerBase<?> container
            ? container.getContentDeserializer()
            : null;
    return lookup(context, type.getContentType(), known);
  }

  private static @Nullable TypeDeserializer chooserOf(DeserializationContext context, JavaType type)
      throws UnreadableException {
    try {
      TypeDeserializer given = (TypeDeserializer) type.getTypeHandler();
      return given == null ? context.findTypeDeserializer(type) : given;
    } catch (JacksonException e) {
      throw new UnreadableException(
          type.getRawClass().getTypeName() + ": " + Jackson3Messages.reason(e));
    }
  }

  private static ValueDeserializer<?> find(
      DeserializationContext context,
      JavaType type,
      @Nullable SettableBeanProperty property,
      String where)
      throws UnreadableException {
    try {
      return context.findContextualValueDeserializer(type, property);
    } catch (JacksonException e) {
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
      } catch (JacksonException e) {
        requireParts(context, part, at, seen);
        throw unreadable(part, at, e);
      }
    }
  }

  private static UnreadableException unreadable(JavaType type, String where, JacksonException e) {
    return new UnreadableException(
        Refusals.unreadable(where, Jackson3Messages.reason(e), type.isMapLikeType()));
  }

  private static Collection<BeanPropertyDefinition> propertiesOf(
      DeserializationContext context, JavaType type) {
    ClassIntrospector introspector = context.getConfig().classIntrospectorInstance();
    return introspector
        .introspectForDeserialization(type, introspector.introspectClassAnnotations(type))
        .findProperties();
  }
}
