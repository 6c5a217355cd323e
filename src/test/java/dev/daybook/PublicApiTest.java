package dev.daybook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daybook.fixture.LibraryClasses;
import dev.daybook.golden.GoldenFile;
import dev.daybook.meta.Internal;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.Member;
import java.lang.reflect.Modifier;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** What users of the library can see but for what is internal, as a list that is checked in. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class PublicApiTest {

  @Test
  void the_public_types_and_members_are_those_of_the_list() {
    List<Class<?>> types = types();

    assertThat(types).contains(Daybook.class, DaybookBuilder.class);
    new GoldenFile("public-api.txt", "daybook.api.update")
        .check(types.stream().map(PublicApiTest::lines).collect(Collectors.joining("\n")));
  }

  private static List<Class<?>> types() {
    return LibraryClasses.names().stream()
        .filter(name -> !name.matches("dev\\.daybook\\.cli\\..*|.*\\.internal\\..*"))
        .<Class<?>>map(LibraryClasses::named)
        .filter(PublicApiTest::isSeen)
        .toList();
  }

  private static boolean isSeen(Class<?> type) {
    Class<?> around = type.getDeclaringClass();
    return !type.isAnonymousClass()
        && !type.isAnnotationPresent(Internal.class)
        && isSeen(type.getModifiers())
        && (around == null || isSeen(around));
  }

  private static boolean isSeen(int modifiers) {
    return Modifier.isPublic(modifiers) || Modifier.isProtected(modifiers);
  }

  private static String lines(Class<?> type) {
    Stream<Member> members =
        Stream.of(
                type.getDeclaredFields(), type.getDeclaredConstructors(), type.getDeclaredMethods())
            .flatMap(Arrays::stream);
    return heading(type)
        + members
            .filter(member -> isSeen(member.getModifiers()) && !member.isSynthetic())
            .filter(member -> !((AnnotatedElement) member).isAnnotationPresent(Internal.class))
            .map(PublicApiTest::line)
            .sorted()
            .map(line -> "  " + line + "\n")
            .collect(Collectors.joining());
  }

  private static String heading(Class<?> type) {
    String above =
        Stream.concat(
                Stream.ofNullable(type.getGenericSuperclass()),
                Arrays.stream(type.getGenericInterfaces()))
            .map(Type::getTypeName)
            .filter(name -> !name.equals("java.lang.Object"))
            .collect(Collectors.joining(", "));
    // Not every JDK says "sealed" there by itself.
    String declared = type.toGenericString().replaceFirst("\\b(non-)?sealed ", "");
    return (type.isSealed() ? "sealed " : "")
        + declared
        + (above.isEmpty() ? "" : " : " + above)
        + "\n";
  }

  /** Without packages, and without the class that all members of a heading have in common. */
  private static String line(Member member) {
    AnnotatedElement element = (AnnotatedElement) member;
    String deprecated = element.isAnnotationPresent(Deprecated.class) ? "@Deprecated " : "";
    String text =
        member instanceof Field field
            ? field.toGenericString()
            : ((Executable) member).toGenericString();
    String owner = member.getDeclaringClass().getName();
    return deprecated
        + text.replace(owner + "." + member.getName(), member.getName())
            .replaceAll("\\b(?:[a-z]\\w*\\.)+(?=[A-Z])", "");
  }
}
