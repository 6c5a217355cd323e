package dev.daybook.maintenance;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Collectors;

/** A value in a SQLite file, one of whose bits can be flipped and put back. */
final class StoredValue {

  /**
   * What is covered by checksums or contradicted by other rows: each table with its columns. Not
   * the position of an event, and not the id of a stream, which may have no events any more: {@link
   * dev.daybook.internal.rows.ContentChecksum} says why.
   */
  private static final Map<String, String> COLUMNS = new LinkedHashMap<>();

  private static final Map<String, String> KEYS =
      Map.of(
          "streams", "stream_id",
          "events", "stream_id seq",
          "events_tags", "stream_id seq tag",
          "snapshots", "stream_id seq",
          "doc_meta", "doc_id",
          "doc_records", "doc_id seq");

  static {
    COLUMNS.put("streams", "last_seq deleted_to state reason changed_at content_checksum");
    COLUMNS.put(
        "events",
        "stream_id seq event_type schema_version codec compression key_id ts tags metadata idempotency_key payload content_checksum");
    COLUMNS.put("events_tags", "stream_id seq tag global_position");
    COLUMNS.put(
        "snapshots",
        "stream_id seq schema_version codec compression key_id ts state_type shape state content_checksum");
    COLUMNS.put("doc_meta", "doc_id data content_checksum");
    COLUMNS.put("doc_records", "doc_id seq kind payload blob content_checksum");
  }

  private static final String NUMBER = "integer";
  private static final String TEXT = "text";

  /** As many as times, numbers of streams and checksums have. */
  private static final int BITS_OF_A_NUMBER = 48;

  private final String table;
  private final String column;
  private final String type;
  private final String hex;
  private final Map<String, String> key;
  private String flipped = "";

  private StoredValue(
      String table, String column, String type, String hex, Map<String, String> key) {
    this.table = table;
    this.column = column;
    this.type = type;
    this.hex = hex;
    this.key = key;
  }

  /** All that there are, but those that are NULL. */
  static List<StoredValue> all(Connection connection) throws SQLException {
    List<StoredValue> values = new ArrayList<>();
    for (Map.Entry<String, String> table : COLUMNS.entrySet()) {
      for (String column : table.getValue().split(" ", -1)) {
        values.addAll(all(connection, table.getKey(), column));
      }
    }
    return values;
  }

  private static List<StoredValue> all(Connection connection, String table, String column)
      throws SQLException {
    String[] keys = Objects.requireNonNull(KEYS.get(table)).split(" ", -1);
    String quoted =
        Arrays.stream(keys).map("quote(%s)"::formatted).collect(Collectors.joining(", "));
    List<StoredValue> values = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "select typeof(%1$s), case typeof(%1$s) when 'integer' then %1$s else hex(%1$s) end, %2$s from %3$s where %1$s is not null"
                    .formatted(column, quoted, table))) {
      while (rows.next()) {
        Map<String, String> key = new LinkedHashMap<>();
        for (String name : keys) {
          key.put(name, rows.getString(key.size() + 3));
        }
        values.add(new StoredValue(table, column, rows.getString(1), rows.getString(2), key));
      }
    }
    return values;
  }

  /**
   * Flips one bit of it.
   *
   * @return what was done; nothing if the database has no place for the value that it would be, or
   *     the value has no bits
   */
  String flip(Connection connection, Random random) throws SQLException {
    if (hex.isEmpty()) {
      return "";
    }
    int bits = type.equals(NUMBER) ? BITS_OF_A_NUMBER : hex.length() * 4;
    int bit = random.nextInt(bits);
    String value = type.equals(NUMBER) ? flippedNumber(bit) : literal(flippedBytes(bit));
    try {
      update(connection, value, key);
    } catch (SQLException e) {
      // Another row has this key.
      return "";
    }
    flipped = value;
    return "%s of %s set to %s where %s".formatted(column, table, value, where(key));
  }

  /** Makes it what it was. */
  void putBack(Connection connection) throws SQLException {
    Map<String, String> now = new LinkedHashMap<>(key);
    now.replace(column, flipped);
    update(connection, type.equals(NUMBER) ? hex : literal(hex), now);
  }

  private String flippedNumber(int bit) {
    return Long.toString(Long.parseLong(hex) ^ (1L << bit));
  }

  private String flippedBytes(int bit) {
    byte[] bytes = HexFormat.of().parseHex(hex);
    bytes[bit / Byte.SIZE] ^= (byte) (1 << (bit % Byte.SIZE));
    return HexFormat.of().formatHex(bytes);
  }

  private String literal(String bytes) {
    return type.equals(TEXT) ? "cast(x'" + bytes + "' as text)" : "x'" + bytes + "'";
  }

  private void update(Connection connection, String value, Map<String, String> of)
      throws SQLException {
    try (Statement statement = connection.createStatement()) {
      int rows =
          statement.executeUpdate(
              "update %s set %s = %s where %s".formatted(table, column, value, where(of)));
      if (rows != 1) {
        throw new IllegalStateException("%s rows of %s where %s".formatted(rows, table, where(of)));
      }
    }
  }

  private static String where(Map<String, String> key) {
    return key.entrySet().stream()
        .map(each -> each.getKey() + " = " + each.getValue())
        .collect(Collectors.joining(" and "));
  }
}
