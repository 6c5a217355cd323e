package dev.daybook.internal.dialect;

import org.jspecify.annotations.Nullable;

/**
 * The database user and the password, as far as they are given beside the URL.
 *
 * @param user {@code null} if it was not given
 * @param password {@code null} if it was not given
 */
public record Credentials(@Nullable String user, @Nullable String password) {

  public static final Credentials NONE = new Credentials(null, null);

  public Credentials withUser(String name) {
    return new Credentials(name, password);
  }

  public Credentials withPassword(String secret) {
    return new Credentials(user, secret);
  }

  /** Without the password. */
  @Override
  public String toString() {
    return "Credentials[user=" + user + "]";
  }
}
