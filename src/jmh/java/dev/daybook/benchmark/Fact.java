package dev.daybook.benchmark;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import org.jspecify.annotations.Nullable;

/** An event to append: encoded, with one tag or none. */
public record Fact(String type, @Nullable String tag, byte[] json) {

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final ObjectWriter DEPOSITED = JSON.writerFor(Deposited.class);
  private static final ObjectWriter BALANCE = JSON.writerFor(Balance.class);

  /** Encodes an event by a writer that is kept for its type. */
  public static Fact of(Deposited event) throws JsonProcessingException {
    return new Fact(Deposited.TYPE, null, DEPOSITED.writeValueAsBytes(event));
  }

  /** Encodes a state. */
  public static byte[] json(Balance state) throws JsonProcessingException {
    return BALANCE.writeValueAsBytes(state);
  }
}
