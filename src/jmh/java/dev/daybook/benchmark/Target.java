package dev.daybook.benchmark;

import dev.daybook.settings.Synchronous;
import java.util.OptionalDouble;

/**
 * The ratios that are aimed at, where there are any.
 *
 * @param full to the reference on the same tables, at FULL
 * @param normal the same at NORMAL
 * @param freeFull to the free reference on SQLite, at FULL
 * @param freeNormal the same at NORMAL
 * @param freePostgres to the free reference on PostgreSQL
 */
record Target(
    OptionalDouble full,
    OptionalDouble normal,
    OptionalDouble freeFull,
    OptionalDouble freeNormal,
    OptionalDouble freePostgres) {

  private static final OptionalDouble NO = OptionalDouble.empty();

  static final Target NONE = new Target(NO, NO, NO, NO, NO);

  static Target of(double ratio) {
    return new Target(OptionalDouble.of(ratio), OptionalDouble.of(ratio), NO, NO, NO);
  }

  static Target atFull(double ratio) {
    return new Target(OptionalDouble.of(ratio), NO, NO, NO, NO);
  }

  static Target atNormal(double ratio) {
    return new Target(NO, OptionalDouble.of(ratio), NO, NO, NO);
  }

  /** And to the free reference. */
  Target free(double sqliteFull, double sqliteNormal, double postgres) {
    return new Target(
        full,
        normal,
        OptionalDouble.of(sqliteFull),
        OptionalDouble.of(sqliteNormal),
        OptionalDouble.of(postgres));
  }

  /** And to the free reference on SQLite. */
  Target freeSqlite(double ratio) {
    OptionalDouble sqlite = OptionalDouble.of(ratio);
    return new Target(full, normal, sqlite, sqlite, freePostgres);
  }

  /** And to the free reference on PostgreSQL. */
  Target freePostgres(double ratio) {
    return new Target(full, normal, freeFull, freeNormal, OptionalDouble.of(ratio));
  }

  OptionalDouble reference(Synchronous durability) {
    return durability == Synchronous.FULL ? full : normal;
  }

  OptionalDouble free(StoreKind kind, Synchronous durability) {
    if (kind == StoreKind.POSTGRESQL) {
      return freePostgres;
    }
    return durability == Synchronous.FULL ? freeFull : freeNormal;
  }
}
