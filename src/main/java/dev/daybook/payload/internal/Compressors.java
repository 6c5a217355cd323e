package dev.daybook.payload.internal;

import com.github.luben.zstd.ZstdCompressCtx;
import com.github.luben.zstd.ZstdException;
import com.github.luben.zstd.ZstdInputStream;
import dev.daybook.payload.Compression;
import dev.daybook.payload.PayloadException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/** Compresses payloads, and brings them back by the compression that a row names. */
public final class Compressors {

  private Compressors() {}

  /** The name in a row; {@code null} for {@link Compression#NONE}. */
  static @Nullable String columnValue(Compression compression) {
    return switch (compression) {
      case NONE -> null;
      case GZIP -> "gzip";
      case ZSTD -> "zstd";
    };
  }

  /**
   * The compression that a row names.
   *
   * @throws PayloadException if it is one that this version does not know
   */
  public static Compression ofColumnValue(@Nullable String name) {
    for (Compression compression : Compression.values()) {
      if (Objects.equals(columnValue(compression), name)) {
        return compression;
      }
    }
    throw new PayloadException("the compression \"%s\" is unknown".formatted(name));
  }

  /**
   * Compresses bytes.
   *
   * @throws PayloadException if the compression is not available here
   */
  public static byte[] compress(byte[] plain, Compression compression) {
    return switch (compression) {
      case NONE -> plain;
      case GZIP -> gzip(plain);
      case ZSTD -> zstd(() -> WithZstd.compress(plain));
    };
  }

  /**
   * Brings back what {@link #compress} was given.
   *
   * @throws PayloadException if these bytes are not its output, or it is not available here
   */
  public static byte[] decompress(byte[] compressed, Compression compression) {
    return switch (compression) {
      case NONE -> compressed;
      case GZIP -> gunzip(compressed);
      case ZSTD -> zstd(() -> WithZstd.decompress(compressed));
    };
  }

  private static byte[] zstd(Supplier<byte[]> work) {
    try {
      return work.get();
    } catch (LinkageError e) {
      throw new PayloadException("Zstandard needs com.github.luben:zstd-jni on the class path", e);
    }
  }

  private static byte[] gzip(byte[] plain) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(plain.length / 2 + 32);
    try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
      gzip.write(plain);
    } catch (IOException e) {
      throw new PayloadException("a payload can't be compressed", e);
    }
    return bytes.toByteArray();
  }

  private static byte[] gunzip(byte[] compressed) {
    try (InputStream gzip = new GZIPInputStream(new ByteArrayInputStream(compressed))) {
      return gzip.readAllBytes();
    } catch (IOException e) {
      throw new PayloadException("a payload is not complete gzip data: " + e.getMessage(), e);
    }
  }

  /**
   * Apart, because the library is optional: this class is loaded only if it is used, and if the
   * library is missing it is the loading that fails.
   */
  private static final class WithZstd {

    private WithZstd() {}

    static byte[] compress(byte[] plain) {
      try (ZstdCompressCtx context = new ZstdCompressCtx()) {
        return context.setChecksum(true).compress(plain);
      } catch (ZstdException e) {
        throw new PayloadException("a payload can't be compressed", e);
      }
    }

    static byte[] decompress(byte[] compressed) {
      if (compressed.length == 0) {
        throw new PayloadException("a payload is not complete Zstandard data: it is empty");
      }
      try (InputStream zstd = new ZstdInputStream(new ByteArrayInputStream(compressed))) {
        return zstd.readAllBytes();
      } catch (IOException e) {
        throw new PayloadException(
            "a payload is not complete Zstandard data: " + e.getMessage(), e);
      }
    }
  }
}
