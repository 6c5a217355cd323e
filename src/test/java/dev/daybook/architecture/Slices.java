package dev.daybook.architecture;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.util.function.Function;

/**
 * Cuts the library into parts between which there may be no cycle. None of its classes is left out.
 */
record Slices(String getDescription, Function<JavaClass, String> part) implements SliceAssignment {

  private static final String BASE = "dev.daybook";
  private static final String INTERNAL = BASE + ".internal.";
  private static final String GENERATED = INTERNAL + "jooq";

  @Override
  public SliceIdentifier getIdentifierOf(JavaClass type) {
    return type.getPackageName().startsWith(BASE)
        ? SliceIdentifier.of(part.apply(type))
        : SliceIdentifier.ignore();
  }

  /** The generated tables are one package. */
  static String room(JavaClass type) {
    return type.getPackageName().startsWith(GENERATED) ? GENERATED : type.getPackageName();
  }

  /** The packages below {@code internal} serve all features, and are parts by themselves. */
  static String feature(JavaClass type) {
    String name = type.getPackageName();
    if (name.equals(BASE)) {
      return name;
    }
    String above = name.startsWith(INTERNAL) ? INTERNAL : BASE + ".";
    return above + name.substring(above.length()).split("\\.", 2)[0];
  }
}
