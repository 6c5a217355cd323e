package dev.daybook.cli.importing;

import dev.daybook.cli.json.BadLine;
import dev.daybook.cli.json.JsonLine;
import dev.daybook.cli.json.JsonPath;
import dev.daybook.cli.json.JsonValue;
import dev.daybook.journal.Append;
import dev.daybook.journal.EncodedEvent;
import dev.daybook.journal.ExpectedSeq;
import dev.daybook.journal.Metadata;
import dev.daybook.journal.NewEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What event a line becomes, by where the parts of the event are in it.
 *
 * @param data the part of the line that is the event's data; {@code null} for the whole line
 * @param tagsOfAll tags of each event
 * @param key the idempotency key, under which a second event is not appended
 * @param csv what is between fields, if lines are rows of CSV; {@code null} if they are JSON
 */
public record ImportFields(
    FieldRule stream,
    FieldRule type,
    @Nullable JsonPath data,
    List<TagRule> tags,
    List<String> tagsOfAll,
    TimeRule time,
    FieldRule key,
    Map<String, FieldRule> metadata,
    @Nullable Character csv)
    implements ImportFormat.OfAppends {

  private static final FieldRule NONE = new FieldRule(List.of(), null);

  /** Each part at one pointer; the whole line is the data. */
  public static ImportFields at(String stream, String type, String tags, String time) {
    return new ImportFields(
        FieldRule.at(JsonPath.compile(stream)),
        FieldRule.at(JsonPath.compile(type)),
        null,
        List.of(TagRule.of(tags)),
        List.of(),
        new TimeRule(FieldRule.at(JsonPath.compile(time)), null),
        NONE,
        Map.of(),
        null);
  }

  @Override
  public Append<EncodedEvent> read(byte[] line) throws BadLine {
    JsonLine.requireSize(line);
    JsonLine json = JsonLine.object(line, paths());
    EncodedEvent encoded =
        new EncodedEvent(type.textOf(json), EncodedEvent.JSON, dataOf(json, line));
    NewEvent<EncodedEvent> event =
        NewEvent.of(encoded).tagged(tagsOf(json)).withMetadata(metadataOf(json));
    Optional<Instant> recorded = time.timeOf(json);
    Append<EncodedEvent> append =
        Append.of(
            stream.textOf(json),
            ExpectedSeq.any(),
            recorded.isPresent() ? event.at(recorded.get()) : event);
    return key.isGiven() ? append.withIdempotencyKey(key.textOf(json)) : append;
  }

  @Override
  public Set<JsonPath> paths() {
    Set<JsonPath> paths = new LinkedHashSet<>();
    stream.paths().forEach(paths::add);
    type.paths().forEach(paths::add);
    if (data != null) {
      paths.add(data);
    }
    tags.forEach(rule -> paths.add(rule.path()));
    time.field().paths().forEach(paths::add);
    key.paths().forEach(paths::add);
    metadata.values().forEach(rule -> rule.paths().forEach(paths::add));
    return paths;
  }

  private byte[] dataOf(JsonLine json, byte[] line) throws BadLine {
    if (data == null) {
      return JsonLine.stripped(line);
    }
    JsonValue value = json.at(data);
    if (value.kind() == JsonValue.Kind.MISSING) {
      throw new BadLine("the data was expected at %s, and there is nothing".formatted(data), 0);
    }
    return json.bytesOf(value);
  }

  private List<String> tagsOf(JsonLine json) throws BadLine {
    List<String> found = new ArrayList<>(tagsOfAll);
    for (TagRule rule : tags) {
      rule.addTo(found, json);
    }
    return found;
  }

  private Metadata metadataOf(JsonLine json) throws BadLine {
    if (metadata.isEmpty()) {
      return Metadata.none();
    }
    Map<String, String> entries = new LinkedHashMap<>();
    for (Map.Entry<String, FieldRule> rule : metadata.entrySet()) {
      Optional<String> text = rule.getValue().find(json);
      if (text.isPresent()) {
        entries.put(rule.getKey(), text.get());
      }
    }
    return new Metadata(entries);
  }

  @Override
  public Optional<Character> csvSeparator() {
    return Optional.ofNullable(csv);
  }

  @Override
  public String options() {
    return ((csv == null ? "" : " --csv --separator " + csv)
            + stream.options("stream")
            + type.options("type")
            + (data == null ? "" : " --data " + data)
            + tags.stream().map(rule -> " --tag " + rule).collect(Collectors.joining())
            + tagsOfAll.stream().map(tag -> " --tag-is " + tag).collect(Collectors.joining())
            + time.options()
            + key.options("key")
            + metadata.entrySet().stream()
                .map(
                    rule ->
                        rule.getValue().places().stream()
                            .map(place -> " --meta %s=%s".formatted(rule.getKey(), place.get(0)))
                            .collect(Collectors.joining()))
                .collect(Collectors.joining()))
        .strip();
  }
}
