package dev.daybook.cli.options;

import dev.daybook.DaybookBuilder;
import dev.daybook.error.InvalidInputException;
import java.io.BufferedReader;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/**
 * The credentials for a server: from the options, or else from the environment. One user for every
 * server that a command works on.
 */
public final class Login {

  static final String USER = "DAYBOOK_USER";
  static final String PASSWORD = "DAYBOOK_PASSWORD";

  private static final Set<PosixFilePermission> OTHERS =
      PosixFilePermissions.fromString("---rwxrwx");

  @Option(
      names = "--user",
      paramLabel = "NAME",
      description = "The user on the server. Default: the URL's, or DAYBOOK_USER.")
  private @Nullable String user;

  @Option(
      names = "--password-file",
      paramLabel = "FILE",
      description = {
        "The file whose first line is the user's password. Other users must not have access to it.",
        "Default: DAYBOOK_PASSWORD, or ~/.pgpass."
      })
  private @Nullable Path passwordFile;

  /**
   * Makes sure that these options are for some server, and the password for one alone: it is not
   * said to a server that it was not meant for.
   *
   * @throws InvalidInputException if not
   */
  public void requireOneServer(Map<String, String> environment, List<StoreAddress> addresses) {
    StoreAddress first = addresses.stream().filter(StoreAddress::isServer).findFirst().orElse(null);
    if (first == null) {
      if (user != null || passwordFile != null) {
        throw new InvalidInputException(
            "--user and --password-file are for the database of a jdbc:postgresql: URL; a file has no users");
      }
      return;
    }
    boolean hasPassword = passwordFile != null || value(environment, PASSWORD) != null;
    for (StoreAddress address : addresses) {
      if (hasPassword && address.isServer() && !address.isBeside(first)) {
        throw new InvalidInputException(
            "one password is not for two servers, %s and %s; expected both passwords in ~/.pgpass, and user= in the URLs"
                .formatted(first, address));
      }
    }
  }

  /** A builder of a store, with the credentials if it is on a server. */
  public DaybookBuilder builder(StoreAddress address, Map<String, String> environment)
      throws IOException {
    DaybookBuilder builder = address.builder();
    if (address.isServer()) {
      String name = user == null && !address.namesUser() ? value(environment, USER) : user;
      if (name != null) {
        builder.user(name);
      }
      String password =
          passwordFile == null ? value(environment, PASSWORD) : firstLine(passwordFile);
      if (password != null) {
        builder.password(password);
      }
    }
    return builder;
  }

  private static @Nullable String value(Map<String, String> environment, String name) {
    String value = environment.get(name);
    return value == null || value.isEmpty() ? null : value;
  }

  private static String firstLine(Path file) throws IOException {
    if (!Files.exists(file)) {
      throw new FileNotFoundException("the password file " + file + " does not exist");
    }
    if (Files.isDirectory(file)) {
      throw new FileNotFoundException("the password file " + file + " is a directory");
    }
    if (isOpenToOthers(file)) {
      throw new InvalidInputException(
          "the password file %s is open to others; `chmod 600 %s` closes it".formatted(file, file));
    }
    try (BufferedReader reader = Files.newBufferedReader(file)) {
      String line = reader.readLine();
      if (line == null || line.isEmpty()) {
        throw new InvalidInputException(
            "the password file %s is empty; expected the password in its first line"
                .formatted(file));
      }
      return line;
    } catch (CharacterCodingException e) {
      throw new InvalidInputException("the password file %s is not UTF-8 text".formatted(file));
    }
  }

  /** On a file system without such permissions the answer is unknown. */
  private static boolean isOpenToOthers(Path file) throws IOException {
    try {
      return Files.getPosixFilePermissions(file).stream().anyMatch(OTHERS::contains);
    } catch (UnsupportedOperationException e) {
      return false;
    }
  }
}
