package io.berth.storage;

import io.berth.core.Payload;
import io.berth.core.credential.Hmac;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Set;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/// The 32 bytes under which secrets are sealed at rest. Comes from the environment or from `master.key` in
/// the data directory, which the first start makes readable by its owner alone. Never prints itself.
public final class MasterKey {
    private static final String FILE = "master.key";
    private static final int BYTES = 32;

    private final SecretKey key;

    private MasterKey(byte[] bytes) {
        this.key = new SecretKeySpec(bytes, "AES");
    }

    /// @param text what BERTH_MASTER_KEY holds (32 bytes in hex or Base64), null or blank when it is not set
    public static MasterKey load(Path dataDirectory, @Nullable String text) {
        if (text != null && !text.isBlank()) {
            return parse(text, "BERTH_MASTER_KEY");
        }
        Path file = dataDirectory.resolve(FILE);
        try {
            if (Files.exists(file)) {
                return parse(Files.readString(file, StandardCharsets.US_ASCII), file.toString());
            }
            if (Files.exists(dataDirectory.resolve(SqliteEngine.FILE))) {
                // a new key would fit nothing, and its file would hide that the right one is missing
                throw new StorageException(
                        file + " is missing, and the database beside it was made with it",
                        "put the file back, or set BERTH_MASTER_KEY to its content");
            }
            Files.createDirectories(dataDirectory);
            return create(file);
        } catch (IOException e) {
            throw new StorageException(
                    "the master key " + file + " can neither be read nor made (" + e + ")",
                    "make " + dataDirectory + " a directory this user can write to",
                    e);
        }
    }

    SecretKey key() {
        return key;
    }

    /// A key of its own for one purpose: whoever has it learns nothing of this one.
    public Payload keyFor(String purpose) {
        return Payload.owned(Hmac.SHA256.sign(key.getEncoded(), purpose.getBytes(StandardCharsets.UTF_8)));
    }

    private static MasterKey create(Path file) throws IOException {
        byte[] bytes = new byte[BYTES];
        new SecureRandom().nextBytes(bytes);
        var ownerOnly = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
        try (FileChannel channel =
                FileChannel.open(file, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), ownerOnly)) {
            String line = HexFormat.of().formatHex(bytes) + "\n";
            channel.write(ByteBuffer.wrap(line.getBytes(StandardCharsets.US_ASCII)));
            channel.force(true);
        }
        return new MasterKey(bytes);
    }

    private static MasterKey parse(String text, String source) {
        String trimmed = text.strip();
        try {
            byte[] bytes = trimmed.length() == 2 * BYTES
                    ? HexFormat.of().parseHex(trimmed)
                    : Base64.getDecoder().decode(trimmed);
            if (bytes.length == BYTES) {
                return new MasterKey(bytes);
            }
        } catch (IllegalArgumentException e) {
            // neither hex nor Base64: told below, without the text, which may be most of a key
        }
        throw new StorageException(
                source + " holds no master key", "it must be " + BYTES + " bytes, in hexadecimal or Base64");
    }
}
