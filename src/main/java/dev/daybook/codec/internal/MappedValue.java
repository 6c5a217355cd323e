package dev.daybook.codec.internal;

import java.lang.reflect.Modifier;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A value as a mapper reads it, whichever library the mapper is of. */
public interface MappedValue {

  /** What a value is read as. */
  enum Kind {
    /** An interface or a class that has no objects of its own, and names none that has. */
    ABSTRACT,
    /** An object with properties, if its class is not one of the JDK. */
    OBJECT,
    /** Holds another value or none. */
    REFERENCE,
    /** An array, a collection or a map. */
    CONTAINER,
    ENUM,
    /** One value, such as a number or a text. */
    SIMPLE
  }

  /** A value that is not looked up yet. */
  interface Lookup {

    /**
     * Looks it up.
     *
     * @param where the way to it, for a message
     * @throws UnreadableException if the mapper can't read it
     */
    MappedValue at(String where) throws UnreadableException;
  }

  /** The types that a mapper knows, of which a stored object names one. */
  final class Subtypes {

    final boolean byClass;
    final Map<String, Class<?>> byName = new TreeMap<>();

    /**
     * @param byClass whether the name is that of the class
     */
    public Subtypes(boolean byClass) {
      this.byClass = byClass;
    }

    /**
     * Adds a type, unless it has no objects.
     *
     * @param name {@code null} for that of the class
     */
    public void add(@Nullable String name, Class<?> type) {
      if (!Modifier.isAbstract(type.getModifiers()) || type.isEnum()) {
        byName.put(name == null ? ShapeReader.nameOf(type) : name, type);
      }
    }
  }

  Class<?> raw();

  /** The type with its arguments. */
  String canonical();

  Kind kind();

  /** Among which types a stored object chooses; {@code null} if it does not. */
  @Nullable Subtypes subtypes();

  /** One of the subtypes. */
  Lookup subtype(Class<?> type);

  /** Whether the mapper can make an object. */
  boolean canBeMade();

  /** The properties of an object by their names, sorted. */
  Map<String, Lookup> properties();

  /** Properties in place of which their own properties are written, by their names. */
  Map<String, Lookup> unwrapped();

  /** The class of the keys; {@code null} if there are none. */
  @Nullable Class<?> key();

  /** What is in a container or a reference. */
  Lookup content();
}
