package dev.daybook.codec.internal;

/** Objects of a class could be written and not be read; says which property, and what to do. */
public final class UnreadableException extends Exception {

  private static final long serialVersionUID = 1L;

  public UnreadableException(String message) {
    super(message);
  }
}
