package dev.daybook.error;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daybook.fixture.LibraryClasses;
import dev.daybook.journal.ExpectedSeq;
import dev.daybook.maintenance.Finding;
import dev.daybook.maintenance.VerifyReport;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each exception of the library still has all that it says after it was sent to another process.
 */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class SerializedExceptionsTest {

  @ParameterizedTest
  @MethodSource("constructors")
  void an_exception_keeps_its_fields(Constructor<? extends DaybookException> constructor)
      throws Exception {
    DaybookException thrown =
        constructor.newInstance(
            Arrays.stream(constructor.getParameterTypes())
                .map(SerializedExceptionsTest::value)
                .toArray());

    DaybookException read = sent(thrown);

    assertThat(read).hasMessage(thrown.getMessage());
    for (Method accessor : thrown.getClass().getMethods()) {
      if (isAccessor(accessor)) {
        assertThat(accessor.invoke(read)).as("%s", accessor).isEqualTo(accessor.invoke(thrown));
      }
    }
  }

  static Stream<Constructor<?>> constructors() {
    return LibraryClasses.names().stream()
        .filter(name -> name.endsWith("Exception"))
        .map(LibraryClasses::named)
        .filter(DaybookException.class::isAssignableFrom)
        .filter(type -> !Modifier.isAbstract(type.getModifiers()))
        .flatMap(type -> Arrays.stream(type.getConstructors()));
  }

  private static boolean isAccessor(Method method) {
    return method.getParameterCount() == 0
        && method.getDeclaringClass().getName().startsWith("dev.daybook");
  }

  private static Object value(Class<?> type) {
    if (type.isEnum()) {
      return type.getEnumConstants()[0];
    }
    if (type == Exception.class) {
      return new IllegalStateException("why");
    }
    Map<Class<?>, Object> values =
        Map.of(
            String.class,
            "text",
            long.class,
            7L,
            boolean.class,
            true,
            Instant.class,
            Instant.EPOCH,
            Throwable.class,
            new IllegalStateException("why"),
            ExpectedSeq.class,
            ExpectedSeq.exactly(3),
            OptionalLong.class,
            OptionalLong.of(5),
            VerifyReport.class,
            report());
    assertThat(values).containsKey(type);
    return Objects.requireNonNull(values.get(type));
  }

  private static VerifyReport report() {
    Finding finding = new Finding(Finding.Kind.EVENT_CHANGED, "s", 1, "text");
    return new VerifyReport.VerifyReportValues(
        List.of(finding), Map.of(finding.kind(), 1L), 2, 4, 3);
  }

  private static DaybookException sent(DaybookException thrown) throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(thrown);
    }
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      return (DaybookException) in.readObject();
    }
  }
}
