package dev.daybook.cli.importing.foreign.sources;

import com.fasterxml.jackson.core.JsonPointer;
import dev.daybook.error.InvalidInputException;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The types of events of a program that does not store them apart.
 *
 * @param pointers where an event may say its type; the first that leads to a text counts
 * @param otherwise the type of an event that does not say it; {@code null} for none
 */
public record EventNames(List<JsonPointer> pointers, @Nullable String otherwise) {

  /**
   * The type of an event.
   *
   * @throws InvalidInputException if it says none, and there is no other
   */
  String of(byte[] json) throws IOException {
    String type = JsonParts.textAt(json, pointers);
    if (type != null) {
      return type;
    }
    if (otherwise == null) {
      throw new InvalidInputException(
          "it says no type at %s; --type says where it is, and --type-is what it is otherwise"
              .formatted(
                  String.join(" or ", pointers.stream().map(JsonPointer::toString).toList())));
    }
    return otherwise;
  }
}
