package dev.daybook.observation;

import dev.daybook.error.InvalidInputException;
import dev.daybook.internal.input.InputRules;
import dev.daybook.meta.Internal;
import dev.daybook.settings.Limits;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** An append that begins. For use while {@link StoreObserver#appending} runs, by its thread. */
public final class AppendCall {

  private final @Nullable String streamId;
  private final int events;
  private Map<String, String> metadata = Map.of();

  /**
   * @hidden
   */
  @Internal("journal.internal makes it")
  public AppendCall(@Nullable String streamId, int events) {
    this.streamId = streamId;
    this.events = events;
  }

  /** Its stream; empty if it appends to several. */
  public Optional<String> streamId() {
    return Optional.ofNullable(streamId);
  }

  /** How many events it has. */
  public int events() {
    return events;
  }

  /**
   * Adds metadata to each event of the append. Metadata of the same name that an event has itself,
   * or that the Daybook's {@linkplain dev.daybook.DaybookBuilder#metadata default metadata} has,
   * stays. So does what another observer has added before. An event that has {@link
   * Limits#MAX_METADATA_ENTRIES} already gets no more.
   *
   * @throws InvalidInputException if the name or the value can't be one of metadata
   */
  public void addMetadata(String name, String value) {
    InputRules.requireName("metadata key", name);
    InputRules.requireMetadataValue(name, value);
    if (metadata.isEmpty()) {
      metadata = new LinkedHashMap<>();
    }
    metadata.putIfAbsent(name, value);
  }

  /**
   * What was added.
   *
   * @hidden
   */
  @Internal("journal.internal reads it")
  public Map<String, String> added() {
    return metadata.isEmpty() ? metadata : Collections.unmodifiableMap(metadata);
  }
}
