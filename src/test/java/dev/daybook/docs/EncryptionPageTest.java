package dev.daybook.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.daybook.Daybook;
import dev.daybook.docs.Account.Deposited;
import dev.daybook.docs.Account.Opened;
import dev.daybook.journal.EncodedEvent;
import dev.daybook.journal.EventQuery;
import dev.daybook.journal.ExpectedSeq;
import dev.daybook.journal.Journal;
import dev.daybook.journal.RecordedEvent;
import dev.daybook.payload.Compression;
import dev.daybook.payload.KeyRing;
import dev.daybook.payload.PayloadException;
import dev.daybook.payload.PayloadOptions;
import dev.daybook.snapshot.SnapshotStore;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The Java of the page on encryption and compression. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class EncryptionPageTest {

  @TempDir private Path directory;

  @Test
  void payloads_are_compressed_and_encrypted_and_keys_are_rotated() {
    byte[] key = new byte[32];
    byte[] nextKey = {
      1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26,
      27, 28, 29, 30, 31, 32
    };
    try (Daybook daybook = Daybook.open(directory.resolve("accounts.db"))) {
      PayloadOptions secret =
          PayloadOptions.plain()
              .compressed(Compression.GZIP)
              .encrypted(KeyRing.of("key-2026", key));
      Journal<Account> accounts = daybook.journal(Account.class).with(secret);
      accounts.append("account-1", ExpectedSeq.noStream(), new Opened("Ann"));
      SnapshotStore<Balance> snapshots = daybook.snapshots(Balance.class).with(secret);
      snapshots.save("account-1", 1, new Balance(BigDecimal.ZERO));
      Journal<Account> plain = daybook.journal(Account.class);
      assertThatThrownBy(() -> plain.read(EventQuery.all())).isInstanceOf(PayloadException.class);

      KeyRing keys = KeyRing.of("key-2026", key).rotatedTo("key-2027", nextKey);
      Journal<Account> rotated =
          daybook.journal(Account.class).with(PayloadOptions.plain().encrypted(keys));
      rotated.append("account-1", ExpectedSeq.exactly(1), new Deposited(BigDecimal.TEN));
      List<RecordedEvent<Account>> both = rotated.read(EventQuery.stream("account-1"));
      assertThat(both).hasSize(2);
      assertThat(daybook.rawJournal().read(EventQuery.all()))
          .extracting(RecordedEvent::data)
          .extracting(EncodedEvent::keyId)
          .containsExactly("key-2026", "key-2027");
    }
  }
}
