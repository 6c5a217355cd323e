package dev.daybook.spring.boot.test;

import dev.daybook.spring.boot.DaybookListener;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.TypeExcludeFilter;
import org.springframework.core.type.ClassMetadata;
import org.springframework.core.type.classreading.MetadataReader;
import org.springframework.core.type.classreading.MetadataReaderFactory;

/** Leaves out of an application what it scans for, apart from classes with listener methods. */
final class OnlyListeners extends TypeExcludeFilter {

  private final Set<String> chosen;

  /**
   * @param listeners the classes that stay; empty for all that have such methods
   */
  OnlyListeners(List<Class<?>> listeners) {
    this.chosen = listeners.stream().map(Class::getName).collect(Collectors.toUnmodifiableSet());
  }

  @Override
  public boolean match(MetadataReader type, MetadataReaderFactory types) throws IOException {
    return chosen.isEmpty()
        ? !hasListener(type, types)
        : !chosen.contains(type.getClassMetadata().getClassName());
  }

  private static boolean hasListener(MetadataReader type, MetadataReaderFactory types)
      throws IOException {
    if (type.getAnnotationMetadata().hasAnnotatedMethods(DaybookListener.class.getName())) {
      return true;
    }
    ClassMetadata metadata = type.getClassMetadata();
    String parent = metadata.getSuperClassName();
    return parent != null
        && !parent.startsWith("java.")
        && hasListener(types.getMetadataReader(parent), types);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof OnlyListeners that && chosen.equals(that.chosen);
  }

  @Override
  public int hashCode() {
    return Objects.hash(chosen);
  }
}
