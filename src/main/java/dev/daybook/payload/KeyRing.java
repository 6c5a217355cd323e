package dev.daybook.payload;

import dev.daybook.error.InvalidInputException;
import dev.daybook.internal.input.InputRules;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/**
 * Keys for AES-256 in Galois/Counter Mode: one active key, which everything new is encrypted with,
 * and retired ones, which still read what they have written. The id of a key is stored beside what
 * it has encrypted; the keys themselves are stored nowhere. Immutable and safe to share.
 */
public final class KeyRing {

  private static final int KEY_BYTES = 32;
  private static final String ALGORITHM = "AES";

  private final String activeId;
  private final Map<String, SecretKey> keys;

  private KeyRing(String activeId, Map<String, SecretKey> keys) {
    this.activeId = activeId;
    this.keys = keys;
  }

  /**
   * A ring of one key.
   *
   * @param id names the key in the rows that it has encrypted
   * @param key 32 bytes, which are copied
   * @throws InvalidInputException if the id is not a valid name, or the key has another length
   */
  public static KeyRing of(String id, byte[] key) {
    return new KeyRing(InputRules.requireName("key id", id), Map.of(id, secret(key)));
  }

  /**
   * This ring with a new active key; the active one so far is retired.
   *
   * @throws InvalidInputException if the id is taken or not a valid name, or the key has another
   *     length
   */
  public KeyRing rotatedTo(String id, byte[] key) {
    return new KeyRing(InputRules.requireName("key id", id), with(id, key));
  }

  /**
   * This ring with one more retired key.
   *
   * @throws InvalidInputException if the id is taken or not a valid name, or the key has another
   *     length
   */
  public KeyRing withRetired(String id, byte[] key) {
    return new KeyRing(activeId, with(InputRules.requireName("key id", id), key));
  }

  /**
   * This ring without a retired key: what it has encrypted can no longer be read.
   *
   * @throws InvalidInputException if the key is the active one
   */
  public KeyRing without(String id) {
    if (id.equals(activeId)) {
      throw new InvalidInputException("\"%s\" is the active key; rotate first".formatted(id));
    }
    Map<String, SecretKey> fewer = new LinkedHashMap<>(keys);
    fewer.remove(id);
    return new KeyRing(activeId, fewer);
  }

  public String activeId() {
    return activeId;
  }

  /** The ids of all keys. */
  public Set<String> ids() {
    return Set.copyOf(keys.keySet());
  }

  /** A key by its id. */
  public Optional<SecretKey> key(String id) {
    return Optional.ofNullable(keys.get(id));
  }

  /** Names the keys and does not show them. */
  @Override
  public String toString() {
    return "KeyRing[active=%s, keys=%s]".formatted(activeId, keys.keySet());
  }

  private Map<String, SecretKey> with(String id, byte[] key) {
    if (keys.containsKey(id)) {
      throw new InvalidInputException("the key id \"%s\" is taken".formatted(id));
    }
    Map<String, SecretKey> more = new LinkedHashMap<>(keys);
    more.put(id, secret(key));
    return more;
  }

  private static SecretKey secret(byte[] key) {
    if (key.length != KEY_BYTES) {
      throw new InvalidInputException(
          "the key has %s bytes; AES-256 expects %s".formatted(key.length, KEY_BYTES));
    }
    return new SecretKeySpec(key, ALGORITHM);
  }
}
