package dev.daybook.journal;

import dev.daybook.error.InvalidInputException;
import dev.daybook.internal.input.InputRules;
import dev.daybook.settings.Limits;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An event that is still to be appended.
 *
 * @param data the event itself; its type name comes from its class
 * @param tags labels to find it by across streams, at most {@link Limits#MAX_TAGS}; a tag given
 *     twice counts once
 * @param metadata what else is known about it
 * @param time when it happened, to the millisecond; {@code null} for the time of the append
 */
public record NewEvent<E>(E data, List<String> tags, Metadata metadata, @Nullable Instant time) {

  /**
   * @throws InvalidInputException if a tag or the number of tags exceeds its limit, or the time is
   *     finer than a millisecond or outside the range of epoch milliseconds
   */
  public NewEvent {
    Objects.requireNonNull(data, "data");
    Objects.requireNonNull(metadata, "metadata");
    tags = distinct(tags);
    if (time != null) {
      requireMilliseconds(time);
    }
  }

  public static <E> NewEvent<E> of(E data) {
    return new NewEvent<>(data, List.of(), Metadata.none(), null);
  }

  /** This with these tags besides those it has. */
  public NewEvent<E> tagged(String... more) {
    List<String> all = new ArrayList<>(tags);
    all.addAll(Arrays.asList(more));
    return new NewEvent<>(data, all, metadata, time);
  }

  /** This with other metadata. */
  public NewEvent<E> withMetadata(Metadata other) {
    return new NewEvent<>(data, tags, other, time);
  }

  /** This with a recorded time of its own instead of the time of the append. */
  public NewEvent<E> at(Instant recorded) {
    return new NewEvent<>(data, tags, metadata, Objects.requireNonNull(recorded, "time"));
  }

  private static List<String> distinct(List<String> tags) {
    if (tags.isEmpty()) {
      return List.of();
    }
    List<String> distinct =
        tags.size() < 2 ? List.copyOf(tags) : List.copyOf(new LinkedHashSet<>(tags));
    InputRules.requireAtMost("tags", distinct, Limits.MAX_TAGS);
    for (String tag : distinct) {
      InputRules.requireName("tag", tag);
    }
    return distinct;
  }

  private static void requireMilliseconds(Instant time) {
    try {
      if (Instant.ofEpochMilli(time.toEpochMilli()).equals(time)) {
        return;
      }
    } catch (ArithmeticException e) {
      throw new InvalidInputException(
          "time %s is outside the range of epoch milliseconds".formatted(time));
    }
    throw new InvalidInputException(
        "time %s is finer than a millisecond, which is what is kept; truncate it first"
            .formatted(time));
  }
}
