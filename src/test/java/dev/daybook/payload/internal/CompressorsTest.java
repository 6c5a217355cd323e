package dev.daybook.payload.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.daybook.payload.Compression;
import dev.daybook.payload.PayloadException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class CompressorsTest {

  private static final byte[] PLAIN =
      "{\"parcel\": 17, \"from\": \"Aachen\", \"to\": \"Zwickau\", \"note\": \"aaaaaaaaaaaaaaaaaaaaaa\"}"
          .getBytes(StandardCharsets.UTF_8);

  @ParameterizedTest
  @EnumSource(names = {"GZIP", "ZSTD"})
  void what_one_bit_was_changed_in_is_refused_or_comes_back_as_it_was(Compression compression) {
    byte[] compressed = Compressors.compress(PLAIN, compression);
    for (int bit = 0; bit < 8 * compressed.length; bit++) {
      byte[] changed = compressed.clone();
      changed[bit / 8] ^= (byte) (1 << bit % 8);
      try {
        assertThat(Compressors.decompress(changed, compression)).as("bit %d", bit).isEqualTo(PLAIN);
      } catch (PayloadException e) {
        assertThat(e).hasMessageContaining("is not complete");
      }
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"GZIP", "ZSTD"})
  void nothing_is_no_compressed_payload(Compression compression) {
    assertThatThrownBy(() -> Compressors.decompress(new byte[0], compression))
        .isInstanceOf(PayloadException.class);
    assertThat(Compressors.decompress(Compressors.compress(new byte[0], compression), compression))
        .isEmpty();
  }
}
