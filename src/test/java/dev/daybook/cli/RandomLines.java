package dev.daybook.cli;

import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Lines of a file to import, good ones and all kinds of bad ones. */
final class RandomLines {

  private static final List<String> NUMBERS =
      List.of(
          "0",
          "-0",
          "-0.0",
          "1e5",
          "1E+5",
          "1e99999999999",
          "-1e-99999999999",
          "0.10",
          "9223372036854775808",
          "1.7976931348623157e309",
          "12345678901234567890123456789012345678901234567890.5");
  private static final List<String> PIECES =
      List.of(
          "a",
          "é",
          "\u2028",
          "\uD83D\uDE80",
          "\\u0000",
          "\\ud800",
          "\\uD83D\\uDE80",
          "\\\"",
          "\\\\",
          "\\/",
          "\\n",
          " ",
          "\u007F",
          "\uFEFF",
          "[",
          "}",
          ",",
          ":");
  private static final List<Charset> OTHERS =
      List.of(
          StandardCharsets.UTF_16LE,
          StandardCharsets.UTF_16BE,
          StandardCharsets.UTF_16,
          Charset.forName("UTF-32LE"),
          Charset.forName("UTF-32BE"),
          StandardCharsets.ISO_8859_1);
  private static final int[][] MALFORMED = {
    {0xC0, 0xAF},
    {0xE0, 0x80, 0xAF},
    {0xED, 0xA0, 0x80},
    {0xF4, 0x90, 0x80, 0x80},
    {0xFF},
    {0x80},
    {0x00},
    {0xEF, 0xBB, 0xBF},
    {0xF8, 0x88, 0x80, 0x80, 0x80},
    {0x0D},
    {0x1F}
  };

  private final Random random;

  RandomLines(Random random) {
    this.random = random;
  }

  /** Any line, without an end. */
  byte[] any() {
    return withoutEnds(
        switch (random.nextInt(6)) {
          case 0, 1 -> good();
          case 2 -> mutated(good());
          case 3 -> new String(good(), StandardCharsets.UTF_8).getBytes(oneOf(OTHERS));
          case 4 -> with(good(), MALFORMED[random.nextInt(MALFORMED.length)]);
          default -> random.nextBoolean() ? nested() : anyBytes();
        });
  }

  /** A line that must be imported. */
  byte[] good() {
    return bytes(
        "{\"s\":\"%s\",%s\"y\":\"T\",\"v\":%s}"
            .formatted(
                "stream-" + random.nextInt(5), random.nextInt(4) == 0 ? " \t" : "", value(0)));
  }

  /** The same line with some bytes removed, changed or repeated. */
  byte[] mutated(byte[] line) {
    byte[] changed = line.clone();
    for (int i = random.nextInt(3); i >= 0; i--) {
      int at = random.nextInt(changed.length);
      int to = Math.min(changed.length, at + random.nextInt(4));
      byte[] middle = new byte[random.nextInt(3)];
      random.nextBytes(middle);
      changed = joined(Arrays.copyOf(changed, at), middle, changed, to);
      if (changed.length == 0) {
        return line;
      }
    }
    return withoutEnds(changed);
  }

  private byte[] nested() {
    int depth = 995 + random.nextInt(10);
    String open = random.nextBoolean() ? "[" : "{\"a\":";
    String close = open.equals("[") ? "]" : "}";
    return bytes(
        "{\"s\":\"deep\",\"y\":\"T\",\"v\":%s1%s}"
            .formatted(open.repeat(depth), close.repeat(depth)));
  }

  private byte[] anyBytes() {
    byte[] bytes = new byte[1 + random.nextInt(100)];
    random.nextBytes(bytes);
    return bytes;
  }

  private byte[] with(byte[] line, int[] piece) {
    byte[] middle = new byte[piece.length];
    for (int i = 0; i < piece.length; i++) {
      middle[i] = (byte) piece[i];
    }
    int at = random.nextInt(line.length);
    return joined(Arrays.copyOf(line, at), middle, line, at);
  }

  private String value(int depth) {
    return switch (random.nextInt(depth > 4 ? 4 : 7)) {
      case 0 -> oneOf(NUMBERS);
      case 1 -> oneOf(List.of("true", "false", "null"));
      case 2 -> random.nextInt(50) == 0 ? text(20_000) : text(20);
      case 3 -> Long.toString(random.nextLong());
      case 4 -> "[" + values(depth) + "]";
      case 5 -> "{" + members(depth) + "}";
      default -> "[]";
    };
  }

  private String values(int depth) {
    List<String> values = new ArrayList<>();
    for (int i = random.nextInt(4); i > 0; i--) {
      values.add(value(depth + 1));
    }
    return String.join(random.nextBoolean() ? "," : " , ", values);
  }

  private String members(int depth) {
    List<String> members = new ArrayList<>();
    for (int i = random.nextInt(4); i > 0; i--) {
      // Jackson takes no unpaired surrogate in a name.
      members.add(text(5).replace("\\ud800", "x") + ":" + value(depth + 1));
    }
    return String.join(",", members);
  }

  private String text(int pieces) {
    StringBuilder text = new StringBuilder("\"");
    for (int i = random.nextInt(pieces); i > 0; i--) {
      text.append(oneOf(PIECES));
    }
    return text.append('"').toString();
  }

  private <T> T oneOf(List<T> things) {
    return things.get(random.nextInt(things.size()));
  }

  private static byte[] joined(byte[] start, byte[] middle, byte[] rest, int from) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    all.writeBytes(start);
    all.writeBytes(middle);
    all.write(rest, from, rest.length - from);
    return all.toByteArray();
  }

  /** Line ends would make several lines of one. */
  private static byte[] withoutEnds(byte[] line) {
    for (int i = 0; i < line.length; i++) {
      if (line[i] == '\n' || (line[i] == '\r' && i == line.length - 1)) {
        line[i] = 'x';
      }
    }
    return line;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
