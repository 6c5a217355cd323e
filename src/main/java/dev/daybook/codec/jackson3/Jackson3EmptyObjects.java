package dev.daybook.codec.jackson3;

import dev.daybook.codec.internal.Refusals;
import java.util.Iterator;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.BeanDescription;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.SerializationConfig;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ValueSerializer;
import tools.jackson.databind.jsontype.TypeSerializer;
import tools.jackson.databind.ser.BeanSerializerBuilder;
import tools.jackson.databind.ser.ValueSerializerModifier;

/** Writes an empty object for a class without state, and for no other class. */
final class Jackson3EmptyObjects extends ValueSerializerModifier {

  private static final long serialVersionUID = 1L;

  @Override
  public BeanSerializerBuilder updateBuilder(
      SerializationConfig config,
      BeanDescription.Supplier description,
      BeanSerializerBuilder builder) {
    boolean writesSomething =
        builder.hasProperties()
            || builder.getAnyGetter() != null
            || builder.getObjectIdWriter() != null;
    return writesSomething || isWrittenOtherwise(description.getBeanClass())
        ? builder
        : new Empty(builder, description.getType());
  }

  /** Jackson writes these as what they hold, if they have no properties. */
  private static boolean isWrittenOtherwise(Class<?> type) {
    return Iterable.class.isAssignableFrom(type)
        || Iterator.class.isAssignableFrom(type)
        || CharSequence.class.isAssignableFrom(type);
  }

  private static final class Empty extends BeanSerializerBuilder {

    private final JavaType type;

    Empty(BeanSerializerBuilder builder, JavaType type) {
      super(builder);
      this.type = type;
    }

    @Override
    public ValueSerializer<?> build() {
      return Refusals.stateOf(type.getRawClass()).isEmpty() ? createDummy() : new Refusing(type);
    }
  }

  /** For a class whose state would be lost. */
  private static final class Refusing extends ValueSerializer<Object> {

    private final JavaType type;

    Refusing(JavaType type) {
      this.type = type;
    }

    @Override
    public void serialize(Object value, JsonGenerator json, SerializationContext context) {
      context.reportBadDefinition(type, Refusals.isNotSeen(type.getRawClass()));
    }

    @Override
    public void serializeWithType(
        Object value, JsonGenerator json, SerializationContext context, TypeSerializer types) {
      serialize(value, json, context);
    }
  }
}
