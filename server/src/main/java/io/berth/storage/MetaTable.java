package io.berth.storage;

import io.berth.core.credential.Secret;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Optional;

/// What the database knows of the installation.
final class MetaTable {
    private static final String KEY_CHECK = "master-key-check";

    private MetaTable() {}

    /// Checks the master key against the one the database was made with. Writes in any case, so that a
    /// database that takes no writes is found now and not by the first device.
    static boolean noteStart(Sql sql, SecretCipher cipher, InstantSource clock) throws SQLException {
        Optional<String> check = sql.one("SELECT value FROM meta WHERE name = ?", Row::text, KEY_CHECK);
        if (check.isPresent()) {
            if (!cipher.opens(Base64.getDecoder().decode(check.get()), KEY_CHECK)) {
                throw new StorageException(
                        "the master key is not the one this database was made with",
                        "bring back its master.key, or set BERTH_MASTER_KEY to the right one");
            }
        } else {
            byte[] sealed = cipher.seal(new Secret("berth"), KEY_CHECK);
            put(sql, KEY_CHECK, Base64.getEncoder().encodeToString(sealed));
        }
        put(sql, "last-start", clock.instant().toString());
        return true;
    }

    private static void put(Sql sql, String name, String value) throws SQLException {
        sql.update("""
                INSERT INTO meta (name, value) VALUES (?, ?)
                ON CONFLICT (name) DO UPDATE SET value = excluded.value""", name, value);
    }
}
