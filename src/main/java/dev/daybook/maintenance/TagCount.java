package dev.daybook.maintenance;

import java.util.Objects;

/**
 * How many events have a tag.
 *
 * @param tag the tag
 * @param count of events; 1 at least
 */
public record TagCount(String tag, long count) {

  public TagCount {
    Objects.requireNonNull(tag, "tag");
  }
}
