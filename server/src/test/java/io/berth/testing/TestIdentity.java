package io.berth.testing;

import io.berth.tls.ServerCertificates;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// A certificate for `localhost` and the root it is signed with, for servers that tests start.
///
/// @param ca PEM
public record TestIdentity(String ca, Path chain, Path key) {
    /// Made once and copied: making an RSA key takes longer than most tests.
    private static final Map<String, byte[]> FILES = made();

    /// Puts the server's certificates where a server with standard settings looks for them.
    public static void lay(Path directory) {
        try {
            Files.createDirectories(directory);
            for (var file : FILES.entrySet()) {
                Path place = directory.resolve(file.getKey());
                Files.write(place, file.getValue());
                Files.setPosixFilePermissions(place, PosixFilePermissions.fromString("rw-------"));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Map<String, byte[]> made() {
        try {
            Path directory = Files.createTempDirectory("berth-identity");
            new ServerCertificates(directory, List.of(), InstantSource.system()).loadOrCreate();
            Map<String, byte[]> content = new HashMap<>();
            try (Stream<Path> files = Files.list(directory)) {
                for (Path file : files.toList()) {
                    content.put(file.getFileName().toString(), Files.readAllBytes(file));
                    Files.delete(file);
                }
            }
            Files.delete(directory);
            return content;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// One nobody else trusts.
    public static TestIdentity create(Path directory) {
        try {
            Files.createDirectories(directory);
            var made = new ServerCertificates(directory, List.of(), InstantSource.system()).loadOrCreate();
            var rsa = made.certificates().getLast();
            return new TestIdentity(Files.readString(made.caFile()), rsa.chain(), rsa.key());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
