package dev.daybook.journal;

import com.fasterxml.jackson.databind.JsonNode;
import dev.daybook.error.EventDecodeException;

/**
 * Converts an event's data from one schema version to another.
 *
 * <p>It works on the decoded tree, which it may change or replace. Decimal numbers of JSON are
 * {@code BigDecimal}s in it, with all their digits but without a sign of zero. Types that CBOR has
 * and JSON lacks are kept: bytes are binary nodes and not Base64 text, and so are UUIDs.
 */
@FunctionalInterface
public interface Upcaster {

  /**
   * The data as it is in the newer version. Called once for each event that is read, perhaps by
   * several threads at once; what it throws reaches the reader in an {@link EventDecodeException}.
   */
  JsonNode upcast(JsonNode data);
}
