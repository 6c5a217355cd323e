package dev.daybook.codec.jackson3;

import com.fasterxml.jackson.annotation.Nulls;
import dev.daybook.codec.internal.Refusals;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.AnnotationIntrospector;
import tools.jackson.databind.BeanDescription;
import tools.jackson.databind.DeserializationConfig;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.PropertyName;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.deser.BeanDeserializerBuilder;
import tools.jackson.databind.deser.NullValueProvider;
import tools.jackson.databind.deser.SettableBeanProperty;
import tools.jackson.databind.deser.ValueDeserializerModifier;
import tools.jackson.databind.deser.ValueInstantiator;
import tools.jackson.databind.deser.bean.BeanDeserializer;
import tools.jackson.databind.introspect.AnnotatedMember;
import tools.jackson.databind.node.StringNode;
import tools.jackson.databind.node.TreeTraversingParser;
import tools.jackson.databind.util.AccessPattern;

/**
 * Refuses an object without a property that is always written. A property may be missing if its
 * type says so, if it has a default, or if the mapper leaves it out for some values. What is
 * written and derived from the rest is left out on reading.
 */
final class Jackson3MissingProperties extends ValueDeserializerModifier {

  private static final long serialVersionUID = 1L;

  /** An attribute that is there if missing properties are read as null or 0. */
  static final Object TOLERATED = new Object();

  private static final Set<Class<?>> OPTIONAL_NUMBERS =
      Set.of(OptionalInt.class, OptionalLong.class, OptionalDouble.class);

  private final transient Jackson3WrittenProperties properties;

  Jackson3MissingProperties(Jackson3WrittenProperties properties) {
    this.properties = properties;
  }

  static boolean areTolerated(DeserializationContext context) {
    return context.getAttribute(TOLERATED) != null;
  }

  static @Nullable Object refuse(DeserializationContext context, SettableBeanProperty property) {
    return context.reportInputMismatch(
        property, Refusals.missing(property.getName(), property.getMember().getDeclaringClass()));
  }

  @Override
  public BeanDeserializerBuilder updateBuilder(
      DeserializationConfig config,
      BeanDescription.Supplier description,
      BeanDeserializerBuilder builder) {
    Jackson3WrittenProperties.Of written = properties.of(description.getType());
    requireArguments(config, written, builder);
    ValueInstantiator making = builder.getValueInstantiator();
    if (making.canCreateUsingDefault() && !making.canCreateFromObjectWith()) {
      requireOthers(config, written, builder);
    }
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
      DeserializationConfig config,
      Jackson3WrittenProperties.Of written,
      BeanDeserializerBuilder builder) {
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

  private static void requireOthers(
      DeserializationConfig config,
      Jackson3WrittenProperties.Of written,
      BeanDeserializerBuilder builder) {
    List<SettableBeanProperty> required = new ArrayList<>();
    for (Iterator<SettableBeanProperty> each = builder.getProperties(); each.hasNext(); ) {
      SettableBeanProperty property = each.next();
      if (written.find(property.getName()) != null && isRequired(config, written, property)) {
        required.add(property);
      }
    }
    Jackson3CompleteObjects.require(required, builder);
  }

  @Override
  public ValueDeserializer<?> modifyDeserializer(
      DeserializationConfig config,
      BeanDescription.Supplier description,
      ValueDeserializer<?> deserializer) {
    return deserializer instanceof BeanDeserializer bean
        ? Jackson3CompleteObjects.of(bean, properties.of(description.getType()))
        : deserializer;
  }

  private static boolean isRequired(
      DeserializationConfig config,
      Jackson3WrittenProperties.Of written,
      SettableBeanProperty property) {
    AnnotationIntrospector annotations = config.getAnnotationIntrospector();
    AnnotatedMember member = property.getMember();
    Nulls nulls = property.getMetadata().getValueNulls();
    return member != null
        && !property.isIgnorable()
        && property.getInjectableValueId() == null
        && (nulls == null || nulls == Nulls.DEFAULT || nulls == Nulls.SET)
        && !property.getType().isReferenceType()
        && !OPTIONAL_NUMBERS.contains(property.getType().getRawClass())
        && annotations.findUnwrappingNameTransformer(config, member) == null
        && !Boolean.TRUE.equals(annotations.hasAnySetter(config, member))
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
    public @Nullable Object getNullValue(DeserializationContext context) {
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
    public @Nullable Object getAbsentValue(DeserializationContext context) {
      String given = property.getMetadata().getDefaultValue();
      if (given != null) {
        return fromText(context, given);
      }
      return areTolerated(context) ? null : refuse(context, property);
    }

    private Object fromText(DeserializationContext context, String text) {
      try (JsonParser parser = new TreeTraversingParser(StringNode.valueOf(text))) {
        parser.nextToken();
        return context
            .findContextualValueDeserializer(property.getType(), property)
            .deserialize(parser, context);
      } catch (JacksonException e) {
        throw e.prependPath(property.getMember().getDeclaringClass(), property.getName());
      }
    }

    @Override
    public AccessPattern getNullAccessPattern() {
      return AccessPattern.DYNAMIC;
    }
  }
}
