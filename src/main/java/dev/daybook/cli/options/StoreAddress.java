package dev.daybook.cli.options;

import dev.daybook.Daybook;
import dev.daybook.DaybookBuilder;
import dev.daybook.error.InvalidInputException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.TypeConversionException;

/**
 * Where a store is: a SQLite file, or the database of a JDBC URL. One with a password is refused,
 * without repeating it, because other users can read a command line; so this can be shown.
 */
public final class StoreAddress {

  public static final String LABEL = "FILE|URL";

  private static final String SQLITE = "jdbc:sqlite:";
  private static final Pattern URL = Pattern.compile("jdbc:.*|[A-Za-z][A-Za-z0-9+.-]+://.*");
  private static final Pattern PASSWORD =
      Pattern.compile("password\\s*=", Pattern.CASE_INSENSITIVE);
  private static final Pattern USER_BEFORE_HOST = Pattern.compile("[^?]*@.*");
  private static final Pattern USER_PARAMETER = Pattern.compile(".*[?&]user=.*");
  private static final Pattern PARAMETERS = Pattern.compile("\\?.*");

  /** An argument that can only be meant as the URL of a database. */
  private static final Pattern DATABASE_ARGUMENT =
      Pattern.compile("(--[a-z-]+=)?(?<url>(jdbc:|postgres(ql)?://).*)");

  private static final Pattern PASSWORD_OPTION = Pattern.compile("--?pass(word)?(=.*)?");

  private final String text;
  private final @Nullable Path file;

  private StoreAddress(String text, @Nullable Path file) {
    this.text = text;
    this.file = file;
  }

  /** Whether an argument is that of the store that a command works on, which has a default. */
  public static boolean isDefaulted(ArgSpec argument) {
    return argument instanceof OptionSpec option
        && option.longestName().equals("--db")
        && option.paramLabel().equals(LABEL);
  }

  /**
   * Reads a path or a URL.
   *
   * @throws InvalidInputException if it is a URL that can't be taken, or has a password
   */
  static StoreAddress parse(String text) {
    requireNoPassword(text);
    if (!isUrl(text)) {
      return new StoreAddress(text, Path.of(text));
    }
    Objects.requireNonNull(Daybook.builder(text), "what a malformed URL does not get");
    return new StoreAddress(
        text, text.startsWith(SQLITE) ? Path.of(text.substring(SQLITE.length())) : null);
  }

  /**
   * Makes sure that a command line, whatever it means, has no password.
   *
   * @throws InvalidInputException if it has one
   */
  public static void requireNoPasswords(String... args) {
    for (String arg : args) {
      if (PASSWORD_OPTION.matcher(arg).matches()) {
        throw new InvalidInputException(passwordRefused("a password as an argument"));
      }
      Matcher database = DATABASE_ARGUMENT.matcher(arg);
      if (database.matches()) {
        requireNoPassword(database.group("url"));
      }
    }
  }

  /** With default options, and without credentials. */
  DaybookBuilder builder() {
    return isUrl(text) ? Daybook.builder(text) : Daybook.builder(Path.of(text));
  }

  /** Empty for a database on a server. */
  public Optional<Path> file() {
    return Optional.ofNullable(file);
  }

  public boolean isServer() {
    return file == null;
  }

  boolean namesUser() {
    return isServer() && USER_PARAMETER.matcher(text).matches();
  }

  /** Whether both are on the same server, by their URLs. */
  boolean isBeside(StoreAddress other) {
    return isServer() && other.isServer() && server().equals(other.server());
  }

  /** As it was given. */
  String text() {
    return text;
  }

  /** What to call it: a path, or a URL without parameters. */
  @Override
  public String toString() {
    return file == null ? PARAMETERS.matcher(text).replaceFirst("") : file.toString();
  }

  private String server() {
    return toString().replaceFirst("(?<=//)([^/]*)/.*", "$1");
  }

  private static boolean isUrl(String text) {
    return URL.matcher(text).matches();
  }

  private static void requireNoPassword(String text) {
    boolean userBeforeHost =
        isUrl(text) && !text.startsWith(SQLITE) && USER_BEFORE_HOST.matcher(text).matches();
    if (userBeforeHost || PASSWORD.matcher(text).find()) {
      throw new InvalidInputException(
          passwordRefused("a URL with a password, or with a user in front of its host,"));
    }
  }

  private static String passwordRefused(String what) {
    return what
        + " is not taken: the list of processes shows it to other users; expected --user NAME, and the password in --password-file FILE, DAYBOOK_PASSWORD or ~/.pgpass";
  }

  /** Reads one from the command line. */
  public static final class Converter implements ITypeConverter<StoreAddress> {
    @Override
    public StoreAddress convert(String text) {
      try {
        return parse(text);
      } catch (InvalidInputException e) {
        throw new TypeConversionException(e.getMessage());
      }
    }
  }
}
