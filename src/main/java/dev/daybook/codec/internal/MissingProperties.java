package dev.daybook.codec.internal;

import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.AnnotationIntrospector;
import com.fasterxml.jackson.databind.BeanDescription;
import com.fasterxml.jackson.databind.DeserializationConfig;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.PropertyName;
import com.fasterxml.jackson.databind.deser.BeanDeserializer;
import com.fasterxml.jackson.databind.deser.BeanDeserializerBuilder;
import com.fasterxml.jackson.databind.deser.BeanDeserializerModifier;
import com.fasterxml.jackson.databind.deser.NullValueProvider;
import com.fasterxml.jackson.databind.deser.SettableBeanProperty;
import com.fasterxml.jackson.databind.introspect.AnnotatedMember;
import com.fasterxml.jackson.databind.node.TextNode;
import com.fasterxml.jackson.databind.node.TreeTraversingParser;
import com.fasterxml.jackson.databind.util.AccessPattern;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Refuses an object without a property that is always written. A property may be missing if its
 * type says so, if it has a default, or if the mapper leaves it out for some values. What is
 * written and derived from the rest is left out on reading.
 */
final class MissingProperties extends BeanDeserializerModifier {

  private static final long serialVersionUID = 1L;

  /** An attribute that is there if missing properties are read as null or 0. */
  static final Object TOLERATED = new Object();

  private static final Set<Class<?>> OPTIONAL_NUMBERS =
      Set.of(OptionalInt.class, OptionalLong.class, OptionalDouble.class);

  private final transient WrittenProperties properties;

  MissingProperties(WrittenProperties properties) {
    this.properties = properties;
  }

  static boolean areTolerated(DeserializationContext context) {
    return context.getAttribute(TOLERATED) != null;
  }

  static @Nullable Object refuse(DeserializationContext context, SettableBeanProperty property)
      throws JsonMappingException {
    return context.reportInputMismatch(
        property, Refusals.missing(property.getName(), property.getMember().getDeclaringClass()));
  }

  @Override
  public BeanDeserializerBuilder updateBuilder(
      DeserializationConfig config, BeanDescription description, BeanDeserializerBuilder builder) {
    WrittenProperties.Of written = properties.of(description.getType());
    requireArguments(config, written, builder);
    for (String name : written.names()) {
      if (!builder.hasProperty(PropertyName.construct(name))) {
        builder.addIgnorable(name);
        written.isDerived(name);
      }
    }
    return builder;
  }

  /** Jackson, too, puts what it finds out about an argument into the array of its instantiator. */
  private static void requireArguments(
      DeserializationConfig config, WrittenProperties.Of written, BeanDeserializerBuilder builder) {
    SettableBeanProperty[] arguments =
        builder.getValueInstantiator().getFromObjectArguments(config);
    for (int i = 0; arguments != null && i < arguments.length; i++) {
      SettableBeanProperty argument = arguments[i];
      if (argument != null
          && builder.hasProperty(argument.getFullName())
          && isRequired(config, written, argument)) {
        arguments[i] = argument.withNullProvider(new Required(argument));
        builder.addOrReplaceProperty(arguments[i], true);
      }
    }
  }

  @Override
  public JsonDeserializer<?> modifyDeserializer(
      DeserializationConfig config, BeanDescription description, JsonDeserializer<?> deserializer) {
    if (deserializer instanceof BeanDeserializer bean
        && bean.getValueInstantiator().canCreateUsingDefault()
        && !bean.getValueInstantiator().canCreateFromObjectWith()) {
      WrittenProperties.Of written = properties.of(description.getType());
      List<SettableBeanProperty> required = new ArrayList<>();
      for (Iterator<SettableBeanProperty> each = bean.properties(); each.hasNext(); ) {
        SettableBeanProperty property = each.next();
        if (written.find(property.getName()) != null && isRequired(config, written, property)) {
          required.add(property);
        }
      }
      return required.isEmpty() ? deserializer : CompleteObjects.of(bean, required, written);
    }
    return deserializer;
  }

  private static boolean isRequired(
      DeserializationConfig config, WrittenProperties.Of written, SettableBeanProperty property) {
    AnnotationIntrospector annotations = config.getAnnotationIntrospector();
    AnnotatedMember member = property.getMember();
    Nulls nulls = property.getMetadata().getValueNulls();
    return member != null
        && !property.isIgnorable()
        && property.getInjectableValueId() == null
        && (nulls == null || nulls == Nulls.DEFAULT || nulls == Nulls.SET)
        && !property.getType().isReferenceType()
        && !OPTIONAL_NUMBERS.contains(property.getType().getRawClass())
        && annotations.findUnwrappingNameTransformer(member) == null
        && !Boolean.TRUE.equals(annotations.hasAnySetter(member))
        && !written.mayBeLeftOut(property.getName())
        && !written.isNullable(member, property.getName());
  }

  /** Has no value for an argument that is missing. */
  private static final class Required implements NullValueProvider {

    private final SettableBeanProperty property;
    private volatile @Nullable NullValueProvider ofType;

    Required(SettableBeanProperty property) {
      this.property = property;
    }

    @Override
    public @Nullable Object getNullValue(DeserializationContext context)
        throws JsonMappingException {
      JavaType type = property.getType();
      if (type.isPrimitive() && !areTolerated(context)) {
        return context.reportInputMismatch(
            property,
            Refusals.isNull(
                property.getName(), property.getMember().getDeclaringClass(), type.getRawClass()));
      }
      NullValueProvider found = ofType;
      if (found == null) {
        found =
            property.hasValueDeserializer()
                ? property.getValueDeserializer()
                : context.findContextualValueDeserializer(type, property);
        ofType = found;
      }
      return found.getNullValue(context);
    }

    @Override
    public @Nullable Object getAbsentValue(DeserializationContext context)
        throws JsonMappingException {
      String given = property.getMetadata().getDefaultValue();
      if (given != null) {
        return fromText(context, given);
      }
      return areTolerated(context) ? null : refuse(context, property);
    }

    private Object fromText(DeserializationContext context, String text)
        throws JsonMappingException {
      try (JsonParser parser = new TreeTraversingParser(TextNode.valueOf(text))) {
        parser.nextToken();
        return context
            .findContextualValueDeserializer(property.getType(), property)
            .deserialize(parser, context);
      } catch (IOException e) {
        throw JsonMappingException.wrapWithPath(
            e, property.getMember().getDeclaringClass(), property.getName());
      }
    }

    @Override
    public AccessPattern getNullAccessPattern() {
      return AccessPattern.DYNAMIC;
    }
  }
}
