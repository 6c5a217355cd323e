package dev.daybook.journal;

import dev.daybook.error.InvalidInputException;
import dev.daybook.internal.input.InputRules;
import dev.daybook.settings.Limits;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An event that is still to be appended. Immutable.
 *
 * @param <E> the type of the event
 */
public final class NewEvent<E> {

  private final E data;
  private final List<String> tags;
  private final Metadata metadata;
  private final @Nullable Instant time;

  private NewEvent(E data, List<String> tags, Metadata metadata, @Nullable Instant time) {
    this.data = data;
    this.tags = tags;
    this.metadata = metadata;
    this.time = time;
  }

  /** An event without tags and metadata, recorded at the time of the append. */
  public static <E> NewEvent<E> of(E data) {
    return new NewEvent<>(Objects.requireNonNull(data, "data"), List.of(), Metadata.none(), null);
  }

  /**
   * This with these tags besides those it has. A tag that is given twice counts once.
   *
   * @throws InvalidInputException if a tag is not a valid name, or there are more than {@link
   *     Limits#MAX_TAGS}
   */
  public NewEvent<E> tagged(String... more) {
    return tagged(Arrays.asList(more));
  }

  /**
   * This with these tags besides those it has. A tag that is given twice counts once.
   *
   * @throws InvalidInputException if a tag is not a valid name, or there are more than {@link
   *     Limits#MAX_TAGS}
   */
  public NewEvent<E> tagged(Collection<String> more) {
    List<String> all = new ArrayList<>(tags);
    all.addAll(more);
    return new NewEvent<>(data, distinct(all), metadata, time);
  }

  /** This with other metadata. */
  public NewEvent<E> withMetadata(Metadata other) {
    return new NewEvent<>(data, tags, Objects.requireNonNull(other, "metadata"), time);
  }

  /**
   * This with its own recorded time instead of the time of the append.
   *
   * @throws InvalidInputException if the time is finer than a millisecond, or outside the range of
   *     epoch milliseconds
   */
  public NewEvent<E> at(Instant recorded) {
    requireMilliseconds(Objects.requireNonNull(recorded, "time"));
    return new NewEvent<>(data, tags, metadata, recorded);
  }

  /** The event itself; its type name comes from its class. */
  public E data() {
    return data;
  }

  /** Labels to find the event by across streams, in the order given. Unmodifiable. */
  public List<String> tags() {
    return tags;
  }

  /** The event's metadata. */
  public Metadata metadata() {
    return metadata;
  }

  /** When the event happened, to the millisecond; empty for the time of the append. */
  public Optional<Instant> time() {
    return Optional.ofNullable(time);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof NewEvent<?> event
        && data.equals(event.data)
        && tags.equals(event.tags)
        && metadata.equals(event.metadata)
        && Objects.equals(time, event.time);
  }

  @Override
  public int hashCode() {
    return Objects.hash(data, tags, metadata, time);
  }

  @Override
  public String toString() {
    return "NewEvent[data=%s, tags=%s, metadata=%s, time=%s]".formatted(data, tags, metadata, time);
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
