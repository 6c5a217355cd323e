package dev.daybook.cli;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A made delivery of a webhook: nested, with arrays of objects, with members that are missing or
 * empty, and with times of several forms.
 *
 * @param epoch whether its times are numbers
 */
record WebhookPayload(
    int number,
    @Nullable String repository,
    String organisation,
    String event,
    @Nullable String action,
    String sender,
    List<String> labels,
    Instant time,
    boolean epoch,
    String body) {

  private static final List<String> EVENTS =
      List.of("issues", "push", "pull_request", "star", "release");
  private static final List<String> ACTIONS = List.of("opened", "closed", "edited");
  private static final List<String> LABELS = List.of("bug", "", "good first issue", "wontfix");

  static List<WebhookPayload> random(long seed, int count) {
    Random random = new Random(seed);
    List<WebhookPayload> all = new ArrayList<>();
    for (int number = 1; number <= count; number++) {
      List<String> labels = new ArrayList<>();
      for (int i = random.nextInt(4); i > 0; i--) {
        labels.add(LABELS.get(random.nextInt(LABELS.size())));
      }
      all.add(
          new WebhookPayload(
              number,
              random.nextInt(4) == 0 ? null : "octo/repo-" + random.nextInt(20),
              "org-" + random.nextInt(3),
              EVENTS.get(random.nextInt(EVENTS.size())),
              random.nextInt(3) == 0 ? null : ACTIONS.get(random.nextInt(ACTIONS.size())),
              random.nextInt(10) == 0 ? "" : "user-" + random.nextInt(30),
              labels,
              Instant.ofEpochSecond(1_700_000_000L + random.nextInt(50_000_000)),
              random.nextBoolean(),
              "ü\uD83D\uDE80 \\\"".repeat(random.nextInt(200))));
    }
    return all;
  }

  /** Its line, without an end. */
  String line() {
    String issue =
        """
        {"number":%d,"labels":[%s],"user":{"login":"%s"},"score":1.50,"body":"%s"}"""
            .formatted(number, labelObjects(), sender, body);
    return """
        {"delivery":"d-%d","headers":{"event":"%s","at":%s},"payload":{%s%s"organization":{"login":"%s"},"sender":{"login":"%s"},"issue":%s}}"""
        .formatted(
            number,
            event,
            epoch ? Long.toString(time.getEpochSecond()) : "\"" + time + "\"",
            action == null ? "" : "\"action\":\"%s\",".formatted(action),
            repository == null
                ? "\"repository\":null,"
                : "\"repository\":{\"full_name\":\"%s\"},".formatted(repository),
            organisation,
            sender,
            issue);
  }

  /** What is at {@code /payload} of its line. */
  String payload() {
    String line = line();
    return line.substring(line.indexOf("\"payload\":") + 10, line.length() - 1);
  }

  private String labelObjects() {
    return labels.stream()
        .map("{\"name\":\"%s\",\"id\":1e3}"::formatted)
        .collect(Collectors.joining(","));
  }

  List<String> labelsWithText() {
    return labels.stream().filter(label -> !label.isEmpty()).distinct().toList();
  }

  String streamOr(String other) {
    return repository == null ? other : repository;
  }

  String typeWithAction() {
    return action == null ? event : event + "." + action;
  }
}
