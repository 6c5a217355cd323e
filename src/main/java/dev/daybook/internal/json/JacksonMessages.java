package dev.daybook.internal.json;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonMappingException.Reference;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What Jackson reports, in the words of this library: what was found and what was expected. Jackson
 * itself names its own classes and features, which are not part of this library.
 */
public final class JacksonMessages {

  private static final String UNKNOWN = "it can't be read";

  /** What Jackson says of a character that it did not expect. */
  private static final Map<Pattern, String> EXPECTATIONS = expectations();

  /** Whole messages. The first that matches counts. */
  private static final Map<Pattern, String> MESSAGES = messages();

  private static final Pattern UNEXPECTED =
      Pattern.compile(
          "^(?:Unexpected character|Invalid numeric value:?|Unexpected number)"
              + "(?: \\((?:'(?<seen>.)' )?\\((?:code \\d+(?: / 0x\\p{XDigit}+)?|CTRL-CHAR, code (?<control>\\d+))\\)\\))?"
              + "(?: in numeric value)?:? ?(?<expected>.*)$");

  /** Advice about settings of Jackson, and its names for things. */
  private static final Pattern ABOUT_JACKSON =
      Pattern.compile(
          "\\s*\\([^()]*(?:Feature|Config|Constraints|Builder|JsonToken|REDACTED|start marker)[^()]*(?:\\([^()]*\\)[^()]*)*\\)"
              + "|[:;,]? *(?:enable|disable|from) `[^`]*`(?: to allow)?"
              + "|: add Module \"[^\"]*\" to enable handling"
              + "|\\b(?:com|tools)\\.(?:fasterxml\\.)?jackson\\.[\\w.$]+(?:: *)?");

  private JacksonMessages() {}

  /** Why JSON, or what has its structure, can't be read or written; without a place. */
  public static String reason(JsonProcessingException failure) {
    return reason(failure.getOriginalMessage(), failure instanceof JsonMappingException);
  }

  /**
   * The same of a failure of another version of Jackson.
   *
   * @param original its message, without a place
   * @param isOfMapping whether a class and what is stored don't fit, and not the text is wrong
   */
  public static String reason(@Nullable String original, boolean isOfMapping) {
    String message = firstLine(original);
    Matcher unexpected = UNEXPECTED.matcher(message);
    if (unexpected.matches()) {
      return unexpected(unexpected);
    }
    for (Map.Entry<Pattern, String> each : MESSAGES.entrySet()) {
      Matcher matcher = each.getKey().matcher(message);
      if (matcher.matches()) {
        return matcher.replaceFirst(each.getValue());
      }
    }
    return isOfMapping ? withoutJackson(message) : UNKNOWN;
  }

  /** The same with the place: the line and column, and the property in an object. */
  public static String reasonAndPlace(JsonProcessingException failure) {
    JsonLocation location = failure.getLocation();
    StringBuilder path = new StringBuilder();
    if (failure instanceof JsonMappingException mapping) {
      for (Reference step : mapping.getPath()) {
        addTo(path, step.getFieldName(), step.getIndex());
      }
    }
    return reason(failure)
        + (location == null
            ? place(0, 0, path)
            : place(location.getLineNr(), location.getColumnNr(), path));
  }

  /** A step on the way to a property, or into an array if it has no name. */
  public static void addTo(StringBuilder path, @Nullable String name, int index) {
    path.append(name == null ? "[" + Math.max(0, index) + "]" : (path.isEmpty() ? "" : ".") + name);
  }

  /** Where it is; nothing of what is not known. */
  public static String place(int line, int column, CharSequence path) {
    return (line < 1 || column < 1 ? "" : ", at line %s, column %s".formatted(line, column))
        + (path.isEmpty() ? "" : ", in " + path);
  }

  private static String unexpected(Matcher message) {
    String wanted = message.group("expected");
    String expected = "";
    for (Map.Entry<Pattern, String> each : EXPECTATIONS.entrySet()) {
      if (each.getKey().matcher(wanted).find()) {
        expected = "; " + each.getValue();
        break;
      }
    }
    String seen = message.group("seen");
    String control = message.group("control");
    if (seen != null) {
      return "there is '%s'%s".formatted(seen, expected);
    }
    return control != null
        ? "there is a control character, code %s%s".formatted(control, expected)
        : expected.isEmpty() ? UNKNOWN : expected.substring(2);
  }

  private static String withoutJackson(String message) {
    String ours = ABOUT_JACKSON.matcher(message).replaceAll("").replace('`', '\'').strip();
    return ours.isEmpty() ? UNKNOWN : ours;
  }

  private static String firstLine(@Nullable String message) {
    return String.valueOf(message)
        .lines()
        .findFirst()
        .orElse("")
        .replaceAll("\\p{Cntrl}", "\uFFFD");
  }

  private static Map<Pattern, String> expectations() {
    Map<String, String> all = new LinkedHashMap<>();
    all.put("expecting comma to separate Array", "expected a comma or ] in an array");
    all.put("expecting comma to separate Object", "expected a comma or } in an object");
    all.put("expecting (double-quote|either valid name)", "expected a name in double quotes");
    all.put("expecting a colon", "expected a colon after the name");
    all.put("comment", "JSON has no comments");
    all.put("Leading zeroes", "expected a number without a leading zero");
    all.put("Decimal point not followed", "expected a digit after the decimal point");
    all.put("Exponent indicator|digit for number exponent", "expected a digit in the exponent");
    all.put("follow minus sign|following sign", "expected a digit after the minus sign");
    all.put("plus signs", "expected a number without a plus sign");
    all.put("valid numeric value", "expected a digit");
    all.put("hex-digit", "expected four hexadecimal digits after \\u");
    all.put("root-level", "expected the end, or white space, after a value");
    all.put("valid value|a value", "expected a value");
    return compiled(all);
  }

  private static Map<Pattern, String> messages() {
    Map<String, String> all = new LinkedHashMap<>();
    all.put("^expected .*", "$0");
    all.put("^Non-standard token '(.*?)'.*", "$1 is not a number of JSON");
    all.put(
        "^Unrecognized token '(.*)': was expecting .*",
        "there is '$1'; expected a value: a text in double quotes, a number, an array, an object, true, false or null");
    all.put("^Unexpected end-of-input.*[Ff]ield name.*", "it ends within a name");
    all.put("^Unexpected end-of-input.*escape sequence.*", "it ends within an escape sequence");
    all.put("^Unexpected end-of-input.*comment.*", "it ends within a comment");
    all.put("^Unexpected end-of-input.*(?i:string).*", "it ends within a text");
    all.put("^Unexpected end-of-input.*Number.*", "it ends within a number");
    all.put("^Unexpected end-of-input.*Object.*", "it ends within an object");
    all.put("^Unexpected end-of-input.*Array.*", "it ends within an array");
    all.put("^Unexpected end-of-input.*|^No content to map.*", "it ends too early");
    all.put(
        "^Unrecognized character escape '?(.*?)'? \\(code.*",
        "JSON has no escape sequence that begins with \\\\$1");
    all.put(
        "^Unrecognized character escape \\(CTRL-CHAR, code (\\d+)\\).*",
        "JSON has no escape sequence with the control character of code $1");
    all.put("^Unexpected close marker '(.)': expected '(.)'.*", "there is '$1'; expected '$2'");
    all.put("^Unexpected close marker '(.)'.*", "there is '$1', and nothing to close");
    all.put(
        "^Illegal unquoted character \\(\\(CTRL-CHAR, code (\\d+)\\)\\).*",
        "there is a control character, code $1; expected it escaped, such as \\\\n");
    all.put(
        "^Illegal character \\(\\(CTRL-CHAR, code (\\d+)\\)\\).*",
        "there is a control character, code $1, between values");
    all.put("^Broken surrogate pair.*|^Unexpected low surrogate.*", "half of a surrogate pair");
    all.put("^Duplicate [Ff]ield '(.*)'.*", "there is a second \"$1\" in an object");
    all.put("^Invalid UTF-.*|^Unexpected byte 0x.* UTF-8 BOM.*", "it is not UTF-8");
    all.put(
        "^.*nesting depth \\(.*\\) exceeds .*\\((\\d+).*", "it is nested more than $1 levels deep");
    all.put("^Number value length \\(.*\\((\\d+).*", "a number has more than $1 digits");
    all.put("^String value length \\(.*\\((\\d+).*", "a text has more than $1 characters");
    all.put("^Name length \\(.*\\((\\d+).*", "a name has more than $1 characters");
    all.put("^(?:Document length|Token count) \\(.*\\((\\d+).*", "it has more than $1 parts");
    all.put(
        "^BigDecimal scale.*|^Too many nonzero exponent.*|^Malformed numeric value.*",
        "a number can't be represented");
    all.put(
        "^Numeric value \\((.*?)\\) out of range of (int|long).*",
        "the number $1 is out of the range of $2");
    all.put(
        "^.*(?:CBOR|Mismatched major type).*|^Invalid (?:length|tag).*", "it is not valid CBOR");
    return compiled(all);
  }

  private static Map<Pattern, String> compiled(Map<String, String> texts) {
    Map<Pattern, String> patterns = new LinkedHashMap<>();
    texts.forEach((pattern, text) -> patterns.put(Pattern.compile(pattern), text));
    return patterns;
  }
}
