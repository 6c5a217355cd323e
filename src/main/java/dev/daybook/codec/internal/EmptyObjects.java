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
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

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

  /** The names of the fields that make up the state of a class. */
  private static List<String> stateOf(Class<?> type) {
    List<String> fields = new ArrayList<>();
    for (Class<?> each = type; each != null && each != Object.class; each = each.getSuperclass()) {
      for (Field field : each.getDeclaredFields()) {
        int modifiers = field.getModifiers();
        if (!Modifier.isStatic(modifiers)
            && !Modifier.isTransient(modifiers)
            && !field.isSynthetic()) {
          fields.add(field.getName());
        }
      }
    }
    return fields;
  }

  private static final class Empty extends BeanSerializerBuilder {

    private final JavaType type;

    Empty(BeanSerializerBuilder builder, JavaType type) {
      super(builder);
      this.type = type;
    }

    @Override
    public JsonSerializer<?> build() {
      List<String> state = stateOf(type.getRawClass());
      return state.isEmpty() ? createDummy() : new Refusing(type, state);
    }
  }

  /** For a class whose state would be lost. */
  private static final class Refusing extends JsonSerializer<Object> {

    private final JavaType type;
    private final List<String> state;

    Refusing(JavaType type, List<String> state) {
      this.type = type;
      this.state = state;
    }

    @Override
    public void serialize(Object value, JsonGenerator json, SerializerProvider provider)
        throws IOException {
      provider.reportBadDefinition(
          type,
          ("%s has the fields %s and no property that Jackson sees, so nothing of it would be stored;"
                  + " make it a record, give it getters such as getName(), or annotate its fields"
                  + " with @JsonProperty")
              .formatted(type.getRawClass().getTypeName(), state));
    }

    @Override
    public void serializeWithType(
        Object value, JsonGenerator json, SerializerProvider provider, TypeSerializer types)
        throws IOException {
      serialize(value, json, provider);
    }
  }
}
