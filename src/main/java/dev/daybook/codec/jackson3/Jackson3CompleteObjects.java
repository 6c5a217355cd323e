package dev.daybook.codec.jackson3;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.deser.BeanDeserializerBuilder;
import tools.jackson.databind.deser.SettableBeanProperty;
import tools.jackson.databind.deser.bean.BeanDeserializer;
import tools.jackson.databind.deser.std.DelegatingDeserializer;
import tools.jackson.databind.introspect.AnnotatedMember;
import tools.jackson.databind.introspect.BeanPropertyDefinition;
import tools.jackson.databind.util.ClassUtil;
import tools.jackson.databind.util.NameTransformer;

/**
 * Reads objects of a class that is made without arguments, and refuses one that lacks a property
 * which the class gives no value itself. Jackson asks for arguments only.
 */
final class Jackson3CompleteObjects extends DelegatingDeserializer {

  private final List<Noted> required;
  private final Jackson3WrittenProperties.Of written;

  private Jackson3CompleteObjects(
      ValueDeserializer<?> delegate, List<Noted> required, Jackson3WrittenProperties.Of written) {
    super(delegate);
    this.required = required;
    this.written = written;
  }

  /** Has each of these properties asked for. */
  static void require(List<SettableBeanProperty> required, BeanDeserializerBuilder builder) {
    for (int i = 0; i < required.size(); i++) {
      builder.addOrReplaceProperty(new Noted(required.get(i), i), true);
    }
  }

  /** Asks for the properties of a class for which that is to be done. */
  static ValueDeserializer<?> of(BeanDeserializer bean, Jackson3WrittenProperties.Of written) {
    List<Noted> required = new ArrayList<>();
    for (Iterator<SettableBeanProperty> each = bean.properties(); each.hasNext(); ) {
      if (each.next() instanceof Noted noted) {
        required.add(noted);
      }
    }
    required.sort(Comparator.comparing(noted -> noted.index));
    return required.isEmpty() ? bean : new Jackson3CompleteObjects(bean, required, written);
  }

  @Override
  protected ValueDeserializer<?> newDelegatingInstance(ValueDeserializer<?> delegate) {
    return new Jackson3CompleteObjects(delegate, required, written);
  }

  @Override
  public ValueDeserializer<Object> unwrappingDeserializer(
      DeserializationContext context, NameTransformer names) {
    @SuppressWarnings("unchecked") // From Jackson: callers use the elements as objects.
    ValueDeserializer<Object> delegate = (ValueDeserializer<Object>) _delegatee;
    return delegate.unwrappingDeserializer(context, names);
  }

  @Override
  public @Nullable Object deserialize(JsonParser parser, DeserializationContext context) {
    if (Jackson3MissingProperties.areTolerated(context)) {
      return super.deserialize(parser, context);
    }
    Object outer = context.getAttribute(Noted.class);
    BitSet found = new BitSet(required.size());
    context.setAttribute(Noted.class, found);
    Object read;
    try {
      read = super.deserialize(parser, context);
    } finally {
      context.setAttribute(Noted.class, outer);
    }
    for (int i = found.nextClearBit(0); i < required.size(); i = found.nextClearBit(i + 1)) {
      if (read != null && !hasValueOfItsOwn(read, required.get(i))) {
        return Jackson3MissingProperties.refuse(context, required.get(i));
      }
    }
    return read;
  }

  private boolean hasValueOfItsOwn(Object read, SettableBeanProperty property) {
    BeanPropertyDefinition definition = written.find(property.getName());
    AnnotatedMember accessor = definition == null ? null : definition.getAccessor();
    if (accessor == null) {
      return false;
    }
    ClassUtil.checkAndFixAccess(accessor.getMember(), true);
    Object value = accessor.getValue(read);
    return value != null
        && !(property.getType().isPrimitive()
            && value.equals(ClassUtil.defaultValue(property.getType().getRawClass())));
  }

  /** A property that is noted when it is there. */
  private static final class Noted extends SettableBeanProperty.Delegating {

    private static final long serialVersionUID = 1L;

    private final int index;

    Noted(SettableBeanProperty property, int index) {
      super(property);
      this.index = index;
    }

    @Override
    protected SettableBeanProperty withDelegate(SettableBeanProperty property) {
      return new Noted(property, index);
    }

    @Override
    public void deserializeAndSet(
        JsonParser parser, DeserializationContext context, Object instance) {
      super.deserializeAndSet(parser, context, instance);
      note(context);
    }

    @Override
    public Object deserializeSetAndReturn(
        JsonParser parser, DeserializationContext context, Object instance) {
      Object set = super.deserializeSetAndReturn(parser, context, instance);
      note(context);
      return set;
    }

    private void note(DeserializationContext context) {
      if (context.getAttribute(Noted.class) instanceof BitSet found) {
        found.set(index);
      }
    }
  }
}
