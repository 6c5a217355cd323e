package dev.daybook.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.daybook.Daybook;
import dev.daybook.error.InvalidInputException;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** Names, aliases and versions of classes, and the chains of upcasters between them. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class EventTypesTest {

  record A() {}

  record B() {}

  @TypeName(
      value = "annotated",
      aliases = {"first", "second"},
      version = 4)
  record Annotated() {}

  @TypeName(value = "negative", version = 0)
  record Negative() {}

  @TypeName(value = "own", aliases = "own")
  record OwnAlias() {}

  /** Whose simple name it is stored under. */
  sealed interface Listed {
    @TypeName(value = "other", aliases = "One")
    record Other() implements Listed {}

    record One() implements Listed {}
  }

  private static final EventTypes<Object> TYPES =
      EventTypes.of(Object.class).with("a", A.class).withVersion(A.class, 3).with("b", B.class);

  private final Daybook daybook = Daybook.inMemory();

  @AfterEach
  void close() {
    daybook.close();
  }

  @Test
  void an_annotation_gives_aliases_and_version() {
    EventTypes<Object> types = EventTypes.of(Object.class).with("mine", Annotated.class);

    assertThat(types.names()).containsExactly("mine");
    assertThat(types.aliasesOf(Annotated.class)).containsExactly("first", "second");
    assertThat(types.versionOf(Annotated.class)).isEqualTo(4);
    assertThat(types.classOf("second")).contains(Annotated.class);
    assertThat(types.nameOf(new Annotated())).isEqualTo("mine");
    assertThat(types.withVersion(Annotated.class, 5).versionOf(Annotated.class)).isEqualTo(5);
  }

  @Test
  void names_of_a_class_are_all_that_lead_to_it_and_no_others() {
    EventTypes<Object> types =
        TYPES
            .withAliases(A.class, "alpha")
            .withAliases(B.class, "beta")
            .upcast("old", 1, "older", 7, data -> data)
            .upcast("older", 7, "alpha", 2, data -> data)
            .upcast("a", 2, data -> data)
            .upcast("split", 1, "b", 1, data -> data)
            .upcast("split", 2, "a", 3, data -> data);

    assertThat(types.namesOf(A.class))
        .containsExactlyInAnyOrder("a", "alpha", "old", "older", "split");
    assertThat(types.namesOf(B.class)).containsExactlyInAnyOrder("b", "beta", "split");
    assertThatCode(() -> daybook.journal(types)).doesNotThrowAnyException();
  }

  @Test
  void names_that_are_taken_and_classes_that_are_none_of_them_are_refused() {
    assertRefused(() -> TYPES.withAliases(A.class, "b"), "\"b\" is the name of");
    assertRefused(() -> TYPES.withAliases(A.class, "x").withAliases(B.class, "x"), "\"x\"");
    assertRefused(() -> TYPES.withAliases(A.class, "x").with("x", Integer.class), "\"x\"");
    assertRefused(() -> TYPES.withAliases(A.class, "a"), "\"a\" is the name of");
    assertRefused(() -> TYPES.with("own", OwnAlias.class), "\"own\" is the name of");
    assertRefused(() -> TYPES.withAliases(A.class, ""), "empty");
    assertRefused(() -> TYPES.withAliases(String.class, "x"), "java.lang.String");
    assertRefused(() -> TYPES.withVersion(String.class, 2), "java.lang.String");
    assertRefused(() -> TYPES.namesOf(String.class), "java.lang.String");
    assertRefused(() -> EventTypes.ofSealed(Listed.class), "\"One\" is the name of");
  }

  @Test
  void versions_begin_at_one() {
    assertRefused(() -> TYPES.withVersion(A.class, 0), "\"a\" is 0; expected 1 or more");
    assertRefused(() -> TYPES.with("n", Negative.class), "\"n\" is 0; expected 1 or more");
    assertRefused(() -> TYPES.upcast("a", 0, data -> data), "\"a\" is 0");
    assertRefused(() -> TYPES.upcast("a", 1, "b", -1, data -> data), "\"b\" is -1");
    assertRefused(() -> TYPES.upcast("a", Integer.MAX_VALUE, data -> data), "expected 1 or more");
    assertRefused(
        () -> new EncodedEvent("a", 0, EncodedEvent.JSON, new byte[0], null, null),
        "schema version is 0");
  }

  @Test
  void a_circle_is_refused_with_the_chain_when_a_journal_is_opened() {
    assertRefusedAtOpen(
        TYPES.upcast("a", 1, "x", 9, data -> data).upcast("x", 9, "a", 1, data -> data),
        "cycle: \"a\" version 1 -> \"x\" version 9 -> \"a\" version 1");
    assertRefusedAtOpen(TYPES.upcast("x", 1, "x", 1, data -> data), "cycle: \"x\" version 1 ->");
    assertRefusedAtOpen(
        TYPES
            .upcast("a", 1, data -> data)
            .upcast("a", 2, data -> data)
            .upcast("a", 3, "a", 1, data -> data),
        "cycle: \"a\" version 1 -> \"a\" version 2 -> \"a\" version 3 -> \"a\" version 1");
    assertRefusedAtOpen(
        TYPES.withAliases(A.class, "alpha").upcast("a", 1, "alpha", 1, data -> data), "cycle");
  }

  @Test
  void a_gap_is_refused_with_the_chain_when_a_journal_is_opened() {
    assertRefusedAtOpen(
        TYPES.upcast("a", 1, data -> data),
        "\"a\" version 1 -> \"a\" version 2 have a gap after their end: \"a\" is at version 3");
    assertRefusedAtOpen(
        TYPES.upcast("a", 2, data -> data).upcast("a", 3, data -> data),
        "-> \"a\" version 4 have a gap");
    assertRefusedAtOpen(
        TYPES.upcast("b", 1, data -> data),
        "have a gap after their end: \"b\" is at version 1; raise that by"
            + " @TypeName(value = \"b\", version = 2) on its class, or by withVersion");
  }

  @Test
  void what_has_no_class_of_its_own_is_refused_by_the_name_that_it_has_in_java() {
    assertRefused(() -> EventTypes.of(Object.class).with("n", byte[].class), "byte[] is an array");
    assertRefused(() -> EventTypes.of(Object.class).with("n", String[][].class), "String[][] is");
    assertRefused(() -> EventTypes.ofSealed(byte[].class), "byte[] is an array");
    assertRefused(() -> EventTypes.ofSealed(int.class), "int is an array or a primitive type");
    assertRefused(() -> EventTypes.ofSealed(String[].class), "java.lang.String[] is an array");
    assertRefused(
        () -> EventTypes.of(Object.class).with("n", Runnable.class),
        "java.lang.Runnable is abstract");
  }

  @Test
  void a_target_that_nobody_knows_is_refused_when_a_journal_is_opened() {
    assertRefusedAtOpen(
        TYPES.upcast("x", 1, "y", 2, data -> data),
        "\"x\" version 1 -> \"y\" version 2 have a gap after their end: \"y\" is not among the event types [a, b]");
  }

  @Test
  void two_upcasters_from_one_version_are_refused_when_a_journal_is_opened() {
    assertRefusedAtOpen(
        TYPES.upcast("a", 2, data -> data).upcast("a", 2, "b", 1, data -> data),
        "two upcasters start from \"a\" version 2: one leads to \"a\" version 3, the other to \"b\" version 1");
    assertRefusedAtOpen(
        TYPES
            .withAliases(A.class, "alpha")
            .upcast("a", 2, data -> data)
            .upcast("alpha", 2, data -> data),
        "two upcasters start from \"a\" version 2");
  }

  @Test
  void an_upcaster_from_a_current_version_or_a_later_one_is_refused_when_a_journal_is_opened() {
    assertRefusedAtOpen(
        TYPES.upcast("a", 3, "b", 1, data -> data),
        "starts from \"a\" version 3, but \"a\" is at version 3");
    assertRefusedAtOpen(
        TYPES.upcast("a", 5, "a", 3, data -> data),
        "starts from \"a\" version 5, but \"a\" is at version 3");
  }

  private void assertRefusedAtOpen(EventTypes<?> types, String saying) {
    assertRefused(() -> daybook.journal(types), saying);
  }

  private static void assertRefused(ThrowingCallable call, String saying) {
    assertThatThrownBy(call).isInstanceOf(InvalidInputException.class).hasMessageContaining(saying);
  }
}
