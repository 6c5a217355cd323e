package dev.daybook.codec.internal;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.deser.BeanDeserializer;
import com.fasterxml.jackson.databind.deser.SettableBeanProperty;
import com.fasterxml.jackson.databind.deser.std.DelegatingDeserializer;
import com.fasterxml.jackson.databind.introspect.AnnotatedMember;
import com.fasterxml.jackson.databind.introspect.BeanPropertyDefinition;
import com.fasterxml.jackson.databind.util.ClassUtil;
import com.fasterxml.jackson.databind.util.NameTransformer;
import java.io.IOException;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads objects of a class that is made without arguments, and refuses one that lacks a property
 * which the class gives no value itself. Jackson asks for arguments only.
 */
final class CompleteObjects extends DelegatingDeserializer {

  private static final long serialVersionUID = 1L;

  private final transient List<SettableBeanProperty> required;
  private final transient WrittenProperties.Of written;

  private CompleteObjects(
      JsonDeserializer<?> delegate,
      List<SettableBeanProperty> required,
      WrittenProperties.Of written) {
    super(delegate);
    this.required = required;
    this.written = written;
  }

  static CompleteObjects of(
      BeanDeserializer bean, List<SettableBeanProperty> required, WrittenProperties.Of written) {
    for (int i = 0; i < required.size(); i++) {
      bean.replaceProperty(required.get(i), new Noted(required.get(i), i));
    }
    return new CompleteObjects(bean, required, written);
  }

  @Override
  protected JsonDeserializer<?> newDelegatingInstance(JsonDeserializer<?> delegate) {
    return new CompleteObjects(delegate, required, written);
  }

  @Override
  public JsonDeserializer<Object> unwrappingDeserializer(NameTransformer names) {
    @SuppressWarnings("unchecked") // From Jackson: callers use the elements as objects.
    JsonDeserializer<Object> delegate = (JsonDeserializer<Object>) _delegatee;
    return delegate.unwrappingDeserializer(names);
  }

  @Override
  public @Nullable Object deserialize(JsonParser parser, DeserializationContext context)
      throws IOException {
    if (MissingProperties.areTolerated(context)) {
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
        return MissingProperties.refuse(context, required.get(i));
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
        JsonParser parser, DeserializationContext context, Object instance) throws IOException {
      super.deserializeAndSet(parser, context, instance);
      note(context);
    }

    @Override
    public Object deserializeSetAndReturn(
        JsonParser parser, DeserializationContext context, Object instance) throws IOException {
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
