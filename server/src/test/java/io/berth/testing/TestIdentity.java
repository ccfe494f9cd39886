package io.berth.testing;

import io.berth.tls.ServerCertificates;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;

/// A certificate for `localhost` and the root it is signed with, for servers that tests start.
///
/// @param ca PEM
public record TestIdentity(String ca, Path chain, Path key) {
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
