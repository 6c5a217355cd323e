package dev.daybook.codec.internal;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.BeanDescription;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.SerializationConfig;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.jsontype.TypeSerializer;
import com.fasterxml.jackson.databind.ser.BeanSerializerBuilder;
import com.fasterxml.jackson.databind.ser.BeanSerializerModifier;
import java.io.IOException;
import java.util.Iterator;

/** Writes an empty object for a class without state, and for no other class. */
final class EmptyObjects extends BeanSerializerModifier {

  private static final long serialVersionUID = 1L;

  @Override
  public BeanSerializerBuilder updateBuilder(
      SerializationConfig config, BeanDescription description, BeanSerializerBuilder builder) {
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
    public JsonSerializer<?> build() {
      return Refusals.stateOf(type.getRawClass()).isEmpty() ? createDummy() : new Refusing(type);
    }
  }

  /** For a class whose state would be lost. */
  private static final class Refusing extends JsonSerializer<Object> {

    private final JavaType type;

    Refusing(JavaType type) {
      this.type = type;
    }

    @Override
    public void serialize(Object value, JsonGenerator json, SerializerProvider provider)
        throws IOException {
      provider.reportBadDefinition(type, Refusals.isNotSeen(type.getRawClass()));
    }

    @Override
    public void serializeWithType(
        Object value, JsonGenerator json, SerializerProvider provider, TypeSerializer types)
        throws IOException {
      serialize(value, json, provider);
    }
  }
}
