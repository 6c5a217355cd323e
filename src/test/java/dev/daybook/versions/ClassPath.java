package dev.daybook.versions;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Stream;

/** The classes of some jars and directories, read as files. The first of a name counts. */
final class ClassPath {

  private final Map<String, ClassFile> classes = new HashMap<>();

  ClassPath(List<Path> places) throws IOException {
    for (Path place : places) {
      if (Files.isDirectory(place)) {
        addDirectory(place);
      } else {
        addJar(place);
      }
    }
  }

  /** The same, but for the classes whose names begin so. */
  ClassPath without(String prefix) {
    classes.keySet().removeIf(name -> name.startsWith(prefix));
    return this;
  }

  /** The same, with only the classes whose names begin with one of these. */
  ClassPath only(List<String> prefixes) {
    classes.keySet().removeIf(name -> prefixes.stream().noneMatch(name::startsWith));
    return this;
  }

  Collection<ClassFile> classes() {
    return classes.values();
  }

  Optional<ClassFile> find(String name) {
    return Optional.ofNullable(classes.get(name));
  }

  /** Whether there is such a class, here or in Java. */
  boolean has(String name) {
    return classes.containsKey(name) || java(name).isPresent();
  }

  /** Whether a field or a method is found in a class, or in what it inherits from. */
  boolean has(String owner, String member) {
    ClassFile found = classes.get(owner);
    if (found == null) {
      return javaHas(owner, member);
    }
    return found.members().contains(member)
        || found.parents().stream().anyMatch(parent -> has(parent, member))
        || javaHas("java/lang/Object", member);
  }

  /** Java's own keeps what it once had, types included: a name is enough. */
  private static boolean javaHas(String owner, String member) {
    String name = member.substring(0, member.indexOf(' '));
    return java(owner)
        .map(
            type ->
                name.equals("<init>")
                    || Stream.of(
                            type.getMethods(), type.getDeclaredMethods(), type.getDeclaredFields())
                        .flatMap(Stream::of)
                        .anyMatch(found -> found.getName().equals(name)))
        .orElse(false);
  }

  private static Optional<Class<?>> java(String name) {
    try {
      return Optional.of(
          Class.forName(name.replace('/', '.'), false, ClassLoader.getPlatformClassLoader()));
    } catch (ClassNotFoundException e) {
      return Optional.empty();
    }
  }

  private void addDirectory(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.filter(it -> it.toString().endsWith(".class")).toList()) {
        try (InputStream in = Files.newInputStream(file)) {
          add(ClassFile.read(in));
        }
      }
    }
  }

  private void addJar(Path jar) throws IOException {
    try (JarFile file = new JarFile(jar.toFile())) {
      for (JarEntry entry : file.stream().toList()) {
        boolean plain =
            entry.getName().endsWith(".class") && !entry.getName().startsWith("META-INF/");
        if (plain && !entry.getName().equals("module-info.class")) {
          try (InputStream in = file.getInputStream(entry)) {
            add(ClassFile.read(in));
          }
        }
      }
    }
  }

  private void add(ClassFile file) {
    classes.putIfAbsent(file.name(), file);
  }
}
