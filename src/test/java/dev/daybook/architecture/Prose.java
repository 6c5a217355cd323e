package dev.daybook.architecture;

import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The sentences of a file: of a Java file its comments and strings, of a page all but blocks of
 * code. White space and the margin of a comment are one space, so that a phrase is found wherever
 * its lines break.
 */
final class Prose {

  /** What separates two comments, strings or paragraphs: no phrase goes across it. */
  private static final char GAP = '\0';

  /** A comment, a string, or a character, which may be a quotation mark. */
  private static final Pattern TOKEN =
      Pattern.compile(
          "(?<comment>/\\*.*?\\*/|(?://[^\\n]*\\n\\s*)+)|'(?:\\\\.|[^'\\\\])+'"
              + "|\"\"\"(?<block>.*?)\"\"\"|\"(?<text>(?:\\\\.|[^\"\\\\])*)\"",
          Pattern.DOTALL);

  private static final Pattern COMMENT_MARGIN =
      Pattern.compile("^/\\*\\*?|\\*/$|^//|\\n\\s*(?:\\*(?!/)|//)?");
  private static final Pattern PAGE_GAP =
      Pattern.compile("(?ms)^ *```.*?^ *```$|<!--.*?-->|\\n\\s*\\n|\\n\\|");
  private static final Pattern LINE_BREAK = Pattern.compile("\\n");

  private final String file;
  private final StringBuilder text = new StringBuilder();

  /** The line of each character of the text. */
  private int[] lines = new int[1_024];

  private Prose(String file) {
    this.file = file;
  }

  static Prose ofJava(String file, String source) {
    Prose prose = new Prose(file);
    Matcher token = TOKEN.matcher(source);
    while (token.find()) {
      if (token.group("comment") != null) {
        prose.add(source, token.start(), token.end(), COMMENT_MARGIN, ' ');
      } else if (token.group("block") != null) {
        prose.add(source, token.start("block"), token.end("block"), LINE_BREAK, ' ');
      } else if (token.group("text") != null) {
        prose.add(source, token.start("text"), token.end("text"), LINE_BREAK, ' ');
      }
    }
    return prose;
  }

  static Prose ofPage(String file, String page) {
    Prose prose = new Prose(file);
    prose.add(page, 0, page.length(), PAGE_GAP, GAP);
    return prose;
  }

  String file() {
    return file;
  }

  String text() {
    return text.toString();
  }

  /** The number of the line that a character of the text is in. */
  int line(int index) {
    return lines[index];
  }

  private void add(String source, int start, int end, Pattern blank, char instead) {
    Matcher blanks = blank.matcher(source).region(start, end);
    int line = lineOf(source, start);
    int from = start;
    while (blanks.find()) {
      line = copy(source, from, blanks.start(), line);
      add(instead, line);
      line += newlines(source, blanks.start(), blanks.end());
      from = blanks.end();
    }
    copy(source, from, end, line);
    add(GAP, line);
  }

  private int copy(String source, int start, int end, int line) {
    int at = line;
    for (int i = start; i < end; i++) {
      char character = source.charAt(i);
      add(Character.isWhitespace(character) ? ' ' : character, at);
      at += character == '\n' ? 1 : 0;
    }
    return at;
  }

  private void add(char character, int line) {
    int length = text.length();
    if (character == ' ' && length > 0 && text.charAt(length - 1) == ' ') {
      return;
    }
    if (length == lines.length) {
      lines = Arrays.copyOf(lines, 2 * length);
    }
    lines[length] = line;
    text.append(character);
  }

  private static int lineOf(String source, int index) {
    return 1 + newlines(source, 0, index);
  }

  private static int newlines(String source, int start, int end) {
    return (int) source.substring(start, end).chars().filter(it -> it == '\n').count();
  }
}
