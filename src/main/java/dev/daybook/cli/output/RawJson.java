package dev.daybook.cli.output;

/**
 * JSON that is printed as it is.
 *
 * @param text one line of it
 */
public record RawJson(String text) {

  @Override
  public String toString() {
    return text;
  }
}
