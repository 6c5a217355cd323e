package dev.daybook.payload;

import com.github.luben.zstd.ZstdCompressCtx;
import com.github.luben.zstd.ZstdException;
import com.github.luben.zstd.ZstdInputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.Supplier;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/** Compression and its undoing, by what each row names. */
final class Compressors {

  private Compressors() {}

  static byte[] compress(byte[] plain, Compression compression) {
    return switch (compression) {
      case NONE -> plain;
      case GZIP -> gzip(plain);
      case ZSTD -> zstd(() -> WithZstd.compress(plain));
    };
  }

  static byte[] decompress(byte[] compressed, Compression compression) {
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
      throw new PayloadException("a payload is no whole gzip: " + e.getMessage(), e);
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
        throw new PayloadException("a payload is no whole Zstandard: it is empty");
      }
      try (InputStream zstd = new ZstdInputStream(new ByteArrayInputStream(compressed))) {
        return zstd.readAllBytes();
      } catch (IOException e) {
        throw new PayloadException("a payload is no whole Zstandard: " + e.getMessage(), e);
      }
    }
  }
}
