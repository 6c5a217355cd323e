package dev.daybook.payload.internal;

import dev.daybook.payload.KeyRing;
import dev.daybook.payload.PayloadException;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import org.jspecify.annotations.Nullable;

/** AES-256-GCM: a random nonce of 12 bytes, then the ciphertext with its tag of 16 bytes. */
final class Encryption {

  private static final String TRANSFORMATION = "AES/GCM/NoPadding";
  private static final int NONCE_BYTES = 12;
  private static final int TAG_BITS = 128;
  private static final SecureRandom RANDOM = new SecureRandom();

  private Encryption() {}

  static byte[] encrypt(byte[] plain, KeyRing keys, PayloadBinding binding) {
    SecretKey key = keys.key(keys.activeId()).orElseThrow();
    byte[] nonce = new byte[NONCE_BYTES];
    RANDOM.nextBytes(nonce);
    try {
      Cipher cipher = Cipher.getInstance(TRANSFORMATION);
      cipher.init(Cipher.ENCRYPT_MODE, key, new GCMParameterSpec(TAG_BITS, nonce));
      cipher.updateAAD(binding.bytes());
      ByteBuffer sealed = ByteBuffer.allocate(NONCE_BYTES + cipher.getOutputSize(plain.length));
      sealed.put(nonce);
      cipher.doFinal(ByteBuffer.wrap(plain), sealed);
      return sealed.array();
    } catch (GeneralSecurityException e) {
      throw new PayloadException("%s can't be encrypted".formatted(binding), e);
    }
  }

  static byte[] decrypt(
      byte[] sealed, String keyId, @Nullable KeyRing keys, PayloadBinding binding) {
    SecretKey key = keys == null ? null : keys.key(keyId).orElse(null);
    if (key == null) {
      throw new PayloadException(
          "%s is encrypted with the key \"%s\", which is not in the key ring; there is %s"
              .formatted(binding, keyId, keys == null ? "no key ring" : keys.ids()));
    }
    if (sealed.length < NONCE_BYTES) {
      throw new PayloadException("%s is too short to be encrypted".formatted(binding));
    }
    try {
      Cipher cipher = Cipher.getInstance(TRANSFORMATION);
      cipher.init(Cipher.DECRYPT_MODE, key, new GCMParameterSpec(TAG_BITS, sealed, 0, NONCE_BYTES));
      cipher.updateAAD(binding.bytes());
      return cipher.doFinal(sealed, NONCE_BYTES, sealed.length - NONCE_BYTES);
    } catch (AEADBadTagException e) {
      throw new PayloadException(
          "%s can't be decrypted with the key \"%s\": the key is another one, or the payload was changed or moved"
              .formatted(binding, keyId),
          e);
    } catch (GeneralSecurityException e) {
      throw new PayloadException("%s can't be decrypted".formatted(binding), e);
    }
  }
}
