package dev.daybook.sqlcatalogue;

import dev.daybook.internal.rows.Columns;
import dev.daybook.internal.statements.Script;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jooq.Param;
import org.jspecify.annotations.Nullable;

/**
 * What parameters are called in the code: by the constant or the field that holds one, or, where a
 * column stands beside it in a record, by the column.
 */
final class ParameterNames {

  private static final ParameterNames CONSTANTS = constants();

  private final IdentityHashMap<Param<?>, String> names = new IdentityHashMap<>();
  private final Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());

  /** Adds the parameters that an object holds, or an object in its fields. */
  void addFieldsOf(Object holder) {
    look("", holder);
  }

  /** The name of a parameter, without a number; {@code null} if nothing in the code names it. */
  @Nullable String of(Param<?> param) {
    String name = names.get(param);
    return name == null ? CONSTANTS.names.get(param) : name;
  }

  private void look(String name, @Nullable Object value) {
    if (value instanceof Param<?> param) {
      names.putIfAbsent(param, name);
    } else if (value instanceof Collection<?> all) {
      all.forEach(each -> look(name, each));
    } else if (value instanceof Map<?, ?> all) {
      all.values().forEach(each -> look(name, each));
    } else if (value instanceof Optional<?> perhaps) {
      perhaps.ifPresent(each -> look(name, each));
    } else if (value != null && isOurs(value.getClass()) && seen.add(value)) {
      lookInto(value);
    }
  }

  private static boolean isOurs(Class<?> type) {
    return type.getName().startsWith("dev.daybook.")
        && type != Script.class
        && !type.isEnum()
        && !type.isHidden();
  }

  private void lookInto(Object holder) {
    Optional<String> column =
        fields(holder, false).stream()
            .filter(field -> field.getType() == org.jooq.Field.class)
            .map(field -> ((org.jooq.Field<?>) value(field, holder)).getName())
            .findFirst()
            .filter(name -> holder.getClass().isRecord());
    for (Field field : fields(holder, false)) {
      look(column.orElse(snakeCase(field.getName())), value(field, holder));
    }
  }

  private static List<Field> fields(Object holder, boolean constants) {
    return fields(holder.getClass(), constants);
  }

  private static List<Field> fields(Class<?> type, boolean constants) {
    return Arrays.stream(type.getDeclaredFields())
        .filter(field -> Modifier.isStatic(field.getModifiers()) == constants)
        .toList();
  }

  static Object value(Field field, @Nullable Object holder) {
    try {
      field.setAccessible(true);
      return field.get(holder);
    } catch (IllegalAccessException e) {
      throw new AssertionError(e);
    }
  }

  private static String snakeCase(String name) {
    return (name.toUpperCase(Locale.ROOT).equals(name) ? name : name.replaceAll("(?=[A-Z])", "_"))
        .toLowerCase(Locale.ROOT);
  }

  /** Those of every class of the library. */
  private static ParameterNames constants() {
    ParameterNames names = new ParameterNames();
    try {
      Path classes =
          Path.of(Script.class.getProtectionDomain().getCodeSource().getLocation().toURI());
      try (Stream<Path> files = Files.walk(classes)) {
        files
            .map(file -> classes.relativize(file).toString())
            .filter(file -> file.startsWith("dev") && file.endsWith(".class"))
            .sorted()
            .forEach(names::addConstantsOf);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (URISyntaxException e) {
      throw new AssertionError(e);
    }
    return names;
  }

  private void addConstantsOf(String classFile) {
    String name = classFile.replaceAll("\\.class$", "").replaceAll("[/\\\\]", ".");
    try {
      Class<?> type = Class.forName(name, false, getClass().getClassLoader());
      for (Field field : fields(type, true)) {
        if (field.getType() == Param.class || field.getType() == Columns.class) {
          look(snakeCase(field.getName()), value(field, null));
        }
      }
    } catch (ClassNotFoundException e) {
      throw new AssertionError(e);
    }
  }
}
