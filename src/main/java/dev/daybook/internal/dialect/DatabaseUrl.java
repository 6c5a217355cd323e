package dev.daybook.internal.dialect;

/**
 * A JDBC URL. It may hold a password, so what refuses it repeats no more of it than is harmless.
 */
public interface DatabaseUrl {

  /** How a URL that is accepted looks. */
  String EXPECTED = "expected jdbc:postgresql://HOST:PORT/DATABASE, jdbc:sqlite:FILE or FILE";
}
