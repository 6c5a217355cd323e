package dev.daybook.cli.importing.foreign.sources;

import com.fasterxml.jackson.databind.JsonNode;
import dev.daybook.cli.importing.DocumentJson;
import dev.daybook.document.Entry;
import dev.daybook.document.EntryData;
import dev.daybook.document.Meta;
import dev.daybook.document.ReplicaType;
import dev.daybook.document.SyncMode;
import dev.daybook.error.InvalidInputException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The payloads of kyneta's records:
 *
 * <pre>{@code
 * {"replicaType":["text",1,0],"syncMode":{"writerModel":"…","delivery":"…","durability":"…"},"schemaHash":"…"}
 * {"kind":"since","encoding":"json","version":"…","data":"…","lineage":"…"}
 * {"kind":"entirety","encoding":"binary","version":"…"}
 * }</pre>
 *
 * A sync mode of a newer version has no delivery. What has more members is refused, because they
 * would be lost.
 */
final class KynetaJson {

  private static final String REPLICA_TYPE = "replicaType";
  private static final String SYNC_MODE = "syncMode";
  private static final String SCHEMA_HASH = "schemaHash";
  private static final String WRITER_MODEL = "writerModel";
  private static final String DELIVERY = "delivery";
  private static final String DURABILITY = "durability";
  private static final String KIND = "kind";
  private static final String ENCODING = "encoding";
  private static final String VERSION = "version";
  private static final String DATA = "data";
  private static final String LINEAGE = "lineage";
  private static final String BINARY = "binary";
  private static final String JSON = "json";

  private KynetaJson() {}

  /**
   * A meta.
   *
   * @param delivery the delivery if the sync mode does not say it
   */
  static Meta meta(JsonNode json, String delivery) {
    requireOnly(json, "the meta", REPLICA_TYPE, SYNC_MODE, SCHEMA_HASH);
    JsonNode type = json.path(REPLICA_TYPE);
    if (!type.isArray()
        || type.size() != 3
        || !type.get(0).isTextual()
        || !type.get(1).isInt()
        || !type.get(2).isInt()) {
      throw new InvalidInputException(
          "%s is %s; expected [NAME, MAJOR, MINOR]".formatted(REPLICA_TYPE, type));
    }
    JsonNode mode = json.path(SYNC_MODE);
    requireOnly(mode, SYNC_MODE, WRITER_MODEL, DELIVERY, DURABILITY);
    return new Meta(
        new ReplicaType(type.get(0).textValue(), type.get(1).intValue(), type.get(2).intValue()),
        new SyncMode(
            text(mode, WRITER_MODEL),
            mode.has(DELIVERY) ? text(mode, DELIVERY) : delivery,
            text(mode, DURABILITY)),
        text(json, SCHEMA_HASH));
  }

  /**
   * An entry.
   *
   * @param blob its data if that is not in the JSON; {@code null} if it is
   */
  static Entry entry(JsonNode json, byte @Nullable [] blob) {
    requireOnly(json, "the entry", KIND, ENCODING, VERSION, DATA, LINEAGE);
    String lineage = json.hasNonNull(LINEAGE) ? text(json, LINEAGE) : null;
    return new Entry(
        DocumentJson.kind(text(json, KIND)), data(json, blob), text(json, VERSION), lineage);
  }

  private static EntryData data(JsonNode json, byte @Nullable [] blob) {
    String encoding = text(json, ENCODING);
    if (encoding.equals(BINARY)) {
      if (blob == null) {
        throw new InvalidInputException("the encoding is binary, and the blob is NULL");
      }
      if (json.has(DATA)) {
        throw new InvalidInputException("it has data twice: in the payload and in the blob");
      }
      return EntryData.binary(blob);
    }
    if (!encoding.equals(JSON)) {
      throw new InvalidInputException(
          "the encoding is \"%s\"; expected json or binary".formatted(encoding));
    }
    if (blob != null) {
      throw new InvalidInputException("the encoding is json, and the data is in the blob");
    }
    return EntryData.json(text(json, DATA));
  }

  private static void requireOnly(JsonNode json, String what, String... names) {
    if (!json.isObject()) {
      throw new InvalidInputException("%s is not a JSON object".formatted(what));
    }
    List<String> known = List.of(names);
    json.fieldNames()
        .forEachRemaining(
            name -> {
              if (!known.contains(name)) {
                throw new InvalidInputException(
                    "%s has the member \"%s\", for which a document has no place; expected %s"
                        .formatted(what, name, String.join(", ", known)));
              }
            });
  }

  private static String text(JsonNode json, String name) {
    JsonNode value = json.path(name);
    if (!value.isTextual()) {
      throw new InvalidInputException(
          "text was expected at \"%s\", and there is %s"
              .formatted(name, value.isMissingNode() ? "nothing" : value.toString()));
    }
    return value.textValue();
  }
}
