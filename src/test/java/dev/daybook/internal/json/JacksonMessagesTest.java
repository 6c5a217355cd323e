package dev.daybook.internal.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.dataformat.cbor.databind.CBORMapper;
import dev.daybook.Daybook;
import dev.daybook.error.EventDecodeException;
import dev.daybook.journal.EncodedEvent;
import dev.daybook.journal.EventQuery;
import dev.daybook.journal.EventTypes;
import dev.daybook.journal.ExpectedSeq;
import dev.daybook.journal.Journal;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** No message names what Jackson is made of, and each says what was found or expected. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class JacksonMessagesTest {

  private static final Pattern JACKSONS =
      Pattern.compile(
          "Feature|Constraints|REDACTED|\\[Source|`|jackson|ALLOW_|FAIL_ON|CTRL-CHAR|Parser|Deserializ|Serializer|token|Config");

  record Order(int number, String name, Instant at, List<String> lines, boolean paid) {}

  @ParameterizedTest
  @ValueSource(
      strings = {
        "NaN ~ NaN is not a number of JSON",
        "-Infinity ~ -Infinity is not a number of JSON",
        "[Infinity] ~ Infinity is not a number of JSON",
        "+1 ~ expected a number without a plus sign",
        "/*c*/1 ~ there is '/'; JSON has no comments",
        "#1 ~ there is '#'; expected a value",
        "01 ~ expected a number without a leading zero",
        "-01 ~ expected a number without a leading zero",
        ".5 ~ there is '.'; expected a value",
        "1.x ~ there is 'x'; expected a digit after the decimal point",
        "1ex ~ there is 'x'; expected a digit in the exponent",
        "-x ~ there is 'x'; expected a digit after the minus sign",
        "1x ~ there is 'x'; expected the end, or white space, after a value",
        "nul ~ there is 'nul'; expected a value: ",
        "[treu] ~ there is 'treu'; expected a value: ",
        "'a' ~ there is '''; expected a value",
        "[1 2] ~ there is '2'; expected a comma or ] in an array",
        "[1,] ~ there is ']'; expected a value",
        "{'a':1} ~ there is '''; expected a name in double quotes",
        "{a:1} ~ there is 'a'; expected a name in double quotes",
        "{^a^ 1} ~ there is '1'; expected a colon after the name",
        "{^a^:1 ^b^:2} ~ there is '\"'; expected a comma or } in an object",
        "{^a^:1,} ~ there is '}'; expected a name in double quotes",
        "{^a^:1] ~ there is ']'; expected '}'",
        "[1} ~ there is '}'; expected ']'",
        "] ~ there is ']', and nothing to close",
        "{^a^:1 ~ it ends within an object",
        "{^a^: ~ it ends within an object",
        "{^a ~ it ends within a name",
        "{ ~ it ends within an object",
        "[1, ~ it ends within an array",
        "[ ~ it ends within an array",
        "^a ~ it ends within a text",
        "^\\u00 ~ it ends within an escape sequence",
        "^\\ ~ it ends within an escape sequence",
        "- ~ it ends",
        "1e ~ it ends",
        "^\\x^ ~ JSON has no escape sequence that begins with \\x",
        "^\\u00g0^ ~ there is 'g'; expected four hexadecimal digits after \\u",
        "^\u0001^ ~ there is a control character, code 1; expected it escaped",
        "{^\u0001^:1} ~ there is a control character, code 1; expected it escaped",
        "[\u0002] ~ there is a control character, code 2"
      })
  void broken_json_is_described(String line) {
    String broken = line.substring(0, line.indexOf(" ~ ")).replace('^', '"');
    String expected = line.substring(line.indexOf(" ~ ") + 3);

    for (String found : List.of(ofBytes(broken), ofText(broken), ofTree(broken))) {
      assertThat(found).contains(expected.replace('^', '"')).doesNotContainPattern(JACKSONS);
    }
  }

  /** One character or byte of good JSON is another one, missing or twice. */
  @Test
  void no_broken_json_shows_the_parser() {
    Random random = new Random(22);
    String good = "{\"a\":[1,-2.5e3,true,null,\"x\\u00e9\\n\"],\"b\":{\"c\":false}} ";
    String others = "{}[]:,\"'\\/#+-.eE0123456789NaIntruex\u0001\t\u001E\u00E9\u20AC";
    for (int i = 0; i < 50_000; i++) {
      StringBuilder text = new StringBuilder(good);
      for (int change = 0; change <= random.nextInt(3); change++) {
        int at = random.nextInt(text.length());
        char other = others.charAt(random.nextInt(others.length()));
        switch (random.nextInt(3)) {
          case 0 -> text.setCharAt(at, other);
          case 1 -> text.insert(at, other);
          default -> text.deleteCharAt(at);
        }
      }
      JsonFlaw.in(text.toString().getBytes(StandardCharsets.UTF_8))
          .ifPresent(
              flaw ->
                  assertThat(flaw.reason())
                      .as(text.toString())
                      .doesNotContainPattern(JACKSONS)
                      .doesNotContain("can't be read"));
    }
  }

  @Test
  void limits_are_named_without_their_classes() {
    JsonFactory strict =
        JsonFactory.builder()
            .streamReadConstraints(
                StreamReadConstraints.builder()
                    .maxNestingDepth(2)
                    .maxNumberLength(5)
                    .maxStringLength(5)
                    .maxNameLength(5)
                    .maxTokenCount(10)
                    .build())
            .build();

    assertThat(of(strict, "[[[1]]]")).isEqualTo("it is nested more than 2 levels deep");
    assertThat(of(strict, "1234567")).isEqualTo("a number has more than 5 digits");
    assertThat(of(strict, "\"1234567\"")).isEqualTo("a text has more than 5 characters");
    assertThat(of(strict, "{\"1234567\":1}")).isEqualTo("a name has more than 5 characters");
    assertThat(of(strict, "[1,2,3,4,5,6,7,8,9,10]")).isEqualTo("it has more than 10 parts");
    String deep = "[".repeat(1_001) + "]".repeat(1_001);
    assertThat(ofBytes(deep)).contains("it is nested more than 1000 levels deep");
    assertThat(ofText(deep)).contains("it is nested more than 1000 levels deep");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '^',
      value = {
        "{'number':'x'} ~ in number",
        "{'number':99999999999} ~ in number",
        "{'number':1.5} ~ in number",
        "{'number':null} ~ in number",
        "{'number':1,'at':null,'name':'a','lines':[],'paid':true,'other':1} ~ in other",
        "{'at':'yesterday'} ~ in at",
        "{'lines':{}} ~ in lines",
        "{'lines':['a',[]]} ~ in lines[1]",
        "{'paid':'maybe'} ~ in paid",
        "[] ~ line 1",
        "1 ~ line 1",
        "{'number':1}{} ~ line 1",
        "{'number':1 ~ line 1",
      })
  void what_a_class_can_t_take_is_described_with_its_place(String json, String place) {
    JsonMapper mapper =
        JsonMapper.builder()
            .findAndAddModules()
            .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
            .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();
    JsonProcessingException failure =
        catchThrowableOfType(
            JsonProcessingException.class,
            () -> mapper.readValue(json.replace('\'', '"'), Order.class));

    assertThat(JacksonMessages.reasonAndPlace(failure))
        .contains(place)
        .doesNotContain("can't be read")
        .doesNotContainPattern(JACKSONS);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '^',
      value = {
        "{'number':NaN} ~ NaN is not a number of JSON, at line 1, column 14",
        "{'number':'x'} ~ in number",
        "/**/{} ~ JSON has no comments",
        "{'number':1 ~ it ends within an object"
      })
  void an_event_that_can_t_be_decoded_says_why(String json, String reason) {
    try (Daybook daybook = Daybook.inMemory()) {
      daybook
          .rawJournal()
          .append("a", ExpectedSeq.any(), EncodedEvent.json("order", json.replace('\'', '"')));
      Journal<Order> orders =
          daybook.journal(EventTypes.of(Order.class).with("order", Order.class));

      assertThatThrownBy(() -> orders.read(EventQuery.stream("a")).get(0).data())
          .isInstanceOf(EventDecodeException.class)
          .hasMessageContaining(reason)
          .message()
          .doesNotContainPattern(JACKSONS);
    }
  }

  @Test
  void broken_cbor_is_described() throws IOException {
    CBORMapper cbor = new CBORMapper();
    byte[] good = cbor.writeValueAsBytes(Map.of("a", List.of(1, "xyz", 2.5, true)));
    Random random = new Random(22);
    for (int i = 0; i < 20_000; i++) {
      byte[] bytes = good.clone();
      bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
      try {
        Object ignored = cbor.readTree(bytes);
      } catch (JsonProcessingException e) {
        assertThat(JacksonMessages.reasonAndPlace(e)).doesNotContainPattern(JACKSONS);
      }
    }
  }

  private static String ofBytes(String json) {
    return JsonFlaw.in(json.getBytes(StandardCharsets.UTF_8)).orElseThrow().reason();
  }

  private static String ofText(String json) {
    return of(StoredJson.factory(), json);
  }

  private static String ofTree(String json) {
    JsonMapper mapper =
        JsonMapper.builder(StoredJson.factory())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();
    return JacksonMessages.reasonAndPlace(
        catchThrowableOfType(JsonProcessingException.class, () -> mapper.readTree(json)));
  }

  private static String of(JsonFactory factory, String json) {
    return JacksonMessages.reason(
        catchThrowableOfType(
            JsonProcessingException.class,
            () -> {
              try (JsonParser parser = factory.createParser(json)) {
                while (parser.nextToken() != null) {
                  String ignored = parser.getText();
                }
              }
            }));
  }
}
