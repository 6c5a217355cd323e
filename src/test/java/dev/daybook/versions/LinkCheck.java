package dev.daybook.versions;

import java.util.List;
import java.util.TreeSet;

/**
 * Looks up everything that some classes use of others, the way the JVM does when it is first used:
 * a method whose return type has changed is another method.
 */
final class LinkCheck {

  private final ClassPath library;
  private final ClassPath others;

  /**
   * @param library the classes whose uses are looked up
   * @param others where they are looked up
   */
  LinkCheck(ClassPath library, ClassPath others) {
    this.library = library;
    this.others = others;
  }

  /** What is not there, with who uses it. */
  List<String> missing() {
    TreeSet<String> missing = new TreeSet<>();
    for (ClassFile user : library.classes()) {
      String by = ", used by " + user.name().replace('/', '.');
      for (String used : user.classes()) {
        if (library.find(used).isEmpty() && !others.has(used)) {
          missing.add(used.replace('/', '.') + by);
        }
      }
      for (ClassFile.Reference used : user.references()) {
        if (!has(used.owner(), used.member())) {
          missing.add(used + by);
        }
      }
    }
    return List.copyOf(missing);
  }

  /** Through the library's own classes to what they inherit from others. */
  private boolean has(String owner, String member) {
    return library
        .find(owner)
        .map(
            own ->
                own.members().contains(member)
                    || own.parents().stream().anyMatch(parent -> has(parent, member)))
        .orElseGet(() -> others.has(owner, member));
  }
}
